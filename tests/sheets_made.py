"""Makes sheets for tests; everybody in them is invented."""

import datetime as dt
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from cva.sheets.checking.check import check
from cva.sheets.checking.checked import Checked
from cva.sheets.files.limits import Limits
from cva.sheets.vocabulary.choices import Choices

TODAY = dt.date(2025, 12, 1)
Rows = Sequence[Sequence[object]]


def fill(sheet: Worksheet, rows: Rows) -> None:
    for row in rows:
        sheet.append(list(row))


def saved(book: Workbook) -> bytes:
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def workbook(*rows: Sequence[object], title: str = "List") -> bytes:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = title
    fill(sheet, rows)
    return saved(book)


def cash(*rows: Sequence[object]) -> bytes:
    """A list of cash in dollars with the plainest headings."""
    heads = ("Registration number", "Family name", "Distribution date", "Amount", "Currency")
    return workbook(heads, *rows)


def paid(number: str, amount: object = 100, day: object = dt.date(2025, 3, 4)) -> list[object]:
    return [number, "Example", day, amount, "USD"]


def checked(content: bytes, filename: str = "sheet.xlsx", **choices: object) -> Checked:
    known = {"today": TODAY} | choices
    return check(content, filename, Choices(**known), Limits())  # type: ignore[arg-type]


def errors(found: Checked) -> list[tuple[str | None, str]]:
    return [(f.cell, f.code) for f in found.findings if f.severity == "error"]


def warnings(found: Checked) -> list[tuple[str | None, str]]:
    return [(f.cell, f.code) for f in found.findings if f.severity == "warning"]


def states(found: Checked) -> str:
    """One letter for each row: r ready, e error, n not received."""
    return "".join(row.state[0] for row in found.rows)


def refusal(found: Checked) -> str:
    """The code of the one finding that refuses the file."""
    assert found.refused
    assert len(found.findings) == 1
    return found.findings[0].code


def repacked(
    content: bytes, changed: Mapping[str, bytes] | None = None, added: Iterable[str] = ()
) -> bytes:
    """The same package with parts changed or added."""
    target = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(content)) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package,
    ):
        for name in source.namelist():
            package.writestr(name, (changed or {}).get(name, source.read(name)))
        for name in added:
            package.writestr(name, b"<x/>")
    return target.getvalue()


def part(content: bytes, name: str = "xl/worksheets/sheet1.xml") -> bytes:
    with zipfile.ZipFile(BytesIO(content)) as package:
        return package.read(name)
