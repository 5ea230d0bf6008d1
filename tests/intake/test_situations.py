"""What happens in the field, walked from the sheet to the person's history, figures and book."""

from datetime import date

import pytest

from cva.beneficiaries import status
from cva.beneficiaries.models import PersonEventKind
from cva.beneficiaries.status import departure_texts
from cva.core.dates import Month
from cva.core.errors import ForbiddenError, InputError, NotFoundError, RuleError
from cva.entitlements import list_workflow
from cva.entitlements.delivery_comparison import Outcome
from cva.journal import service as journal
from cva.programmes.service import Mechanism
from cva.reports.monthly import figures
from cva.reports.person_history import person_history
from cva.reports.schemas import PersonSchema
from cva.rounds import list_from_sheets
from cva.rounds.field_lists import take_field_list
from cva.rounds.reconciliation import reconcile
from cva.rounds.schemas import ReconciliationSchema
from cva.transfers.models import Transfer
from cva.web.formats import ratios
from tests.intake.test_merging import person
from tests.intake.test_reversing import assert_sound, november
from tests.makers import TWO_PAID, AtWork


def history(society: AtWork, number: str) -> list[str]:
    """What happened to a person, in order."""
    found = society.see(lambda s: person_history(s, person(society, number)))
    return [line.what for line in found.lines]


def say(society: AtWork, number: str, kind: PersonEventKind, day: date | None, by: str) -> None:
    society.do(
        lambda s: status.say(s, person(society, number), kind, day, "Told by the family."),
        society.people[by],
    )


HOUSEHOLD = """
number | name        | day        | Amount RUB | household
R-001  | Anna Orlova | 2022-11-05 | 5000   | 5
"""
#: A month later she has another name, and two of the five are a household of their own.
SPLIT = """
number | name        | day        | Amount RUB | household
R-001  | Anna Lebed  | 2022-12-05 | 3000   | 3
R-101  | Ivan Orlov  | 2022-12-05 | 2000   | 2
"""


def test_a_household_splits_and_the_person_stays_the_same(society: AtWork) -> None:
    society.approved(HOUSEHOLD)
    sheet_id = society.checked(SPLIT)
    assert society.findings(sheet_id) == []
    assert society.findings(sheet_id, "warning") == [
        (2, "household-differs"),
        (2, "identity-differs"),
    ]
    sizes = society.told(sheet_id, "household-differs")["details"]
    assert (sizes["before"], sizes["now"]) == ("5", "3")
    names = society.told(sheet_id, "identity-differs")["details"]
    assert (names["registered"], names["here"]) == ("Anna Orlova", "Anna Lebed")
    society.submit(sheet_id)
    society.approve(sheet_id)

    given = society.all_of(Transfer)
    assert sorted((each.paid_on.month, each.household_size) for each in given) == [
        (11, 5),
        (12, 2),
        (12, 3),
    ]
    assert november(society) == (1, {"RUB": 500000})
    december = society.see(lambda s: figures(s, society.society_id, Month.parse("2022-12")))
    assert (december.people, december.new_people) == (2, 1)
    assert history(society, "R-001").count("paid") == 2
    again = society.checked(SPLIT.replace("2022-12", "2023-01"))
    assert "household-differs" not in [code for _row, code in society.findings(again, "warning")]
    assert_sound(society)


def test_who_moves_is_registered_anew_and_each_society_counts(
    two_societies: tuple[AtWork, AtWork],
) -> None:
    here, there = two_societies
    here.approved(TWO_PAID)
    say(here, "R-001", PersonEventKind.MOVED, date(2022, 11, 20), "field")

    later = here.checked(TWO_PAID.replace("-11-05", "-12-05"))
    assert (2, "person-not-active") in here.findings(later, "warning")
    with pytest.raises(NotFoundError):
        there.see(lambda s: status.find_person(s, there.society_id, "R-001"), there.people["field"])
    # The file did not go with her: she is new there, and nothing is said of where she came from.
    new = there.checked("number | name | day | Amount RUB\nB-77 | Anna Orlova | 2022-11-25 | 4000")
    assert [*there.findings(new), *there.findings(new, "warning")] == []
    there.submit(new)
    there.approve(new)

    assert november(here) == (2, {"RUB": 1225050})
    assert november(there) == (1, {"RUB": 400000})
    assert history(there, "B-77") == ["paid", "registered"]
    for society in two_societies:
        assert_sound(society)


def test_a_payment_after_death_is_shown_and_earlier_reach_stays(society: AtWork) -> None:
    society.approved(TWO_PAID)
    say(society, "R-001", PersonEventKind.DECEASED, date(2022, 11, 20), "field")
    assert november(society) == (2, {"RUB": 1225050})
    before = society.checked(TWO_PAID.replace("-11-05", "-11-19").replace("5000", "4000"))
    after = society.checked(TWO_PAID.replace("-11-05", "-12-19"))
    codes = [code for _row, code in society.findings(before, "warning")]
    assert "person-not-active" not in codes
    assert (2, "person-not-active") in society.findings(after, "warning")
    # Registered by a sheet of today about a day long ago.
    assert history(society, "R-001") == ["paid", "deceased", "registered"]


def test_who_died_or_moved_is_not_listed_any_more(society: AtWork) -> None:
    society.approved("number | name\nR-001 | Anna Orlova\nR-002 | Boris Lebed")
    say(society, "R-001", PersonEventKind.MOVED, date(2022, 11, 1), "finance")
    round_id = society.plan_round()
    society.list_kept("number | name\nR-001 | Anna Orlova\nR-002 | Boris Lebed\nR-3 | Dora Klein")
    field = society.people["field"]
    society.do(lambda s: list_from_sheets.draft_from_sheets(s, round_id), field)
    with pytest.raises(RuleError):
        society.do(lambda s: list_workflow.submit_list(s, round_id), field)
    say(society, "R-001", PersonEventKind.ACTIVE, date(2022, 11, 2), "field")
    society.do(lambda s: list_from_sheets.draft_from_sheets(s, round_id), field)
    society.do(lambda s: list_workflow.submit_list(s, round_id), field)


def test_who_moved_after_the_list_was_approved_is_not_paid_by_it(society: AtWork) -> None:
    round_id = society.plan_round(mechanism=Mechanism.MOBILE_MONEY)
    society.list_kept("number | name | phone\nR-001 | Anna Orlova | 1\nR-002 | Boris Lebed | 2")
    society.list_approved(round_id)
    say(society, "R-001", PersonEventKind.MOVED, date(2022, 11, 1), "finance")
    field = society.people["field"]
    taken = society.do(lambda s: take_field_list(s, round_id), field)
    assert taken.people == 1
    made = society.payments_made(society.add_provider(), round_id)
    assert (made.payments, made.departed) == (1, ["R-001"])
    found = society.see(lambda s: reconcile(s, round_id))
    assert found.people == {Outcome.OPEN: 2}


def test_what_is_said_of_a_person_has_a_day_and_a_word(society: AtWork) -> None:
    society.approved(TWO_PAID)
    with pytest.raises(InputError):
        say(society, "R-001", PersonEventKind.DECEASED, None, "field")
    with pytest.raises(InputError):
        say(society, "R-001", PersonEventKind.DECEASED, date(2999, 1, 1), "field")
    with pytest.raises(InputError):
        say(society, "R-001", PersonEventKind.MERGED, date(2022, 1, 1), "field")
    with pytest.raises(ForbiddenError):
        say(society, "R-001", PersonEventKind.MOVED, date(2022, 1, 1), "auditor")
    for name in ("manager", "admin", "partner"):  # who do not see people
        with pytest.raises(NotFoundError):
            say(society, "R-001", PersonEventKind.MOVED, date(2022, 1, 1), name)


def test_the_history_of_a_merged_person_is_one(society: AtWork) -> None:
    society.approved(TWO_PAID)
    other = TWO_PAID.replace("R-001", "R-901").replace("R-002", "R-902").replace("-11-05", "-11-25")
    second = society.approved(other)
    society.agreed("merge_people", keep="R-001", drop="R-901")
    society.agreed("reverse_row", sheet=second, row=2)
    assert sorted(history(society, "R-901")) == sorted(
        ["registered", "registered", "paid", "paid", "reversed", "merged"]
    )


IN_ROUBLES = """
number | name        | day        | Сумма, руб.
R-001  | Anna Orlova | 2016-08-05 | 2500000
"""


def test_a_redenominated_currency_has_two_units_until_the_old_one_ends(society: AtWork) -> None:
    programme_id = society.add_programme("BY-2016", currency="BYN")
    society.run_from(programme_id, date(2016, 7, 1), date(2016, 12, 31))
    new = "number | name | day | amount | currency\nR-001 | Anna Orlova | 2016-09-05 | 250 | BYN"
    society.approved(new, programme_id=programme_id)

    asking = society.checked(IN_ROUBLES, programme_id=programme_id)
    (ask,) = society.sheet(asking).asks
    assert (ask["choice"], ask["options"]) == ("currency", ["BYN", "BYR"])
    society.answer(asking, currency="BYR")
    society.submit(asking)
    society.approve(asking)

    accounts = society.see(lambda s: journal.balances(s, society.society_id))
    assert {(each.account, each.currency): each.debit_minor for each in accounts} == {
        ("1010", "BYN"): 0,
        ("1010", "BYR"): 0,
        ("5000", "BYN"): 25000,
        ("5000", "BYR"): 2500000,
    }
    assert ratios(["BYN", "BYR"]) == ["1 BYN = 10,000 BYR, by law"]
    assert_sound(society)


def test_after_the_transition_the_name_is_that_of_the_new_unit(society: AtWork) -> None:
    programme_id = society.add_programme("BY-2017", currency="BYN")
    society.run_from(programme_id, date(2017, 1, 1), date(2017, 12, 31))
    later = society.checked(IN_ROUBLES.replace("2016", "2017"), programme_id=programme_id)
    assert society.sheet(later).asks == []
    assert society.findings(later) == []


def test_who_died_since_the_first_day_is_left_off_and_the_successor_is_named(
    society: AtWork,
) -> None:
    round_id = society.plan_round(mechanism=Mechanism.MOBILE_MONEY)
    people = "A-004 | Anna Orlova | 1\nA-011 | Boris Lebed | 2\nA-012 | Dora Orlova | 3"
    society.list_kept(f"number | name | phone\n{people}")
    society.list_approved(round_id)
    field = society.people["field"]
    died = (PersonEventKind.DECEASED, date(2022, 11, 21), "Told by the family.")
    society.do(lambda s: status.say(s, person(society, "A-004"), *died, "A-012"), field)
    taken = society.do(lambda s: take_field_list(s, round_id), field)
    assert taken.people == 2
    told = "Not on it, as deceased or moved away: A-004: successor A-012"
    assert (taken.left_off, taken.listed.facts[-1]) == (told, told)
    made = society.payments_made(society.add_provider(), round_id)
    assert (made.payments, made.departed, made.successors) == (2, ["A-004"], {"A-004": "A-012"})
    assert departure_texts(made.departed, made.successors) == told
    found = society.see(lambda s: reconcile(s, round_id))
    gone = {found.number(line): found.departure_of(line) for line in found.differences}
    since = status.Status("deceased", date(2022, 11, 21))
    assert gone == {"A-004": since, "A-011": None, "A-012": None}
    (dead,) = [each for each in ReconciliationSchema().dump(found)["differences"] if each["gone"]]
    assert (dead["registration_no"], dead["gone_on"]) == ("A-004", "2022-11-21")


def test_nobody_succeeds_themselves(society: AtWork) -> None:
    society.approved(TWO_PAID)
    society.approved(TWO_PAID.replace("R-001", "R-901").replace("-11-05", "-11-25"))
    society.agreed("merge_people", keep="R-001", drop="R-901")
    died = (PersonEventKind.DECEASED, date(2022, 11, 21), "Told by the family.")
    field = society.people["field"]

    def succeeded_by(number: str) -> None:
        society.do(lambda s: status.say(s, person(society, "R-001"), *died, number), field)

    for number in ("R-001", "r-901"):
        with pytest.raises(InputError, match="own number") as caught:
            succeeded_by(number)
        assert "successor" in caught.value.fields
    succeeded_by("R-002")
    found = society.see(lambda s: person_history(s, person(society, "R-001")))
    assert found.successors[found.successor_id or 0] == "R-002"
    assert PersonSchema().dump(found)["successor"] == "R-002"


def test_of_one_day_what_was_recorded_first_stands_first(society: AtWork) -> None:
    first = society.approved(TWO_PAID, round_code="2022-11")
    society.agreed("reverse_row", sheet=first, row=2)
    society.approved(TWO_PAID.replace("R-002", "R-003"), round_code="2022-11")
    assert history(society, "R-001") == ["paid", "reversed", "paid", "registered"]


def test_a_change_of_the_list_is_told_with_its_name_and_instalment(society: AtWork) -> None:
    round_id = society.plan_round(instalments=2)
    society.list_kept("number | name\nR-001 | Anna Orlova")
    society.list_approved(round_id)
    said = {"name": "Winter rise", "changes": "R-001/2 = 6000"}
    society.agreed("amend_list", second="manager", round=round_id, **said)
    found = society.see(lambda s: person_history(s, person(society, "R-001")))
    told = [
        (line.instalment, line.money and line.money.minor, line.change, line.version)
        for line in found.lines
        if line.what == "listed"
    ]
    assert told == [(1, 500000, "", 1), (2, 500000, "", 1), (2, 600000, "Winter rise", 2)]
    (change,) = [line for line in found.lines if line.change]
    assert found.people[change.recorded_by or 0] == society.email("manager")
