"""People of a sheet whom the book says were paid: in the round, on that day, lately."""

from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Exists, exists
from sqlalchemy import select as select_columns
from sqlalchemy.orm import aliased
from sqlmodel import and_, col, func, or_, select

from cva.beneficiaries.models import Beneficiary, Registration
from cva.entitlements.models import Entitlement
from cva.entitlements.service import is_planned
from cva.programmes.models import Round
from cva.providers.models import UNDER_WAY, PaymentStatus
from cva.sheets.findings.finding import Finding
from cva.staging.context import SheetContext
from cva.staging.models import StagedRow
from cva.transfers.models import PaymentKey, Transfer
from cva.transfers.service import holds_key, is_live


def compare_paid(context: SheetContext) -> list[Finding]:
    """Who of a sheet was paid before, or is being paid."""
    paid = paid_in_round(context) if context.round else paid_that_day(context)
    lately = paid_lately(context, {finding.row for finding in paid})
    return [*paid, *lately, *([] if context.round else under_way_in_a_round(context))]


def paid_in_round(context: SheetContext) -> list[Finding]:
    """People who were paid all that the round's list says, or once where it says nothing.

    A row that names its instalment is compared with that one alone.
    """
    round_id = context.round.id if context.round else None
    person = col(Registration.beneficiary_id)
    is_paid = exists().where(
        col(PaymentKey.society_id) == context.sheet.society_id,
        col(PaymentKey.round_id) == round_id,
        col(PaymentKey.beneficiary_id) == person,
        col(PaymentKey.instalment) == Entitlement.instalment,
    )
    is_under_way = exists().where(
        col(PaymentStatus.society_id) == context.sheet.society_id,
        col(PaymentStatus.round_id) == round_id,
        col(PaymentStatus.beneficiary_id) == person,
        col(PaymentStatus.instalment) == Entitlement.instalment,
        col(PaymentStatus.is_live),
    )

    def is_due(record_id: Any) -> Exists:  # noqa: ANN401 - a column
        due = exists().where(
            col(Entitlement.beneficiary_id) == record_id,
            col(Entitlement.round_id) == round_id,
            is_planned(),
            ~is_paid.correlate(Entitlement, Registration),
            ~is_under_way.correlate(Entitlement, Registration),
        )
        return due.correlate_except(Entitlement)

    record = aliased(Beneficiary)  # of two made one the list may name the other
    has_more_to_come = is_due(person) | exists().where(
        col(record.merged_into_id) == person, is_due(record.id)
    )
    rows = context.session.execute(
        context.people_with(func.max(Transfer.sheet_id), func.max(Transfer.row_number))
        .join(
            PaymentKey,
            and_(
                col(PaymentKey.society_id) == context.sheet.society_id,
                col(PaymentKey.round_id) == round_id,
                col(PaymentKey.beneficiary_id) == Registration.beneficiary_id,
                context.is_about(PaymentKey.instalment),
            ),
        )
        .join(Transfer, col(Transfer.id) == PaymentKey.transfer_id)
        .where(or_(context.names_instalment, ~has_more_to_come))
    )
    paid = [_already_paid(context, *row) for row in rows]
    return paid + under_way(context, has_more_to_come, {finding.row for finding in paid})


def paid_that_day(context: SheetContext) -> list[Finding]:
    """People of a sheet without a round who were paid just this on just that day."""
    rows = context.session.execute(
        context.people_with(func.min(Transfer.sheet_id), func.min(Transfer.row_number))
        .join(
            Transfer,
            and_(
                col(Transfer.society_id) == context.sheet.society_id,
                col(Transfer.beneficiary_id) == Registration.beneficiary_id,
                col(Transfer.paid_on) == StagedRow.day,
                col(Transfer.programme_id) == context.sheet.programme_id,
                col(Transfer.currency) == StagedRow.currency,
                col(Transfer.amount_minor) == StagedRow.amount_minor,
            ),
        )
        .where(holds_key())
    )
    return [_already_paid(context, *row) for row in rows]


def _already_paid(
    context: SheetContext, number: int, value: str, sheet_id: int, row: int
) -> Finding:
    return context.locator.finding(
        "error",
        "already-paid",
        number,
        "registration_no",
        value,
        sheet_id=str(sheet_id),
        other_row=str(row),
    )


def paid_lately(context: SheetContext, known: set[int | None]) -> list[Finding]:
    """The same person in the programme within its interval: shown, not refused."""
    first, last = context.session.exec(
        select(func.min(StagedRow.day), func.max(StagedRow.day)).where(context.is_ready)
    ).one()
    if first is None or last is None:
        return []
    interval = timedelta(days=context.programme.repeat_days)
    rows = context.session.execute(
        select_columns(
            col(StagedRow.number),
            col(Registration.number),
            col(StagedRow.day),
            col(Transfer.paid_on),
            col(Transfer.sheet_id),
            col(Transfer.row_number),
        )
        .join(Registration, context.is_registered)
        .join(
            Transfer,
            and_(
                col(Transfer.society_id) == context.sheet.society_id,
                col(Transfer.beneficiary_id) == Registration.beneficiary_id,
                col(Transfer.paid_on).between(first - interval, last + interval),
                col(Transfer.programme_id) == context.sheet.programme_id,
            ),
        )
        .where(context.is_ready, is_live())
        .order_by(col(StagedRow.number), col(Transfer.paid_on))
    )
    found: dict[int, Finding] = {}
    for number, value, day, paid_on, sheet_id, row in rows:
        if number not in known and day is not None and abs(day - paid_on) <= interval:
            found[number] = context.locator.finding(
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


def under_way(
    context: SheetContext, has_more_to_come: ColumnElement[bool], paid: set[int | None]
) -> list[Finding]:
    """People of the round whom a provider is paying just this.

    A row that names no instalment may mean any that has no answer yet.
    """
    round_id = context.round.id if context.round else None
    rows = context.session.execute(
        context.people_with(func.min(PaymentStatus.list_id))
        .join(
            PaymentStatus,
            and_(
                col(PaymentStatus.society_id) == context.sheet.society_id,
                col(PaymentStatus.round_id) == round_id,
                col(PaymentStatus.beneficiary_id) == Registration.beneficiary_id,
                col(PaymentStatus.is_live),
                context.is_about(PaymentStatus.instalment),
            ),
        )
        .where(
            or_(
                context.names_instalment,
                col(PaymentStatus.state).in_(UNDER_WAY),
                ~has_more_to_come,
            )
        )
    )
    return [
        context.locator.finding(
            "error", "payment-under-way", number, "registration_no", value, list=str(list_id)
        )
        for number, value, list_id in rows
        if number not in paid
    ]


def under_way_in_a_round(context: SheetContext) -> list[Finding]:
    """People of a sheet without a round whom a provider is paying in some round: shown."""
    rows = context.session.execute(
        context.people_with(func.min(PaymentStatus.list_id), func.min(Round.code))
        .join(
            PaymentStatus,
            and_(
                col(PaymentStatus.society_id) == context.sheet.society_id,
                col(PaymentStatus.beneficiary_id) == Registration.beneficiary_id,
                col(PaymentStatus.is_live),
                col(PaymentStatus.state).in_(UNDER_WAY),
            ),
        )
        .join(
            Round,
            and_(
                col(Round.id) == PaymentStatus.round_id,
                col(Round.programme_id) == context.sheet.programme_id,
            ),
        )
    )
    return [
        context.locator.finding(
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
