"""Lines above and below a list, notes on cells and colours of rows: who did not receive."""

import datetime as dt
from collections.abc import Sequence
from io import BytesIO

import pytest
from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from cva.sheets.checking.checked import Checked
from cva.sheets.files.cell_notes import AUTHOR
from tests.sheets_made import checked, saved, states, warnings, workbook

DAY = dt.date(2025, 3, 1)
HEADS = ["Reg No", "Name", "Date", "Amount (KES)"]
PEOPLE: list[Sequence[object]] = [[f"R{at}", "Ann", DAY, 50] for at in range(5)]
YELLOW, RED, GREEN = "FFFFFF00", "FFFF0000", "FF00B050"


def asked(found: Checked) -> list[str]:
    """What is asked, without digests of texts."""
    return [":".join(question.choice.split(":")[:2]) for question in found.ask]


LEGENDS = [
    "yellow = did not receive",
    "Rows in red: not paid",
    "highlighted people were absent",
    "* absent",
    "✗ - did not come",
    "Жёлтым отмечены не получившие",
    "Вахтин деньги не получил, возвращено в кассу",
    "красным выделены отказавшиеся",
    "en rouge : non servi",
    "surligné : absents le jour de la distribution",
    "en amarillo: no cobró",
    "باللون الأصفر لم يستلم",
    "قرمز: دریافت نکرده",
    "сары түс: алган жок",
    "жоўтым - не атрымалі",
    "жовтим - не отримали",
    "half was paid to those in green",
]


@pytest.mark.parametrize("legend", LEGENDS)
@pytest.mark.parametrize("is_below", [True, False])
def test_a_line_about_people_who_did_not_receive_is_asked_about(
    legend: str, *, is_below: bool
) -> None:
    rows: list[Sequence[object]] = [HEADS, *PEOPLE]
    found = checked(workbook(*rows, [], [legend]) if is_below else workbook([legend], *rows))
    assert (asked(found), states(found)) == (["legend"], "ooooo")
    assert found.ask[0].examples == {"": ((legend, ""),)}


@pytest.mark.parametrize(
    "line",
    [
        "Kenya Red Cross, winter assistance",
        "Красный Крест, не для продажи",
        "Croissant-Rouge de la Colline",
        "Кызыл Жарым Ай коому",
        "Camp of displaced families and returnees",
        "Green Hill branch",
        "* Winter assistance",
        "Возвращено в кассу: ________",
        "Prepared by: Ann Moss",
        "Solomon Islands, red team",
    ],
)
def test_titles_and_signatures_are_not(line: str) -> None:
    rows: list[Sequence[object]] = [HEADS, *PEOPLE]
    assert asked(checked(workbook([line], *rows, [], [line]))) == []


@pytest.mark.parametrize(
    ("answer", "expected"),
    [("0", "rrrrr"), ("3", "rnrrr"), ("3, 5-6", "rnrnn"), ("-", "rrrrr"), ("R3", "ooooo")],
)
def test_the_rows_that_the_sender_names_were_not_received(answer: str, expected: str) -> None:
    content = workbook(HEADS, *PEOPLE, [], ["yellow = did not receive"])
    found = checked(content, settled={"legend": answer})
    assert states(found) == expected
    told = ("A8", "rows-explained") in warnings(found)
    assert told == ("o" not in expected)


def test_letters_that_a_column_of_answers_uses_are_known() -> None:
    heads = [*HEADS, "Received"]
    rows: list[Sequence[object]] = [
        [*person, mark] for person, mark in zip(PEOPLE, "PAPPA", strict=True)
    ]
    found = checked(workbook(["P = present, A = absent"], heads, *rows))
    assert (asked(found), states(found)) == ([], "rnrrn")
    assert asked(checked(workbook(["P = present, A = absent"], HEADS, *PEOPLE))) == ["legend"]


def coloured(legend: str, *rows: int, colour: str = YELLOW, is_text: bool = False) -> bytes:
    book = load_workbook(BytesIO(workbook([legend], HEADS, *PEOPLE)))
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for row in rows:
        for cell in sheet[row]:
            if is_text:
                cell.font = Font(color=colour)
            else:
                cell.fill = PatternFill("solid", fgColor=colour)
    return saved(book)


@pytest.mark.parametrize(
    ("content", "offered"),
    [
        (coloured("yellow = did not receive", 4, 6), "4, 6"),
        (coloured("red = did not receive", 4, colour=RED, is_text=True), "4"),
        (coloured("highlighted: did not receive", 5, colour=GREEN), "5"),
        (coloured("red = did not receive", 4, colour=GREEN), ""),
        (coloured("yellow = did not receive", 3, 4, 5, 6, 7), ""),
        (coloured("* did not receive", 4), ""),
    ],
)
def test_rows_in_the_colour_of_a_legend_are_offered(content: bytes, offered: str) -> None:
    assert [one.offered for one in checked(content).ask] == [offered]


def test_colours_that_no_line_explains_are_passed_over() -> None:
    found = checked(coloured("Winter assistance", 4, 6))
    assert (states(found), found.findings) == ("rrrrr", [])


def noted(cell: str, text: str, author: str = "Ann") -> bytes:
    book = load_workbook(BytesIO(workbook(HEADS, *PEOPLE)))
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet[cell].comment = Comment(text, author)
    return saved(book)


@pytest.mark.parametrize(
    "text",
    [
        "absent", "did not come", "only half was paid", "отказалась от помощи", "non servi",
        "no cobró", "لم يستلم", "دریافت نکرد", "алган жок", "не атрымала",
    ],
)  # fmt: skip
def test_a_note_on_a_cell_is_asked_about(text: str) -> None:
    content = noted("D4", f"Ann:\n{text}")
    found = checked(content)
    assert (asked(found), states(found)) == (["word:D-note"], "ooooo")
    assert found.ask[0].examples == {"": ((text, ""),)}
    assert "D" in found.ask[0].choice
    assert states(checked(content, settled={found.ask[0].choice: "no"})) == "rrnrr"
    settled = checked(content, settled={found.ask[0].choice: "nothing"})
    assert [(one.cell, one.value) for one in settled.findings] == [("D4", text)]


@pytest.mark.parametrize("text", ["checked by Ann", "see the list of March", "widow"])
def test_a_note_about_something_else_is_passed_over(text: str) -> None:
    found = checked(noted("D4", text))
    assert (asked(found), states(found)) == ([], "rrrrr")


def test_our_own_notes_are_none() -> None:
    assert asked(checked(noted("D4", "Write yes or no, not a word.", AUTHOR))) == []
    assert asked(checked(noted("D4", f"fine\n{AUTHOR}: it may not have been received."))) == []


def test_a_note_on_a_heading_explains_rows() -> None:
    assert asked(checked(noted("D1", "in red: not paid"))) == ["legend"]
