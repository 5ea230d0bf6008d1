"""Loading the demo by the product's own services; a load that was cut short goes on."""

import os
import secrets
from collections.abc import Callable
from pathlib import Path

from sqlmodel import Session, select

from cva.core import installation, runs
from cva.core.db import reading, transaction
from cva.core.errors import NotFoundError, RuleError
from cva.core.opening import Ledger
from cva.core.rights import Role
from cva.core.scope import SYSTEM, Actor
from cva.core.words import gettext as _
from cva.demo import plans
from cva.demo.plans import DemoSheet, DemoSociety
from cva.intake import deciding, submitting
from cva.intake.checking import check_run
from cva.intake.jobs import limits_of
from cva.intake.models import Sheet, SheetState
from cva.intake.receiving import NewSheet, receive, sheet_id_of
from cva.intake.submitting import Submission
from cva.programmes import service as programmes
from cva.programmes.service import Mechanism
from cva.societies import service as societies

PASSWORDS = "demo-passwords.txt"

#: Who works in the largest society; in the others a field officer, finance and a manager do.
_ALL_ROLES = (Role.FIELD, Role.FINANCE, Role.MANAGER, Role.AUDITOR, Role.ADMIN)
#: One delegate sees the figures of all.
PARTNER = "partner@delegation.example"

Progress = Callable[[str, int, int], None]


def load(ledger: Ledger, progress: Progress) -> Path:
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
    steps = [(plan, sheet) for plan in listed for sheet in plan.sheets]
    for done, (plan, sheet) in enumerate(steps):
        progress(f"{plan.name}: {sheet.filename}", done, len(steps))
        _bring(ledger, plan, sheet)
    progress("", len(steps), len(steps))
    return passwords


def _mark(ledger: Ledger) -> None:
    with transaction(ledger.engine, SYSTEM) as session:
        found = installation.find(session)
        if found is None or (not found.is_demo and societies.list_societies(session)):
            raise RuleError(
                _("This ledger is in use. Load the demo into a folder of its own (CVA_HOME).")
            )
        found.is_demo = True


def _set_up(ledger: Ledger, plan: DemoSociety, passwords: Path) -> None:
    """Society, programmes and people in one transaction, after their passwords are kept."""
    with reading(ledger.engine, SYSTEM) as session:
        if _find(session, plan.code):
            return
        partner_is_known = societies.find_user(session, PARTNER) is not None
    people = _people(plan)
    made = {email: secrets.token_urlsafe(12) for email, _role in people}
    if partner_is_known:
        made.pop(PARTNER)
    _keep(passwords, plan, people, made)
    with transaction(ledger.engine, SYSTEM) as session:
        society = societies.add_society(
            session,
            plan.code,
            plan.name,
            country=plan.country,
            currency=plan.currency,
            time_zone=plan.time_zone,
        )
        society_id = societies.id_of(society)
        for programme in plan.programmes:
            programmes.add_programme(
                session,
                society_id,
                programme.code,
                programme.name,
                currency=programme.currency,
                mechanism=Mechanism(programme.mechanism),
            )
        for email, role in people:
            societies.add_member(session, society_id, email, role, made.get(email, ""))


def _find(session: Session, code: str) -> bool:
    try:
        societies.find_society(session, code)
    except NotFoundError:
        return False
    return True


def _people(plan: DemoSociety) -> list[tuple[str, Role]]:
    roles = _ALL_ROLES if plan.code == "RRC" else _ALL_ROLES[:3]
    own = [(_email(plan, role), role) for role in roles]
    return [*own, (PARTNER, Role.PARTNER)]


def _email(plan: DemoSociety, role: Role) -> str:
    return f"{role}@{plan.code.lower()}.example"


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


def _bring(ledger: Ledger, plan: DemoSociety, planned: DemoSheet) -> None:
    """Bring a sheet as far as the plan says, from wherever it is."""
    with reading(ledger.engine, SYSTEM) as session:
        society_id = societies.id_of(societies.find_society(session, plan.code))
        field = societies.actor_by_email(session, _email(plan, Role.FIELD))
        finance = societies.actor_by_email(session, _email(plan, Role.FINANCE))
        found = session.exec(
            select(Sheet).where(Sheet.society_id == society_id, Sheet.filename == planned.filename)
        ).first()
        state = found.state if found else None
        sheet_id = sheet_id_of(found) if found else 0
    if state is None:
        sheet_id = _send(ledger, society_id, planned, field)
    if state in {None, SheetState.RECEIVED}:
        _check(ledger, sheet_id)
        state = SheetState.CHECKED
    if state == SheetState.CHECKED and planned.until != SheetState.CHECKED:
        with transaction(ledger.engine, field) as session:
            submitting.submit(session, sheet_id, Submission(handed_out=True))
        state = SheetState.SUBMITTED
    if state == SheetState.SUBMITTED and planned.until == SheetState.APPROVED:
        with transaction(ledger.engine, finance) as session:
            deciding.approve(session, sheet_id)


def _send(ledger: Ledger, society_id: int, planned: DemoSheet, sender: Actor) -> int:
    content = planned.write()
    with transaction(ledger.engine, sender) as session:
        programme = programmes.find_programme(session, society_id, planned.programme)
        return receive(session, NewSheet(programme.id or 0, planned.filename, content)).sheet_id


def _check(ledger: Ledger, sheet_id: int) -> None:
    with reading(ledger.engine, SYSTEM) as session:
        run = runs.latest(session, sheet_id)
    if run is not None and run.id is not None:
        check_run(ledger.engine, run.id, limits_of(ledger))
