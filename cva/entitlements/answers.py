"""What was planned held against what was told: one answer for each; knows no database."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple


class Answer(StrEnum):
    """What became of something planned, or how something was given that was not."""

    AS_PLANNED = "as_planned"
    LESS = "less"
    MORE = "more"
    NOT_RECEIVED = "not_received"
    NOT_ON_LIST = "not_on_list"
    TWICE = "twice"
    #: Nobody has said anything yet.
    OPEN = "open"


class Planned(NamedTuple):
    """One instalment of one person.

    Attributes:
        amount: Minor units of ``currency``; pieces where it is None (commodity vouchers).
    """

    person: int
    instalment: int
    currency: str | None
    amount: int


class Told(NamedTuple):
    """What a row of a sheet says about a person.

    Attributes:
        instalment: None where it is not posted yet, so nobody has numbered it.
        amount: As in ``Planned``; 0 where nothing was received.
        is_confirmed: It is posted. Else it is told by a sheet that nobody approved yet.
        sheet_id: The sheet, with ``row`` its row, that says so.
        returned: How much of it came back later.
    """

    person: int
    instalment: int | None
    currency: str | None
    amount: int
    is_received: bool
    is_confirmed: bool
    sheet_id: int
    row: int
    returned: int = 0


class Line(NamedTuple):
    """One planned instalment and what was told of it, or something told that nobody planned."""

    answer: Answer
    planned: Planned | None
    told: Told | None

    @property
    def person(self) -> int:
        """Whom it is about."""
        one = self.planned or self.told
        return one.person if one else 0

    @property
    def instalment(self) -> int | None:
        """Which instalment."""
        one = self.planned or self.told
        return one.instalment if one else None


def compare(planned: Iterable[Planned], told: Iterable[Told]) -> list[Line]:
    """One line for each planned instalment, then those that nobody planned.

    A receipt answers the instalment it was posted for; one that nobody numbered, or whose number
    is not planned, the person's first without a receipt. What is left over was given twice. Who
    was said not to have received, and received elsewhere, has received.
    """
    plans = _by_person(planned)
    receipts: dict[int, list[Told]] = defaultdict(list)
    absences: dict[int, list[Told]] = defaultdict(list)
    for one in told:
        (receipts if one.is_received else absences)[one.person].append(one)
    lines: list[Line] = []
    extra: list[Line] = []
    for person, own in plans.items():
        got, absent = receipts.pop(person, ()), absences.get(person, ())
        if len(own) == 1 and len(got) == 1:
            lines.append(_line(own[0], got[0]))
        else:
            left = _answer(lines, sorted(own), sorted(got, key=_order), absent)
            extra += [Line(Answer.TWICE, None, one) for one in left]
    for strangers in receipts.values():
        extra += [Line(Answer.NOT_ON_LIST, None, one) for one in strangers]
    return lines + extra


def _by_person(planned: Iterable[Planned]) -> Mapping[int, list[Planned]]:
    plans: dict[int, list[Planned]] = defaultdict(list)
    for one in planned:
        plans[one.person].append(one)
    return plans


def _order(told: Told) -> tuple[bool, int, int, int]:
    return not told.is_confirmed, told.instalment or 0, told.sheet_id, told.row


def _answer(
    lines: list[Line], own: Sequence[Planned], got: Sequence[Told], absent: Sequence[Told]
) -> Sequence[Told]:
    """Add a line for each of a person's instalments; give the receipts that are left over."""
    paired: dict[int, Told] = {}
    waiting: list[Told] = []
    numbers = {one.instalment for one in own}
    for receipt in got:
        if receipt.instalment in numbers and receipt.instalment not in paired:
            paired[receipt.instalment] = receipt
        else:
            waiting.append(receipt)
    free = [one.instalment for one in own if one.instalment not in paired]
    paired |= zip(free, waiting, strict=False)
    unpaid = free[len(waiting) :]
    missed: dict[int, Told] = {}
    for absence in absent if unpaid else ():
        number = absence.instalment
        if number is None or number not in numbers:
            number = unpaid[0]
        missed.setdefault(number, absence)
    for one in own:
        receipt_of = paired.get(one.instalment)
        if receipt_of is not None:
            lines.append(_line(one, receipt_of))
        elif one.instalment in missed:
            lines.append(Line(Answer.NOT_RECEIVED, one, missed[one.instalment]))
        else:
            lines.append(Line(Answer.OPEN, one, None))
    return waiting[len(free) :]


def _line(planned: Planned, told: Told) -> Line:
    """Two currencies are never compared: nothing was given of what was planned."""
    if planned.currency != told.currency or told.amount < planned.amount:
        return Line(Answer.LESS, planned, told)
    answer = Answer.AS_PLANNED if told.amount == planned.amount else Answer.MORE
    return Line(answer, planned, told)
