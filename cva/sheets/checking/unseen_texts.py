"""What stands in the sheet and cannot be seen there: white on white, of no size, of no format."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter

from cva.sheets.findings.finding import Finding, severity_of
from cva.sheets.recognition.field_places import ColumnPlace
from cva.sheets.recognition.recognise import Recognised

CODE = "unseen-text"


def unseen_texts(known: Recognised, rows: Sequence[int]) -> Iterator[Finding]:
    """One finding for a column of which nothing can be seen, and one for any other such row."""
    data = frozenset(rows)
    columns = {place.column: (name, place) for name, place in known.places.items()}
    here = sorted(place for place in known.sheet.unseen if place[0] in data and place[1] in columns)
    whole = {at for at in columns if _is_unseen(known, at, rows)}
    for at in sorted(whole):
        name, place = columns[at]
        yield _finding(known, name, place, place.heading)
    rest = ((row, at) for row, at in here if at not in whole)
    for row, cells in groupby(rest, key=itemgetter(0)):
        name, place = columns[next(cells)[1]]
        yield _finding(known, name, place, known.sheet.text(row, place.column), row)


def _is_unseen(known: Recognised, at: int, rows: Sequence[int]) -> bool:
    filled = [row for row in rows if known.sheet.text(row, at)]
    return bool(filled) and all((row, at) in known.sheet.unseen for row in filled)


def _finding(
    known: Recognised, name: str, place: ColumnPlace, value: str, row: int | None = None
) -> Finding:
    sheet, at = known.sheet.place(row or known.heading_row.row, place.column)
    at = place.heading_cell if row is None else at
    return Finding(severity_of(CODE), CODE, sheet, at, row, name, place.heading, value)
