"""The float of a provider over a time: what it was, what moved it, what it holds for us."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from cva.journal import service as journal
from cva.journal.accounts import Account
from cva.providers.float_movements import ADVANCE, GIVE_BACK
from cva.providers.models import Provider

#: Which part of a statement the entries of a kind belong to; all others are payments.
_PARTS = {
    ADVANCE: "advanced",
    GIVE_BACK: "given_back",
    "payment_returns": "returned",
    "payment_returns_reversal": "returned",
    "payment_fees": "fees",
    "payment_fees_reversal": "fees",
}


@dataclass(frozen=True, slots=True)
class FloatStatement:
    """The float of a provider in one currency, over a time; what goes out is below zero.

    Attributes:
        given_back: To us. ``returned``: by people, to the float.
    """

    currency: str
    opening_minor: int
    advanced_minor: int
    paid_minor: int
    returned_minor: int
    fees_minor: int
    given_back_minor: int

    @property
    def closing_minor(self) -> int:
        """What it holds for us at the end."""
        moved = self.advanced_minor + self.paid_minor + self.returned_minor
        return self.opening_minor + moved + self.fees_minor + self.given_back_minor


def float_of(
    session: Session, provider: Provider, first: date | None = None, last: date | None = None
) -> list[FloatStatement]:
    """The float of a provider per currency; two currencies are never added."""
    account, provider_id = Account.PROVIDER_ADVANCES, provider.id
    opening: dict[str, int] = defaultdict(int)
    parts: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    if first is not None:
        day_before = date.fromordinal(first.toordinal() - 1)
        for moved in journal.moved_for_provider(session, provider_id, account, None, day_before):
            opening[moved.currency] += moved.minor
    for moved in journal.moved_for_provider(session, provider_id, account, first, last):
        parts[moved.currency][_PARTS.get(moved.kind, "paid")] += moved.minor
    return [
        FloatStatement(
            currency,
            opening[currency],
            *(
                parts[currency][part]
                for part in ("advanced", "paid", "returned", "fees", "given_back")
            ),
        )
        for currency in sorted({*opening, *parts})
    ]
