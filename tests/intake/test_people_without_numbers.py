"""Sheets without registration numbers, from sending to posting: each person once."""

from collections.abc import Sequence
from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlmodel import col, select

from cva.beneficiaries.models import Beneficiary, Registration
from cva.beneficiaries.registration_numbers import number_with
from cva.core.errors import ConflictError
from cva.intake import sheet_submission
from cva.intake.approval import Approval
from cva.intake.kept_file import take_to_annotate
from cva.intake.receiving import Received
from cva.intake.views import SheetView, show
from cva.programmes.models import UnknownPeople
from cva.sheets.files.limits import Limits
from cva.staging.models import StagedRow
from cva.staging.rows import values_of
from cva.staging.workflow import row_counts
from tests.makers import AtWork, at_once
from tests.reading_here import files_read_here

NOVEMBER = """
No | name              | document  | phone         | Village | day        | amount | currency
1  | Иванов Пётр Ильич | AN1234567 | +996700123451 | Тюп     | 2022-11-05 | 5000   | RUB
2  | Сидорова Анна     | AN7654321 |               | Тюп     | 2022-11-05 | 5000   | RUB
3  | Асанов Бакыт      |           | +996700123453 | Тюп     | 2022-11-05 | 5000   | RUB
"""
#: The same people a month later: in another order, one without a document, one spelt otherwise.
DECEMBER = """
No | name               | document  | phone           | Village | day        | amount | currency
1  | БАКЫТ  Асанов      |           | +996 700 12 34 53 | Тюп     | 2022-12-05 | 5000   | RUB
2  | Иванов Петр        |           | +996 700 123451 | Тюп     | 2022-12-05 | 5000   | RUB
3  | Сидорова Аня       | AN7654321 |                 | Тюп     | 2022-12-05 | 5000   | RUB
4  | Токтогулова Айгуль | AN5555555 |                 | Тюп     | 2022-12-05 | 5000   | RUB
"""
NAMES_ALONE = """
No | name          | Village | day        | amount | currency
1  | Anna Orlova   | Tyup    | 2022-11-05 | 5000   | RUB
2  | Boris Lebed   | Tyup    | 2022-11-05 | 5000   | RUB
"""


def _numbers(society: AtWork, sheet_id: int) -> list[str | None]:
    """The number of each row's person, from the top."""
    query = select(StagedRow.record).where(StagedRow.sheet_id == sheet_id)
    records = society.see(lambda session: session.exec(query.order_by(col(StagedRow.number))).all())
    return [values_of(record).get("registration_no") for record in records]


def _registered(society: AtWork) -> set[str]:
    return {one.number for one in society.all_of(Registration)}


def _asked(society: AtWork, sheet_id: int) -> list[tuple[str, Sequence[str]]]:
    asks = show_of(society, sheet_id).questions
    return [(ask.kind, ask.options) for ask in asks]


def show_of(society: AtWork, sheet_id: int) -> SheetView:
    return society.see(lambda session: show(session, sheet_id))


def _states(society: AtWork, sheet_id: int) -> dict[str, int]:
    return society.see(lambda session: row_counts(session, sheet_id))


def _check_again(society: AtWork, sheet_id: int) -> None:
    act = sheet_submission.check_again
    society.check(society.do(lambda session: act(session, sheet_id), society.people["field"]))


def _answer_all(society: AtWork, sheet_id: int, answer: str) -> None:
    asks = society.sheet(sheet_id).asks
    society.answer(sheet_id, **{ask["choice"]: answer for ask in asks})


GIVEN = [number_with("ARC", count) for count in (1, 2, 3)]


def test_new_people_get_numbers_and_are_registered_by_them(society: AtWork) -> None:
    sheet_id = society.checked(NOVEMBER)
    assert society.sheet(sheet_id).asks == []
    assert _states(society, sheet_id) == {"ready": 3}
    assert _numbers(society, sheet_id) == GIVEN
    assert show_of(society, sheet_id).new_people == 3
    society.submit(sheet_id)
    assert society.approve(sheet_id).posted_rows == 3
    assert _registered(society) == set(GIVEN)


def test_the_next_months_list_finds_each_person_once(society: AtWork) -> None:
    society.approved(NOVEMBER)
    sheet_id = society.checked(DECEMBER)
    assert society.sheet(sheet_id).asks == []
    one, two, three = GIVEN
    assert _numbers(society, sheet_id)[:3] == [three, one, two]
    society.submit(sheet_id)
    society.approve(sheet_id)
    assert len(_registered(society)) == 4


def test_the_same_list_again_pays_nobody_twice(society: AtWork) -> None:
    society.approved(NOVEMBER)
    again = society.checked(NOVEMBER.replace("Асанов", "АСАНОВ "))
    assert _states(society, again) == {"error": 3}
    assert [code for _row, code in society.findings(again)] == ["already-paid"] * 3
    assert _registered(society) == set(GIVEN)


def test_what_is_paid_once_in_a_round_is_found_without_a_number(society: AtWork) -> None:
    society.approved(NOVEMBER, round_code="2022-11")
    sheet_id = society.checked(DECEMBER.replace("2022-12-05", "2022-11-20"), round_code="2022-11")
    assert _states(society, sheet_id) == {"error": 3, "ready": 1}
    assert [code for _row, code in society.findings(sheet_id)] == ["already-paid"] * 3


def test_a_person_who_is_twice_in_a_sheet_has_one_number_and_is_told(society: AtWork) -> None:
    again = "4 | Петр Иванов | AN 1234567 | | Тюп | 2022-11-05 | 5000 | RUB"
    sheet_id = society.checked(NOVEMBER + again)
    numbers = _numbers(society, sheet_id)
    assert numbers[0] == numbers[3]
    assert society.findings(sheet_id) == [(5, "duplicate-row")]
    assert society.told(sheet_id, "duplicate-row")["cell"] == "B5"


def test_people_with_names_alone_are_new_at_first_and_asked_about_later(society: AtWork) -> None:
    society.approved(NAMES_ALONE)
    sheet_id = society.checked(NAMES_ALONE.replace("2022-11-05", "2022-12-05"))
    assert _asked(society, sheet_id) == [("people", ("same", "new", "each"))]
    assert _states(society, sheet_id) == {"open": 2}
    assert _numbers(society, sheet_id) == [None, None]
    [question] = show_of(society, sheet_id).questions
    [first, _second] = question.examples["same"]
    assert first == ("2: Anna Orlova, Tyup", f"{GIVEN[0]}: Anna Orlova, Tyup")
    _answer_all(society, sheet_id, "same")
    assert _numbers(society, sheet_id) == GIVEN[:2]
    assert _states(society, sheet_id) == {"ready": 2}


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("Иванов Пётр | AN1234568 | +996700123451", "a document, day of birth or sex that differs"),
        ("Сидорова Айгуль | AN1234567 | ", "the document of somebody"),
        ("Асанов Бакыт | | +996555000000", "the name of somebody who is registered, and nothing"),
        ("Ivanov Petr | | ", "a name that is written much like"),
    ],
)
def test_a_doubt_is_told_with_its_reason_the_row_and_the_record(
    society: AtWork, row: str, why: str
) -> None:
    society.approved(NOVEMBER)
    head = "name | document | phone | Village | day | amount | currency"
    sheet_id = society.checked(f"{head}\n{row} | Тюп | 2022-12-05 | 5000 | RUB")
    [question] = show_of(society, sheet_id).questions
    assert why in question.message
    number = question.options[0]
    assert number in GIVEN
    [(record, _)] = question.examples[number]
    assert record.startswith(f"{number}: ")
    [(shown, _)] = question.examples[""]
    cells = [cell.strip() for cell in row.split("|") if cell.strip()]
    assert shown == ", ".join([f"2: {cells[0]}", "Тюп", *cells[1:]])


def test_namesakes_that_are_said_to_be_new_stay_apart(society: AtWork) -> None:
    society.approved(NAMES_ALONE)
    sheet_id = society.checked(NAMES_ALONE.replace("2022-11-05", "2022-12-05"))
    _answer_all(society, sheet_id, "new")
    society.submit(sheet_id)
    assert society.approve(sheet_id).posted_rows == 2
    assert len(_registered(society)) == 4


def test_rows_are_settled_one_by_one_where_the_answer_differs(society: AtWork) -> None:
    society.approved(NAMES_ALONE)
    sheet_id = society.checked(NAMES_ALONE.replace("2022-11-05", "2022-12-05"))
    _answer_all(society, sheet_id, "each")
    [one, two] = society.sheet(sheet_id).asks
    assert (one["options"], two["options"]) == ([GIVEN[0], "new"], [GIVEN[1], "new"])
    society.answer(sheet_id, **{one["choice"]: GIVEN[0], two["choice"]: "new"})
    numbers = _numbers(society, sheet_id)
    assert numbers[0] == GIVEN[0]
    assert numbers[1] not in {*GIVEN[:2], None}


def test_two_rows_of_one_name_alone_are_asked_about(society: AtWork) -> None:
    namesake = "3 | Anna Orlova | Tyup | 2022-11-05 | 5000 | RUB"
    sheet_id = society.checked(NAMES_ALONE + namesake)
    assert _asked(society, sheet_id) == [("twice", ("same", "several"))]
    assert _states(society, sheet_id) == {"open": 2, "ready": 1}
    _answer_all(society, sheet_id, "several")
    assert len(set(_numbers(society, sheet_id))) == 3
    same = society.checked(NAMES_ALONE.replace("5000", "4000") + namesake)
    _answer_all(society, same, "same")
    numbers = _numbers(society, same)
    assert numbers[0] == numbers[2]


def test_the_document_of_somebody_with_another_name_is_asked_about(society: AtWork) -> None:
    society.approved(NOVEMBER)
    other = """
    name          | document  | day        | amount | currency
    Boris Lebed   | AN1234567 | 2022-12-05 | 5000   | RUB
    """
    sheet_id = society.checked(other)
    assert _asked(society, sheet_id) == [("person", (GIVEN[0], "new"))]


def test_a_number_that_the_ledger_has_drawn_is_nobody_elses(society: AtWork) -> None:
    """Whoever typed it before it was drawn, or after, would receive for somebody else."""
    typed = (
        f"number | name | day | amount | currency\n{GIVEN[0]} | Petr Other | 2022-11-05 | 5 | RUB"
    )
    before = society.submitted(typed)
    drawn = society.submitted(NOVEMBER)
    assert _numbers(society, drawn)[0] == GIVEN[0]
    assert society.findings(society.checked(typed.replace("| 5 |", "| 6 |"))) == [
        (2, "number-not-given")
    ]
    assert society.approve(before).conflicts == 1
    assert society.approve(drawn).posted_rows == 3
    people = {one.identity["full_name"] for one in society.all_of(Beneficiary)}
    assert "Petr Other" not in people


def test_a_sheet_whose_people_were_registered_meanwhile_is_checked_again(society: AtWork) -> None:
    first, second = society.submitted(NOVEMBER), society.submitted(DECEMBER)
    assert society.approve(first).posted_rows == 3
    assert society.approve(second).conflicts == 3
    assert len(_registered(society)) == 3
    errors = society.findings(second)
    assert errors == [(row, "registered-since") for row in (2, 3, 4)]
    _check_again(society, second)
    assert _states(society, second) == {"ready": 4}
    society.submit(second)
    assert society.approve(second).posted_rows == 4
    assert len(_registered(society)) == 4


def test_two_sheets_posted_at_once_register_each_person_once(society: AtWork) -> None:
    first, second = society.submitted(NOVEMBER), society.submitted(DECEMBER)
    ended = at_once(lambda: society.approve(first), lambda: society.approve(second, by="finance2"))
    assert sorted(one.conflicts for one in ended if isinstance(one, Approval)) == [0, 3]
    for sheet_id in (first, second):
        if society.state(sheet_id) == "checked":
            _check_again(society, sheet_id)
            society.submit(sheet_id)
            society.approve(sheet_id)
    assert len(_registered(society)) == 4


def test_two_sheets_sent_at_once_register_each_person_once(society: AtWork) -> None:
    ended = at_once(lambda: society.send(NOVEMBER), lambda: society.send(DECEMBER))
    sent = [one for one in ended if isinstance(one, Received)]
    for received in sent:
        society.check(received.run_id)
    for received in sent:
        society.submit(received.sheet_id)
        if society.approve(received.sheet_id).conflicts:
            _check_again(society, received.sheet_id)
            society.submit(received.sheet_id)
            society.approve(received.sheet_id)
    assert len(_registered(society)) == 4


def test_people_registered_with_numbers_are_known_without_them(society: AtWork) -> None:
    society.approved(
        "number | name | document\nR-001 | Иванов Пётр Ильич | AN1234567\nR-002 | Anna | P-1"
    )
    sheet_id = society.checked(NOVEMBER)
    assert _numbers(society, sheet_id)[0] == "R-001"


def test_people_are_registered_without_numbers(society: AtWork) -> None:
    people = (
        "No | name | document\n1 | Anna Orlova | P-1\n2 | Boris Lebed | P-2\n3 | A. Orlova | P-1"
    )
    sheet_id = society.checked(people)
    assert society.sheet(sheet_id).kind == "beneficiaries"
    assert society.findings(sheet_id) == [(4, "duplicate-row")]
    society.submit(sheet_id)
    society.approve(sheet_id)
    assert _registered(society) == set(GIVEN[:2])


def test_a_programme_that_takes_nobody_new_says_who_is_not_known(society: AtWork) -> None:
    society.approved(NOVEMBER)
    closed = society.add_programme("CLOSED", unknown_people=UnknownPeople.REFUSE)
    sheet_id = society.checked(DECEMBER, programme_id=closed)
    assert society.findings(sheet_id) == [(5, "unknown-beneficiary")]
    assert society.told(sheet_id, "unknown-beneficiary")["value"] == "Токтогулова Айгуль"


def test_a_blank_number_is_an_error_where_the_sheet_has_a_column_of_them(society: AtWork) -> None:
    sheet_id = society.checked(
        "number | name | day | amount | currency\n"
        "R-1 | Anna | 2022-11-05 | 5 | RUB\n | Boris | 2022-11-05 | 5 | RUB"
    )
    assert society.findings(sheet_id) == [(3, "required")]


LIST = """
No | name        | document | amount | currency
1  | Anna Orlova | P-1      | 5000   | RUB
2  | Boris Lebed | P-2      | 5000   | RUB
"""


def test_a_list_before_hand_out_registers_each_person_once(society: AtWork) -> None:
    planned = society.plan_round("2022-11")
    society.list_kept(LIST)
    assert society.list_approved(planned) == 2
    given = """
    No | name        | document | day        | amount | currency
    1  | ORLOVA Anna | P-1      | 2022-11-05 | 5000   | RUB
    2  | Boris L.    | P-2      | 2022-11-05 | 5000   | RUB
    """
    sheet_id = society.approved(given, round_code="2022-11")
    assert _numbers(society, sheet_id) == GIVEN[:2]
    assert _registered(society) == set(GIVEN[:2])


def test_a_person_on_two_lists_of_a_round_is_not_registered_twice(society: AtWork) -> None:
    planned = society.plan_round("2022-11")
    society.list_kept(LIST)
    other = society.list_kept("name | document | amount | currency\nOrlova Anna | P1 | 5000 | RUB")
    with pytest.raises(ConflictError) as refused:
        society.list_approved(planned)
    assert refused.value.code == "people_registered_since"
    assert f"In sheet {other} these rows" in str(refused.value)
    assert _registered(society) == set()


def test_the_marked_file_carries_the_numbers_back(society: AtWork) -> None:
    bad = "4 | Токтогулова Айгуль | AN5555555 | | Тюп | 2022-11-05 | many | RUB"
    sheet_id = society.approved(NOVEMBER + bad)
    marked = society.do(lambda session: take_to_annotate(session, sheet_id))
    with files_read_here():
        content = marked.made(Limits())
    book = load_workbook(BytesIO(content))
    _findings, page, *_marks = book.worksheets
    [*_others, numbers] = page.iter_cols(values_only=True)
    assert list(numbers) == ["Number given by the ledger", *GIVEN, None]
    page["G5"] = 5000
    mended = BytesIO()
    book.save(mended)
    again = society.checked(mended.getvalue())
    assert society.sheet(again).asks == []
    assert _states(society, again) == {"posted": 3, "ready": 1}
    assert _numbers(society, again)[:3] == GIVEN


def test_a_payment_against_a_rule_is_recorded_as_an_exception(society: AtWork) -> None:
    society.approved(NOVEMBER, round_code="2022-11")
    sheet_id = society.checked(DECEMBER.replace("2022-12-05", "2022-11-20"), round_code="2022-11")
    society.except_row(sheet_id, 2, "recoverable")
    society.submit(sheet_id)
    assert society.approve(sheet_id).posted_rows == 2
    assert len(_registered(society)) == 4


def test_who_is_not_on_the_list_of_a_round_is_told_without_a_number(society: AtWork) -> None:
    planned = society.plan_round("2022-11")
    society.list_kept(LIST)
    society.list_approved(planned)
    given = """
    No | name        | document | day        | amount | currency
    1  | Anna Orlova | P-1      | 2022-11-05 | 5000   | RUB
    2  | Dina Volk   | P-9      | 2022-11-05 | 5000   | RUB
    """
    sheet_id = society.checked(given, round_code="2022-11")
    assert society.findings(sheet_id) == [(3, "not-on-list")]
    assert society.told(sheet_id, "not-on-list")["cell"] == "B3"


def test_vouchers_are_handed_out_to_people_without_numbers(society: AtWork) -> None:
    vouchers = """
    name        | document | day        | voucher | amount | currency
    Anna Orlova | P-1      | 2022-11-05 | V-1     | 300    | RUB
    Anna Orlova | P-1      | 2022-11-05 | V-2     | 300    | RUB
    Boris Lebed | P-2      | 2022-11-05 | V-3     | 300    | RUB
    """
    sheet_id = society.approved(vouchers)
    assert _numbers(society, sheet_id) == [GIVEN[0], GIVEN[0], GIVEN[1]]
    assert _registered(society) == set(GIVEN[:2])
