"""Rows of a sheet held against the approved list of its round: not on it, less, more, twice."""

from collections.abc import Iterator, Mapping

from sqlmodel import Session

from cva.core.money import Money
from cva.entitlements import service as entitlements
from cva.entitlements.comparison import ComparedLine, Delivery, Outcome, compare
from cva.entitlements.list_rows import list_rows
from cva.kinds.handouts.handout_rows import (
    HAND_OUTS,
    HandoutRow,
    deliveries_of,
    handout_rows,
    kinds_of,
    with_typed_numbers,
)
from cva.programmes.models import Round
from cva.sheets.findings.finding import Finding
from cva.staging.check_context import CellLocator
from cva.staging.models import GIVEN, RowState, Sheet
from cva.transfers.round_payments import paid_in
from cva.vouchers.round_handouts import handed_out_in

_AMOUNTS = {Outcome.LESS: "less-than-planned", Outcome.MORE: "more-than-planned"}


def awaits_approval(session: Session, named_round: Round) -> bool:
    """Whether a round was planned, or has a list, and nobody approved it yet."""
    known = entitlements.list_of(session, named_round.id)
    if known is None:
        return named_round.starts_on is not None
    return not entitlements.is_approved(session, named_round.id)


def compare_with_list(
    session: Session, sheet: Sheet, named_round: Round, places: CellLocator
) -> list[Finding]:
    """What the list of the round says against the ready rows of a staged sheet.

    A row is held against the first instalment that its person was not given yet.
    """
    if sheet.is_list or sheet.kind not in HAND_OUTS:
        return []
    sheet_id = sheet.id
    is_waiting = awaits_approval(session, named_round)
    round_id = named_round.id
    if not is_waiting and not entitlements.is_approved(session, round_id):
        return []
    telling = handout_rows(session, sheet.society_id, [sheet_id], GIVEN)
    rows = {row.row: row for row in with_typed_numbers(session, telling)}
    if is_waiting:
        return [
            places.finding(
                "error",
                "list-not-approved",
                number,
                "registration_no",
                told.number,
                round=named_round.code,
            )
            for number, told in rows.items()
            if told.state == RowState.READY
        ]
    posted = given_in(session, round_id)
    here = deliveries_of(rows.values(), kinds_of([sheet]))
    lines = compare([row.planned for row in list_rows(session, round_id)], [*posted, *here])
    return list(_found(lines, sheet_id, rows, places))


def given_in(session: Session, round_id: int) -> list[Delivery]:
    """All that was posted as given in a round, cash and vouchers."""
    return [*paid_in(session, round_id), *handed_out_in(session, round_id)]


def _found(
    lines: list[ComparedLine], sheet_id: int, rows: Mapping[int, HandoutRow], places: CellLocator
) -> Iterator[Finding]:
    firsts: dict[int, Delivery] = {}
    for answer, planned, told in lines:
        if told is None or not told.is_kept:
            continue
        first = firsts.setdefault(told.person, told)
        if told.sheet_id != sheet_id or told.is_confirmed or rows[told.row].state != RowState.READY:
            continue
        number = rows[told.row].number
        if answer == Outcome.NOT_ON_LIST:
            yield places.finding("error", "not-on-list", told.row, "registration_no", number)
        elif answer == Outcome.TWICE:
            where = {"sheet_id": str(first.sheet_id), "other_row": str(first.row)}
            yield places.finding(
                "error", "already-paid", told.row, "registration_no", number, **where
            )
        elif answer in _AMOUNTS and planned is not None:
            amounts = {
                "given": said(told.currency, told.amount),
                "planned": said(planned.currency, planned.amount),
            }
            yield places.finding(
                "warning", _AMOUNTS[answer], told.row, "amount", amounts["given"], **amounts
            )


def said(currency: str | None, amount: int) -> str:
    """An amount, or pieces, as a plain text."""
    return str(amount) if currency is None else str(Money(currency, amount))
