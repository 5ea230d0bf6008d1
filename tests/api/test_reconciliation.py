"""Field list and reconciliation through the JSON interface."""

from tests.api.conftest import Api
from tests.rounds.made import round_with_differences


def test_a_round_is_reconciled(api: Api) -> None:
    round_id = round_with_differences(api.society)
    answer = api.call("GET", f"/rounds/{round_id}/reconciliation", by="manager")
    assert answer.status_code == 200
    assert answer.json
    assert answer.json["ties"] is True
    less = next(each for each in answer.json["differences"] if each["answer"] == "less")
    assert (less["registration_no"], less["planned"], less["told"]) == (
        "R-002",
        "5000.00",
        "3000.00",
    )
    assert (less["sheet"], less["row"]) == (2, 3)
    made = api.call("GET", f"/rounds/{round_id}/reconciliation/workbook")
    assert made.data.startswith(b"PK")


def test_a_field_list_is_given_to_who_sends_sheets(api: Api) -> None:
    round_id = round_with_differences(api.society)
    asked = {"site": "School", "language": "fr"}
    path = f"/rounds/{round_id}/field-list"
    answer = api.call("GET", path, query_string=asked)
    assert "field-list-ARC-CASH-2022-11-School-fr.xlsx" in answer.headers["Content-Disposition"]
    assert api.call("GET", path, by="manager").status_code == 403
    answer = api.call("GET", f"/rounds/{round_id}/field-lists?language=fr")
    assert "field-list-ARC-CASH-2022-11-fr.zip" in answer.headers["Content-Disposition"]
    assert api.call("GET", "/rounds/99/field-list").status_code == 404
