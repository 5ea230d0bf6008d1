"""The float of a provider: what moved it, what it holds for us."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from sqlmodel import Session

from cva.journal import service as journal
from cva.journal.accounts import Account
from cva.providers.float_movements import ADVANCE, GIVE_BACK
from cva.providers.models import Provider

#: Which part of a statement the entries of a kind belong to; all others are payments.
_PARTS = {
    ADVANCE: "advanced_minor",
    GIVE_BACK: "given_back_minor",
    "payment_returns": "returned_minor",
    "payment_returns_reversal": "returned_minor",
    "payment_fees": "fees_minor",
    "payment_fees_reversal": "fees_minor",
}


@dataclass(frozen=True, slots=True)
class FloatStatement:
    """The float of a provider in one currency, from its beginning; what goes out is below zero.

    Attributes:
        opening_minor: What it held at the beginning: nothing.
        given_back_minor: To us. ``returned_minor``: by people, to the float.
    """

    currency: str
    opening_minor: int = 0
    advanced_minor: int = 0
    paid_minor: int = 0
    returned_minor: int = 0
    fees_minor: int = 0
    given_back_minor: int = 0

    @property
    def closing_minor(self) -> int:
        """What it holds for us at the end."""
        moved = self.advanced_minor + self.paid_minor + self.returned_minor
        return self.opening_minor + moved + self.fees_minor + self.given_back_minor


def float_of(session: Session, provider: Provider) -> list[FloatStatement]:
    """The float of a provider per currency; two currencies are never added."""
    parts: dict[str, Counter[str]] = defaultdict(Counter)
    for moved in journal.moved_for_provider(session, provider.id, Account.PROVIDER_ADVANCES):
        parts[moved.currency][_PARTS.get(moved.kind, "paid_minor")] += moved.minor
    return [FloatStatement(currency, **own) for currency, own in sorted(parts.items())]
