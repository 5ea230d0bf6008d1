"""The figures of a month: people each once, transfers, vouchers, amounts per currency."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    Text,
    case,
    cast,
    exists,
    literal,
    union_all,
)
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, func, select

from cva.beneficiaries.models import Beneficiary
from cva.core.dates import Month
from cva.core.money import Money
from cva.core.permissions import Permission
from cva.core.tenancy import actor_of
from cva.programmes import service as programmes
from cva.providers.models import Provider
from cva.reports.counting import count, groups_of
from cva.reports.figures import DIMENSIONS, Figures, FigureSum, MonthCount
from cva.societies import service as societies
from cva.transfers import service as transfers
from cva.transfers.models import Transfer, TransferEvent, TransferEventKind
from cva.vouchers import service as vouchers
from cva.vouchers.models import Voucher


def figures(session: Session, society_id: int, month: Month) -> Figures:
    """Count a month.

    Raises:
        NotFoundError: The society is not one of the actor's.
        ForbiddenError: The actor's role does not see figures.
    """
    actor_of(session).require(Permission.SEE_FIGURES, society_id)
    society = societies.get_society(session, society_id)
    whole, apart, groups = count(session, _given(society_id, month))
    names = {
        each.id: (each.code, each.name) for each in programmes.list_programmes(session, society_id)
    }
    return Figures(
        society=society.code,
        society_name=society.name,
        month=month,
        people=len(whole.people),
        new_people=_new_people(session, society_id, month),
        transfers=whole.transfers,
        vouchers_issued=whole.vouchers,
        amounts=whole.sums("cash"),
        voucher_values=whole.sums("voucher"),
        exceptions=apart.sums("cash"),
        returned=_returned(session, society_id, month),
        reached=_reached(session, society_id),
        by={
            name: groups_of(groups[name], names if name == "programme" else {})
            for name in DIMENSIONS
        },
        months=_months(session, society_id, month),
    )


def _given(society_id: int, month: Month) -> Select[Any]:
    """Everything handed out in the month, a row each: who, what, how much."""
    cash: Any = select_columns(
        col(Transfer.beneficiary_id).label("person"),
        col(Transfer.programme_id).label("programme"),
        literal("cash", Text).label("modality"),
        col(Transfer.region).label("region"),
        col(Transfer.currency).label("currency"),
        col(Transfer.amount_minor).label("amount"),
        literal(1, Integer).label("is_cash"),
        transfers.exception_of().label("exception"),
    ).where(
        col(Transfer.society_id) == society_id,
        col(Transfer.paid_on) >= month.first,
        col(Transfer.paid_on) < month.next_first,
        transfers.is_live(),
    )
    handed_out: Any = select_columns(
        col(Voucher.beneficiary_id),
        col(Voucher.programme_id),
        col(Voucher.modality),
        col(Voucher.region),
        col(Voucher.currency),
        col(Voucher.amount_minor),
        literal(0, Integer),
        col(Voucher.exception),
    ).where(
        col(Voucher.society_id) == society_id,
        col(Voucher.issued_on) >= month.first,
        col(Voucher.issued_on) < month.next_first,
        vouchers.is_first_issue(),
    )
    both = union_all(cash, handed_out).subquery("both")
    columns = [column for column in both.c if column.name != "person"]
    return select_columns(_PERSON, *columns, col(Beneficiary.sex).label("sex")).join(
        Beneficiary, col(Beneficiary.id) == both.c.person
    )


#: The person: of two records that were merged the one that stands for both.
_PERSON = func.coalesce(col(Beneficiary.merged_into_id), col(Beneficiary.id)).label("person")


def _returned(session: Session, society_id: int, month: Month) -> tuple[FigureSum, ...]:
    """What came back in the month, less the returns that were recorded wrongly."""
    amount, kind = col(TransferEvent.amount_minor), col(TransferEvent.kind)
    is_return = kind == TransferEventKind.RETURNED
    query = (
        select_columns(
            col(TransferEvent.currency),
            func.sum(case((is_return, amount), else_=-amount)),
            func.sum(case((is_return, 1), else_=-1)),
        )
        .where(
            col(TransferEvent.society_id) == society_id,
            col(TransferEvent.happened_on) >= month.first,
            col(TransferEvent.happened_on) < month.next_first,
            kind.in_((TransferEventKind.RETURNED, TransferEventKind.RETURN_REVERSED)),
        )
        .group_by(col(TransferEvent.currency))
        .order_by(col(TransferEvent.currency))
    )
    return tuple(
        FigureSum(Money(currency, int(minor)), int(count_))
        for currency, minor, count_ in session.execute(query)
        if minor
    )


def _reached(session: Session, society_id: int) -> tuple[tuple[str, str], ...]:
    query = (
        select(Provider.code, Provider.tells_collection)
        .where(Provider.society_id == society_id)
        .order_by(col(Provider.code))
    )
    return tuple(
        (code, "collected" if tells_collection else "paid")
        for code, tells_collection in session.exec(query)
    )


def _new_people(session: Session, society_id: int, month: Month) -> int:
    """Of the month's people, those who were given nothing before: a look-up per person."""
    given = _given(society_id, month).subquery("given")
    before = [
        exists().where(
            col(table.beneficiary_id) == given.c.person, *_earlier(table, society_id, month)
        )
        for table in (Transfer, Voucher)
    ]
    new = session.scalars(
        select_columns(given.c.person)
        .where(given.c.exception.is_(None), *(~one for one in before))
        .distinct()
    )
    return len(set(new) - _given_before_merge(session, society_id, month))


def _earlier(
    table: type[Transfer] | type[Voucher], society_id: int, month: Month
) -> list[ColumnElement[bool]]:
    """Handed out before the month, and counting."""
    is_cash = table is Transfer
    day = col(Transfer.paid_on) if is_cash else col(Voucher.issued_on)
    counts = transfers.is_live() if is_cash else vouchers.is_first_issue()
    return [col(table.society_id) == society_id, day < month.first, counts]


def _given_before_merge(session: Session, society_id: int, month: Month) -> set[int]:
    """People who were given something before under a record that was merged into theirs."""
    merged = dict(
        session.execute(
            select_columns(col(Beneficiary.id), col(Beneficiary.merged_into_id)).where(
                col(Beneficiary.society_id) == society_id,
                col(Beneficiary.merged_into_id).is_not(None),
            )
        ).all()
    )
    found: set[int] = set()
    for table in (Transfer, Voucher) if merged else ():
        found |= set(
            session.scalars(
                select_columns(col(table.beneficiary_id)).where(
                    col(table.beneficiary_id).in_(list(merged)), *_earlier(table, society_id, month)
                )
            )
        )
    return {merged[record] for record in found}


def _months(session: Session, society_id: int, month: Month) -> tuple[MonthCount, ...]:
    first = month.shifted(-11)
    given = union_all(
        _monthly(Transfer, "paid_on", 1, society_id, first, month).where(transfers.is_live()),
        _monthly(Voucher, "issued_on", 0, society_id, first, month).where(
            vouchers.is_first_issue()
        ),
    ).subquery()
    rows = session.execute(
        select_columns(
            given.c.month,
            func.count(given.c.person.distinct()),
            func.sum(given.c.is_cash),
            func.count(),
        ).group_by(given.c.month)
    )
    found = {row[0]: (int(row[1]), int(row[2]), int(row[3] - row[2])) for row in rows}
    listed: Sequence[Month] = [first.shifted(step) for step in range(12)]
    return tuple(MonthCount(each, *found.get(str(each), (0, 0, 0))) for each in listed)


def _monthly(
    table: type[Transfer] | type[Voucher],
    day: str,
    is_cash: int,
    society_id: int,
    first: Month,
    last: Month,
) -> Select[Any]:
    day_column = getattr(table, day)
    exception = transfers.exception_of() if table is Transfer else col(Voucher.exception)
    return (
        select_columns(
            func.substr(cast(day_column, Text), 1, 7).label("month"),
            _PERSON,
            literal(is_cash).label("is_cash"),
        )
        .join(Beneficiary, col(Beneficiary.id) == table.beneficiary_id)
        .where(
            col(table.society_id) == society_id,
            day_column >= first.first,
            day_column < last.next_first,
            exception.is_(None),
        )
    )


def last_month_with_figures(session: Session, society_ids: Collection[int]) -> Month | None:
    """The newest month something was handed out in, by any of these societies."""
    days: list[date | None] = [
        session.scalar(
            select_columns(func.max(col(table_day))).where(col(table_society).in_(society_ids))
        )
        for table_day, table_society in (
            (Transfer.paid_on, Transfer.society_id),
            (Voucher.issued_on, Voucher.society_id),
        )
    ]
    known = [day for day in days if day is not None]
    return Month.of(max(known)) if known else None
