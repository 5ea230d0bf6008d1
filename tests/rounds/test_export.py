"""The workbook of a reconciliation: every figure on its first page is a formula over its rows."""

import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from cva.rounds.reconciliation import reconcile
from cva.rounds.reconciliation_export import export
from tests.makers import AtWork
from tests.rounds.made import round_with_differences


@pytest.fixture
def content(sqlite_society: AtWork) -> bytes:
    round_id = round_with_differences(sqlite_society)
    found = sqlite_society.see(lambda s: reconcile(s, round_id))
    name, content = export(found)
    assert name == "reconciliation-ARC-CASH-2022-11.xlsx"
    return content


def test_rows_and_differences_are_values_and_the_summary_is_formulas(content: bytes) -> None:
    book = load_workbook(BytesIO(content))
    assert book.sheetnames == ["Summary", "Rows", "Differences"]
    rows = list(book["Rows"].iter_rows(values_only=True))
    assert [row[0] for row in rows[1:]] == ["R-001", "R-002", "R-003", "R-004", "R-005", "R-099"]
    assert [row[3] for row in rows[1:]] == [
        "as planned",
        "less",
        "not received",
        "more",
        "open",
        "not on the list",
    ]
    assert book["Differences"].max_row == 6
    figures = [cell for row in book["Summary"].iter_rows(min_row=10) for cell in row[1:]]
    kept = [str(cell.value) for cell in figures if cell.value is not None]
    assert all(text.startswith("=") for text in kept if not text[0].isupper())
    assert sum(text.startswith("=") for text in kept) == 7 * 2 + 2 + 15 + 14 + 1


def test_calculated_by_another_program_the_check_is_zero(content: bytes, tmp_path: Path) -> None:
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        pytest.skip("No LibreOffice on this machine.")
    (tmp_path / "made.xlsx").write_bytes(content)
    order = [program, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"]
    order += ["--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", "done", "made.xlsx"]
    subprocess.run(order, cwd=tmp_path, check=True, capture_output=True, timeout=120)
    page = load_workbook(tmp_path / "done" / "made.xlsx", data_only=True)["Summary"]
    amounts = [row[:3] for row in page.iter_rows(values_only=True)][-17:]
    assert amounts == [
        ("Amounts", "RUB", "People"),
        ("Planned", 25000, 5),
        ("Told", 20000, 4),
        ("Confirmed", 13000, 3),
        ("Returned", 0, 0),
        ("Open", 5000, 1),
        ("Open, failed before", 0, 0),
        ("Open, came back before", 0, 0),
        ("Not received", 5000, 1),
        ("Not received, failed", 0, 0),
        ("Not received, came back", 0, 0),
        ("Shortfall", 2000, 1),
        ("Surplus", 2000, 1),
        ("Given twice", 0, 0),
        ("Not on the list", 5000, 1),
        ("Told, explained", 20000, None),
        ("Check, must be 0", 0, None),
    ]
