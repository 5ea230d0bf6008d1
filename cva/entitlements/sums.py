"""What the answers of a round come to: people by answer, and money explained per currency."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from cva.entitlements.answers import Answer, Line

#: Of a person's answers the first of these is the person's own.
_GRAVEST = (
    Answer.NOT_ON_LIST,
    Answer.TWICE,
    Answer.OPEN,
    Answer.NOT_RECEIVED,
    Answer.LESS,
    Answer.MORE,
    Answer.AS_PLANNED,
)


@dataclass(slots=True)
class Sums:
    """Amounts of one currency in minor units, or pieces of commodity vouchers (None).

    Attributes:
        told: By sheets that were sent, posted or not, without what came back. ``confirmed``: of
            it posted.
        open: Planned, and nobody has said anything yet. ``not_received``: said not to be, or all
            of it came back.
        shortfall: By how much less was given than planned; ``surplus``: by how much more.
        doubled: Given to people on the list beyond all their instalments.
        not_on_list: Given to people who are not on it.
        returned: What came back of what was given, beside what is told.
    """

    currency: str | None
    planned: int = 0
    told: int = 0
    confirmed: int = 0
    open: int = 0
    not_received: int = 0
    shortfall: int = 0
    surplus: int = 0
    doubled: int = 0
    not_on_list: int = 0
    returned: int = 0

    @property
    def explained(self) -> int:
        """What must have been told, by the plan and its differences."""
        lacking = self.open + self.not_received + self.shortfall
        return self.planned - lacking + self.surplus + self.doubled + self.not_on_list

    @property
    def ties(self) -> bool:
        """Whether every unit that was told is explained."""
        return self.told == self.explained


def sums_of(lines: Iterable[Line]) -> list[Sums]:
    """The sums per currency, in their order; pieces come last."""
    found: dict[str | None, Sums] = {}

    def of(currency: str | None) -> Sums:
        if currency not in found:
            found[currency] = Sums(currency)
        return found[currency]

    for line in lines:
        _add(line, of)
    return sorted(found.values(), key=lambda one: (one.currency is None, one.currency or ""))


def _add(line: Line, of: Callable[[str | None], Sums]) -> None:
    answer, planned, told = line
    if planned is not None:
        of(planned.currency).planned += planned.amount
    if told is not None and told.is_received:
        own = of(told.currency)
        own.told += told.amount
        own.confirmed += told.amount if told.is_confirmed else 0
        own.returned += told.returned
    if answer == Answer.OPEN and planned:
        of(planned.currency).open += planned.amount
    elif answer == Answer.NOT_RECEIVED and planned:
        of(planned.currency).not_received += planned.amount
    elif answer == Answer.TWICE and told:
        of(told.currency).doubled += told.amount
    elif answer == Answer.NOT_ON_LIST and told:
        of(told.currency).not_on_list += told.amount
    elif planned and told:
        short, over = differences(line)
        of(planned.currency).shortfall += short
        of(told.currency).surplus += over


def differences(line: Line) -> tuple[int, int]:
    """What is lacking in the currency planned, and what is too much in the currency told."""
    _answer, planned, told = line
    if planned is None or told is None:
        return 0, 0
    if planned.currency != told.currency:
        return planned.amount, told.amount
    return max(planned.amount - told.amount, 0), max(told.amount - planned.amount, 0)


def answers_of(lines: Iterable[Line]) -> dict[int, Answer]:
    """Each person's own answer: the gravest of theirs."""
    rank = {answer: at for at, answer in enumerate(_GRAVEST)}
    worst: dict[int, int] = {}
    for line in lines:
        person, own = line.person, rank[line.answer]
        worst[person] = min(own, worst.get(person, own))
    return {person: _GRAVEST[own] for person, own in worst.items()}
