"""Rows of a sheet held against the approved list of its round: not on it, less, more, twice."""

from collections.abc import Iterator, Mapping

from sqlmodel import Session

from cva.core.money import Money
from cva.entitlements import service as entitlements
from cva.entitlements.answers import Answer, Line, Told, compare
from cva.entitlements.planned import list_rows
from cva.intake.comparing.asked import Places
from cva.intake.models import RowState, Sheet
from cva.intake.receiving import sheet_id_of
from cva.intake.told import (
    GIVEN,
    HAND_OUTS,
    TellingRow,
    kinds_of,
    telling_rows,
    told_of,
    with_typed_numbers,
)
from cva.programmes.models import Round
from cva.sheets.findings.finding import Finding
from cva.transfers.receipts import paid_in
from cva.vouchers.receipts import handed_out_in

_AMOUNTS = {Answer.LESS: "less-than-planned", Answer.MORE: "more-than-planned"}


def awaits_approval(session: Session, named_round: Round) -> bool:
    """Whether a round was planned, or has a list, and nobody approved it yet."""
    known = entitlements.list_of(session, named_round.id or 0)
    if known is None:
        return named_round.starts_on is not None
    return not entitlements.is_approved(session, named_round.id or 0)


def compare_with_list(
    session: Session, sheet: Sheet, named_round: Round, places: Places
) -> list[Finding]:
    """What the list of the round says against the ready rows of a staged sheet.

    A row is held against the first instalment that its person was not given yet.
    """
    if sheet.is_list or sheet.kind not in HAND_OUTS:
        return []
    sheet_id = sheet_id_of(sheet)
    is_waiting = awaits_approval(session, named_round)
    round_id = named_round.id or 0
    if not is_waiting and not entitlements.is_approved(session, round_id):
        return []
    telling = telling_rows(session, sheet.society_id, [sheet_id], GIVEN)
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
    here = told_of(rows.values(), kinds_of([sheet]))
    lines = compare([row.planned for row in list_rows(session, round_id)], [*posted, *here])
    return list(_found(lines, sheet_id, rows, places))


def given_in(session: Session, round_id: int) -> list[Told]:
    """All that was posted as given in a round, cash and vouchers."""
    return [*paid_in(session, round_id), *handed_out_in(session, round_id)]


def _found(
    lines: list[Line], sheet_id: int, rows: Mapping[int, TellingRow], places: Places
) -> Iterator[Finding]:
    firsts: dict[int, Told] = {}
    for answer, planned, told in lines:
        if told is None or not told.is_kept:
            continue
        first = firsts.setdefault(told.person, told)
        if told.sheet_id != sheet_id or told.is_confirmed or rows[told.row].state != RowState.READY:
            continue
        number = rows[told.row].number
        if answer == Answer.NOT_ON_LIST:
            yield places.finding("error", "not-on-list", told.row, "registration_no", number)
        elif answer == Answer.TWICE:
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
