"""What the sender does with a checked sheet: answer, submit, withdraw, have it checked again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from cva.core import audit, clock, jobs
from cva.core.errors import InputError, RuleError
from cva.core.i18n import gettext as _
from cva.core.i18n import ngettext
from cva.core.permissions import Permission
from cva.core.tenancy import actor_of
from cva.intake.receiving import check_once_more, queue_check
from cva.kinds.registry import is_handout, is_known
from cva.sheets.checking.answers import fault_of
from cva.sheets.vocabulary.questions import Question
from cva.staging.models import RowFinding, RowState, Sheet, SheetState
from cva.staging.totals import control_totals_of
from cva.staging.workflow import (
    get_sheet,
    is_own,
    move,
    names_no_numbers,
    questions_of,
    require_state,
    row_counts,
    wrong_step,
)

#: What can be withdrawn; the check of a received sheet is stopped.
WITHDRAWABLE = (
    SheetState.RECEIVED,
    SheetState.CHECKED,
    SheetState.SUBMITTED,
    SheetState.KEPT,
)


#: What differs from the field list as it was written.
_CHANGES = (
    "field-list-altered",
    "list-outdated",
    "list-row-added",
    "list-row-missing",
    "locked-cell-changed",
    "plan-changed",
)
#: In a list before hand-out: the number is registered for another person.
_OTHER_NAMES = ("identity-differs",)
#: What may not have happened as the row says.
_DOUBTFUL = ("rest-returned", "voucher-in-store")


@dataclass(frozen=True, slots=True)
class Submission:
    """What the sender says on submitting.

    Attributes:
        leave_out_errors: Rows with errors stay out.
        handed_out: Declared against the signed original, where no column says who received.
        others_handed_out: The same for all other rows, where some say that they did not receive.
        totals_confirmed: The rows are right although a total stated in the sheet differs.
        currency_confirmed: The amounts are in the programme's currency, of which the sheet says
            nothing.
        changes_confirmed: What differs from the field list as it was written, from voucher books
            or, in a list before hand-out, from the registered names is meant so; and what came
            back of a payment came back from the person.
        version: The version the sender saw; None where a program does not say.
    """

    leave_out_errors: bool = False
    handed_out: bool = False
    others_handed_out: bool = False
    totals_confirmed: bool = False
    currency_confirmed: bool = False
    changes_confirmed: bool = False
    version: int | None = None


class UnconfirmedError(RuleError):
    """The sender may say that it is meant so, and has not; ``field`` of a submission says it."""

    def __init__(self, message: str, field: str, *, code: str) -> None:
        super().__init__(message, {field: [message]}, code=code)
        self.field = field


def submit(session: Session, sheet_id: int, submission: Submission) -> str:
    """Submit a checked sheet for approval; a list before hand-out is kept instead.

    Returns:
        The new state.

    Raises:
        RuleError: Questions are open, errors remain, nothing is ready, receipt is not declared, or
            the sheet is not at this step.
        ConflictError: The sheet changed since the sender looked at it.
    """
    sheet = get_sheet(session, sheet_id, Permission.SEND_SHEETS)
    _refuse_unready(session, sheet, submission)
    new_state = SheetState.KEPT if sheet.is_list else SheetState.SUBMITTED
    move(
        session,
        sheet,
        SheetState.CHECKED,
        version=submission.version,
        state=new_state,
        submitted_at=clock.now(),
        submitted_by=actor_of(session).user_id,
        receipt_declared=needs_declaration(sheet),
        submitted_totals=control_totals_of(session, sheet.id),
    )
    act = audit.Act.SHEET_KEPT if sheet.is_list else audit.Act.SHEET_SUBMITTED
    audit.record_about(session, act, sheet)
    return new_state


def _refuse_unready(session: Session, sheet: Sheet, submission: Submission) -> None:
    require_state(sheet, SheetState.CHECKED)
    if not is_known(sheet):
        raise RuleError(
            _("Sheets of this kind can be checked, and are not yet posted."), code="kind_not_posted"
        )
    if sheet.asks:
        raise RuleError(_("Answer what the sheet leaves open first."), code="questions_open")
    counts = row_counts(session, sheet.id)
    errors = counts.get(RowState.ERROR, 0)
    if errors and not submission.leave_out_errors:
        raise UnconfirmedError(
            ngettext(
                "{count} row has an error. Mend it, or leave it out.",
                "{count} rows have errors. Mend them, or leave them out.",
                errors,
            ).format(count=errors),
            "leave_out_errors",
            code="errors_unconfirmed",
        )
    if not has_news(sheet, counts):
        raise RuleError(_("No row is ready, so there is nothing to submit."), code="nothing_ready")
    _refuse_undeclared(sheet, submission, absent=counts.get(RowState.NOT_RECEIVED, 0))
    if has_other_total(session, sheet) and not submission.totals_confirmed:
        raise UnconfirmedError(
            _("A total in the sheet differs from its rows. Correct it, or confirm the rows."),
            "totals_confirmed",
            code="totals_unconfirmed",
        )
    if has_assumed_currency(session, sheet) and not submission.currency_confirmed:
        raise UnconfirmedError(
            _("Nothing in the sheet says which currency the amounts are in. Name or confirm it."),
            "currency_confirmed",
            code="currency_unconfirmed",
        )
    unconfirmed = set() if submission.changes_confirmed else _to_confirm(session, sheet)
    if unconfirmed:
        raise UnconfirmedError(
            _differs(unconfirmed), "changes_confirmed", code="changes_unconfirmed"
        )


def _refuse_undeclared(sheet: Sheet, submission: Submission, *, absent: int) -> None:
    """What only the sender can say has to be said, and nothing against the rows' own cells."""
    if absent and submission.handed_out:
        message = ngettext(
            "{count} row says that it was not received, so not all rows were handed out.",
            "{count} rows say that they were not received, so not all rows were handed out.",
            absent,
        ).format(count=absent)
        raise RuleError(message, {"handed_out": [message]}, code="receipt_contradicted")
    if not needs_declaration(sheet):
        return
    if absent and not submission.others_handed_out:
        raise UnconfirmedError(
            _("Declare that all rows that do not say otherwise were handed out, as signed for."),
            "others_handed_out",
            code="receipt_undeclared",
        )
    if not absent and not submission.handed_out:
        raise UnconfirmedError(
            _("No column says who received. Declare that all was handed out, as signed for."),
            "handed_out",
            code="receipt_undeclared",
        )


def _to_confirm(session: Session, sheet: Sheet) -> set[str]:
    """The codes of what the sender of a sheet has to confirm."""
    query = select(RowFinding.code).where(
        RowFinding.sheet_id == sheet.id, col(RowFinding.code).in_(confirmed_codes(sheet))
    )
    return set(session.exec(query.distinct()))


def confirmed_codes(sheet: Sheet) -> Sequence[str]:
    """What is not taken over silently: the sender confirms it, and the approver sees it."""
    return _OTHER_NAMES if sheet.is_list else (*_CHANGES, *_DOUBTFUL)


def _differs(unconfirmed: set[str]) -> str:
    if unconfirmed & set(_OTHER_NAMES):
        return _(
            "People of this list are registered under other names. Correct the list, or confirm "
            "that they are meant."
        )
    if unconfirmed & set(_CHANGES):
        return _("The sheet differs from the field list as it was written. Confirm the changes.")
    if "rest-returned" in unconfirmed:
        return _("Money that came back may never have been paid. Leave it out, or confirm.")
    return _("Vouchers of this sheet are still in store. Record who took them, or confirm.")


def has_news(sheet: Sheet, counts: Mapping[str, int]) -> bool:
    """Whether a sheet has anything to post: what was given or, in a round, who did not receive."""
    absent = counts.get(RowState.NOT_RECEIVED, 0) if sheet.round_id else 0
    given = counts.get(RowState.READY, 0) + counts.get(RowState.EXCEPTED, 0)
    return given + absent > 0


def needs_declaration(sheet: Sheet) -> bool:
    """Whether only the sender's word says who received: no column of the record does."""
    return is_handout(sheet) and not (sheet.has_receipt or sheet.is_list)


def has_other_total(session: Session, sheet: Sheet) -> bool:
    """Whether a total that the sheet states differs from the sum of its rows."""
    return has_finding(session, sheet, "total-mismatch")


def has_assumed_currency(session: Session, sheet: Sheet) -> bool:
    """Whether money was handed out of which only the programme tells the currency."""
    return is_handout(sheet) and has_finding(session, sheet, "currency-assumed")


def has_finding(session: Session, sheet: Sheet, code: str) -> bool:
    """Whether something of this code was found in a sheet."""
    query = select(RowFinding.id).where(RowFinding.sheet_id == sheet.id, RowFinding.code == code)
    return session.exec(query.limit(1)).first() is not None


def withdraw(session: Session, sheet_id: int) -> None:
    """Withdraw a sheet that is not decided yet; a check under way is stopped.

    Raises:
        RuleError: It is decided already.
    """
    sheet = get_sheet(session, sheet_id, Permission.SEND_SHEETS)
    require_state(sheet, *WITHDRAWABLE)
    decides = actor_of(session).may(Permission.DECIDE_SHEETS, sheet.society_id)
    if sheet.state == SheetState.SUBMITTED and decides and not is_own(session, sheet):
        raise RuleError(
            _("Send this sheet back and say why: somebody else submitted it."),
            code="submitted_by_other",
        )
    move(session, sheet, SheetState(sheet.state), state=SheetState.WITHDRAWN)
    jobs.cancel(session, sheet_id)
    audit.record_about(session, audit.Act.SHEET_WITHDRAWN, sheet)


def check_again(session: Session, sheet_id: int) -> int:
    """Queue the check of a sheet again; return the run's id.

    It is one whose last check broke, or without numbers of people, whom another sheet may have
    registered since.

    Raises:
        RuleError: The sheet is at another step.
    """
    sheet = get_sheet(session, sheet_id, Permission.SEND_SHEETS)
    if sheet.state == SheetState.CHECKED and names_no_numbers(sheet):
        return check_once_more(session, sheet, sheet.settled)
    require_state(sheet, SheetState.RECEIVED)
    return queue_check(session, sheet)


def answer(session: Session, sheet_id: int, answers: Mapping[str, str]) -> int:
    """Settle what a sheet leaves open and queue its check again; return the run's id.

    The kept file is read again, with the answers; what the last check staged is dropped.

    Raises:
        InputError: A question has no answer, or one that was not offered, or an answer no question.
        RuleError: The sheet asks nothing.
    """
    sheet = get_sheet(session, sheet_id, Permission.SEND_SHEETS)
    if sheet.state != SheetState.CHECKED or not sheet.asks:
        raise RuleError(wrong_step(sheet), code="sheet_wrong_step")
    if unasked := sorted(answers.keys() - {ask.choice for ask in questions_of(sheet)}):
        text = _("The sheet does not ask this.")
        raise InputError(text, {key: [text] for key in unasked}, code="answers_unasked")
    settled = sheet.settled | {ask.choice: _answer_to(ask, answers) for ask in questions_of(sheet)}
    return check_once_more(session, sheet, settled)


def _answer_to(ask: Question, answers: Mapping[str, str]) -> str:
    given = answers.get(ask.choice, "").strip()
    if fault := fault_of(ask, given):
        text = _("Answer every question.")
        raise InputError(text, {ask.choice: [fault]}, code="answers_missing")
    return given
