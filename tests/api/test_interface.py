"""The JSON interface: its document, its errors, and a sheet's way through it."""

import json
import re
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import Any

import pytest
import time_machine
from click.testing import CliRunner
from openapi_spec_validator import OpenAPIV31SpecValidator

from cva.__main__ import main
from cva.core.audit import Act, AuditEvent
from cva.core.clock import now
from cva.core.permissions import Role
from cva.societies import tokens
from cva.societies.models import Membership
from cva.staging.models import Sheet
from cva.transfers.models import Transfer
from tests.api.conftest import Api
from tests.makers import TWO_PAID, settings_of, sheet, society_at_work


def error_of(answer: Any) -> dict[str, Any]:  # noqa: ANN401
    """An error, which has the one shape."""
    told: dict[str, Any] = answer.json
    assert answer.mimetype == "application/problem+json"
    assert told["message"] == told["detail"] != ""
    assert told["status"] == answer.status_code
    assert told["type"] == f"urn:cva:error:{told['code']}"
    return told


def document(api: Api) -> dict[str, Any]:
    found: dict[str, Any] = api.call("GET", "/openapi.json", by=None).json  # type: ignore[assignment]
    return found


def operations(api: Api) -> list[tuple[str, str]]:
    found = [
        (method.upper(), path.removeprefix("/api/v1"))
        for path, item in document(api)["paths"].items()
        for method in item
        if method in {"get", "post", "put", "patch", "delete"}
    ]
    assert len(found) >= 8
    return found


@pytest.mark.slow
def test_the_document_is_valid_openapi(api: Api) -> None:
    OpenAPIV31SpecValidator(document(api)).validate()


def test_every_route_answers_errors_in_the_one_shape(api: Api) -> None:
    for method, path in operations(api):
        there = re.sub(r"\{\w+\}", "999", path)
        assert error_of(api.call(method, there, by=None))["code"] == "sign_in_required"
        answer = api.call(method, there, by="finance", data=b"{", content_type="application/json")
        assert 200 <= answer.status_code < 500
        if answer.status_code >= 400:
            error_of(answer)
    assert error_of(api.call("GET", "/no-such-thing"))["code"] == "not_found"
    assert error_of(api.call("DELETE", "/sheets"))["code"] == "method_not_allowed"


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer cva_unknown", "Basic Zm9vOmJhcg==", "cva_x"]
)
def test_without_a_token_of_ours_nothing_is_told(api: Api, header: str) -> None:
    answer = api.call("GET", "/sheets", by=None, headers={"Authorization": header})
    assert answer.status_code == 401
    assert error_of(answer)["code"] == "sign_in_required"


def test_an_expired_token_is_none(api: Api) -> None:
    assert api.call("GET", "/sheets").status_code == 200
    with time_machine.travel(now() + tokens.LASTS * 2):
        assert api.call("GET", "/sheets").status_code == 401


def test_a_sheet_goes_from_its_file_to_the_journal(api: Api) -> None:
    told = api.checked()
    assert (told["state"], told["report"]["ready"]) == ("checked", 2)
    path = f"/sheets/{told['id']}"
    early = api.call("POST", f"{path}/submit", json={})
    assert (early.status_code, error_of(early)["code"]) == (422, "receipt_undeclared")
    assert error_of(early)["kind"] == "rule"
    done = api.call("POST", f"{path}/submit", json={"handed_out": True})
    assert done.json == {"id": told["id"], "state": "submitted"}
    own = api.call("POST", f"{path}/approve")
    assert (own.status_code, error_of(own)["kind"]) == (403, "forbidden")
    approved = api.call("POST", f"{path}/approve", by="finance")
    assert approved.json == {
        "id": told["id"],
        "state": "approved",
        "posted_rows": 2,
        "conflicts": 0,
    }
    again = api.call("POST", f"{path}/approve", by="finance2")
    assert (again.status_code, error_of(again)["kind"]) == (409, "conflict")
    assert len(api.society.all_of(Transfer)) == 2


def test_a_sheet_goes_back_with_a_word(api: Api) -> None:
    sheet_id = api.society.submitted(TWO_PAID)
    blank = api.call("POST", f"/sheets/{sheet_id}/reject", by="finance", json={"reason": ""})
    assert blank.status_code == 422
    assert error_of(blank)["fields"].keys() == {"reason"}
    api.call("POST", f"/sheets/{sheet_id}/reject", by="finance", json={"reason": "No stamps."})
    (line,) = api.items("/sheets")
    assert (line["state"], line["decision_reason"]) == ("rejected", "No stamps.")


def test_what_changed_since_it_was_seen_is_not_decided(api: Api) -> None:
    told = api.checked()
    path, seen = f"/sheets/{told['id']}", told["version"]
    said = {"handed_out": True, "version": seen - 1}
    assert api.call("POST", f"{path}/submit", json=said).status_code == 409
    done = api.call("POST", f"{path}/submit", json=said | {"version": seen})
    assert done.status_code == 200
    for act, more in (("approve", {}), ("reject", {"reason": "No stamps."})):
        answer = api.call("POST", f"{path}/{act}", by="finance", json={"version": seen, **more})
        assert (answer.status_code, error_of(answer)["code"]) == (409, "sheet_changed")
    now = api.call("GET", path).json["version"]  # type: ignore[index]
    approved = api.call("POST", f"{path}/approve", by="finance", json={"version": now})
    assert approved.status_code == 200


def test_what_is_to_be_confirmed_is_named(api: Api) -> None:
    answer = api.call("POST", f"/sheets/{api.checked()['id']}/submit", json={})
    assert error_of(answer)["fields"].keys() == {"handed_out"}


def test_what_is_wrong_with_the_form_is_said_by_field(api: Api) -> None:
    answer = api.call("POST", "/sheets", data={"society": "ARC"})
    assert answer.status_code == 422
    assert error_of(answer)["fields"].keys() & {"file", "programme"}
    unknown = api.send(form={"programme": "NONE"})
    assert (unknown.status_code, error_of(unknown)["code"]) == (404, "programme_unknown")


def test_the_same_call_again_gets_the_same_answer_and_does_nothing(api: Api) -> None:
    content = sheet(TWO_PAID)
    key = {"Idempotency-Key": "first"}
    first, second = (api.send(content, headers=key) for _ in range(2))
    assert (first.status_code, first.json) == (second.status_code, second.json)
    assert "Idempotency-Replayed" not in first.headers
    assert second.headers["Idempotency-Replayed"] == "true"
    other = api.send(sheet(TWO_PAID.replace("R-0", "X-")), headers=key)
    assert (other.status_code, error_of(other)["code"]) == (409, "idempotency_key_reused")
    assert len(api.society.all_of(Sheet)) == 1


def test_twenty_equal_calls_at_once_make_one_sheet(api: Api) -> None:
    content = sheet(TWO_PAID)
    api.token("field")
    with ThreadPoolExecutor(20) as pool:
        answers = list(
            pool.map(lambda _: api.send(content, headers={"Idempotency-Key": "one"}), range(20))
        )
    assert {answer.status_code for answer in answers} == {202}
    assert len({json.dumps(answer.json) for answer in answers}) == 1
    assert len(api.society.all_of(Sheet)) == 1


def test_an_approval_may_be_sent_again(api: Api) -> None:
    sheet_id = api.society.submitted(TWO_PAID)
    answers = [
        api.call(
            "POST", f"/sheets/{sheet_id}/approve", by="finance", headers={"Idempotency-Key": "a"}
        ).json
        for _ in range(2)
    ]
    assert answers[0] == answers[1]
    assert len(api.society.all_of(Transfer)) == 2


#: What a call about a sheet has to say to be understood.
BODIES: dict[str, dict[str, object]] = {
    "reject": {"reason": "x"},
    "answers": {"answers": {}},
    "cells": {"cells": {"D2": "1"}},
    "columns": {"columns": {"A": "none"}},
    "cures": {"group": "12345678", "cure": "fill_down"},
}


def body_of(path: str) -> dict[str, Any]:
    """What such a call sends: a file, or JSON."""
    what = path.rpartition("/")[2]
    if what == "evidence":
        return {"data": {"file": (BytesIO(b"%PDF-1.7"), "list.pdf")}}
    return {"json": BODIES.get(what, {})}


def test_a_foreign_record_answers_as_one_that_is_not_there(api: Api) -> None:
    foreign = society_at_work(api.society.ledger, "BRC")
    sheet_id = foreign.submitted(TWO_PAID)
    for method, path in operations(api):
        if "{sheet_id}" in path:
            bodies = [
                api.call(method, path.replace("{sheet_id}", number), by="finance", **body_of(path))
                for number in (str(sheet_id), "99999")
            ]
            assert [each.status_code for each in bodies] == [404, 404]
            assert bodies[0].data == bodies[1].data
    for path in ("/figures?month=2022-11&society={}", "/totals?society={}"):
        told = [api.call("GET", path.format(code), by="finance") for code in ("BRC", "XXX")]
        assert [each.status_code for each in told] == [404, 404]
        assert told[0].data.replace(b"BRC", b"") == told[1].data.replace(b"XXX", b"")
    foreign.approve(sheet_id)
    together = api.call("GET", "/figures/together?month=2022-11", by="finance").json
    assert [each["society"] for each in together["societies"]] == ["ARC"]  # type: ignore[index]
    assert together["together"]["people"] == 0  # type: ignore[index]
    assert api.items("/sheets") == []


def test_it_answers_what_the_command_line_prints(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    sheet_id = api.society.approved(TWO_PAID.replace("7250.50", "many"))
    for name, value in settings_of(api.society).items():
        monkeypatch.setenv(name, value)

    def printed(*arguments: str) -> Any:  # noqa: ANN401
        return json.loads(CliRunner().invoke(main, [*arguments, "--json"]).stdout)

    assert api.call("GET", f"/sheets/{sheet_id}").json == printed("sheets", "show", str(sheet_id))
    assert api.items("/sheets") == printed("sheets", "list")
    assert api.call("GET", "/figures?society=ARC&month=2022-11", by="finance").json == printed(
        "figures", "--society", "ARC", "--month", "2022-11"
    )
    assert api.call("GET", "/figures/together?month=2022-11", by="finance").json == printed(
        "figures-together", "--month", "2022-11", "--as", api.society.email("finance")
    )
    assert api.call(
        "GET", "/totals?society=ARC&from=2022-11-01&to=2022-11-30", by="finance"
    ).json == printed("totals", "--society", "ARC", "--from", "2022-11-01", "--to", "2022-11-30")


MOVED = {"status": "moved", "from_on": "2022-11-20", "note": "Told by a neighbour."}


def test_who_does_not_see_people_gets_one_answer_for_every_number(api: Api) -> None:
    api.society.approved(TWO_PAID)
    foreign = society_at_work(api.society.ledger, "BRC")
    foreign.approved(TWO_PAID)
    user_id = api.society.people["field"].user_id
    api.society.do(
        lambda session: session.add(
            Membership(society_id=foreign.society_id, user_id=user_id, role=Role.MANAGER)
        )
    )
    unsaid: dict[str, str] = {}
    for path, more in (("search", unsaid), ("status", MOVED)):
        told = [
            api.call("POST", f"/people/{path}", json={"society": "BRC", "number": number, **more})
            for number in ("R-001", "R-404")
        ]
        assert [each.status_code for each in told] == [403, 403]
        assert told[0].data == told[1].data
    missing = [each for each in api.society.all_of(AuditEvent) if each.act == Act.RIGHT_MISSING]
    assert [(each.society_id, each.user_id) for each in missing] == [
        (foreign.society_id, user_id)
    ] * 4
