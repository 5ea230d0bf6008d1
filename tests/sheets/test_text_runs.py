"""Parts of texts that look otherwise: raised like the mark of a note, or seen by nobody."""

import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Color, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from cva.sheets.cells.cell_reading import NOTE_MARK
from cva.sheets.files.cell_styles import WHITE
from cva.sheets.files.text_runs import LOWERED, RAISED, RichTexts, in_position, left_of, shown_text
from cva.sheets.recognition.headings import meaning
from tests.sheets.test_spreadsheet_xml import book, cell, row
from tests.sheets.test_struck_out import with_list
from tests.sheets.test_web_pages import line, page, paid, read, sheets
from tests.sheets_made import checked, errors, states

UP = InlineFont(vertAlign="superscript")
DOWN = InlineFont(vertAlign="subscript")


def texts_in(name: str, *parts: tuple[str, InlineFont | None], fill: str = "") -> bytes:
    """A list in which the text of one cell has parts."""

    def mark(sheet: Worksheet) -> None:
        sheet[name] = CellRichText(*(TextBlock(font or InlineFont(), text) for text, font in parts))
        if fill:
            sheet[name].fill = PatternFill("solid", fgColor=fill)

    return with_list(mark)


@pytest.mark.parametrize(
    ("name", "parts", "code"),
    [
        ("D3", (("100", None), ("1", UP)), "amount-unreadable"),
        ("D3", (("100", None), ("2", DOWN)), "amount-unreadable"),
        ("D3", (("100", None), ("a)", UP)), "amount-unreadable"),
        ("A3", (("R-2", None), ("1", UP)), "value-unknown"),
        ("A3", (("R-2", None), ("а", UP)), "value-unknown"),
        ("C3", (("04.03.2025", None), ("1", UP)), "date-unreadable"),
    ],
)
def test_the_mark_of_a_note_is_no_part_of_a_number(
    name: str, parts: tuple[tuple[str, InlineFont | None], ...], code: str
) -> None:
    found = checked(texts_in(name, *parts))
    assert (states(found), errors(found)) == ("rerr", [(name, code)])
    if code != "date-unreadable":
        assert found.findings[0].details == NOTE_MARK


@pytest.mark.parametrize("text", ["R-1²", "R-1ᵃ", "R-1 ¹"])
def test_a_mark_that_is_typed_is_no_part_of_a_number_either(text: str) -> None:
    found = checked(texts_in("A3", (text, None)))
    assert errors(found) == [("A3", "value-unknown")]
    assert found.findings[0].details == NOTE_MARK


def test_a_text_that_is_raised_as_a_whole_is_as_it_stands() -> None:
    assert states(checked(texts_in("D3", ("100", UP)))) == "rrrr"


def test_a_heading_with_the_mark_of_a_note_is_the_same_heading() -> None:
    assert meaning("Amount¹") == meaning("Amount")
    assert states(checked(texts_in("D1", ("Amount", None), ("1", UP)))) == "rrrr"


@pytest.mark.parametrize(
    ("text", "position", "expected"),
    [
        ("12", RAISED, "¹²"), ("٣", RAISED, "³"), ("o", RAISED, "ᵒ"), ("2", LOWERED, "₂"),
        ("б", RAISED, "⁽б⁾"), (" ", RAISED, " "), ("x", "", "x"),
    ],
)  # fmt: skip
def test_signs_are_raised_as_far_as_there_are_such_signs(
    text: str, position: str, expected: str
) -> None:
    assert in_position(text, position) == expected


@pytest.mark.parametrize(
    "font",
    [InlineFont(color=Color("FFFFFFFF")), InlineFont(color=Color("FFFAFAFA")), InlineFont(sz=1)],
)
def test_a_part_that_nobody_can_see_is_asked_about(font: InlineFont) -> None:
    content = texts_in("D3", ("100", None), ("0", font))
    found = checked(content)
    assert [ask.choice for ask in found.ask] == ["struck_text"]
    assert found.ask[0].examples == {"left": (("1000", "100"),)}
    assert (states(found), "cannot be seen" in found.ask[0].message) == ("oooo", True)
    left = checked(content, settled={"struck_text": "left"})
    assert left.rows[1].values["amount_minor"] == 10_000


def test_a_part_in_white_on_a_colour_is_seen() -> None:
    content = texts_in(
        "D3", ("100", None), ("0", InlineFont(color=Color("FFFFFFFF"))), fill="FF1F4E79"
    )
    assert states(checked(content)) == "rrrr"


def test_shared_texts_are_found_by_their_numbers() -> None:
    space = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    texts = (
        b"<?xml version='1.0'?><sst " + space + b"><si><t>one</t></si>"
        b'<si><r><t>100</t></r><r><rPr><vertAlign val="superscript"/></rPr><t>1</t></r></si>\n'
        b"<!-- <si> --><si><t>three</t></si><si><r><rPr><strike/></rPr><t>5</t></r>"
        b"<r><t>6</t></r><rPh><t>seven</t></rPh></si><si><t/></si></sst>"
    )
    found = RichTexts(texts, b"").shared
    assert sorted(found) == [1, 3]
    assert (shown_text(found[1]), left_of(found[1], WHITE)) == ("100¹", None)
    assert (shown_text(found[3]), left_of(found[3], WHITE)) == (None, "6")


def test_pages_raise_signs_too() -> None:
    content = page(
        paid("R-1", "100<sup>1</sup>"),
        paid("R-2", "1<sup>1</sup>/<sub>2</sub>"),
        paid("R-3", '100<span style="vertical-align:super">1</span>'),
    )
    found = read(content)
    assert [each.value for each in found.findings] == ["100¹", "1¹/₂", "100¹"]
    assert states(found) == "eee"


def test_workbooks_in_xml_raise_signs_too() -> None:
    text = '<Cell><ss:Data ss:Type="String" xmlns="x">100<Sup>1</Sup></ss:Data></Cell>'
    cells = (cell("A-1"), cell("Example"), cell("2025-03-04"), text, cell("USD"))
    assert errors(checked(book(row(*cells)), "list.xls")) == [("D2", "amount-unreadable")]


HIDE = "<style>/* all */ .h, .x .y { display: none } #low { font-size: 0 }</style>"


@pytest.mark.parametrize(
    "amount",
    [
        "100<span class=h>0</span>", "100<span class=x><b class=y>0</b></span>",
        "100<span id=low>0</span>", '100<span style="visibility:hidden">0</span>',
        '100<i style="opacity: 0">0</i>', "100<i hidden>0</i>", '100<font color="#FFFFFF">0</font>',
        '100<span style="color:transparent">0</span>',
    ],
)  # fmt: skip
def test_what_a_page_hides_within_a_cell_is_asked_about(amount: str) -> None:
    found = read(page(paid("R-1", amount), paid("R-2"), head=HIDE))
    assert [ask.choice for ask in found.ask] == ["struck_text"]
    assert found.ask[0].examples == {"left": (("1000", "100"),)}


@pytest.mark.parametrize(
    "amount",
    [
        "100<span class=y>0</span>", '100<b style="opacity:0.9">0</b>',
        '100<b style="color:white;background:navy">0</b>', '100<b style="font-size:10px">0</b>',
    ],
)  # fmt: skip
def test_what_a_page_shows_within_a_cell_is_read(amount: str) -> None:
    found = read(page(paid("R-1", amount), head=HIDE))
    assert (states(found), found.rows[0].values["amount_minor"]) == ("r", 100_000)


@pytest.mark.parametrize(
    "rule",
    [
        ".s td", "tr.s td", "tr.s", ".s", "table > tbody > tr.s > td", "table .s", "#a .s td",
        "@media all { .s", "p, .s",
    ],
)  # fmt: skip
def test_rows_that_a_rule_strikes_out_are_asked_about(rule: str) -> None:
    head = f"<style>{rule} {{text-decoration:line-through}}</style>"
    found = read(page(paid(more=" class=s"), paid("R-2"), attributes=" id=a", head=head))
    assert [ask.choice for ask in found.ask] == ["struck"]


@pytest.mark.parametrize("rule", [".t td", "tr.s:hover td", "th .s", "b .s td", "p.s"])
def test_rules_for_something_else_say_nothing(rule: str) -> None:
    head = f"<style>{rule} {{text-decoration:line-through}}</style>"
    assert states(read(page(paid(more=" class=s"), head=head))) == "r"


@pytest.mark.parametrize(
    "more", [" hidden", ' style="opacity:0"', ' style="visibility:collapse"', " class=h"]
)
def test_rows_that_a_page_hides_are_told(more: str) -> None:
    (sheet,) = sheets(page(paid("R-1", more=more), paid("R-2"), head=HIDE))
    assert sheet.hidden_rows == {2}


def test_a_cell_that_a_page_hides_is_told() -> None:
    (sheet,) = sheets(page(line("R-1", "P", "15.03.2025"), "<tr><td>R-2<td class=h>Q", head=HIDE))
    assert sheet.unseen == {(3, 1)}
