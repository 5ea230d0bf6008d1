"""What each of several lists says above itself or in its tab's name holds for that list alone."""

import datetime as dt

import pytest

from cva.sheets.checking.checked import Checked, row_totals
from cva.sheets.vocabulary.questions import Question
from tests.sheets.test_several_lists import person, tabs
from tests.sheets_made import Rows, checked, states, warnings, workbook

TODAY = dt.date(2025, 12, 1)
HEADS = ["Reg No", "Name", "Amount (KES)"]
DAY = "distribution_date"


def row(number: str, amount: object = 500) -> list[object]:
    return [number, "Ann", amount]


def below(*titles: str) -> bytes:
    """A table below the other, each with its title and its headings."""
    rows: list[list[object]] = []
    for at, title in enumerate(titles):
        rows += [[title], [*HEADS], row(f"R{at}1"), row(f"R{at}2"), []]
    return workbook(*rows)


def beside(*titles: str) -> bytes:
    """A table beside the other, each with its title above it."""
    above: list[object] = []
    heads: list[object] = []
    people: list[object] = []
    for at, title in enumerate(titles):
        above += [title, *[None] * len(HEADS)]
        heads += [*HEADS, None]
        people += [*row(f"R{at}"), None]
    return workbook(above, heads, people)


def on_tabs(*titles: str) -> bytes:
    """A tab for each, with its title above its headings."""
    rows: dict[str, Rows] = {
        f"T{at}": [[title], HEADS, row(f"R{at}")] for at, title in enumerate(titles)
    }
    return tabs(**rows)


def named_tabs(*names: str) -> bytes:
    rows: dict[str, Rows] = {name: [HEADS, row(f"R{at}")] for at, name in enumerate(names)}
    return tabs(**rows)


ANSWERS = {"beside": "*"}


def read(content: bytes, *, sites: str = "", **settled: str) -> Checked:
    answers = {key.replace("__", ":"): text for key, text in settled.items()}
    return checked(
        content, sheet="*", settled=ANSWERS | answers, today=TODAY, sites=sites.split()
    )  # fmt: skip


def asked(found: Checked) -> list[str]:
    return [one.choice for one in found.ask]


def only(found: Checked) -> Question:
    assert len(found.ask) == 1, found.ask
    return found.ask[0]


def days(found: Checked) -> list[object]:
    return [one.values.get(DAY) for one in found.rows]


TITLES = ("Village A, 2 Nov 2025", "Village B, 3 Nov 2025")


@pytest.mark.parametrize("lists", [below, beside, on_tabs, named_tabs])
def test_a_day_above_each_list_is_the_day_of_that_list(lists: object) -> None:
    content = lists(*TITLES)  # type: ignore[operator]
    found = read(content)
    question = only(found)
    assert (question.choice, question.options) == (f"lists:{DAY}", ("own", "one", "each"))
    assert question.offered == "own"
    shown = [day for _text, day in question.examples["own"]]
    assert shown == ["2025-11-02", "2025-11-03"]
    done = read(content, lists__distribution_date="own")
    assert set(states(done)) == {"r"}
    expected = ["2025-11-02", "2025-11-03"]
    each = len(done.rows) // 2
    assert days(done) == [expected[0]] * each + [expected[1]] * each


@pytest.mark.parametrize(
    "names",
    [
        ("2 Nov Katilu", "3 Nov Lodwar"),
        ("Бишкек 02.11", "Ош 03.11"),
        ("Kaya 2 novembre", "Pissila 3 novembre"),
        ("2-Nov", "3-Nov"),
        ("02_11_2025", "2025-11-03"),
        ("۱۱ آبان", "۱۲ آبان"),
        ("٢ تشرين الثاني", "٣ تشرين الثاني"),
    ],
)
def test_the_name_of_a_tab_may_be_a_day_without_its_year(names: tuple[str, str]) -> None:
    question = only(read(named_tabs(*names)))
    read_as = [day for _text, day in question.examples.get("own", ())]
    assert read_as == ["2025-11-02", "2025-11-03"] or "_" in names[0]


def test_a_day_without_a_year_is_the_last_there_was() -> None:
    question = only(read(named_tabs("20 Dec North", "1 Dec South")))
    assert [day for _, day in question.examples["own"]] == ["2024-12-20", "2025-12-01"]


def test_the_order_that_one_tab_shows_is_that_of_all() -> None:
    question = only(read(named_tabs("02-11", "13-11")))
    assert [day for _, day in question.examples["own"]] == ["2025-11-02", "2025-11-13"]


@pytest.mark.parametrize("names", [("02-11", "03-11"), ("2-3 Nov", "4 Nov"), ("North", "South")])
def test_what_does_not_show_each_day_is_asked_list_by_list(names: tuple[str, str]) -> None:
    content = named_tabs(*names)
    assert only(read(content)).options == ("one", "each")
    each = read(content, lists__distribution_date="each")
    assert asked(each) == [f"one:{DAY}:1", f"one:{DAY}:2"]
    assert each.ask[0].message == f'When was the list "{names[0]}" handed out?'
    answers = {f"one__{DAY}__1": "2025-11-05", f"one__{DAY}__2": "2025-11-06"}
    done = read(content, lists__distribution_date="each", **answers)
    assert (states(done), days(done)) == ("rr", ["2025-11-05", "2025-11-06"])


def test_one_day_for_all_is_said_by_a_person_only() -> None:
    content = named_tabs(*TITLES)
    one = read(content, lists__distribution_date="one")
    assert (asked(one), one.ask[0].offered) == ([f"one:{DAY}"], "")
    done = read(content, lists__distribution_date="one", one__distribution_date="2025-11-02")
    assert days(done) == ["2025-11-02"] * 2


def test_one_day_that_was_said_does_not_cover_what_the_lists_say() -> None:
    found = read(named_tabs(*TITLES), one__distribution_date="2025-11-02")
    assert asked(found) == [f"lists:{DAY}"]
    assert "ready" not in {each.state for each in found.rows}


def test_a_day_that_all_lists_name_is_one_question() -> None:
    question = only(read(on_tabs("Handed out 2 Nov 2025", "Day: 02.11.2025")))
    assert (question.choice, question.offered) == (f"one:{DAY}", "2025-11-02")


def test_a_list_that_names_no_day_beside_one_that_does_is_not_given_its_day() -> None:
    question = only(read(on_tabs("Village A, 2 Nov 2025", "Village B")))
    assert (question.choice, question.options) == (f"lists:{DAY}", ("one", "each"))
    each = read(on_tabs("Village A, 2 Nov 2025", "Village B"), lists__distribution_date="each")
    assert [one.offered for one in each.ask] == ["2025-11-02", ""]


def test_the_answer_for_each_list_never_covers_one_list() -> None:
    rows: Rows = [["Village A, 2 Nov 2025"], HEADS, row("R1")]
    found = checked(workbook(*rows), settled={f"lists:{DAY}": "own"}, today=TODAY)
    assert asked(found) == [f"one:{DAY}"]


def test_titles_between_rows_begin_a_list_where_they_name_a_day() -> None:
    rows: Rows = [HEADS, ["A, 2 Nov 2025"], row("R1"), ["B, 3 Nov 2025"], row("R2"), row("R3")]
    question = only(checked(workbook(*rows), today=TODAY))
    shown = (("3: A, 2 Nov 2025", "2025-11-02"), ("5–6: B, 3 Nov 2025", "2025-11-03"))
    assert question.examples["own"] == shown
    done = checked(workbook(*rows), settled={f"lists:{DAY}": "own"}, today=TODAY)
    assert days(done) == ["2025-11-02", "2025-11-03", "2025-11-03"]


def test_titles_that_name_villages_only_leave_one_question() -> None:
    rows: Rows = [HEADS, row("R1"), ["Village B"], row("R2")]
    assert asked(checked(workbook(*rows), today=TODAY)) == [f"one:{DAY}"]


def test_lists_below_signatures_and_lines_of_several_cells_are_read() -> None:
    rows: Rows = [
        ["Village A", "2 Nov 2025"], HEADS, row("R1"), ["Total", None, 500],
        ["Prepared by: Ann"], [], ["Village B", "3 Nov 2025"], HEADS, row("R2"),
    ]  # fmt: skip
    done = checked(workbook(*rows), settled={f"lists:{DAY}": "own"}, today=TODAY)
    assert (states(done), days(done)) == ("rr", ["2025-11-02", "2025-11-03"])


def test_a_site_in_the_name_of_each_tab_is_the_site_of_its_rows() -> None:
    heads = ["Reg No", "Name", "Date", "Amount (KES)"]
    content = tabs(Katilu=[heads, person("R1")], Lodwar=[heads, person("R2")])
    found = read(content, sites="Katilu Lodwar")
    question = only(found)
    assert (question.choice, question.blocks) == ("lists:distribution_site", False)
    assert question.examples["own"] == (("Katilu", "Katilu"), ("Lodwar", "Lodwar"))
    done = read(content, sites="Katilu Lodwar", lists__distribution_site="own")
    assert [one.values["distribution_site"] for one in done.rows] == ["Katilu", "Lodwar"]
    each = read(content, sites="Katilu Lodwar", lists__distribution_site="each")
    assert each.ask[0].options == ("Katilu", "Lodwar", "none")


def test_a_sum_above_each_list_is_the_amount_of_its_rows() -> None:
    heads = ["Reg No", "Name", "Date"]
    first, second = ["R1", "Ann", dt.date(2025, 3, 1)], ["R2", "Ben", dt.date(2025, 3, 1)]
    content = tabs(A=[["5 000 KES each"], heads, first], B=[["4 500 KES each"], heads, second])
    settled = {"find__amount": "one"}
    found = read(content, **settled)
    assert "lists:amount" in asked(found)
    done = read(content, **settled, lists__amount="own")
    assert [str(one.money) for one in row_totals(done.rows)] == ["9500.00 KES"]


BARE = ["Reg No", "Name", "Date", "Amount"]


def test_a_currency_above_each_list_is_the_currency_of_its_rows() -> None:
    content = tabs(
        A=[["Amounts in USD"], BARE, person("R1")], B=[["Amounts in KES"], BARE, person("R2")]
    )
    question = only(read(content))
    assert (question.choice, question.offered) == ("currency", "lists")
    assert question.options == ("lists", "USD", "KES")
    assert "names several currencies" in question.message
    done = read(content, currency="lists")
    assert [str(one.money) for one in row_totals(done.rows)] == ["10.00 KES", "10.00 USD"]


def test_a_currency_in_the_heading_of_each_tab_is_that_of_its_rows() -> None:
    heads = [*BARE[:3], "Amount (EUR)"]
    content = tabs(A=[[*BARE[:3], "Amount (KES)"], person("R1")], B=[heads, person("R2")])
    question = only(read(content))
    assert question.options == ("lists", "KES", "EUR")
    done = read(content, currency="lists")
    assert [str(one.money) for one in row_totals(done.rows)] == ["10.00 EUR", "10.00 KES"]


def test_a_list_that_names_no_currency_is_not_given_that_of_another() -> None:
    content = tabs(A=[["Amounts in USD"], BARE, person("R1")], B=[BARE, person("R2")])
    found = checked(content, sheet="*", currency="KES", today=TODAY)
    assert only(found).options == ("lists", "USD", "KES")
    assert (only(found).offered, "others name none" in only(found).message) == ("", True)
    each = checked(content, sheet="*", currency="KES", settled={"currency": "lists"}, today=TODAY)
    assert [str(one.money) for one in row_totals(each.rows)] == ["10.00 KES", "10.00 USD"]
    assert checked(content, sheet="*", currency="USD", today=TODAY).ask == []


def test_without_a_programme_the_answer_is_about_the_lists_that_name_no_currency() -> None:
    content = tabs(A=[BARE, person("R1")], B=[["Amounts in USD"], BARE, person("R2")])
    question = only(checked(content, sheet="*", today=TODAY))
    assert (question.options, "those others" in question.message) == ((), True)
    for answer, sums in (("KES", ["10.00 KES", "10.00 USD"]), ("USD", ["20.00 USD"])):
        done = checked(content, sheet="*", settled={"currency": answer}, today=TODAY)
        assert [str(one.money) for one in row_totals(done.rows)] == sums


def test_a_tab_that_goes_on_without_headings_is_in_the_currency_of_the_one_before() -> None:
    content = tabs(A=[["Amounts in USD"], BARE, person("R1")], B=[person("R2")])
    assert checked(content, sheet="*", currency="KES", today=TODAY).ask == []


def test_a_currency_above_a_second_table_below_the_first_is_seen() -> None:
    rows: Rows = [
        ["Amounts in KES"], BARE, person("R1"), [], ["Amounts in USD"], BARE, person("R2"),
    ]  # fmt: skip
    assert only(checked(workbook(*rows), today=TODAY)).choice == "currency"
    done = checked(workbook(*rows), settled={"currency": "lists"}, today=TODAY)
    assert [str(one.money) for one in row_totals(done.rows)] == ["10.00 KES", "10.00 USD"]


def test_the_total_of_each_list_is_compared_in_its_own_currency() -> None:
    total = ["Total", None, None, 10]
    content = tabs(
        A=[["Amounts in USD"], BARE, person("R1"), total],
        B=[["Amounts in KES"], BARE, person("R2"), [*total[:3], 11]],
    )
    assert warnings(read(content, currency="lists")) == [("D4", "total-mismatch")]


def test_a_larger_unit_above_one_list_is_that_of_its_rows_alone() -> None:
    heads = [*BARE[:3], "Amount"]
    content = tabs(
        A=[["Amounts in thousands of KES"], heads, person("R1", 5)],
        B=[["Amounts in KES"], heads, person("R2", 4000), ["Total", None, None, 4000]],
    )
    question = only(read(content))
    assert (question.choice, question.offered) == ("scale:D", "lists")
    done = read(content, scale__D="lists")
    assert [str(one.money) for one in row_totals(done.rows)] == ["9000.00 KES"]
    assert warnings(done) == [("D2", "unit-converted")]


DATED: list[object] = ["Reg No", "Name", "Date", "Amount (KES)", "Village"]
FIRST = dt.date(2025, 3, 1)


def dated(number: str, day: object, village: object = "Kora") -> list[object]:
    return [number, "Ann", day, 5, village]


@pytest.mark.parametrize("mark", ['"', "-//-", "то же", "〃"])
def test_a_ditto_at_the_head_of_a_list_is_not_filled_from_the_list_before(mark: str) -> None:
    north: Rows = [DATED, dated("R1", FIRST), dated("R2", mark)]
    south: Rows = [DATED, dated("R3", mark, mark), dated("R4", FIRST)]
    content = tabs(North=north, South=south)
    assert "Rows: North 3." in only(read(content)).message
    done = read(content, ditto__C="yes")
    assert (states(done), days(done)[1:3]) == ("rrer", ["2025-03-01", None])
    assert [(one.cell, one.code) for one in done.findings] == [
        ("C2", "date-unreadable"),
        ("E2", "value-unknown"),
    ]
    assert "settlement" not in done.rows[2].values


def test_a_ditto_below_the_headings_of_a_second_table_is_not_filled() -> None:
    rows: Rows = [
        ["North"], DATED, dated("R1", FIRST), [], ["South"], DATED, dated("R2", '"'),
    ]  # fmt: skip
    found = checked(workbook(*rows), settled={"ditto:C": "yes"}, today=TODAY)
    assert states(found) == "re"


def test_a_ditto_below_the_name_of_a_village_of_one_table_is_filled() -> None:
    rows: Rows = [DATED, ["North"], dated("R1", FIRST), ["South"], dated("R2", '"')]
    rows = [*rows, dated("R3", FIRST)]
    found = checked(workbook(*rows), settled={"ditto:C": "yes"}, today=TODAY)
    assert (states(found), days(found)) == ("rrr", ["2025-03-01"] * 3)


def test_a_name_that_is_a_mark_at_the_head_of_a_list_is_told() -> None:
    rows: Rows = [DATED, ["R1", '"', FIRST, 5, "Kora"]]
    found = checked(workbook(*rows), today=TODAY)
    assert warnings(found) == [("B2", "value-unknown")]
    assert "full_name" not in found.rows[0].values


def test_a_mark_below_a_person_who_got_nothing_in_a_month_is_what_stands_above() -> None:
    heads = ["Reg No", "Date", "Round 1", "Round 2"]
    rows: Rows = [heads, ["R1", FIRST, 5, None], ["R2", '"', 5, 6]]
    settled = {"periods": "each", "ditto:B": "yes"}
    found = checked(workbook(*rows), settled=settled, currency="KES", today=TODAY)
    assert (states(found), days(found)) == ("rrr", ["2025-03-01"] * 3)


def test_lists_are_asked_about_once_it_is_known_which_column_tells_people_apart() -> None:
    heads = ["ID no", "Name", "Amount (KES)"]
    rows: Rows = [["A, 2 Nov 2025"], heads, row("R1"), [], ["B, 3 Nov 2025"], heads, row("R2")]
    assert asked(checked(workbook(*rows), today=TODAY)) == ["find:registration_no"]
    found = checked(workbook(*rows), settled={"find:registration_no": "A"}, today=TODAY)
    assert [day for _, day in only(found).examples["own"]] == ["2025-11-02", "2025-11-03"]
