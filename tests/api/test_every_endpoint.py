"""One walk past every endpoint: each answers as the document says, with all keys and no other."""

import json
from io import BytesIO
from typing import Any

import pytest
from werkzeug.datastructures import Headers
from werkzeug.test import EnvironBuilder, TestResponse

from cva.programmes.service import Mechanism
from tests.api.conftest import Api
from tests.makers import TWO_PAID, workbook

PLAN = {"society": "ARC", "programme": "CASH", "starts_on": "2022-11-05", "rule": "fixed"}
PEOPLE = "number | name | phone\nR-001 | Anna Orlova | +79991234501\nR-002 | Boris Lebed |"
HANDED_OUT = (
    "number | name | day | amount | voucher_no\nR-1 | Anna Orlova | 2022-11-05 | 500 | A-01"
)
BOOK = {"society": "ARC", "programme": "CASH", "code": "A", "first": "A-01", "last": "A-09"}


def done(api: Api, method: str, path: str, by: str = "field", **said: Any) -> Any:  # noqa: ANN401
    """What a call that succeeds answers; a file has no JSON."""
    answer = api.call(method, path, by=by, **said)
    assert answer.status_code < 300, (method, path, answer.text)
    return answer.json if answer.is_json else answer.data


def sheets(api: Api) -> None:
    path = f"/sheets/{api.checked()['id']}"
    done(api, "POST", f"{path}/submit", json={"handed_out": True})
    done(api, "POST", f"{path}/approve", by="finance")
    done(api, "GET", f"{path}/marked")
    scan = {"file": (BytesIO(b"%PDF-1.7"), "signed.pdf")}
    kept = done(api, "POST", f"{path}/evidence", data=scan)
    done(api, "GET", f"/evidence/{kept['id']}")
    rejected = api.society.submitted(TWO_PAID.replace("R-0", "S-0"))
    done(api, "POST", f"/sheets/{rejected}/reject", by="finance", json={"reason": "No stamps."})
    api.items("/sheets")
    open_one = api.society.checked(
        "number | name | day | amount\nR-9 | Clara Nagy | 03/04/2022 | many"
    )
    path = f"/sheets/{open_one}"
    done(api, "POST", f"{path}/answers", json={"answers": {"date_order": "dmy"}})
    (group,) = (one for one in api.until_checked(open_one)["groups"] if one["cures"])
    said = {"group": group["group"], "cure": "text", "text": "4"}
    done(api, "POST", f"{path}/cures", json=said)
    api.until_checked(open_one)
    done(api, "POST", f"{path}/cells", json={"cells": {"D2": "5"}})
    api.until_checked(open_one)
    done(api, "POST", f"{path}/withdraw")
    unnumbered = api.society.checked("name | phone\nAnna Orlova | +79120000001")
    done(api, "POST", f"/sheets/{unnumbered}/check-again")
    api.until_checked(unnumbered)
    odd = api.society.checked(workbook([["Blorp", "Zing", "Quux"], ["R-001", "2022-11-05", 5000]]))
    said = {"A": "registration_no", "B": "distribution_date", "C": "amount"}
    body = {"columns": said, "kind": "cash_transfers", "header_row": 1}
    done(api, "POST", f"/sheets/{odd}/columns", json=body)
    api.until_checked(odd)
    (known,) = api.items("/headings")
    done(
        api, "PUT", f"/headings/{known['id']}", json={"fields": [*list(said.values())[:2], "none"]}
    )
    done(api, "DELETE", f"/headings/{known['id']}")
    done(api, "GET", "/templates/cash_transfers?society=ARC")


def rounds(api: Api) -> None:
    planned = done(api, "POST", "/rounds", json={**PLAN, "code": "2022-11", "amount": "50"})["id"]
    path = f"/rounds/{planned}"
    plan = {"code": "2022-11", "starts_on": "2022-11-05", "rule": "fixed", "amount": "5000"}
    done(api, "POST", f"{path}/plan", json=plan)
    api.society.list_kept(PEOPLE)
    done(api, "POST", f"{path}/list", json={"source": "sheets"})
    done(api, "POST", f"{path}/list/submit")
    done(api, "POST", f"{path}/list/send-back", by="manager", json={"reason": "Too early."})
    done(api, "POST", f"{path}/list/submit")
    done(api, "POST", f"{path}/list/approve", by="manager")
    done(api, "GET", path)
    change = {"name": "Twins", "reason": "Two births.", "changes": ["R-002 = 7250.50"]}
    asked = done(api, "POST", f"{path}/list/changes", json=change)
    done(api, "GET", f"/requests/{asked['id']}")
    done(api, "POST", f"/requests/{asked['id']}/confirm", by="manager")
    asked = done(
        api,
        "POST",
        f"{path}/list/changes",
        json=change | {"name": "Three", "changes": ["R-002 = 8000"]},
    )
    done(api, "POST", f"/requests/{asked['id']}/refuse", by="manager", json={"reason": "No."})
    details = {"round": str(planned), "name": "Four", "changes": "R-001 = off"}
    said = {"society": "ARC", "kind": "amend_list", "details": details, "reason": "He moved."}
    asked = done(api, "POST", "/requests", json=said)
    done(api, "POST", f"/requests/{asked['id']}/withdraw")
    assert len(api.items("/requests")) == 3
    api.items("/rounds")
    scan = {"file": (BytesIO(b"%PDF-1.7"), "signed.pdf")}
    done(api, "POST", f"{path}/evidence", data=scan)
    for what in ("reconciliation", "reconciliation/workbook", "field-list", "field-lists"):
        done(api, "GET", f"{path}/{what}")


def providers(api: Api) -> None:
    said = {"society": "ARC", "code": "QP", "name": "QuickPay"}
    provider = done(api, "POST", "/providers", by="admin", json=said)["id"]
    planned = api.society.plan_round("2022-12", mechanism=Mechanism.MOBILE_MONEY)
    api.society.list_kept(PEOPLE.replace("R-0", "P-0"), "2022-12")
    api.society.list_approved(planned)
    path, body = f"/providers/{provider}", {"programme": "CASH", "round": "2022-12"}
    first = done(api, "POST", f"{path}/lists", json=body)["id"]
    done(api, "POST", f"/payment-lists/{first}/cancel")
    sent = done(api, "POST", f"{path}/lists", json=body)["id"]
    done(api, "GET", f"/payment-lists/{sent}/file")
    done(api, "POST", f"/payment-lists/{sent}/sendings", by="finance", json={})
    done(api, "GET", f"/payment-lists/{sent}")
    stated = {"day": "2022-11-30", "amount": "5.00", "currency": "RUB", "source": "Statement 11"}
    done(api, "POST", f"{path}/balances", by="finance", json=stated)
    assert done(api, "GET", path)["under_way"]
    assert len(api.items("/payment-lists")) == 2
    api.items("/providers")


def vouchers(api: Api) -> None:
    book = done(api, "POST", "/vouchers/books", json={**BOOK, "face": "500.00"})["id"]
    done(api, "POST", f"/vouchers/books/{book}/moves", json={"kind": "received"})
    api.society.approved(HANDED_OUT)
    assert done(api, "GET", "/vouchers/numbers?society=ARC&number=A-01")["history"]
    ask = {
        "society": "ARC",
        "kind": "void_vouchers",
        "details": {"first": "A-09"},
        "reason": "Wet.",
    }
    asked = done(api, "POST", "/requests", json=ask)["id"]
    done(api, "POST", f"/requests/{asked}/confirm", by="finance")
    assert api.items("/vouchers/stops?society=ARC")
    assert api.items("/vouchers/books?society=ARC")
    assert done(api, "GET", "/vouchers/control?society=ARC")["holds"]
    vendor = {"society": "ARC", "code": "SHOP", "name": "Corner shop"}
    number = done(api, "POST", "/vendors", json=vendor)["id"]
    assert api.items("/vendors?society=ARC")
    done(api, "GET", f"/vendors/{number}/statement")


def people(api: Api) -> None:
    who = {"society": "ARC", "number": "R-001"}
    assert done(api, "POST", "/people/search", json=who)["history"]
    found = done(api, "POST", "/people/find", json={"society": "ARC", "text": "R-001"})
    assert [each["found_by"] for each in found["items"]] == ["number"]
    moved = {"status": "moved", "from_on": "2022-11-20", "note": "Told by a neighbour."}
    done(api, "POST", "/people/status", json=who | moved)
    api.items("/people/duplicates?society=ARC")


def figures(api: Api) -> None:
    assert done(api, "GET", "/figures?society=ARC&month=2022-11", by="finance")["amounts"]
    assert done(api, "GET", "/figures/together?month=2022-11", by="finance")["societies"]
    assert done(api, "GET", "/totals?society=ARC", by="finance")["steps"]


def setup(api: Api) -> None:
    for by in ("field", "finance", "manager", "auditor", "admin"):
        assert [each["code"] for each in api.items("/societies", by=by)] == ["ARC"]
        assert [each["society"] for each in api.items("/programmes?society=ARC", by=by)] == ["ARC"]
    accounts = api.items("/accounts?role=admin", by="admin")
    admin = {"email": "admin@arc.example", "society": "ARC", "role": "admin"}
    assert accounts == [admin | {"is_disabled": False}]
    assert api.call("GET", "/accounts").status_code == 403


@pytest.mark.slow
def test_every_endpoint_answers_as_the_document_says(api: Api) -> None:
    for walk in (sheets, rounds, providers, vouchers, people, figures, setup):
        walk(api)
    succeeded = {
        (method, path) for method, path, status in api.answers.answered if status.startswith("2")
    }
    documented = {
        (method.upper(), path)
        for path, item in api.answers.document["paths"].items()
        for method in item
        if method != "parameters"
    }
    assert documented - succeeded == set()


@pytest.mark.parametrize("change", [{"more": 1}, {"next": 5}, {"total": None}])
def test_an_answer_that_the_document_does_not_describe_is_seen(
    api: Api, change: dict[str, Any]
) -> None:
    told: dict[str, Any] = {"total": 0, "next": None, "items": []}
    api.answers.check("GET", "/api/v1/sheets", as_answer(told))
    with pytest.raises(AssertionError):
        api.answers.check("GET", "/api/v1/sheets", as_answer(told | change))
    for key in told:
        less = {name: value for name, value in told.items() if name != key}
        with pytest.raises(AssertionError):
            api.answers.check("GET", "/api/v1/sheets", as_answer(less))


def as_answer(told: dict[str, Any]) -> TestResponse:
    environ = EnvironBuilder().get_request()
    headers = Headers({"Content-Type": "application/json"})
    return TestResponse([json.dumps(told).encode()], "200 OK", headers, environ)


def open_schemas(schema: Any, where: str) -> list[str]:  # noqa: ANN401
    """Where a schema says nothing of what a value is."""
    if isinstance(schema, list):
        return [
            each for at, part in enumerate(schema) for each in open_schemas(part, f"{where}{at}")
        ]
    if not isinstance(schema, dict):
        return []
    found = [where] if schema.get("additionalProperties") == {} else []
    for name, part in schema.get("properties", {}).items():
        if not {"type", "$ref", "anyOf", "allOf", "enum"} & set(part):
            found.append(f"{where}.{name}")
        found += open_schemas(part, f"{where}.{name}")
    for name in ("items", "additionalProperties", "anyOf", "allOf"):
        found += open_schemas(schema.get(name), f"{where}.{name}")
    return found


def test_no_schema_leaves_open_what_a_value_is(api: Api) -> None:
    schemas = api.answers.document["components"]["schemas"]
    assert [each for name, schema in schemas.items() for each in open_schemas(schema, name)] == []
    assert open_schemas({"properties": {"a": {}}, "additionalProperties": {}}, "x") == ["x", "x.a"]
