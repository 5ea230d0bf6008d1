"""Rows of several tabs are named by their tab wherever they stand beside their sheet."""

import pytest

from cva.approvals import service as approvals
from cva.approvals.labels import line_text
from cva.beneficiaries.models import Registration
from cva.core.errors import InputError
from cva.intake.views import report_of
from cva.reports.person_history import person_history
from cva.staging.models import Amendment
from cva.staging.row_names import RowNames, row_number
from tests.makers import AtWork, tabbed

HEADS = ["Registration number", "Full name", "Distribution date", "Amount (RUB)"]


def villages(**numbers: str) -> bytes:
    """By tab the people who are paid."""
    return tabbed(
        {
            tab: [HEADS, *([each, f"Person {each}", "2022-11-05", 100] for each in said.split())]
            for tab, said in numbers.items()
        }
    )


@pytest.fixture
def posted(society: AtWork) -> int:
    """A sheet of two tabs that is posted."""
    return society.approved(villages(North="R-1 R-2", South="R-3"), settled={"sheet": "*"})


def test_a_row_of_another_sheet_is_named_by_its_tab(society: AtWork, posted: int) -> None:
    other = society.checked(villages(North="R-9", South="R-3"), settled={"sheet": "*"})
    found = society.see(lambda session: report_of(session, society.sheet(other)).findings)
    (again,) = (each for each in found if "other_row" in each.details)
    assert again.details == {"sheet_id": str(posted), "other_row": "South 2"}
    assert (again.sheet, again.cell) == ("South", "A2")


def test_history_and_requests_name_the_tab(society: AtWork, posted: int) -> None:
    def told(name: str) -> str:
        numbers = {each.number: each.beneficiary_id for each in society.all_of(Registration)}
        found = society.see(lambda session: person_history(session, numbers[name]))
        line = found.lines[-1]
        return found.row_names.of(line.sheet_id, line.row or 0)

    assert (told("R-1"), told("R-3")) == ("North 2", "South 2")
    asked = society.ask("reverse_row", sheet=posted, row="South 2")
    shown = society.see(lambda session: approvals.show(session, asked), society.people["finance"])
    assert "row South 2 of sheet" in shown.summary
    assert [line_text(part).split()[-2:] for part in shown.parts.shown] == [
        [f"{posted}:South", "2"]
    ]
    society.confirm(asked)
    assert list(society.rows(posted).values()) == ["ready", "ready", "reversed"]


def test_a_row_is_named_by_its_tab_or_its_number_and_by_nothing_else(
    society: AtWork, posted: int
) -> None:
    sheet = society.sheet(posted)
    names = society.see(lambda session: RowNames(session, [posted]))
    third = max(society.rows(posted))
    assert names.of(posted, third) == "South 2"
    assert (
        row_number(sheet, {"row": " South  2 "}) == row_number(sheet, {"row": str(third)}) == third
    )
    for wrong in ("West 2", "North 9", "South", ""):
        with pytest.raises(InputError):
            row_number(sheet, {"row": wrong})
    assert (names.shown(posted, third), names.shown(None, 7)) == ("South 2", 7)


def test_a_row_posted_before_is_named_where_it_cannot_be_mended(
    society: AtWork, posted: int
) -> None:
    second = society.checked(
        villages(North="R-1 R-2 R-7", South="R-3"), settled={"sheet": "*"}, replaces_id=posted
    )
    last = max(society.rows(second))
    with pytest.raises(InputError, match="Row South 2 was posted before"):
        society.amend(second, **{f"D{last}": "5"})
    assert society.all_of(Amendment) == []
