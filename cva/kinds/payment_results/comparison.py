"""What is to say of a results sheet, and what each of its rows is taken for."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from sqlmodel import Session

from cva.beneficiaries.service import numbers_of
from cva.beneficiaries.status import not_active
from cva.core.money import Money
from cva.kinds.payment_results.by_phone import is_list_asked
from cva.kinds.payment_results.matching import ResultRow
from cva.kinds.payment_results.outcomes import ResultOutcome, outcomes_of
from cva.providers.models import PaymentAnswer as Kind
from cva.providers.outcome_rules import (
    PENDING,
    REACHED,
    ResultFault,
    Settled,
    available_minor,
    expected_minor,
    uncollected_minor,
)
from cva.sheets.findings.finding import Finding
from cva.staging.context import CellLocator, SheetContext
from cva.staging.models import RowState, Sheet
from cva.staging.rows import update_rows

#: Where a fault of a kind stands in the row: the first of these columns that the sheet has.
_REFERENCES = ("payment_reference", "transaction_id", "registration_no", "phone")
_FIELDS = {
    "amount-differs": ("amount",),
    "returned-too-much": ("amount",),
    "part-returned": ("amount",),
    "answer-contradicts": ("status",),
    "result-before-list": ("distribution_date",),
    "paid-again": ("transaction_id",),
    "reference-reused": ("transaction_id", "payment_reference"),
}


def compare_results(context: SheetContext) -> list[Finding]:
    """Compare the ready rows of a results sheet with the payments; return what is to say.

    Rows that say nothing new, and those without an answer yet, are no more ready.
    """
    session, sheet, locator = context.session, context.sheet, context.locator
    if is_list_asked(sheet):
        return []  # once it is known which list it answers, the sheet is checked again
    outcomes = outcomes_of(context, (RowState.READY,))
    known = [each for each in outcomes if each.settled.is_known]
    update_rows(session, sheet.id, _numbers(known), state=RowState.POSTED)
    pending = [each for each in outcomes if each.settled.kind == PENDING and not each.settled.fault]
    update_rows(session, sheet.id, _numbers(pending), state=RowState.NO_ANSWER)
    _keep_answers(session, sheet, outcomes)
    found = [_finding(locator, each) for each in outcomes if each.settled.fault]
    found += _not_active(session, sheet, locator, outcomes)
    found += _of_the_rest(locator, outcomes)
    return found + [_answered_before(locator, each) for each in known]


def _numbers(outcomes: Iterable[ResultOutcome]) -> list[int]:
    return [each.row.number for each in outcomes]


def _keep_answers(session: Session, sheet: Sheet, outcomes: Sequence[ResultOutcome]) -> None:
    """What each row records, for the totals; an amount not stated is all that is left."""
    answers: dict[str, list[int]] = defaultdict(list)
    amounts: dict[tuple[str, int], list[int]] = defaultdict(list)
    for each in outcomes:
        answers[each.settled.kind].append(each.row.number)
        if each.row.minor is None and each.found and _is_of_whole(each.settled):
            instructed = each.found.instructed
            minor = each.settled.minor or available_minor(instructed)
            amounts[instructed.currency, minor].append(each.row.number)
    for kind, numbers in answers.items():
        update_rows(session, sheet.id, numbers, answer=kind)
    for (currency, minor), numbers in amounts.items():
        update_rows(session, sheet.id, numbers, currency=currency, amount_minor=minor)


def _is_of_whole(settled: Settled) -> bool:
    """Whether a row that states no amount speaks of all that is left; a late fee does not."""
    return settled.kind in REACHED or (settled.fault is None and settled.kind != Kind.FEE)


def _finding(locator: CellLocator, outcome: ResultOutcome) -> Finding:
    fault = outcome.settled.fault or ResultFault("unknown-payment")
    details = dict(fault.details)
    if fault.code == "amount-differs" and outcome.found:
        instructed = outcome.found.instructed
        details["planned"] = str(Money(instructed.currency, expected_minor(instructed)))
    field = _field(locator, outcome.row, _FIELDS.get(fault.code, _REFERENCES))
    value = str(outcome.row.values.get(field) or "")
    if field == "amount" and outcome.row.minor is not None and outcome.row.currency:
        value = str(Money(outcome.row.currency, outcome.row.minor))
    return locator.finding(fault.code, outcome.row.number, field, value, **details)


def _not_active(
    session: Session, sheet: Sheet, locator: CellLocator, outcomes: Sequence[ResultOutcome]
) -> list[Finding]:
    """Payments that reached a person on a day when the person was deceased or had moved."""
    departed = not_active(session, sheet.society_id)
    reached = [
        (each, each.found.beneficiary_id, departed[each.found.beneficiary_id].from_on)
        for each in outcomes
        if each.found and each.found.beneficiary_id in departed and _is_news(each)
    ]
    numbers = numbers_of(session, (person for _each, person, _since in reached))
    return [
        locator.finding(
            "person-not-active",
            each.row.number,
            _field(locator, each.row, ("registration_no", *_REFERENCES)),
            numbers.get(person, ""),
            day=since,
        )
        for each, person, since in reached
        if each.on >= since
    ]


def _is_news(outcome: ResultOutcome) -> bool:
    """Whether a row says that money reached a person, and nobody said so before."""
    settled = outcome.settled
    return settled.kind in REACHED and not settled.is_known


def _of_the_rest(locator: CellLocator, outcomes: Sequence[ResultOutcome]) -> Iterator[Finding]:
    """What may be reported to come back though nobody collected it, so that it was never paid."""
    for each in outcomes:
        settled, found = each.settled, each.found
        if found is None or settled.kind != Kind.RETURNED or settled.is_known or settled.fault:
            continue
        minor, rest = settled.minor or 0, uncollected_minor(found.instructed)
        if minor <= rest:
            currency = found.instructed.currency
            field = _field(locator, each.row, ("amount", *_REFERENCES))
            at = (each.row.number, field, str(Money(currency, minor)))
            yield locator.finding("rest-returned", *at, rest=Money(currency, rest))


def _answered_before(locator: CellLocator, outcome: ResultOutcome) -> Finding:
    field = _field(locator, outcome.row, _REFERENCES)
    value = str(outcome.row.values.get(field) or "")
    before = outcome.before
    details = {"sheet_id": before.sheet_id, "other_row": before.row_number} if before else {}
    return locator.finding("answered-before", outcome.row.number, field, value, **details)


def _field(locator: CellLocator, row: ResultRow, names: Sequence[str]) -> str:
    """The first of these columns that the sheet has and the row fills in."""
    there = [name for name in names if name in locator.columns]
    filled = [name for name in there if row.values.get(name)]
    return next(iter([*filled, *there, names[0]]))
