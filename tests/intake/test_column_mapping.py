"""Headings nobody knows: a person says once what they hold, and it is remembered."""

import pytest
from sqlmodel import Session, col, select

from cva.core.errors import ForbiddenError, InputError, NotFoundError, RuleError
from cva.intake import column_mapping
from cva.staging.models import StagedRow
from tests.makers import AtWork, Said, society_at_work, workbook

ODD: list[list[object]] = [
    ["Blorp list of the north"],
    ["Blorp", "Frob", "Zing", "Quux"],
    ["R-001", "Anna Orlova", "2022-11-05", 5000],
    ["R-002", "Boris Lebed", "2022-11-05", 7250.5],
]
SAID = {
    "kind": "cash_transfers",
    "header_row": "2",
    "column:A": "registration_no",
    "column:B": "full_name",
    "column:C": "distribution_date",
    "column:D": "amount",
}


def test_a_sheet_that_nobody_understands_is_understood_once_it_is_explained(
    society: AtWork,
) -> None:
    sheet_id = society.checked(workbook(ODD))
    assert society.state(sheet_id) == "refused"
    society.map_columns(sheet_id, SAID)
    assert society.state(sheet_id) == "checked"
    assert society.rows(sheet_id) == {3: "ready", 4: "ready"}


def test_what_was_said_is_used_for_the_next_sheet_with_these_headings(society: AtWork) -> None:
    society.map_columns(society.checked(workbook(ODD)), SAID)
    turned: list[list[object]] = [
        ["x"],
        ["y"],
        [" QUUX:", "Zing", "blorp", "Frob"],
        [900, "2022-12-05", "R-003", "C"],
    ]
    sheet_id = society.checked(workbook(turned))
    assert society.rows(sheet_id) == {4: "ready"}
    assert society.sheet(sheet_id).kind == "cash_transfers"


def test_other_headings_and_other_societies_know_nothing_of_it(society: AtWork) -> None:
    society.map_columns(society.checked(workbook(ODD)), SAID)
    more = [[*ODD[1], "Further"], [*ODD[2], ""]]
    assert society.state(society.checked(workbook(more))) == "refused"
    other = society_at_work(society.ledger, "ORC")
    assert other.state(other.checked(workbook(ODD))) == "refused"
    assert other.see(column_mapping.list_headings, other.people["field"]) == []


def test_an_answer_about_a_column_is_remembered_too(society: AtWork) -> None:
    said: Said = {"settled": {"column:C": "none"}}
    rows: list[list[object]] = [
        ["Registration number", "Full name", "Frob", "Distribution date", "Amount"],
        ["R-001", "Anna Orlova", "7", "2022-11-05", 5000],
    ]
    society.checked(workbook(rows), **said)
    (known,) = society.see(column_mapping.list_headings)
    assert known.columns == [["Frob", "frob", "none"]]


def test_two_columns_with_one_heading_are_told_apart(society: AtWork) -> None:
    rows: list[list[object]] = [
        ["Registration number", "Full name", "Distribution date", "Amount", "Amount"],
        ["R-001", "Anna Orlova", "2022-11-05", 1, 5000],
    ]
    sheet_id = society.checked(workbook(rows))
    society.answer(sheet_id, **{"which:amount": "E"})
    again = [rows[0], ["R-002", "Boris Lebed", "2022-11-05", 2, 6000]]
    later = society.checked(workbook(again))
    assert society.see(lambda session: amount(session, later)) == 600000


def test_where_the_amount_is_counts_after_an_answer_about_another_column(society: AtWork) -> None:
    rows: list[list[object]] = [
        ["Rent paid to landlords", None, None, None, None, None],
        ["Registration number", "Tenant zing", "Landlord zing", "Gross", "Net frob", "Signature"],
        ["R-001", "Anna Orlova", "Dora Klein", 3000, 2500, "A. Orlova"],
        ["R-002", "Boris Lebed", "Egor Sokol", 4000, 3500, "B. Lebed"],
    ]
    sheet_id = society.checked(workbook(rows))
    assert society.sheet(sheet_id).asks[0]["choice"] == "find:full_name"
    society.answer(sheet_id, **{"find:full_name": "B"})
    assert society.see(column_mapping.list_headings) == []
    society.answer(sheet_id, **{"find:amount": "E"})
    society.answer(sheet_id, **{"one:distribution_date": "2022-11-05"})
    assert society.sheet(sheet_id).kind == "cash_transfers"
    assert society.see(lambda session: amounts(session, sheet_id)) == [250000, 350000]
    again = [*rows[:2], ["R-003", "Vera Zorina", "Dora Klein", 3000, 1500, "V. Zorina"]]
    later = society.checked(workbook(again))
    society.answer(later, **{"one:distribution_date": "2022-12-05"})
    assert society.see(lambda session: amounts(session, later)) == [150000]


def amounts(session: Session, sheet_id: int) -> list[int | None]:
    query = select(StagedRow.amount_minor).where(StagedRow.sheet_id == sheet_id)
    return list(session.exec(query.order_by(col(StagedRow.number))))


def amount(session: Session, sheet_id: int) -> int | None:
    return session.exec(select(StagedRow.amount_minor).where(StagedRow.sheet_id == sheet_id)).one()


def test_what_is_remembered_is_changed_and_forgotten(society: AtWork) -> None:
    society.map_columns(society.checked(workbook(ODD)), SAID)
    (known,) = society.see(column_mapping.list_headings, society.people["field"])
    assert [column[0] for column in known.columns] == ["Blorp", "Frob", "Zing", "Quux"]
    fields = ["registration_no", "none", "distribution_date", "amount"]
    society.do(
        lambda session: column_mapping.change_headings(session, known.id, fields),
        society.people["field"],
    )
    next_sheet = [ODD[1], ["R-009", "Nobody", "2022-11-06", 100]]
    sheet_id = society.checked(workbook(next_sheet))
    assert {column["field"] for column in society.sheet(sheet_id).columns} == {
        "registration_no",
        "distribution_date",
        "amount",
    }
    society.do(
        lambda session: column_mapping.forget_headings(session, known.id),
        society.people["field"],
    )
    assert society.see(column_mapping.list_headings) == []
    later = [ODD[1], ["R-010", "Nobody", "2022-11-06", 100]]
    assert society.state(society.checked(workbook(later))) == "refused"


@pytest.mark.parametrize(
    "said",
    [
        {"column:A": "registration_no"},
        {"kind": "cash_transfers", "column:A": "blorp"},
        {"kind": "cash_transfers", "column:A": "amount", "column:B": "amount"},
        {"kind": "cash_transfers", "header_row": "two"},
    ],
)
def test_nonsense_is_refused_and_nothing_changes(society: AtWork, said: dict[str, str]) -> None:
    sheet_id = society.checked(workbook(ODD))
    with pytest.raises(InputError):
        society.map_columns(sheet_id, said)
    assert society.state(sheet_id) == "refused"


def test_who_may_not_send_may_not_explain_and_strangers_find_nothing(society: AtWork) -> None:
    sheet_id = society.checked(workbook(ODD))
    with pytest.raises(ForbiddenError):
        society.map_columns(sheet_id, SAID, by="auditor")
    society.map_columns(sheet_id, SAID)
    (known,) = society.see(column_mapping.list_headings)
    other = society_at_work(society.ledger, "ORC")
    with pytest.raises(NotFoundError):
        other.do(
            lambda session: column_mapping.forget_headings(session, known.id),
            other.people["field"],
        )


def test_a_submitted_sheet_is_not_explained_anew(society: AtWork) -> None:
    sheet_id = society.checked(workbook(ODD))
    society.map_columns(sheet_id, SAID)
    society.submit(sheet_id)
    with pytest.raises(RuleError):
        society.map_columns(sheet_id, SAID)
