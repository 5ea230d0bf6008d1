"""What the answers of a round come to: people by answer, and money explained per currency."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from cva.entitlements.delivery_comparison import ComparedLine, Delivery, Outcome

#: Of a person's answers the first of these is the person's own.
_GRAVEST = (
    Outcome.NOT_ON_LIST,
    Outcome.TWICE,
    Outcome.OPEN,
    Outcome.NOT_RECEIVED,
    Outcome.LESS,
    Outcome.MORE,
    Outcome.AS_PLANNED,
)
_LACKING = {Outcome.OPEN: "open", Outcome.NOT_RECEIVED: "not_received"}
_BEYOND = {Outcome.TWICE: "doubled", Outcome.NOT_ON_LIST: "not_on_list"}


@dataclass(slots=True)
class Sums:
    """Amounts of one currency in minor units, or pieces of commodity vouchers (None).

    Attributes:
        told: By sheets that were sent, posted or not, without what came back. ``confirmed``: of
            it posted.
        open: Planned, and not reported yet. ``not_received``: said not to be, or all
            of it came back.
        open_failed: Of what is open, whose payment failed at a provider and is made again;
            ``open_returned``: whose all came back. ``not_received_failed`` and
            ``not_received_returned``: the same of what was not received.
        shortfall: By how much less was given than planned; ``surplus``: by how much more.
        doubled: Given to people on the list beyond all their instalments.
        not_on_list: Given to people who are not on it.
        returned: What came back of what was given, beside what is reported.
        people: How many people each of these is about, each once; ``instalments``: how many
            instalments, and receipts beyond them.
    """

    currency: str | None
    planned: int = 0
    told: int = 0
    confirmed: int = 0
    open: int = 0
    open_failed: int = 0
    open_returned: int = 0
    not_received: int = 0
    not_received_failed: int = 0
    not_received_returned: int = 0
    shortfall: int = 0
    surplus: int = 0
    doubled: int = 0
    not_on_list: int = 0
    returned: int = 0
    people: Mapping[str, int] = field(default_factory=dict)
    instalments: Mapping[str, int] = field(default_factory=dict)

    @property
    def explained(self) -> int:
        """What must have been reported, by the plan and its differences."""
        lacking = self.open + self.not_received + self.shortfall
        return self.planned - lacking + self.surplus + self.doubled + self.not_on_list

    @property
    def ties(self) -> bool:
        """Whether every unit that was reported is explained."""
        return self.told == self.explained


def sums_of(lines: Iterable[ComparedLine]) -> list[Sums]:
    """The sums per currency, in their order; pieces come last."""
    amounts: dict[str | None, Counter[str]] = defaultdict(Counter)
    instalments: dict[str | None, Counter[str]] = defaultdict(Counter)
    people: dict[str | None, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for line in lines:
        for currency, name, amount in parts_of(line):
            amounts[currency][name] += amount
            instalments[currency][name] += 1
            people[currency][name].add(line.person)
    found = [
        Sums(
            currency,
            **own,
            people={name: len(who) for name, who in people[currency].items()},
            instalments=instalments[currency],
        )
        for currency, own in amounts.items()
    ]
    return sorted(found, key=lambda one: (one.currency is None, one.currency or ""))


def parts_of(line: ComparedLine) -> Iterator[tuple[str | None, str, int]]:
    """What a line adds to which of the ``Sums`` of a currency; nothing where it adds zero."""
    return (part for part in _parts(line) if part[2])


def _parts(line: ComparedLine) -> Iterator[tuple[str | None, str, int]]:
    answer, planned, delivery = line
    if planned is not None:
        yield planned.currency, "planned", planned.amount
    if delivery is not None and delivery.is_received:
        yield delivery.currency, "told", delivery.amount
        yield delivery.currency, "confirmed", delivery.amount if delivery.is_confirmed else 0
        yield delivery.currency, "returned", delivery.returned
    if planned and answer in _LACKING:
        for name in _lacking(_LACKING[answer], delivery):
            yield planned.currency, name, planned.amount
    elif delivery and answer in _BEYOND:
        yield delivery.currency, _BEYOND[answer], delivery.amount
    elif planned and delivery:
        short, over = differences(line)
        yield planned.currency, "shortfall", short
        yield delivery.currency, "surplus", over


def _lacking(name: str, delivery: Delivery | None) -> Iterator[str]:
    """What a planned amount that nobody has counts as, and why they do not."""
    yield name
    if delivery is not None and delivery.is_failed:
        yield f"{name}_failed"
    elif delivery is not None and delivery.is_received:
        yield f"{name}_returned"


def differences(line: ComparedLine) -> tuple[int, int]:
    """What is lacking in the currency planned, and what is too much in the currency reported."""
    _answer, planned, delivery = line
    if planned is None or delivery is None:
        return 0, 0
    if planned.currency != delivery.currency:
        return planned.amount, delivery.amount
    return max(planned.amount - delivery.amount, 0), max(delivery.amount - planned.amount, 0)


def answers_of(lines: Iterable[ComparedLine]) -> dict[int, Outcome]:
    """Each person's own answer: the gravest of theirs."""
    rank = {answer: at for at, answer in enumerate(_GRAVEST)}
    worst: dict[int, int] = {}
    for line in lines:
        person, own = line.person, rank[line.answer]
        worst[person] = min(own, worst.get(person, own))
    return {person: _GRAVEST[own] for person, own in worst.items()}
