"""Amounts in thousands, millions or cents: asked wherever it is said, then multiplied."""

from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

from cva.sheets.checking.checked import Checked
from cva.sheets.recognition.headings import meaning
from cva.sheets.vocabulary.scales import scale_of_heading, scale_of_line, without_scale
from tests.sheets_made import checked, errors, saved, states, warnings

DAY = "2025-03-04"


def sheet_of(
    *amounts: object,
    heading: str = "Amount",
    above: str = "",
    title: str = "List",
    code: str = "General",
    total: object = None,
) -> bytes:
    """A list with these amounts, and where it may say that they are thousands."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = title
    if above:
        sheet.append([above])
    sheet.append(["Registration number", "Full name", "Distribution date", heading])
    for number, amount in enumerate(amounts, 1):
        sheet.append([f"A-{number}", f"Example {number}", DAY, amount])
    if total is not None:
        sheet.append(["Total", None, None, total])
    for cell in sheet["D"]:
        if isinstance(cell.value, int | float):
            cell.number_format = code
    return saved(book)


def asked(found: Checked) -> list[tuple[str, tuple[str, ...], str]]:
    return [(ask.choice, ask.options, ask.offered) for ask in found.ask]


IN_THOUSANDS = [("scale:D", ("1", "1000"), "1000")]


@pytest.mark.parametrize(
    "heading",
    [
        "Amount (in 000 RUB)", "Amount in thousands", "Amount, RUB '000", "Amount (RUB thousands)",
        "Сумма, тыс. руб.", "Сумма, тыс.руб.", "Сумма в тысячах рублей", "Сумма (тыс.)",
        "Montant (en milliers)", "Monto en miles", "المبلغ (بالألف)", "مبلغ به هزار",
    ],
)  # fmt: skip
def test_a_heading_that_counts_in_thousands_is_the_amount(heading: str) -> None:
    content = sheet_of(15, 20.5, heading=heading)
    found = checked(content, currency="RUB")
    assert (asked(found), states(found), errors(found)) == (IN_THOUSANDS, "oo", [])
    read = checked(content, currency="RUB", settled={"scale:D": "1000"})
    assert [row.values["amount_minor"] for row in read.rows] == [1_500_000, 2_050_000]
    assert (states(read), ("D1", "unit-converted") in warnings(read)) == ("rr", True)
    plain = checked(content, currency="RUB", settled={"scale:D": "1"})
    assert [row.values["amount_minor"] for row in plain.rows] == [1_500, 2_050]


@pytest.mark.parametrize(
    "line",
    [
        "Единица измерения: тыс. руб.", "тыс. руб.", "(тыс. рублей)", "in thousands", "RUB '000",
        "Amounts in thousands of RUB", "Montants en milliers", "en miles", "بالألف", "بالهزار",
        "Cash list, thousand rubles",
    ],
)  # fmt: skip
def test_a_line_above_the_table_that_says_thousands_is_asked_about(line: str) -> None:
    found = checked(sheet_of(15, above=line), currency="RUB")
    assert (asked(found), states(found)) == (IN_THOUSANDS, "o")


@pytest.mark.parametrize(
    "line",
    ["List of 5 000 people", "3 thousand families", "Thousand Hills village", "5 тыс. человек",
     "Order 1 000 of 2025"],
)  # fmt: skip
def test_a_line_about_something_else_asks_nothing(line: str) -> None:
    found = checked(sheet_of(15, above=line), currency="RUB")
    assert (asked(found), states(found)) == ([], "r")


def test_the_name_of_the_sheet_says_it_too() -> None:
    assert asked(checked(sheet_of(15, title="тыс. руб"), currency="RUB")) == IN_THOUSANDS


def test_millions_and_a_choice_between_two_units() -> None:
    found = checked(sheet_of(15, heading="Сумма, млн руб."), currency="RUB")
    assert asked(found) == [("scale:D", ("1", "1000000"), "1000000")]
    both = checked(sheet_of(15, heading="Сумма, млн руб.", above="тыс. руб."), currency="RUB")
    assert asked(both) == [("scale:D", ("1", "1000", "1000000"), "")]


def test_the_question_shows_the_cells_and_what_they_would_be() -> None:
    found = checked(sheet_of(15, "20,5", heading="Сумма, тыс. руб."), currency="RUB")
    assert found.ask[0].examples == {
        "1": (("15", "15"), ("20,5", "20.5")),
        "1000": (("15", "15000"), ("20,5", "20500")),
    }


def test_an_answer_that_is_not_offered_is_none() -> None:
    content = sheet_of(15, heading="Сумма, тыс. руб.")
    assert asked(checked(content, currency="RUB", settled={"scale:D": "7"})) == IN_THOUSANDS


@pytest.mark.parametrize("code", ["#,##0,", '0.0,"k"', '#,##0," тыс."', "#,##0,\\ [$RUB]"])
def test_a_format_that_leaves_thousands_out_is_asked_about(code: str) -> None:
    content = sheet_of(45000, 45500, code=code)
    found = checked(content, currency="RUB")
    assert (asked(found), states(found), errors(found)) == (IN_THOUSANDS, "oo", [])
    assert [reading for _text, reading in found.ask[0].examples["1000"]] == ["45000", "45500"]
    for answer, minor in {"1": [4_500, 4_550], "1000": [4_500_000, 4_550_000]}.items():
        read = checked(content, currency="RUB", settled={"scale:D": answer})
        assert [row.values["amount_minor"] for row in read.rows] == minor


def test_a_heading_and_a_format_do_not_multiply_twice() -> None:
    content = sheet_of(45000, heading="Сумма, тыс. руб.", code="#,##0,")
    read = checked(content, currency="RUB", settled={"scale:D": "1000"})
    assert read.rows[0].values["amount_minor"] == 4_500_000


def test_a_format_that_names_thousands_is_asked_about() -> None:
    content = sheet_of(45, code='0" тыс. руб."')
    assert asked(checked(content, currency="RUB")) == IN_THOUSANDS
    read = checked(content, currency="RUB", settled={"scale:D": "1000"})
    assert (read.rows[0].values["amount_minor"], read.rows[0].values["currency"]) == (
        4_500_000,
        "RUB",
    )


@pytest.mark.parametrize("total", [35.5, "35,5", "35.5 тыс."])
def test_a_total_counts_in_the_same_unit(total: object) -> None:
    content = sheet_of(15, 20.5, heading="Сумма, тыс. руб.", total=total)
    read = checked(content, currency="RUB", settled={"scale:D": "1000"})
    assert "total-mismatch" not in [each.code for each in read.findings]


def test_a_plain_total_below_formats_in_thousands_is_as_it_stands() -> None:
    book_rows = sheet_of(45000, 45500, code="#,##0,", total="90500")
    read = checked(book_rows, currency="RUB", settled={"scale:D": "1000"})
    assert "total-mismatch" not in [finding.code for finding in read.findings]


def test_too_many_decimals_are_found_after_multiplying() -> None:
    content = sheet_of(0.1234567, heading="Сумма, тыс. руб.")
    read = checked(content, currency="RUB", settled={"scale:D": "1000"})
    assert errors(read) == [("D2", "amount-too-precise")]


@pytest.mark.parametrize(
    ("heading", "times", "plain"),
    [
        ("Amount (in 000 SDG)", 1000, "Amount (SDG)"),
        ("Сумма, тыс.руб.", 1000, "Сумма, руб."),
        ("Montant (en milliers d'euros)", 1000, "Montant (euros)"),
        ("مبلغ (میلیون تومان)", 1_000_000, "مبلغ (تومان)"),
        ("Amount (5 000 KGS)", 1, "Amount (5 000 KGS)"),
        ("Household size", 1, "Household size"),
    ],
)
def test_a_heading_is_read_without_its_larger_unit(heading: str, times: int, plain: str) -> None:
    assert scale_of_heading(heading) == times
    assert without_scale(heading) == plain


def test_a_heading_with_a_currency_that_several_have_is_an_amount() -> None:
    assert meaning("Montant FCFA").fields == {"amount"}
    assert scale_of_line("Montants en milliers de FCFA") == 1000


IN_CENTS = [("scale:D", ("1", "0.01"), "0.01")]


@pytest.mark.parametrize(
    "heading",
    [
        "Amount (cents)", "Amount in tyiyn", "Сумма, коп.", "Сумма в копейках",
        "Montant (centimes)",
        "Monto (centavos)", "المبلغ بالقرش", "مبلغ (سنت)", "Amount (US cents)",
    ],
)  # fmt: skip
def test_a_heading_that_counts_in_cents_is_asked_about(heading: str) -> None:
    content = sheet_of(10_000, 12_550, heading=heading, total=22_550)
    found = checked(content, settled={"currency": "EUR"})
    assert (asked(found), states(found)) == (IN_CENTS, "oo")
    assert "smaller unit" in found.ask[0].message
    read = checked(content, settled={"currency": "EUR", "scale:D": "0.01"})
    assert [row.values["amount_minor"] for row in read.rows] == [10_000, 12_550]
    assert warnings(read) == [("D1", "unit-converted")]


@pytest.mark.parametrize("line", ["Суммы в копейках", "in cents", "USD cents", "(centavos)"])
def test_a_line_or_a_tab_that_names_cents_is_asked_about(line: str) -> None:
    for content in (sheet_of(10_000, above=line), sheet_of(10_000, title=line)):
        found = checked(content, currency="RUB", settled={"currency": "RUB"})
        assert (asked(found), states(found)) == (IN_CENTS, "o")


@pytest.mark.parametrize(
    "line", ["Deux cents francs", "Сто рублей 00 коп.", "Cash list of 50 cents"]
)
def test_a_line_that_counts_something_in_cents_asks_nothing(line: str) -> None:
    assert asked(checked(sheet_of(15, above=line), settled={"currency": "EUR"})) == []


def test_a_format_may_name_cents() -> None:
    found = checked(sheet_of(10_000, code='0" cents"'), currency="USD")
    assert (asked(found), states(found)) == (IN_CENTS, "o")


def test_a_currency_of_three_digits_may_have_either_smaller_unit() -> None:
    content = sheet_of(100_000, heading="Amount (fils)")
    found = checked(content, settled={"currency": "JOD"})
    assert asked(found) == [("scale:D", ("1", "0.001", "0.01"), "")]
    read = checked(content, settled={"currency": "JOD", "scale:D": "0.001"})
    assert read.rows[0].values["amount_minor"] == 100_000


def test_no_part_of_a_cent_is_read() -> None:
    content = sheet_of(100.5, heading="Amount (cents)")
    read = checked(content, settled={"currency": "EUR", "scale:D": "0.01"})
    assert errors(read) == [("D2", "amount-too-precise")]


@pytest.mark.parametrize(
    "amount",
    ["7 миң", "7 тыс.", "7тыс", "7K", "7 к", "7 ألف", "7 هزار", "7 mil", "7 тыс. сом", "KGS 7k"],
)
def test_a_cell_that_counts_in_thousands_is_asked_about_once(amount: str) -> None:
    content = sheet_of(amount, amount, 5000)
    found = checked(content, currency="KGS")
    assert (asked(found), states(found), errors(found)) == (IN_THOUSANDS, "ooo", [])
    assert found.ask[0].examples["1000"] == ((amount, "7000"),)
    read = checked(content, currency="KGS", settled={"scale:D": "1000"})
    assert [row.values["amount_minor"] for row in read.rows] == [700_000, 700_000, 500_000]


@pytest.mark.parametrize(
    "amount", ["7 thousand people", "3 persons", "7 kg", "7 km", "миллион и 7"]
)
def test_a_cell_that_counts_something_else_is_no_amount(amount: str) -> None:
    found = checked(sheet_of(amount, 5000), currency="KGS")
    assert (found.ask, errors(found)) == ([], [("D2", "amount-unreadable")])


def test_cells_of_several_units_count_as_they_say() -> None:
    content = sheet_of("7 тыс", "1,5 млн", 5000)
    assert asked(checked(content, currency="KGS")) == [("scale:D", ("1", "own"), "own")]
    read = checked(content, currency="KGS", settled={"scale:D": "own"})
    assert [row.values["amount_minor"] for row in read.rows] == [700_000, 150_000_000, 500_000]


def test_a_cell_of_another_unit_than_its_heading_counts_as_it_says() -> None:
    content = sheet_of(7, "1.5 млн", heading="Сумма, тыс. сом")
    assert asked(checked(content, currency="KGS")) == [("scale:D", ("1", "own"), "own")]
    read = checked(content, currency="KGS", settled={"scale:D": "own"})
    assert [row.values["amount_minor"] for row in read.rows] == [700_000, 150_000_000]


@pytest.mark.parametrize(
    ("heading", "times"),
    [
        ("Amount (lakh INR)", "100000"), ("Amount INR lacs", "100000"),
        ("Amount (crores)", "10000000"),
        ("Amount, tens of KES", "10"), ("Amount (KES '00)", "100"), ("Сумма, сотни рублей", "100"),
        ("Amount (M KES)", "1000000"), ("Amount (mill. KES)", "1000000"),
        ("Amount ($m)", "1000000"),
        ("Amount (bn)", "1000000000"), ("Amount (th KES)", "1000"), ("Amount (Tsd. EUR)", "1000"),
        ("Сумма (т. руб.)", "1000"), ("Сумма, т.р.", "1000"), ("Amount in 1000 USD", "1000"),
        ("Сума, тис. грн", "1000"), ("Montant (centaines)", "100"), ("المبلغ (بالمئات)", "100"),
        ("Amount (KES x 100)", "100"), ("Amount (KES×1,000)", "1000"),
        ("Amount (KES x 250)", "250"),
        ("Amount (KES, 3 zeros omitted)", "1000"), ("Сумма (без трёх нулей)", "1000"),
    ],
)  # fmt: skip
def test_every_larger_unit_of_a_heading_is_asked_about(heading: str, times: str) -> None:
    found = checked(sheet_of(15, heading=heading), settled={"currency": "RUB"})
    assert (asked(found), states(found)) == ([("scale:D", ("1", times), times)], "o")


@pytest.mark.parametrize(
    ("line", "times"),
    [
        ("In crores", "10000000"), ("Amounts in hundreds of RUB", "100"), ("(RUB hundreds)", "100"),
        ("Amounts are x 100", "100"), ("x 100", "100"), ("3 zeros omitted", "1000"),
        ("in K", "1000"),
        ("Суммы без трёх нулей", "1000"), ("Trois zéros omis", "1000"),
        ("tres ceros omitidos", "1000"),
        ("بدون ثلاثة أصفار", "1000"), ("سه صفر حذف شده", "1000"), ("Figures, RUB mn", "1000000"),
    ],
)  # fmt: skip
def test_every_larger_unit_of_a_line_is_asked_about(line: str, times: str) -> None:
    found = checked(sheet_of(15, above=line), settled={"currency": "RUB"})
    assert asked(found) == [("scale:D", ("1", times), times)]


@pytest.mark.parametrize(
    "line",
    ["Site: Mill village", "Region: CR", "Kits 5 x 100 g", "List in 100 villages", "Group K",
     "A hundred families", "Village M, 3 Nov", "K. Sample (m)", "3 rounds x 2", "M (RUB)"],
)  # fmt: skip
def test_a_line_with_short_words_of_other_things_asks_nothing(line: str) -> None:
    assert asked(checked(sheet_of(15, above=line), currency="RUB")) == []


@pytest.mark.parametrize(
    "line",
    ["Sums in thousand USD", "All figures USD thousand", "USD thousands", "In 000 USD",
     "Figures in lakh USD", "thousands of USD", "Amounts in hundreds of dollars USD"],
)  # fmt: skip
def test_a_currency_beside_a_larger_unit_is_asked_about_too(line: str) -> None:
    content = sheet_of(15, heading="Amount (KES)", above=line)
    found = checked(content, currency="KES", settled={})
    assert {"currency", "scale:D"} == {choice for choice, _options, _offered in asked(found)}
    assert states(found) == "o"


@pytest.mark.parametrize(("note", "choice"), [("in USD", "currency"), ("in thousands", "scale:D")])
def test_a_note_on_the_heading_is_read_like_a_line_above(note: str, choice: str) -> None:
    book = load_workbook(BytesIO(sheet_of(15, heading="Amount (KES)")))
    book.worksheets[0]["D1"].comment = Comment(note, "Ann")
    assert [one for one, _options, _offered in asked(checked(saved(book)))] == [choice]
    book.worksheets[0]["D1"].comment = Comment("as agreed in the meeting", "Ann")
    assert checked(saved(book)).ask == []
