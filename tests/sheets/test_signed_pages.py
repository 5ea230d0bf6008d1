"""Lines to sign on between the rows of a list, which goes on below them."""

import pytest

from tests.sheets_made import cash, checked, errors, paid, states, warnings


@pytest.mark.parametrize(
    "line",
    [
        ["Checked by Moses"],
        ["Prepared by: Moses", None, "Approved by: Jane"],
        [None, "Signature"],
        [None, "Son"],
        ["Составил: Иванов", None, None, "подпись ______"],
    ],
)
def test_people_below_a_line_to_sign_on_are_read(line: list[object]) -> None:
    found = checked(cash(paid("R-1"), line, paid("R-2"), paid("R-13"), ["Cashier: J. Doe"]))
    assert (states(found), errors(found), found.ask) == ("rrr", [], [])
    assert [code for _, code in warnings(found)].count("rows-skipped") == 1


def test_a_row_that_lacks_something_below_such_a_line_is_an_error() -> None:
    rows = (paid("R-1"), ["Checked by Moses"], paid("R-2"), paid("R-3", ""), paid("R-4"))
    found = checked(cash(*rows))
    assert (states(found), errors(found)) == ("rrer", [("D5", "required")])


def test_what_stands_below_the_last_signature_is_nobody() -> None:
    foot = (["Prepared by: Moses"], ["12.03.2025", "Moses", "12.03.2025", "5"], ["Stamp"])
    found = checked(cash(paid("R-1"), paid("R-2"), *foot))
    assert states(found) == "rr"
