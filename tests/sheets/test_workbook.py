"""Tables as a workbook: numbers are numbers, totals are formulas, currencies stay apart."""

from datetime import date
from io import BytesIO

from openpyxl import load_workbook

from cva.core.i18n import reading_in
from cva.core.money import Money
from cva.sheets.writing.table_workbook import TableColumn, TablePage, TableValue, write_workbook

COLUMNS = [
    TableColumn("Book"),
    TableColumn("Currency"),
    TableColumn("Printed", is_summed=True),
    TableColumn("Face value", 16, is_summed=True),
    TableColumn("Expires", 13),
]


def opened(rows: list[list[TableValue]], *, title: str = "Control", lines: tuple[str, ...] = ()):  # type: ignore[no-untyped-def]  # noqa: ANN201
    page = TablePage(title, lines, COLUMNS, rows, currency_column=1)
    return load_workbook(BytesIO(write_workbook([page]))).worksheets[0]


def test_figures_are_numbers_and_the_total_is_a_formula() -> None:
    sheet = opened(
        [
            ["A", "RUB", 100, Money("RUB", 50_000_050), date(2026, 12, 31)],
            ["B", "RUB", 20, Money("RUB", 100), None],
        ],
        lines=("Voucher control sheet", "As of today"),
    )
    assert [cell.value for cell in sheet[4]] == [column.heading for column in COLUMNS]
    assert sheet["D5"].value == 500000.5
    assert sheet["D5"].number_format == "#,##0.00"
    assert sheet["E5"].value.date() == date(2026, 12, 31)
    assert sheet["A7"].value == "Total"
    assert sheet["C7"].value == "=SUM($C$5:$C$6)"
    assert sheet["D7"].value == "=SUM($D$5:$D$6)"
    assert sheet.freeze_panes == "B5"
    assert sheet.page_setup.orientation == "landscape"


def test_two_currencies_are_never_added() -> None:
    sheet = opened(
        [["A", "RUB", 1, Money("RUB", 100), None], ["B", "JPY", 2, Money("JPY", 7), None]]
    )
    assert [sheet["A4"].value, sheet["C4"].value, sheet["D4"].value] == [
        "Total",
        "=SUM($C$2:$C$3)",
        None,
    ]
    assert sheet["A5"].value == "Total JPY"
    assert sheet["D5"].value == '=SUMIF($B$2:$B$3,"JPY",$D$2:$D$3)'
    assert sheet["D5"].number_format == "#,##0"
    assert sheet["A6"].value == "Total RUB"


def test_a_text_is_never_a_formula() -> None:
    sheet = opened([['=HYPERLINK("x")', "RUB", 1, None, None]])
    assert sheet["A2"].data_type == "s"
    assert sheet["A2"].value == '=HYPERLINK("x")'


def test_the_sheet_runs_as_its_reader_does() -> None:
    with reading_in("ar"):
        assert opened([["A", "RUB", 1, None, None]]).sheet_view.rightToLeft


def test_a_title_that_excel_refuses_is_made_good() -> None:
    assert opened([], title="A/B: [all] of the vouchers there are here").title == (
        "A B   all  of the vouchers ther"
    )
