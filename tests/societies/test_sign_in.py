"""Signing in: throttled, the same answer for everybody unknown, and over when it is over."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
import time_machine
from sqlmodel import select

from cva.core.errors import TooManyTriesError
from cva.core.settings import Settings
from cva.societies import passwords
from cva.societies import sign_in as service
from cva.societies.models import SignIn, SignInTry, User
from tests.makers import PASSWORD, AtWork

pytestmark = pytest.mark.full_hashes

NOW = datetime(2022, 11, 5, 9, tzinfo=UTC)
HERE = "192.0.2.1"


def enter(society: AtWork, email: str, password: str = PASSWORD, address: str = HERE) -> str | None:
    return society.do(lambda session: service.sign_in(session, email, password, address))


def is_in(society: AtWork, secret: str) -> bool:
    settings: Settings = society.ledger.settings
    return society.see(lambda session: service.who_is(session, secret, settings)) is not None


def test_a_person_signs_in_and_is_known(society: AtWork) -> None:
    secret = enter(society, " FIELD@arc.example ")
    assert secret is not None
    known = society.see(lambda session: service.who_is(session, secret, society.ledger.settings))
    assert known is not None
    assert (known.email, known.actor) == ("field@arc.example", society.people["field"])


def test_the_secret_itself_is_not_stored(society: AtWork) -> None:
    secret = enter(society, society.email("field"))
    stored = society.see(lambda session: session.exec(select(SignIn.secret_sha256)).one())
    assert secret
    assert secret not in stored


def test_every_sign_in_has_a_secret_of_its_own(sqlite_society: AtWork) -> None:
    email = sqlite_society.email("field")
    assert enter(sqlite_society, email) != enter(sqlite_society, email)


def test_wrong_password_and_unknown_person_get_the_same_answer(sqlite_society: AtWork) -> None:
    assert enter(sqlite_society, sqlite_society.email("field"), "wrong words entirely") is None
    assert enter(sqlite_society, "nobody@arc.example", PASSWORD) is None


def test_a_person_is_throttled_from_one_address(society: AtWork) -> None:
    email = society.email("field")
    for _ in range(service.TRIES_FOR_PERSON_FROM_ADDRESS):
        assert enter(society, email, "wrong words entirely") is None
    with pytest.raises(TooManyTriesError):
        enter(society, email)
    assert enter(society, email, address="192.0.2.2") is not None
    assert enter(society, society.email("finance")) is not None


def test_an_unknown_person_is_throttled_alike(sqlite_society: AtWork) -> None:
    for _ in range(service.TRIES_FOR_PERSON_FROM_ADDRESS):
        enter(sqlite_society, "nobody@arc.example")
    with pytest.raises(TooManyTriesError):
        enter(sqlite_society, "nobody@arc.example")


def test_after_a_quarter_of_an_hour_everybody_may_try_again(sqlite_society: AtWork) -> None:
    email = sqlite_society.email("field")
    with time_machine.travel(NOW, tick=False) as clock:
        for _ in range(service.TRIES_FOR_PERSON_FROM_ADDRESS):
            enter(sqlite_society, email, "wrong words entirely")
        clock.shift(service.TRIES_COUNT_FOR - timedelta(seconds=1))
        with pytest.raises(TooManyTriesError):
            enter(sqlite_society, email)
        clock.shift(timedelta(seconds=2))
        assert enter(sqlite_society, email) is not None


@pytest.mark.parametrize(
    ("limit", "emails", "addresses"),
    [
        (service.TRIES_FROM_ADDRESS, [f"p{n}@arc.example" for n in range(50)], [HERE]),
        (service.TRIES_FOR_PERSON, ["field@arc.example"], [f"192.0.2.{n}" for n in range(30)]),
    ],
)
def test_many_tries_from_an_address_or_for_a_person_are_too_many(
    sqlite_society: AtWork,
    monkeypatch: pytest.MonkeyPatch,
    limit: int,
    emails: list[str],
    addresses: list[str],
) -> None:
    """Each a first try of its kind. No password fits, at once: hashing takes its time by design."""
    with monkeypatch.context() as hasty:
        hasty.setattr(passwords, "matches", lambda *_: False)
        for email, address in product(emails, addresses):
            assert enter(sqlite_society, email, "wrong", address) is None
    assert len(emails) * len(addresses) == limit
    with pytest.raises(TooManyTriesError):
        enter(sqlite_society, "field@arc.example", address=HERE)


def test_who_tried_is_not_written_down(society: AtWork) -> None:
    enter(society, "nobody@arc.example")
    stored = repr(society.all_of(SignInTry))
    assert "nobody" not in stored
    assert HERE not in stored


def test_signing_out_ends_it_at_once(society: AtWork) -> None:
    secret = enter(society, society.email("field")) or ""
    assert is_in(society, secret)
    society.do(lambda session: service.sign_out(session, secret))
    assert not is_in(society, secret)


def test_whoever_does_nothing_signs_in_again(sqlite_society: AtWork) -> None:
    society = sqlite_society
    idle = timedelta(minutes=society.ledger.settings.session_idle_minutes)
    with time_machine.travel(NOW, tick=False) as clock:
        secret = enter(society, society.email("field")) or ""
        clock.shift(idle)
        assert is_in(society, secret)
        society.do(lambda session: service.touch(session, secret))
        clock.shift(idle)
        assert is_in(society, secret)
        clock.shift(timedelta(seconds=1))
        assert not is_in(society, secret)


def test_nobody_stays_signed_in_for_longer_than_a_working_day(sqlite_society: AtWork) -> None:
    society = sqlite_society
    hours = society.ledger.settings.session_hours
    with time_machine.travel(NOW, tick=False) as clock:
        secret = enter(society, society.email("field")) or ""
        for _ in range(hours * 4):
            clock.shift(timedelta(minutes=15))
            society.do(lambda session: service.touch(session, secret))
        assert is_in(society, secret)
        clock.shift(timedelta(seconds=1))
        assert not is_in(society, secret)


def test_a_disabled_person_is_out_at_once_and_stays_out(society: AtWork) -> None:
    email = society.email("field")
    secret = enter(society, email) or ""

    def disable(session: object) -> None:
        user = session.exec(select(User).where(User.email == email)).one()  # type: ignore[attr-defined]
        user.disabled_at = NOW

    society.do(disable)
    assert not is_in(society, secret)
    assert enter(society, email) is None


def test_an_unknown_secret_is_nobodys(sqlite_society: AtWork) -> None:
    assert not is_in(sqlite_society, "")
    assert not is_in(sqlite_society, "x" * 43)
