"""Templates of a society: whose people are in them, who may take them, where they come back."""

from datetime import date
from typing import Any

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from cva.core.audit import Act, AuditEvent
from cva.core.errors import ForbiddenError, InputError, NotFoundError
from cva.rounds.templates import ReadyTemplate, WantedTemplate, take_template
from tests.makers import AtWork
from tests.templates_filled import FIRST, fill, page_of

PLANNED = """
number | name         | amount  | currency | sex | phone         | document
R-001  | Anna Orlova  | 5000    | RUB      | f   | +79000000001  | 4500 000001
R-002  | Boris Lebed  | 7250.50 | RUB      | m   | +79000000002  | 4500 000002
"""
DAY = date(2022, 11, 5)


def make(society: AtWork, by: str = "field", **wanted: Any) -> ReadyTemplate:  # noqa: ANN401
    asked: dict[str, Any] = {
        "kind": "cash_transfers",
        "society_id": society.society_id,
        "programme_id": society.programme_id,
    }
    known = WantedTemplate(**(asked | wanted))
    return society.do(lambda session: take_template(session, known), society.people[by])


def keep_list(society: AtWork, table: str = PLANNED, round_code: str = "2022-11") -> int:
    """A list that is kept for a round; it is a list of people, so it needs no day."""
    sheet_id = society.checked(
        table, is_list=True, round_code=round_code, settled={"kind": "beneficiaries"}
    )
    society.submit(sheet_id)
    assert society.state(sheet_id) == "kept"
    return sheet_id


def shown(page: Worksheet, columns: int = 7) -> list[list[object]]:
    """What is filled in of people, in the first columns."""
    rows = page.iter_rows(FIRST, page.max_row - 1, 2, columns, values_only=True)
    return [list(row) for row in rows if row[0]]


def events(society: AtWork) -> list[AuditEvent]:
    return [each for each in society.all_of(AuditEvent) if each.act == Act.TEMPLATE_MADE]


def test_the_people_of_the_rounds_list_are_filled_in(society: AtWork) -> None:
    planned = PLANNED.replace("| sex", "| day | sex").replace("| RUB ", "| RUB | 2022-11-05 ")
    sheet_id = society.checked(planned, is_list=True, round_code="2022-11")
    society.submit(sheet_id)
    made = make(society, round_code="2022-11", language="ru")
    assert made.filename == "cash_transfers-ARC-CASH-2022-11-ru.xlsx"
    assert shown(page_of(made.written())) == [
        ["R-001", "Anna Orlova", "женский", None, None, 5000],
        ["R-002", "Boris Lebed", "мужской", None, None, 7250.5],
    ]
    assert b"79000000001" not in made.written()
    (event,) = events(society)
    assert event.user_id == society.people["field"].user_id
    assert event.detail == {"kind": "cash_transfers", "people": 2}


def test_nobody_stands_in_it_twice(society: AtWork) -> None:
    keep_list(society)
    keep_list(society, PLANNED.replace("R-001", "r-002").replace("R-002", "R-003"))
    made = make(society, round_code="2022-11")
    assert [row[0] for row in shown(page_of(made.written()))] == ["R-001", "R-002", "R-003"]
    assert made.people == 3


@pytest.mark.parametrize("round_code", ["", "2022-12"])
def test_without_a_list_it_is_blank_and_nothing_is_recorded(
    society: AtWork, round_code: str
) -> None:
    keep_list(society)
    society.checked(PLANNED, is_list=True, round_code="2022-12", settled={"kind": "beneficiaries"})
    made = make(society, round_code=round_code)
    assert (made.people, shown(page_of(made.written()))) == (0, [])
    assert not events(society)


def test_it_comes_back_and_is_ready(society: AtWork) -> None:
    keep_list(society)
    made = make(society, round_code="2022-11")
    paid = {"distribution_date": DAY, "amount": 5000, "status": "yes"}
    content = fill(made.written(), "cash_transfers", {0: paid, 1: paid | {"status": "no"}})
    sheet_id = society.checked(content, round_code="2022-11")
    assert society.state(sheet_id) == "checked"
    assert not society.sheet(sheet_id).asks
    assert list(society.rows(sheet_id).values()) == ["ready", "not_received"]
    assert society.findings(sheet_id, "warning") == []


def test_it_is_told_where_it_was_made_for_another_round(society: AtWork) -> None:
    keep_list(society)
    made = make(society, round_code="2022-11")
    paid = {"distribution_date": DAY, "amount": 5000}
    content = fill(made.written(), "cash_transfers", {0: paid, 1: paid})
    sheet_id = society.checked(content)
    assert society.findings(sheet_id, "warning") == [(None, "template-elsewhere")]
    details = society.told(sheet_id, "template-elsewhere")["details"]
    assert details == {"made_for": "ARC / CASH / 2022-11", "sent_for": "ARC / CASH"}


def test_it_is_told_where_it_was_made_for_another_society(
    two_societies: tuple[AtWork, AtWork],
) -> None:
    ours, theirs = two_societies
    row = {"registration_no": "R-1", "distribution_date": DAY, "amount": 5000}
    content = fill(make(theirs).written(), "cash_transfers", {0: row})
    sheet_id = ours.checked(content, round_code="2022-11")
    assert ours.findings(sheet_id, "warning") == [(None, "template-elsewhere")]
    told = ours.told(sheet_id, "template-elsewhere")["details"]
    assert told == {"made_for": "BRC / CASH", "sent_for": "ARC / CASH / 2022-11"}


def test_a_template_for_any_programme_fits_every_one(society: AtWork) -> None:
    made = make(society, programme_id=None)
    row = {"registration_no": "R-1", "distribution_date": DAY, "amount": 5000}
    sheet_id = society.checked(fill(made.written(), "cash_transfers", {0: row}))
    assert society.findings(sheet_id, "warning") == []


@pytest.mark.parametrize("by", ["manager", "auditor", "partner", "admin"])
def test_only_who_sends_sheets_takes_templates(society: AtWork, by: str) -> None:
    with pytest.raises(ForbiddenError):
        make(society, by=by)


def test_nothing_of_another_society_is_told(two_societies: tuple[AtWork, AtWork]) -> None:
    ours, theirs = two_societies
    with pytest.raises(NotFoundError):
        make(ours, society_id=theirs.society_id)
    with pytest.raises(NotFoundError):
        make(ours, programme_id=theirs.programme_id)


@pytest.mark.parametrize(
    "wanted",
    [
        {"kind": "letters"},
        {"language": "xx"},
        {"programme_id": None, "round_code": "2022-11"},
        {"round_code": "#12"},
        {"blank_rows": -1},
        {"blank_rows": 1_000_000},
    ],
)
def test_what_cannot_be_is_said(sqlite_society: AtWork, wanted: dict[str, Any]) -> None:
    with pytest.raises(InputError):
        make(sqlite_society, **wanted)
