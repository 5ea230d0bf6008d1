"""A vendor's claim of 50,000 numbers checked against the ledger and posted, on both databases.

    python bench/claims.py [--numbers 50000] [--rounds 3]

The vouchers are in a book and handed out before. Told apart: the whole check from file to staged
rows, what of it is the comparison with books, hand-outs and redemptions, and the approval.
"""

import argparse
import statistics
import tempfile
import time
from pathlib import Path

from databases import DATABASES, fresh_society
from openpyxl import Workbook

from cva.core.db import rehearsal
from cva.core.tenancy import SYSTEM
from cva.intake.staging import compare_with_ledger
from cva.staging.workflow import get_sheet
from tests.makers import AtWork
from tests.vouchers.shop import Shop


def main() -> None:
    """Run the rounds and print the table."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--numbers", type=int, default=50_000)
    asked.add_argument("--rounds", type=int, default=3)
    options = asked.parse_args()
    found: dict[str, list[dict[str, float]]] = {}
    for _round in range(options.rounds):
        for name in DATABASES:
            with fresh_society(name) as society:
                found.setdefault(name, []).append(_run(society, options.numbers))
    print(f"{'':<14}{'check s':>10}{'compare s':>12}{'approve s':>12}")
    for name, runs in found.items():
        medians = [statistics.median(run[key] for run in runs) for key in runs[0]]
        print(f"{name:<14}{medians[0]:>10.1f}{medians[1]:>12.2f}{medians[2]:>12.1f}")


def _run(society: AtWork, numbers: int) -> dict[str, float]:
    shop = Shop(society)
    shop.add_vendor("V1", "Corner Shop")
    shop.add_book("A", "A-000001", f"A-{numbers:06d}", face="500", expires="2022-12-31")
    listed = [f"A-{number:06d}" for number in range(1, numbers + 1)]
    heads = ["Registration number", "Full name", "Distribution date", "Voucher number"]
    rows = [
        [f"R-{place}", f"Person No{place}", "2022-11-05", number, "value", 500, "RUB"]
        for place, number in enumerate(listed)
    ]
    society.approved(_sheet([*heads, "Voucher type", "Amount", "Currency"], rows))
    claim = _sheet(["Voucher number", "Redemption date"], [[each, "2022-11-07"] for each in listed])
    start = time.perf_counter()
    sheet_id = society.checked(claim, settled={"vendor": "V1"})
    checked = time.perf_counter()
    with rehearsal(society.engine, SYSTEM) as session:
        found = compare_with_ledger(session, get_sheet(session, sheet_id))
        compared = time.perf_counter()
    assert not found
    society.submit(sheet_id)
    submitted = time.perf_counter()
    assert society.approve(sheet_id).posted_rows == numbers
    done = time.perf_counter()
    return {
        "check_s": checked - start,
        "compare_s": compared - checked,
        "approve_s": done - submitted,
    }


def _sheet(head: list[str], rows: list[list[object]]) -> bytes:
    book = Workbook(write_only=True)
    page = book.create_sheet()
    page.append(head)
    for row in rows:
        page.append(row)
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as file:
        book.save(file.name)
        return Path(file.name).read_bytes()


if __name__ == "__main__":
    main()
