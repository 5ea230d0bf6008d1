"""People of a sheet whom a provider is paying."""

from sqlalchemy import ColumnElement
from sqlmodel import and_, col, func, or_

from cva.beneficiaries.models import Registration
from cva.programmes.models import Round
from cva.providers.models import UNDER_WAY, PaymentStatus
from cva.sheets.findings.finding import Finding
from cva.staging.context import SheetContext


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
