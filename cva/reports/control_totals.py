"""Control totals: what was sent, left out and posted, against what the book says."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, true
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, func

from cva.core.errors import InputError
from cva.core.i18n import gettext as _
from cva.core.money import Money
from cva.core.permissions import Permission
from cva.core.tenancy import actor_of
from cva.journal import service as journal
from cva.journal.accounts import Account
from cva.kinds import registry
from cva.kinds.sheet_kind import SheetKind
from cva.societies import service as societies
from cva.staging.models import RowState, Sheet, SheetState, StagedRow, is_summed
from cva.transfers.models import Transfer
from cva.transfers.service import is_live
from cva.vouchers import service as vouchers
from cva.vouchers.models import Voucher


@dataclass(frozen=True, slots=True)
class ControlStep:
    """The rows at one step of their way, in one currency.

    Attributes:
        step: ``"waiting"`` (submitted), ``"left_out"`` (of approved sheets, with an error),
            ``"approved"`` (cash rows of approved sheets), ``"posted"`` (cash transfers),
            ``"approved_vouchers"`` or ``"posted_vouchers"`` (by face value).
    """

    step: str
    money: Money
    rows: int


@dataclass(frozen=True, slots=True)
class ControlTie:
    """One thing that must agree: cash approved, cash posted and cash in the book."""

    currency: str
    approved_minor: int
    posted_minor: int
    booked_minor: int

    @property
    def holds(self) -> bool:
        """Whether all three are the same."""
        return self.approved_minor == self.posted_minor == self.booked_minor


@dataclass(frozen=True, slots=True)
class ControlTotals:
    """The totals of a society over a time; the days are days of hand-out, both included."""

    society: str
    first: date | None
    last: date | None
    steps: Sequence[ControlStep]
    accounts: Sequence[journal.Balance]
    ties: Sequence[ControlTie]

    @property
    def tie(self) -> bool:
        """Whether everything agrees."""
        return all(tie.holds for tie in self.ties)


def control_totals(
    session: Session, society_id: int, first: date | None = None, last: date | None = None
) -> ControlTotals:
    """Add up every step of the way, per currency; two currencies are never added.

    Raises:
        NotFoundError: The society is not one of the actor's.
        ForbiddenError: The actor's role does not see totals.
        InputError: ``first`` is after ``last``.
    """
    actor_of(session).require(Permission.SEE_TOTALS, society_id)
    if first is not None and last is not None and first > last:
        message = _("The first day is after the last. Change one of the two.")
        raise InputError(message, {"from": [message]}, code="days_reversed")
    society = societies.get_society(session, society_id)
    steps = {
        step: [
            ControlStep(step, Money(currency, int(minor)), int(count))
            for currency, minor, count in session.execute(
                _sums(table, conditions).where(
                    table.society_id == society_id, _between(day, first, last)
                )
            )
        ]
        for step, (table, day, conditions) in _counted().items()
    }
    paid = journal.balances(session, society_id, first, last, registry.paying_entries())
    return ControlTotals(
        society=society.code,
        first=first,
        last=last,
        steps=[one for found in steps.values() for one in found],
        accounts=journal.balances(session, society_id, first, last),
        ties=_ties(steps["approved"], steps["posted"], paid),
    )


def _counted() -> dict[str, tuple[Any, Any, list[ColumnElement[bool]]]]:
    """By step the table of its rows, their day of hand-out, and which of them count."""
    row, state = StagedRow, col(StagedRow.state)
    cash = _posted_as(lambda kind: kind.pays_cash)
    given = _posted_as(lambda kind: kind.hands_out_vouchers)
    return {
        "waiting": (row, row.day, [*_of_sheets(SheetState.SUBMITTED), state.in_(_READY)]),
        "left_out": (row, row.day, [*_of_sheets(SheetState.APPROVED), state == RowState.ERROR]),
        "approved": (row, row.day, [*_of_sheets(SheetState.APPROVED), cash]),
        "posted": (Transfer, Transfer.paid_on, [is_live()]),
        "approved_vouchers": (row, row.day, [*_of_sheets(SheetState.APPROVED), given]),
        "posted_vouchers": (Voucher, Voucher.issued_on, [vouchers.is_first_issue()]),
    }


_READY = (RowState.READY, RowState.EXCEPTED)


def _posted_as(trait: Callable[[SheetKind], bool]) -> ColumnElement[bool]:
    """The condition that a row is posted with a sheet of a kind that has a trait."""
    is_of_kind = col(Sheet.kind).in_(registry.names_where(trait))
    return and_(col(StagedRow.state).in_(_READY), is_of_kind)


def _of_sheets(state: SheetState) -> list[ColumnElement[bool]]:
    """The conditions that a row counts, and is of a sheet in a state that is no list."""
    return [
        col(Sheet.id) == StagedRow.sheet_id,
        col(Sheet.state) == state,
        col(Sheet.is_list) == false(),
        is_summed(),
    ]


def _sums(table: Any, conditions: Sequence[ColumnElement[bool]]) -> Select[Any]:  # noqa: ANN401
    """The rows that have an amount, added up by currency."""
    has_amount = (table.amount_minor.is_not(None), table.currency.is_not(None))
    query = select_columns(table.currency, func.sum(table.amount_minor), func.count())
    query = query.where(*has_amount, *conditions)
    return query.group_by(table.currency).order_by(table.currency)


def _between(day: Any, first: date | None, last: date | None) -> ColumnElement[bool]:  # noqa: ANN401
    return and_(true() if first is None else day >= first, true() if last is None else day <= last)


def _ties(
    approved: Sequence[ControlStep],
    posted: Sequence[ControlStep],
    accounts: Sequence[journal.Balance],
) -> list[ControlTie]:
    cash_in = {Account.CASH_IN_CUSTODY, Account.PROVIDER_ADVANCES}
    sums: dict[str, list[int]] = {}
    for column, steps in ((0, approved), (1, posted)):
        for step in steps:
            sums.setdefault(step.money.currency, [0, 0, 0])[column] += step.money.minor
    for balance in accounts:
        if balance.account in cash_in:
            paid_minor = balance.credit_minor - balance.debit_minor
            sums.setdefault(balance.currency, [0, 0, 0])[2] += paid_minor
    return [ControlTie(currency, *found) for currency, found in sorted(sums.items())]
