"""What happens in the field, walked from the sheet to the person's history, figures and book."""

from datetime import date

import pytest

from cva.beneficiaries import status
from cva.beneficiaries.models import Collector, PersonEventKind
from cva.core.errors import ForbiddenError, InputError, RuleError
from cva.entitlements import drafting
from cva.intake import round_lists
from cva.journal import service as journal
from cva.reports.history import person_history
from cva.web.formats import ratios
from tests.intake.test_merging import person
from tests.intake.test_reversing import assert_sound, november
from tests.makers import TWO_PAID, AtWork

BY_PROXY = """
number | name        | day        | amount | Received by  | Relation to recipient | Witness
R-001  | Anna Orlova | 2022-11-05 | 5000   | Ivan Orlov   | son                   | Dora Klein
R-002  | Boris Lebed | 2022-11-05 | 7250   | Lebed Boris  |                       |
"""


def history(society: AtWork, number: str) -> list[str]:
    """What happened to a person, in order."""
    found = society.see(lambda s: person_history(s, person(society, number)))
    return [line.what for line in found.lines]


def say(society: AtWork, number: str, kind: PersonEventKind, day: date | None, by: str) -> None:
    society.do(
        lambda s: status.say(s, person(society, number), kind, day, "Told by the family."),
        society.people[by],
    )


def test_a_proxy_collects_and_the_entitled_person_counts(society: AtWork) -> None:
    society.approved(BY_PROXY)
    (collector,) = society.all_of_key(Collector, "record_id")
    assert collector.told == {
        "received_by": "Ivan Orlov",
        "relation": "son",
        "witness": "Dora Klein",
    }
    assert november(society) == (2, {"RUB": 1225000})
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
    society.do(lambda s: round_lists.draft_from_sheets(s, round_id), field)
    with pytest.raises(RuleError):
        society.do(lambda s: drafting.submit_list(s, round_id), field)
    say(society, "R-001", PersonEventKind.ACTIVE, date(2022, 11, 2), "field")
    society.do(lambda s: round_lists.draft_from_sheets(s, round_id), field)
    society.do(lambda s: drafting.submit_list(s, round_id), field)


def test_what_is_said_of_a_person_has_a_day_and_a_word(society: AtWork) -> None:
    society.approved(TWO_PAID)
    with pytest.raises(InputError):
        say(society, "R-001", PersonEventKind.DECEASED, None, "field")
    with pytest.raises(InputError):
        say(society, "R-001", PersonEventKind.DECEASED, date(2999, 1, 1), "field")
    with pytest.raises(InputError):
        say(society, "R-001", PersonEventKind.MERGED, date(2022, 1, 1), "field")
    for name in ("manager", "auditor", "admin", "partner"):
        with pytest.raises(ForbiddenError):
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
