import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cva.cli.check import check
from tests.sheets_made import cash, paid, workbook


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "good.xlsx").write_bytes(cash(paid("A-1"), paid("A-2")))
    (tmp_path / "bad.xlsx").write_bytes(cash(paid("A-1", "many")))
    (tmp_path / "open.xlsx").write_bytes(
        workbook(["Reg. No.", "Date", "Amount"], ["A-1", "2025-03-04", 5])
    )
    (tmp_path / "none.xlsx").write_text("no workbook")
    return tmp_path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(check, [str(argument) for argument in arguments])


@pytest.mark.parametrize(
    ("name", "status"), [("good.xlsx", 0), ("bad.xlsx", 1), ("open.xlsx", 1), ("none.xlsx", 2)]
)
def test_the_exit_status_says_what_came_of_it(folder: Path, name: str, status: int) -> None:
    plain, as_json = run(folder / name), run(folder / name, "--json")
    assert (plain.exit_code, as_json.exit_code) == (status, status)
    assert json.loads(as_json.stdout)["file"] == name
    assert "Traceback" not in plain.output


def test_an_officer_reads_what_is_wrong_and_where(folder: Path) -> None:
    said = run(folder / "bad.xlsx").output
    assert "cash_transfers, headings in row 1" in said
    assert '✗ Sheet "List", cell D2 (Amount): "many" is no amount.' in said


def test_a_question_says_how_to_answer(folder: Path) -> None:
    assert "--set currency=" in run(folder / "open.xlsx").output
    assert run(folder / "open.xlsx", "--set", "currency=USD").exit_code == 0


def test_an_answer_that_is_none_is_told(folder: Path) -> None:
    assert run(folder / "open.xlsx", "--set", "currency").exit_code == 2


def test_the_json_has_what_it_promises(folder: Path) -> None:
    told = json.loads(run(folder / "good.xlsx", "--json").stdout)
    assert set(told) == {
        "file", "sha256", "kind", "sheet", "header_row", "columns", "rows", "ready",
        "not_received", "no_answer", "totals", "findings", "ask",
    }  # fmt: skip
    assert told["totals"] == [{"currency": "USD", "amount": "200.00", "rows": 2}]
