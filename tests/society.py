"""A ledger for tests with a society, its programme and one person in each role."""

import secrets
from dataclasses import dataclass, field
from pathlib import Path

from sqlmodel import Session

from cva.core import clock
from cva.core.db import transaction
from cva.core.ledger import Ledger, open_ledger
from cva.core.permissions import Role
from cva.core.settings import read_settings
from cva.core.tenancy import SYSTEM, Actor
from cva.programmes import service as programmes
from cva.providers import service as providers
from cva.providers.models import PaymentFile, PaymentList
from cva.societies import service as societies
from cva.societies.models import Membership, SignIn, User
from cva.societies.sign_in import digest


@dataclass(frozen=True)
class Place:
    """A society with a programme.

    Attributes:
        people: By role, the id of the one person who holds it.
        secrets: By role, the secret of that person's session, as the cookie holds it.
    """

    society_id: int
    programme_id: int
    people: dict[Role, int] = field(default_factory=dict)
    secrets: dict[Role, str] = field(default_factory=dict)


def open_test_ledger(home: Path, url: str, **settings: str) -> Ledger:
    """Open a fresh ledger."""
    environ = {"CVA_HOME": str(home), "CVA_DATABASE_URL": url} | settings
    return open_ledger(read_settings(environ))


def add_place(ledger: Ledger, code: str, name: str) -> Place:
    """Add a society, a programme and a signed-in person for each role."""
    with transaction(ledger.engine, SYSTEM) as session:
        society = societies.add_society(
            session, code, name, country="RU", currency="RUB", time_zone="Europe/Moscow"
        )
        society_id = society.id
        programme = programmes.add_programme(
            session, society_id, "CASH", "Cash for families", currency="RUB"
        )
        place = Place(society_id, programme.id)
        for role in Role:
            user = User(email=f"{role}@{code.lower()}.example", password_hash="none")  # noqa: S106
            session.add(user)
            session.flush()
            session.add(Membership(society_id=society_id, user_id=user.id, role=role))
            place.people[role] = user.id
            place.secrets[role] = _signed_in(session, user.id)
    return place


def add_payment_list(ledger: Ledger, place: Place) -> None:
    """Add a provider and a payment list without payments, not sent yet."""
    with transaction(ledger.engine, SYSTEM) as session:
        provider = providers.add_provider(session, place.society_id, "QP", "Quick Pay")
        programme = programmes.get_programme(session, place.programme_id)
        made = PaymentList(
            society_id=place.society_id,
            provider_id=provider.id,
            round_id=programmes.round_of(session, programme, "2022-01").id,
            number=1,
            payments=0,
            filename="QP-2022-01-1.csv",
            sha256="",
            made_by=place.people[Role.FIELD],
            made_at=clock.now(),
        )
        session.add(made)
        session.flush()
        content = b"Phone,Amount,Our reference\r\n"
        session.add(PaymentFile(society_id=place.society_id, list_id=made.id, content=content))


def _signed_in(session: Session, user_id: int) -> str:
    secret = secrets.token_urlsafe(32)
    now = clock.now()
    session.add(SignIn(secret_sha256=digest(secret), user_id=user_id, made_at=now, seen_at=now))
    return secret


def actor(ledger: Ledger, place: Place, role: Role) -> Actor:
    """The person with a role, acting."""
    with transaction(ledger.engine, SYSTEM) as session:
        return societies.actor_for(session, place.people[role])
