"""Rows of a sheet held against the approved list of its round: not on it, less, more, twice."""

from collections.abc import Iterator, Mapping

from sqlalchemy import select as select_columns
from sqlmodel import Session, col

from cva.beneficiaries.models import Registration
from cva.core.money import Money
from cva.entitlements import service as entitlements
from cva.entitlements.answers import Answer, Line, Told, compare
from cva.entitlements.planned import list_rows
from cva.intake.comparing import Places
from cva.intake.models import RowState, Sheet, StagedRow
from cva.intake.receiving import sheet_id_of
from cva.programmes.models import Round
from cva.sheets.findings import Finding
from cva.transfers.receipts import paid_in
from cva.vouchers.receipts import handed_out_in

#: Kinds of sheets that say who was given something.
HAND_OUTS = ("cash_transfers", "voucher_distributions")

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
    rows = _rows(session, sheet)
    if awaits_approval(session, named_round):
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
            if told.is_ready
        ]
    round_id = named_round.id or 0
    if not entitlements.is_approved(session, round_id):
        return []
    posted = given_in(session, round_id, sheet.society_id)
    here = _hand_outs(sheet, rows)
    lines = compare([row.planned for row in list_rows(session, round_id)], [*posted, *here])
    return list(_found(lines, sheet_id_of(sheet), rows, places))


def given_in(session: Session, round_id: int, society_id: int) -> list[Told]:
    """All that was posted as given in a round, cash and vouchers."""
    return [*paid_in(session, round_id, society_id), *handed_out_in(session, round_id)]


class _Row:
    """A staged row of which something may be told."""

    __slots__ = ("amount", "currency", "is_ready", "number", "person")

    def __init__(self, number: str, person: int, unit: tuple[str | None, int], state: str) -> None:
        self.number, self.person = number, person
        self.currency, self.amount = unit
        self.is_ready = state == RowState.READY


def _rows(session: Session, sheet: Sheet) -> dict[int, _Row]:
    """By row number; whoever is not registered has a number below zero for a person."""
    found = session.execute(
        select_columns(
            col(StagedRow.number),
            col(StagedRow.registration_key),
            col(StagedRow.state),
            col(StagedRow.currency),
            col(StagedRow.amount_minor),
            col(Registration.number),
            col(Registration.beneficiary_id),
        )
        .join(
            Registration,
            (col(Registration.number_key) == StagedRow.registration_key)
            & (col(Registration.society_id) == sheet.society_id),
            isouter=True,
        )
        .where(
            col(StagedRow.sheet_id) == sheet.id,
            col(StagedRow.state).in_([RowState.READY, RowState.EXCEPTED]),
        )
        .order_by(col(StagedRow.day), col(StagedRow.number))
    ).all()
    pieces = _pieces(session, sheet) if any(row[4] is None for row in found) else {}
    return {
        number: _Row(
            registered or key or "",
            -number if person is None else person,
            (None, pieces.get(number, 1)) if minor is None else (currency, minor),
            state,
        )
        for number, key, state, currency, minor, registered, person in found
    }


def _pieces(session: Session, sheet: Sheet) -> dict[int, int]:
    """How many pieces the rows without an amount name."""
    rows = session.execute(
        select_columns(col(StagedRow.number), col(StagedRow.record)).where(
            col(StagedRow.sheet_id) == sheet.id, col(StagedRow.amount_minor).is_(None)
        )
    )
    return {number: record[1].get("quantity") or 1 for number, record in rows}


def _hand_outs(sheet: Sheet, rows: Mapping[int, _Row]) -> list[Told]:
    """What the rows tell; the vouchers of one person are one hand-out, at the first row."""
    found: dict[object, Told] = {}
    for number, row in rows.items():
        key = (row.person, row.currency) if sheet.kind == "voucher_distributions" else number
        before = found.get(key)
        if before is not None:
            found[key] = before._replace(amount=before.amount + row.amount)
            continue
        found[key] = Told(
            row.person,
            None,
            row.currency,
            row.amount,
            is_received=True,
            is_confirmed=False,
            sheet_id=sheet_id_of(sheet),
            row=number,
        )
    return list(found.values())


def _found(
    lines: list[Line], sheet_id: int, rows: Mapping[int, _Row], places: Places
) -> Iterator[Finding]:
    firsts: dict[int, Told] = {}
    for answer, planned, told in lines:
        if told is None or not told.is_received:
            continue
        first = firsts.setdefault(told.person, told)
        if told.sheet_id != sheet_id or told.is_confirmed or not rows[told.row].is_ready:
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
