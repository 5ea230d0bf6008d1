"""Lists of sheets: filtered, counted and a page at a time, each line with its totals."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, or_
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, func, select

from cva.core.dates import Month
from cva.core.paging import Page, place_of_page
from cva.core.permissions import Permission
from cva.programmes import service as programmes
from cva.programmes.models import Programme
from cva.sheets.checking.checked import RowTotal
from cva.societies import service as societies
from cva.societies.models import Society
from cva.staging.models import RowState, Sheet
from cva.staging.totals import rows_by_sheet, totals_by_sheet

#: A page of a list, unless another size is asked for.
PAGE_SIZE = 25
#: So many at most go to a program at once.
LONGEST_ANSWER = 200
#: More digits than the number of any sheet has.
_LONGEST_NUMBER = 10


@dataclass(frozen=True, slots=True)
class SheetFilter:
    """Which sheets are asked for; what is None does not matter.

    Attributes:
        month: In which they were sent, by the clock of their society.
        sender_id: Who sent them.
        text: Part of the file's name, in capitals or not, or the number of the sheet.
    """

    society_id: int | None = None
    programme_id: int | None = None
    round_id: int | None = None
    state: str | None = None
    month: Month | None = None
    sender_id: int | None = None
    text: str | None = None


ALL_SHEETS = SheetFilter()


@dataclass(frozen=True, slots=True)
class ListedSheet:
    """A sheet as a line of a list.

    Attributes:
        totals: Over the rows that would be or were posted, per currency.
        ready: How many those are, where none carries an amount.
        errors: Rows with an error.
        sender: E-mail address of the person who sent it.
    """

    sheet: Sheet
    society: Society
    programme: Programme
    totals: Sequence[RowTotal]
    ready: int
    errors: int
    sender: str


def list_sheets(
    session: Session,
    filters: SheetFilter = ALL_SHEETS,
    *,
    page: int = 1,
    size: int = LONGEST_ANSWER,
) -> Page[Sheet]:
    """A page of the sheets in the societies where the actor sees sheets; newest first.

    Beyond the last page is the last page.
    """
    return page_of(session, _condition(session, filters), page=page, size=size)


def page_of(
    session: Session,
    condition: ColumnElement[bool],
    *,
    page: int = 1,
    size: int = PAGE_SIZE,
    oldest_first: bool = False,
) -> Page[Sheet]:
    """A page of the sheets that meet a condition."""
    total = session.exec(select(func.count(col(Sheet.id))).where(condition)).one()
    number, pages = place_of_page(page, total, size)
    order = col(Sheet.id).asc() if oldest_first else col(Sheet.id).desc()
    query = select(Sheet).where(condition).order_by(order)
    sheets = session.exec(query.offset((number - 1) * size).limit(size)).all() if total else []
    return Page(sheets, total, number, pages)


def find_sender(session: Session, email: str) -> int:
    """The person who sends sheets under an e-mail address; 0 where there is none."""
    found = societies.find_user(session, email)
    return found.id if found else 0


def in_societies(session: Session, right: Permission) -> ColumnElement[bool]:
    """The condition that a sheet is in a society where the actor holds a right."""
    ids = [each.id for each in societies.societies_with(session, right)]
    return col(Sheet.society_id).in_(ids)


def list_senders(session: Session) -> list[tuple[int, str]]:
    """Who sent the sheets that the actor sees: id and e-mail address, by address."""
    seen = in_societies(session, Permission.SEE_SHEETS)
    ids = session.exec(select(Sheet.received_by).where(seen).distinct()).all()
    return sorted(societies.emails(session, ids).items(), key=lambda sender: sender[1])


def described(session: Session, sheets: Sequence[Sheet]) -> list[ListedSheet]:
    """Sheets as lines, in their order."""
    by_id = {each.id: each for each in societies.list_societies(session)}
    known = {each.id: each for each in programmes.list_programmes(session)}
    ids, states = [sheet.id for sheet in sheets], (RowState.READY, RowState.EXCEPTED)
    totals = totals_by_sheet(session, ids, states)
    without = [sheet_id for sheet_id in ids if sheet_id not in totals]
    ready = rows_by_sheet(session, without, states)
    errors = rows_by_sheet(session, ids, (RowState.ERROR,))
    senders = societies.emails(session, [sheet.received_by for sheet in sheets])
    return [
        ListedSheet(
            sheet=sheet,
            society=by_id[sheet.society_id],
            programme=known[sheet.programme_id],
            totals=totals.get(sheet.id, []),
            ready=ready.get(sheet.id, 0),
            errors=errors.get(sheet.id, 0),
            sender=senders.get(sheet.received_by, ""),
        )
        for sheet in sheets
    ]


def _condition(session: Session, filters: SheetFilter) -> ColumnElement[bool]:
    wanted = (
        (Sheet.society_id, filters.society_id),
        (Sheet.programme_id, filters.programme_id),
        (Sheet.round_id, filters.round_id),
        (Sheet.state, filters.state),
        (Sheet.received_by, filters.sender_id),
    )
    conditions = [col(column) == value for column, value in wanted if value is not None]
    if filters.month is not None:
        conditions.append(_sent_in(session, filters.month))
    narrowed = and_(in_societies(session, Permission.SEE_SHEETS), *conditions)
    if filters.text is not None and filters.text.strip():
        return and_(narrowed, _is_called(session, filters.text.strip(), narrowed))
    return narrowed


def _sent_in(session: Session, month: Month) -> ColumnElement[bool]:
    """A month begins where a society is, so each has its own bounds."""
    bounds = []
    for society in societies.societies_with(session, Permission.SEE_SHEETS):
        first, after = (
            datetime.combine(day, time(), ZoneInfo(society.time_zone))
            for day in (month.first, month.next_first)
        )
        sent_at = col(Sheet.received_at)
        bounds.append(and_(col(Sheet.society_id) == society.id, sent_at >= first, sent_at < after))
    return or_(*bounds) if bounds else in_societies(session, Permission.SEE_SHEETS)


def _is_called(session: Session, text: str, narrowed: ColumnElement[bool]) -> ColumnElement[bool]:
    """Names are encrypted, so those of the sheets in question are read and compared here."""
    sought = _comparable_name(text)
    names = session.execute(select_columns(col(Sheet.id), col(Sheet.filename)).where(narrowed))
    ids = [sheet_id for sheet_id, name in names if sought in _comparable_name(name)]
    if text.isascii() and text.isdigit() and len(text) < _LONGEST_NUMBER:
        ids.append(int(text))
    return col(Sheet.id).in_(ids)


def _comparable_name(name: str) -> str:
    """Capitals do not count, nor that macOS writes an accent as a sign of its own."""
    return unicodedata.normalize("NFC", name).casefold()
