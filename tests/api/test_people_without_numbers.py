"""A sheet without registration numbers at the interface: the same questions, the same answers."""

from tests.api.conftest import Api
from tests.makers import sheet

PEOPLE = "name | day | amount | currency\nAnna Orlova | 2022-11-05 | 5000 | RUB"


def test_who_is_meant_is_asked_and_answered(api: Api) -> None:
    api.society.approved(PEOPLE)
    sent = api.checked(content=sheet(PEOPLE.replace("2022-11-05", "2022-12-05")))
    [ask] = sent["report"]["ask"]
    assert ask["choice"].startswith("person:")
    number, new = ask["options"]
    assert (number[:4], new) == ("ARC-", "new")
    said = {"answers": {ask["choice"]: number}}
    assert api.call("POST", f"/sheets/{sent['id']}/answers", json=said).status_code == 202
    answered = api.until_checked(sent["id"])
    assert (answered["report"]["ask"], answered["report"]["ready"]) == ([], 1)
