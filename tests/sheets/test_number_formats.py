"""What a number format shows is read as well as the number: currencies, zeros, percentages."""

import datetime as dt
from collections.abc import Mapping

import pytest
from openpyxl import Workbook

from cva.sheets.files.format_sections import code_of, section_for
from cva.sheets.files.number_formats import format_of, shown
from tests.sheets_made import Rows, checked, errors, saved, states

HEADS = ("Registration number", "Family name", "Distribution date", "Amount")
DAY = dt.date(2025, 3, 4)
IN_DOLLARS = {"currency": "USD"}


def formatted(rows: Rows, formats: Mapping[str, str], heads: tuple[str, ...] = HEADS) -> bytes:
    """A sheet whose cells in a column have a number format, by the column's letter."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (heads, *rows):
        sheet.append(list(row))
    for letter, code in formats.items():
        for cell in sheet[letter][1:]:
            cell.number_format = code
    return saved(book)


def paid(number: object, amount: object) -> list[object]:
    return [number, "Example", DAY, amount]


@pytest.mark.parametrize(
    ("number", "code", "text"),
    [
        (450, "[$€-407] #,##0.00", "€ 450.00"),
        (450.5, '#,##0.00 "сом"', "450.50 сом"),
        (450, "#,##0\\ [$USD]", "450 USD"),
        (450, '_("$"* #,##0.00_);_("$"* \\(#,##0.00\\);_("$"* "-"??_);_(@_)', "$450.00"),
        (450.5, '#,##0 "сом"', "450.5 сом"),
        (7, 'General" сом"', "7 сом"),
        (123, "00000", "00123"),
        (12, '"RC-"0000', "RC-0012"),
        (1234567890, "000\\-000\\-0000", "123-456-7890"),
        (12345, "##-##", "123-45"),
        (123456, "00000", "123456"),
        (0.5, "0%", "50%"),
        (0.125, "0.0%", "12.5%"),
        (45000, "#,##0,", "45"),
        (45500, '0.0,"k"', "45.5k"),
        (-5, "000", "-005"),
    ],
)
def test_a_number_is_shown_as_excel_shows_it(number: float, code: str, text: str) -> None:
    assert shown(number, code) == text
    assert code_of(200, code) == code


@pytest.mark.parametrize(
    "code",
    ["General", "0", "0.00", "#,##0.00", "[Red]#,##0", "[$-419]#,##0.00", "@", "yyyy-mm-dd",
     "[h]:mm", "# ?/?", "0.00E+00", "", "_(* #,##0_);_(* \\(#,##0\\)", "###"],
)  # fmt: skip
def test_a_format_that_adds_nothing_is_none(code: str) -> None:
    assert format_of(code).is_plain
    assert code_of(200, code) == ""


@pytest.mark.parametrize(
    ("code", "currency", "minor"),
    [
        ("[$€-407] #,##0.00", "EUR", 15_050),
        ('#,##0.00" сом"', "KGS", 15_050),
        ("#,##0.00\\ [$RUB]", "RUB", 15_050),
        ("#,##0\\ ₽", "RUB", 15_050),
        ("[$KES] #,##0", "KES", 15_050),
    ],
)
def test_the_currency_of_a_format_is_that_of_its_cells(
    code: str, currency: str, minor: int
) -> None:
    found = checked(formatted([paid("R-1", 150.5)], {"D": code}), currency="USD")
    assert [(row.values["currency"], row.values["amount_minor"]) for row in found.rows] == [
        (currency, minor)
    ]


def test_a_sign_of_several_currencies_is_that_of_the_programme() -> None:
    content = formatted([paid("R-1", 150)], {"D": '"$"#,##0.00'})
    for currency in ("USD", "MXN", "COP"):
        assert checked(content, currency=currency).rows[0].values["currency"] == currency


def test_a_format_that_shows_whatever_sign_the_reader_has_shows_none() -> None:
    """Excel's own formats of money name no currency: they take that of the computer."""
    content = formatted(
        [paid("R-1", 150)], {"D": '_("$"* #,##0.00_)_("$"* \\(#,##0.00\\)_("$"* "-"??_)_(@_)'}
    )
    found = checked(content, currency="RUB")
    assert found.rows[0].values["currency"] == "RUB"


def test_each_cell_keeps_the_currency_that_it_shows() -> None:
    book_rows = [paid("R-1", 150), paid("R-2", "150 USD")]
    found = checked(formatted(book_rows, {"D": "[$€-407] #,##0.00"}), currency="RUB")
    assert [row.values["currency"] for row in found.rows] == ["EUR", "USD"]


def test_a_percentage_is_no_amount() -> None:
    found = checked(formatted([paid("R-1", 0.5)], {"D": "0%"}), currency="USD")
    assert errors(found) == [("D2", "amount-unreadable")]
    assert "50%" in [each.value for each in found.findings]


@pytest.mark.parametrize(
    ("code", "number", "kept"),
    [
        ("00000", 123, "00123"),
        ('"RC-"0000', 12, "RC-0012"),
        ("000\\-000", 1234, "001-234"),
        ("0", 123, "123"),
        ("0.00", 123, "123"),
        ("[$€-407] #,##0.00", 123, "123"),
    ],
)
def test_an_identifier_keeps_what_its_format_shows(code: str, number: int, kept: str) -> None:
    found = checked(formatted([paid(number, 100)], {"A": code}), currency="USD")
    assert found.rows[0].values["registration_no"] == kept


@pytest.mark.parametrize("total", ["450 USD", "USD 450.00", "450"])
def test_a_total_may_name_the_currency(total: str) -> None:
    rows: Rows = [paid("R-1", 150), paid("R-2", 300), ["Total", None, None, total]]
    heads = (*HEADS[:3], "Amount (USD)")
    found = checked(formatted(rows, {}, heads))
    assert (states(found), found.findings) == ("rr", [])


def test_a_total_in_another_currency_is_told() -> None:
    rows: Rows = [paid("R-1", 150), paid("R-2", 300), ["Total", None, None, "450 EUR"]]
    heads = (*HEADS[:3], "Amount (USD)")
    found = checked(formatted(rows, {}, heads))
    assert [finding.code for finding in found.findings] == ["total-mismatch"]


@pytest.mark.parametrize(
    ("code", "numbers", "expected"),
    [
        ('"No";"";"Yes"', (1, 0, 1), "nrn"),
        ('"Yes";"";"No"', (1, 0, 1), "rnr"),
        ('[=1]"absent";[=0]"present";General', (1, 0, 1), "nrn"),
        ('[>0]"нет";"да"', (1, 0, 1), "nrn"),
        ('[Red][<1]"Yes";[Blue]"No"', (1, 0, 1), "nrn"),
        ('"✗";;"✓"', (1, 0, 1), "nrn"),
    ],
)
def test_a_format_that_shows_a_text_is_read_as_that_text(
    code: str, numbers: tuple[int, ...], expected: str
) -> None:
    rows = [[*paid(f"A-{at}", 10), "USD", one] for at, one in enumerate(numbers)]
    found = checked(formatted(rows, {"F": code}, (*HEADS, "Currency", "Received")))
    assert (states(found), found.ask) == (expected, [])


def test_a_text_in_place_of_an_amount_is_none() -> None:
    rows = [paid("A-1", 100), paid("A-2", 150)]
    found = checked(formatted(rows, {"D": '[<120]"not paid";0'}), settled=IN_DOLLARS)
    assert (states(found), errors(found)) == ("er", [("D2", "amount-unreadable")])
    assert found.findings[0].value == "not paid"
    hidden = checked(formatted(rows, {"D": "[<120];0"}), settled=IN_DOLLARS)
    assert (states(hidden), errors(hidden)) == ("er", [("D2", "required")])


@pytest.mark.parametrize(
    ("number", "code", "text"),
    [
        (5, '[<10]"few";0', "few"), (10, '[<10]"few";0', None), (7, "[=7]0.0;[>7]0;General", None),
        (-1, '0;"back";"none"', "back"), (0, '0;"back";"none"', "none"), (1, '0;"back"', None),
        (0, '#,##0;-#,##0;"-"', None), (0, "0;0;", None), (3, '"a;b"', "a;b"), (1, "dd/mm", None),
    ],
)  # fmt: skip
def test_the_section_that_shows_a_number_is_found(
    number: float, code: str, text: str | None
) -> None:
    assert section_for(number, code).text == text


def test_the_section_says_what_a_number_is_counted_in() -> None:
    rows = [paid("A-1", 500), paid("A-2", 1500)]
    found = checked(
        formatted(rows, {"D": '[>=1000]0.0,"k";0'}), settled={"scale:D": "1000"}, currency="USD"
    )
    assert [row.values["amount_minor"] for row in found.rows] == [50_000, 150_000]


@pytest.mark.parametrize("code", ["0\\.00", '0"."00', "0\\,00", '#0\\.00" USD"'])
def test_a_mark_that_a_format_writes_among_the_digits_is_asked_about(code: str) -> None:
    content = formatted([paid("A-1", 10_000)], {"D": code})
    found = checked(content, settled=IN_DOLLARS)
    assert [(ask.choice, ask.options) for ask in found.ask] == [("scale:D", ("1", "0.01"))]
    read = checked(content, settled=IN_DOLLARS | {"scale:D": "0.01"})
    assert read.rows[0].values["amount_minor"] == 10_000


@pytest.mark.parametrize("code", ["#\\ ##0", "#' '##0", '#"."###"."##0', "#,##0.00"])
def test_signs_that_group_the_digits_ask_nothing(code: str) -> None:
    found = checked(formatted([paid("A-1", 10_000)], {"D": code}), settled=IN_DOLLARS)
    assert (found.ask, found.rows[0].values["amount_minor"]) == ([], 1_000_000)


@pytest.mark.parametrize("code", ['0"/"0', "000-000", '0" "0"x"0'])
def test_digits_with_something_among_them_are_no_amount(code: str) -> None:
    found = checked(formatted([paid("A-1", 10_000)], {"D": code}), settled=IN_DOLLARS)
    assert errors(found) == [("D2", "amount-unreadable")]


@pytest.mark.parametrize("code", ["0", "#,##0", '#,##0" USD"', "# ##0", "_-* #,##0_-;-* #,##0_-"])
def test_amounts_that_are_seen_rounded_are_told_once(code: str) -> None:
    rows = [paid("A-1", 100.4), paid("A-2", 150.5), paid("A-3", 200)]
    found = checked(formatted(rows, {"D": code}), settled=IN_DOLLARS)
    (told,) = [each for each in found.findings if each.severity == "warning"]
    assert (told.cell, told.code) == ("D1", "rounded-amounts")
    assert told.details == {"shown": "451.00 USD", "sum": "450.90 USD", "count": "2"}
    assert [row.values["amount_minor"] for row in found.rows] == [10_040, 15_050, 20_000]


@pytest.mark.parametrize("code", ["0.00", "General", "#,##0.00", "0.0000"])
def test_amounts_that_are_seen_in_full_are_not_told(code: str) -> None:
    rows = [paid("A-1", 100.4), paid("A-2", 0.1 + 0.2), paid("A-3", 14.999999999999998)]
    assert checked(formatted(rows, {"D": code}), settled=IN_DOLLARS).findings == []


def test_an_amount_that_is_written_anew_is_not_rounded() -> None:
    content = formatted([paid("A-1", 100.4), paid("A-2", 100)], {"D": "0"})
    assert checked(content, settled=IN_DOLLARS, amended={"D2": "100.40"}).findings == []


@pytest.mark.parametrize("code", ["0.000", "#,##0.000", '"$"0.000', "0.000;-0.000"])
def test_decimals_that_look_like_thousands_are_asked_about(code: str) -> None:
    content = formatted([paid("A-1", 380), paid("A-2", 95.5), paid("A-3", "380.000")], {"D": code})
    [question] = checked(content, settled=IN_DOLLARS).ask
    shown = {text.lstrip("$"): number for text, number in question.examples["comma"]}
    assert shown == {"380.000": "380000", "95.500": "95500"}
    for answer, amounts in {
        "comma": [38_000_000, 9_550_000, 38_000_000],
        "point": [38_000, 9_550, 38_000],
    }.items():
        found = checked(content, settled=IN_DOLLARS | {"decimal_mark": answer})
        assert [row.values["amount_minor"] for row in found.rows] == amounts


def test_three_decimals_ask_nothing_where_the_currency_has_them_or_thousands_are_seen() -> None:
    dinars = checked(formatted([paid("A-1", 380)], {"D": "0.000"}), currency="KWD")
    assert (dinars.ask, dinars.rows[0].values["amount_minor"]) == ([], 380_000)
    rows = [paid("A-1", 380), paid("A-2", 1250)]
    found = checked(formatted(rows, {"D": "#,##0.000"}), settled=IN_DOLLARS)
    assert [row.values["amount_minor"] for row in found.rows] == [38_000, 125_000]


def test_a_currency_without_decimals_does_not_settle_what_a_format_shows() -> None:
    content = formatted([paid("A-1", 380)], {"D": "0.000"})
    assert [one.choice for one in checked(content, currency="UGX").ask] == ["decimal_mark"]


def test_members_are_counted_whatever_decimals_are_shown() -> None:
    heads = (*HEADS, "Household size")
    content = formatted([[*paid("A-1", 100), 4]], {"E": "0.000"}, heads)
    found = checked(content, currency="USD")
    assert (found.ask, found.rows[0].values["household_size"]) == ([], 4)
