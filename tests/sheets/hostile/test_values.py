import datetime as dt
import json

import pytest

from cva.sheets.files import sandbox
from cva.sheets.files.limits import Limits
from cva.sheets.files.parser import answer
from tests.sheets.hostile import values
from tests.sheets.hostile.workbooks import SHEET, listed, paid_row, sheet, with_cell, workbook, xml
from tests.sheets_made import checked, refusal, states

DAY = 14


@pytest.fixture(autouse=True)
def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """These files harm nobody; the process of its own is tried with those that do."""

    def ask(_module: str, sent: bytes, limits: Limits, order: str, **_said: object) -> bytes:
        return answer(sent, json.loads(order)["form"], limits)

    monkeypatch.setattr(sandbox, "ask_child", ask)


def _cases(told: tuple[values.Told, ...]) -> "pytest.MarkDecorator":
    return pytest.mark.parametrize(("cell", "code"), [
        pytest.param(cell, code, id=what) for what, cell, code in told])  # fmt: skip


def told(column: str, cell: str) -> list[str]:
    """The codes of what is found at the one row's cell."""
    found = checked(with_cell(column, cell, formats=[DAY]))
    assert len(found.rows) == 1
    if found.ask:
        assert states(found) == "o"
        return [values.ASKED]
    return [finding.code for finding in found.findings if finding.cell == f"{column}2"]


@_cases(values.AMOUNTS)
def test_an_amount_is_read_or_told(cell: str, code: str) -> None:
    assert told("D", cell) == ([code] if code else [])


@pytest.mark.parametrize("cell", [cell for _, cell, code in values.AMOUNTS if not code])
def test_each_amount_that_is_read_is_a_hundred(cell: str) -> None:
    assert checked(with_cell("D", cell)).rows[0].values["amount_minor"] == 100_00


@pytest.mark.parametrize("error", ["#SPILL!", "#BLOCKED!", "#REF!"])
def test_an_error_in_a_cell_is_shown_as_typed(error: str) -> None:
    found = checked(with_cell("B", values.raw(f"<v>{error}</v>", "e")))
    assert [(f.cell, f.value, f.severity) for f in found.findings] == [("B2", error, "warning")]


def test_an_error_that_is_none_is_damage() -> None:
    assert refusal(checked(with_cell("B", values.raw("<v>many</v>", "e")))) == "workbook-unreadable"


@_cases(values.DAYS)
def test_a_day_is_read_or_told(cell: str, code: str) -> None:
    assert told("C", cell) == ([code] if code else [])


@pytest.mark.parametrize("cell", [cell for _, cell, code in values.DAYS if not code])
def test_each_day_that_is_read_is_the_fourth_of_march(cell: str) -> None:
    found = checked(with_cell("C", cell, formats=[DAY]))
    assert found.rows[0].values["distribution_date"] == "2025-03-04"


def test_days_are_counted_from_1904_where_the_workbook_says_so() -> None:
    since = (dt.date(2025, 3, 4) - dt.date(1904, 1, 1)).days
    book = with_cell("C", values.number(str(since), 1), settings='<workbookPr date1904="1"/>',
                     formats=[DAY])  # fmt: skip
    assert checked(book).rows[0].values["distribution_date"] == "2025-03-04"


@_cases(values.NUMBERS)
def test_an_identifier_is_read_or_told(cell: str, code: str) -> None:
    assert told("A", cell) == ([code] if code else [])


@pytest.mark.parametrize(("cell", "kept"), [
    pytest.param(cell, kept, id=what) for what, cell, kept in values.KEPT])  # fmt: skip
def test_an_identifier_is_kept_without_what_nobody_sees(cell: str, kept: str) -> None:
    assert checked(with_cell("A", cell)).rows[0].values["registration_no"] == kept


@pytest.mark.parametrize(("cell", "text"), [
    pytest.param(cell, text, id=what) for what, cell, text in values.NAMES])  # fmt: skip
def test_a_name_is_a_text_whatever_it_looks_like(cell: str, text: str) -> None:
    found = checked(with_cell("B", cell))
    assert states(found) == "r"
    assert found.rows[0].values["family_name"] == text


@pytest.mark.parametrize("text", ["1.500", "1,500", "100,505"])
def test_one_mark_before_three_digits_is_asked(text: str) -> None:
    book = with_cell("D", values.said(text))
    assert [question.choice for question in checked(book).ask] == ["decimal_mark"]
    grouped = "point" if "," in text else "comma"
    settled = checked(book, settled={"decimal_mark": grouped})
    assert (
        settled.rows[0].values["amount_minor"] == int(text.replace(",", "").replace(".", "")) * 100
    )


@pytest.mark.parametrize("cell", [values.raw("<v>1</v>", "b"), values.number("45000", 1)])
def test_no_truth_value_and_no_day_is_a_name(cell: str) -> None:
    assert told("B", cell) == ["value-unknown"]


def test_a_look_alike_is_told_among_the_others() -> None:
    rows = [paid_row(row, A=values.said(f"{'А' if row == 5 else 'A'}-{row}")) for row in (3, 4, 5)]
    found = checked(listed(*rows))
    assert [(f.cell, f.code) for f in found.findings] == [("A5", "mixed-letters")]
    assert states(found) == "rrr"


def test_another_letter_is_no_look_alike() -> None:
    rows = [paid_row(row, A=values.said(f"{'Б' if row == 5 else 'A'}-{row}")) for row in (3, 4, 5)]
    assert checked(listed(*rows)).findings == []


def _with_column(heading: str, *cells: str) -> bytes:
    heads = ("Registration number", heading, "Distribution date", "Amount", "Currency")
    rows = [paid_row(row, B=cell) for row, cell in enumerate(cells, 2)]
    return workbook({SHEET: xml(sheet(*rows, headings=heads))})


def test_a_shared_phone_is_told_once() -> None:
    phone = values.said("+20 100 000 0001")
    other = values.said("+20 100 000 0002")
    found = checked(_with_column("Phone number", phone, other, phone, phone))
    assert [(f.cell, f.code) for f in found.findings] == [("B4", "phone-shared")]
    assert found.findings[0].details["first_row"] == "2"


def test_years_of_birth_are_told_once() -> None:
    years = [values.number("1985"), values.said("1990"), values.said("۱۹۷۰"), values.said("never")]
    found = checked(_with_column("Date of birth", *years))
    assert [(f.cell, f.code) for f in found.findings] == [
        ("B2", "date-unreadable"), ("B5", "date-unreadable"),
    ]  # fmt: skip
    assert states(found) == "rrrr"
