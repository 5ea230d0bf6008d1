"""Small workbooks for tests; the people in them are invented."""

from collections.abc import Sequence
from datetime import date

from tests import sheets_made

HEADINGS = (
    "Registration number",
    "Family name",
    "First name",
    "Sex",
    "Region",
    "Distribution date",
    "Amount (RUB)",
)
NAMES = ("Yasneva", "Tikhaya", "Lugova", "Polevaya", "Ruchyova", "Beryozkina")

Cell = str | int | float | date | None


def workbook(rows: Sequence[Sequence[Cell]], headings: Sequence[str] = HEADINGS) -> bytes:
    """A sheet with a row of headings and these rows."""
    return sheets_made.workbook(headings, *rows)


def cash_rows(count: int, *, first: int = 1, month: int = 11) -> list[list[Cell]]:
    """Rows of cash transfers as they should be."""
    return [
        [
            f"RRC-22-{number:06d}",
            NAMES[number % len(NAMES)],
            "Vera" if number % 3 else "Pavel",
            "F" if number % 3 else "M",
            "Rostov" if number % 2 else "Kursk",
            date(2022, month, 1 + number % 28),
            10000 + 500 * (number % 3),
        ]
        for number in range(first, first + count)
    ]


def cash_sheet(count: int = 6, *, first: int = 1, faults: int = 0) -> bytes:
    """A sheet of cash transfers; the last rows have an amount in words."""
    rows = cash_rows(count, first=first)
    for row in rows[count - faults :]:
        row[-1] = "ten thousand"
    return workbook(rows)
