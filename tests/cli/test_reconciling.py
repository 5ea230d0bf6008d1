"""``cva reconcile`` and ``cva field-list``."""

from pathlib import Path

from openpyxl import load_workbook

from tests.cli.conftest import Shell
from tests.rounds.made import round_with_differences


def test_a_round_is_reconciled(shell: Shell, tmp_path: Path) -> None:
    round_id = round_with_differences(shell.society)
    done = shell("reconcile", round_id, "-o", tmp_path / "made.xlsx")
    assert done.exit_code == 1
    assert "R-002/1" in done.stdout
    assert load_workbook(tmp_path / "made.xlsx").sheetnames[0] == "Summary"
    told = shell.json("reconcile", "CASH/2022-11", "--society", "ARC", status=1)
    assert told["people"] == {
        "as_planned": 1,
        "less": 1,
        "more": 1,
        "not_received": 1,
        "not_on_list": 1,
        "twice": 0,
        "open": 1,
    }
    (sums,) = told["sums"]
    assert (sums["planned"], sums["told"], sums["ties"]) == ("25000.00", "20000.00", True)
    assert (sums["people"]["planned"], sums["people"]["told"]) == (5, 4)
    assert "Lebed" not in str(told)


def test_rows_that_count_nowhere_are_named(shell: Shell) -> None:
    round_id = round_with_differences(shell.society)
    sheet_id = shell.society.checked(
        "number | day | amount | currency | received\nR-098 | 2022-11-06 | 7000 | RUB | yes",
        round_code="2022-11",
    )
    said = shell("reconcile", round_id).stdout
    assert f"1 row of sheet {sheet_id} has an error and counts nowhere here." in said


def test_a_field_list_is_written(shell: Shell, tmp_path: Path) -> None:
    round_id = round_with_differences(shell.society)
    file = tmp_path / "list.xlsx"
    said = shell.ok("field-list", round_id, "--language", "fa", "-o", file)
    assert "3 people" in said
    assert load_workbook(file).worksheets[0].sheet_view.rightToLeft
    archive = tmp_path / "all.zip"
    shell.ok("field-list", round_id, "--all-sites", "-o", archive)
    assert archive.read_bytes().startswith(b"PK")
    assert shell("field-list", 99, "-o", file).exit_code == 1


def test_changes_are_confirmed_by_saying_so(shell: Shell, tmp_path: Path) -> None:
    round_id = round_with_differences(shell.society)
    file = tmp_path / "list.xlsx"
    shell.ok("field-list", round_id, "-o", file)
    book = load_workbook(file)
    page = book.worksheets[0]
    page["C6"] = "Somebody Else"
    page["G6"], page["H6"], page["I6"] = "yes", "2022-11-08", 5000
    book.save(file)
    send = ("sheets", "send", file, "--society", "ARC", "--programme", "CASH", "--as")
    told = shell.json(*send, "field@arc.example", "--submit", status=1)
    assert told["problem"].startswith("The sheet differs from the field list")
    shell.ok("sheets", "submit", told["id"], "--confirm-changes", "--as", "field@arc.example")
