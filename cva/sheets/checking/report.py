"""What a check comes to: totals, and whether something is wrong."""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from cva.core.money import Money
from cva.sheets.checking.checked import READY, Checked, CheckedRow


class RowTotal(NamedTuple):
    """The sum of some rows in one currency."""

    money: Money
    rows: int


def row_totals(rows: Iterable[CheckedRow]) -> list[RowTotal]:
    """The ready rows' amounts per currency; two currencies are never added."""
    sums: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    for row in rows:
        amount, currency = row.values.get("amount_minor"), row.values.get("currency")
        if row.state == READY and isinstance(amount, int) and isinstance(currency, str):
            sums[currency] += amount
            counts[currency] += 1
    return [
        RowTotal(Money(currency, sums[currency]), count)
        for currency, count in sorted(counts.items())
    ]


def exit_status(checked: Checked) -> int:
    """0 nothing wrong, 1 errors or questions, 2 refused as a whole."""
    if checked.refused:
        return 2
    wrong = any(finding.severity == "error" for finding in checked.findings)
    return 1 if wrong or checked.ask else 0
