"""Workbooks in one file of XML, as Excel 2003 and many programs write them."""

import datetime as dt

import pytest

from cva.sheets.annotation.annotate import mark_file
from cva.sheets.files.limits import Limits
from cva.sheets.files.parsed_workbook import ParsedSheet
from cva.sheets.recognition.opened_workbook import open_book
from tests.sheets_made import checked, errors, states, warnings

SPACE = "urn:schemas-microsoft-com:office:spreadsheet"
HEADS = ("Registration number", "Family name", "Distribution date", "Amount", "Currency")


def cell(value: object, more: str = "", style: str = "") -> str:
    kind, text = "String", str(value)
    if isinstance(value, dt.date):
        kind, text = "DateTime", f"{value.isoformat()}T00:00:00.000"
    elif isinstance(value, int | float):
        kind = "Number"
    of_style = f' ss:StyleID="{style}"' if style else ""
    return f'<Cell{more}{of_style}><Data ss:Type="{kind}">{text}</Data></Cell>'


def row(*cells: str, more: str = "") -> str:
    return f"<Row{more}>{''.join(cells)}</Row>"


def paid(number: str = "A-1", amount: object = 100, style: str = "") -> str:
    cells = (number, "Example", dt.date(2025, 3, 4), amount, "USD")
    return row(*(cell(each, style=style if at == 3 else "") for at, each in enumerate(cells)))


def book(*rows: str, styles: str = "", after: str = "", name: str = "List") -> bytes:
    heads = row(*map(cell, HEADS))
    return (
        '<?xml version="1.0" encoding="UTF-8"?><?mso-application progid="Excel.Sheet"?>'
        f'<Workbook xmlns="{SPACE}" xmlns:ss="{SPACE}"><Styles>{styles}</Styles>'
        f'<Worksheet ss:Name="{name}"><Table>{heads}{"".join(rows)}</Table>{after}</Worksheet>'
        "</Workbook>"
    ).encode()


def sheet(content: bytes) -> ParsedSheet:
    (only,) = open_book(content, "list.xls", Limits()).sheets
    return only


@pytest.mark.parametrize("name", ["list.xls", "list.xml", "list.csv"])
def test_it_is_read_whatever_it_is_called(name: str) -> None:
    found = checked(book(paid(), paid("A-2", 12.5)), name)
    assert (states(found), found.sheet) == ("rr", "List")
    assert [each.values["amount_minor"] for each in found.rows] == [10000, 1250]
    assert found.rows[0].values["distribution_date"] == "2025-03-04"


def test_a_prefix_before_every_element_makes_no_difference() -> None:
    text = book(paid()).decode().replace(f'xmlns="{SPACE}" ', "")
    for name in ("Workbook", "Styles", "Worksheet", "Table", "Row", "Cell", "Data"):
        text = text.replace(f"<{name}", f"<ss:{name}").replace(f"</{name}", f"</ss:{name}")
    assert states(checked(text.encode(), "list.xls")) == "r"


def test_an_old_encoding_is_read_as_it_is_named() -> None:
    text = book(paid("Р-1")).decode().replace("UTF-8", "windows-1251")
    found = checked(text.encode("cp1251"), "list.xls")
    assert found.rows[0].values["registration_no"] == "Р-1"


def test_places_that_are_named_and_merged_are_kept() -> None:
    found = sheet(
        book(
            row(cell("x", ' ss:Index="3"'), cell("y", ' ss:MergeAcross="1"'), cell("z")),
            row(cell("below"), more=' ss:Index="9"'),
        )
    )
    assert found.texts(2) == ["", "", "x", "y", "", "z"]
    assert (found.text(9, 0), found.merged) == ("below", ((2, 3, 2, 4),))


def test_formats_are_those_that_excel_shows() -> None:
    styles = (
        '<Style ss:ID="e"><NumberFormat ss:Format="[$€-407]#,##0.00"/></Style>'
        '<Style ss:ID="p"><NumberFormat ss:Format="Percent"/></Style>'
        '<Style ss:ID="n"><NumberFormat ss:Format="Standard"/></Style>'
    )
    found = sheet(book(*(paid("A-1", 0.5, style) for style in "epn"), styles=styles))
    assert [found.text(at, 3) for at in (2, 3, 4)] == ["€0.50", "50.00%", "0.5"]


def test_struck_and_hidden_is_told() -> None:
    styles = '<Style ss:ID="s"><Font ss:StrikeThrough="1"/></Style>'
    found = sheet(book(paid("A-1", 5, "s"), row(cell("x"), more=' ss:Hidden="1"'), styles=styles))
    assert found.struck == {(2, 3)}
    assert found.hidden_rows == {3}
    rich = '<Cell><Data ss:Type="String"><S>100</S> 150</Data></Cell>'
    assert sheet(book(row(rich))).partly_struck == {(2, 0): " 150"}


def test_errors_and_formulas_without_a_value_are_told() -> None:
    error = '<Cell><Data ss:Type="Error">#REF!</Data></Cell>'
    formula = '<Cell ss:Formula="=R[-1]C"/>'
    cells = (cell("A-1"), cell("Example"), cell(dt.date(2025, 3, 4)))
    found = checked(book(row(*cells, error), row(*cells, formula)), "list.xls")
    assert [code for _cell, code in errors(found)][:1] == ["amount-unreadable"]
    assert ("D3", "formula-without-value") in errors(found)


def test_comments_are_no_values_and_hidden_sheets_are_told() -> None:
    comment = (
        '<Cell><Data ss:Type="String">A-1</Data><Comment><ss:Data>no</ss:Data></Comment></Cell>'
    )
    visible = "<WorksheetOptions><Visible>SheetHidden</Visible></WorksheetOptions>"
    found = sheet(book(row(comment), after=visible))
    assert (found.text(2, 0), found.hidden) == ("A-1", True)
    assert warnings(checked(book(paid(), after=visible), "list.xls")) == [(None, "hidden-sheet")]


def test_it_is_given_back_as_a_workbook() -> None:
    content = book(paid(), paid("A-2", "many"))
    found = checked(content, "list.xls")
    made = mark_file(content, "list.xls", found.sha256, found.findings, {}, Limits())
    assert errors(checked(made)) == errors(found) == [("D3", "amount-unreadable")]


def test_rows_of_no_height_are_hidden() -> None:
    low = paid("A-2").replace("<Row>", '<Row ss:Height="0">')
    assert sheet(book(paid(), low, paid("A-3"))).hidden_rows == {3}


@pytest.mark.parametrize(("code", "told"), [("0", 1), ("Fixed", 0), ("General", 0)])
def test_amounts_that_are_seen_rounded_are_told(code: str, told: int) -> None:
    style = f'<Style ss:ID="s"><NumberFormat ss:Format="{code}"/></Style>'
    found = checked(book(paid("A-1", 100.4, style="s"), styles=style), "list.xls")
    assert [each for _cell, each in warnings(found)] == ["rounded-amounts"] * told
