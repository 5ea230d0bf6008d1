"""Who is registered twice, by document and phone, among 131,072 people, on both databases.

    python bench/duplicates.py [--people 131072] [--rounds 5]

One person in a hundred shares a document with another one, and one in a hundred a phone.
"""

import argparse
import statistics
import time
from datetime import date

from databases import DATABASES, fresh_society

from cva.beneficiaries.possible_duplicates import find_duplicates
from cva.beneficiaries.service import NewPerson, register
from tests.makers import AtWork


def main() -> None:
    """Run the rounds and print the medians."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--people", type=int, default=131_072)
    asked.add_argument("--rounds", type=int, default=5)
    options = asked.parse_args()
    for database in DATABASES:
        with fresh_society(database) as society:
            _register(society, options.people)
            seconds = [_search(society) for _round in range(options.rounds)]
            print(f"{database:<12}{options.people:>10,} people{statistics.median(seconds):>8.2f} s")


def _register(society: AtWork, people: int) -> None:
    new = [
        NewPerson(
            f"R-{number}",
            number,
            {
                "full_name": f"Person No{number}",
                "id_number": f"D{number - 1 if number % 200 == 0 else number}",
                "phone": f"+7916{number - 1 if number % 200 == 100 else number:07d}",  # noqa: PLR2004
            },
            date(2022, 11, 5),
        )
        for number in range(1, people + 1)
    ]
    sheet_id = society.send(b"x").sheet_id
    society.do(lambda session: register(session, society.society_id, sheet_id, new))


def _search(society: AtWork) -> float:
    start = time.perf_counter()
    groups = society.see(lambda session: find_duplicates(session, society.society_id))
    took = time.perf_counter() - start
    assert len(groups) > 100, len(groups)  # noqa: PLR2004
    return took


if __name__ == "__main__":
    main()
