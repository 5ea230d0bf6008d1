"""Loading the demo by the product's own services; a load that was cut short goes on."""

import os
import secrets
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from sqlmodel import Session

from cva.core import installation
from cva.core.db import reading, transaction
from cva.core.errors import NotFoundError, RuleError
from cva.core.i18n import gettext as _
from cva.core.ledger import Ledger
from cva.core.permissions import Role
from cva.core.tenancy import SYSTEM
from cva.demo import plans, rounds_of_2023, winter_vouchers
from cva.demo.office import Office, email_of, open_office
from cva.demo.plans import DemoSociety
from cva.programmes import service as programmes
from cva.programmes.service import Mechanism
from cva.societies import service as societies
from cva.societies.models import Society

PASSWORDS = "demo-passwords.txt"

#: Who works in the largest society; in the others a field officer, finance and a manager do.
_ALL_ROLES = (Role.FIELD, Role.FINANCE, Role.MANAGER, Role.AUDITOR, Role.ADMIN)
#: One delegate sees the figures of all.
PARTNER = "partner@delegation.example"

#: What the largest society does in 2023, after its sheets.
_NEWER: dict[str, Callable[[Office], None]] = {
    "rounds 2023-02": rounds_of_2023.february,
    "rounds 2023-03": rounds_of_2023.march,
    "rounds 2023-04": rounds_of_2023.paid_by_telephone,
    "vouchers 2023": winter_vouchers.winter_clothes,
    "requests 2023": rounds_of_2023.row_to_reverse,
}

DemoProgress = Callable[[str, int, int], None]


def load(ledger: Ledger, progress: DemoProgress) -> Path:
    """Load the demo into an empty ledger, or go on with it; nothing is doubled.

    Returns:
        The file with the passwords of its people.

    Raises:
        RuleError: The ledger is in use for something else.
    """
    _mark(ledger)
    passwords = ledger.settings.home / PASSWORDS
    listed = plans.societies()
    for plan in listed:
        _set_up(ledger, plan, passwords)
    steps = list(_steps(ledger, listed))
    for done, (what, step) in enumerate(steps):
        progress(what, done, len(steps))
        step()
    progress("", len(steps), len(steps))
    return passwords


def _steps(
    ledger: Ledger, listed: Sequence[DemoSociety]
) -> Iterator[tuple[str, Callable[[], None]]]:
    """What there is to do: all sheets first, as a book wants later vouchers to be in a book."""
    offices = [(plan, open_office(ledger, plan.code)) for plan in listed]
    for plan, office in offices:
        for sheet in plan.sheets:
            yield f"{plan.name}: {sheet.filename}", partial(office.bring, sheet)
    largest, office = offices[0]
    for what, step in _NEWER.items():
        yield f"{largest.name}: {what}", partial(step, office)


def _mark(ledger: Ledger) -> None:
    with transaction(ledger.engine, SYSTEM) as session:
        found = installation.find(session)
        if found is None or (not found.is_demo and societies.list_societies(session)):
            raise RuleError(
                _("This ledger is in use. Load the demo into a folder of its own (CVA_HOME)."),
                code="ledger_in_use",
            )
        found.is_demo = True


def _set_up(ledger: Ledger, plan: DemoSociety, passwords: Path) -> None:
    """Society, programmes and people in one transaction, after their passwords are kept."""
    people = _people(plan)
    with reading(ledger.engine, SYSTEM) as session:
        is_there = _find(session, plan.code) is not None
        known = {email for email, _role in people if societies.find_user(session, email)}
    if is_there:  # a person may be new to the demo since it was loaded
        people = [(email, role) for email, role in people if email not in known]
    if not people:
        return
    made = {email: secrets.token_urlsafe(12) for email, _role in people if email not in known}
    _keep(passwords, plan, people, made)
    with transaction(ledger.engine, SYSTEM) as session:
        society_id = (_find(session, plan.code) or _add(session, plan)).id
        for email, role in people:
            societies.add_member(session, society_id, email, role, made.get(email, ""))


def _find(session: Session, code: str) -> Society | None:
    try:
        return societies.find_society(session, code)
    except NotFoundError:
        return None


def _add(session: Session, plan: DemoSociety) -> Society:
    society = societies.add_society(
        session,
        plan.code,
        plan.name,
        country=plan.country,
        currency=plan.currency,
        time_zone=plan.time_zone,
    )
    for programme in plan.programmes:
        programmes.add_programme(
            session,
            society.id,
            programme.code,
            programme.name,
            currency=plan.currency,
            mechanism=Mechanism(programme.mechanism),
        )
    return society


def _people(plan: DemoSociety) -> list[tuple[str, Role]]:
    """E-mail address and role of each; in the largest society a second person of finance."""
    is_largest = plan.code == "RRC"
    roles = _ALL_ROLES if is_largest else _ALL_ROLES[:3]
    own = [(email_of(role, plan.code), role) for role in roles]
    if is_largest:
        own.append((email_of("finance2", plan.code), Role.FINANCE))
    return [*own, (PARTNER, Role.PARTNER)]


def _keep(
    passwords: Path, plan: DemoSociety, people: list[tuple[str, Role]], made: dict[str, str]
) -> None:
    kept = passwords.read_text("utf-8") if passwords.exists() else ""
    lines = [line for line in kept.splitlines() if line.split()[0] not in made]
    lines += [
        f"{email:<28} {made[email]}  {role}, {_('all') if email == PARTNER else plan.name}"
        for email, role in people
        if email in made
    ]
    descriptor = os.open(passwords, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
