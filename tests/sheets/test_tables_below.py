"""Tables below each other on one sheet: each is read by its own headings, or told."""

import datetime as dt
from collections.abc import Sequence
from io import BytesIO

import pytest
from openpyxl import load_workbook
from openpyxl.styles import Font

from cva.sheets.checking.checked import Checked
from cva.sheets.files.sheet_parts import row_name
from tests.sheets_made import Rows, checked, errors, saved, states, warnings, workbook

DAY = dt.date(2025, 3, 1)
HEADS: list[object] = ["Reg No", "Name", "Date", "Household size", "Amount (USD)"]


def people(*numbers: str, size: int = 5, amount: int = 50) -> list[list[object]]:
    return [[number, "Ann", DAY, size, amount] for number in numbers]


def in_order(rows: Rows, *columns: int) -> list[list[object]]:
    return [[row[at] for at in columns] for row in rows]


def below(*tables: Rows, gap: Rows = ([],)) -> bytes:
    """Tables from above, with some rows between them."""
    rows: list[Sequence[object]] = [*tables[0]]
    for table in tables[1:]:
        rows += [*gap, *table]
    return workbook(*rows)


def read(found: Checked) -> list[tuple[object, ...]]:
    names = ("registration_no", "household_size", "amount_minor")
    return [tuple(row.values.get(name) for name in names) for row in found.rows]


FIRST: Rows = [HEADS, *people("R1", "R2")]
SECOND: Rows = [HEADS, *people("R3", "R4")]
BOTH = [(f"R{at}", 5, 5000) for at in range(1, 5)]


@pytest.mark.parametrize("gap", [[], [[]], [["Village B"]], [[], ["Village B"], []]])
@pytest.mark.parametrize(
    "order", [(0, 1, 2, 4, 3), (1, 0, 2, 3, 4), (4, 3, 2, 1, 0), (0, 2, 1, 3, 4)]
)
def test_headings_in_another_order_are_read_each_in_its_own_column(
    order: tuple[int, ...], gap: Rows
) -> None:
    content = below(FIRST, in_order(SECOND, *order), gap=gap)
    asked = checked(content).ask
    assert [(one.choice, one.options[0], one.offered) for one in asked] == [("sheet", "*", "*")]
    assert asked[0].message.startswith("Several tables stand below each other")
    found = checked(content, sheet="*")
    assert (states(found), errors(found), found.ask) == ("rrrr", [], [])
    assert read(found) == BOTH


def test_a_table_with_more_columns_is_taken() -> None:
    content = below(in_order(FIRST, 0, 1, 2, 4), SECOND)
    assert read(checked(content, sheet="*")) == [
        *(("R1", None, 5000), ("R2", None, 5000)),
        *BOTH[2:],
    ]


def test_a_table_with_fewer_columns_is_taken() -> None:
    content = below(FIRST, in_order(SECOND, 0, 1, 2, 4))
    assert read(checked(content, sheet="*")) == [
        *BOTH[:2],
        *(("R3", None, 5000), ("R4", None, 5000)),
    ]


def test_the_rows_of_both_are_called_as_in_the_workbook() -> None:
    found = checked(below(FIRST, in_order(SECOND, 1, 0, 2, 3, 4)), sheet="*")
    assert [row_name(found.parts, row.number) for row in found.rows] == [
        *("List 2", "List 3"),
        *("List 6", "List 7"),
    ]
    twice = checked(below(FIRST, in_order([HEADS, *people("R3", "R1")], 1, 0, 2, 3, 4)), sheet="*")
    assert [(f.sheet, f.cell, f.details["other_row"]) for f in twice.findings] == [
        ("List", "B7", "List 2")
    ]


def test_one_of_them_may_be_meant_and_the_other_is_told() -> None:
    content = below(FIRST, in_order(SECOND, 0, 1, 2, 4, 3))
    _all, first, second = checked(content).ask[0].options
    for name, left, rows in ((first, second, BOTH[:2]), (second, first, BOTH[2:])):
        found = checked(content, sheet=name)
        assert read(found) == rows
        assert [(f.code, f.details["other"]) for f in found.findings] == [("sheet-left-out", left)]
    assert checked(content, sheet=second).header_row == 5


def test_the_row_of_headings_that_is_named_is_that_of_its_table() -> None:
    content = below(FIRST, in_order(SECOND, 0, 1, 2, 4, 3))
    found = checked(content, settled={"header_row": "5"})
    assert read(found) == BOTH[2:]
    assert [code for _, code in warnings(found)] == ["sheet-left-out"]


def test_amounts_in_another_currency_are_asked_about() -> None:
    other: Rows = [[*HEADS[:4], "Amount (EUR)"], *people("R3", "R4")]
    found = checked(below(FIRST, other, gap=[]), sheet="*")
    assert [(one.choice, one.options) for one in found.ask] == [
        ("currency", ("lists", "USD", "EUR"))
    ]
    done = checked(below(FIRST, other, gap=[]), sheet="*", settled={"currency": "lists"})
    assert [row.values["currency"] for row in done.rows] == ["USD", "USD", "EUR", "EUR"]


def test_amounts_in_thousands_are_never_read_as_the_others() -> None:
    other: Rows = [[*HEADS[:4], "Amount (thousand USD)"], *people("R3", "R4")]
    content = below(FIRST, other, gap=[])
    (question,) = checked(content).ask
    assert "*" not in question.options
    found = checked(content, sheet=question.options[0])
    assert [code for _, code in warnings(found)] == ["sheet-left-out"]


@pytest.mark.parametrize(
    "heads",
    [
        HEADS,
        ["Registration number", "Full name", "Distribution date", "Household size", "Sum (USD)"],
        ["Рег. №", "ФИО", "Дата", "Размер домохозяйства", "Сумма (USD)"],
    ],
)
def test_the_same_headings_in_the_same_columns_are_one_list(heads: list[object]) -> None:
    found = checked(below(FIRST, [heads, *people("R3", "R4")]))
    assert (read(found), found.ask, found.findings) == (BOTH, [], [])


def test_the_title_above_all_counts_for_a_table_that_has_none() -> None:
    plain: list[object] = [*HEADS[:4], "Amount"]
    rows: list[Rows] = [[["Paid in EUR"], plain, *people("R1")], [plain, *people("R2")]]
    content = below(rows[0], in_order(rows[1], 0, 1, 2, 4, 3))
    _all, _first, second = checked(content).ask[0].options
    for name in ("*", second):
        found = checked(content, sheet=name, currency="USD")
        assert {row.values["currency"] for row in found.rows} == {"EUR"}
        assert found.ask == []


@pytest.mark.parametrize(
    "heads", [["Village", "Amount (USD)", "Households"], ["Village", "Households", "Date"]]
)
@pytest.mark.parametrize("gap", [[], [[]]])
def test_a_table_that_names_nobody_is_told_and_not_taken(heads: list[object], gap: Rows) -> None:
    found = checked(below(FIRST, [heads, ["Kisumu", 2, 100], ["Ahero", 1, 50]], gap=gap))
    assert (read(found), errors(found)) == (BOTH[:2], [])
    assert {code for _, code in warnings(found)} == {"rows-skipped"}


def test_three_tables_of_which_two_are_alike() -> None:
    third: Rows = [HEADS, *people("R5")]
    found = checked(below(FIRST, in_order(SECOND, 1, 0, 2, 3, 4), third), sheet="*")
    assert read(found) == [*BOTH, ("R5", 5, 5000)]


def test_each_table_may_have_its_own_day() -> None:
    heads = ["Reg No", "Name", "Amount (USD)"]
    tables: list[Rows] = [
        [["Village A, 2 Nov 2025"], heads, ["R1", "Ann", 10]],
        [["Village B, 3 Nov 2025"], ["Name", "Reg No", "Amount (USD)"], ["Ann", "R2", 10]],
    ]
    settled = {"lists:distribution_date": "own"}
    found = checked(below(*tables), sheet="*", settled=settled)
    assert [row.values["distribution_date"] for row in found.rows] == ["2025-11-02", "2025-11-03"]
    assert found.ask == []


def test_what_is_seen_of_rows_is_that_of_their_own_table() -> None:
    book = load_workbook(BytesIO(below(FIRST, in_order(SECOND, 1, 0, 2, 3, 4))))
    sheet = book.worksheets[0]
    for cell in sheet[6]:
        cell.font = Font(strike=True)
    sheet.row_dimensions[7].hidden = True
    found = checked(saved(book), sheet="*", settled={"struck": "out"})
    assert [row.values["registration_no"] for row in found.rows] == ["R1", "R2", "R4"]
    assert ("B7", "hidden-row") in warnings(found)


def test_rows_that_number_the_columns_are_nobody() -> None:
    numbering = [1, 2, 3, 4, 5]
    first: Rows = [HEADS, numbering, *people("R1", "R2")]
    second = in_order([HEADS, *people("R3", "R4")], 4, 3, 2, 1, 0)
    content = below(first, [second[0], numbering, *second[1:]])
    assert read(checked(content, sheet="*")) == BOTH


def test_a_heading_may_end_with_a_number() -> None:
    heads = [*HEADS, "Phone 2", "x1"]
    tables = [
        [heads, *([*one, "-", "-"] for one in people(*names))] for names in (("R1",), ("R2",))
    ]
    content = below(tables[0], in_order(tables[1], 6, 5, 4, 3, 2, 1, 0))
    assert read(checked(content, sheet="*")) == [BOTH[0], BOTH[1]]


def test_whoever_stands_first_below_repeated_headings_is_no_line() -> None:
    heads = ["Amount", "Name", "Date", "Reg No", "Received"]
    content = workbook(
        heads,
        [50, "Ana Prado", "2025-03-04", "R-1", "✓"],
        [None, None, None, None, None],
        heads,
        [None, "Juan Campo", "2025-03-04", "R-2", "✗"],
        [60, "Eva Valle", "2025-03-04", "R-3", "✓"],
        [None, None, None, None, None],
        heads,
        [70, "Leo Cerro", "2025-03-04", "R-4", "✓"],
    )
    found = checked(content, currency="USD")
    assert (found.ask, states(found)) == ([], "rnrr")
    assert not [one for one in found.findings if one.code == "rows-skipped"]


def test_headings_of_two_rows_are_known_again_below_a_title() -> None:
    group: list[object] = ["Person", None, "Payment", None]
    heads: list[object] = ["Reg No", "Name", "Amount (KES)", "Received"]
    book = load_workbook(
        BytesIO(
            workbook(
                ["Ahero, 13 January 2025"],
                group,
                heads,
                ["KE-1", "Ann Example", 10, "yes"],
                ["KE-2", "Ben Example", 20, "yes"],
                [],
                ["Bondo, 14 January 2025"],
                group,
                heads,
                ["KE-3", "Cyd Example", 30, "yes"],
                ["KE-4", "Dan Example", 40, "no"],
            )
        )
    )
    for cells in ("A2:B2", "C2:D2", "A8:B8", "C8:D8"):
        book["List"].merge_cells(cells)
    found = checked(saved(book), settled={"lists:distribution_date": "own", "currency": "KES"})
    days = [(row.values["registration_no"], row.values["distribution_date"]) for row in found.rows]
    assert days == [
        ("KE-1", "2025-01-13"),
        ("KE-2", "2025-01-13"),
        ("KE-3", "2025-01-14"),
        ("KE-4", "2025-01-14"),
    ]


def test_a_title_is_nobody_where_only_numbers_are_needed_of_people() -> None:
    heads = ["Reg No", "Name", "Village"]
    found = checked(
        workbook(
            ["Ahero, 13 January 2025"],
            heads,
            ["KE-1", "Ann Example", "Ahero"],
            [],
            ["Bondo, 14 January 2025"],
            heads,
            ["KE-2", "Ben Example", "Bondo"],
        ),
        kind="cash_transfers",
        settled={"find:amount": "one", "one:amount": "5", "lists:distribution_date": "own"},
    )
    assert [row.values["registration_no"] for row in found.rows] == ["KE-1", "KE-2"]
