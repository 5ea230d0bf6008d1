"""What was planned compared with what was reported: one answer for each; knows no database."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple


class Outcome(StrEnum):
    """What became of something planned, or how something was given that was not."""

    AS_PLANNED = "as_planned"
    LESS = "less"
    MORE = "more"
    NOT_RECEIVED = "not_received"
    NOT_ON_LIST = "not_on_list"
    TWICE = "twice"
    #: Not reported yet.
    OPEN = "open"


#: Planned, and nobody has it.
STILL_DUE = (Outcome.OPEN, Outcome.NOT_RECEIVED)


class PlannedDelivery(NamedTuple):
    """One instalment of one person.

    Attributes:
        amount: Minor units of ``currency``; pieces where it is None (commodity vouchers).
    """

    person: int
    instalment: int
    currency: str | None
    amount: int


class Delivery(NamedTuple):
    """What a row of a sheet says about a person.

    Attributes:
        instalment: None where nobody has numbered it, as it is not posted yet.
        amount: As in ``Planned``, without what came back; 0 where nothing was received.
        is_confirmed: It is posted. Else it is reported by a sheet that is not approved yet.
        sheet_id: The sheet, with ``row`` its row, that says so.
        returned: How much of it came back later.
        is_failed: A provider says that its payment failed or expired.
        is_excess: The book holds it as no assistance: it was found to be given twice.
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
    is_failed: bool = False
    is_excess: bool = False

    @classmethod
    def missed(
        cls, person: int, instalment: int, sheet_id: int, row: int, *, is_failed: bool = False
    ) -> "Delivery":
        """What was posted of somebody who did not receive."""
        return cls(*(person, instalment, None, 0, False, True, sheet_id, row), is_failed=is_failed)

    @property
    def is_kept(self) -> bool:
        """Whether something was received that did not all come back."""
        return self.is_received and self.amount > 0


class ComparedLine(NamedTuple):
    """One planned instalment and what was reported of it, or a delivery that nobody planned."""

    answer: Outcome
    planned: PlannedDelivery | None
    delivery: Delivery | None

    @property
    def person(self) -> int:
        """Whom it is about."""
        one = self.planned or self.delivery
        return one.person if one else 0

    @property
    def instalment(self) -> int | None:
        """Which instalment."""
        one = self.planned or self.delivery
        return one.instalment if one else None


def compare(
    planned: Iterable[PlannedDelivery], deliveries: Iterable[Delivery]
) -> list[ComparedLine]:
    """One line for each planned instalment, then those that nobody planned.

    A receipt answers the instalment it was posted for; one that nobody numbered, or whose number
    is not planned, the person's first without a receipt. What is left over was given twice, and
    so was what the book holds as excess, whatever is planned beside it. Who
    was said not to have received, and received elsewhere, has received. What all came back was
    not received either; beside something the person kept, it only counts as returned.
    """
    plans: dict[int, list[PlannedDelivery]] = defaultdict(list)
    for plan in planned:
        plans[plan.person].append(plan)
    receipts: dict[int, list[Delivery]] = defaultdict(list)
    absences: dict[int, list[Delivery]] = defaultdict(list)
    returns: dict[int, list[Delivery]] = defaultdict(list)
    for one in deliveries:
        kind = receipts if one.is_kept else returns if one.is_received else absences
        kind[one.person].append(one)
    lines: list[ComparedLine] = []
    extra: list[ComparedLine] = []
    for person, own in plans.items():
        got, absent = receipts.pop(person, ()), absences.get(person, ())
        back = sorted(returns.pop(person, ()), key=_order)
        if len(own) == 1 and len(got) == 1 and not back and not got[0].is_excess:
            lines.append(_line(own[0], got[0]))
            continue
        answered = _answer(sorted(own), sorted(got, key=_order), [*back, *absent])
        lines += answered[: len(own)]
        extra += answered[len(own) :]
    for person in list(receipts | returns):
        kept = sorted(receipts.get(person, ()), key=_order)
        strange = [ComparedLine(Outcome.NOT_ON_LIST, None, one) for one in kept]
        extra += _with_returns(strange, sorted(returns.get(person, ()), key=_order))
    return lines + extra


def _order(delivery: Delivery) -> tuple[bool, int, int, int]:
    return not delivery.is_confirmed, delivery.instalment or 0, delivery.sheet_id, delivery.row


def _answer(
    own: Sequence[PlannedDelivery], got: Sequence[Delivery], missing: Sequence[Delivery]
) -> list[ComparedLine]:
    """A line for each of a person's instalments, then one for each receipt that is left over."""
    paired: dict[int, Delivery] = {}
    waiting: list[Delivery] = []
    numbers = {one.instalment for one in own}
    excess = [one for one in got if one.is_excess]
    for receipt in (one for one in got if not one.is_excess):
        if receipt.instalment in numbers and receipt.instalment not in paired:
            paired[receipt.instalment] = receipt
        else:
            waiting.append(receipt)
    free = [one.instalment for one in own if one.instalment not in paired]
    paired |= zip(free, waiting, strict=False)
    missed = _missed(numbers, free[len(waiting) :], missing)
    lines: list[ComparedLine] = []
    for one in own:
        receipt_of = paired.get(one.instalment)
        if receipt_of is not None:
            lines.append(_line(one, receipt_of))
        elif one.instalment in missed:
            lines.append(ComparedLine(Outcome.NOT_RECEIVED, one, missed[one.instalment]))
        else:
            lines.append(ComparedLine(Outcome.OPEN, one, None))
    lines += [ComparedLine(Outcome.TWICE, None, one) for one in [*waiting[len(free) :], *excess]]
    shown = set(missed.values())
    return _with_returns(lines, [one for one in missing if one.is_received and one not in shown])


def _missed(
    numbers: Collection[int], unpaid: Sequence[int], missing: Sequence[Delivery]
) -> dict[int, Delivery]:
    """Why instalments without a receipt have none, where somebody said so."""
    missed: dict[int, Delivery] = {}
    for one in missing if unpaid else ():
        number = one.instalment
        if number is None or number not in numbers:
            number = unpaid[0]
        if number in unpaid:
            missed.setdefault(number, one)
    return missed


def _with_returns(lines: list[ComparedLine], returns: Sequence[Delivery]) -> list[ComparedLine]:
    """A person's lines, which account for what all came back too."""
    for one in returns:
        for at, (answer, planned, delivery) in enumerate(lines):
            if delivery is not None and delivery.is_received and delivery.currency == one.currency:
                whole = delivery._replace(returned=delivery.returned + one.returned)
                lines[at] = ComparedLine(answer, planned, whole)
                break
        else:
            lines.append(ComparedLine(Outcome.NOT_RECEIVED, None, one))
    return lines


def _line(planned: PlannedDelivery, delivery: Delivery) -> ComparedLine:
    """Two currencies are never compared: nothing was given of what was planned."""
    if planned.currency != delivery.currency or delivery.amount < planned.amount:
        return ComparedLine(Outcome.LESS, planned, delivery)
    answer = Outcome.AS_PLANNED if delivery.amount == planned.amount else Outcome.MORE
    return ComparedLine(answer, planned, delivery)


def with_under_way(
    lines: Iterable[ComparedLine], under_way: Mapping[int, Collection[int]]
) -> Iterator[ComparedLine]:
    """The same, where what was not received is open again: somebody is paying it again.

    What nobody approved yet may be the answer of whoever is paying, so it stays.

    Args:
        lines: Of a comparison.
        under_way: The instalments that are being paid, by person.
    """
    for line in lines:
        delivery = line.delivery
        is_over = (
            line.answer == Outcome.NOT_RECEIVED and delivery is not None and delivery.is_confirmed
        )
        if delivery and is_over and line.instalment in under_way.get(line.person, ()):
            is_kept = delivery.is_received or delivery.is_failed
            yield ComparedLine(Outcome.OPEN, line.planned, delivery if is_kept else None)
        else:
            yield line
