"""What a trial showed: questions answered at the command line, and a book without its walls."""

import sqlite3

from tests.cli.conftest import Shell
from tests.makers import TWO_PAID

SEND = ("--society", "ARC", "--programme", "CASH", "--as", "field@arc.example")
BY_FIELD = ("--as", "field@arc.example")
#: Day or month first? No cell of the column tells.
UNSETTLED = TWO_PAID.replace("2022-11-05", "03/04/2022")


def test_a_question_is_answered_by_sending_the_file_again(shell: Shell) -> None:
    file = shell.file(UNSETTLED)
    shell.ok("sheets", "send", file, *SEND)
    sent = shell.json("sheets", "send", file, *SEND, "--set", "date_order=dmy", "--submit")
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
    shell.ok("sheets", "send", shell.file(TWO_PAID), *SEND, "--submit")
    shell.ok("sheets", "approve", 1, "--as", "finance@arc.example")
    with sqlite3.connect(shell.society.ledger.settings.home / "cva.db") as base:
        walls = base.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for (name,) in walls:
            base.execute(f"DROP TRIGGER {name}")
        base.execute("UPDATE transfer SET amount_minor = 1")
    base.close()
    assert "ARC: entry 1: The rows behind it were changed." in shell("verify").output
