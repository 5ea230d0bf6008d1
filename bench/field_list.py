"""A field list of 10,000 people, taken out of the ledger and written.

python bench/field_list.py [--people 10000] [--rounds 3]
"""

import argparse
import statistics
import time

from databases import fresh_society

from cva.core.db import transaction
from cva.core.tenancy import SYSTEM
from cva.rounds.field_lists import take_field_list
from tests.makers import workbook


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--people", type=int, default=10_000)
    asked.add_argument("--rounds", type=int, default=3)
    options = asked.parse_args()
    with fresh_society("SQLite") as society:
        round_id = society.plan_round()
        rows = [[f"R-{at}", f"Person No{at}", at % 9 + 1] for at in range(options.people)]
        heads = ["Registration number", "Full name", "Household size"]
        society.submitted(workbook([heads, *rows]), round_code="2022-11", is_list=True)
        society.list_approved(round_id)
        taken, written = [], []
        for _ in range(options.rounds):
            start = time.perf_counter()
            with transaction(society.engine, SYSTEM) as session:
                ready = take_field_list(session, round_id)
            middle = time.perf_counter()
            size = len(ready.written())
            taken.append(middle - start)
            written.append(time.perf_counter() - middle)
    took = statistics.median(taken) + statistics.median(written)
    print(
        f"{options.people:,} people: {took:.1f} s (taking {statistics.median(taken):.1f}, "
        f"writing {statistics.median(written):.1f}), {size / 1024:.0f} KiB"
    )


if __name__ == "__main__":
    main()
