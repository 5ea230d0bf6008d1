"""What providers' answers report of a round before anybody approved them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from sqlalchemy import select as select_columns
from sqlmodel import Session, col, or_, select

from cva.beneficiaries.models import Beneficiary
from cva.core.db import batches
from cva.core.money import Money
from cva.entitlements.delivery_comparison import Delivery
from cva.kinds.payment_results.outcomes import ResultOutcome, outcomes_of
from cva.kinds.payment_results.result_rows import RESULTS
from cva.kinds.sheet_kind import PendingDeliveries
from cva.programmes.models import Round
from cva.providers.models import PaymentAnswer as Kind
from cva.providers.outcome_rules import CLOSED, REACHED
from cva.providers.uncollected import Available, available_in
from cva.staging.context import load_context
from cva.staging.models import GIVEN, Sheet, SheetState


class _Return(NamedTuple):
    """Money that came back, of what was paid in ``paid_in``: sheets and their rows."""

    paid_in: Sequence[tuple[int, int]]
    minor: int
    sheet_id: int
    row: int


def with_undecided_results(
    session: Session, planned: Round, reported: Iterable[Delivery], states: Sequence[SheetState]
) -> PendingDeliveries:
    """All that was reported of a round, and what results sheets in some states report beside it.

    Parts of a result may overlap: what two of them say of a payment is reported once.
    """
    found: list[Delivery] = []
    returns: list[_Return] = []
    available: dict[tuple[int, int], Available] = {}
    seen: set[tuple[object, ...]] = set()
    for sheet in _sheets(session, planned, states):
        sheet_id = sheet.id
        for outcome in outcomes_of(load_context(session, sheet), GIVEN):
            available |= _available(outcome, planned, sheet_id)
            key = _key(outcome, planned)
            if key is None or key in seen:
                continue
            seen.add(key)
            if outcome.settled.kind == Kind.RETURNED:
                returns += _returns(outcome, sheet_id)
            else:
                found += _deliveries(outcome, sheet_id)
    available |= available_in(session, planned.id)
    reported = _without_returns([*_of_one_record(session, found), *reported], returns)
    return PendingDeliveries(reported, available)


def _available(
    outcome: ResultOutcome, planned: Round, sheet_id: int
) -> dict[tuple[int, int], Available]:
    settled, found = outcome.settled, outcome.found
    is_new = settled.kind == Kind.AVAILABLE and settled.fault is None and not settled.is_known
    if not is_new or found is None or found.round_id != planned.id:
        return {}
    money = Money(found.instructed.currency, settled.minor or 0)
    waits = Available(outcome.on, money, False, sheet_id, outcome.row.number)  # noqa: FBT003
    return {(found.beneficiary_id, found.instalment): waits}


def _sheets(session: Session, planned: Round, states: Sequence[SheetState]) -> Sequence[Sheet]:
    of_round = or_(col(Sheet.round_id).is_(None), col(Sheet.round_id) == planned.id)
    return session.exec(
        select(Sheet)
        .where(
            Sheet.programme_id == planned.programme_id,
            Sheet.kind == RESULTS,
            col(Sheet.state).in_(states),
            of_round,
        )
        .order_by(col(Sheet.id))
    ).all()


def _key(outcome: ResultOutcome, planned: Round) -> tuple[object, ...] | None:
    """What tells an answer of this round from every other; None where there is nothing to tell."""
    settled, found = outcome.settled, outcome.found
    if settled.fault is not None or settled.is_known:
        return None
    if outcome.handed_out is not None:
        return "cash", outcome.handed_out.transfer["id"], outcome.on, settled.minor
    if found is None or found.round_id != planned.id:
        return None
    if settled.kind == Kind.RETURNED:
        return "returned", found.payment_id, outcome.on, settled.minor
    if settled.kind in REACHED | CLOSED:
        again = settled.what if settled.what != settled.kind else ""
        return "answered", found.payment_id, again
    return None


def _deliveries(outcome: ResultOutcome, sheet_id: int) -> Iterator[Delivery]:
    """What was paid beyond the plan is apart, as it will be posted."""
    found, settled = outcome.found, outcome.settled
    if found is None:
        return
    is_received, minor = settled.kind in REACHED, settled.minor or 0
    usual = 0 if found.instructed.paid_by is not None else min(minor, found.instructed.minor)
    one = Delivery(
        found.beneficiary_id,
        found.instalment,
        found.instructed.currency if is_received else None,
        usual,
        is_received=is_received,
        is_confirmed=False,
        sheet_id=sheet_id,
        row=outcome.row.number,
        is_failed=not is_received,
    )
    if usual or not is_received:
        yield one
    if minor > usual:
        yield one._replace(instalment=None, amount=minor - usual)


def _returns(outcome: ResultOutcome, sheet_id: int) -> Iterator[_Return]:
    settled, number = outcome.settled, outcome.row.number
    if outcome.handed_out is not None:
        transfer = outcome.handed_out.transfer
        where = [(transfer["sheet_id"], transfer["row_number"])]
        yield _Return(where, settled.minor or 0, sheet_id, number)
    elif outcome.found is not None:
        events = outcome.found.instructed.events
        where = [(one.sheet_id, one.row_number) for one in events if one.kind in REACHED]
        yield _Return(where, settled.minor or 0, sheet_id, number)


def _of_one_record(session: Session, reported: Sequence[Delivery]) -> Iterator[Delivery]:
    """Where two records were made one, what was reported of either is reported of the one."""
    merged: dict[int, int] = {}
    for part in batches(one.person for one in reported):
        rows = session.execute(
            select_columns(col(Beneficiary.id), col(Beneficiary.merged_into_id)).where(
                col(Beneficiary.id).in_(part), col(Beneficiary.merged_into_id).is_not(None)
            )
        )
        merged |= dict(rows.all())
    return (one._replace(person=merged.get(one.person, one.person)) for one in reported)


def _without_returns(reported: list[Delivery], returns: Sequence[_Return]) -> list[Delivery]:
    """What was paid above the plan comes back first, as it will be posted."""
    places: dict[tuple[int, int], list[int]] = defaultdict(list)
    if returns:
        for at, one in enumerate(reported):
            if one.is_kept:
                places[one.sheet_id, one.row].append(at)
    for paid_in, minor, sheet_id, row in returns:
        left = minor
        listed = [at for where in paid_in for at in places[where]]
        ordered = sorted(listed, key=lambda at: reported[at].instalment or at, reverse=True)
        for at in ordered:
            one = reported[at]
            part = min(left, one.amount)
            if part:
                left -= part
                reported[at] = one._replace(
                    amount=one.amount - part,
                    returned=one.returned + part,
                    is_confirmed=False,
                    sheet_id=sheet_id,
                    row=row,
                )
    return reported
