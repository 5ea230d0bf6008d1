"""Receiving: a file sent once is kept once; sent twice it names where it already is."""

from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlmodel import select

from cva.core.errors import ForbiddenError, InputError, NotFoundError
from cva.intake.receiving import clean_name
from cva.staging.models import SheetFile, StagedRow
from tests.makers import TWO_PAID, AtWork, sheet


def saved_again(content: bytes) -> bytes:
    """The same rows, saved once more with a line above the headings."""
    book = load_workbook(BytesIO(content))
    page = book.worksheets[0]
    page.insert_rows(1)
    page["A1"] = "Hand-out of November"
    saved = BytesIO()
    book.save(saved)
    book.close()
    return saved.getvalue()


@pytest.mark.parametrize("how", ["the same file", "saved again"])
@pytest.mark.parametrize("until", ["checked", "submitted", "approved"])
def test_what_stands_is_refused_a_second_time(society: AtWork, how: str, until: str) -> None:
    content = sheet(TWO_PAID)
    first = getattr(society, until)(content)
    again = content if how == "the same file" else saved_again(content)
    second = society.checked(again)
    assert society.state(second) == "refused"
    assert society.findings(second) == [(None, "already-received")]
    assert society.told(second, "already-received")["details"]["sheet_id"] == str(first)
    assert society.state(first) == until


@pytest.mark.parametrize("end", ["reject", "withdraw"])
def test_after_rejection_or_withdrawal_it_is_new(society: AtWork, end: str) -> None:
    content = sheet(TWO_PAID)
    getattr(society, end)(society.submitted(content))
    again = society.approved(content)
    assert society.state(again) == "approved"


def test_a_list_and_the_record_of_the_same_rows_are_two_sheets(society: AtWork) -> None:
    content = sheet(TWO_PAID)
    planned = society.submitted(content, is_list=True)
    record = society.submitted(content)
    assert (society.state(planned), society.state(record)) == ("kept", "submitted")


def test_the_same_rows_are_new_to_another_society(two_societies: tuple[AtWork, AtWork]) -> None:
    content = sheet(TWO_PAID)
    assert [each.state(each.checked(content)) for each in two_societies] == ["checked"] * 2


def test_the_file_is_kept_as_it_was_sent(society: AtWork) -> None:
    content = sheet(TWO_PAID)
    society.checked(content)
    (kept,) = society.see(lambda session: session.exec(select(SheetFile.content)).all())
    assert kept == content


def test_a_file_that_is_no_sheet_is_refused_and_kept(society: AtWork) -> None:
    sheet_id = society.checked(b"no workbook", filename="list.xlsx")
    assert society.state(sheet_id) == "refused"
    assert len(society.findings(sheet_id)) == 1
    assert society.rows(sheet_id) == {}


def test_a_sheet_sent_to_mend_another_takes_its_place(society: AtWork) -> None:
    wrong = society.checked(TWO_PAID.replace("5000", "many"))
    assert society.findings(wrong) != []
    mended = society.checked(TWO_PAID, replaces_id=wrong)
    assert (society.state(wrong), society.state(mended)) == ("withdrawn", "checked")


def test_a_sheet_of_another_society_cannot_be_replaced(
    two_societies: tuple[AtWork, AtWork],
) -> None:
    one, other = two_societies
    foreign = one.checked(TWO_PAID)
    with pytest.raises(NotFoundError):
        other.send(TWO_PAID, replaces_id=foreign)
    with pytest.raises(NotFoundError):
        other.send(TWO_PAID, programme_id=one.programme_id)
    assert one.state(foreign) == "checked"


@pytest.mark.parametrize("role", ["manager", "auditor", "partner", "admin"])
def test_only_field_and_finance_send_sheets(sqlite_society: AtWork, role: str) -> None:
    with pytest.raises(ForbiddenError):
        sqlite_society.send(TWO_PAID, by=role)


def test_nothing_chosen_is_nothing_received(sqlite_society: AtWork) -> None:
    with pytest.raises(InputError):
        sqlite_society.send(b"", filename="")


def test_checking_twice_checks_once(society: AtWork) -> None:
    received = society.send(TWO_PAID)
    society.check(received.run_id)
    society.check(received.run_id)
    assert len(society.all_of(StagedRow)) == 2


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("C:\\Users\\field\\ноябрь.xlsx", "ноябрь.xlsx"),
        ("../../etc/list.xlsx", "list.xlsx"),
        ("li\u202est\x00.xlsx", "list.xlsx"),
        ("///", "sheet"),
        ("x" * 400 + ".xlsx", "x" * 145 + ".xlsx"),
    ],
)
def test_the_name_of_a_file_is_its_own_name_only(sent: str, kept: str) -> None:
    assert clean_name(sent) == kept


def two_lists(number: str) -> bytes:
    """A workbook with two sheets, each of which may be the one that is meant."""
    book = load_workbook(BytesIO(sheet(TWO_PAID.replace("R-", number))))
    book.copy_worksheet(book.worksheets[0])
    saved = BytesIO()
    book.save(saved)
    book.close()
    return saved.getvalue()


def test_two_files_that_leave_a_question_open_are_two_sheets(society: AtWork) -> None:
    asked = [society.checked(two_lists(number)) for number in ("A-", "B-")]
    assert [society.state(sheet_id) for sheet_id in asked] == ["checked", "checked"]
    assert [each["choice"] for each in society.sheet(asked[1]).asks] == ["sheet"]
