"""What is lacking where less was given, as a change of the list that would carry it on."""

from collections import defaultdict

from sqlmodel import Session

from cva.beneficiaries.service import numbers_of
from cva.core.money import plain
from cva.core.permissions import Permission
from cva.entitlements.delivery_comparison import ComparedLine, Outcome, PlannedDelivery, compare
from cva.entitlements.list_rows import list_rows
from cva.kinds.handouts.deliveries import given_in
from cva.programmes import planning


def carry_over_of(session: Session, round_id: int) -> list[str]:
    """The lines of a named change, two for each person: what was given, and the rest.

    ``R-001/1 = 3000`` and ``R-001/2 = 2000`` where 5,000 were planned: the plan stays what it was
    in sum. Only what is posted counts; what is not reported yet is not carried.
    """
    planning.see_round(session, round_id, Permission.SEE_ROUNDS)
    plans = [row.planned for row in list_rows(session, round_id)]
    given = given_in(session, round_id)
    last: dict[int, int] = defaultdict(int)
    numbered = [(one.person, one.instalment) for one in plans]
    numbered += [(one.person, one.instalment or 0) for one in given]
    for person, part in numbered:
        last[person] = max(last[person], part)
    less = [line for line in compare(plans, given) if _is_carried(line)]
    numbers = numbers_of(session, [line.person for line in less])
    lines: list[str] = []
    for line in less:
        if line.planned and line.delivery:
            last[line.person] += 1
            lines += _lines(
                numbers[line.person], line.planned, line.delivery.amount, last[line.person]
            )
    return lines


def _is_carried(line: ComparedLine) -> bool:
    planned, delivery = line.planned, line.delivery
    if line.answer != Outcome.LESS or planned is None or delivery is None:
        return False
    return planned.currency is not None and planned.currency == delivery.currency


def _lines(number: str, planned: PlannedDelivery, given: int, part: int) -> list[str]:
    currency = planned.currency or ""
    rest = plain(currency, planned.amount - given)
    return [
        f"{number}/{planned.instalment} = {plain(currency, given)}",
        f"{number}/{part} = {rest}",
    ]
