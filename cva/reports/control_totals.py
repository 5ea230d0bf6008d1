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
    accounts = journal.balances(session, society_id, first, last)
    cash = _is_posted_as(lambda kind: kind.pays_cash)
    vouchers_given = _is_posted_as(lambda kind: kind.hands_out_vouchers)
    approved = _staged(session, society_id, "approved", SheetState.APPROVED, cash, first, last)
    posted = _posted(session, society_id, first, last)
    return ControlTotals(
        society=society.code,
        first=first,
        last=last,
        steps=[
            *_staged(session, society_id, "waiting", SheetState.SUBMITTED, _READY, first, last),
            *_staged(session, society_id, "left_out", SheetState.APPROVED, _ERROR, first, last),
            *approved,
            *posted,
            *_staged(
                session,
                society_id,
                "approved_vouchers",
                SheetState.APPROVED,
                vouchers_given,
                first,
                last,
            ),
            *_handed_out(session, society_id, first, last),
        ],
        accounts=accounts,
        ties=_ties(
            approved,
            posted,
            journal.balances(session, society_id, first, last, registry.paying_entries()),
        ),
    )


_READY = col(StagedRow.state).in_([RowState.READY, RowState.EXCEPTED])
_ERROR = col(StagedRow.state) == RowState.ERROR


def _is_posted_as(trait: Callable[[SheetKind], bool]) -> ColumnElement[bool]:
    """The condition that a row is posted with a sheet of a kind that has a trait."""
    return and_(_READY, col(Sheet.kind).in_(registry.names_where(trait)))


def _staged(
    session: Session,
    society_id: int,
    step: str,
    state: SheetState,
    rows: ColumnElement[bool],
    first: date | None,
    last: date | None,
) -> list[ControlStep]:
    query = (
        _sums(col(StagedRow.currency), col(StagedRow.amount_minor))
        .join(Sheet, col(Sheet.id) == StagedRow.sheet_id)
        .where(
            col(Sheet.society_id) == society_id,
            col(Sheet.state) == state,
            col(Sheet.is_list) == false(),
            col(StagedRow.amount_minor).is_not(None),
            col(StagedRow.currency).is_not(None),
            is_summed(),
            rows,
            _between(col(StagedRow.day), first, last),
        )
    )
    return _steps(session, step, query)


def _posted(
    session: Session, society_id: int, first: date | None, last: date | None
) -> list[ControlStep]:
    query = _sums(col(Transfer.currency), col(Transfer.amount_minor)).where(
        col(Transfer.society_id) == society_id,
        _between(col(Transfer.paid_on), first, last),
        is_live(),
    )
    return _steps(session, "posted", query)


def _handed_out(
    session: Session, society_id: int, first: date | None, last: date | None
) -> list[ControlStep]:
    query = _sums(col(Voucher.currency), col(Voucher.amount_minor)).where(
        col(Voucher.society_id) == society_id,
        col(Voucher.amount_minor).is_not(None),
        _between(col(Voucher.issued_on), first, last),
        vouchers.is_first_issue(),
    )
    return _steps(session, "posted_vouchers", query)


def _sums(currency: Any, minor: Any) -> Select[Any]:  # noqa: ANN401
    return (
        select_columns(currency, func.sum(minor), func.count())
        .group_by(currency)
        .order_by(currency)
    )


def _steps(session: Session, step: str, query: Select[Any]) -> list[ControlStep]:
    return [
        ControlStep(step, Money(currency, int(minor)), int(count))
        for currency, minor, count in session.execute(query)
    ]


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
