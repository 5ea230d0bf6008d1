"""Reversing a posted sheet or one row of it, by entries of its own and two people."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from sqlalchemy import func
from sqlalchemy import select as select_columns
from sqlmodel import Session, col

from cva.beneficiaries.service import number_of, numbers_of
from cva.core import audit
from cva.core.errors import RuleError
from cva.core.i18n import apart
from cva.core.i18n import gettext as _
from cva.core.maker_checker import (
    ApprovalAction,
    ApprovalLine,
    ApprovalLines,
    ApprovedRequest,
    record_number,
)
from cva.core.money import Money
from cva.core.permissions import Permission
from cva.kinds.registry import kind_of
from cva.kinds.sheet_kind import Reversal
from cva.providers.models import Payment
from cva.sheets.files.sheet_parts import row_name
from cva.staging.context import load_context
from cva.staging.models import RowState, Sheet, SheetState, StagedRow, is_summed
from cva.staging.row_names import row_number
from cva.staging.rows import update_rows, values_of
from cva.staging.workflow import get_sheet, parts_of, require_state, wrong_step

#: Rows that were posted, and those of them that were reversed since.
_POSTED = (RowState.READY, RowState.EXCEPTED, RowState.REVERSED)


def _read(
    session: Session, society_id: int, texts: Mapping[str, str], *, is_row: bool
) -> dict[str, Any]:
    sheet = _approved(session, society_id, texts)
    of_row = {"row": row_number(sheet, texts)} if is_row else {}
    reversal = _reversal_of(sheet)
    rows = reversal.posted(session, sheet.id, of_row.get("row"))
    if not rows and is_row:
        raise RuleError(
            _("Row {row} of this sheet is not posted.").format(row=texts["row"]),
            code="row_not_posted",
        )
    if not rows:
        raise RuleError(_("Every row of this sheet is reversed already."), code="sheet_reversed")
    reversal.refuse(load_context(session, sheet), rows)
    return {"sheet": sheet.id} | of_row


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
    act, of_row = audit.Act.SHEET_REVERSED, {}
    if number is not None:
        update_rows(session, sheet.id, [number], state=RowState.REVERSED)
        act, of_row = audit.Act.ROW_REVERSED, {"row": number}
    audit.record_about(session, act, sheet, rows=len(rows), request=request.request_id, **of_row)


def _tell_sheet(session: Session, details: Mapping[str, Any]) -> str:
    sheet = get_sheet(session, details["sheet"])
    return _("Take back all that was posted from sheet {sheet}, {name}.").format(
        sheet=sheet.id, name=apart(sheet.filename)
    )


def _tell_row(session: Session, details: Mapping[str, Any]) -> str:
    sheet = get_sheet(session, details["sheet"])
    return _("Take back row {row} of sheet {sheet}, {name}.").format(
        row=row_name(parts_of(sheet), details["row"]), sheet=sheet.id, name=apart(sheet.filename)
    )


def _lines(session: Session, details: Mapping[str, Any], most: int) -> ApprovalLines:
    """The rows of a sheet, or the one row, that would be reversed or were."""
    sheet_id, number = details["sheet"], details.get("row")
    parts = parts_of(get_sheet(session, sheet_id))
    conditions = [col(StagedRow.sheet_id) == sheet_id, col(StagedRow.state).in_(_POSTED)]
    if number is not None:
        conditions.append(col(StagedRow.number) == number)
    of_payment = (col(Payment.society_id) == col(StagedRow.society_id)) & (
        col(Payment.reference_key) == col(StagedRow.reference_key)
    )
    rows = session.execute(
        select_columns(
            *(col(StagedRow.number), col(StagedRow.record), col(StagedRow.currency)),
            *(col(StagedRow.amount_minor), col(Payment.beneficiary_id)),
        )
        .join(Payment, of_payment, isouter=True)
        .where(*conditions)
        .order_by(col(StagedRow.number))
        .limit(most)
    ).all()
    numbers = numbers_of(session, [person for *_row, person in rows if person])
    sums = session.execute(
        select_columns(col(StagedRow.currency), func.sum(StagedRow.amount_minor))
        .where(*conditions, col(StagedRow.amount_minor).is_not(None), is_summed())
        .group_by(col(StagedRow.currency))
        .order_by(col(StagedRow.currency))
    )
    count = session.execute(select_columns(func.count()).where(*conditions)).scalar_one()
    return ApprovalLines(
        [
            ApprovalLine(
                number=numbers.get(person) or _number(values_of(record)),
                before=None if minor is None else Money(currency, minor),
                sheet_id=sheet_id,
                row=row,
                row_name=row_name(parts, row),
            )
            for row, record, currency, minor, person in rows
        ],
        count,
        [Money(currency, int(minor)) for currency, minor in sums if currency],
        sheet_id=sheet_id,
    )


def _number(values: Mapping[str, Any]) -> str:
    """Of the person; of a voucher redeemed its own."""
    return number_of(values) or str(values.get("voucher_number") or "")


_PEOPLE = (Permission.SEND_SHEETS, Permission.DECIDE_SHEETS)
REVERSE_SHEET = ApprovalAction(
    "reverse_sheet", *_PEOPLE, partial(_read, is_row=False), _reverse, _tell_sheet, lines=_lines
)
REVERSE_ROW = ApprovalAction(
    "reverse_row", *_PEOPLE, partial(_read, is_row=True), _reverse, _tell_row, lines=_lines
)
