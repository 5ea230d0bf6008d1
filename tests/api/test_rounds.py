"""Rounds, requests, people and scans by the interface."""

from io import BytesIO
from typing import Any

from cva.api.input_schemas import DETAILS
from cva.approvals.actions import ACTIONS
from tests.api.conftest import Api
from tests.makers import TWO_PAID

LIST = "number | name\nR-001 | Anna Orlova\nR-002 | Boris Lebed"
PLAN = {
    "society": "ARC",
    "programme": "CASH",
    "code": "2022-11",
    "starts_on": "2022-11-05",
    "rule": "fixed",
    "amount": "5000",
}


def done(api: Api, path: str, by: str = "field", expected: int = 200, **said: Any) -> Any:  # noqa: ANN401
    """What a call that succeeds answers."""
    answer = api.call("POST", path, by=by, json=said)
    assert answer.status_code == expected, answer.text
    return answer.json


def approved(api: Api) -> int:
    """A round whose list is approved."""
    slip = PLAN | {"code": "2022-1", "amount": "50"}
    round_id: int = done(api, "/rounds", expected=201, **slip)["id"]
    plan: dict[str, Any] = {
        name: text for name, text in PLAN.items() if name not in {"society", "programme"}
    }
    assert done(api, f"/rounds/{round_id}/plan", **plan)["code"] == "2022-11"
    api.society.list_kept(LIST)
    assert done(api, f"/rounds/{round_id}/list", source="sheets") == {"people": 2}
    done(api, f"/rounds/{round_id}/list/submit")
    told = done(api, f"/rounds/{round_id}/list/approve", by="manager")
    assert (told["list"], told["planned"][0]["amount"]) == ("approved", "10000.00")
    return round_id


def test_a_round_is_planned_listed_approved_and_changed(api: Api) -> None:
    round_id = approved(api)
    said: dict[str, Any] = {
        "name": "Twins",
        "changes": ["R-002 = 7250.50"],
        "reason": "Two births.",
    }
    asked = done(api, f"/rounds/{round_id}/list/changes", expected=201, **said)
    assert (asked["state"], asked["asked_by"]) == ("open", "field@arc.example")
    told = api.call("GET", f"/requests/{asked['id']}", by="manager").json
    assert told
    (part,) = told["parts"]
    assert (part["number"], part["before"], part["after"]) == ("R-002", "5000.00", "7250.50")
    assert api.call("GET", "/requests/9", by="manager").status_code == 404
    assert api.call("POST", f"/requests/{asked['id']}/confirm").status_code == 403
    done(api, f"/requests/{asked['id']}/confirm", by="manager")
    told = api.call("GET", f"/rounds/{round_id}").json
    assert told
    assert (told["list_version"], told["planned"][0]["amount"]) == (2, "12250.50")
    assert [each["code"] for each in api.items("/rounds")] == ["2022-11"]


def test_the_same_plan_again_is_answered_again_under_its_key(api: Api) -> None:
    answers = [
        api.call("POST", "/rounds", json=PLAN, headers={"Idempotency-Key": "plan-1"})
        for _ in range(2)
    ]
    assert answers[0].data == answers[1].data
    assert api.call("POST", "/rounds", json=PLAN).status_code == 409
    other = PLAN | {"amount": "6000"}
    answer = api.call("POST", "/rounds", json=other, headers={"Idempotency-Key": "plan-1"})
    assert answer.status_code == 409


def test_a_list_is_sent_back_and_copied(api: Api) -> None:
    first = approved(api)
    second = done(api, "/rounds", expected=201, **(PLAN | {"code": "2022-12"}))["id"]
    assert done(api, f"/rounds/{second}/list", source="round", round=first) == {"people": 2}
    done(api, f"/rounds/{second}/list/submit")
    told = done(api, f"/rounds/{second}/list/send-back", by="manager", reason="Too early.")
    assert (told["list"], told["answer"]) == ("draft", "Too early.")
    found = done(api, f"/rounds/{second}/list", source="registered", filter={})
    assert found == {"people": 2}


def test_a_sheet_is_taken_back_and_the_person_has_a_history(api: Api) -> None:
    sheet_id = api.society.approved(TWO_PAID)
    said: dict[str, Any] = {"society": "ARC", "kind": "reverse_sheet"}
    said["details"] = {"sheet": str(sheet_id)}
    asked = done(api, "/requests", expected=201, reason="A slip.", **said)
    done(api, f"/requests/{asked['id']}/confirm", by="finance")
    who: dict[str, Any] = {"society": "ARC", "number": "R-001"}
    assert [line["what"] for line in done(api, "/people/search", **who)["history"]] == [
        "paid",
        "reversed",
        "registered",
    ]
    told: dict[str, Any] = {
        "status": "moved",
        "from_on": "2022-11-20",
        "note": "Told by a neighbour.",
    }
    assert done(api, "/people/status", **who, **told)["status"] == "moved"
    assert api.items("/people/duplicates?society=ARC") == []
    assert api.call("GET", "/people/duplicates?society=ARC", by="manager").status_code == 403


def test_a_scan_is_kept_and_taken_out(api: Api) -> None:
    sheet_id = api.society.approved(TWO_PAID)
    form = {"file": (BytesIO(b"%PDF-1.7"), "signed.pdf")}
    kept = api.call("POST", f"/sheets/{sheet_id}/evidence", data=form)
    assert kept.status_code == 201
    assert api.call("GET", f"/evidence/{(kept.json or {})['id']}").data == b"%PDF-1.7"
    round_id = approved(api)
    form = {"file": (BytesIO(b"GIF89a"), "signed.gif")}
    assert api.call("POST", f"/rounds/{round_id}/evidence", data=form).status_code == 422


def test_a_history_tells_how_a_hand_out_was_confirmed(api: Api) -> None:
    api.society.approved(
        "number | name | Date of birth | day | amount | Kind of mark | Witness\n"
        "R-001 | Anna Orlova | 2006-01-31 | 2022-11-05 | 5000 | thumbprint | Dora Klein"
    )
    found = done(api, "/people/search", society="ARC", number="R-001")
    (line,) = [each for each in found["history"] if each["what"] == "paid"]
    assert (line["is_minor"], found["is_minor"]) == (True, False)
    assert line["collection"] == {
        "received_by": None,
        "relation": None,
        "authority": None,
        "mark_kind": "thumbprint",
        "witness": "Dora Klein",
    }


def test_the_document_says_what_each_kind_of_request_is_asked_with(api: Api) -> None:
    assert set(DETAILS) == set(ACTIONS)
    document: Any = api.call("GET", "/openapi.json", by=None).json
    fields = document["components"]["schemas"]["NewRequest"]["properties"]
    assert fields["kind"]["enum"] == list(DETAILS)
    assert "`merge_people`: keep, drop" in fields["details"]["description"]


def test_a_list_that_was_made_anew_is_not_approved_as_the_one_that_was_seen(api: Api) -> None:
    """The number of a draft is never used again, not by another plan of the round either."""
    round_id: int = done(api, "/rounds", expected=201, **PLAN)["id"]
    api.society.list_kept(LIST)
    done(api, f"/rounds/{round_id}/list", source="sheets")
    done(api, f"/rounds/{round_id}/list/submit")
    seen = (api.call("GET", f"/rounds/{round_id}", by="manager").json or {})["drafts"]
    done(api, f"/rounds/{round_id}/list/send-back", reason="The amount was wrong.")
    plan: dict[str, Any] = PLAN | {"amount": "9000"}
    del plan["society"], plan["programme"]
    done(api, f"/rounds/{round_id}/plan", **plan)
    done(api, f"/rounds/{round_id}/list", source="sheets")
    done(api, f"/rounds/{round_id}/list/submit")
    path = f"/rounds/{round_id}/list/approve"
    refused = api.call("POST", path, by="manager", json={"drafts": seen})
    assert (refused.status_code, (refused.json or {})["code"]) == (409, "list_reloaded")
    now = (api.call("GET", f"/rounds/{round_id}", by="manager").json or {})["drafts"]
    assert now != seen
    assert done(api, path, by="manager", drafts=now)["list"] == "approved"
