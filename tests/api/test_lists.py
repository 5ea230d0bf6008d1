"""Lists by the interface: a page at a time, narrowed by what is asked for and by nothing else."""

import re

import pytest

from tests.api.conftest import Api
from tests.makers import TWO_PAID


def test_a_list_goes_page_by_page_from_the_first_to_the_last(api: Api) -> None:
    for number in range(5):
        api.society.checked(TWO_PAID.replace("R-0", f"R-{number}"))
    path, seen = "/sheets?per_page=2&society=ARC", []
    while path:
        told = api.call("GET", path).json
        assert told
        assert told["total"] == 5
        seen += [each["id"] for each in told["items"]]
        path = (told["next"] or "").removeprefix("/api/v1")
    assert seen == [5, 4, 3, 2, 1]
    assert api.call("GET", "/rounds?page=9").json == {"total": 0, "next": None, "items": []}
    assert api.call("GET", "/sheets?page=9").json == {"total": 5, "next": None, "items": []}
    for wrong in ("page=0", "per_page=0", "per_page=201", "page=x"):
        assert api.call("GET", f"/sheets?{wrong}").status_code == 422


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("society=ARC", [3, 2, 1]),
        ("society=ARC&programme=FOOD", [3]),
        ("society=ARC&programme=CASH&round=2022-11", [2]),
        ("state=submitted", [1]),
        ("state=refused&society=ARC&programme=CASH", [2]),
        ("sender=FIELD@arc.example", [3, 2, 1]),
        ("sender=nobody@arc.example", []),
        ("month=2001-01", []),
    ],
)
def test_sheets_are_narrowed(api: Api, asked: str, found: list[int]) -> None:
    api.society.submitted(TWO_PAID)
    api.society.plan_round("2022-11")
    api.society.checked(TWO_PAID.replace("R-0", "S-0"), round_code="2022-11")
    other = api.society.add_programme("FOOD")
    api.society.checked(TWO_PAID.replace("R-0", "T-0"), programme_id=other)
    assert [each["id"] for each in api.items(f"/sheets?{asked}")] == found


def test_rounds_requests_and_payment_lists_are_narrowed(api: Api) -> None:
    first, second = (api.society.plan_round(code) for code in ("2022-11", "2022-12"))
    api.society.list_kept(TWO_PAID)
    api.society.list_approved(first)

    def rounds(asked: str) -> list[int]:
        return [each["id"] for each in api.items(f"/rounds?{asked}")]

    assert rounds("state=approved") == [first]
    assert rounds("state=no_list&society=ARC&programme=CASH") == [second]
    assert sorted(rounds("month=2022-11")) == sorted([first, second])
    assert rounds("month=2022-01") == []
    sheet_id = api.society.approved(TWO_PAID.replace("R-0", "S-0"))
    said = {"society": "ARC", "kind": "reverse_sheet", "details": {"sheet": str(sheet_id)}}
    api.call("POST", "/requests", json=said | {"reason": "A slip."})
    assert len(api.items("/requests?state=open&kind=reverse_sheet&society=ARC")) == 1
    assert api.items("/requests?state=confirmed") == []
    assert api.items("/requests?kind=merge_people") == []
    assert api.items("/payment-lists?state=sent&round=2022-11") == []


def test_a_programme_is_named_with_its_society(api: Api) -> None:
    answer = api.call("GET", "/sheets?programme=CASH")
    assert (answer.status_code, list((answer.json or {})["fields"])) == (422, ["society"])
    answer = api.call("GET", "/sheets?society=ARC&round=2022-11")
    assert (answer.status_code, list((answer.json or {})["fields"])) == (422, ["programme"])
    assert api.call("GET", "/sheets?society=XXX").status_code == 404


def test_a_parameter_that_is_not_known_is_refused_everywhere(api: Api) -> None:
    for path, item in api.answers.document["paths"].items():
        for method in {"get", "post", "put", "delete"} & set(item):
            where = re.sub(r"\{\w+\}", "1", path).removeprefix("/api/v1")
            answer = api.call(method.upper(), f"{where}?sociaty=ARC", by="finance")
            if answer.status_code != 403:
                assert answer.status_code == 422, (method, path)
                assert "sociaty" in (answer.json or {})["fields"], (method, path)
                assert (answer.json or {})["code"] == "parameter_unknown", (method, path)
