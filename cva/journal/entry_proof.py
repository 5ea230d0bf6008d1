"""What an entry of the book is proved from, so that its lines can be proved from the rows."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from cva.journal import chain
from cva.journal.accounts import Account
from cva.journal.row_digests import Behind

#: Accounts that what was given, or paid against a rule, is debited to.
GIVEN = frozenset({Account.CASH_ASSISTANCE, Account.RECEIVABLES, Account.LOSSES})
#: Accounts that say what vendors are owed, or owe back.
OWED = frozenset({Account.PAYABLES, Account.RECEIVABLES})
#: The account of the fees that providers keep.
FEES = frozenset({Account.DELIVERY_FEES})


@dataclass(frozen=True, slots=True)
class EntryProof:
    """What entries of a kind are proved from.

    Attributes:
        sign: 1 where the amounts of the first part's rows are debited to ``accounts``, -1 where
            they are credited, 0 where the entry need not say so.
        may_be_bare: The entry may have no lines although its rows have amounts.
        of_reversed: Behind it are the rows of the entry that it reverses.
    """

    parts: tuple[Behind, ...]
    sign: int = 0
    accounts: frozenset[Account] = GIVEN
    may_be_bare: bool = False
    of_reversed: bool = False

    def booked(self, link: chain.Link) -> dict[str, int]:
        """What an entry says on these accounts, per currency; credits are below zero."""
        totals: dict[str, int] = defaultdict(int)
        for line in link.lines:
            if line["account"] in self.accounts:
                totals[line["currency"]] += line["amount_minor"]
        return dict(totals)

    def totals(self, link: chain.Link, rows: list[dict[str, Any]]) -> dict[str, int] | None:
        """What the lines of an entry should say by the rows behind it; None where they need not."""
        if not self.sign or (self.may_be_bare and not link.lines):
            return None
        totals: dict[str, int] = defaultdict(int)
        for row in rows:
            if row["amount_minor"] is not None:
                totals[row["currency"]] += self.sign * row["amount_minor"]
        return dict(totals)
