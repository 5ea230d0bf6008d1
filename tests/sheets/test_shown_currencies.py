"""The currency that a sheet shows: cell, column, heading, lines, its name, the programme's."""

from collections.abc import Mapping, Sequence
from io import BytesIO

import pytest
import xlwt
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from cva.sheets.checking.checked import Checked
from cva.sheets.vocabulary.currencies import Reader
from cva.sheets.vocabulary.currency_lines import units_in_lines
from tests.sheets_made import checked, errors, saved, states, warnings, workbook

DAY = "2025-03-04"
EURO = "[$€-407] #,##0.00"
DOLLAR = "[$USD] #,##0.00"


def sheet_of(
    *amounts: object,
    heading: str = "Amount",
    above: Sequence[str] = (),
    title: str = "List",
    codes: Mapping[int, str] | None = None,
    total: object = None,
    currencies: Sequence[object] = (),
) -> bytes:
    """A list with these amounts; ``codes`` are number formats by the amount's place from 0."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = title
    for line in above:
        sheet.append([line])
    heads = ["Registration number", "Full name", "Distribution date", heading]
    sheet.append([*heads, "Currency"] if currencies else heads)
    for at, amount in enumerate(amounts):
        beside = currencies[at : at + 1]
        sheet.append([f"A-{at}", f"Example {at}", DAY, amount, *beside])
        sheet.cell(sheet.max_row, 4).number_format = (codes or {}).get(at, "General")
    if total is not None:
        sheet.append(["Total", None, None, total])
    return saved(book)


def found_in(found: Checked) -> list[object]:
    return [row.values.get("currency") for row in found.rows]


def asked(found: Checked) -> list[tuple[str, ...]]:
    assert all(ask.choice == "currency" for ask in found.ask)
    return [ask.options for ask in found.ask]


@pytest.mark.parametrize(
    "line",
    [
        "Distribution list, amounts in EUR", "Cash list (EUR)", "EUR", "Amounts: EUR", "In euros",
        "Суммы в евро", "Liste de paiement en euros", "Cash list – €", "Currency: EUR",
        "Cash list (eur)",
    ],
)  # fmt: skip
def test_a_line_above_the_table_goes_before_the_programme(line: str) -> None:
    found = checked(sheet_of(150, above=[line]), currency="RUB")
    assert (asked(found), found_in(found), warnings(found)) == ([], ["EUR"], [])


@pytest.mark.parametrize("line", ["Сума на чалавека", "Сума виплат за лютий", "Сума: лютий"])
def test_a_word_for_the_amount_is_no_currency_of_another_language(line: str) -> None:
    heads = ["Нумар рэгістрацыі", "Дата выплаты", "Сума"]
    found = checked(workbook([line], [], heads, ["R1", DAY, 50]), currency="EUR")
    assert {row.values.get("currency", "EUR") for row in found.rows} == {"EUR"}


@pytest.mark.parametrize("title", ["EUR", "Cash (EUR)", "List, €"])
def test_so_does_the_name_of_the_sheet(title: str) -> None:
    assert found_in(checked(sheet_of(150, title=title), currency="RUB")) == ["EUR"]


@pytest.mark.parametrize(
    "line", ["Budget of 50 000 EUR", "Cash distribution EUR March", "Grant € 50 000"]
)
def test_a_line_that_may_be_about_something_else_is_asked_about(line: str) -> None:
    found = checked(sheet_of(150, above=[line]), currency="RUB")
    assert (asked(found), states(found)) == ([("EUR", "RUB")], "o")
    assert found.ask[0].examples == {"EUR": ((line, ""),)}
    for code in ("EUR", "RUB"):
        settled = checked(sheet_of(150, above=[line]), currency="RUB", settled={"currency": code})
        assert (found_in(settled), settled.ask) == ([code], [])


def test_a_line_that_speaks_of_the_programmes_currency_speaks_for_it() -> None:
    for line in ("Budget of 50 000 RUB", "1 USD = 90 RUB", "Выплата, 5000 руб. на семью"):
        found = checked(sheet_of(150, above=[line]), currency="RUB")
        assert (asked(found), found_in(found), warnings(found)) == ([], ["RUB"], [])


@pytest.mark.parametrize("line", ["LIST OF ALL PEOPLE", "All", "TOP 10", "CAD d'aide"])
def test_a_word_that_is_a_code_too_is_a_word(line: str) -> None:
    found = checked(sheet_of(150, above=[line]), currency="RUB")
    assert (asked(found), found_in(found)) == ([], ["RUB"])


@pytest.mark.parametrize(
    ("how", "options"),
    [
        ({"above": ["Amounts in USD"], "codes": {0: EURO, 1: EURO}}, ("USD", "EUR", "own")),
        ({"heading": "Amount (USD)", "codes": {0: EURO, 1: EURO}}, ("USD", "EUR", "own")),
        ({"heading": "Amount (USD)", "above": ["Amounts in EUR"]}, ("USD", "EUR")),
        ({"above": ["Amounts in EUR", "Amounts in USD"]}, ("EUR", "USD")),
        ({"above": ["Amounts in EUR"], "title": "USD"}, ("EUR", "USD")),
        ({"codes": {0: EURO, 1: DOLLAR}}, ("EUR", "USD", "own")),
        ({"codes": {0: EURO}}, ("EUR", "RUB", "own")),
        ({"total": "300 EUR"}, ("EUR", "RUB")),
    ],
)
def test_what_disagrees_is_asked_once_with_its_places(
    how: dict[str, object], options: tuple[str, ...]
) -> None:
    content = sheet_of(150, 150, **how)  # type: ignore[arg-type]
    found = checked(content, currency="RUB")
    assert (asked(found), states(found), errors(found)) == ([options], "oo", [])
    for code in options:
        settled = checked(content, currency="RUB", settled={"currency": code})
        assert (settled.ask, errors(settled), states(settled)) == ([], [], "rr")
        if code != "own":
            assert found_in(settled) == [code, code]


def test_each_cell_is_right_where_the_sender_says_so() -> None:
    content = sheet_of(150, 150, 150, codes={0: EURO, 1: DOLLAR})
    found = checked(content, currency="RUB", settled={"currency": "own"})
    assert found_in(found) == ["EUR", "USD", "RUB"]


def test_cells_that_name_their_own_currency_keep_it() -> None:
    content = sheet_of("USD 50", "50 EUR", "70 €")
    found = checked(content, currency="RUB")
    assert (asked(found), found_in(found)) == ([], ["USD", "EUR", "EUR"])
    mixed = sheet_of("USD 50", 50)
    assert asked(checked(mixed, currency="RUB")) == [("RUB", "USD", "own")]
    settled = checked(mixed, currency="RUB", settled={"currency": "RUB"})
    assert found_in(settled) == ["USD", "RUB"]


def test_a_cell_that_contradicts_its_heading_is_told_there() -> None:
    found = checked(sheet_of("USD 15", 20, heading="Amount (KES)"))
    assert (asked(found), errors(found)) == ([], [("D2", "currency-mismatch")])


def test_a_cell_that_contradicts_the_answer_is_not_read() -> None:
    content = sheet_of("USD 15", 20, above=["Amounts in EUR"])
    assert asked(checked(content)) == [("EUR", "USD", "own")]
    found = checked(content, settled={"currency": "EUR"})
    assert errors(found) == [("D3", "currency-mismatch")]


def test_where_nothing_speaks_of_a_currency_the_programmes_is_assumed_and_told() -> None:
    found = checked(sheet_of(150, 150), currency="RUB")
    assert (found_in(found), warnings(found)) == (["RUB", "RUB"], [("D1", "currency-assumed")])
    assert found.findings[0].details == {"currency": "RUB"}


@pytest.mark.parametrize(
    "how",
    [
        {"heading": "Amount (RUB)"}, {"heading": "Сумма, руб."}, {"above": ["тыс. человек, руб."]},
        {"title": "RUB"}, {"codes": {0: "#,##0\\ ₽", 1: "#,##0\\ ₽"}}, {"total": "300 RUB"},
        {"currencies": ["RUB", "RUB"]}, {"currencies": ["RUB", None]},
        {"codes": {0: "#,##0\\ ₽"}},
    ],
)  # fmt: skip
def test_what_the_sheet_supports_is_no_assumption(how: dict[str, object]) -> None:
    found = checked(sheet_of(150, 150, **how), currency="RUB")  # type: ignore[arg-type]
    assert (found_in(found), warnings(found), found.ask) == (["RUB", "RUB"], [], [])


def test_a_settled_currency_is_no_assumption() -> None:
    found = checked(sheet_of(150), currency="RUB", settled={"currency": "KGS"})
    assert (found_in(found), found.findings) == (["KGS"], [])


def with_fee(amount: object, fee: object, heading: str = "Fee") -> bytes:
    heads = ["Registration number", "Full name", "Distribution date", "Amount", heading]
    return workbook(heads, ["A-1", "Example", DAY, amount, fee])


def test_a_fee_is_in_the_currency_of_its_amount() -> None:
    found = checked(with_fee("USD 50", 2), currency="RUB")
    assert (found_in(found), found.findings, found.ask) == (["USD"], [], [])
    assert found.rows[0].values["fee_minor"] == 200


@pytest.mark.parametrize(("fee", "heading"), [("2 EUR", "Fee"), (2, "Fee (EUR)")])
def test_a_fee_in_another_currency_is_told_and_not_read(fee: object, heading: str) -> None:
    found = checked(with_fee("USD 50", fee, heading), currency="RUB")
    assert warnings(found) == [("E2", "currency-mismatch")]
    assert "fee_minor" not in found.rows[0].values


def test_a_blank_in_a_column_of_another_currency_is_not_filled_with_the_programmes() -> None:
    found = checked(sheet_of(150, 150, currencies=["USD", None]), currency="RUB")
    assert errors(found) == [("E3", "required")]


@pytest.mark.parametrize("heading", ["Amount", "Amount (EUR)"])
def test_where_formats_are_not_read_the_currency_is_asked(heading: str) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("List")
    for at, text in enumerate(["Registration number", "Full name", "Distribution date", heading]):
        sheet.write(0, at, text)
    for at, value in enumerate(["A-1", "Example", DAY, 150]):
        sheet.write(1, at, value, xlwt.easyxf(num_format_str=EURO))
    target = BytesIO()
    book.save(target)
    found = checked(target.getvalue(), "list.xls", currency="RUB")
    if heading == "Amount":
        assert [(ask.options, ask.offered) for ask in found.ask] == [((), "RUB")]
    else:
        assert (found_in(found), found.ask) == (["EUR"], [])


def test_units_in_lines_are_found_once_and_certain_ones_first() -> None:
    found = units_in_lines(Reader(), ["Budget 5 000 EUR", "Amounts in EUR", "and 10 USD"])
    assert [(one.unit.currency, one.is_certain) for one in found] == [("EUR", True), ("USD", False)]


@pytest.mark.parametrize("title", ["2025 PEN", "List MAD", "Village ILS"])
def test_a_code_that_is_a_word_too_is_asked_about_at_the_end_of_a_tabs_name(title: str) -> None:
    assert asked(checked(sheet_of(5, title=title), currency="KES"))


@pytest.mark.parametrize("title", ["LIST PEN", "List ALL", "MAD hatters"])
def test_a_word_in_a_tabs_name_is_no_currency(title: str) -> None:
    assert not asked(checked(sheet_of(5, title=title), currency="KES"))


def asked_currency(found: Checked) -> tuple[str, ...] | None:
    """The options of the question for the currency; None where it is not asked."""
    return next((ask.options for ask in found.ask if ask.choice == "currency"), None)


@pytest.mark.parametrize(
    ("heading", "options"),
    [
        ("Montant (FCFA)", ("XAF", "XOF")),
        ("Amount (shillings)", ("KES", "SOS", "TZS", "UGX")),
        (
            "المبلغ (دينار)",
            ("BHD", "DZD", "IQD", "JOD", "KWD", "LYD", "MKD", "RSD", "TND"),
        ),
    ],
)
def test_a_name_of_several_currencies_offers_them(heading: str, options: tuple[str, ...]) -> None:
    found = checked(sheet_of(50, heading=heading), currency="EUR")
    assert asked_currency(found) == options
    assert "one of several" in found.ask[0].message
    settled = checked(sheet_of(50, heading=heading), settled={"currency": options[0]})
    assert (asked_currency(settled), states(settled)) == (None, "r")


def test_an_arabic_name_is_known_behind_the_and_in_the() -> None:
    for line in ("المبالغ بالدينار الأردني", "العملة: الدينار الأردني"):
        assert [one.unit.currency for one in units_in_lines(Reader(), [line])] == ["JOD"]


@pytest.mark.parametrize(
    ("currency", "language", "meant"),
    [
        (None, "en", "USD"),
        (None, "ru", "USD"),
        (None, "es", None),
        ("MXN", "es", "MXN"),
        ("HNL", "es", "USD"),
        ("KGS", "en", "USD"),
    ],
)
def test_the_sign_of_the_dollar_is_the_peso_where_it_may_be(
    currency: str | None, language: str, meant: str | None
) -> None:
    reader = Reader((currency,) if currency else (), frozenset({language}))
    found = reader.unit("$")
    assert (found.currency if found else None) == meant


def test_dollars_in_a_country_with_dollars_of_its_own_are_asked_about() -> None:
    assert Reader(("LRD",)).unit("dollars") is None
    found = Reader(("KGS",)).unit("dollars")
    assert found is not None
    assert found.currency == "USD"


@pytest.mark.parametrize(
    ("line", "options"),
    [
        ("Distribution, montants en FCFA", ("XAF", "XOF")),
        ("Croissant-Rouge – dirhams", ("AED", "MAD")),
        ("Card list, 6 Nov 2026 TRY", ("TRY", "KGS")),
    ],
)
def test_the_programme_s_currency_is_not_assumed_where_a_line_may_name_another(
    line: str, options: tuple[str, ...]
) -> None:
    found = checked(sheet_of(50, 60, above=[line]), currency="KGS")
    assert (asked_currency(found), states(found)) == (options, "oo")
    assert not [one for one in found.findings if one.code == "currency-assumed"]


def test_letters_in_brackets_that_nobody_knows_may_be_a_currency() -> None:
    found = checked(sheet_of(50, heading="Amount (Zk)"), currency="KGS")
    assert asked_currency(found) == ()


@pytest.mark.parametrize("line", ["List of ALL people", "TOP 10", "LIST FOR THE CUP", "Net"])
def test_words_in_capitals_are_no_currency(line: str) -> None:
    assert states(checked(sheet_of(50, above=[line]), currency="KGS")) == "r"


def test_a_heading_that_is_a_code_is_over_amounts_in_it() -> None:
    found = checked(sheet_of(50, 60, heading="AMD"), currency="KGS")
    assert [row.values["currency"] for row in found.rows] == ["AMD", "AMD"]


@pytest.mark.parametrize("cell", ["500.000 Fmg", "500 gourdes haïtiennes vieilles", "abc"])
def test_a_cell_with_an_unknown_word_is_no_example_of_another_currency(cell: str) -> None:
    heads = ["Reg No", "Name", "Date", "Amount"]
    rows = [[f"R{at}", "A", "2025-03-01", text] for at, text in enumerate(["100 Ar", cell])]
    found = checked(workbook(heads, *rows), currency="KGS")
    assert (found.ask, errors(found)) == ([], [("D3", "amount-unreadable")])
    (question,) = checked(workbook(heads, *rows, ["R9", "A", "2025-03-01", 70]), currency="KGS").ask
    assert question.examples["KGS"] == (("70", ""),)
