"""A staged sheet held against the ledger: who is unknown, what was paid or handed out before.

Every question is one statement over the staged rows, however many there are. It is asked when a
sheet is checked and again when it is approved, since other sheets may have been posted between.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import ColumnElement, exists
from sqlalchemy import select as select_columns
from sqlmodel import Session, and_, col, func, select, update

from cva.beneficiaries.models import Registration
from cva.entitlements.models import Entitlement
from cva.entitlements.service import is_current
from cva.intake.models import RowState, Sheet, StagedRow
from cva.intake.receiving import sheet_id_of
from cva.programmes.models import Programme, Round, UnknownPeople
from cva.providers.models import UNDER_WAY, PaymentStatus
from cva.sheets.findings.finding import Finding
from cva.transfers.models import PaymentKey, Transfer
from cva.transfers.service import holds_key, is_live
from cva.vouchers.models import Voucher, VoucherKey


@dataclass(frozen=True, slots=True)
class Places:
    """Where the fields of a sheet stand, so that a finding can name the cell."""

    sheet_name: str | None
    columns: dict[str, tuple[str, str]]

    def finding(
        self, severity: str, code: str, row: int, field: str, value: str, **details: str
    ) -> Finding:
        """A finding about one row, at the cell of a field."""
        column, heading = self.columns.get(field, (None, None))
        return Finding(
            severity=severity,
            code=code,
            sheet=self.sheet_name or "",
            cell=f"{column}{row}" if column else None,
            row=row,
            field=field,
            heading=heading,
            value=value,
            details=details,
        )


def places_of(sheet: Sheet) -> Places:
    """Where the fields of a stored sheet stand."""
    columns = {column["field"]: (column["column"], column["heading"]) for column in sheet.columns}
    return Places(sheet.sheet_name, columns)


def compare(
    session: Session, sheet: Sheet, programme: Programme, named_round: Round | None
) -> list[Finding]:
    """What the ledger says against the rows of a staged sheet."""
    asked = _Asked(session, sheet, programme, named_round, places_of(sheet))
    found = _foreign_currencies(asked) + _unknown_people(asked)
    if sheet.kind == "cash_transfers":
        paid = _paid_in_round(asked) if named_round else _paid_that_day(asked)
        found += paid + _paid_lately(asked, {finding.row for finding in paid})
        found += [] if named_round else _under_way_in_a_round(asked)
    elif sheet.kind == "voucher_distributions":
        found += _handed_out(asked)
    return found


def mark_errors(session: Session, sheet_id: int, findings: Sequence[Finding]) -> None:
    """Take the rows with an error out of what is ready."""
    rows = sorted({f.row for f in findings if f.severity == "error" and f.row is not None})
    for start in range(0, len(rows), 10_000):
        session.execute(
            update(StagedRow)
            .where(
                col(StagedRow.sheet_id) == sheet_id,
                col(StagedRow.number).in_(rows[start : start + 10_000]),
                col(StagedRow.state) == RowState.READY,
            )
            .values(state=RowState.ERROR)
        )


@dataclass(frozen=True, slots=True)
class _Asked:
    session: Session
    sheet: Sheet
    programme: Programme
    named_round: Round | None
    places: Places

    @property
    def ready(self) -> ColumnElement[bool]:
        """The rows of this sheet that would be posted."""
        return and_(
            col(StagedRow.sheet_id) == sheet_id_of(self.sheet),
            col(StagedRow.state) == RowState.READY,
        )

    @property
    def registered(self) -> ColumnElement[bool]:
        """A staged row's number is a registration of this society."""
        return and_(
            col(Registration.society_id) == self.sheet.society_id,
            col(Registration.number_key) == StagedRow.registration_key,
        )


def _foreign_currencies(asked: _Asked) -> list[Finding]:
    """Amounts in another currency than the programme's: perhaps the wrong programme was chosen."""
    currencies = asked.session.exec(
        select(StagedRow.currency)
        .where(
            asked.ready,
            col(StagedRow.currency).is_not(None),
            col(StagedRow.currency) != asked.programme.currency,
        )
        .distinct()
        .order_by(col(StagedRow.currency))
    )
    return [
        Finding(
            severity="warning",
            code="currency-foreign",
            sheet=asked.places.sheet_name,
            value=currency or "",
            details={"currency": asked.programme.currency},
        )
        for currency in currencies
    ]


def _unknown_people(asked: _Asked) -> list[Finding]:
    if asked.programme.unknown_people != UnknownPeople.REFUSE or asked.sheet.kind in {
        "beneficiaries",
        "voucher_redemptions",
        "payment_results",
    }:
        return []
    rows = asked.session.exec(
        select(StagedRow.number, StagedRow.registration_key)
        .join(Registration, asked.registered, isouter=True)
        .where(asked.ready, col(Registration.id).is_(None))
        .order_by(col(StagedRow.number))
    )
    return [
        asked.places.finding("error", "unknown-beneficiary", number, "registration_no", key or "")
        for number, key in rows
    ]


def _paid_in_round(asked: _Asked) -> list[Finding]:
    """People who were paid all that the round's list says, or once where it says nothing."""
    round_id = asked.named_round.id if asked.named_round else None
    is_paid = exists().where(
        col(PaymentKey.round_id) == round_id,
        col(PaymentKey.beneficiary_id) == Entitlement.beneficiary_id,
        col(PaymentKey.instalment) == Entitlement.instalment,
    )
    is_under_way = exists().where(
        col(PaymentStatus.round_id) == round_id,
        col(PaymentStatus.beneficiary_id) == Entitlement.beneficiary_id,
        col(PaymentStatus.instalment) == Entitlement.instalment,
        col(PaymentStatus.is_live),
    )
    has_more_to_come = exists().where(
        col(Entitlement.round_id) == round_id,
        col(Entitlement.beneficiary_id) == Registration.beneficiary_id,
        is_current(),
        ~is_paid,
        ~is_under_way,
    )
    rows = asked.session.exec(
        select(
            StagedRow.number,
            Registration.number,
            func.max(Transfer.sheet_id),
            func.max(Transfer.row_number),
        )
        .join(Registration, asked.registered)
        .join(
            PaymentKey,
            and_(
                col(PaymentKey.society_id) == asked.sheet.society_id,
                col(PaymentKey.round_id) == round_id,
                col(PaymentKey.beneficiary_id) == Registration.beneficiary_id,
            ),
        )
        .join(Transfer, col(Transfer.id) == PaymentKey.transfer_id)
        .where(asked.ready, ~has_more_to_come)
        .group_by(col(StagedRow.number), col(Registration.number))
        .order_by(col(StagedRow.number))
    )
    paid = [_already_paid(asked, *row) for row in rows]
    return paid + _under_way(asked, has_more_to_come, {finding.row for finding in paid})


def _under_way(
    asked: _Asked, has_more_to_come: ColumnElement[bool], paid: set[int | None]
) -> list[Finding]:
    """People of the round whom a provider is paying, and who have no more to come."""
    round_id = asked.named_round.id if asked.named_round else None
    rows = asked.session.exec(
        select(StagedRow.number, Registration.number, func.min(PaymentStatus.list_id))
        .join(Registration, asked.registered)
        .join(
            PaymentStatus,
            and_(
                col(PaymentStatus.society_id) == asked.sheet.society_id,
                col(PaymentStatus.round_id) == round_id,
                col(PaymentStatus.beneficiary_id) == Registration.beneficiary_id,
                col(PaymentStatus.is_live),
            ),
        )
        .where(asked.ready, ~has_more_to_come)
        .group_by(col(StagedRow.number), col(Registration.number))
        .order_by(col(StagedRow.number))
    )
    return [
        asked.places.finding(
            "error", "payment-under-way", number, "registration_no", value, list=str(list_id)
        )
        for number, value, list_id in rows
        if number not in paid
    ]


def _under_way_in_a_round(asked: _Asked) -> list[Finding]:
    """People of a sheet without a round whom a provider is paying in some round: shown."""
    rows = asked.session.exec(
        select(
            StagedRow.number,
            Registration.number,
            func.min(PaymentStatus.list_id),
            func.min(Round.code),
        )
        .join(Registration, asked.registered)
        .join(
            PaymentStatus,
            and_(
                col(PaymentStatus.society_id) == asked.sheet.society_id,
                col(PaymentStatus.beneficiary_id) == Registration.beneficiary_id,
                col(PaymentStatus.is_live),
                col(PaymentStatus.state).in_(UNDER_WAY),
            ),
        )
        .join(
            Round,
            and_(
                col(Round.id) == PaymentStatus.round_id,
                col(Round.programme_id) == asked.sheet.programme_id,
            ),
        )
        .where(asked.ready)
        .group_by(col(StagedRow.number), col(Registration.number))
        .order_by(col(StagedRow.number))
    )
    return [
        asked.places.finding(
            "warning",
            "paid-by-provider",
            number,
            "registration_no",
            value,
            list=str(list_id),
            round=code,
        )
        for number, value, list_id, code in rows
    ]


def _paid_that_day(asked: _Asked) -> list[Finding]:
    rows = asked.session.exec(
        select(
            StagedRow.number,
            Registration.number,
            func.min(Transfer.sheet_id),
            func.min(Transfer.row_number),
        )
        .join(Registration, asked.registered)
        .join(
            Transfer,
            and_(
                col(Transfer.society_id) == asked.sheet.society_id,
                col(Transfer.beneficiary_id) == Registration.beneficiary_id,
                col(Transfer.paid_on) == StagedRow.day,
                col(Transfer.programme_id) == asked.sheet.programme_id,
                col(Transfer.currency) == StagedRow.currency,
                col(Transfer.amount_minor) == StagedRow.amount_minor,
            ),
        )
        .where(asked.ready, holds_key())
        .group_by(col(StagedRow.number), col(Registration.number))
        .order_by(col(StagedRow.number))
    )
    return [_already_paid(asked, *row) for row in rows]


def _already_paid(asked: _Asked, number: int, value: str, sheet_id: int, row: int) -> Finding:
    return asked.places.finding(
        "error",
        "already-paid",
        number,
        "registration_no",
        value,
        sheet_id=str(sheet_id),
        other_row=str(row),
    )


def _paid_lately(asked: _Asked, known: set[int | None]) -> list[Finding]:
    """The same person in the programme within its interval: shown, not refused."""
    first, last = asked.session.exec(
        select(func.min(StagedRow.day), func.max(StagedRow.day)).where(asked.ready)
    ).one()
    if first is None or last is None:
        return []
    interval = timedelta(days=asked.programme.repeat_days)
    rows = asked.session.execute(
        select_columns(
            col(StagedRow.number),
            col(Registration.number),
            col(StagedRow.day),
            col(Transfer.paid_on),
            col(Transfer.sheet_id),
            col(Transfer.row_number),
        )
        .join(Registration, asked.registered)
        .join(
            Transfer,
            and_(
                col(Transfer.society_id) == asked.sheet.society_id,
                col(Transfer.beneficiary_id) == Registration.beneficiary_id,
                col(Transfer.paid_on).between(first - interval, last + interval),
                col(Transfer.programme_id) == asked.sheet.programme_id,
            ),
        )
        .where(asked.ready, is_live())
        .order_by(col(StagedRow.number), col(Transfer.paid_on))
    )
    found: dict[int, Finding] = {}
    for number, value, day, paid_on, sheet_id, row in rows:
        if number not in known and day is not None and abs(day - paid_on) <= interval:
            found[number] = asked.places.finding(
                "warning",
                "possible-duplicate",
                number,
                "registration_no",
                value,
                day=paid_on.isoformat(),
                sheet_id=str(sheet_id),
                other_row=str(row),
            )
    return list(found.values())


def _handed_out(asked: _Asked) -> list[Finding]:
    rows = asked.session.exec(
        select(StagedRow.number, Voucher.number, Voucher.sheet_id, Voucher.row_number)
        .join(
            VoucherKey,
            and_(
                col(VoucherKey.society_id) == asked.sheet.society_id,
                col(VoucherKey.number_key) == StagedRow.voucher_key,
            ),
        )
        .join(Voucher, col(Voucher.id) == VoucherKey.voucher_id)
        .where(asked.ready)
        .order_by(col(StagedRow.number))
    )
    return [
        asked.places.finding(
            "error",
            "duplicate-voucher",
            number,
            "voucher_number",
            value,
            sheet_id=str(sheet_id),
            other_row=str(row),
        )
        for number, value, sheet_id, row in rows
    ]
