"""Accounts on their pages: the password changed, a link used, an account shut."""

import re

import pytest

from cva.core.db import transaction
from cva.core.permissions import Role
from cva.core.tenancy import SYSTEM
from cva.societies import service as societies
from cva.societies import tokens
from tests.web.conftest import House, Visitor

EMAIL, OLD, NEW = "vera@rrc.example", "four plain words here", "four other plain words"


@pytest.fixture
def vera(house: House) -> Visitor:
    """The browser of somebody who signed in with a password."""
    with transaction(house.ledger.engine, SYSTEM) as session:
        societies.add_member(session, house.ours.society_id, EMAIL, Role.FIELD, OLD)
    visitor = house.visitor()
    visitor.post("/sign-in", email=EMAIL, password=OLD)
    return visitor


def _change(visitor: Visitor, old: str = OLD, new: str = NEW, again: str = "") -> int:
    said = {"password": old, "new_password": new, "again": again or new}
    return visitor.post("/account/password", **said).status_code


def test_one_changes_ones_own_password(vera: Visitor) -> None:
    assert _change(vera, again="another one here") == 422
    assert _change(vera, old="not my password") == 422
    assert _change(vera, new="short") == 422
    assert _change(vera) == 302
    assert "Your password is changed" in vera.see("/account")


def test_guessing_the_password_of_today_is_stopped(vera: Visitor) -> None:
    answers = [_change(vera, old=f"guess number {at}") for at in range(7)]
    assert 429 in answers


def test_a_link_leads_to_a_new_password(house: House) -> None:
    admin, user_id = house.visitor(Role.ADMIN), house.ours.people[Role.FIELD]
    page = admin.post(f"/accounts/{user_id}/password-link").text
    found = re.search(r"http://localhost(/password/[\w-]+)", page)
    assert found
    stranger = house.visitor()
    assert "New password" in stranger.see(found[1])
    assert stranger.post(found[1], new_password=NEW, again="otherwise").status_code == 422
    answer = stranger.post(found[1], new_password=NEW, again=NEW)
    assert (answer.status_code, answer.location) == (302, "/sign-in")
    assert "used or is too old" in stranger.see(found[1], 404)
    assert house.visitor(Role.FIELD).client.get("/account").status_code == 302


def test_a_shut_account_is_marked_and_opened_again(house: House) -> None:
    admin, user_id = house.visitor(Role.ADMIN), house.ours.people[Role.FIELD]
    assert admin.post(f"/accounts/{user_id}/disable").status_code == 302
    assert "shut" in admin.see("/setup")
    assert house.visitor(Role.FIELD).client.get("/").location.startswith("/sign-in")
    assert admin.post(f"/accounts/{user_id}/enable").status_code == 302
    assert "The account is open again" in admin.see(f"/accounts/{user_id}")


def test_a_role_is_taken_away(house: House) -> None:
    admin, user_id = house.visitor(Role.ADMIN), house.ours.people[Role.FIELD]
    said = {"society": str(house.ours.society_id), "role": "field"}
    assert admin.post(f"/accounts/{user_id}/roles/remove", **said).status_code == 302
    assert house.visitor(Role.FIELD).client.get("/account").status_code == 403


def test_a_token_is_stopped_by_its_owner(house: House) -> None:
    with transaction(house.ledger.engine, SYSTEM) as session:
        found = tokens.add_token(session, "field@rrc.example")
    assert found
    field = house.visitor(Role.FIELD)
    address = re.search(r"/account/tokens/\d+/revoke", field.see("/account"))
    assert address
    assert house.visitor(Role.MANAGER).post(address[0]).status_code == 404
    assert field.post(address[0]).status_code == 302
    assert "/revoke" not in field.see("/account")
