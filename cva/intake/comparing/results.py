"""A results sheet held against the payments it speaks of: what each row comes to."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlmodel import Session, col, update

from cva.beneficiaries.naming import numbers_of
from cva.beneficiaries.status import not_active
from cva.core import clock
from cva.core.money import Money
from cva.intake.comparing.asked import Places, places_of
from cva.intake.comparing.payments import Found, HandedOut, Matches, Told, matches_of, rows_of
from cva.intake.models import RowState, Sheet, StagedRow
from cva.intake.receiving import sheet_id_of
from cva.providers.events import batches
from cva.providers.models import Told as Kind
from cva.providers.settling import (
    PENDING,
    REACHED,
    Answer,
    Event,
    Fault,
    Settled,
    available_minor,
    expected_minor,
    fee_of,
    settle,
)
from cva.sheets.findings.finding import Finding
from cva.societies import service as societies

#: Where a fault of a kind stands in the row: the first of these columns that the sheet has.
_REFERENCES = ("payment_reference", "transaction_id", "registration_no")
_FIELDS = {
    "amount-differs": ("amount",),
    "returned-too-much": ("amount",),
    "part-returned": ("amount",),
    "answer-contradicts": ("status",),
    "reference-reused": ("transaction_id", "payment_reference"),
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a row of a results sheet comes to.

    Attributes:
        found: The payment it speaks of. ``handed_out``: the cash in hand that came back.
        on: Its day, else today.
        before: What was told already, where the row says nothing new.
    """

    told: Told
    on: date
    settled: Settled
    found: Found | None = None
    handed_out: HandedOut | None = None
    before: Event | None = None


def outcomes_of(session: Session, sheet: Sheet, states: Sequence[RowState]) -> list[Outcome]:
    """What the rows of a sheet that are in some states come to, from the top."""
    society = societies.get_society(session, sheet.society_id)
    reading = _Reading(sheet, matches_of(session, sheet), clock.today(society.time_zone))
    return [reading.outcome(told) for told in rows_of(session, sheet, states)]


class _Reading:
    """Rows read from the top: what one tells counts for those below it."""

    def __init__(self, sheet: Sheet, matches: Matches, today: date) -> None:
        self._sheet_id = sheet_id_of(sheet)
        self._matches = matches
        self._today = today
        self._payments = dict(matches.payments)
        self._references: dict[tuple[int, str], int] = {}
        self._came_back: dict[int, int] = defaultdict(int)
        self._paid: dict[tuple[int, int, int], tuple[int, int]] = {}

    def outcome(self, told: Told) -> Outcome:
        """What a row comes to."""
        on = told.day or self._today
        answer = Answer(
            status=told.values["status"],
            on=on,
            currency=told.currency if told.minor is not None else None,
            minor=told.minor,
            fee_minor=told.values.get("fee_minor") or 0,
            is_excepted=told.exception is not None,
        )
        found = self._find(told, answer)
        if isinstance(found, Fault):
            return self._by_hand(told, answer, found)
        found = self._paid_above(found)
        fault = self._reused(told, found)
        if fault is not None:
            return Outcome(told, on, Settled(answer.status, fault=fault), found)
        settled = settle(found.instructed, answer)
        before = _before(found, settled) if settled.is_known else None
        if settled.fault is None and settled.kind != PENDING:
            self._note(told, found, settled, on)
        return Outcome(told, on, settled, found, before=before)

    def _find(self, told: Told, answer: Answer) -> Found | Fault:
        """The one payment that a row can only mean."""
        number = told.number
        if number in self._matches.ours:
            return self._payments[self._matches.ours[number]]
        if told.ours is not None:
            return Fault("unknown-payment")
        theirs = self._matches.theirs.get(number, set())
        people = self._matches.people.get(number, set())
        candidates = [self._payments[each] for each in sorted(theirs or people)]
        if len(candidates) > 1:
            candidates = _fitting(candidates, answer)
        if len(candidates) == 1:
            return candidates[0]
        return Fault("unknown-payment", {"payments": str(len(candidates))} if candidates else {})

    def _paid_above(self, found: Found) -> Found:
        """The payment, and by which row above the same was paid: of two records made one."""
        paid_by = found.instructed.paid_by or self._paid.get(_what(found))
        return replace(found, instructed=replace(found.instructed, paid_by=paid_by))

    def _reused(self, told: Told, found: Found) -> Fault | None:
        """Whether a reference in the row belongs to the payment of somebody else."""
        people = self._matches.people.get(told.number, set())
        if people and found.payment_id not in people:
            return Fault("reference-reused")
        if told.theirs is None or self._is_ours(told):
            return None
        known = self._references.get((found.provider_id, told.theirs), found.payment_id)
        theirs = {
            each
            for each in self._matches.theirs.get(told.number, set())
            if self._payments[each].provider_id == found.provider_id
        }
        is_other = known != found.payment_id or theirs - {found.payment_id}
        return Fault("reference-reused") if is_other else None

    def _is_ours(self, told: Told) -> bool:
        """Whether the column for the provider's reference holds our own."""
        return told.ours is None and told.number in self._matches.ours

    def _note(self, told: Told, found: Found, settled: Settled, on: date) -> None:
        if told.theirs is not None and not self._is_ours(told):
            self._references[found.provider_id, told.theirs] = found.payment_id
        events = list(found.instructed.events)
        where = (self._sheet_id, told.number)
        if not settled.is_known and settled.kind != Kind.FEE:
            events.append(Event(settled.kind, on, settled.minor, *where))
        if settled.fee_minor:
            events.append(Event(fee_of(settled.fee_for), on, settled.fee_minor, *where))
        if settled.kind in REACHED:
            self._paid.setdefault(_what(found), where)
        instructed = replace(found.instructed, events=events)
        self._payments[found.payment_id] = replace(found, instructed=instructed)

    def _by_hand(self, told: Told, answer: Answer, fault: Fault) -> Outcome:
        """Cash that was handed out and came back; every other row without a payment is unknown."""
        on = answer.on
        handed_out = self._matches.handed_out.get(told.number, ())
        if answer.status != Kind.RETURNED or told.ours is not None or not handed_out:
            return Outcome(told, on, Settled(answer.status, fault=fault))
        for each in handed_out:
            before = each.returns.get((on, answer.minor))
            if before is not None:
                settled = Settled(str(Kind.RETURNED), answer.minor, is_known=True)
                return Outcome(told, on, settled, handed_out=each, before=before)
            transfer_id = each.transfer["id"]
            left = each.left_minor - self._came_back[transfer_id]
            minor = left if answer.minor is None else answer.minor
            is_same = answer.currency in {None, each.transfer["currency"]}
            if is_same and 0 < minor <= left:
                self._came_back[transfer_id] += minor
                return Outcome(told, on, Settled(str(Kind.RETURNED), minor), handed_out=each)
        settled = Settled(str(Kind.RETURNED), fault=Fault("returned-too-much"))
        return Outcome(told, on, settled, handed_out=handed_out[0])


def _what(found: Found) -> tuple[int, int, int]:
    """What a payment pays: round, person and instalment."""
    return found.round_id, found.beneficiary_id, found.instalment


def _fitting(candidates: Sequence[Found], answer: Answer) -> list[Found]:
    """Of several payments of one person those that a row without a reference can mean.

    First one that was told just this before: a part of the answers came twice. Then the one that
    waits for an answer, or is paid where money came back.
    """
    told = [
        each
        for each in candidates
        if settle(each.instructed, answer).is_known
        and any(event.on == answer.on for event in each.instructed.events)
    ]
    if told:
        return told[:1]
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


def _before(found: Found, settled: Settled) -> Event | None:
    events = found.instructed.events
    same = [event for event in events if event.kind == settled.kind]
    return next(iter([*same, *reversed(events)]), None)


def hold_results(session: Session, sheet: Sheet) -> list[Finding]:
    """Hold the ready rows of a results sheet against the payments; return what is to say.

    Rows that say nothing new, and those without an answer yet, are no more ready.
    """
    places = places_of(sheet)
    outcomes = outcomes_of(session, sheet, (RowState.READY,))
    known = [each for each in outcomes if each.settled.is_known]
    _mark(session, sheet, _numbers(known), state=RowState.POSTED)
    pending = [each for each in outcomes if each.settled.kind == PENDING and not each.settled.fault]
    _mark(session, sheet, _numbers(pending), state=RowState.NO_ANSWER)
    _keep_answers(session, sheet, outcomes)
    found = [_finding(places, each) for each in outcomes if each.settled.fault]
    found += _not_active(session, sheet, places, outcomes)
    return found + [_answered_before(places, each) for each in known]


def _numbers(outcomes: Iterable[Outcome]) -> list[int]:
    return [each.told.number for each in outcomes]


def _keep_answers(session: Session, sheet: Sheet, outcomes: Sequence[Outcome]) -> None:
    """What each row records, for the totals; an amount not stated is all that is left."""
    answers: dict[str, list[int]] = defaultdict(list)
    amounts: dict[tuple[str, int], list[int]] = defaultdict(list)
    for each in outcomes:
        answers[each.settled.kind].append(each.told.number)
        if each.told.minor is None and each.found and _is_of_whole(each.settled):
            instructed = each.found.instructed
            minor = each.settled.minor or available_minor(instructed)
            amounts[instructed.currency, minor].append(each.told.number)
    for kind, numbers in answers.items():
        _mark(session, sheet, numbers, answer=kind)
    for (currency, minor), numbers in amounts.items():
        _mark(session, sheet, numbers, currency=currency, amount_minor=minor)


def _is_of_whole(settled: Settled) -> bool:
    """Whether a row that states no amount speaks of all that is left; a late fee does not."""
    return settled.kind in REACHED or (settled.fault is None and settled.kind != Kind.FEE)


def _mark(session: Session, sheet: Sheet, numbers: Sequence[int], **values: object) -> None:
    for part in batches(numbers):
        session.execute(
            update(StagedRow)
            .where(col(StagedRow.sheet_id) == sheet_id_of(sheet), col(StagedRow.number).in_(part))
            .values(**values)
        )


def _finding(places: Places, outcome: Outcome) -> Finding:
    fault = outcome.settled.fault or Fault("unknown-payment")
    details = dict(fault.details)
    if fault.code == "amount-differs" and outcome.found:
        instructed = outcome.found.instructed
        details["planned"] = str(Money(instructed.currency, expected_minor(instructed)))
    field = _field(places, outcome.told, _FIELDS.get(fault.code, _REFERENCES))
    value = str(outcome.told.values.get(field) or "")
    if field == "amount" and outcome.told.minor is not None and outcome.told.currency:
        value = str(Money(outcome.told.currency, outcome.told.minor))
    return places.finding("error", fault.code, outcome.told.number, field, value, **details)


def _not_active(
    session: Session, sheet: Sheet, places: Places, outcomes: Sequence[Outcome]
) -> list[Finding]:
    """Payments that reached somebody on a day when the person was deceased or had moved."""
    gone = not_active(session, sheet.society_id)
    reached = [
        (each, each.found.beneficiary_id, gone[each.found.beneficiary_id].from_on)
        for each in outcomes
        if each.found and each.found.beneficiary_id in gone and _is_news(each)
    ]
    numbers = numbers_of(session, (person for _each, person, _since in reached))
    return [
        places.finding(
            "warning",
            "person-not-active",
            each.told.number,
            _field(places, each.told, ("registration_no", *_REFERENCES)),
            numbers.get(person, ""),
            day=since.isoformat(),
        )
        for each, person, since in reached
        if each.on >= since
    ]


def _is_news(outcome: Outcome) -> bool:
    """Whether a row says that money reached somebody, and nobody said so before."""
    settled = outcome.settled
    return settled.kind in REACHED and not settled.is_known


def _answered_before(places: Places, outcome: Outcome) -> Finding:
    field = _field(places, outcome.told, _REFERENCES)
    value = str(outcome.told.values.get(field) or "")
    details = {}
    if outcome.before is not None:
        details = {
            "sheet_id": str(outcome.before.sheet_id),
            "other_row": str(outcome.before.row_number),
        }
    return places.finding("info", "answered-before", outcome.told.number, field, value, **details)


def _field(places: Places, told: Told, names: Sequence[str]) -> str:
    """The first of these columns that the sheet has and the row fills in."""
    there = [name for name in names if name in places.columns]
    filled = [name for name in there if told.values.get(name)]
    return next(iter([*filled, *there, names[0]]))
