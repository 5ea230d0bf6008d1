"""A cell mended in the ledger: the row is checked again, both texts stay."""

import pytest
from sqlalchemy.exc import DatabaseError

from cva.core.errors import ForbiddenError, InputError, RuleError
from cva.staging.models import Amendment
from tests.makers import AtWork

ONE_WRONG = """
number | name         | day        | amount         | currency
R-001  | Anna Orlova  | 2022-11-05 | ten thousand   | RUB
R-002  | Boris Lebed  | 2022-11-05 | 7250.50        | RUB
"""


def test_a_mended_cell_makes_its_row_ready_and_both_texts_stay(society: AtWork) -> None:
    sheet_id = society.checked(ONE_WRONG)
    assert society.rows(sheet_id) == {2: "error", 3: "ready"}
    before = society.sheet(sheet_id).sha256
    society.amend(sheet_id, D2="10 000,00")
    assert society.rows(sheet_id) == {2: "ready", 3: "ready"}
    (made,) = society.all_of(Amendment)
    assert (made.cell, made.before, made.after) == ("D2", "ten thousand", "10 000,00")
    assert made.made_by == society.people["field"].user_id
    assert society.sheet(sheet_id).sha256 == before
    society.submit(sheet_id)
    assert society.approve(sheet_id).posted_rows == 2


def test_a_cell_decides_about_others(society: AtWork) -> None:
    sheet_id = society.checked(ONE_WRONG)
    society.amend(sheet_id, A2="R-002", D2="7250.50")
    assert (3, "duplicate-row") in society.findings(sheet_id)


def test_of_two_amendments_the_later_counts(society: AtWork) -> None:
    sheet_id = society.checked(ONE_WRONG)
    society.amend(sheet_id, D2="many")
    society.amend(sheet_id, D2="100")
    assert [each.before for each in society.all_of(Amendment)] == ["ten thousand", "many"]
    assert society.rows(sheet_id)[2] == "ready"


def test_a_cell_can_be_emptied_and_is_then_missing(society: AtWork) -> None:
    sheet_id = society.checked(ONE_WRONG)
    society.amend(sheet_id, D3="")
    assert (3, "required") in society.findings(sheet_id)


@pytest.mark.parametrize("cells", [{"Z9": "1"}, {"D1": "Amount"}, {"D99": "1"}, {"what": "1"}, {}])
def test_what_is_no_cell_of_the_list_is_refused(society: AtWork, cells: dict[str, str]) -> None:
    sheet_id = society.checked(ONE_WRONG)
    with pytest.raises(InputError):
        society.amend(sheet_id, **cells)
    assert society.state(sheet_id) == "checked"


def test_the_same_text_changes_nothing(society: AtWork) -> None:
    sheet_id = society.checked(ONE_WRONG)
    with pytest.raises(InputError):
        society.amend(sheet_id, D3="7250.5")
    with pytest.raises(InputError):
        society.amend(sheet_id, D2="x" * 2001)


def test_a_submitted_sheet_is_not_mended_any_more(society: AtWork) -> None:
    sheet_id = society.submitted(ONE_WRONG)
    with pytest.raises(RuleError):
        society.amend(sheet_id, D2="100")
    with pytest.raises(ForbiddenError):
        society.amend(sheet_id, by="auditor", D2="100")


def test_what_was_mended_cannot_be_rewritten(society: AtWork) -> None:
    society.amend(society.checked(ONE_WRONG), D2="100")
    with pytest.raises(DatabaseError), society.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM amendment")


def test_who_mended_a_cell_does_not_decide_about_the_sheet(society: AtWork) -> None:
    sheet_id = society.checked(ONE_WRONG)
    society.amend(sheet_id, by="finance", D2="99000")
    society.submit(sheet_id)
    with pytest.raises(ForbiddenError):
        society.approve(sheet_id)
    assert society.approve(sheet_id, by="finance2").posted_rows == 2


def test_a_row_that_was_posted_is_not_mended(society: AtWork) -> None:
    first = society.approved(ONE_WRONG)
    second = society.checked(ONE_WRONG.replace("ten thousand", "10000"), replaces_id=first)
    with pytest.raises(InputError):
        society.amend(second, A3="R-009")
