"""What is written by others, and what we write, is read back as it was."""

import csv
import datetime as dt
import re
from decimal import Decimal
from io import StringIO

from hypothesis import given
from hypothesis import strategies as st
from openpyxl.cell.cell import ERROR_CODES

from cva.sheets.cells.cell_reading import is_blank
from cva.sheets.files.limits import Limits
from cva.sheets.files.parsed_workbook import ParsedSheet, Value, book_of
from cva.sheets.files.parser import answer
from cva.sheets.files.transport import unpack
from cva.sheets.writing.plain_workbook import neutral, write_table
from tests.sheets_made import part, workbook

SIGNS = ("=", "+", "-", "@", "\t", "\uff1d")
_ESCAPE = re.compile("_x[0-9A-Fa-f]{4}_")
_UNWRITABLE = "\r\ufffe\uffff"

text = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc"], exclude_characters=_UNWRITABLE)
    | st.sampled_from("\t\n"),
    max_size=30,
).filter(lambda said: not _ESCAPE.search(said))
#: What openpyxl itself takes for a formula or an error is none of our writing.
foreign = text.filter(lambda said: not said.startswith("=") and said not in ERROR_CODES)
whole = st.integers(min_value=-(10**15), max_value=10**15)
decimals = st.decimals(min_value=-(10**9), max_value=10**9, places=4)
moments = st.datetimes(min_value=dt.datetime(1900, 3, 1), max_value=dt.datetime(9999, 12, 30))  # noqa: DTZ001 - a cell has no zone
cells = st.one_of(
    st.none(),
    foreign,
    whole,
    decimals,
    st.booleans(),
    st.dates(min_value=dt.date(1900, 3, 1)),
    moments.map(lambda moment: moment.replace(microsecond=0)),
)
rows_of_cells = st.lists(st.lists(cells, min_size=1, max_size=5), min_size=1, max_size=5)


def read(content: bytes, form: str = "xlsx") -> ParsedSheet:
    header, columns = unpack(answer(content, form, Limits()))
    assert "refused" not in header
    return book_of(header, columns)[0]


def at(sheet: ParsedSheet, row: int, column: int) -> Value:
    return sheet.columns[column].at(row) if column < len(sheet.columns) else ""


def same(found: Value, written: object) -> bool:
    if written is None or written == "":
        return found == ""
    if isinstance(written, bool | str):
        return type(found) is type(written) and found == written
    if isinstance(written, int | Decimal):
        return isinstance(found, float | int) and Decimal(repr(found)) == written
    if isinstance(written, dt.datetime) and not isinstance(found, dt.datetime):
        return found == written.date()
    return found == written


@given(rows_of_cells)
def test_a_table_of_another_program_is_read_as_it_was_written(rows: list[list[object]]) -> None:
    sheet = read(workbook(*rows))
    for number, row in enumerate(rows, 1):
        for column, written in enumerate(row):
            assert same(at(sheet, number, column), written)


formulas = st.tuples(st.sampled_from(SIGNS), text).map("".join).filter(str.strip)


@given(st.lists(formulas, min_size=1, max_size=5))
def test_what_looks_like_a_formula_is_written_as_text(texts: list[str]) -> None:
    content = write_table("List", ["=1+1"], ["=Heading", "Other"], [[said, 1] for said in texts])
    assert not re.search(rb"<(?:\w+:)?f[\s/>]", part(content))
    sheet = read(content)
    assert [at(sheet, row, 0) for row in range(1, 3)] == ["=1+1", "=Heading"]
    assert [at(sheet, row, 0) for row in range(3, 3 + len(texts))] == texts


@given(st.lists(formulas.filter(lambda said: not set(said) & set(",;|\n")), min_size=1, max_size=5))
def test_what_looks_like_a_formula_goes_through_a_text_file(texts: list[str]) -> None:
    target = StringIO()
    lines = [["Name", "Amount", "Day"], *([neutral(said), "1", "2"] for said in texts)]
    csv.writer(target, quoting=csv.QUOTE_ALL).writerows(lines)
    assert all(line[0][0] == "'" for line in lines[1:])
    sheet = read(target.getvalue().encode("utf-8-sig"), "text")
    assert [at(sheet, row, 0) for row in range(2, 2 + len(texts))] == texts
    assert not any(is_blank(at(sheet, row, 1)) for row in range(2, 2 + len(texts)))
