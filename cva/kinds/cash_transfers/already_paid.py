"""People of a sheet whom the book says were paid: in the round, that day, lately, by it before."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Exists, Select, exists
from sqlalchemy import select as select_columns
from sqlalchemy.orm import aliased
from sqlmodel import and_, col, func, or_, select

from cva.beneficiaries.models import Beneficiary, Registration
from cva.entitlements.models import Entitlement
from cva.entitlements.service import is_planned
from cva.kinds.people import posted_the_same
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
    round_id = context.sheet.round_id
    person = col(Registration.beneficiary_id)
    is_paid = exists().where(
        _is_persons(context, PaymentKey, in_round=True),
        col(PaymentKey.instalment) == Entitlement.instalment,
    )
    is_under_way = exists().where(
        _is_persons(context, PaymentStatus, in_round=True),
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
            _is_persons(context, PaymentKey, in_round=True)
            & context.is_about(PaymentKey.instalment),
        )
        .join(Transfer, col(Transfer.id) == PaymentKey.transfer_id)
        .where(or_(context.names_instalment, ~has_more_to_come))
    )
    paid = _already_paid(context, rows)
    return paid + under_way(context, has_more_to_come, {finding.row for finding in paid})


def paid_that_day(context: SheetContext) -> list[Finding]:
    """People of a sheet without a round who were paid just this on just that day."""
    rows = context.session.execute(
        context.people_with(func.min(Transfer.sheet_id), func.min(Transfer.row_number))
        .join(
            Transfer,
            _is_persons(context, Transfer)
            & _is_same_money()
            & (col(Transfer.programme_id) == context.sheet.programme_id),
        )
        .where(holds_key())
    )
    return _already_paid(context, rows)


def _is_persons(
    context: SheetContext,
    table: type[PaymentKey] | type[PaymentStatus] | type[Transfer],
    *,
    in_round: bool = False,
) -> ColumnElement[bool]:
    """The condition that a record, of the sheet's round or of any, is of the person of a row."""
    is_same = and_(
        col(table.society_id) == context.sheet.society_id,
        col(table.beneficiary_id) == Registration.beneficiary_id,
    )
    return is_same & (col(table.round_id) == context.sheet.round_id) if in_round else is_same


def _is_same_money() -> ColumnElement[bool]:
    """The condition that a transfer is of the day and amount of a row."""
    return and_(
        col(Transfer.paid_on) == StagedRow.day,
        col(Transfer.currency) == StagedRow.currency,
        col(Transfer.amount_minor) == StagedRow.amount_minor,
    )


def _already_paid(context: SheetContext, rows: Iterable[Any]) -> list[Finding]:
    """A finding for each number of a row, number of a person, and sheet and row that paid it."""
    return [
        context.locator.at_number("already-paid", number, value, sheet_id=sheet_id, other_row=row)
        for number, value, sheet_id, row in rows
    ]


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
            _is_persons(context, Transfer)
            & col(Transfer.paid_on).between(first - interval, last + interval)
            & (col(Transfer.programme_id) == context.sheet.programme_id),
        )
        .where(context.is_ready, is_live())
        .order_by(col(StagedRow.number), col(Transfer.paid_on))
    )
    found: dict[int, Finding] = {}
    for number, value, day, paid_on, sheet_id, row in rows:
        if number not in known and day is not None and abs(day - paid_on) <= interval:
            where = {"sheet_id": sheet_id, "other_row": row}
            found[number] = context.locator.at_number(
                "possible-duplicate", number, value, day=paid_on, **where
            )
    return list(found.values())


def under_way(
    context: SheetContext, has_more_to_come: ColumnElement[bool], paid: set[int | None]
) -> list[Finding]:
    """People of the round whom a provider is paying just this.

    A row that names no instalment may mean any that has no answer yet.
    """
    rows = context.session.execute(
        context.people_with(func.min(PaymentStatus.list_id))
        .join(
            PaymentStatus,
            _is_persons(context, PaymentStatus, in_round=True)
            & col(PaymentStatus.is_live)
            & context.is_about(PaymentStatus.instalment),
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
        context.locator.at_number("payment-under-way", number, value, list=list_id)
        for number, value, list_id in rows
        if number not in paid
    ]


def under_way_in_a_round(context: SheetContext) -> list[Finding]:
    """People of a sheet without a round whom a provider is paying in some round: shown."""
    rows = context.session.execute(
        context.people_with(func.min(PaymentStatus.list_id), func.min(Round.code))
        .join(
            PaymentStatus,
            _is_persons(context, PaymentStatus)
            & col(PaymentStatus.is_live)
            & col(PaymentStatus.state).in_(UNDER_WAY),
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
        context.locator.at_number("paid-by-provider", number, value, list=list_id, round=code)
        for number, value, list_id, code in rows
    ]


def paid_before(context: SheetContext, earlier: Sequence[int]) -> Select[Any]:
    """Select the rows of whom person, day, amount and currency were posted before."""
    is_persons = col(Transfer.beneficiary_id) == Registration.beneficiary_id
    is_same = is_persons & _is_same_money() & is_live()
    return posted_the_same(context, earlier, Transfer, is_same)


def compare_renumbered(context: SheetContext, earlier: Sequence[int]) -> list[Finding]:
    """Rows that were paid under a number that the sheet no longer has.

    Most likely the number was changed, and the same money would be paid again.
    """
    sheet = context.sheet
    here = aliased(StagedRow)
    is_here = exists().where(
        col(here.sheet_id) == sheet.id,
        col(here.registration_key) == Registration.number_key,
    )
    rows = context.session.exec(
        select(StagedRow.number, Registration.number, Transfer.sheet_id, Transfer.row_number)
        .join(
            Transfer,
            _is_same_money()
            & col(Transfer.sheet_id).in_(earlier)
            & (col(Transfer.row_number) == StagedRow.number),
        )
        .join(Registration, col(Registration.beneficiary_id) == Transfer.beneficiary_id)
        .where(
            context.is_ready,
            Registration.society_id == sheet.society_id,
            ~is_here,
            is_live(),
        )
        .order_by(col(StagedRow.number))
    )
    return _already_paid(context, rows)
