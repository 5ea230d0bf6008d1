"""Mending by way of the interface."""

from io import BytesIO

from openpyxl import load_workbook

from tests.api.conftest import Api
from tests.makers import TWO_PAID, workbook

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
