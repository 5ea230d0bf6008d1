"""Accounts over their life, and what the trail says of it, on both databases."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
import time_machine
from sqlmodel import Session, select

from cva.core.audit import AuditEvent
from cva.core.errors import CvaError, ForbiddenError, InputError, NotFoundError, RuleError
from cva.core.permissions import Role
from cva.core.settings import read_settings
from cva.core.tenancy import SYSTEM, Actor
from cva.societies import password_changes, sign_in, tokens, user_accounts
from cva.societies import service as societies
from cva.societies.models import Membership, User
from tests.makers import PASSWORD, AtWork, at_once

SETTINGS = read_settings({})
NEW = "four other plain words"
_ABOUT_ACCOUNTS = {"account", "member", "password", "sessions", "token"}


def _id(society: AtWork, name: str) -> int:
    return society.people[name].user_id


def _do(society: AtWork, act: Callable[[Session, Actor], object], by: str = "admin") -> None:
    actor = society.people[by]
    with user_accounts.acting(society.engine, actor) as session:
        act(session, actor)


def _signed_in(society: AtWork, name: str, password: str = PASSWORD) -> str:
    email = society.email(name)
    return society.do(lambda session: sign_in.sign_in(session, email, password, "::1")) or ""


def _is_signed_in(society: AtWork, secret: str) -> bool:
    return society.see(lambda session: sign_in.who_is(session, secret, SETTINGS)) is not None


def _token(society: AtWork, name: str) -> str:
    return society.do(lambda session: tokens.add_token(session, society.email(name)))


def _works(society: AtWork, token: str) -> bool:
    return society.see(lambda session: tokens.who_holds(session, token)) is not None


def _trail(society: AtWork, of: str) -> list[tuple[str, int]]:
    return [
        (event.act, event.user_id)
        for event in society.all_of(AuditEvent)
        if event.subject_id == _id(society, of) and event.act.split(":")[0] in _ABOUT_ACCOUNTS
    ]


def _together(one: AtWork, other: AtWork, name: str) -> None:
    """Let a person of one society be a partner in another."""

    def add(session: Session) -> None:
        held = Membership(society_id=other.society_id, user_id=_id(one, name), role=Role.PARTNER)
        session.add(held)

    one.do(add)


def test_a_shut_account_is_out_at_once_and_comes_back_empty(society: AtWork) -> None:
    secret, token, officer = _signed_in(society, "field"), _token(society, "field"), "field"
    _do(society, lambda session, by: user_accounts.disable(session, by, _id(society, officer)))
    assert not _is_signed_in(society, secret)
    assert not _works(society, token)
    assert not _signed_in(society, "field")
    _do(society, lambda session, by: user_accounts.enable(session, by, _id(society, officer)))
    assert not _is_signed_in(society, secret)
    assert not _works(society, token)
    assert _signed_in(society, "field")
    admin = _id(society, "admin")
    assert _trail(society, "field") == [
        ("token:made", 0),
        ("account:disabled", admin),
        ("account:enabled", admin),
    ]


def test_nobody_shuts_their_own_account(society: AtWork) -> None:
    society.add_person("admin2", Role.ADMIN)
    with pytest.raises(RuleError, match="another administrator"):
        _do(society, lambda session, by: user_accounts.disable(session, by, _id(society, "admin")))


def test_a_society_keeps_an_administrator(society: AtWork) -> None:
    admin = _id(society, "admin")
    for act in (
        lambda session, by: user_accounts.disable(session, by, admin),
        lambda session, by: user_accounts.remove_role(
            session, by, society.society_id, admin, Role.ADMIN
        ),
    ):
        with pytest.raises(RuleError, match="no administrator"):
            society.do(lambda session, act=act: act(session, SYSTEM))  # type: ignore[misc]
    society.add_person("admin2", Role.ADMIN)
    _do(society, lambda session, by: user_accounts.disable(session, by, admin), by="admin2")


def test_a_role_that_was_taken_away_holds_no_more(society: AtWork) -> None:
    secret, officer = _signed_in(society, "finance"), _id(society, "finance")
    _do(
        society,
        lambda session, by: user_accounts.remove_role(
            session, by, society.society_id, officer, Role.FINANCE
        ),
    )
    found = society.see(lambda session: sign_in.who_is(session, secret, SETTINGS))
    assert found is not None
    assert found.actor.rights == {}
    with pytest.raises(NotFoundError, match="has not this role"):
        _do(
            society,
            lambda session, by: user_accounts.remove_role(
                session, by, society.society_id, officer, Role.FINANCE
            ),
        )


def test_one_token_is_stopped_and_the_other_works_on(society: AtWork) -> None:
    first, second = _token(society, "field"), _token(society, "field")
    shown = society.see(
        lambda session: user_accounts.show_account(session, SYSTEM, _id(society, "field"))
    )
    assert len(shown.tokens) == 2
    older = shown.tokens[-1].id
    _do(society, lambda session, by: user_accounts.revoke_token(session, by, older), by="field")
    assert (_works(society, first), _works(society, second)) == (False, True)


def test_a_changed_password_ends_the_sessions_elsewhere(society: AtWork) -> None:
    here, elsewhere = _signed_in(society, "field"), _signed_in(society, "field")
    officer = _id(society, "field")
    _do(
        society,
        lambda session, _by: password_changes.change_password(session, officer, NEW, here),
        by="field",
    )
    assert _is_signed_in(society, here)
    assert not _is_signed_in(society, elsewhere)
    assert not _signed_in(society, "field")
    assert _signed_in(society, "field", NEW)
    assert _trail(society, "field") == [("password:changed", officer)]


def _link(society: AtWork, name: str = "field", by: str = "admin") -> str:
    made: list[str] = []
    _do(
        society,
        lambda session, actor: made.append(
            password_changes.make_password_link(session, actor, _id(society, name))
        ),
        by,
    )
    return made[0]


def _use(society: AtWork, link: str, password: str = NEW) -> None:
    society.do(lambda session: password_changes.use_password_link(session, link, password))


def test_a_link_gives_a_new_password_once(society: AtWork) -> None:
    secret, link = _signed_in(society, "field"), _link(society)
    with pytest.raises(InputError):
        _use(society, link, "short")
    _use(society, link)
    assert not _is_signed_in(society, secret)
    assert _signed_in(society, "field", NEW)
    with pytest.raises(NotFoundError, match="used or is too old"):
        _use(society, link)


def test_a_link_is_used_once_however_many_try_at_once(society: AtWork) -> None:
    link = _link(society)
    done = at_once(*(lambda: _use(society, link) for _ in range(4)))
    assert sum(each is None for each in done) == 1
    assert all(each is None or isinstance(each, CvaError) for each in done)


def test_an_older_link_and_one_of_yesterday_work_no_more(society: AtWork) -> None:
    with time_machine.travel(datetime(2022, 11, 5, 9, tzinfo=UTC), tick=False) as clock:
        replaced, link = _link(society), _link(society)
        for old in (replaced, "", "nonsense"):
            with pytest.raises(NotFoundError):
                _use(society, old)
        clock.shift(password_changes.LINK_LASTS)
        with pytest.raises(NotFoundError):
            _use(society, link)


def test_a_link_of_an_account_that_was_shut_meanwhile_is_over(society: AtWork) -> None:
    link, officer = _link(society), _id(society, "field")
    _do(society, lambda session, by: user_accounts.disable(session, by, officer))
    with pytest.raises(NotFoundError):
        _use(society, link)
    with pytest.raises(RuleError, match="shut"):
        _link(society)


def test_an_administrator_reaches_the_accounts_of_their_society_alone(
    two_societies: tuple[AtWork, AtWork],
) -> None:
    one, other = two_societies
    stranger = _id(other, "field")
    for act in (
        user_accounts.disable,
        user_accounts.enable,
        user_accounts.end_sessions,
        user_accounts.show_account,
    ):
        with pytest.raises(NotFoundError):
            _do(one, lambda session, by, act=act: act(session, by, stranger))  # type: ignore[misc]
        with pytest.raises(NotFoundError):
            _do(
                one,
                lambda session, by, act=act: act(session, by, _id(one, "manager")),  # type: ignore[misc]
                by="finance",
            )
    token = _token(other, "field")
    shown = other.see(lambda session: user_accounts.show_account(session, SYSTEM, stranger))
    with pytest.raises(NotFoundError):
        _do(one, lambda session, by: user_accounts.revoke_token(session, by, shown.tokens[0].id))
    assert _works(other, token)
    with pytest.raises(ForbiddenError):
        _do(
            one,
            lambda session, by: user_accounts.remove_role(
                session, by, one.society_id, _id(one, "field"), Role.FIELD
            ),
            by="manager",
        )


def test_who_works_elsewhere_too_is_shut_here_and_given_back_by_none_alone(
    two_societies: tuple[AtWork, AtWork],
) -> None:
    """Whoever could reset the password would be somebody in a society that is not theirs."""
    one, other = two_societies
    _together(one, other, "field")
    with pytest.raises(ForbiddenError, match="a society too that you do not administer"):
        _link(one)
    officer = _id(one, "field")
    _do(one, lambda session, by: user_accounts.disable(session, by, officer))
    with pytest.raises(ForbiddenError):
        _do(one, lambda session, by: user_accounts.enable(session, by, officer))
    one.do(lambda session: user_accounts.enable(session, SYSTEM, officer))
    assert [act for act, _by in _trail(one, "field")].count("account:disabled") == 2


@pytest.mark.parametrize(
    "written",
    ["FIELD@ARC.example", " field@arc.example ", "ｆield@arc.example", "fi\u200beld@arc.example"],
)
def test_one_address_written_otherwise_is_one_account(society: AtWork, written: str) -> None:
    found = society.see(lambda session: societies.find_user(session, written))
    assert found is not None
    assert found.id == _id(society, "field")
    with pytest.raises(CvaError):
        society.do(
            lambda session: societies.add_member(
                session, society.society_id, written, Role.FIELD, PASSWORD
            )
        )
    assert len(society.see(lambda session: session.exec(select(User)).all())) == len(society.people)
