"""Providers at the command line, from the list to the float."""

import pytest

from cva.programmes.service import Mechanism
from tests.cli.conftest import Shell
from tests.makers import answered

BY_FIELD = ("--as", "field@arc.example")
BY_FINANCE = ("--as", "finance@arc.example")
OF_SOCIETY = ("--society", "ARC")
LIST = "number | name | phone\nR-001 | Anna Orlova | +79991234501\nR-002 | Boris Lebed |"


@pytest.fixture
def listed(shell: Shell) -> Shell:
    """A round with an approved list of two people."""
    round_id = shell.society.plan_round(mechanism=Mechanism.MOBILE_MONEY)
    shell.society.list_kept(LIST)
    shell.society.list_approved(round_id)
    return shell


def test_a_list_goes_out_and_its_answers_come_in(listed: Shell) -> None:
    listed.ok("providers", "add", "QP", "Quick Pay", *OF_SOCIETY, "--template", "mobile_money")
    assert listed.json("providers", "list")[0]["reached"] == "paid"
    of_round = (*OF_SOCIETY, "--programme", "CASH", "--round", "2022-11", *BY_FIELD)
    made = listed.json("provider-list", "make", "QP", *of_round)
    assert made["payments"] == 1
    assert made["lacking"] == [{"registration_no": "R-002", "fields": ["phone"]}]
    assert listed("provider-list", "make", "QP", *of_round).exit_code == 1

    book = listed.folder / "list.xlsx"
    refused = listed("provider-list", "file", 1, "-o", book, *BY_FIELD)
    assert "This provider takes .csv." in refused.output
    assert not book.exists()
    file = listed.folder / "list.csv"
    listed.ok("provider-list", "file", 1, "-o", file, *BY_FIELD)
    first = file.read_bytes()
    assert b"79991234501,5000.00,P1-00001" in first
    listed.ok("provider-list", "send", 1, *BY_FINANCE)
    assert listed("provider-list", "send", 1, *BY_FINANCE).exit_code == 1
    listed.ok("provider-list", "send", 1, "--why", "It was lost.", *BY_FINANCE)
    listed.ok("provider-list", "file", 1, "-o", file, *BY_FINANCE)
    assert file.read_bytes() == first

    results = listed.folder / "results.xlsx"
    results.write_bytes(answered(["P1-00001"], "failed"))
    told = listed.ok("sheets", "send", results, *OF_SOCIETY, "--programme", "CASH", *BY_FIELD)
    assert "failed: 5000.00 RUB in 1 row" in told
    (waiting,) = listed.json("providers", "float", "QP", *OF_SOCIETY)["under_way"]
    assert (waiting["state"], waiting["amount"]) == ("instructed", "5000.00")
    assert "5000.00 no answer yet" in listed.ok("providers", "float", "QP", *OF_SOCIETY)
    listed.society.approved(answered(["P1-00001"]))
    shown = listed.json("provider-list", "show", 1)
    assert [each["state"] for each in shown["standings"]] == ["paid"]
    assert [each["reason"] for each in shown["sendings"]] == ["", "It was lost."]
    head, line = listed.ok("provider-list", "list").splitlines()
    assert head.split()[:5] == ["Number", "State", "Provider", "Round", "Payments"]
    assert line[: head.index("Payments") + len("Payments")].endswith("2022-11         1")
    assert line.index("QP-2022-11-1.csv") == head.index("File")
    assert "Orlova" not in listed.ok("provider-list", "show", 1)


def test_the_float_is_asked_for_and_compared(shell: Shell) -> None:
    shell.ok("providers", "add", "QP", "Quick Pay", *OF_SOCIETY)
    slip = ("--day", "2022-11-01", "--amount", "100", "--currency", "RUB")
    shell.ok(
        "providers", "ask", "QP", "advance_float", *OF_SOCIETY, *slip,
        "--slip", "S-1", "--why", "November.", *BY_FIELD,
    )  # fmt: skip
    refused = shell("requests", "confirm", 1, "--as", "auditor@arc.example")
    assert "Have it confirmed by: finance officer." in refused.output
    shell.society.confirm(1)
    said = shell.ok(
        "providers", "balance", "QP", *OF_SOCIETY, *slip, "--source", "Statement", *BY_FINANCE
    )
    assert said.strip() == "It agrees with ours."
    (found,) = shell.json("providers", "float", "QP", *OF_SOCIETY)["float"]
    assert (found["advanced"], found["closing"]) == ("100.00", "100.00")


def test_a_list_that_was_not_sent_is_cancelled(listed: Shell) -> None:
    listed.ok("providers", "add", "QP", "Quick Pay", *OF_SOCIETY)
    of_round = (*OF_SOCIETY, "--programme", "CASH", "--round", "2022-11", *BY_FIELD)
    listed.ok("provider-list", "make", "QP", *of_round)
    listed.ok("provider-list", "cancel", 1, *BY_FIELD)
    assert listed.json("provider-list", "show", 1)["state"] == "cancelled"
    assert listed("provider-list", "cancel", 1, *BY_FIELD).exit_code == 1


def test_who_stands_in_an_undecided_sheet_is_told_with_its_number(listed: Shell) -> None:
    cash = "number | day | amount | currency\nR-001 | 2022-11-05 | 5000 | RUB"
    sheet_id = listed.society.checked(cash, round_code="2022-11")
    listed.ok("providers", "add", "QP", "Quick Pay", *OF_SOCIETY)
    of_round = (*OF_SOCIETY, "--programme", "CASH", "--round", "2022-11", *BY_FIELD)
    made = listed("provider-list", "make", "QP", *of_round).output
    assert "1 payment" in made
    assert f"sheet {sheet_id} is approved or withdrawn, as they stand in it: R-001." in made


def test_what_is_available_stands_in_the_reconciliation_with_its_row(listed: Shell) -> None:
    society = listed.society
    provider_id = society.add_provider(tells_collection=True)
    society.payments_sent(provider_id, 1)
    sheet_id = society.approved(answered(["P1-00001"]))
    told = listed("reconcile", "CASH/2022-11", *OF_SOCIETY).output
    assert f"open, available since 6 Nov 2022: 5,000.00\N{NO-BREAK SPACE}RUB  {sheet_id}:2" in told
