"""The people of a society of the demo at work: sheets brought, acts of two people asked for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from sqlmodel import Session, col, select

from cva.approvals import service as approvals
from cva.approvals.models import ApprovalRequest, RequestState
from cva.core import jobs as runs
from cva.core.db import reading, transaction
from cva.core.ledger import Ledger
from cva.core.tenancy import SYSTEM
from cva.demo.plans import DemoSheet
from cva.intake import approval as deciding
from cva.intake import sheet_submission
from cva.intake.checking import check_run, limits_of
from cva.intake.receiving import NewSheet, receive
from cva.intake.sheet_submission import Submission
from cva.programmes import service as programmes
from cva.societies import service as societies
from cva.staging.models import Sheet, SheetState
from cva.staging.workflow import get_sheet

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Office:
    """A society of the demo; its people are named as their addresses begin: ``"field"``."""

    ledger: Ledger
    code: str
    society_id: int

    def do(self, name: str, act: Callable[[Session], T]) -> T:
        """What one of its people does, in a transaction."""
        email = email_of(name, self.code)
        actor = self.see(lambda session: societies.actor_by_email(session, email))
        with transaction(self.ledger.engine, actor) as session:
            return act(session)

    def see(self, look: Callable[[Session], T]) -> T:
        """What is there already."""
        with reading(self.ledger.engine, SYSTEM) as session:
            return look(session)

    def programme_id(self, code: str) -> int:
        """The number of one of its programmes."""
        return self.see(lambda s: programmes.find_programme(s, self.society_id, code).id)

    def find_sheet(self, filename: str) -> Sheet | None:
        """The first sheet with a name that was sent here."""
        query = select(Sheet).where(Sheet.society_id == self.society_id).order_by(col(Sheet.id))
        sheets = self.see(lambda session: session.exec(query).all())
        return next((sheet for sheet in sheets if sheet.filename == filename), None)

    def bring(self, planned: DemoSheet) -> None:
        """Bring a sheet as far as the plan says, from wherever it is."""
        found = self.find_sheet(planned.filename)
        state = found.state if found else None
        sheet_id = found.id if found else self._send(planned)
        if state in {None, SheetState.RECEIVED}:
            self._check(sheet_id)
            state = SheetState.CHECKED
        if state == SheetState.CHECKED and planned.until != SheetState.CHECKED:
            has_receipt = self.see(lambda s: get_sheet(s, sheet_id)).has_receipt
            declared = Submission(handed_out=not has_receipt)
            state = self.do("field", lambda s: sheet_submission.submit(s, sheet_id, declared))
        if state == SheetState.SUBMITTED and planned.until == SheetState.APPROVED:
            self.do("finance", lambda s: deciding.approve(s, sheet_id))

    def _send(self, planned: DemoSheet) -> int:
        new = NewSheet(
            self.programme_id(planned.programme),
            planned.filename,
            planned.write(),
            round_code=planned.round_code,
            is_list=planned.is_list,
            settled={"vendor": planned.vendor} if planned.vendor else {},
        )
        return self.do("field", lambda s: receive(s, new).sheet_id)

    def _check(self, sheet_id: int) -> None:
        run = self.see(lambda session: runs.latest(session, sheet_id))
        if run is not None:
            check_run(self.ledger.engine, run.id, limits_of(self.ledger))

    def agree(
        self,
        kind: str,
        asked_by: str,
        details: Mapping[str, str],
        *,
        reason: str,
        confirmed_by: str = "",
    ) -> None:
        """Ask for an act of two people, unless it was; and confirm it, where that is planned.

        Without the second person it is left waiting for one.
        """
        query = (
            select(ApprovalRequest)
            .where(ApprovalRequest.society_id == self.society_id, ApprovalRequest.kind == kind)
            .order_by(col(ApprovalRequest.id))
        )
        listed = self.see(lambda session: session.exec(query).all())
        # Reasons are encrypted, so they are compared here.
        found = next((each for each in listed if each.reason == reason), None) or self.do(
            asked_by, lambda s: approvals.ask(s, self.society_id, kind, details, reason)
        )
        if confirmed_by and found.state == RequestState.OPEN:
            self.do(confirmed_by, lambda s: approvals.confirm(s, found.id))


def open_office(ledger: Ledger, code: str) -> Office:
    """The office of a society that is set up."""
    with reading(ledger.engine, SYSTEM) as session:
        return Office(ledger, code, societies.find_society(session, code).id)


def email_of(name: str, code: str) -> str:
    """The address of one of a society's people."""
    return f"{name}@{code.lower()}.example"
