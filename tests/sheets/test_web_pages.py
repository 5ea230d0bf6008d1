"""Tables of web pages, which banks and programs of administrations call .xls."""

import pytest

from cva.sheets.annotation.annotate import mark_file
from cva.sheets.checking.checked import Checked
from cva.sheets.files.limits import Limits
from cva.sheets.files.parsed_workbook import ParsedSheet
from cva.sheets.recognition.opened_workbook import open_book
from tests.sheets_made import checked, errors, refusal, states, warnings

HEADS = ("Registration no", "Full name", "Distribution date", "Amount", "Currency")


def line(*cells: str, tag: str = "td", more: str = "") -> str:
    return f"<tr{more}>" + "".join(f"<{tag}>{cell}</{tag}>" for cell in cells) + "</tr>"


def paid(number: str = "R-1", amount: str = "1250.50", more: str = "") -> str:
    return line(number, "P One", "15.03.2025", amount, "EUR", more=more)


def page(*rows: str, above: str = "", attributes: str = "", head: str = "") -> bytes:
    heads = line(*HEADS, tag="th")
    return (
        f"<html><head>{head}</head><body>{above}<table{attributes}>{heads}{''.join(rows)}"
        "</table></body></html>"
    ).encode()


def read(content: bytes, name: str = "list.xls") -> Checked:
    return checked(content, name)


def sheets(content: bytes) -> list[ParsedSheet]:
    return open_book(content, "list.xls", Limits()).sheets


@pytest.mark.parametrize("name", ["list.xls", "list.html", "list.HTM", "list.csv", "list.xml"])
def test_a_table_of_a_page_is_read_whatever_it_is_called(name: str) -> None:
    found = read(page(paid()), name)
    assert (states(found), found.rows[0].values["amount_minor"]) == ("r", 125050)


@pytest.mark.parametrize(
    "content",
    [
        (
            b"<table border=1><tr><td>Registration no<td>Name<td>Amount (EUR)<td>Date"
            b"<tr><td>R-1<td>P<td>5<td>2025-03-04</table>"
        ),
        (
            b"<!-- made by a bank --><!DOCTYPE html><table><thead><th>Registration no<th>Name"
            b"<th>Amount (EUR)<th>Date</thead><tbody><tr><td>R-1<td>P<td>5<td>2025-03-04"
        ),
        (
            b'<?xml version="1.0" encoding="UTF-8"?><html xmlns="http://www.w3.org/1999/xhtml">'
            b"<body><table><tr><td>Registration no</td><td>Name</td><td>Amount (EUR)</td>"
            b"<td>Date</td></tr><tr><td>R-1</td><td>P</td><td>5</td><td>2025-03-04</td></tr></table></body></html>"
        ),
        (
            b"<style>td{color:red}</style><table><tr><td>Registration no</td><td>Name</td>"
            b"<td>Amount (EUR)</td><td>Date</td></tr><tr><td>R-1</td><td><script>x</script>P</td>"
            b"<td>5</td><td>2025-03-04</td></tr></table>"
        ),
    ],
)
def test_pages_are_read_as_programs_write_them(content: bytes) -> None:
    found = read(content)
    assert states(found) == "r"
    assert [row.values.get("full_name") or row.values.get("name") for row in found.rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1251"])
def test_a_page_is_read_in_the_encoding_that_it_names(encoding: str) -> None:
    said = {"cp1251": "windows-1251"}.get(encoding, encoding)
    text = page(paid("Р-1"), head=f'<meta charset="{said}">').decode()
    found = read(text.encode(encoding))
    assert found.rows[0].values["registration_no"] == "Р-1"


def test_blanks_are_one_and_lines_end_where_the_page_says_so() -> None:
    (sheet,) = sheets(page(line("R-1", " P\n   One<br>Two &amp; <b>T</b>hree&nbsp;")))
    assert sheet.text(2, 1) == "P One\nTwo & Three"


def test_cells_over_several_rows_and_columns_keep_the_others_in_their_place() -> None:
    (sheet,) = sheets(
        b"<table><tr><td rowspan=2>a<td colspan=2>b<td>c<tr><td>d<td>e<td>f<tr><td>g</table>"
    )
    assert [sheet.texts(row) for row in (1, 2, 3)] == [
        ["a", "b", "", "c"], ["", "d", "e", "f"], ["g", "", "", ""],
    ]  # fmt: skip
    assert sheet.merged == ((1, 0, 2, 0), (1, 1, 1, 2))


def test_several_tables_are_several_sheets_and_those_without_cells_are_none() -> None:
    content = page(paid(), above="<table><tr><td>&nbsp;</table>") + page(
        paid(), above="<table><caption>Second\nlist</caption><tr><td>x</table>"
    )
    assert [sheet.name for sheet in sheets(content)] == ["Table 2", "Second list", "Table 4"]
    assert [question.choice for question in read(content).ask] == ["sheet"]


def test_a_table_within_a_table_is_a_table_of_its_own() -> None:
    inner = page(paid()).decode()
    (sheet,) = sheets(f"<table><tr><td>{inner}</td></tr></table>".encode())
    assert (sheet.name, sheet.text(2, 0)) == ("Table 2", "R-1")


def test_what_stands_above_the_table_is_above_it_in_the_sheet() -> None:
    (sheet,) = sheets(page(paid(), above="<h1>Payments</h1><p>Amounts in EUR"))
    assert [sheet.text(row, 0) for row in (1, 2, 3)] == [
        "Payments", "Amounts in EUR", "Registration no",
    ]  # fmt: skip


def test_what_stands_below_the_last_table_is_below_it_in_the_sheet() -> None:
    below = b"<p>R-2 did not receive the money</p><p>Checked by P Two"
    (sheet,) = sheets(page(paid(), paid("R-2")) + below)
    assert [sheet.text(row, len(HEADS)) for row in (3, 4, 5, 6)] == [
        "", "", "R-2 did not receive the money", "Checked by P Two",
    ]  # fmt: skip
    found = read(page(paid(), paid("R-2")) + below)
    assert [each.choice for each in found.ask] == ["legend"]


def test_a_clean_page_with_a_footer_asks_nothing() -> None:
    found = read(page(paid(), paid("R-2")) + b"<hr><p>Page 1 of 1</p><p>Printed 16.03.2025")
    assert (states(found), found.ask) == ("rr", [])


@pytest.mark.parametrize(
    "amount",
    [
        "<bdo dir=rtl>05</bdo>",
        "<ruby>50<rt>70</rt></ruby>",
        "<details><summary>50</summary>70</details>",
        "<svg><text>9</text></svg>50",
        "<object>9</object>50",
        "<pre>5</pre><pre>0</pre>",
    ],
)
def test_numbers_that_are_seen_apart_or_turned_are_not_one(amount: str) -> None:
    found = read(page(paid(amount=amount), paid("R-2")))
    assert (states(found), errors(found)) == ("er", [("D2", "amount-unreadable")])


@pytest.mark.parametrize(
    ("style", "head"),
    [
        ('style="position:absolute; left:-999px"', ""),
        ('style="text-indent: -9999px"', ""),
        ('class="sr-only"', "<style>.sr-only{position:absolute;clip:rect(0,0,0,0)}</style>"),
        ('class="away"', "<style>.away{position:fixed;top:-5000px}</style>"),
    ],
)
def test_a_part_of_a_text_that_is_moved_out_of_the_page_is_unseen(style: str, head: str) -> None:
    (sheet,) = sheets(page(paid(amount=f"<span {style}>9</span>50"), head=head))
    assert sheet.partly_struck == {(2, 3): "50"}


@pytest.mark.parametrize(
    ("row", "head"),
    [
        (line("<s>R-1</s>"), ""),
        (line("<strike>R-1</strike>"), ""),
        (line("R-1", more=' style="text-decoration: line-through"'), ""),
        ('<tr><td class="xl65">R-1', "<style>.xl65{text-decoration:line-through}</style>"),
    ],
)
def test_what_is_struck_out_is_told(row: str, head: str) -> None:
    (sheet,) = sheets(page(row, head=head))
    assert sheet.struck == {(2, 0)}


def test_what_is_struck_out_in_part_leaves_the_rest() -> None:
    (sheet,) = sheets(page(line("R-1", "P", "", "<s>100</s> 150")))
    assert sheet.partly_struck == {(2, 3): "150"}


def test_hidden_rows_and_white_text_are_told() -> None:
    found = read(page(paid(), paid("R-2", more=' style="display:none"')))
    assert (states(found), warnings(found)) == ("rr", [("A3", "hidden-row")])
    (sheet,) = sheets(
        page('<tr><td style="color:#FFFFFF">R-1', '<tr bgcolor=red><td style="color:white">R-2')
    )
    assert sheet.unseen == {(2, 0)}


def test_boxes_are_marks() -> None:
    box = '<input type="checkbox" {}>'
    (sheet,) = sheets(page(line("R-1", box.format("checked")), line("R-2", box.format(""))))
    assert [sheet.text(row, 1) for row in (2, 3)] == ["☑", "☐"]


def test_a_page_with_faults_is_given_back_as_a_workbook() -> None:
    content = page(paid(), paid("R-2", "many"))
    found = read(content)
    assert errors(found) == [("D3", "amount-unreadable")]
    made = mark_file(content, "list.xls", found.sha256, found.findings, {}, Limits())
    assert errors(checked(made)) == [("D3", "amount-unreadable")]


def test_a_page_under_the_name_of_a_workbook_of_parts_is_refused() -> None:
    assert refusal(read(page(paid()), "list.xlsx")) == "workbook-unreadable"
