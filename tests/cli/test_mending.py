"""What a trial showed: questions answered at the command line, and a book without its walls."""

import re
import sqlite3

from openpyxl import load_workbook

from tests.cli.conftest import Shell
from tests.makers import TWO_PAID, many_paid, workbook

SEND = ("--society", "ARC", "--programme", "CASH", "--as", "field@arc.example")
BY_FIELD = ("--as", "field@arc.example")
#: Day or month first? No cell of the column tells.
ONE_WRONG = TWO_PAID.replace("5000   ", "ten thousand")
UNSETTLED = TWO_PAID.replace("2022-11-05", "03/04/2022")


def test_a_question_is_answered_by_sending_the_file_again(shell: Shell) -> None:
    file = shell.file(UNSETTLED)
    shell.ok("sheets", "send", file, *SEND)
    sent = shell.json(
        "sheets", "send", file, *SEND, "--set", "date_order=dmy", "--submit", "--handed-out"
    )
    assert sent["state"] == "submitted"
    assert shell.json("sheets", "show", 1)["state"] == "withdrawn"


def test_a_question_is_answered_where_the_sheet_is(shell: Shell) -> None:
    shell.ok("sheets", "send", shell.file(UNSETTLED), *SEND)
    shell.ok("sheets", "answer", 1, "--set", "date_order=dmy", *BY_FIELD)
    shown = shell.json("sheets", "show", 1)
    assert (shown["report"]["ask"], shown["report"]["ready"]) == ([], 2)


def test_a_withdrawn_sheet_may_be_sent_again(shell: Shell) -> None:
    file = shell.file(TWO_PAID)
    shell.ok("sheets", "send", file, *SEND)
    shell.ok("sheets", "withdraw", 1, *BY_FIELD)
    assert shell.json("sheets", "send", file, *SEND)["state"] == "checked"


def test_verify_names_the_entry_though_the_walls_are_gone(shell: Shell) -> None:
    shell.ok("sheets", "send", shell.file(TWO_PAID), *SEND, "--submit", "--handed-out")
    shell.ok("sheets", "approve", 1, "--as", "finance@arc.example")
    with sqlite3.connect(shell.society.ledger.settings.home / "cva.db") as base:
        walls = base.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for (name,) in walls:
            base.execute(f"DROP TRIGGER {name}")
        base.execute("UPDATE transfer SET amount_minor = 1")
    base.close()
    assert "ARC: entry 1: The rows behind it were changed." in shell("verify").output


def test_a_cell_is_mended_and_a_marked_workbook_written(shell: Shell) -> None:
    shell.ok("sheets", "send", shell.file(ONE_WRONG), *SEND)
    marked = shell.folder / "marked.xlsx"
    shell.ok("sheets", "marked", 1, "-o", marked)
    assert load_workbook(marked).worksheets[1]["D2"].comment is not None
    assert "2 ready" in shell.ok("sheets", "amend", 1, "D2", "10000", *BY_FIELD)
    (made,) = shell.json("sheets", "show", 1)["amendments"]
    assert (made["cell"], made["before"], made["after"]) == ("D2", "ten thousand", "10000")
    assert made["by"] == "field@arc.example"


def test_the_same_fault_is_one_line_and_mended_at_once(shell: Shell) -> None:
    file = shell.folder / "many.xlsx"
    file.write_bytes(many_paid(120, amount=0))
    told = shell("check", file).output.splitlines()
    assert [line for line in told if line.startswith("✗")] == [
        '✗ 120 cells, D2:D121 (Amount): "0" is not above zero. Write the amount that was given.'
    ]
    sent = shell.ok("sheets", "send", file, *SEND)
    found = re.search(r"Mend all of them with: cva sheets cure 1 (\w{8}) text --as", sent)
    assert found, sent
    done = shell.ok("sheets", "cure", 1, found[1], "text", "--text", "10", *BY_FIELD)
    assert "120 rows: 120 ready" in done
    assert len(shell.json("sheets", "show", 1)["amendments"]) == 120
    assert shell("sheets", "cure", 1, found[1], "text", "--text", "9", *BY_FIELD).exit_code == 1


def test_columns_are_explained_listed_and_forgotten(shell: Shell) -> None:
    odd = shell.folder / "odd.xlsx"
    odd.write_bytes(workbook([["Blorp", "Zing", "Quux"], ["R-001", "2022-11-05", 5000]]))
    assert shell("sheets", "send", odd, *SEND).exit_code == 2
    said = ("kind=cash_transfers", "column:A=registration_no", "column:B=distribution_date")
    pairs = [word for pair in (*said, "column:C=amount") for word in ("--set", pair)]
    shell.ok("sheets", "map", 1, *pairs, "--set", "header_row=1", *BY_FIELD)
    assert shell.json("sheets", "show", 1)["report"]["ready"] == 1
    other = shell.folder / "other.xlsx"
    other.write_bytes(workbook([["Blorp", "Zing", "Quux"], ["R-002", "2022-11-06", 7]]))
    checked = shell.json("check", other, "--society", "ARC", "--programme", "CASH")
    assert checked["ready"] == 1
    (known,) = shell.json("headings", "list", "--society", "ARC")
    assert known["columns"][2] == {"heading": "Quux", "field": "amount"}
    assert "Quux = amount" in shell.ok("headings", "list")
    shell.ok("headings", "forget", known["id"], *BY_FIELD)
    assert shell.json("headings", "list") == []


def test_people_without_numbers_are_settled_at_the_command_line(shell: Shell) -> None:
    people = "name | day | amount | currency\nAnna Orlova | 2022-11-05 | 5000 | RUB"
    shell.ok("sheets", "send", shell.file(people), *SEND, "--submit", "--handed-out")
    shell.ok("sheets", "approve", 1, "--as", "finance@arc.example")
    again = shell.file(people.replace("2022-11-05", "2022-12-05"))
    shell("sheets", "send", again, *SEND)
    [ask] = shell.json("sheets", "show", 2)["report"]["ask"]
    number, new = ask["options"]
    assert (number[:4], new) == ("ARC-", "new")
    shell.ok("sheets", "answer", 2, "--set", f"{ask['choice']}={number}", *BY_FIELD)
    report = shell.json("sheets", "show", 2)["report"]
    assert (report["ask"], report["ready"]) == ([], 1)
