"""Sheets that ask something before they are read whole, up to what is posted."""

from datetime import date
from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook
from sqlmodel import col, select

from cva.core.db import transaction
from cva.core.errors import InputError
from cva.intake.kept_file import take_to_annotate
from cva.intake.row_grid import grid
from cva.programmes import service as programmes
from cva.programmes.models import Round, ValueRule
from cva.sheets.files.limits import Limits
from cva.sheets.vocabulary.choices import plain_digest
from cva.staging.models import StagedRow
from cva.staging.workflow import get_sheet, questions_of
from tests.makers import AtWork, workbook

NO_DAY = "number | name | amount | currency\nR-001 | Anna Orlova | 5000 | RUB\n"


def villages(second: object = 7000) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    heads = ["Registration number", "Full name", "Distribution date", "Amount", "Currency"]
    for name, number, amount in (("North", "R-001", 5000), ("South", "R-002", second)):
        sheet = book.create_sheet(name)
        for row in (heads, [number, "Anna Orlova", "2022-11-05", amount, "RUB"]):
            sheet.append(row)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def test_the_day_of_the_whole_list_is_asked_once_and_posted(society: AtWork) -> None:
    sheet_id = society.checked(NO_DAY)
    assert society.rows(sheet_id) == {2: "open"}
    society.answer(sheet_id, **{"one:distribution_date": "2022-11-05"})
    assert society.rows(sheet_id) == {2: "ready"}
    society.submit(sheet_id)
    assert society.approve(sheet_id).conflicts == 0


@pytest.mark.parametrize("answer", ["", "soon", "05.11.2022", "2999-01-01"])
def test_an_answer_that_is_no_day_is_asked_for_again(society: AtWork, answer: str) -> None:
    sheet_id = society.checked(NO_DAY)
    with pytest.raises(InputError) as refused:
        society.answer(sheet_id, **{"one:distribution_date": answer})
    assert list(refused.value.fields) == ["one:distribution_date"]


def test_an_answer_for_the_whole_list_can_be_another_in_one_row(society: AtWork) -> None:
    sheet_id = society.checked(NO_DAY)
    society.answer(sheet_id, **{"one:distribution_date": "2022-11-05"})
    society.amend(sheet_id, E2="2022-11-06")
    assert society.rows(sheet_id) == {2: "ready"}
    query = select(col(StagedRow.day)).where(StagedRow.sheet_id == sheet_id)
    assert society.see(lambda session: session.exec(query).one()) == date(2022, 11, 6)


def test_tabs_taken_together_are_posted_as_one_sheet(society: AtWork) -> None:
    sheet_id = society.checked(villages())
    society.answer(sheet_id, sheet="*")
    seen = society.see(lambda session: grid(session, sheet_id, show="all"))
    assert [row.name for row in seen.rows] == ["North 2", "South 2"]
    society.submit(sheet_id)
    assert society.approve(sheet_id).conflicts == 0


def test_the_day_in_the_name_of_each_tab_is_posted_for_its_rows(society: AtWork) -> None:
    book = load_workbook(BytesIO(villages()))
    for tab, day in zip(book.worksheets, ("5 Nov 2022", "6 Nov 2022"), strict=True):
        tab.delete_cols(3)
        tab.title = f"{tab.title} {day}"
    target = BytesIO()
    book.save(target)
    sheet_id = society.checked(target.getvalue())
    society.answer(sheet_id, sheet="*")
    asks = society.see(lambda session: questions_of(get_sheet(session, sheet_id)))
    assert [(ask.choice, ask.offered) for ask in asks] == [("lists:distribution_date", "own")]
    society.answer(sheet_id, **{"lists:distribution_date": "each"})
    asks = society.see(lambda session: questions_of(get_sheet(session, sheet_id)))
    assert asks[1].message == 'When was the list "South 6 Nov 2022" handed out?'
    days = {"one:distribution_date:1": "2022-11-05", "one:distribution_date:2": "2022-11-06"}
    society.answer(sheet_id, **days)
    query = select(col(StagedRow.day)).where(StagedRow.sheet_id == sheet_id)
    found = society.see(lambda session: session.exec(query).all())
    assert sorted(day for day in found if day) == [date(2022, 11, 5), date(2022, 11, 6)]
    society.submit(sheet_id)
    assert society.approve(sheet_id).conflicts == 0


def test_a_fault_on_a_second_tab_is_mended_on_the_page_and_marked_in_the_file(
    society: AtWork,
) -> None:
    sheet_id = society.checked(villages(second="many"))
    society.answer(sheet_id, sheet="*")
    seen = society.see(lambda session: grid(session, sheet_id, show="errors"))
    wrong = seen.rows[0]
    assert wrong.findings["amount"][0].cell == "D2"
    society.amend(sheet_id, **{f"D{wrong.number}": "7000"})
    assert set(society.rows(sheet_id).values()) == {"ready"}
    kept = society.do(lambda session: take_to_annotate(session, sheet_id))
    marked = load_workbook(BytesIO(kept.made(Limits())))
    assert marked["South"]["D2"].value in ("7000", 7000)


def test_what_the_round_gives_to_everybody_is_offered(society: AtWork) -> None:
    with transaction(society.engine, society.people["field"]) as session:
        programme = programmes.get_programme(session, society.programme_id)
        planned = programmes.find_round(session, programme, "2022-11") or Round(
            society_id=society.society_id, programme_id=programme.id, code="2022-11"
        )
        planned.starts_on, planned.rule = date(2022, 11, 5), ValueRule.FIXED
        planned.currency, planned.amount_minor = "RUB", 500050
        session.add(planned)
    table = "number | name | currency\nR-001 | Anna Orlova | RUB\n"
    sheet_id = society.checked(table, round_code="2022-11", settled={"kind": "cash_transfers"})
    asks = society.see(lambda session: questions_of(get_sheet(session, sheet_id)))
    assert {ask.choice: ask.offered for ask in asks} == {
        "one:distribution_date": "2022-11-05",
        "one:amount": "5000.50",
    }


REMARK = "moved to kyiv"
WITH_REMARK = (
    "number | name | date | amount | currency | remarks\n"
    f"R-001 | Anna Orlova | 2022-11-05 | 5000 | RUB | {REMARK}\n"
)


def test_nobody_can_try_out_which_text_a_question_is_about(society: AtWork) -> None:
    sheet_id = society.checked(WITH_REMARK)
    [asked] = society.see(lambda session: questions_of(get_sheet(session, sheet_id)))
    kind, column, digest = asked.choice.split(":")
    assert (kind, column) == ("word", "F")
    assert digest not in {plain_digest(REMARK)[:8], plain_digest(REMARK.title())[:8]}
    society.answer(sheet_id, **{asked.choice: "no"})
    assert society.rows(sheet_id) == {2: "not_received"}
    kept = society.see(lambda session: get_sheet(session, sheet_id).settled)
    assert kept == {asked.choice: "no"}  # keyed in what is stored, too


def test_the_columns_that_may_be_chosen_stand_beside_the_rows(society: AtWork) -> None:
    text = (
        "number | name | date | amount | amount paid\nR-1 | Anna Orlova | 2022-11-05 | 500 | 400\n"
    )
    sheet_id = society.checked(text)
    shown = society.see(lambda session: grid(session, sheet_id))
    heads = society.see(lambda session: get_sheet(session, sheet_id).columns)
    assert [(each["column"], each["field"]) for each in heads[3:]] == [("D", None), ("E", None)]
    assert list(shown.rows[0].cells[3:]) == ["500", "400"]
    society.answer(sheet_id, **{"which:amount": "E"})
    heads = society.see(lambda session: get_sheet(session, sheet_id).columns)
    assert [(each["column"], each["field"]) for each in heads[3:]] == [("E", "amount")]


def test_an_amount_without_a_heading_stands_beside_the_rows_and_can_be_chosen(
    society: AtWork,
) -> None:
    rows: list[list[object]] = [
        ["registration number", "name", "date", None],
        ["R-1", "Anna Orlova", "2022-11-05", 500],
    ]
    sheet_id = society.checked(workbook(rows))
    shown = society.see(lambda session: grid(session, sheet_id))
    assert shown.rows[0].cells[3] == "500"
    society.answer(sheet_id, **{"find:amount": "D"})
    assert society.rows(sheet_id) == {2: "ready"}
    heads = society.see(lambda session: get_sheet(session, sheet_id).columns)
    assert heads[3] == {"column": "D", "heading": "Amount", "field": "amount"}


LEGEND = (
    "number | name | amount | currency | date\nR-001 | Anna Orlova | 5000 | RUB | 2022-11-05\n"
    "R-002 | Ivan Orlov | 5000 | RUB | 2022-11-05\nyellow = did not receive | | | |\n"
)


@pytest.mark.parametrize(
    "answer", ["Orlova 3", "99", "7-3", "0,3", "3 4", "3-99999999", "x", "2, Orlov", "North 2"]
)
def test_an_answer_that_names_no_rows_of_the_list_is_refused_and_not_kept(
    society: AtWork, answer: str
) -> None:
    sheet_id = society.checked(LEGEND)
    with pytest.raises(InputError) as refused:
        society.answer(sheet_id, legend=answer)
    assert "numbers of rows" in refused.value.fields["legend"][0]
    assert society.see(lambda session: get_sheet(session, sheet_id).settled) == {}


@pytest.mark.parametrize(
    ("answer", "left_out"), [("٣", [3]), ("2-3", [2, 3]), ("3, 2", [2, 3]), ("0", [])]
)
def test_an_answer_that_names_rows_is_taken(
    society: AtWork, answer: str, left_out: list[int]
) -> None:
    sheet_id = society.checked(LEGEND)
    society.answer(sheet_id, legend=answer)
    found = society.rows(sheet_id)
    assert [row for row, state in found.items() if state == "not_received"] == left_out


@pytest.mark.parametrize("answer", ["-5", "0", "many"])
def test_an_amount_of_the_whole_list_is_more_than_nothing(society: AtWork, answer: str) -> None:
    sheet_id = society.checked("number | name | date\nR-001 | Anna Orlova | 2022-11-05\n")
    society.answer(sheet_id, **{"find:amount": "one"})
    with pytest.raises(InputError) as refused:
        society.answer(sheet_id, **{"one:amount": answer})
    assert list(refused.value.fields) == ["one:amount"]


def test_an_answer_sent_with_the_file_that_settles_nothing_is_not_kept(society: AtWork) -> None:
    sheet_id = society.checked(LEGEND, settled={"legend": "Orlova", "currency": "RUB"})
    assert society.see(lambda session: get_sheet(session, sheet_id).settled) == {"currency": "RUB"}
