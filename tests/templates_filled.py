"""Templates, and people who fill them in; everybody in them is invented."""

from collections.abc import Mapping, Sequence
from io import BytesIO

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from cva.sheets.vocabulary.layouts import layout_of
from cva.sheets.writing.template_workbook import HEADING_ROW, Template, write_template
from tests.sheets_made import saved

FIRST = HEADING_ROW + 1


def template_of(kind: str, language: str = "en", **more: object) -> Template:
    """A template of a society in Kenya, with ten blank rows."""
    known: dict[str, object] = {
        "society": "KRC",
        "society_name": "Kenya Red Cross",
        "country": "KE",
        "currency": "KES",
        "programme": "CASH-25",
        "programme_name": "Winter cash",
        "round": "2025-03",
        "blank_rows": 10,
    }
    return Template(kind, language, **(known | more))  # type: ignore[arg-type]


def page_of(content: bytes) -> Worksheet:
    """The sheet that people see."""
    return load_workbook(BytesIO(content)).worksheets[0]


def filled(template: Template, rows: Mapping[int, Mapping[str, object]]) -> bytes:
    """A template with cells filled in."""
    return fill(write_template(template), template.kind, rows)


def fill(content: bytes, kind: str, rows: Mapping[int, Mapping[str, object]]) -> bytes:
    """A template that was made, with cells filled in by row of the list (from 0) and field."""
    book = load_workbook(BytesIO(content))
    columns = layout_of(kind).template
    for at, values in rows.items():
        for name, value in values.items():
            book.worksheets[0].cell(FIRST + at, columns.index(name) + 1).value = value  # type: ignore[assignment]
    return saved(book)


def choices(page: Worksheet, kind: str, name: str) -> Sequence[str]:
    """What the drop-down of a column offers."""
    place = page.cell(FIRST, layout_of(kind).template.index(name) + 1).coordinate
    for rule in page.data_validations.dataValidation:
        if place in rule.sqref and rule.type == "list":
            return str(rule.formula1).strip('"').split(",")
    return []
