"""What finance decides about a submitted sheet: approve, send back, except a row."""

from dataclasses import dataclass

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from cva.core import audit, clock
from cva.core.db import in_bulk
from cva.core.errors import ConflictError, InputError, RuleError
from cva.core.i18n import gettext as _
from cva.core.permissions import Permission
from cva.core.tenancy import actor_of
from cva.intake.evidence import refuse_without_evidence
from cva.intake.ledger_comparison import compare_with_ledger, rows_with_errors
from cva.intake.people_without_numbers import registered_since
from cva.journal.entry_posting import lock_book
from cva.kinds.registry import kind_of
from cva.kinds.sheet_entries import EXCEPTIONS
from cva.sheets.findings.finding import Finding
from cva.staging.context import SheetContext, load_context
from cva.staging.models import RowFinding, RowState, Sheet, SheetState, StagedRow
from cva.staging.rows import insert_findings, mark_errors
from cva.staging.totals import control_totals_of
from cva.staging.workflow import get_sheet, move, names_no_numbers, refuse_own, require_state

#: Row errors that are a rule of the ledger and not a mistake in the cell: what they name may have
#: really happened, and can then be recorded as an exception.
EXCEPTABLE = (
    "already-paid",
    "amount-differs",
    "duplicate-row",
    "not-on-list",
    "paid-again",
    "payment-under-way",
    "unknown-beneficiary",
)
#: While a sheet is here, rows can be recorded as exceptions.
NOT_DECIDED = (SheetState.CHECKED, SheetState.SUBMITTED)


@dataclass(frozen=True, slots=True)
class Approval:
    """How an approval ended.

    Attributes:
        posted_rows: How many rows were posted; none if ``conflicts``.
        conflicts: Rows that another sheet was first with; the sheet went back to its sender.
    """

    posted_rows: int = 0
    conflicts: int = 0


def approve(session: Session, sheet_id: int, version: int | None = None) -> Approval:
    """Post a submitted sheet: rows, entries and trail, all or nothing.

    What is posted is what was submitted. Where another sheet was first with rows since the check,
    nothing is posted: the sheet goes back to its sender with these rows marked.

    Raises:
        ForbiddenError: The approver sent or submitted it.
        ConflictError: Another person decided first, the sheet changed since it was shown, or its
            control totals are not those that were submitted.
        RuleError: It is not waiting for approval, or its evidence is missing.
    """
    sheet = _sheet_to_decide(session, sheet_id)
    context = load_context(session, sheet)
    if context.programme.needs_evidence:
        refuse_without_evidence(context)
    lock_book(session, sheet.society_id)
    _decide(session, sheet, SheetState.APPROVED, version, None)
    found = compare_with_ledger(context)
    if names_no_numbers(sheet):
        found += _people_registered_since(context)
    conflicts = len(rows_with_errors(found))
    if conflicts := conflicts or _rows_posted_meanwhile(session, sheet):
        sheet.state, sheet.decided_at, sheet.decided_by = SheetState.CHECKED, None, None
        return Approval(conflicts=conflicts)
    if control_totals_of(session, sheet.id) != (sheet.submitted_totals or []):
        raise ConflictError(
            _(
                "The totals of this sheet are no longer those that were submitted, so nothing was "
                "posted. Send it back to its sender."
            ),
            code="totals_changed",
        )
    try:
        with in_bulk():
            posted = kind_of(sheet).post(context)
    except IntegrityError as error:
        raise ConflictError(
            _("A row of this sheet is in the ledger already. Reload, then look again."),
            code="rows_posted_meanwhile",
        ) from error
    audit.record_about(session, audit.Act.SHEET_APPROVED, sheet, rows=posted)
    return Approval(posted_rows=posted)


def _people_registered_since(context: SheetContext) -> list[Finding]:
    """Somebody new of the sheet is, or may be, a person whom another sheet registered since."""
    found = registered_since(context)
    insert_findings(context.session, context.sheet, found, is_ledger=True)
    mark_errors(context.session, context.sheet.id, rows_with_errors(found))
    return found


def _sheet_to_decide(session: Session, sheet_id: int) -> Sheet:
    sheet = get_sheet(session, sheet_id, Permission.DECIDE_SHEETS)
    refuse_own(session, sheet)
    return sheet


def _decide(
    session: Session, sheet: Sheet, state: SheetState, version: int | None, reason: str | None
) -> None:
    move(
        session,
        sheet,
        SheetState.SUBMITTED,
        version=version,
        state=state,
        decided_at=clock.now(),
        decided_by=actor_of(session).user_id,
        decision_reason=reason,
    )


def _rows_posted_meanwhile(session: Session, sheet: Sheet) -> int:
    """How many rows fewer there are to post than were submitted, as another sheet was first."""
    before, now = sheet.submitted_totals or [], control_totals_of(session, sheet.id)
    fewer = sum(int(total[2]) for total in before) - sum(int(total[2]) for total in now)
    return max(fewer, 0)


def reject(session: Session, sheet_id: int, reason: str, version: int | None = None) -> None:
    """Send a submitted sheet back with a word.

    Raises:
        InputError: No reason is given.
        ForbiddenError: The person sent or submitted it.
        ConflictError: Another person decided first.
    """
    if not reason.strip():
        raise InputError(
            _("Say why, so that the sender can mend it."),
            {"reason": [_("Say why.")]},
            code="sheet_reason_missing",
        )
    sheet = _sheet_to_decide(session, sheet_id)
    _decide(session, sheet, SheetState.REJECTED, version, reason.strip())
    audit.record_about(session, audit.Act.SHEET_REJECTED, sheet)


def except_row(session: Session, sheet_id: int, number: int, kind: str, reason: str) -> None:
    """Record that a row really happened although a rule forbids it; finance says why.

    Args:
        session: The caller's transaction.
        sheet_id: A sheet that is checked or submitted.
        number: The row number Excel shows.
        kind: ``"recoverable"`` (booked as a receivable) or ``"loss"``.
        reason: Why it happened.

    Raises:
        InputError: Kind or reason is missing.
        RuleError: The row's error is a mistake in a cell, which is corrected and not excepted, or
            the sheet is decided.
    """
    if kind not in EXCEPTIONS or not reason.strip():
        raise InputError(
            _("Say whether the money can be got back, and why it happened."),
            code="exception_unsaid",
        )
    sheet = _sheet_to_decide(session, sheet_id)
    codes = set(
        session.exec(
            select(RowFinding.code).where(
                RowFinding.sheet_id == sheet_id,
                RowFinding.number == number,
                RowFinding.severity == "error",
            )
        )
    )
    if not codes or not codes <= set(EXCEPTABLE):
        raise RuleError(
            _("This row is not kept out by a rule. Mend the sheet instead."),
            code="exception_not_by_rule",
        )
    if sheet.state == SheetState.APPROVED:
        raise RuleError(
            _("The sheet is approved. Have the row sent in a new file, and record it there."),
            code="exception_sheet_approved",
        )
    require_state(sheet, *NOT_DECIDED)
    move(session, sheet, SheetState(sheet.state))
    row = session.exec(
        select(StagedRow).where(StagedRow.sheet_id == sheet_id, StagedRow.number == number)
    ).one()
    row.state, row.exception, row.exception_reason = RowState.EXCEPTED, kind, reason.strip()
    session.flush()
    if sheet.state == SheetState.SUBMITTED:
        sheet.submitted_totals = control_totals_of(session, sheet_id)
    audit.record_about(session, audit.Act.ROW_EXCEPTED, sheet, row=number, kind=kind)
