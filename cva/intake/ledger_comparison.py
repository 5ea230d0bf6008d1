"""A staged sheet held against the ledger: who is unknown, what was paid or handed out before.

Every question is one statement over the staged rows, however many there are. It is asked when a
sheet is checked and again when it is approved, since other sheets may have been posted between.
"""

from collections.abc import Sequence

from sqlmodel import Session, and_, col, select, update

from cva.beneficiaries.models import Registration
from cva.beneficiaries.naming import number_of
from cva.kinds.cash_transfers.already_paid import paid_in_round, paid_lately, paid_that_day
from cva.kinds.cash_transfers.payments_in_progress import under_way_in_a_round
from cva.programmes.models import Programme, Round, UnknownPeople
from cva.sheets.findings.finding import Finding
from cva.staging.check_context import CheckContext, locator_of
from cva.staging.models import RowState, Sheet, StagedRow
from cva.vouchers.models import Voucher, VoucherKey


def compare(
    session: Session, sheet: Sheet, programme: Programme, named_round: Round | None
) -> list[Finding]:
    """What the ledger says against the rows of a staged sheet."""
    asked = CheckContext(session, sheet, programme, named_round, locator_of(sheet))
    found = _foreign_currencies(asked) + _unknown_people(asked)
    if sheet.kind == "cash_transfers":
        paid = paid_in_round(asked) if named_round else paid_that_day(asked)
        found += paid + paid_lately(asked, {finding.row for finding in paid})
        found += [] if named_round else under_way_in_a_round(asked)
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


def _foreign_currencies(asked: CheckContext) -> list[Finding]:
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


def _unknown_people(asked: CheckContext) -> list[Finding]:
    if asked.programme.unknown_people != UnknownPeople.REFUSE or asked.sheet.kind in {
        "beneficiaries",
        "voucher_redemptions",
        "payment_results",
    }:
        return []
    rows = asked.session.exec(
        select(StagedRow.number, StagedRow.record)
        .join(Registration, asked.registered, isouter=True)
        .where(asked.ready, col(Registration.id).is_(None))
        .order_by(col(StagedRow.number))
    )
    return [
        asked.places.finding(
            "error", "unknown-beneficiary", number, "registration_no", number_of(record[1]) or ""
        )
        for number, record in rows
    ]


def _handed_out(asked: CheckContext) -> list[Finding]:
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
