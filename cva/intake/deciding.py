"""What people decide about a sheet: answer, submit, withdraw, approve, send back, except a row."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, delete, func, select, update

from cva.core import audit, clock
from cva.core.bulk import in_bulk
from cva.core.errors import ConflictError, ForbiddenError, InputError, NotFoundError, RuleError
from cva.core.rights import Right
from cva.core.scope import actor_of
from cva.core.words import gettext as _
from cva.core.words import ngettext
from cva.intake.checking import compare_with_ledger
from cva.intake.models import RowFinding, RowState, Sheet, SheetState, StagedRow
from cva.intake.posting import EXCEPTIONS, post_sheet
from cva.intake.receiving import queue_check, sheet_id_of
from cva.journal.service import lock_book

#: Kinds that can be posted.
POSTABLE = ("beneficiaries", "cash_transfers", "voucher_distributions")
#: Row errors that are a rule of the ledger and not a mistake in the cell: what they name may have
#: really happened, and can then be recorded as an exception.
EXCEPTABLE = ("already-paid", "duplicate-row", "unknown-beneficiary")


@dataclass(frozen=True, slots=True)
class Submission:
    """What the sender says on submitting.

    Attributes:
        leave_out_errors: Rows with errors stay out.
        handed_out: Declared against the signed original, where no column says who received.
        totals_confirmed: The rows are right although a total stated in the sheet differs.
        version: The version the sender saw; None where nobody looked (command line).
    """

    leave_out_errors: bool = False
    handed_out: bool = False
    totals_confirmed: bool = False
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Approval:
    """How an approval ended.

    Attributes:
        posted_rows: How many rows were posted; none if ``conflicts``.
        conflicts: Rows that another sheet was first with; the sheet went back to its sender.
    """

    posted_rows: int = 0
    conflicts: int = 0


def get_sheet(session: Session, sheet_id: int, right: Right = Right.SEE_SHEETS) -> Sheet:
    """A sheet the actor has a right over.

    Raises:
        NotFoundError: There is none within the actor's societies.
        ForbiddenError: The actor's role does not hold the right there.
    """
    sheet = session.exec(select(Sheet).where(Sheet.id == sheet_id)).one_or_none()
    if sheet is None:
        raise NotFoundError(_("There is no such sheet."))
    actor_of(session).require(right, sheet.society_id)
    return sheet


def submit(session: Session, sheet_id: int, submission: Submission) -> str:
    """Submit a checked sheet for approval; a list before hand-out is kept instead.

    Returns:
        The new state.

    Raises:
        RuleError: Questions are open, errors stand, nothing is ready, receipt is not declared, or
            the sheet is not at this step.
        ConflictError: The sheet changed since the sender looked at it.
    """
    sheet = get_sheet(session, sheet_id, Right.SEND_SHEETS)
    _refuse_unready(session, sheet, submission)
    new_state = SheetState.KEPT if sheet.is_list else SheetState.SUBMITTED
    _move(
        session,
        sheet,
        SheetState.CHECKED,
        version=submission.version,
        state=new_state,
        submitted_at=clock.now(),
        submitted_by=actor_of(session).user_id,
        receipt_declared=submission.handed_out and not sheet.has_receipt,
    )
    act = audit.Act.SHEET_KEPT if sheet.is_list else audit.Act.SHEET_SUBMITTED
    audit.record(session, act, society_id=sheet.society_id, subject_id=sheet_id)
    return new_state


def _refuse_unready(session: Session, sheet: Sheet, submission: Submission) -> None:
    if sheet.state != SheetState.CHECKED:
        raise RuleError(_wrong_step(sheet))
    if sheet.kind not in POSTABLE:
        raise RuleError(_("Sheets of this kind can be checked, and are not yet posted."))
    if sheet.asks:
        raise RuleError(_("Answer what the sheet leaves open first, then send it again."))
    counts = row_counts(session, sheet_id_of(sheet))
    errors = counts.get(RowState.ERROR, 0)
    if errors and not submission.leave_out_errors:
        raise RuleError(
            ngettext(
                "{count} row has an error. Mend it, or leave it out.",
                "{count} rows have errors. Mend them, or leave them out.",
                errors,
            ).format(count=errors)
        )
    if not counts.get(RowState.READY, 0):
        raise RuleError(_("No row is ready, so there is nothing to submit."))
    if needs_declaration(sheet) and not submission.handed_out:
        raise RuleError(
            _("No column says who received. Declare that all was handed out, as signed for.")
        )
    if has_other_total(session, sheet) and not submission.totals_confirmed:
        raise RuleError(
            _("A total in the sheet differs from its rows. Correct it, or confirm the rows.")
        )


def needs_declaration(sheet: Sheet) -> bool:
    """Whether only the sender's word says who received: no column of the record does."""
    return sheet.kind != "beneficiaries" and not (sheet.has_receipt or sheet.is_list)


def has_other_total(session: Session, sheet: Sheet) -> bool:
    """Whether a total that the sheet states differs from the sum of its rows."""
    query = select(RowFinding.id).where(
        RowFinding.sheet_id == sheet.id, RowFinding.code == "total-mismatch"
    )
    return session.exec(query.limit(1)).first() is not None


def row_counts(session: Session, sheet_id: int) -> dict[str, int]:
    """How many rows of a sheet are in each state."""
    return dict(
        session.exec(
            select(StagedRow.state, func.count())
            .where(StagedRow.sheet_id == sheet_id)
            .group_by(col(StagedRow.state))
        ).all()
    )


def withdraw(session: Session, sheet_id: int) -> None:
    """Take back a sheet that is not decided yet.

    Raises:
        RuleError: It is decided already.
    """
    sheet = get_sheet(session, sheet_id, Right.SEND_SHEETS)
    open_states = (SheetState.CHECKED, SheetState.SUBMITTED, SheetState.KEPT)
    if sheet.state not in open_states:
        raise RuleError(_wrong_step(sheet))
    _move(session, sheet, SheetState(sheet.state), state=SheetState.WITHDRAWN)
    audit.record(
        session, audit.Act.SHEET_WITHDRAWN, society_id=sheet.society_id, subject_id=sheet_id
    )


def check_again(session: Session, sheet_id: int) -> int:
    """Queue the check of a received sheet anew, where the last one broke; return the run's id.

    Raises:
        RuleError: The sheet was checked.
    """
    sheet = get_sheet(session, sheet_id, Right.SEND_SHEETS)
    if sheet.state != SheetState.RECEIVED:
        raise RuleError(_wrong_step(sheet))
    return queue_check(session, sheet)


def answer(session: Session, sheet_id: int, answers: Mapping[str, str]) -> int:
    """Settle what a sheet leaves open and queue its check anew; return the run's id.

    The kept file is read again, with the answers; what the last check staged is dropped.

    Raises:
        InputError: A question has no answer, or one that was not offered.
        RuleError: The sheet asks nothing.
    """
    sheet = get_sheet(session, sheet_id, Right.SEND_SHEETS)
    if sheet.state != SheetState.CHECKED or not sheet.asks:
        raise RuleError(_wrong_step(sheet))
    settled = sheet.settled | {ask["choice"]: _answer_to(ask, answers) for ask in sheet.asks}
    _move(
        session,
        sheet,
        SheetState.CHECKED,
        state=SheetState.RECEIVED,
        settled=settled,
        content_sha256=None,
        asks=[],
    )
    for table in (RowFinding, StagedRow):
        session.execute(delete(table).where(col(table.sheet_id) == sheet_id))
    return queue_check(session, sheet)


def _answer_to(ask: Mapping[str, Any], answers: Mapping[str, str]) -> str:
    given = answers.get(ask["choice"], "").strip()
    if not given or (ask["options"] and given not in ask["options"]):
        raise InputError(_("Answer every question."), {ask["choice"]: [ask["message"]]})
    return given


def approve(session: Session, sheet_id: int, version: int | None = None) -> Approval:
    """Post a submitted sheet: rows, entries and trail, all or nothing.

    Rows that another sheet was first with since the check are not posted: the sheet goes back to
    its sender with these rows marked.

    Raises:
        ForbiddenError: The approver sent or submitted it.
        ConflictError: Somebody else decided first, or the sheet changed since it was shown.
        RuleError: It is not waiting for approval.
    """
    sheet = get_sheet(session, sheet_id, Right.DECIDE_SHEETS)
    _refuse_own(session, sheet)
    lock_book(session, sheet.society_id)
    _move(
        session,
        sheet,
        SheetState.SUBMITTED,
        version=version,
        state=SheetState.APPROVED,
        decided_at=clock.now(),
        decided_by=actor_of(session).user_id,
        decision_reason=None,
    )
    conflicts = {f.row for f in compare_with_ledger(session, sheet) if f.severity == "error"}
    if conflicts:
        sheet.state, sheet.decided_at, sheet.decided_by = SheetState.CHECKED, None, None
        return Approval(conflicts=len(conflicts))
    try:
        with in_bulk():
            posted = post_sheet(session, sheet)
    except IntegrityError as error:
        raise ConflictError(
            _("A row of this sheet is in the ledger already. Reload, then look again.")
        ) from error
    audit.record(
        session,
        audit.Act.SHEET_APPROVED,
        society_id=sheet.society_id,
        subject_id=sheet_id,
        rows=posted,
    )
    return Approval(posted_rows=posted)


def reject(session: Session, sheet_id: int, reason: str, version: int | None = None) -> None:
    """Send a submitted sheet back with a word.

    Raises:
        InputError: No reason is given.
        ForbiddenError: The person sent or submitted it.
        ConflictError: Somebody else decided first.
    """
    if not reason.strip():
        raise InputError(_("Say why, so that the sender can mend it."), {"reason": [_("Say why.")]})
    sheet = get_sheet(session, sheet_id, Right.DECIDE_SHEETS)
    _refuse_own(session, sheet)
    _move(
        session,
        sheet,
        SheetState.SUBMITTED,
        version=version,
        state=SheetState.REJECTED,
        decided_at=clock.now(),
        decided_by=actor_of(session).user_id,
        decision_reason=reason.strip(),
    )
    audit.record(
        session, audit.Act.SHEET_REJECTED, society_id=sheet.society_id, subject_id=sheet_id
    )


def except_row(session: Session, sheet_id: int, number: int, kind: str, reason: str) -> None:
    """Record that a row really happened although a rule forbids it; finance says why.

    Args:
        session: The caller's transaction.
        sheet_id: A submitted sheet.
        number: The row number Excel shows.
        kind: ``"recoverable"`` (booked as a receivable) or ``"loss"``.
        reason: Why it happened.

    Raises:
        InputError: Kind or reason is missing.
        RuleError: The row's error is a mistake in a cell, which is mended and not excepted.
    """
    if kind not in EXCEPTIONS or not reason.strip():
        raise InputError(_("Say whether the money can be got back, and why it happened."))
    sheet = get_sheet(session, sheet_id, Right.DECIDE_SHEETS)
    _refuse_own(session, sheet)
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
        raise RuleError(_("This row is not kept out by a rule. Mend the sheet instead."))
    _move(session, sheet, SheetState.SUBMITTED)
    session.execute(
        update(StagedRow)
        .where(col(StagedRow.sheet_id) == sheet_id, col(StagedRow.number) == number)
        .values(state=RowState.EXCEPTED, exception=kind, exception_reason=reason.strip())
    )
    audit.record(
        session,
        audit.Act.ROW_EXCEPTED,
        society_id=sheet.society_id,
        subject_id=sheet_id,
        row=number,
        kind=kind,
    )


def _refuse_own(session: Session, sheet: Sheet) -> None:
    if actor_of(session).user_id in {sheet.received_by, sheet.submitted_by}:
        raise ForbiddenError(_("You sent this sheet yourself. Somebody else decides about it."))


def _move(
    session: Session,
    sheet: Sheet,
    expected: SheetState,
    *,
    version: int | None = None,
    **values: object,
) -> None:
    """Change a sheet that is still where it was seen; of two at once exactly one succeeds."""
    statement = update(Sheet).where(col(Sheet.id) == sheet.id, col(Sheet.state) == expected)
    if version is not None:
        statement = statement.where(col(Sheet.version) == version)
    result = session.execute(statement.values(version=Sheet.version + 1, **values))
    session.refresh(sheet)
    if result.rowcount == 1:  # type: ignore[attr-defined]
        return
    if sheet.state == expected:
        raise ConflictError(_("This sheet changed while you looked at it. Reload, then decide."))
    if sheet.decided_by is not None and expected == SheetState.SUBMITTED:
        raise ConflictError(
            _("Somebody else was first: this sheet is {state}.").format(state=sheet.state)
        )
    raise RuleError(_wrong_step(sheet))


def _wrong_step(sheet: Sheet) -> str:
    return _("Sheet {sheet} is {state}, so this cannot be done now.").format(
        sheet=sheet.id, state=sheet.state
    )
