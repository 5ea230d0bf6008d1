"""Reversing a posted sheet or one row of it, by entries of its own and two people."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import Session

from cva.core import audit
from cva.core.errors import RuleError
from cva.core.i18n import apart
from cva.core.i18n import gettext as _
from cva.core.maker_checker import ApprovalAction, ApprovedRequest, record_number
from cva.core.permissions import Permission
from cva.intake.reversal_lines import parts_of
from cva.kinds.registry import kind_of
from cva.kinds.sheet_kind import Reversal
from cva.staging.context import load_context
from cva.staging.models import RowState, Sheet, SheetState
from cva.staging.rows import update_rows
from cva.staging.workflow import get_sheet, require_state, wrong_step


def _read_sheet(session: Session, society_id: int, texts: Mapping[str, str]) -> dict[str, Any]:
    sheet = _approved(session, society_id, texts)
    reversal = _reversal_of(sheet)
    rows = reversal.posted(session, sheet.id, None)
    if not rows:
        raise RuleError(_("Every row of this sheet is reversed already."), code="sheet_reversed")
    reversal.refuse(load_context(session, sheet), rows)
    return {"sheet": sheet.id}


def _read_row(session: Session, society_id: int, texts: Mapping[str, str]) -> dict[str, Any]:
    sheet = _approved(session, society_id, texts)
    number = record_number(texts, "row")
    reversal = _reversal_of(sheet)
    rows = reversal.posted(session, sheet.id, number)
    if not rows:
        raise RuleError(
            _("Row {row} of this sheet is not posted.").format(row=number), code="row_not_posted"
        )
    reversal.refuse(load_context(session, sheet), rows)
    return {"sheet": sheet.id, "row": number}


def _approved(session: Session, society_id: int, texts: Mapping[str, str]) -> Sheet:
    sheet = get_sheet(session, record_number(texts, "sheet"))
    if sheet.society_id != society_id or sheet.state != SheetState.APPROVED:
        raise RuleError(wrong_step(sheet), code="sheet_wrong_step")
    return sheet


def _reversal_of(sheet: Sheet) -> Reversal:
    found = kind_of(sheet).reversal
    if found is None:
        raise RuleError(_("Sheets of this kind are not reversed."), code="kind_not_reversed")
    return found


def _reverse(session: Session, request: ApprovedRequest) -> None:
    sheet = get_sheet(session, request.details["sheet"])
    number = request.details.get("row")
    require_state(sheet, SheetState.APPROVED)
    reversal = _reversal_of(sheet)
    rows = reversal.posted(session, sheet.id, number)
    if not rows:
        raise RuleError(_("This is reversed already."), code="reversed_already")
    reversal.reverse(load_context(session, sheet), rows, request)
    # The sheet, or the row of it, says that it is reversed; its content may be sent again.
    sheet.version += 1
    if not reversal.posted(session, sheet.id, None):
        sheet.state = SheetState.REVERSED
    if number is not None:
        update_rows(session, sheet.id, [number], state=RowState.REVERSED)
    audit.record(
        session,
        audit.Act.SHEET_REVERSED if number is None else audit.Act.ROW_REVERSED,
        society_id=sheet.society_id,
        subject_id=sheet.id,
        rows=len(rows),
        request=request.request_id,
        **({} if number is None else {"row": number}),
    )


def _tell_sheet(session: Session, details: Mapping[str, Any]) -> str:
    sheet = get_sheet(session, details["sheet"])
    return _("Take back all that was posted from sheet {sheet}, {name}.").format(
        sheet=sheet.id, name=apart(sheet.filename)
    )


def _tell_row(session: Session, details: Mapping[str, Any]) -> str:
    sheet = get_sheet(session, details["sheet"])
    return _("Take back row {row} of sheet {sheet}, {name}.").format(
        row=details["row"], sheet=sheet.id, name=apart(sheet.filename)
    )


_PEOPLE = (Permission.SEND_SHEETS, Permission.DECIDE_SHEETS)
REVERSE_SHEET = ApprovalAction(
    "reverse_sheet", *_PEOPLE, _read_sheet, _reverse, _tell_sheet, lines=parts_of
)
REVERSE_ROW = ApprovalAction(
    "reverse_row", *_PEOPLE, _read_row, _reverse, _tell_row, lines=parts_of
)
