"""Providers over the JSON interface."""

import pytest

from cva.programmes.service import Mechanism
from tests.api.conftest import Api
from tests.makers import answered

LIST = "number | name | phone\nR-001 | Anna Orlova | +79991234501\nR-002 | Boris Lebed |"
ROUND = {"programme": "CASH", "round": "2022-11"}


@pytest.fixture
def provider_id(api: Api) -> int:
    """A provider that is to pay a round with an approved list of two people."""
    round_id = api.society.plan_round(mechanism=Mechanism.MOBILE_MONEY)
    api.society.list_kept(LIST)
    api.society.list_approved(round_id)
    return api.society.add_provider()


def test_a_list_is_made_sent_and_answered(api: Api, provider_id: int) -> None:
    path = f"/providers/{provider_id}/lists"
    key = {"Idempotency-Key": "november"}
    made = api.call("POST", path, json=ROUND, headers=key)
    assert (made.status_code, made.json["payments"]) == (201, 2)  # type: ignore[index]
    again = api.call("POST", path, json=ROUND, headers=key)
    assert (again.json, again.headers["Idempotency-Replayed"]) == (made.json, "true")
    assert api.call("POST", path, json=ROUND).status_code == 422
    assert api.call("POST", "/payment-lists/1/sendings", json={}).status_code == 403
    assert api.call("POST", "/payment-lists/1/sendings", json={}, by="finance").status_code == 201
    assert api.call("POST", "/payment-lists/1/sendings", json={}, by="finance").status_code == 422
    file = api.call("GET", "/payment-lists/1/file")
    assert file.data == api.call("GET", "/payment-lists/1/file").data
    assert api.call("GET", "/payment-lists/1/file", by="manager").status_code == 403

    api.society.approved(answered(["P1-00001"]))
    shown = api.call("GET", "/payment-lists/1", by="manager")
    assert [each["registration_no"] for each in shown.json["open"]] == ["R-002"]  # type: ignore[index]
    assert "Orlova" not in shown.text
    assert "7999" not in shown.text
    (listed,) = api.items("/payment-lists?society=ARC", by="manager")
    assert (listed["unanswered"], listed["sent_by"]) == (1, "finance@arc.example")


def test_a_stated_balance_stands_beside_ours(api: Api, provider_id: int) -> None:
    said = {"day": "2022-11-30", "amount": "5.00", "currency": "RUB", "source": "Statement 11"}
    path = f"/providers/{provider_id}"
    assert api.call("POST", f"{path}/balances", json=said, by="finance").status_code == 201
    assert api.call("POST", f"{path}/balances", json=said).status_code == 403
    (balance,) = api.call("GET", path).json["balances"]  # type: ignore[index]
    assert (balance["ours"], balance["difference"]) == ("0.00", "5.00")
    assert [each["code"] for each in api.items("/providers")] == ["QP"]


def test_a_list_that_was_not_sent_is_cancelled(api: Api, provider_id: int) -> None:
    api.call("POST", f"/providers/{provider_id}/lists", json=ROUND)
    assert api.call("POST", "/payment-lists/1/cancel").json == {"id": 1, "state": "cancelled"}
    assert api.call("POST", "/payment-lists/1/cancel").status_code == 409


def test_an_administrator_adds_a_provider(api: Api) -> None:
    said = {"society": "ARC", "code": "SB", "name": "Savings Bank", "template": "bank"}
    added = api.call("POST", "/providers", json=said | {"mechanism": "bank_transfer"}, by="admin")
    assert added.status_code == 201
    assert (added.json["code"], added.json["reached"]) == ("SB", "paid")  # type: ignore[index]
    assert api.call("POST", "/providers", json=said, by="finance").status_code == 403
    refused = api.call("POST", "/providers", json=said | {"template": "none"}, by="admin")
    assert list(refused.json["fields"]) == ["template"]  # type: ignore[index]


def test_who_stands_in_an_undecided_sheet_is_told_with_its_number(
    api: Api, provider_id: int
) -> None:
    cash = "number | day | amount | currency\nR-001 | 2022-11-05 | 5000 | RUB"
    sheet_id = api.society.checked(cash, round_code="2022-11")
    path = f"/providers/{provider_id}/lists"
    made = api.call("POST", path, json=ROUND)
    assert (made.status_code, made.json["payments"]) == (201, 1)  # type: ignore[index]
    assert made.json["in_sheets"] == [  # type: ignore[index]
        {"sheet": sheet_id, "registration_numbers": ["R-001"]}
    ]
    refused = api.call("POST", path, json=ROUND)
    assert refused.status_code == 422
    assert f"sheet {sheet_id} is approved or withdrawn" in refused.text
