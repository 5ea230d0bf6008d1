"""What somebody struck out is asked about, what nobody can see is told."""

import datetime as dt
from collections.abc import Callable, Iterable

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Border, Color, Font, PatternFill, Side
from openpyxl.worksheet.worksheet import Worksheet

from tests.sheets_made import checked, errors, saved, states, warnings

HEADS = ("Registration number", "Family name", "Distribution date", "Amount", "Currency", "Remarks")
DAY = dt.date(2025, 3, 4)
STRUCK = Font(strike=True)


def with_list(mark: Callable[[Worksheet], None], rows: int = 4, total: object = None) -> bytes:
    """A list of people in rows 2 and below, and what is done to it."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.append(list(HEADS))
    for number in range(1, rows + 1):
        sheet.append([f"R-{number}", f"Example {number}", DAY, 100 * number, "USD", "paid"])
    if total is not None:
        sheet.append(["Total", None, None, total])
    mark(sheet)
    return saved(book)


def struck(*names: str) -> Callable[[Worksheet], None]:
    def mark(sheet: Worksheet) -> None:
        for name in names:
            sheet[name].font = STRUCK

    return mark


def texts_of(name: str, *parts: tuple[str, bool]) -> Callable[[Worksheet], None]:
    """A cell whose text has parts, some of them struck out."""

    def mark(sheet: Worksheet) -> None:
        blocks = [TextBlock(InlineFont(strike=gone), text) for text, gone in parts]
        sheet[name] = CellRichText(*blocks)

    return mark


def row(number: int, columns: str = "ABCDEF") -> Iterable[str]:
    return [f"{letter}{number}" for letter in columns]


@pytest.mark.parametrize("columns", ["ABCDEF", "ABCD", "AB", "B"])
def test_whether_struck_rows_count_is_asked_once(columns: str) -> None:
    content = with_list(struck(*row(3, columns), *row(5, columns)))
    found = checked(content)
    assert [(ask.choice, ask.options, ask.details) for ask in found.ask] == [
        ("struck", ("in", "out"), {"rows": "3, 5"})
    ]
    assert states(found) == "oooo"
    assert "3, 5" in found.ask[0].message
    assert found.ask[0].examples[""][0][0].startswith("R-2 Example 2")


def test_a_struck_name_alone_counts_with_its_row_or_is_left_out() -> None:
    found = checked(with_list(struck("B3")), settled={"struck": "in"})
    assert (states(found), warnings(found)) == ("rrrr", [("A3", "struck-row")])
    assert found.rows[1].values["family_name"] == "Example 2"
    found = checked(with_list(struck("B3")), settled={"struck": "out"})
    assert [line.number for line in found.rows] == [2, 4, 5]


def test_struck_rows_that_count_are_told() -> None:
    found = checked(with_list(struck(*row(3))), settled={"struck": "in"})
    assert (states(found), found.ask) == ("rrrr", [])
    assert warnings(found) == [("A3", "struck-row")]


def test_struck_rows_that_do_not_count_are_left_out_and_told() -> None:
    content = with_list(struck(*row(3), *row(5)), total=400)
    found = checked(content, settled={"struck": "out"})
    assert [line.number for line in found.rows] == [2, 4]
    assert (states(found), warnings(found)) == ("rr", [("A3", "struck-row"), ("A5", "struck-row")])
    assert [finding.details for finding in found.findings] == [{"left_out": "1"}] * 2


def test_a_sheet_of_struck_rows_alone_is_asked_and_can_be_left_out() -> None:
    content = with_list(struck(*row(2), *row(3)), rows=2)
    assert [ask.choice for ask in checked(content).ask] == ["struck"]
    assert checked(content, settled={"struck": "out"}).rows == []


@pytest.mark.parametrize(
    ("name", "expected"), [("A3", "error"), ("D3", "error"), ("E3", "error"), ("F3", "warning")]
)
def test_nothing_is_read_from_a_struck_cell(name: str, expected: str) -> None:
    found = checked(with_list(struck(name)))
    assert [(each.severity, each.code, each.cell) for each in found.findings] == [
        (expected, "struck-cell", name)
    ]
    assert states(found) == ("rerr" if expected == "error" else "rrrr")
    assert ("remarks" in found.rows[1].values) is (name != "F3")


def test_a_struck_cell_that_the_sender_writes_anew_is_none() -> None:
    content = with_list(struck("D3"))
    found = checked(content, amended={"D3": "150"})
    assert (states(found), found.findings) == ("rrrr", [])
    assert found.rows[1].values["amount_minor"] == 15_000


def test_whether_what_is_left_of_a_text_counts_is_asked() -> None:
    found = checked(with_list(texts_of("D3", ("100", True), (" 150", False))))
    assert [(ask.choice, ask.options) for ask in found.ask] == [("struck_text", ("left", "mend"))]
    assert found.ask[0].examples == {"left": (("100 150", "150"),)}
    assert states(found) == "oooo"


@pytest.mark.parametrize(
    ("name", "parts", "field", "kept"),
    [
        ("D3", (("100", True), (" 150", False)), "amount_minor", 15_000),
        ("A3", (("R-", False), ("9", True), ("2", False)), "registration_no", "R-2"),
        ("E3", (("EUR", True), ("USD", False)), "currency", "USD"),
    ],
)
def test_what_is_left_of_a_text_counts_where_the_sender_says_so(
    name: str, parts: tuple[tuple[str, bool], ...], field: str, kept: object
) -> None:
    found = checked(with_list(texts_of(name, *parts)), settled={"struck_text": "left"})
    assert (states(found), found.ask, found.findings) == ("rrrr", [], [])
    assert found.rows[1].values[field] == kept


def test_a_text_of_which_all_is_struck_leaves_a_blank() -> None:
    found = checked(
        with_list(texts_of("D3", ("100", True), ("50", True))), settled={"struck_text": "left"}
    )
    assert errors(found) == [("D3", "required")]


def test_partly_struck_cells_are_mended_where_the_sender_says_so() -> None:
    content = with_list(texts_of("D3", ("100", True), (" 150", False)))
    found = checked(content, settled={"struck_text": "mend"})
    assert (states(found), errors(found)) == ("rerr", [("D3", "struck-text")])
    mended = checked(content, settled={"struck_text": "mend"}, amended={"D3": "150"})
    assert (states(mended), mended.findings) == ("rrrr", [])


def test_a_heading_of_which_a_part_is_struck_is_asked_about() -> None:
    def mark(sheet: Worksheet) -> None:
        texts_of("D1", ("Amount, ", False), ("USD", True), ("EUR", False))(sheet)
        sheet.delete_cols(5)

    content = with_list(mark)
    assert "struck_text" in [ask.choice for ask in checked(content).ask]
    found = checked(content, settled={"struck_text": "left"})
    assert found.rows[0].values["currency"] == "EUR"


def test_struck_remarks_that_are_not_read_ask_nothing() -> None:
    def mark(sheet: Worksheet) -> None:
        sheet["G1"] = "Something of ours"
        texts_of("G3", ("one", True), ("two", False))(sheet)

    assert checked(with_list(mark)).ask == []


def unseen(name: str, font: Font, fill: PatternFill | None = None, code: str = "General") -> bytes:
    def mark(sheet: Worksheet) -> None:
        sheet[name].font, sheet[name].number_format = font, code
        if fill:
            sheet[name].fill = fill

    return with_list(mark)


WHITE, GREY = "FFFFFFFF", "FFBFBFBF"


@pytest.mark.parametrize(
    ("font", "fill", "code"),
    [
        (Font(color=WHITE), None, "General"),
        (Font(color="FFFAFAFA"), None, "General"),
        (Font(color=Color(theme=0)), None, "General"),
        (Font(color=Color(theme=0, tint=-0.05)), None, "General"),
        (Font(color=Color(indexed=9)), None, "General"),
        (Font(color=GREY), PatternFill("solid", fgColor=GREY), "General"),
        (Font(), PatternFill("solid", fgColor="FF000000"), "General"),
        (Font(color=Color(theme=4)), PatternFill("solid", fgColor=Color(theme=4)), "General"),
        (Font(sz=1), None, "General"),
        (Font(), None, ";;;"),
        (Font(), None, '"";"";""'),
    ],
)
def test_what_nobody_can_see_is_told(font: Font, fill: PatternFill | None, code: str) -> None:
    found = checked(unseen("D3", font, fill, code))
    assert (states(found), warnings(found)) == ("rrrr", [("D3", "unseen-text")])


@pytest.mark.parametrize(
    ("font", "fill"),
    [
        (Font(color=WHITE), PatternFill("solid", fgColor="FF1F4E79")),
        (Font(color=Color(theme=0, tint=-0.5)), None),
        (Font(color=GREY), None),
        (Font(color=Color(theme=4)), None),
        (Font(color=WHITE), PatternFill("gray125")),
    ],
)
def test_what_can_be_seen_is_not_told(font: Font, fill: PatternFill | None) -> None:
    assert checked(unseen("D3", font, fill)).findings == []


def test_a_column_that_nobody_can_see_is_told_once() -> None:
    def mark(sheet: Worksheet) -> None:
        for cell in sheet["F"][1:]:
            cell.font = Font(color=WHITE)

    assert warnings(checked(with_list(mark, rows=30))) == [("F1", "unseen-text")]


def crossed(*names: str) -> Callable[[Worksheet], None]:
    def mark(sheet: Worksheet) -> None:
        line = Side("thick", color="FFFF0000")
        for name in names:
            sheet[name].border = Border(diagonal=line, diagonalUp=True)

    return mark


def test_a_row_that_is_crossed_by_lines_is_struck_out() -> None:
    found = checked(with_list(crossed(*row(3))))
    assert [(ask.choice, ask.details) for ask in found.ask] == [("struck", {"rows": "3"})]


def test_lines_across_blank_cells_and_headings_are_nothing() -> None:
    assert checked(with_list(crossed("D1", "G3", "H4"))).findings == []


def test_rows_and_columns_of_no_size_are_told_as_hidden() -> None:
    def mark(sheet: Worksheet) -> None:
        sheet.row_dimensions[3].height = 0.1
        sheet.row_dimensions[4].height = 15
        sheet.column_dimensions["D"].width = 0.1
        sheet.column_dimensions["E"].width = 10

    found = checked(with_list(mark))
    assert (states(found), warnings(found)) == (
        "rrrr",
        [("D1", "hidden-column"), ("A3", "hidden-row")],
    )
