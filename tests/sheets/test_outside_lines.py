"""Lines outside a list that name or count its people: what does not agree with it is asked."""

import datetime as dt

import pytest

from cva.sheets.checking.checked import Checked
from tests.sheets_made import Rows, checked, states, workbook

DAY = dt.date(2025, 3, 1)
HEADS = ["No.", "Reg No", "Name", "Date", "Amount (KES)"]
NAMES = ["Anna Moss", "Boris Kim", "Вера Ясная", "Sam Reed"]
PEOPLE: Rows = [[at, f"R-10{at}", name, DAY, 500 + at] for at, name in enumerate(NAMES, 1)]
TOTAL = 2010


def below(*lines: object, people: Rows = PEOPLE, heads: list[str] = HEADS) -> bytes:
    return workbook(heads, *people, [], *([line] for line in lines))


def asked(found: Checked) -> list[str]:
    return [one.kind for one in found.ask]


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("N.B. B. Kim - no", "3"),
        ("N.B. Kim B.V. - no", "3"),
        ("No-shows: R-102", "3"),
        ("r102 and R-104: see the office", "3, 5"),
        ("Boris Kim's envelope is in the safe", "3"),
        ("Ясная Вера: конверт в кассе", "4"),
        ("Note: R-102 took only half, the rest next month", "3"),
        ("Примечание: Ясная получила только половину", "4"),
        ("No. 3 paid only 150", "4"),
    ],
)
@pytest.mark.parametrize("is_below", [True, False])
def test_a_line_that_names_people_is_asked_about_with_their_rows(
    line: str, offered: str, *, is_below: bool
) -> None:
    if is_below:
        found = checked(below(line))
    else:
        if "only" in line or "только" in line:
            return  # above a list one word of a name will not do
        found = checked(workbook([line], HEADS, *PEOPLE))
        offered = ", ".join(str(int(row) + 1) for row in offered.split(", "))
    assert (asked(found), states(found)) == (["legend"], "oooo")
    assert [one.offered for one in found.ask] == [offered]
    assert ("(A7)" if is_below else "(A1)") in found.ask[0].message


def test_what_is_offered_holds_once_it_is_confirmed() -> None:
    content = below("N.B. B. Kim - no")
    offered = checked(content).ask[0].offered
    assert states(checked(content, settled={"legend": offered})) == "rnrr"
    assert states(checked(content, settled={"legend": "0"})) == "rrrr"


@pytest.mark.parametrize(
    "line",
    [
        *("Paid: 3 of 4", "Получили 3 из 4", "Payés : 3 sur 4", "Pagados: 3 de 4"),
        *("استلم 3 من 4", "دریافت: ۳ از ۴", "3/4 people were served", "1 of 4 people paid"),
        *("Total paid 1700", "Cash disbursed: 1,700 KES", "Выплачено 1 700", "Paid: 3 people"),
        *("Only 50% was paid", "Half of it was paid", "Выплачена половина", "Payé à 50 %"),
        *("The family took only half", "3rd person came late, money back in safe"),
        *("Difference due to absentees: 700", "Reste à payer: 700", "2 people did not turn up"),
    ],
)
def test_a_line_that_counts_less_than_the_list_is_asked_about(line: str) -> None:
    found = checked(below(line))
    assert (asked(found), states(found)) == (["legend"], "oooo")
    assert found.ask[0].examples == {"": ((line, ""),)}


@pytest.mark.parametrize(
    "line",
    [
        *("Paid: 4 of 4", "4/4 people were served", f"Total paid {TOTAL}", "Paid: 4 people"),
        *(f"Cash disbursed: {TOTAL:,} KES", "Each was paid 501 KES", "100% paid"),
        *("Paid on 1 March 2025", "Paid, round 3 of 4", "Page 1 of 4", "Paid by voucher no. 771"),
        *("Prepared by: Boris Kim", "Village leader: B. Kim", "Кассир: Ясная Вера"),
        *("Received by: ______", "Telephone 0700 123 456", "Two thousand and ten shillings only"),
        *("Получатели: 4", "Red Crescent, paid list of March", "Кызыл Жарым Ай, төлөнгөн тизме"),
        *("Boris Street, Kim Market", "Distribution list no. 102 of 2025"),
    ],
)
@pytest.mark.parametrize("is_below", [True, False])
def test_what_agrees_with_the_list_or_is_of_those_who_made_it_is_not(
    line: str, *, is_below: bool
) -> None:
    found = checked(below(line) if is_below else workbook([line], HEADS, *PEOPLE))
    assert (asked(found), states(found)) == ([], "rrrr")


def test_who_signs_beside_a_label_is_nobody_of_the_list() -> None:
    free: list[object] = [None] * len(HEADS)
    assert checked(workbook(HEADS, *PEOPLE, [], ["Prepared by:", *free, "Boris Kim"])).ask == []


def test_rows_that_say_so_themselves_agree_with_the_lines() -> None:
    heads = [*HEADS, "Received"]
    people: Rows = [[*one, "no" if at == 1 else "yes"] for at, one in enumerate(PEOPLE)]
    lines = ("Paid: 3 of 4", f"Total paid {TOTAL - 502}", "Envelope of R-102: in the safe")
    found = checked(below(*lines, people=people, heads=heads))
    assert (asked(found), states(found)) == ([], "rnrr")
    assert asked(checked(below("Paid: 2 of 4", people=people, heads=heads))) == ["legend"]


def test_a_total_of_another_sum_in_words_is_asked_about() -> None:
    assert asked(checked(below("Total 1700"))) == ["legend"]
    agreeing = (f"Total {TOTAL}", "Total households: 4", "Total beneficiaries: 7000")
    assert asked(checked(below(*agreeing))) == []


def test_all_lines_are_shown_with_their_cells() -> None:
    question = checked(below(*(f"R-10{at} - no" for at in range(1, 5)), "Paid: 0 of 4")).ask[0]
    assert "(A7, A8, A9, A10, A11)" in question.message
    assert len(question.examples[""]) == 5


def test_a_note_beside_one_row_may_be_about_another() -> None:
    people: Rows = [
        [*one, "N.B. B. Kim - no" if at == 0 else None] for at, one in enumerate(PEOPLE)
    ]
    question = checked(workbook(HEADS, *people)).ask[0]
    assert (question.kind, question.offered) == ("legend", "3")
    counted: Rows = [[*one, "Paid: 3 of 4" if not at else None] for at, one in enumerate(PEOPLE)]
    assert asked(checked(workbook(HEADS, *counted))) == ["legend"]
    own: Rows = [[*one, "B. Kim - no" if at == 1 else None] for at, one in enumerate(PEOPLE)]
    assert asked(checked(workbook(HEADS, *own))) == ["word"]


def test_numbers_of_digits_alone_are_none_where_they_may_be_something_else() -> None:
    people: Rows = [[at, 2020 + at, name, DAY, 500] for at, name in enumerate(NAMES, 1)]
    assert checked(below("Winter assistance 2023", people=people)).ask == []
    long: Rows = [[at, 700020 + at, name, DAY, 500] for at, name in enumerate(NAMES, 1)]
    assert checked(below("See 700022", people=long)).ask[0].offered == "3"


def test_a_list_made_before_the_hand_out_asks_nothing() -> None:
    assert checked(below("Paid: 3 of 4"), is_list=True).ask == []


@pytest.mark.parametrize("word", ["Total", "Pagados"])
def test_a_count_below_a_first_column_of_amounts_is_asked_about(word: str) -> None:
    heads = ["Monto (USD)", "Código de beneficiario", "Nombre", "Fecha de entrega"]
    people = [[row[4], *row[1:4]] for row in PEOPLE]
    assert asked(checked(below(f"{word}: 3 de 4", people=people, heads=heads))) == ["legend"]
    assert asked(checked(below(f"{word}: 4 de 4", people=people, heads=heads))) == []


def test_a_note_among_documents_is_nobody_where_nobody_has_a_number() -> None:
    heads = ["Passport", "Name", "Date", "Amount (KES)"]
    people = [[f"AK10{row[0]}", *row[2:]] for row in PEOPLE]
    found = checked(workbook(heads, *people[:2], ["did not come"], *people[2:]))
    assert len(found.rows) == len(PEOPLE)
    assert asked(found) == ["line"]
