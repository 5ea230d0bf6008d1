"""A round on the command line: planned, listed, approved, changed, paid, corrected."""

from tests.cli.conftest import Shell
from tests.makers import TWO_PAID

AT = ("CASH/2022-11", "--society", "ARC")
BY_FIELD = ("--as", "field@arc.example")
BY_MANAGER = ("--as", "manager@arc.example")
BY_FINANCE = ("--as", "finance@arc.example")
SEND = (
    "--society",
    "ARC",
    "--programme",
    "CASH",
    "--round",
    "2022-11",
    *BY_FIELD,
    "--submit",
    "--handed-out",
)
LIST = "number | name\nR-001 | Anna Orlova\nR-002 | Boris Lebed"


def approved(shell: Shell) -> None:
    """A round whose list is approved: two people, 5,000.00 for each."""
    plan = ("--society", "ARC", "--programme", "CASH", "--starts-on", "2022-11-05")
    value = ("--rule", "fixed", "--amount", "5000", "--site", "North", *BY_FIELD)
    shell.ok("rounds", "add", "2022-1", *plan, *value)
    shell.ok("rounds", "replan", 1, "--code", "2022-11", "--starts-on", "2022-11-05", *value)
    shell.ok("sheets", "send", shell.file(LIST, "list.xlsx"), *SEND, "--list")
    shell.ok("rounds", "take-list", *AT, "--from", "sheets", *BY_FIELD)
    shell.ok("rounds", "submit", *AT, *BY_FIELD)
    shell.ok("rounds", "approve", *AT, *BY_MANAGER)


def test_a_round_goes_from_its_plan_to_its_reconciliation(shell: Shell) -> None:
    approved(shell)
    shown = shell.json("rounds", "show", *AT)
    assert (shown["list"], shown["list_version"], shown["sites"]) == ("approved", 1, ["North"])
    assert shown["planned"] == [
        {"currency": "RUB", "people": 2, "instalments": 2, "amount": "10000.00"}
    ]
    assert shell.json("rounds", "list")[0]["code"] == "2022-11"
    shell.ok(
        "rounds",
        "change",
        *AT,
        "--name",
        "Twins",
        "--set",
        "R-002=7250.50",
        "--reason",
        "x",
        *BY_FIELD,
    )
    assert "R-002/1  5000.00 RUB → 7250.50 RUB" in shell.ok("requests", "show", 1)
    assert shell.json("requests", "show", 1)["parts"][0]["after"] == "7250.50"
    assert shell("requests", "confirm", 1, *BY_FIELD).exit_code == 1
    shell.ok("requests", "confirm", 1, *BY_MANAGER)
    shell.ok("sheets", "send", shell.file(TWO_PAID), *SEND)
    shell.ok("sheets", "approve", 2, *BY_FINANCE)
    told = shell.json("reconcile", *AT)
    assert told["people"]["as_planned"] == 2


def test_a_row_is_taken_back_and_the_person_has_a_history(shell: Shell) -> None:
    approved(shell)
    shell.ok("sheets", "send", shell.file(TWO_PAID), *SEND)
    shell.ok("sheets", "approve", 2, *BY_FINANCE)
    shell.ok("sheets", "reverse", 2, "--row", 2, "--reason", "A slip.", *BY_FIELD)
    (asked,) = shell.json("requests", "list", "--society", "ARC")
    zone = ("--country", "GB", "--currency", "GBP", "--time-zone", "Europe/London")
    shell.ok("societies", "add", "EX", "Example Society", *zone)
    assert shell.json("requests", "list", "--society", "EX") == []
    assert (asked["kind"], asked["state"]) == ("reverse_row", "open")
    shell.ok("requests", "confirm", asked["id"], *BY_FINANCE)
    who = ("people", "show", "R-001", "--society", "ARC", *BY_FIELD)
    assert "reversed" in [line["what"] for line in shell.json(*who)["history"]]
    assert "R-001" in shell.ok(*who)
    assert shell.ok("verify")


def test_a_request_is_refused_or_withdrawn(shell: Shell) -> None:
    approved(shell)
    change = (
        "rounds",
        "change",
        *AT,
        "--name",
        "X",
        "--set",
        "R-001=1",
        "--reason",
        "x",
        *BY_FIELD,
    )
    shell.ok(*change)
    shell.ok("requests", "refuse", 1, "--reason", "No.", *BY_MANAGER)
    shell.ok(*change)
    shell.ok("requests", "withdraw", 2, *BY_FIELD)
    states = [each["state"] for each in shell.json("requests", "list", "--all")]
    assert states == ["withdrawn", "refused"]


def test_what_became_of_a_person_and_scans(shell: Shell) -> None:
    approved(shell)
    since = ("--since", "2022-11-20", "--note", "Told by the family.")
    shell.ok("people", "say", "R-001", "deceased", "--society", "ARC", *since, *BY_FIELD)
    shell.ok("people", "merge", "R-001", "R-002", "--society", "ARC", "--reason", "x", *BY_FIELD)
    assert shell.json("people", "duplicates", "--society", "ARC") == []
    scan = shell.folder / "signed.pdf"
    scan.write_bytes(b"%PDF-1.7")
    shell.ok("evidence", scan, "--round", *AT, *BY_FIELD)
    assert shell("evidence", scan, "--round", *AT, *BY_FIELD).exit_code == 1
    assert shell("evidence", scan, *BY_FIELD).exit_code == 1


def test_grants_are_added_on_the_server(shell: Shell) -> None:
    shell.ok("programmes", "add-grant", "G-1", "A donor", "--society", "ARC")
    assert shell("programmes", "add-grant", "g-1", "A donor", "--society", "ARC").exit_code == 1
