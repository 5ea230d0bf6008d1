"""Fees beside amounts, which may be written in another way."""

import datetime as dt

from cva.sheets.checking.checked import Checked
from tests.sheets_made import checked, workbook


def _with_fees(*pairs: tuple[str, str], **settled: str) -> Checked:
    heads = ["Reg No", "Name", "Date", "Amount (USD)", "Fee (USD)"]
    day = dt.date(2025, 3, 1)
    rows = [[f"R{at}", "Ann", day, *pair] for at, pair in enumerate(pairs)]
    answers = {key.replace("__", ":"): text for key, text in settled.items()}
    return checked(workbook(heads, *rows), settled=answers)


def _read_so(found: Checked) -> list[tuple[object, object]]:
    return [(row.values.get("amount_minor"), row.values.get("fee_minor")) for row in found.rows]


def test_fees_written_in_another_way_than_amounts_are_asked_about_by_themselves() -> None:
    pairs = ("1.234", "1,500"), ("2.500", "2,500")
    assert [ask.choice for ask in _with_fees(*pairs).ask] == ["decimal_mark", "decimal_mark:E"]
    assert [ask.heading for ask in _with_fees(*pairs).ask] == ["Amount (USD)", "Fee (USD)"]
    found = _with_fees(*pairs, decimal_mark="comma", decimal_mark__E="point")
    assert _read_so(found) == [(123400, 150000), (250000, 250000)]


def test_fees_written_as_the_amounts_are_have_their_answer() -> None:
    pairs = ("1.234", "1.500"), ("2.500", "2.500")
    assert [ask.choice for ask in _with_fees(*pairs).ask] == ["decimal_mark"]
    found = _with_fees(*pairs, decimal_mark="comma")
    assert (_read_so(found), found.ask) == ([(123400, 150000), (250000, 250000)], [])


def test_an_answer_about_amounts_does_not_turn_fees_that_show_their_mark() -> None:
    found = _with_fees(("1.234", "1,50"), ("2.500", "2,50"), decimal_mark="comma")
    assert _read_so(found) == [(123400, 150), (250000, 250)]
    found = _with_fees(("1.234", "1.50"), ("2.500", "2.50"), decimal_mark="comma")
    assert _read_so(found) == [(123400, 150), (250000, 250)]


def test_an_answer_about_fees_does_not_turn_amounts_that_show_their_mark() -> None:
    pairs = ("1,234.50", "1.500"), ("2.50", "2.500")
    assert [ask.choice for ask in _with_fees(*pairs).ask] == ["decimal_mark:E"]
    found = _with_fees(*pairs, decimal_mark__E="comma")
    assert _read_so(found) == [(123450, 150000), (250, 250000)]
