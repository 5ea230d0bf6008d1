"""A sheet sent again: which one it corrects, and which of its rows are posted already."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from cva.kinds.registry import kind_of
from cva.sheets.checking.checked import Checked
from cva.sheets.findings.finding import Finding
from cva.staging.context import SheetContext
from cva.staging.models import RowState, Sheet, SheetState
from cva.staging.rows import update_rows

#: So many versions of one sheet are looked at.
LONGEST_CHAIN = 100


def follow_mark(session: Session, sheet: Sheet, checked: Checked) -> None:
    """Recognise a marked file: it corrects the sheet whose file was marked, in the same round."""
    digest = checked.marks.get("marked_from")
    if digest and sheet.replaces_id is None:
        found = session.exec(
            select(Sheet)
            .where(
                Sheet.society_id == sheet.society_id,
                Sheet.programme_id == sheet.programme_id,
                Sheet.is_list == sheet.is_list,
                Sheet.sha256 == digest,
                Sheet.id != sheet.id,
                Sheet.state != SheetState.WITHDRAWN,
            )
            .order_by(col(Sheet.id).desc())
        ).first()
        sheet.replaces_id = found.id if found else None
    if sheet.replaces_id is not None and sheet.round_id is None:
        replaced = session.get(Sheet, sheet.replaces_id)
        if replaced is not None and replaced.programme_id == sheet.programme_id:
            sheet.round_id = replaced.round_id


def leave_out_posted(context: SheetContext) -> Sequence[Finding]:
    """Leave out the rows that an earlier version of the sheet posted.

    What makes a row the same is for its kind to say. A row posted with other values stays, and is
    compared like every other.

    Returns:
        Rows that were posted under another number, which is no longer in the sheet.
    """
    sheet, kind = context.sheet, kind_of(context.sheet)
    earlier = _earlier(context.session, sheet)
    if not earlier:
        return ()
    if kind.posted_before is not None:
        found = context.session.execute(kind.posted_before(sheet, earlier))
        numbers = [number for (number,) in found]
        update_rows(context.session, sheet.id, numbers, state=RowState.POSTED)
    return kind.compare_renamed(context, earlier)


def _earlier(session: Session, sheet: Sheet) -> list[int]:
    """Ids of the versions before this one."""
    found: list[int] = []
    before = sheet.replaces_id
    while before is not None and before not in found and len(found) < LONGEST_CHAIN:
        found.append(before)
        one = session.get(Sheet, before)
        before = one.replaces_id if one else None
    return found
