"""Vouchers through every door: the command line and the JSON interface say the same."""

from datetime import date
from pathlib import Path

import pytest

from tests.api.conftest import Api, api
from tests.cli.conftest import Shell, shell
from tests.makers import AtWork

__all__ = ["api", "shell"]

CLAIM = "voucher | redeemed | amount | currency\nA-01 | 2022-11-07 | 200 | RUB"
GIVEN = """
number | name        | day        | voucher | type  | amount | currency
R-1    | Anna Orlova | 2022-11-05 | A-01    | value | 500    | RUB
"""
AS_FIELD = ("--society", "ARC", "--as", "field@arc.example")


def test_a_voucher_goes_all_the_way_by_commands(shell: Shell, tmp_path: Path) -> None:
    ok = shell.ok
    ok("vouchers", "add-vendor", "V1", "Corner Shop", *AS_FIELD)
    book = ("A", "A-01", "A-20", "--programme", "CASH", "--face", "500")
    assert "20 vouchers" in ok("vouchers", "add-book", *book, *AS_FIELD)
    assert "20 vouchers moved" in ok("vouchers", "move", "A", "received", *AS_FIELD)
    send = ("--programme", "CASH", *AS_FIELD, "--submit", "--handed-out")
    sent = shell("sheets", "send", shell.file(GIVEN), *send)
    assert 'no team has taken the voucher "A-01"' in sent.output
    assert "still in store" in sent.output.splitlines()[-1]
    ok("sheets", "submit", 1, "--as", "field@arc.example", "--confirm-changes", "--handed-out")
    ok("sheets", "approve", 1, "--as", "finance@arc.example")
    ok("sheets", "send", shell.file(CLAIM, "claim.xlsx"), *send, "--set", "vendor=V1")
    ok("sheets", "approve", 2, "--as", "finance@arc.example")
    asked = ok("vouchers", "lost", "--first", "A-02", "--reason", "Fell in the river", *AS_FIELD)
    assert "Report lost: A-02." in asked
    shell.society.confirm(1)

    assert "It ties." in ok("vouchers", "control", "--society", "ARC")
    assert "redeemed  200.00 RUB  V1" in ok("vouchers", "show", "a-01", "--society", "ARC")
    assert "Due: 200.00 RUB" in ok("vouchers", "statement", "V1", "--society", "ARC")
    assert "A-02" in ok("vouchers", "stops", "--society", "ARC")
    assert "A-01 - A-20  500.00 RUB" in ok("vouchers", "books", "--society", "ARC")
    assert "Corner Shop" in ok("vouchers", "vendors", "--society", "ARC")
    assert "made anew" in ok("vouchers", "rebuild", "--society", "ARC")
    for command in (("control",), ("statement", "V1")):
        written = tmp_path / f"{command[0]}.xlsx"
        ok("vouchers", *command, "--society", "ARC", "-o", written)
        assert written.read_bytes().startswith(b"PK")
    told = shell.json("vouchers", "control", "--society", "ARC")
    assert told["lines"][0]["printed"]["parts"]["lost"] == {
        "vouchers": 1,
        "value": {"currency": "RUB", "amount": "500.00"},
    }
    assert "sound" in ok("verify")


def test_what_is_wrong_is_told_in_one_line(shell: Shell) -> None:
    done = shell("vouchers", "show", "Z-1", "--society", "ARC")
    assert (done.exit_code, done.output) == (1, "There is no voucher with this number.\n")
    done = shell("vouchers", "void", "--first", "Z-1", "--reason", "Torn", *AS_FIELD)
    assert 'There is no voucher "Z-1".' in done.output


def test_the_interface_registers_moves_and_tells(api: Api) -> None:
    society = {"society": "ARC"}
    vendor = api.call("POST", "/vendors", json={**society, "code": "V1", "name": "Corner Shop"})
    assert (vendor.status_code, vendor.json["id"]) == (201, 1)  # type: ignore[index]
    new = {"programme": "CASH", "code": "A", "first": "A-01", "last": "A-20", "face": "500"}
    key = {"Idempotency-Key": "one"}
    for _time in range(2):
        book = api.call("POST", "/vouchers/books", json=society | new, headers=key)
        assert (book.status_code, book.json["printed"]) == (201, 20)  # type: ignore[index]
    moved = api.call("POST", "/vouchers/books/1/moves", json={"kind": "received"})
    assert moved.json == {"book": 1, "step": 1, "vouchers": 20}
    wrong = api.call("POST", "/vouchers/books/1/moves", json={"kind": "thrown"})
    assert wrong.status_code == 422
    asked = {"society": "ARC"}
    control = api.call("GET", "/vouchers/control", by="manager", query_string=asked)
    assert control.json["holds"]  # type: ignore[index]
    number = api.call("GET", "/vouchers/numbers", query_string=asked | {"number": "A-07"})
    assert (number.json["state"], number.json["book"]) == ("unissued", "A")  # type: ignore[index]
    for path in ("/vouchers/books", "/vouchers/stops", "/vendors"):
        assert api.call("GET", path, by="auditor", query_string=asked).status_code == 200
    assert api.call("GET", "/vendors/1/statement").json["claims"] == []  # type: ignore[index]
    assert api.call("GET", "/vouchers/control", by="partner", query_string=asked).status_code == 403


@pytest.mark.parametrize("name", ["finance", "manager"])
def test_only_numbers_of_persons_are_told(api: Api, society: AtWork, name: str) -> None:
    society.approved(GIVEN)
    asked = {"society": "ARC", "number": "A-01"}
    told = api.call("GET", "/vouchers/numbers", by=name, query_string=asked)
    assert told.json["registration_no"] == "R-1"  # type: ignore[index]
    assert "Orlova" not in told.text
    assert date.fromisoformat(told.json["history"][0]["on"]) == date(2022, 11, 5)  # type: ignore[index]
