"""Rows of texts and pages that have more cells than headings, or hold other rows: never ready."""

import pytest

from tests.sheets_made import checked, errors, states

HEADS = "Registration number,Family name,Distribution date,Currency,Amount"


def text_of(*lines: str, heads: str = HEADS) -> bytes:
    return "\n".join([heads, *lines, ""]).encode()


def page_of(*rows: str, heads: str = HEADS) -> bytes:
    head = "".join(f"<th>{each}</th>" for each in heads.split(","))
    body = "".join(f"<tr><td>{row.replace(',', '</td><td>')}</td></tr>" for row in rows)
    return f"<html><body><table><tr>{head}</tr>{body}</table></body></html>".encode()


@pytest.mark.parametrize("amount", ["1,000", "100,50", "12,500"])
def test_a_number_that_a_comma_cuts_is_no_amount(amount: str) -> None:
    rows = (f"R-1,Osmonova,2025-03-14,EUR,{amount}", "R-2,Aliev,2025-03-14,EUR,100")
    found = checked(text_of(*rows), "list.csv")
    assert (states(found), errors(found)) == ("er", [("F2", "row-too-long")])
    assert found.findings[0].value == amount.partition(",")[2]
    quoted = checked(text_of(rows[0].replace(amount, f'"{amount}0"'), rows[1]), "list.csv")
    assert "row-too-long" not in [code for _cell, code in errors(quoted)]
    page = checked(page_of(*rows), "list.html")
    assert (states(page), errors(page)) == ("er", [("F2", "row-too-long")])


@pytest.mark.parametrize("last", ["Signature", "Phone", "Remarks", "Sig"])
def test_a_number_that_a_comma_cuts_before_a_blank_cell_is_no_amount(last: str) -> None:
    rows = ("R-1,Osmonova,2025-03-14,EUR,1,500,", "R-2,Aliev,2025-03-14,EUR,300,")
    found = checked(text_of(*rows, heads=f"{HEADS},{last}"), "list.csv")
    assert found.rows[0].state == "error"
    assert [each.cell for each in found.findings if each.code == "row-too-long"] == ["F2"]
    blank = checked(text_of(rows[0].replace("1,500", "500,"), rows[1], heads=f"{HEADS},{last}"),
                    "list.csv")  # fmt: skip
    assert "row-too-long" not in [each.code for each in blank.findings]


CUT = """Registration No,Full name,Date,Amount (KES),{last}
R-1,Anna,2025-03-01,1,500
R-2,Bo,2025-03-01,{second}
R-3,Cyd,2025-03-01,300,{third}
"""


@pytest.mark.parametrize(
    ("last", "second", "third"),
    [("Sign", "1,700", ""), ("Village", "2,700", "Ahero"), ("Phone", "900,", "0711000222")],
)
def test_a_number_whose_end_fills_the_next_column_is_no_amount(
    last: str, second: str, third: str
) -> None:
    found = checked(CUT.format(last=last, second=second, third=third).encode(), "list.csv")
    cut = [(cell, code) for cell, code in errors(found) if code == "amount-cut"]
    assert cut == [("D2", "amount-cut"), ("D3", "amount-cut")][: 1 + second.endswith("00")]
    assert states(found)[2] != "e"


@pytest.mark.parametrize("second", ["12,700", "900,205", "1900,700"])
def test_numbers_of_a_column_of_their_own_are_no_ends(second: str) -> None:
    """Where all rows have such a number, or one stands behind an amount of four digits."""
    text = CUT.format(last="House", second=second, third="250" if second < "1900" else "")
    found = checked(text.encode(), "list.csv")
    assert (states(found), errors(found)) == ("rrr", [])


def test_rows_that_all_end_in_a_comma_are_as_they_are() -> None:
    rows = ("R-1,Osmonova,2025-03-14,EUR,100,101,", "R-2,Aliev,2025-03-14,EUR,300,102,")
    found = checked(text_of(*rows, heads=f"{HEADS},House no"), "list.csv")
    assert "row-too-long" not in [each.code for each in found.findings]


def test_rows_that_are_all_too_long_are_all_errors() -> None:
    rows = ("R-1,Osmonova,2025-03-14,EUR,12,500", "R-2,Aliev,2025-03-14,EUR,9,750")
    assert states(checked(text_of(*rows), "list.csv")) == "ee"


def test_blank_cells_beyond_the_headings_are_nothing() -> None:
    rows = ("R-1,Osmonova,2025-03-14,EUR,100,,", "R-2,Aliev,2025-03-14,EUR,100")
    for content, name in ((text_of(*rows), "list.csv"), (page_of(*rows), "list.html")):
        assert states(checked(content, name)) == "rr"


def test_what_stands_under_a_blank_heading_is_no_fault() -> None:
    rows = ("R-1,Osmonova,2025-03-14,EUR,100,seen", "R-2,Aliev,2025-03-14,EUR,100,")
    assert states(checked(text_of(*rows, heads=f"{HEADS},"), "list.csv")) == "rr"


def test_a_second_list_may_have_more_headings() -> None:
    heads = HEADS.replace("Currency", "Household size,Currency")
    first = "R-1,Osmonova,2025-03-14,EUR,100"
    found = checked(text_of(first, "", heads, "R-2,Aliev,2025-03-14,4,EUR,100"), "list.csv")
    assert "row-too-long" not in [each.code for each in found.findings]


def test_a_heading_over_two_columns_is_over_both() -> None:
    content = page_of("R-1,Osmonova,2025-03-14,EUR,100,seen").replace(
        b"<th>Amount", b"<th colspan=2>Amount"
    )
    assert "row-too-long" not in [each.code for each in checked(content, "list.html").findings]


@pytest.mark.parametrize(
    ("lines", "cell"),
    [
        (
            (
                'R-1,Osmonova,2025-03-14,EUR,100,"North',
                "R-2,Aliev,2025-03-14,EUR,100,South",
                'R-3,Sadykova,2025-03-14,EUR,100,North"',
            ),
            "F2",
        ),
        (
            (
                'R-1,"Osmonova,2025-03-14,EUR,100,North',
                'R-2,Aliev",2025-03-14,EUR,100,South',
            ),
            "B2",
        ),
    ],
)
def test_a_stray_quotation_mark_swallows_nobody(lines: tuple[str, ...], cell: str) -> None:
    last = "R-4,Kasymova,2025-03-14,EUR,100,East"
    found = checked(text_of(*lines, last, heads=f"{HEADS},Village"), "list.csv")
    assert (states(found), errors(found)) == ("er", [(cell, "rows-in-cell")])


def test_lines_of_a_remark_are_no_rows() -> None:
    remark = '"rice, oil, sugar, tea, salt, soap\nbeans, maize, flour"'
    row = f"R-1,Osmonova,2025-03-14,EUR,100,{remark}"
    found = checked(text_of(row, heads=f"{HEADS},Notes"), "list.csv")
    assert (len(found.rows), errors(found)) == (1, [])
