"""Mending by way of the interface."""

from io import BytesIO

from openpyxl import load_workbook

from tests.api.conftest import Api
from tests.makers import TWO_PAID, many_paid, workbook

ONE_WRONG = TWO_PAID.replace("5000   ", "ten thousand")


def test_cells_are_mended_and_the_marked_workbook_fetched(api: Api) -> None:
    sheet_id = api.society.checked(ONE_WRONG)
    answer = api.call("GET", f"/sheets/{sheet_id}/marked")
    assert load_workbook(BytesIO(answer.data)).worksheets[1]["D2"].comment is not None
    done = api.call("POST", f"/sheets/{sheet_id}/cells", json={"cells": {"D2": "5000"}})
    assert (done.status_code, done.json) == (202, {"id": sheet_id, "state": "received"})
    told = api.until_checked(sheet_id)
    assert told["report"]["ready"] == 2
    assert told["amendments"][0]["before"] == "ten thousand"


def test_the_same_fault_in_many_cells_is_mended_at_once(api: Api) -> None:
    sheet_id = api.society.checked(many_paid(5, amount=0))
    told = api.call("GET", f"/sheets/{sheet_id}").json or {}
    (group,) = (one for one in told["groups"] if one["code"] == "amount-not-positive")
    assert (group["count"], group["cells"], group["cures"]) == (5, "D2:D6", ["text"])
    assert sum(one["code"] == group["code"] for one in told["report"]["findings"]) == 5
    path = f"/sheets/{sheet_id}/cures"
    said = {"group": group["group"], "cure": "text", "text": "7", "version": told["version"]}
    assert api.call("POST", path, json=said | {"version": 99}).status_code == 409
    assert api.call("POST", path, json=said | {"cure": "magic"}).status_code == 422
    assert api.call("POST", path, json=said | {"cure": "as_days"}).json["code"] == "cure_unfit"  # type: ignore[index]
    assert api.call("POST", path, json=said).status_code == 202
    told = api.until_checked(sheet_id)
    assert told["report"]["totals"][0]["amount"] == "35.00"
    assert [each["after"] for each in told["amendments"]] == ["7"] * 5


def test_columns_are_explained_changed_and_forgotten(api: Api) -> None:
    odd = workbook([["Blorp", "Zing", "Quux"], ["R-001", "2022-11-05", 5000]])
    sheet_id = api.society.checked(odd)
    said = {"A": "registration_no", "B": "distribution_date", "C": "amount"}
    body = {"columns": said, "kind": "cash_transfers", "header_row": 1}
    assert api.call("POST", f"/sheets/{sheet_id}/columns", json=body).status_code == 202
    assert api.until_checked(sheet_id)["report"]["ready"] == 1
    (known,) = api.items("/headings")
    assert [column["field"] for column in known["columns"]] == list(said.values())
    path = f"/headings/{known['id']}"
    fields = ["registration_no", "distribution_date", "none"]
    assert api.call("PUT", path, json={"fields": fields}).json["columns"][2]["field"] == "none"  # type: ignore[index]
    assert api.call("PUT", path, json={"fields": ["amount"]}).status_code == 422
    assert api.call("DELETE", path).status_code == 200
    assert api.items("/headings") == []
