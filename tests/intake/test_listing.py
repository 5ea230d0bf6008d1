"""Lists of sheets: what is found, a page at a time, in whose societies; and what waits for whom."""

import unicodedata
from datetime import UTC, datetime

import time_machine

from cva.core.dates import Month
from cva.core.db import transaction
from cva.core.jobs import Job, JobState
from cva.core.paging import Page
from cva.core.permissions import Role
from cva.core.tenancy import SYSTEM, Actor
from cva.intake.inbox import SheetFilter, described, list_senders, list_sheets
from cva.intake.to_do import MOST_SHOWN, Need, ToDo, to_do
from cva.staging.models import Sheet
from tests.makers import TWO_PAID, AtWork, many_paid


def named(society: AtWork, filename: str, by: str = "field") -> int:
    """A sheet that was received and not checked yet."""
    return society.send(TWO_PAID, by=by, filename=filename).sheet_id


def found(society: AtWork, by: str = "finance", **wanted: object) -> list[int | None]:
    filters = SheetFilter(**wanted)  # type: ignore[arg-type]
    page = society.see(lambda session: list_sheets(session, filters), society.people[by])
    assert page.total == len(page.items)
    return [each.id for each in page.items]


def waiting(society: AtWork, by: str) -> ToDo:
    return society.see(to_do, society.people[by])


def needs(society: AtWork, by: str = "field") -> list[tuple[int | None, Need]]:
    return [(task.line.sheet.id, task.need) for task in waiting(society, by).own]


def test_a_list_has_pages_newest_first_and_tells_how_many_there_are(society: AtWork) -> None:
    ids = [named(society, f"{number}.xlsx") for number in range(7)]

    def page(number: int) -> Page[Sheet]:
        return society.see(
            lambda session: list_sheets(session, page=number, size=3), society.people["finance"]
        )

    shown = [[each.id for each in page(number).items] for number in (1, 2, 3)]
    assert shown == [ids[:3:-1], ids[3:0:-1], ids[:1]]
    assert (page(1).total, page(1).pages) == (7, 3)
    assert [page(number).number for number in (-1, 0, 4)] == [1, 1, 3]
    nobody = society.see(list_sheets, Actor(0))
    assert (list(nobody.items), nobody.total, nobody.pages) == ([], 0, 1)


def test_sheets_are_found_by_name_in_any_capitals_or_by_number(society: AtWork) -> None:
    november, yoga = named(society, "Ноябрь 50%.xlsx"), named(society, "MARCH_1.xlsx")
    decomposed = named(society, unicodedata.normalize("NFD", "йога.xlsx"))
    for text in ("ноябрь", "НОЯБРЬ", "оябр", "50%", " 50%. "):
        assert found(society, text=text) == [november]
    assert found(society, text="march_") == [yoga]
    assert found(society, text="Йога") == [decomposed]
    assert found(society, text="%") == [november]
    assert found(society, text="_") == [yoga]
    assert found(society, text=str(yoga)) in ([yoga], [yoga, november])
    assert found(society, text="9" * 30) == []
    assert len(found(society, text=" ")) == 3


def test_sheets_are_found_by_state_programme_sender_and_society(
    two_societies: tuple[AtWork, AtWork],
) -> None:
    ours, theirs = two_societies
    other = ours.add_programme("FOOD")
    kept = ours.submitted(TWO_PAID, is_list=True)
    by_finance = named(ours, "mine.xlsx", by="finance")
    for_food = ours.send(TWO_PAID, programme_id=other).sheet_id
    foreign = named(theirs, "theirs.xlsx")
    assert found(ours) == [for_food, by_finance, kept]
    assert found(ours, state="kept") == [kept]
    assert found(ours, state="no such") == []
    assert found(ours, programme_id=other) == [for_food]
    assert found(ours, programme_id=theirs.programme_id) == []
    assert found(ours, sender_id=ours.people["finance"].user_id) == [by_finance]
    assert found(ours, society_id=theirs.society_id) == []
    assert found(theirs) == [foreign]
    everywhere = ours.see(lambda s: list_sheets(s, SheetFilter(society_id=theirs.society_id)))
    assert [each.id for each in everywhere.items] == [foreign]
    senders = ours.see(list_senders, ours.people["finance"])
    assert [email for _id, email in senders] == [ours.email("field"), ours.email("finance")]
    assert found(ours, by="manager") == []


def test_a_month_begins_where_the_society_is(society: AtWork) -> None:
    zone_is_ahead = datetime(2022, 10, 31, 22, 30, tzinfo=UTC)
    with time_machine.travel(zone_is_ahead, tick=False):
        sent = named(society, "a.xlsx")
    assert found(society, month=Month(2022, 11)) == [sent]
    assert found(society, month=Month(2022, 10)) == []


def test_finance_decides_the_oldest_first_and_never_the_own(society: AtWork) -> None:
    society.add_person("second", Role.FINANCE)
    first = society.submitted(many_paid(2))
    own = society.submitted(many_paid(2, first=10), by="finance")
    mended = society.checked(many_paid(2, first=20))
    society.amend(mended, by="second", D2="600")
    society.submit(mended)
    last = society.submitted(many_paid(2, first=30))
    society.submitted(many_paid(2, first=40), is_list=True)

    def decides(by: str) -> list[int | None]:
        return [task.line.sheet.id for task in waiting(society, by).decisions]

    assert decides("finance") == [first, mended, last]
    assert decides("second") == [first, own, last]
    assert decides("field") == decides("manager") == decides("auditor") == []
    society.approve(first)
    society.reject(last)
    assert decides("finance") == [mended]


def test_the_sender_is_told_what_each_sheet_needs(society: AtWork) -> None:
    ready = society.checked(many_paid(2))
    bad = society.checked(many_paid(2, first=10, amount=-5))
    asks = society.checked("number | name | day | amount\nA-1 | Anna Orlova | 01/02/2022 | 500")
    sent_back = society.submitted(many_paid(2, first=20))
    society.reject(sent_back)
    society.submitted(many_paid(2, first=30))
    society.withdraw(society.checked(many_paid(2, first=40)))
    broken, going = named(society, "broken.xlsx"), named(society, "going.xlsx")
    _runs(society, broken, JobState.DONE, JobState.FAILED)
    _runs(society, going, JobState.FAILED, JobState.RUNNING)
    refused = society.checked(b"no workbook")
    assert needs(society) == [
        (ready, Need.SUBMISSION),
        (bad, Need.MENDING),
        (asks, Need.ANSWERS),
        (sent_back, Need.SENT_BACK),
        (broken, Need.CHECK),
        (refused, Need.ANOTHER_FILE),
    ]
    assert needs(society, "finance") == needs(society, "auditor") == []
    mends = society.checked(many_paid(2, first=50), replaces_id=sent_back)
    assert [each for each, _need in needs(society)] == [ready, bad, asks, broken, mends]


def _runs(society: AtWork, sheet_id: int, *states: JobState) -> None:
    with transaction(society.engine, SYSTEM) as session:
        for state in states:
            session.add(
                Job(society_id=society.society_id, subject_id=sheet_id, started_by=1, state=state)
            )
            session.flush()


def test_of_very_many_the_oldest_are_shown_and_all_counted(society: AtWork) -> None:
    first = society.submitted(many_paid(1))
    with transaction(society.engine, SYSTEM) as session:
        pattern = session.get_one(Sheet, first).model_dump(exclude={"id", "content_sha256"})
        for _each in range(MOST_SHOWN):
            session.add(Sheet(**pattern))
    told = waiting(society, "finance")
    assert (len(told.decisions), told.decisions_total) == (MOST_SHOWN, MOST_SHOWN + 1)
    assert told.decisions[0].line.sheet.id == first


def test_a_line_tells_errors_beside_totals(society: AtWork) -> None:
    society.checked(f"{TWO_PAID}R-009 | Zoya Lis | 2022-11-05 | -1 | RUB")
    line = society.see(lambda s: described(s, list_sheets(s).items))[0]
    assert (line.totals[0].rows, line.errors, line.sender) == (2, 1, society.email("field"))
