"""``cva templates``."""

from pathlib import Path

import pytest

from tests.cli.conftest import Shell
from tests.sheets_made import checked
from tests.templates_filled import fill, page_of

ASKED = ("templates", "cash_transfers", "--society", "arc")


def test_a_template_is_written(shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "empty.xlsx"
    said = shell.ok(*ASKED, "--programme", "CASH", "--language", "ru", "--rows", 3, "-o", file)
    assert str(file) in said
    page = page_of(file.read_bytes())
    assert page["G5"].value == "Сумма (RUB)\xa0*"
    assert (page["A8"].value, page["B9"].value) == (3, "Итого")
    row = {"registration_no": "R-1", "distribution_date": "05.11.2022", "amount": "1 500,50"}
    found = checked(fill(file.read_bytes(), "cash_transfers", {0: row}))
    assert found.marks["programme"] == "CASH"
    assert found.rows[0].values["amount_minor"] == 150050


def test_it_finds_a_name_of_its_own(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shell.ok(*ASKED, "--as", "field@arc.example")
    assert [file.name for file in tmp_path.glob("*.xlsx")] == ["cash_transfers-ARC-en.xlsx"]


@pytest.mark.parametrize(
    ("more", "status"),
    [
        (("--language", "xx"), 2),
        (("--rows", "-1"), 2),
        (("--round", "2022-11"), 1),
        (("--programme", "NONE"), 1),
        (("--as", "auditor@arc.example"), 1),
    ],
)
def test_what_cannot_be_written_is_said(
    shell: Shell, tmp_path: Path, more: tuple[str, ...], status: int
) -> None:
    file = tmp_path / "empty.xlsx"
    assert shell(*ASKED, "-o", file, *more).exit_code == status
    assert not file.exists()
