"""Societies, people, roles, passwords and tokens."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlmodel import select

from cva.core.db import transaction
from cva.core.errors import ConflictError, CvaError, ForbiddenError, InputError, NotFoundError
from cva.core.ledger import Ledger
from cva.core.permissions import ROLE_PERMISSIONS, Permission, Role
from cva.core.tenancy import SYSTEM
from cva.societies import passwords, tokens
from cva.societies import service as societies
from cva.societies.models import ApiToken, User
from tests.makers import AtWork

pytestmark = pytest.mark.full_hashes

NOW = datetime(2022, 11, 5, 9, tzinfo=UTC)


def disable(society: AtWork, name: str) -> None:
    def act(session: object) -> None:
        query = select(User).where(User.email == society.email(name))
        session.exec(query).one().disabled_at = NOW  # type: ignore[attr-defined]

    society.do(act)


@pytest.mark.parametrize(
    "password", ["x" * 12, "short words", "abcabcabcabcabc", "anna.orlova.long", "word " * 26]
)
def test_a_short_plain_or_endless_password_is_refused(password: str) -> None:
    with pytest.raises(InputError) as refused:
        passwords.hashed(password, "anna.orlova.long@arc.example")
    assert refused.value.fields.keys() == {"password"}


@pytest.mark.parametrize("password", ["four plain words", "слово и ещё слово", "1 2 3 4 5 6 7"])
def test_a_long_password_of_any_letters_is_taken(password: str) -> None:
    made = passwords.hashed(password, "anna@arc.example")
    assert made.startswith("$argon2id$")
    assert passwords.matches(password, made)
    assert not passwords.matches(password + "x", made)


def test_nobody_has_no_password() -> None:
    assert not passwords.matches("nobody has this password", None)
    assert not passwords.matches("four plain words", "no hash")


def test_a_token_acts_as_its_owner_for_a_year(society: AtWork) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        token = society.do(lambda session: tokens.add_token(session, society.email("field")))
        held = society.see(lambda session: tokens.who_holds(session, token))
        assert held is not None
        assert held.actor == society.people["field"]
        clock.shift(tokens.LASTS)
        assert society.see(lambda session: tokens.who_holds(session, token)) is not None
        clock.shift(timedelta(seconds=1))
        assert society.see(lambda session: tokens.who_holds(session, token)) is None


def test_only_the_digest_of_a_token_is_stored(society: AtWork) -> None:
    token = society.do(lambda session: tokens.add_token(session, society.email("field")))
    assert token not in repr(society.all_of(ApiToken))


@pytest.mark.parametrize("end", ["revoked", "disabled", "unknown", "empty"])
def test_a_token_that_is_over_is_nobodys(society: AtWork, end: str) -> None:
    token = society.do(lambda session: tokens.add_token(session, society.email("field")))
    if end == "revoked":

        def revoke(session: object) -> None:
            session.exec(select(ApiToken)).one().revoked_at = NOW  # type: ignore[attr-defined]

        society.do(revoke)
    elif end == "disabled":
        disable(society, "field")
    else:
        token = "" if end == "empty" else token[:-1]
    assert society.see(lambda session: tokens.who_holds(session, token)) is None


def test_a_disabled_person_cannot_be_acted_for(society: AtWork) -> None:
    disable(society, "field")
    with pytest.raises(NotFoundError):
        society.see(lambda session: societies.actor_by_email(session, society.email("field")))


def test_a_person_has_the_rights_of_all_their_roles(two_societies: tuple[AtWork, AtWork]) -> None:
    one, other = two_societies
    email = one.email("field")
    for role in (Role.MANAGER, Role.PARTNER):
        one.do(
            lambda session, role=role: societies.add_member(  # type: ignore[misc]
                session, other.society_id, email, role, ""
            )
        )
    actor = one.see(lambda session: societies.actor_by_email(session, email))
    assert actor.rights == {
        one.society_id: ROLE_PERMISSIONS[Role.FIELD],
        other.society_id: ROLE_PERMISSIONS[Role.MANAGER] | ROLE_PERMISSIONS[Role.PARTNER],
    }


def test_no_role_both_sends_sheets_and_manages_people() -> None:
    for role in Role:
        assert not {Permission.MANAGE_SETUP, Permission.SEND_SHEETS} <= ROLE_PERMISSIONS[role]
    assert ROLE_PERMISSIONS[Role.PARTNER] == {
        Permission.SEE_FIGURES,
        Permission.SEE_SOCIETIES,
    }
    assert {role for role in Role if Permission.DECIDE_SHEETS in ROLE_PERMISSIONS[role]} == {
        Role.FINANCE
    }


@pytest.mark.parametrize("email", ["", "anna", "@arc.example", "anna@", "an na@arc.example"])
def test_an_address_has_a_name_and_a_host(sqlite_society: AtWork, email: str) -> None:
    with pytest.raises(InputError):
        sqlite_society.do(
            lambda session: societies.add_member(
                session, sqlite_society.society_id, email, Role.FIELD, "four plain words"
            )
        )


def test_only_an_administrator_adds_people(two_societies: tuple[AtWork, AtWork]) -> None:
    one, other = two_societies

    def add(name: str, society_id: int) -> None:
        one.do(
            lambda session: societies.add_member(
                session, society_id, "new@arc.example", Role.FIELD, "four plain words"
            ),
            one.people[name],
        )

    with pytest.raises(ForbiddenError):
        add("finance", one.society_id)
    with pytest.raises(NotFoundError):
        add("admin", other.society_id)
    add("admin", one.society_id)
    with pytest.raises(ConflictError):
        add("admin", one.society_id)
    members = one.see(lambda session: societies.list_members(session, one.society_id))
    assert ("new@arc.example", "ARC", "field") in {
        (member.email, member.society, member.role) for member in members
    }


@pytest.mark.parametrize(
    "wrong", [{"country": "XX"}, {"currency": "XXX"}, {"time_zone": "Mars/Base"}, {"code": "arc"}]
)
def test_a_society_has_a_country_a_currency_and_a_time_zone(
    sqlite_society: AtWork, wrong: dict[str, str]
) -> None:
    said = {"code": "NEW", "country": "RU", "currency": "RUB", "time_zone": "UTC"} | wrong

    def add(session: object) -> None:
        societies.add_society(
            session,  # type: ignore[arg-type]
            said["code"],
            "New Red Crescent",
            country=said["country"],
            currency=said["currency"],
            time_zone=said["time_zone"],
        )

    with pytest.raises(CvaError):
        sqlite_society.do(add)


def test_a_country_with_one_time_zone_needs_none_named(sqlite_ledger: Ledger) -> None:
    with transaction(sqlite_ledger.engine, SYSTEM) as session:
        zones = {
            country: societies.add_society(
                session, country, country, country=country, currency="USD", time_zone=None
            ).time_zone
            for country in ("BY", "RU")
        }
    assert zones == {"BY": "Europe/Minsk", "RU": "UTC"}
