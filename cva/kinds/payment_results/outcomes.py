"""What each row of a results sheet comes to, compared with the payments it speaks of."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from cva.kinds.payment_results.matching import (
    HandedOut,
    MatchedPayment,
    Matches,
    ResultRow,
    matches_of,
    rows_of,
)
from cva.providers.models import PaymentAnswer as Kind
from cva.providers.outcome_rules import (
    PENDING,
    REACHED,
    AnswerEvent,
    ProviderAnswer,
    ResultFault,
    Settled,
    settle,
)
from cva.staging.context import SheetContext
from cva.staging.models import RowState, Sheet


@dataclass(frozen=True, slots=True)
class ResultOutcome:
    """What a row of a results sheet comes to.

    Attributes:
        found: The payment it speaks of. ``handed_out``: the cash in hand that came back.
        on: Its day, else today.
        before: What was reported already, where the row says nothing new.
    """

    row: ResultRow
    on: date
    settled: Settled
    found: MatchedPayment | None = None
    handed_out: HandedOut | None = None
    before: AnswerEvent | None = None


def outcomes_of(context: SheetContext, states: Sequence[RowState]) -> list[ResultOutcome]:
    """What the rows of a sheet that are in some states come to, from the top."""
    session, sheet = context.session, context.sheet
    reading = _Reading(sheet, matches_of(context), context.today)
    return [reading.outcome(row) for row in rows_of(session, sheet, states)]


class _Reading:
    """Rows read from the top: what one tells counts for those below it."""

    def __init__(self, sheet: Sheet, matches: Matches, today: date) -> None:
        self._sheet_id = sheet.id
        self._matches = matches
        self._today = today
        self._payments = dict(matches.payments)
        self._references: dict[tuple[int, str], int] = {}
        self._came_back: dict[int, int] = defaultdict(int)
        self._paid: dict[tuple[int, int, int], tuple[int, int]] = {}

    def outcome(self, row: ResultRow) -> ResultOutcome:
        """What a row comes to."""
        on = row.day or self._today
        answer = ProviderAnswer(
            status=row.values["status"],
            on=on,
            currency=row.currency if row.minor is not None else None,
            minor=row.minor,
            fee_minor=row.values.get("fee_minor") or 0,
            is_excepted=row.exception is not None,
            transaction=None if self._is_ours(row) else row.values.get("transaction_id"),
        )
        found = self._find(row, answer)
        if isinstance(found, ResultFault):
            return self._by_hand(row, answer, found)
        found = self._paid_above(found)
        fault = self._reused(row, found)
        if fault is not None:
            return ResultOutcome(row, on, Settled(answer.status, fault=fault), found)
        settled = settle(found.instructed, answer)
        if row.day and row.day < found.not_before and not (settled.is_known or settled.fault):
            fault = ResultFault("result-before-list", {"first": found.not_before.isoformat()})
            settled = Settled(settled.kind, fault=fault)
        before = _before(found, settled) if settled.is_known else None
        if settled.fault is None and settled.kind != PENDING:
            self._note(row, found, settled, answer)
        return ResultOutcome(row, on, settled, found, before=before)

    def _find(self, row: ResultRow, answer: ProviderAnswer) -> MatchedPayment | ResultFault:
        """The one payment that a row can only mean."""
        number = row.number
        if number in self._matches.ours:
            return self._payments[self._matches.ours[number]]
        if row.ours is not None:
            return ResultFault("unknown-payment")
        if number in self._matches.phones:
            return self._by_phone(self._matches.phones[number])
        theirs = self._matches.theirs.get(number, set())
        people = self._matches.people.get(number, set())
        candidates = [self._payments[each] for each in sorted(theirs or people)]
        if len(candidates) > 1:
            candidates = _fitting(candidates, answer)
        if len(candidates) == 1:
            return candidates[0]
        return ResultFault(
            "unknown-payment", {"payments": str(len(candidates))} if candidates else {}
        )

    def _by_phone(self, listed: set[int]) -> MatchedPayment | ResultFault:
        """The payment to a telephone, where its list has just one to it."""
        if len(listed) == 1:
            return self._payments[next(iter(listed))]
        return ResultFault("unknown-payment", {"to_phone": str(len(listed))} if listed else {})

    def _paid_above(self, found: MatchedPayment) -> MatchedPayment:
        """The payment, and by which row above the same was paid: of two records made one."""
        paid_by = found.instructed.paid_by or self._paid.get(_what(found))
        return replace(found, instructed=replace(found.instructed, paid_by=paid_by))

    def _reused(self, row: ResultRow, found: MatchedPayment) -> ResultFault | None:
        """Whether a reference in the row belongs to the payment of another person."""
        people = self._matches.people.get(row.number, set())
        if people and found.payment_id not in people:
            return ResultFault("reference-reused")
        if row.theirs is None or self._is_ours(row):
            return None
        known = self._references.get((found.provider_id, row.theirs), found.payment_id)
        theirs = {
            each
            for each in self._matches.theirs.get(row.number, set())
            if self._payments[each].provider_id == found.provider_id
        }
        is_other = known != found.payment_id or theirs - {found.payment_id}
        return ResultFault("reference-reused") if is_other else None

    def _is_ours(self, row: ResultRow) -> bool:
        """Whether the column for the provider's reference holds our own."""
        return row.ours is None and row.number in self._matches.ours

    def _note(
        self, row: ResultRow, found: MatchedPayment, settled: Settled, answer: ProviderAnswer
    ) -> None:
        if row.theirs is not None and not self._is_ours(row):
            self._references[found.provider_id, row.theirs] = found.payment_id
        events = list(found.instructed.events)
        where, on, by = (self._sheet_id, row.number), answer.on, answer.transaction
        if not settled.is_known and settled.kind != Kind.FEE:
            events.append(AnswerEvent(settled.kind, on, settled.minor, *where, settled.what, by))
        if settled.fee_minor:
            fee = (str(Kind.FEE), on, settled.fee_minor)
            events.append(AnswerEvent(*fee, *where, settled.fee_what, by))
        if settled.kind in REACHED:
            self._paid.setdefault(_what(found), where)
        instructed = replace(found.instructed, events=events)
        self._payments[found.payment_id] = replace(found, instructed=instructed)

    def _by_hand(self, row: ResultRow, answer: ProviderAnswer, fault: ResultFault) -> ResultOutcome:
        """Cash that was handed out and came back; every other row without a payment is unknown."""
        on = answer.on
        handed_out = self._matches.handed_out.get(row.number, ())
        if answer.status != Kind.RETURNED or row.ours is not None or not handed_out:
            return ResultOutcome(row, on, Settled(answer.status, fault=fault))
        for each in handed_out:
            before = each.returns.get((on, answer.minor))
            if before is not None:
                settled = Settled(str(Kind.RETURNED), answer.minor, is_known=True)
                return ResultOutcome(row, on, settled, handed_out=each, before=before)
            transfer_id = each.transfer["id"]
            left = each.left_minor - self._came_back[transfer_id]
            minor = left if answer.minor is None else answer.minor
            is_same = answer.currency in {None, each.transfer["currency"]}
            if is_same and 0 < minor <= left:
                self._came_back[transfer_id] += minor
                return ResultOutcome(row, on, Settled(str(Kind.RETURNED), minor), handed_out=each)
        settled = Settled(str(Kind.RETURNED), fault=ResultFault("returned-too-much"))
        return ResultOutcome(row, on, settled, handed_out=handed_out[0])


def _what(found: MatchedPayment) -> tuple[int, int, int]:
    """What a payment pays: round, person and instalment."""
    return found.round_id, found.beneficiary_id, found.instalment


def _fitting(candidates: Sequence[MatchedPayment], answer: ProviderAnswer) -> list[MatchedPayment]:
    """Of several payments of one person those that a row without a reference can mean.

    First one for which just this was reported before: a part of the answers came twice. Then the
    one that waits for an answer, or is paid where money came back.
    """
    before = [
        each
        for each in candidates
        if settle(each.instructed, answer).is_known
        and any(event.on == answer.on for event in each.instructed.events)
    ]
    if before:
        return before[:1]
    of_amount = [
        each for each in candidates if answer.minor in {None, each.instructed.minor}
    ] or list(candidates)
    fitting = [
        each
        for each in of_amount
        if each.is_live
        and settle(each.instructed, answer).fault is None
        and not settle(each.instructed, answer).is_known
    ]
    return fitting or of_amount


def _before(found: MatchedPayment, settled: Settled) -> AnswerEvent | None:
    events = found.instructed.events
    same = [event for event in events if event.what == settled.what]
    return next(iter([*same, *reversed(events)]), None)
