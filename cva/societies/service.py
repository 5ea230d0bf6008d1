"""Societies, and the people who work in them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import available_timezones

from babel.core import get_global
from phonenumbers import SUPPORTED_REGIONS
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from cva.core import audit
from cva.core.errors import ConflictError, InputError, NotFoundError
from cva.core.i18n import gettext as _
from cva.core.identifiers import comparable
from cva.core.lookup_keys import add_lookup_key
from cva.core.money import digits_of
from cva.core.permissions import ROLE_PERMISSIONS, Permission, Role
from cva.core.tenancy import Actor, actor_of
from cva.societies import passwords
from cva.societies.models import Membership, Society, User

#: What a prefix of numbers has nothing of.
_OTHERS = re.compile("[^A-Z0-9]")
_LONGEST_PREFIX = 10


@dataclass(frozen=True, slots=True)
class Member:
    """A person and a role in a society."""

    email: str
    society: str
    role: str
    user_id: int
    is_disabled: bool


def add_society(
    session: Session,
    code: str,
    name: str,
    *,
    country: str,
    currency: str,
    time_zone: str | None,
    number_prefix: str | None = None,
) -> Society:
    """Add a society.

    Args:
        session: The caller's transaction.
        code: Short name, such as ``"RRC"``; unique.
        name: In full.
        country: ISO 3166-1 alpha-2.
        currency: ISO 4217.
        time_zone: IANA name. Left out: the country's own where it has only one, else UTC.
        number_prefix: What the numbers begin with that the ledger gives to people. Left out: the
            letters and digits of the code.

    Raises:
        InputError: Country, currency or time zone is not known, or the prefix is no short word.
        ConflictError: The code is taken.
    """
    digits_of(currency)
    if country not in SUPPORTED_REGIONS:
        raise InputError(
            _("{country} is no country code. Write two letters such as RU.").format(
                country=country
            ),
            code="country_unknown",
        )
    zone = time_zone or _only_zone(country)
    if zone not in available_timezones():
        raise InputError(
            _("{zone} is no time zone. Write a name such as Europe/Moscow.").format(zone=zone),
            code="time_zone_unknown",
        )
    if any(other.code.casefold() == code.casefold() for other in list_societies(session)):
        raise ConflictError(
            _("There is a society {code} already.").format(code=code), code="society_exists"
        )
    society = Society(
        code=code,
        name=name,
        country=country,
        currency=currency,
        time_zone=zone,
        number_prefix=_prefix(number_prefix or code, is_chosen=number_prefix is not None),
    )
    session.add(society)
    session.flush()
    add_lookup_key(session, society.id)
    audit.record(session, audit.Act.SOCIETY_ADDED, society_id=society.id, subject_id=society.id)
    return society


def _prefix(text: str, *, is_chosen: bool) -> str:
    prefix = text.upper() if is_chosen else _OTHERS.sub("", text.upper())[:_LONGEST_PREFIX] or "P"
    if _OTHERS.search(prefix) or len(prefix) > _LONGEST_PREFIX:
        raise InputError(
            _("Write a prefix of at most {most} Latin letters and digits.").format(
                most=_LONGEST_PREFIX
            ),
            code="number_prefix_invalid",
        )
    return prefix


def _only_zone(country: str) -> str:
    zones = [zone for zone, where in get_global("zone_territories").items() if where == country]
    return zones[0] if len(zones) == 1 and zones[0] in available_timezones() else "UTC"


def list_societies(session: Session) -> Sequence[Society]:
    """The societies the actor may see, by name."""
    return session.exec(select(Society).order_by(col(Society.name))).all()


def codes(session: Session) -> dict[int, str]:
    """The codes of the societies the actor may see, by id."""
    return {each.id: each.code for each in list_societies(session)}


def time_zones(session: Session) -> dict[int, str]:
    """The time zones of the societies the actor may see, by id."""
    return {each.id: each.time_zone for each in list_societies(session)}


def societies_with(session: Session, right: Permission) -> list[Society]:
    """The societies in which the actor holds a right, by name."""
    actor = actor_of(session)
    return [each for each in list_societies(session) if actor.may(right, each.id)]


def find_society(session: Session, code: str) -> Society:
    """The society with a code (case does not matter).

    Raises:
        NotFoundError: There is none within the actor's societies.
    """
    for society in list_societies(session):
        if society.code.casefold() == code.casefold():
            return society
    raise NotFoundError(
        _("There is no society {code} that you work for.").format(code=code), code="society_unknown"
    )


def get_society(session: Session, society_id: int) -> Society:
    """The society with an id, within the actor's societies."""
    found = session.exec(select(Society).where(Society.id == society_id)).one_or_none()
    if found is None:
        raise NotFoundError(_("There is no such record."))
    return found


def add_member(session: Session, society_id: int, email: str, role: Role, password: str) -> int:
    """Give a person a role in a society; a person who is not known yet gets an account.

    A known person keeps the password they have. Returns the person's id.

    Raises:
        InputError: The address is no e-mail address, or the password is too weak.
        ConflictError: The person has this role already.
    """
    actor_of(session).require(Permission.MANAGE_SETUP, society_id)
    user = find_user(session, email)
    if user is None:
        user = User(email=_address(email), password_hash=passwords.hashed(password, email))
        session.add(user)
        session.flush()
    user_id = user.id
    held = session.exec(
        select(Membership).where(
            Membership.society_id == society_id,
            Membership.user_id == user_id,
            Membership.role == role,
        )
    ).first()
    if held is not None:
        raise ConflictError(
            _("{email} is {role} there already.").format(email=email, role=role),
            code="member_exists",
        )
    session.add(Membership(society_id=society_id, user_id=user_id, role=role))
    audit.record(session, audit.Act.MEMBER_ADDED, society_id=society_id, subject_id=user_id)
    return user_id


def _address(email: str) -> str:
    folded = folded_address(email)
    name, at, host = folded.partition("@")
    if not (name and at and host) or any(sign.isspace() for sign in email.strip()):
        raise InputError(
            _("{email} is no e-mail address.").format(email=repr(email)), code="email_invalid"
        )
    return folded


def folded_address(email: str) -> str:
    """An address as accounts are known by it: case, width and invisible signs do not count."""
    return comparable(email)


def find_user(session: Session, email: str) -> User | None:
    """The person with an e-mail address, if there is one."""
    folded = folded_address(email)
    return session.exec(select(User).where(User.email == folded)).one_or_none()


def get_user(session: Session, email: str, *, is_active: bool = False) -> User:
    """The person with an e-mail address.

    Raises:
        NotFoundError: Nobody has it, or nobody active.
    """
    user = find_user(session, email)
    if user is None or (is_active and user.disabled_at is not None):
        raise NotFoundError(
            _("Nobody with the address {email} works here. See: cva users list").format(
                email=email
            ),
            code="account_unknown",
        )
    return user


def emails(session: Session, user_ids: Sequence[int | None]) -> dict[int, str]:
    """E-mail addresses by person."""
    wanted = sorted({user_id for user_id in user_ids if user_id})
    rows = session.exec(select(User.id, User.email).where(col(User.id).in_(wanted))).all()
    return dict(rows)


def list_members(session: Session, society_id: int | None = None) -> list[Member]:
    """People and roles of a society, or of all the actor's societies."""
    query = (
        select_columns(
            *(col(User.email), col(Society.code), col(Membership.role)),
            *(col(User.id), col(User.disabled_at)),
        )
        .join(Membership, col(Membership.user_id) == User.id)
        .join(Society, col(Society.id) == Membership.society_id)
        .order_by(col(Society.code), col(Membership.role), col(User.email))
    )
    if society_id is not None:
        query = query.where(col(Society.id) == society_id)
    return [
        Member(email, society, role, user_id, is_disabled=disabled_at is not None)
        for email, society, role, user_id, disabled_at in session.execute(query)
    ]


def actor_for(session: Session, user_id: int) -> Actor:
    """The actor a person is, with the rights of all their memberships as of now."""
    rights: dict[int, frozenset[Permission]] = {}
    for society_id, role in session.exec(
        select(Membership.society_id, Membership.role).where(Membership.user_id == user_id)
    ):
        rights[society_id] = rights.get(society_id, frozenset()) | ROLE_PERMISSIONS[Role(role)]
    return Actor(user_id, rights)


def actor_by_email(session: Session, email: str) -> Actor:
    """The actor a person is, by e-mail address.

    Raises:
        NotFoundError: Nobody active has this address.
    """
    return actor_for(session, get_user(session, email, is_active=True).id)
