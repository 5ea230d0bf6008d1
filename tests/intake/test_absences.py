"""Who did not receive stays known when the sheet is posted, and a later payment overrides it."""

from cva.intake.views import show
from cva.journal.models import Entry
from cva.reports.verification import prove
from cva.societies import service as societies
from cva.transfers.models import Absence
from cva.transfers.round_payments import absent_in
from tests.makers import AtWork

LIST = """
number | name
R-001  | Anna Orlova
R-002  | Boris Lebed
"""
ONE_ABSENT = """
number | day        | amount | currency | received | Remarks
R-001  | 2022-11-05 | 5000   | RUB      | yes      |
R-002  |            |        |          | no       | ill at home
"""
ALL_ABSENT = """
number | day        | amount | currency | received
R-001  |            |        | RUB      | no
R-002  |            |        | RUB      | no
"""


def listed(society: AtWork) -> int:
    round_id = society.plan_round()
    society.list_kept(LIST)
    society.list_approved(round_id)
    return round_id


def test_an_absence_is_kept_under_an_entry_of_its_own(society: AtWork) -> None:
    round_id = listed(society)
    sheet_id = society.submitted(ONE_ABSENT, round_code="2022-11")
    to_come = society.see(lambda s: show(s, sheet_id))
    society.approve(sheet_id)
    (absence,) = society.all_of(Absence)
    assert (absence.instalment, absence.reason, absence.row_number) == (1, "ill at home", 3)
    kinds = [each.kind for each in society.all_of(Entry) if each.sheet_id == sheet_id]
    assert sorted(kinds) == ["absences", "cash_transfers"]
    assert len(to_come.days) == 1
    assert to_come.absent_on == to_come.days[0]
    (told,) = society.see(lambda s: absent_in(s, round_id))
    assert (told.is_received, told.sheet_id, told.row) == (False, sheet_id, 3)
    assert society.see(lambda s: prove(s, societies.get_society(s, society.society_id))).is_sound


def test_a_sheet_in_which_nobody_received_is_posted_too(society: AtWork) -> None:
    listed(society)
    sheet_id = society.approved(ALL_ABSENT, round_code="2022-11")
    assert len(society.all_of(Absence)) == 2
    assert society.state(sheet_id) == "approved"


def test_without_a_named_round_nobody_was_expected(society: AtWork) -> None:
    society.approved(ONE_ABSENT)
    assert society.all_of(Absence) == []
