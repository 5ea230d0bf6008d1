"""The lines of an entry, from the rows that stand behind it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from cva.journal.accounts import Account
from cva.journal.service import NewLine
from cva.programmes.models import Programme, VoucherExpense
from cva.programmes.service import BY_HAND

#: Where a payment against the rules is booked: to be got back, or lost.
EXCEPTIONS = {"recoverable": Account.RECEIVABLES, "loss": Account.LOSSES}

_VOUCHER_AGAINST = {
    VoucherExpense.HAND_OVER: Account.VOUCHERS_OUTSTANDING,
    VoucherExpense.BOUGHT_AHEAD: Account.CERTIFICATES,
}

Rows = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Booked:
    """What the rows of an entry belong to."""

    programme: Programme
    round_id: int
    provider_id: int | None = None

    @property
    def dimensions(self) -> dict[str, int]:
        """The dimensions of each of its lines."""
        found = {"programme_id": self.programme.id or 0, "round_id": self.round_id}
        if self.programme.grant_id is not None:
            found["grant_id"] = self.programme.grant_id
        if self.provider_id is not None:
            found["provider_id"] = self.provider_id
        return found


def cash_lines(booked: Booked, rows: Rows) -> list[NewLine]:
    """Debit assistance (or what an exception is), credit custody or the provider's float."""
    totals: dict[tuple[Account, Account, str], int] = defaultdict(int)
    for row in rows:
        debit = EXCEPTIONS.get(row["exception"], Account.CASH_ASSISTANCE)
        by_hand = row["mechanism"] in BY_HAND
        credit = Account.CASH_IN_CUSTODY if by_hand else Account.PROVIDER_ADVANCES
        totals[debit, credit, row["currency"]] += row["amount_minor"]
    return _pairs(booked, totals)


def provider_lines(programme: Programme, rows: Rows) -> list[NewLine]:
    """The same for rows of several rounds and providers, each on its own float."""
    return [
        line for booked, own in _by_provider(programme, rows) for line in cash_lines(booked, own)
    ]


def fee_lines(programme: Programme, rows: Rows) -> list[NewLine]:
    """Debit the fees of delivery, credit the float they were kept from."""
    lines = []
    for booked, own in _by_provider(programme, rows):
        totals: dict[tuple[Account, Account, str], int] = defaultdict(int)
        for row in own:
            key = (Account.DELIVERY_FEES, Account.PROVIDER_ADVANCES, row["currency"])
            totals[key] += row["amount_minor"]
        lines += _pairs(booked, totals)
    return lines


def _by_provider(programme: Programme, rows: Rows) -> list[tuple[Booked, Rows]]:
    groups: dict[tuple[int, int], list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows:
        groups[row["round_id"], row["provider_id"] or 0].append(row)
    return [
        (Booked(programme, round_id, provider_id or None), own)
        for (round_id, provider_id), own in sorted(groups.items())
    ]


def voucher_lines(booked: Booked, rows: Rows) -> list[NewLine]:
    """Nothing until redemption, unless the programme expenses a voucher at hand-out."""
    against = _VOUCHER_AGAINST.get(VoucherExpense(booked.programme.voucher_expense))
    totals: dict[tuple[Account, Account, str], int] = defaultdict(int)
    for row in rows:
        if against is not None and row["amount_minor"]:
            debit = EXCEPTIONS.get(row["exception"], Account.VOUCHER_ASSISTANCE)
            totals[debit, against, row["currency"]] += row["amount_minor"]
    return _pairs(booked, totals)


def taken_back(lines: Sequence[NewLine]) -> list[NewLine]:
    """The same lines the other way round."""
    return [replace(line, amount_minor=-line.amount_minor) for line in lines]


def _pairs(booked: Booked, totals: Mapping[tuple[Account, Account, str], int]) -> list[NewLine]:
    lines = []
    for (debit, credit, currency), minor in sorted(totals.items()):
        lines.append(NewLine(debit, currency, minor, booked.dimensions))
        lines.append(NewLine(credit, currency, -minor, booked.dimensions))
    return lines
