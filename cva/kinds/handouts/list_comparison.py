"""Rows of a sheet compared with the approved list of its round: not on it, less, more, twice."""

from collections.abc import Iterator, Mapping

from sqlmodel import Session

from cva.core.money import Money
from cva.entitlements import service as entitlements
from cva.entitlements.delivery_comparison import ComparedLine, Delivery, Outcome, compare
from cva.entitlements.list_rows import list_rows
from cva.kinds.handouts.deliveries import HandoutRow, deliveries_of, given_in, handout_rows
from cva.programmes.models import Round
from cva.sheets.findings.finding import Finding
from cva.staging.context import CellLocator, SheetContext
from cva.staging.models import GIVEN, RowState

_AMOUNTS = {Outcome.LESS: "less-than-planned", Outcome.MORE: "more-than-planned"}


def awaits_approval(session: Session, named_round: Round) -> bool:
    """Whether a round was planned, or has a list, and nobody approved it yet."""
    known = entitlements.list_of(session, named_round.id)
    if known is None:
        return named_round.starts_on is not None
    return not entitlements.is_approved(session, named_round.id)


def refuse_before_list(context: SheetContext) -> list[Finding]:
    """Nothing is handed out before the list of its round is approved."""
    named = context.round
    if named is None or context.sheet.is_list or not awaits_approval(context.session, named):
        return []
    return [context.locator.about_sheet("list-not-approved", round=named.code)]


def compare_with_list(context: SheetContext, *, is_one_per_person: bool) -> list[Finding]:
    """What the list of the round says against the ready rows of a staged sheet.

    A row is compared with the first instalment that its person was not given yet.
    """
    session, sheet, named, locator = context.session, context.sheet, context.round, context.locator
    if sheet.is_list or named is None:
        return []
    is_waiting = awaits_approval(session, named)
    if not is_waiting and not entitlements.is_approved(session, named.id):
        return []
    rows = {row.row: row for row in handout_rows(session, sheet.society_id, [sheet.id], GIVEN)}
    if is_waiting:
        return [
            locator.at_number("list-not-approved", number, row.number, round=named.code)
            for number, row in rows.items()
            if row.state == RowState.READY
        ]
    posted = given_in(session, named.id)
    here = deliveries_of(rows.values(), lambda _sheet_id: is_one_per_person)
    lines = compare([row.planned for row in list_rows(session, named.id)], [*posted, *here])
    return list(_found(lines, sheet.id, rows, locator))


def _found(
    lines: list[ComparedLine], sheet_id: int, rows: Mapping[int, HandoutRow], locator: CellLocator
) -> Iterator[Finding]:
    firsts: dict[int, Delivery] = {}
    for answer, planned, delivery in lines:
        if delivery is None or not delivery.is_kept:
            continue
        first = firsts.setdefault(delivery.person, delivery)
        if (
            delivery.sheet_id != sheet_id
            or delivery.is_confirmed
            or rows[delivery.row].state != RowState.READY
        ):
            continue
        number = rows[delivery.row].number
        if answer == Outcome.NOT_ON_LIST:
            yield locator.at_number("not-on-list", delivery.row, number)
        elif answer == Outcome.TWICE:
            where = {"sheet_id": first.sheet_id, "other_row": first.row}
            yield locator.at_number("already-paid", delivery.row, number, **where)
        elif answer in _AMOUNTS and planned is not None:
            amounts = {
                "given": amount_text(delivery.currency, delivery.amount),
                "planned": amount_text(planned.currency, planned.amount),
            }
            yield locator.finding(
                _AMOUNTS[answer], delivery.row, "amount", amounts["given"], **amounts
            )


def amount_text(currency: str | None, amount: int) -> str:
    """An amount, or pieces, as a plain text."""
    return str(amount) if currency is None else str(Money(currency, amount))
