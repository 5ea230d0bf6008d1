"""Every command, in text and in JSON, and what it ends with."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from cva.__main__ import main
from cva.societies import sign_in
from tests.cli.conftest import Shell
from tests.makers import TWO_PAID, settings_of

ONE_WRONG = TWO_PAID.replace("7250.50", "many")
SEND = ("--society", "ARC", "--programme", "CASH", "--as", "field@arc.example")
SUBMIT = ("--submit", "--handed-out")


def test_a_sheet_goes_from_its_file_to_the_month(shell: Shell) -> None:
    file = shell.file(TWO_PAID)
    assert "2 rows: 2 ready" in shell.ok("check", file, "--society", "ARC")
    sent = shell.ok("sheets", "send", file, *SEND)
    assert "Sheet 1 is checked, not submitted." in sent
    assert "waiting for approval" in shell.ok(
        "sheets", "submit", 1, "--handed-out", "--as", "field@arc.example"
    )
    approved = shell.ok("sheets", "approve", 1, "--as", "finance@arc.example")
    assert "posted: 2 rows, entries 1" in approved
    assert "12250.50 RUB (2)" in shell.ok("figures", "--society", "ARC", "--month", "2022-11")
    assert "It ties." in shell.ok("totals", "--society", "ARC")
    assert "ARC: sound; entries: 1, rows: 2" in shell.ok("verify")
    assert "approved" in shell.ok("sheets", "list")
    assert "approved" in shell.ok("sheets", "show", 1)


def test_the_same_in_json(shell: Shell) -> None:
    file = shell.file(TWO_PAID)
    sent = shell.json("sheets", "send", file, *SEND, *SUBMIT, "--round", "2022-11")
    assert (sent["id"], sent["state"], sent["report"]["ready"]) == (1, "submitted", 2)
    shell.ok("sheets", "approve", 1, "--as", "finance@arc.example")
    assert shell.json("sheets", "show", 1)["state"] == "approved"
    assert [each["state"] for each in shell.json("sheets", "list", "--society", "ARC")] == [
        "approved"
    ]
    figures = shell.json("figures", "--society", "ARC", "--month", "2022-11")
    assert figures["amounts"] == [{"currency": "RUB", "amount": "12250.50", "transfers": 2}]
    assert (figures["people"], figures["new_people"], figures["transfers"]) == (2, 2, 2)
    assert set(figures["by"]) == {"programme", "modality", "region", "sex"}
    totals = shell.json("totals", "--society", "ARC", "--from", "2022-11-01", "--to", "2022-11-30")
    assert totals["tie"]
    proof = shell.json("verify", "--society", "ARC")
    assert proof["sound"]
    assert proof["societies"][0]["fault"] is None


@pytest.mark.parametrize(
    ("table", "more", "status", "state"),
    [
        (TWO_PAID, (), 0, "checked"),
        (ONE_WRONG, (), 0, "checked"),
        (TWO_PAID, SUBMIT, 0, "submitted"),
        (ONE_WRONG, SUBMIT, 1, "checked"),
        (ONE_WRONG, (*SUBMIT, "--leave-out-errors"), 0, "submitted"),
        (TWO_PAID, ("--list", "--submit"), 0, "kept"),
    ],
)
def test_send_ends_with_how_far_it_came(
    shell: Shell, table: str, more: tuple[str, ...], status: int, state: str
) -> None:
    told = shell.json("sheets", "send", shell.file(table), *SEND, *more, status=status)
    assert told["state"] == state
    assert ("problem" in told) == (status == 1)


def test_a_refused_file_ends_with_two_and_its_finding(shell: Shell) -> None:
    file = shell.folder / "broken.xlsx"
    file.write_bytes(b"no workbook")
    told = shell.json("sheets", "send", file, *SEND, status=2)
    assert (told["state"], len(told["report"]["findings"])) == ("refused", 1)
    assert shell("check", file).exit_code == 2
    assert shell("check", file, "--society", "ARC").exit_code == 2


def test_what_was_sent_before_ends_with_two_and_names_it(shell: Shell) -> None:
    file = shell.file(TWO_PAID)
    shell.ok("sheets", "send", file, *SEND)
    told = shell.json("sheets", "send", file, *SEND, status=2)
    (finding,) = told["report"]["findings"]
    assert finding["code"] == "already-received"
    assert "1" in finding["message"]


def test_check_against_the_ledger_stores_nothing(shell: Shell) -> None:
    told = shell.json("check", shell.file(ONE_WRONG), "--society", "ARC", status=1)
    assert told["ready"] == 1
    assert shell.json("sheets", "list") == []


def test_a_sheet_is_sent_back(shell: Shell) -> None:
    shell.ok("sheets", "send", shell.file(TWO_PAID), *SEND, *SUBMIT)
    shell.ok("sheets", "reject", 1, "--why", "No stamps.", "--as", "finance@arc.example")
    (told,) = shell.json("sheets", "list")
    assert (told["state"], told["decision_reason"]) == ("rejected", "No stamps.")


def test_submitting_names_the_option_that_leaves_errors_out(shell: Shell) -> None:
    sent = shell.json("sheets", "send", shell.file(ONE_WRONG), *SEND, "--submit", status=1)
    assert "--leave-out-errors" in sent["problem"]
    refused = shell("sheets", "submit", sent["id"], "--as", "field@arc.example")
    assert refused.exit_code == 1
    assert "--leave-out-errors" in refused.output


@pytest.mark.parametrize(
    ("table", "said", "option"),
    [
        (TWO_PAID, (), "--handed-out"),
        (f"{TWO_PAID}\nTotal | | | 1 |", ("--handed-out",), "--confirm-totals"),
        (
            "number | name | day | amount\nR-1 | Anna Orlova | 2022-11-05 | 5000",
            ("--handed-out",),
            "--confirm-currency",
        ),
    ],
)
def test_what_pages_ask_is_confirmed_by_an_option(
    shell: Shell, table: str, said: tuple[str, ...], option: str
) -> None:
    shell.ok("sheets", "send", shell.file(table), *SEND)
    submit = ("sheets", "submit", 1, *said, "--as", "field@arc.example")
    refused = shell(*submit)
    assert refused.exit_code == 1
    assert f"Say so with {option}." in refused.output
    assert "Ready: " in shell.ok(*submit, option)


def test_a_sheet_that_changed_since_it_was_looked_at_is_not_decided(shell: Shell) -> None:
    shell.ok("sheets", "send", shell.file(TWO_PAID), *SEND)
    seen = shell.json("sheets", "show", 1)["version"]
    shell.ok("sheets", "submit", 1, "--handed-out", "--as", "field@arc.example")
    by_finance = ("--version", seen, "--as", "finance@arc.example")
    assert shell("sheets", "approve", 1, *by_finance).exit_code == 1
    assert shell("sheets", "reject", 1, "--why", "No.", *by_finance).exit_code == 1
    told = shell.ok("sheets", "approve", 1, "--as", "finance@arc.example")
    assert told.startswith("Ready: 12250.50 RUB in 2 rows")


def test_a_row_is_recorded_as_an_exception(shell: Shell) -> None:
    shell.society.approved(TWO_PAID, round_code="1")
    again = TWO_PAID.replace("R-002", "R-003")
    shell.ok("sheets", "send", shell.file(again), *SEND, "--round", "1")
    shell.ok(
        "sheets", "submit", 2, "--leave-out-errors", "--handed-out", "--as", "field@arc.example"
    )
    shell.ok(
        "sheets", "except", 2, 2, "--kind", "loss", "--why", "Two lists.",
        "--as", "finance@arc.example",
    )  # fmt: skip
    shell.ok("sheets", "approve", 2, "--as", "finance@arc.example")
    assert "Exceptions: 5000.00 RUB (1)" in shell.ok(
        "figures", "--society", "ARC", "--month", "2022-11"
    )


@pytest.mark.parametrize(
    "arguments",
    [
        ("sheets", "approve", "99", "--as", "finance@arc.example"),
        ("sheets", "show", "99"),
        ("figures", "--society", "ARC", "--month", "soon"),
        ("figures", "--society", "XXX", "--month", "2022-11"),
        ("verify", "--society", "XXX"),
        ("tokens", "add", "nobody@arc.example"),
    ],
)
def test_an_error_is_one_plain_line(shell: Shell, arguments: tuple[str, ...]) -> None:
    done = shell(*arguments)
    assert done.exit_code == 1
    assert "Traceback" not in done.output
    assert len(done.stderr.strip().splitlines()) == 1


def test_an_error_in_json_has_the_shape_of_the_interface(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.argv", ["cva", "sheets", "show", "99", "--json"])
    told = shell.json("sheets", "show", 99, status=1)
    assert told.keys() == {"code", "kind", "message", "fields"}
    assert told["code"] == "not_found"


def test_nobody_acts_without_the_right(shell: Shell) -> None:
    shell.ok("sheets", "send", shell.file(TWO_PAID), *SEND, *SUBMIT)
    for email in ("field@arc.example", "manager@arc.example", "nobody@arc.example"):
        assert shell("sheets", "approve", 1, "--as", email).exit_code == 1
    assert shell.json("sheets", "show", 1)["state"] == "submitted"


def test_societies_people_programmes_and_tokens_are_set_up(shell: Shell) -> None:
    shell.ok("societies", "add", "NEW", "New Red Cross", "--country", "by", "--currency", "byn")
    password = shell.folder / "password"
    password.write_text("four plain words\n")
    shell.ok(
        "users", "add", "Ann@New.example", "--society", "NEW", "--role", "field",
        "--password-file", password,
    )  # fmt: skip
    shell.ok(
        "programmes", "add", "FOOD", "Food", "--society", "NEW", "--currency", "BYN",
        "--unknown-people", "refuse", "--mechanism", "mobile_money",
    )  # fmt: skip
    assert shell.ok("tokens", "add", "ann@new.example").startswith("cva_")
    assert "NEW" in [each["code"] for each in shell.json("societies", "list")]
    ann = {"email": "ann@new.example", "society": "NEW", "role": "field", "is_disabled": False}
    assert ann in shell.json("users", "list")
    [token] = shell.json("tokens", "list", "ann@new.example")
    assert "works no more" in shell.ok("tokens", "revoke", token["id"])
    assert shell.json("tokens", "list", "ann@new.example") == []
    assert shell.ok("users", "password-link", "ann@new.example").startswith("/password/")
    shell.ok("users", "end-sessions", "ann@new.example")
    shell.ok("users", "disable", "ann@new.example")
    assert ann | {"is_disabled": True} in shell.json("users", "list")
    shell.ok("users", "enable", "ann@new.example")
    (food,) = [each for each in shell.json("programmes", "list") if each["society"] == "NEW"]
    assert (food["unknown_people"], food["mechanism"]) == ("refuse", "mobile_money")
    for command in ("societies", "users", "programmes"):
        assert "NEW" in shell.ok(command, "list")
    secret = shell.society.do(
        lambda session: sign_in.sign_in(session, "ann@new.example", "four plain words", "here")
    )
    assert secret is not None
    shell.ok("users", "remove", "ann@new.example", "--society", "NEW", "--role", "field")
    assert ann not in shell.json("users", "list")


def test_a_weak_password_is_refused(shell: Shell) -> None:
    password = shell.folder / "password"
    password.write_text("short")
    done = shell(
        "users", "add", "ann@arc.example", "--society", "ARC", "--role", "field",
        "--password-file", password,
    )  # fmt: skip
    assert done.exit_code == 1
    assert "12" in done.stderr


def test_the_database_is_upgraded_and_checked(shell: Shell) -> None:
    shell.ok("db", "upgrade")
    assert "as it should be" in shell.ok("db", "check")


def test_verify_ends_with_one_and_names_the_first_wrong_entry(shell: Shell) -> None:
    shell.society.approved(TWO_PAID)
    shell.society.approved(TWO_PAID.replace("2022-11", "2023-11"))
    engine = create_engine(shell.society.engine.url)
    with engine.begin() as connection:
        made = connection.execute(
            text("SELECT name, sql FROM sqlite_master WHERE name = 'transfer_no_update'")
        ).one()
        connection.execute(text("DROP TRIGGER transfer_no_update"))
        connection.execute(
            text("UPDATE transfer SET amount_minor = amount_minor + 1 WHERE sheet_id = 2")
        )
        connection.exec_driver_sql(made.sql)
    engine.dispose()
    assert "ARC: entry 2:" in shell("verify").output
    told = shell.json("verify", status=1)
    assert (told["sound"], told["societies"][0]["fault"]["entry"]) == (False, 2)
    assert shell("totals", "--society", "ARC").exit_code == 1


@pytest.mark.slow
def test_the_command_itself_passes_its_status_on(shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "broken.xlsx"
    file.write_bytes(b"no workbook")
    done = subprocess.run(
        [sys.executable, "-m", "cva", "sheets", "send", str(file), *SEND, "--json"],
        env={**os.environ, **settings_of(shell.society)},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 2
    assert json.loads(done.stdout)["state"] == "refused"


@pytest.mark.parametrize("name", sorted(main.commands))
def test_every_command_has_help(shell: Shell, name: str) -> None:
    assert "Usage:" in shell.ok(name, "--help")


def test_the_key_is_changed(shell: Shell) -> None:
    shell.society.approved(TWO_PAID)
    file = shell.society.ledger.settings.key_file
    before = file.read_bytes().split()
    assert str(file) in shell.ok("keys", "rotate")
    assert len(file.read_bytes().split()) == 2
    for command in ("rotate", "forget"):
        refused = shell("keys", command)
        assert (refused.exit_code, "forget" in refused.output) == (1, command == "rotate")
    os.utime(file, (0, 0))
    shell.ok("keys", "forget")
    assert len(file.read_bytes().split()) == 1
    assert file.read_bytes().split() != before
    assert "sound" in shell.ok("verify")


def test_people_are_found(shell: Shell) -> None:
    shell.society.approved(TWO_PAID)
    where = ("--society", "ARC", "--as", "field@arc.example")
    assert shell.ok("people", "find", "r-001", *where).startswith("R-001  ")
    listed = shell.json("people", "find", *where)
    assert [each["number"] for each in listed["items"]] == ["R-001", "R-002"]
    assert "Nobody was found" in shell("people", "find", "R-999", *where).output


def test_a_sheet_without_numbers_is_checked_again(shell: Shell) -> None:
    table = (
        "name | phone | day | amount | currency\nAnna Orlova | +79120000001 | 2022-11-05 | 5 | RUB"
    )
    sent = shell.society.checked(table)
    told = shell.ok("sheets", "check-again", sent, "--as", "field@arc.example")
    assert "1 row" in told
