"""A sheet sent again after part of it was posted: only what is new or mended is offered."""

from cva.transfers.models import Transfer
from tests.makers import AtWork

FIRST = """
number | name         | day        | amount       | currency
R-001  | Anna Orlova  | 2022-11-05 | 5000         | RUB
R-002  | Boris Lebed  | 2022-11-05 | ten thousand | RUB
"""
MENDED = FIRST.replace("ten thousand", "10000") + "R-003  | New Person  | 2022-11-05 | 100 | RUB\n"
VOUCHERS = """
number | name         | day        | voucher | type
R-001  | Anna Orlova  | 2022-11-05 | V-1     | food
R-002  | Boris Lebed  | {day}      | V-2     | food
"""
PEOPLE = """
number   | name          | phone
R-101    | Clara Example | +7 495 123 45 67
{number} | Dmitri Sample |
"""


def test_rows_that_were_posted_are_not_offered_again(society: AtWork) -> None:
    first = society.approved(FIRST)
    second = society.checked(MENDED, replaces_id=first)
    assert society.rows(second) == {2: "posted", 3: "ready", 4: "ready"}
    society.submit(second)
    assert society.approve(second).posted_rows == 2
    assert len(society.all_of(Transfer)) == 3


def test_a_third_version_knows_what_the_first_and_the_second_posted(society: AtWork) -> None:
    first = society.approved(FIRST)
    second = society.approved(MENDED, replaces_id=first)
    third = society.checked(MENDED + "R-004 | X Y | 2022-11-05 | 1 | RUB\n", replaces_id=second)
    assert society.rows(third) == {2: "posted", 3: "posted", 4: "posted", 5: "ready"}


def test_a_posted_row_that_says_something_else_now_is_compared_like_every_other(
    society: AtWork,
) -> None:
    first = society.approved(FIRST, round_code="2022-11")
    changed = MENDED.replace("5000", "6000")
    second = society.checked(changed, replaces_id=first)
    assert (2, "already-paid") in society.findings(second)
    assert society.rows(second)[3] == "ready"


def test_it_stays_in_the_round_of_the_sheet_it_mends(society: AtWork) -> None:
    first = society.approved(FIRST, round_code="2022-11")
    second = society.checked(MENDED, replaces_id=first)
    assert society.sheet(second).round_id == society.sheet(first).round_id


def test_without_the_word_of_being_a_version_the_same_rows_are_errors(society: AtWork) -> None:
    society.approved(FIRST)
    second = society.checked(MENDED)
    assert (2, "already-paid") in society.findings(second)


def test_vouchers_and_people_that_were_posted_are_not_offered_again(society: AtWork) -> None:
    first = society.approved(VOUCHERS.format(day="yesterday"))
    second = society.checked(VOUCHERS.format(day="2022-11-06"), replaces_id=first)
    assert society.rows(second) == {2: "posted", 3: "ready"}
    people = society.approved(PEOPLE.format(number=""))
    mended = society.checked(PEOPLE.format(number="R-009"), replaces_id=people)
    assert society.rows(mended) == {2: "posted", 3: "ready"}


def test_a_posted_row_with_another_number_is_not_offered_as_a_new_person(society: AtWork) -> None:
    first = society.approved(FIRST)
    second = society.checked(MENDED.replace("R-001", "R-00l"), replaces_id=first)
    assert society.rows(second)[2] == "error"
    told = society.told(second, "already-paid")
    assert (told["value"], told["details"]["sheet_id"]) == ("R-001", str(first))
