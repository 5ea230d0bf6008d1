"""Counting hand-outs: people each once, sums per currency, exceptions apart."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Select
from sqlmodel import Session

from cva.core.money import Money
from cva.reports.figures import DIMENSIONS, FigureGroup, FigureSum


@dataclass(slots=True)
class Tally:
    """What is counted of a set of hand-outs."""

    people: set[int] = field(default_factory=set)
    transfers: int = 0
    vouchers: int = 0
    minor: Counter[tuple[str, str]] = field(default_factory=Counter)
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, row: Any) -> None:  # noqa: ANN401
        """Count one hand-out."""
        self.people.add(row.person)
        self.transfers += row.is_cash
        self.vouchers += 1 - row.is_cash
        if row.amount is not None:
            key = ("cash" if row.is_cash else "voucher", row.currency)
            self.minor[key] += row.amount
            self.counts[key] += 1

    def join(self, other: "Tally") -> None:
        """Count what another tally counted too; a person in both is one person."""
        self.people |= other.people
        self.transfers += other.transfers
        self.vouchers += other.vouchers
        self.minor += other.minor
        self.counts += other.counts

    def sums(self, what: str) -> tuple[FigureSum, ...]:
        """Sums per currency, of cash or of vouchers."""
        return tuple(
            FigureSum(Money(currency, self.minor[kind, currency]), self.counts[kind, currency])
            for kind, currency in sorted(self.minor)
            if kind == what
        )


def count(session: Session, given: Select[Any]) -> tuple[Tally, Tally, dict[str, dict[Any, Tally]]]:
    """Assistance, exceptions apart from it, and assistance by each dimension.

    Each hand-out is counted once, in the finest group it belongs to; wider ones are put together
    from these.
    """
    apart = Tally()
    finest: dict[tuple[Any, ...], Tally] = defaultdict(Tally)
    for row in session.execute(given):
        if row.exception is not None:
            apart.add(row)
        else:
            finest[row.programme, row.modality, row.region, row.sex].add(row)
    whole = Tally()
    groups: dict[str, dict[Any, Tally]] = {name: defaultdict(Tally) for name in DIMENSIONS}
    for keys, tally in finest.items():
        whole.join(tally)
        for name, key in zip(DIMENSIONS, keys, strict=True):
            groups[name][key].join(tally)
    return whole, apart, groups


def groups_of(
    tallies: Mapping[Any, Tally], names: Mapping[Any, tuple[str, str]]
) -> tuple[FigureGroup, ...]:
    """The groups of a breakdown, most people first; ``names`` gives code and name by key."""
    groups = [
        FigureGroup(
            code=names.get(key, (str(key or ""), ""))[0],
            name=names.get(key, ("", str(key or "")))[1],
            people=len(tally.people),
            transfers=tally.transfers,
            vouchers_issued=tally.vouchers,
            amounts=tally.sums("cash"),
            voucher_values=tally.sums("voucher"),
        )
        for key, tally in tallies.items()
    ]
    return tuple(sorted(groups, key=lambda group: (-(group.people or 0), group.name)))
