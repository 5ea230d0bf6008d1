"""A sheet held against the ledger: paid twice, handed out twice, unknown, somebody else."""

from datetime import timedelta

import pytest

from cva.core import clock
from cva.intake.views import show
from cva.programmes.models import UnknownPeople
from cva.vouchers.models import Voucher
from tests.makers import TWO_PAID, AtWork

ONE_AGAIN = """
number | name         | day        | amount  | currency
R-001  | Anna Orlova  | 2022-11-05 | 5000    | RUB
R-003  | Clara Nagy   | 2022-11-05 | 5000    | RUB
"""
VOUCHERS = """
number | name         | day        | voucher | type
R-001  | Anna Orlova  | 2022-11-05 | V-10    | clothes
R-001  | Anna Orlova  | 2022-11-05 | V-11    | clothes
R-002  | Boris Lebed  | 2022-11-05 | V-12    | clothes
"""


def test_same_person_day_and_amount_without_a_round_is_already_paid(society: AtWork) -> None:
    first = society.approved(TWO_PAID)
    second = society.checked(ONE_AGAIN)
    assert society.findings(second) == [(2, "already-paid")]
    assert society.rows(second) == {2: "error", 3: "ready"}
    told = society.told(second, "already-paid")
    assert (told["cell"], told["details"]) == (
        "A2",
        {"sheet_id": str(first), "other_row": "2"},
    )


@pytest.mark.parametrize(
    ("number", "day", "amount"),
    [("R-001", "2022-11-06", "5000"), ("R-001", "2022-11-05", "5001")],
)
def test_another_day_or_amount_within_the_interval_is_only_asked_about(
    sqlite_society: AtWork, number: str, day: str, amount: str
) -> None:
    society = sqlite_society
    society.approved(TWO_PAID)
    again = ONE_AGAIN.replace("2022-11-05 | 5000 ", f"{day} | {amount} ", 1)
    second = society.checked(again)
    assert society.findings(second) == []
    assert society.findings(second, "warning") == [(2, "possible-duplicate")]
    assert society.told(second, "possible-duplicate")["value"] == number
    assert society.rows(second)[2] == "ready"


@pytest.mark.parametrize(
    ("day", "is_asked"),
    [
        ("2022-11-25", True),
        ("2022-11-26", False),
        ("2022-10-16", True),
        ("2022-10-15", False),
    ],
)
def test_a_possible_duplicate_lies_within_twenty_days_before_or_after(
    society: AtWork, day: str, *, is_asked: bool
) -> None:
    society.approved(TWO_PAID)
    second = society.checked(ONE_AGAIN.replace("2022-11-05", day, 1))
    warned = society.findings(second, "warning") == [(2, "possible-duplicate")]
    assert warned == is_asked


def test_in_a_named_round_a_person_is_paid_once_whatever_day_and_amount(society: AtWork) -> None:
    society.approved(TWO_PAID, round_code="2022-11")
    other = ONE_AGAIN.replace("2022-11-05 | 5000 ", "2022-11-28 | 9999 ", 1)
    assert society.findings(society.checked(other, round_code="2022-11")) == [(2, "already-paid")]
    december = other.replace("2022-11-28", "2022-12-28")
    assert society.findings(society.checked(december, round_code="2022-12")) == []


def test_the_number_is_known_whatever_its_case_and_blanks(society: AtWork) -> None:
    society.approved(TWO_PAID)
    assert society.findings(society.checked(ONE_AGAIN.replace("R-001", "r- 001"))) == [
        (2, "already-paid")
    ]


def test_another_programme_may_pay_the_same_person_the_same_day(society: AtWork) -> None:
    society.approved(TWO_PAID)
    winter = society.add_programme("WINTER")
    second = society.checked(ONE_AGAIN, programme_id=winter)
    assert society.findings(second) + society.findings(second, "warning") == []


def test_a_voucher_number_is_handed_out_once(society: AtWork) -> None:
    first = society.approved(VOUCHERS)
    again = society.checked(
        """
        number | name       | day        | voucher | type
        R-009  | Dora Klein | 2022-12-01 | v-12    | clothes
        R-009  | Dora Klein | 2022-12-01 | V-13    | clothes
        """
    )
    assert society.findings(again) == [(2, "duplicate-voucher")]
    assert society.told(again, "duplicate-voucher")["details"] == {
        "sheet_id": str(first),
        "other_row": "4",
    }


def test_several_vouchers_for_a_person_in_a_round_are_right(society: AtWork) -> None:
    society.approved(VOUCHERS, round_code="2022-11")
    more = VOUCHERS.replace("V-1", "V-2")
    second = society.approved(more, round_code="2022-11")
    assert society.findings(second) == []
    assert len(society.all_of(Voucher)) == 6


def test_unknown_people_are_registered_where_the_programme_says_so(society: AtWork) -> None:
    assert society.findings(society.checked(TWO_PAID)) == []


def test_unknown_people_are_refused_where_the_programme_says_so(society: AtWork) -> None:
    closed = society.add_programme("CLOSED", unknown_people=UnknownPeople.REFUSE)
    society.approved("number | name\nR-001 | Anna Orlova")
    sheet_id = society.checked(TWO_PAID, programme_id=closed)
    assert society.findings(sheet_id) == [(3, "unknown-beneficiary")]
    assert society.rows(sheet_id) == {2: "ready", 3: "error"}


def test_a_list_of_people_is_how_a_closed_programme_learns_of_them(society: AtWork) -> None:
    closed = society.add_programme("CLOSED", unknown_people=UnknownPeople.REFUSE)
    people = society.checked("number | name\nR-001 | Anna Orlova", programme_id=closed)
    assert society.findings(people) == []


def test_another_name_under_a_known_number_is_asked_about(society: AtWork) -> None:
    society.approved(TWO_PAID)
    sheet_id = society.checked(
        """
        number | name         | day        | amount | currency
        R-001  | Orlova Anna  | 2023-11-05 | 5000   | RUB
        R-002  | Viktor Hahn  | 2023-11-05 | 5000   | RUB
        """
    )
    assert society.findings(sheet_id, "warning") == [(3, "identity-differs")]
    assert society.told(sheet_id, "identity-differs")["details"] == {
        "here": "Viktor Hahn",
        "registered": "Boris Lebed",
    }


def test_a_phone_that_somebody_else_gave_is_asked_about(society: AtWork) -> None:
    society.approved("number | name | phone\nR-001 | Anna Orlova | +7 912 345-67-89")
    sheet_id = society.checked(
        """
        number | name        | phone            | day        | amount | currency
        R-001  | Anna Orlova | 8 912 345 67 89  | 2022-11-05 | 5000   | RUB
        R-002  | Boris Lebed | +79123456789     | 2022-11-05 | 5000   | RUB
        """
    )
    assert (3, "phone-shared") in society.findings(sheet_id, "warning")
    assert (2, "phone-shared") not in society.findings(sheet_id, "warning")


def test_a_document_that_somebody_of_another_number_has_is_told(society: AtWork) -> None:
    society.approved("number | name | document number\nR-001 | Anna Orlova | AN1234567")
    sheet_id = society.checked(
        """
        number | name        | document number | day        | amount | currency
        R-001  | Anna Orlova | AN 1234567      | 2022-11-05 | 5000   | RUB
        R-009  | Anna Orlova | an-1234567      | 2022-11-05 | 5000   | RUB
        """
    )
    assert (3, "document-shared") in society.findings(sheet_id, "warning")
    assert (2, "document-shared") not in society.findings(sheet_id, "warning")
    assert society.told(sheet_id, "document-shared")["details"] == {"other": "R-001"}


def test_another_society_knows_nothing_of_it(two_societies: tuple[AtWork, AtWork]) -> None:
    one, other = two_societies
    one.approved(VOUCHERS, round_code="1")
    one.approved(TWO_PAID, round_code="1")
    for table in (VOUCHERS, TWO_PAID):
        sheet_id = other.approved(table, round_code="1")
        assert other.findings(sheet_id) + other.findings(sheet_id, "warning") == []


def test_days_long_past_are_shown_to_sender_and_approver(sqlite_society: AtWork) -> None:
    society = sqlite_society
    sheet_id = society.submitted(TWO_PAID)
    found = society.told(sheet_id, "days-long-past")
    assert found["row"] is None
    assert found["details"] == {
        "count": "2",
        "days": "180",
        "first": "2022-11-05",
        "last": "2022-11-05",
    }
    assert "days-long-past" in {
        each.code for each in society.see(lambda s: show(s, sheet_id)).whole
    }


def test_days_of_this_half_year_are_nothing_to_say(sqlite_society: AtWork) -> None:
    society = sqlite_society
    recent = clock.today("Europe/Moscow") - timedelta(days=179)
    society_sheet = TWO_PAID.replace("2022-11-05", recent.isoformat())
    sheet_id = society.checked(society_sheet)
    whole = society.see(lambda s: show(s, sheet_id)).whole
    assert "days-long-past" not in {each.code for each in whole}
