"""The figures of a month: people each once, transfers, vouchers, amounts per currency."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Integer,
    Select,
    Subquery,
    Text,
    cast,
    literal,
    null,
    union,
    union_all,
)
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, func

from cva.beneficiaries.models import Beneficiary
from cva.core.dates import Month
from cva.core.money import Money
from cva.core.rights import Right
from cva.core.scope import actor_of
from cva.programmes import service as programmes
from cva.societies import service as societies
from cva.societies.models import Society
from cva.transfers.models import Transfer
from cva.vouchers.models import Voucher

#: What the figures of a month are broken down by.
DIMENSIONS = ("programme", "modality", "region", "sex")


@dataclass(frozen=True, slots=True)
class Sum:
    """An amount, and how many transfers or vouchers it is the sum of."""

    money: Money
    count: int


@dataclass(frozen=True, slots=True)
class Group:
    """The figures of one programme, modality, region or sex.

    Attributes:
        code: The stored value; empty where the sheets did not say.
        people: Each once within the group; None where a small number is withheld.
        amounts: Cash, per currency. ``voucher_values``: face values, per currency.
    """

    code: str
    name: str
    people: int | None
    transfers: int | None
    vouchers_issued: int | None
    amounts: tuple[Sum, ...]
    voucher_values: tuple[Sum, ...]


@dataclass(frozen=True, slots=True)
class MonthCount:
    """One month in the row of months."""

    month: Month
    people: int | None
    transfers: int | None
    vouchers_issued: int | None


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a society in a month.

    Attributes:
        people: Each once in the month. Monthly figures of people never add up to a longer period.
        new_people: Of them, those the society had never assisted before.
        exceptions: Paid against a rule and recorded as such; not in ``amounts``.
        months: The twelve months up to this one, each counted by itself.
    """

    society: str
    society_name: str
    month: Month
    people: int | None
    new_people: int | None
    transfers: int | None
    vouchers_issued: int | None
    amounts: tuple[Sum, ...]
    voucher_values: tuple[Sum, ...]
    exceptions: tuple[Sum, ...]
    by: dict[str, tuple[Group, ...]] = field(default_factory=dict)
    months: tuple[MonthCount, ...] = ()
    is_withheld: bool = False


def figures(session: Session, society_id: int, month: Month) -> Figures:
    """Count a month.

    Raises:
        NotFoundError: The society is not one of the actor's.
        ForbiddenError: The actor's role does not see figures.
    """
    actor_of(session).require(Right.SEE_FIGURES, society_id)
    society = societies.get_society(session, society_id)
    given = _given(society_id, month)
    people, transfers, vouchers = _counts(session, given)
    return Figures(
        society=society.code,
        society_name=society.name,
        month=month,
        people=people,
        new_people=_new_people(session, society_id, month),
        transfers=transfers,
        vouchers_issued=vouchers,
        amounts=_sums(session, given, "cash"),
        voucher_values=_sums(session, given, "voucher"),
        exceptions=_sums(session, given, "exception"),
        by={name: _groups(session, society, given, name) for name in DIMENSIONS},
        months=_months(session, society_id, month),
    )


def _given(society_id: int, month: Month) -> Subquery:
    """Everything handed out in the month, a row each: who, what, how much."""
    cash: Any = select_columns(
        col(Transfer.beneficiary_id).label("person"),
        col(Transfer.programme_id).label("programme"),
        literal("cash", Text).label("modality"),
        col(Transfer.region).label("region"),
        col(Transfer.currency).label("currency"),
        col(Transfer.amount_minor).label("amount"),
        literal(1, Integer).label("is_cash"),
        col(Transfer.exception).label("exception"),
    ).where(
        col(Transfer.society_id) == society_id,
        col(Transfer.paid_on) >= month.first,
        col(Transfer.paid_on) < month.next_first,
    )
    vouchers: Any = select_columns(
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
    )
    both = union_all(cash, vouchers).subquery("both")
    return (
        select_columns(both, col(Beneficiary.sex).label("sex"))
        .join(Beneficiary, col(Beneficiary.id) == both.c.person)
        .subquery("given")
    )


def _is_assistance(given: Subquery) -> ColumnElement[bool]:
    return given.c.exception.is_(None)


def _counts(session: Session, given: Subquery) -> tuple[int, int, int]:
    row = session.execute(
        select_columns(
            func.count(given.c.person.distinct()),
            func.coalesce(func.sum(given.c.is_cash), 0),
            func.count() - func.coalesce(func.sum(given.c.is_cash), 0),
        ).where(_is_assistance(given))
    ).one()
    return int(row[0]), int(row[1]), int(row[2])


def _sums(session: Session, given: Subquery, what: str) -> tuple[Sum, ...]:
    found = _sums_by(session, given, literal(""), what)
    return found.get("", ())


def _sums_by(
    session: Session,
    given: Subquery,
    key: ColumnElement[Any],
    what: str,
) -> dict[str, tuple[Sum, ...]]:
    query = (
        select_columns(key.label("key"), given.c.currency, func.sum(given.c.amount), func.count())
        .where(given.c.amount.is_not(None), given.c.is_cash == int(what != "voucher"))
        .where(~_is_assistance(given) if what == "exception" else _is_assistance(given))
        .group_by("key", given.c.currency)
        .order_by("key", given.c.currency)
    )
    found: dict[str, list[Sum]] = defaultdict(list)
    for code, currency, minor, count in session.execute(query):
        found[str(code or "")].append(Sum(Money(currency, int(minor)), int(count)))
    return {code: tuple(sums) for code, sums in found.items()}


def _groups(
    session: Session, society: Society, given: Subquery, dimension: str
) -> tuple[Group, ...]:
    key = given.c[dimension]
    amounts = _sums_by(session, given, key, "cash")
    values = _sums_by(session, given, key, "voucher")
    names = _names(session, society, dimension)
    rows = session.execute(
        select_columns(
            key, func.count(given.c.person.distinct()), func.sum(given.c.is_cash), func.count()
        )
        .where(_is_assistance(given))
        .group_by(key)
    )
    groups = [
        Group(
            code=names.get(code, ("", ""))[0] or str(code or ""),
            name=names.get(code, ("", ""))[1] or str(code or ""),
            people=int(people),
            transfers=int(transfers),
            vouchers_issued=int(count - transfers),
            amounts=amounts.get(str(code or ""), ()),
            voucher_values=values.get(str(code or ""), ()),
        )
        for code, people, transfers, count in rows
    ]
    return tuple(sorted(groups, key=lambda group: (-(group.people or 0), group.name)))


def _names(session: Session, society: Society, dimension: str) -> dict[Any, tuple[str, str]]:
    if dimension != "programme":
        return {}
    listed = programmes.list_programmes(session, society.id)
    return {programme.id: (programme.code, programme.name) for programme in listed}


def _people_before(society_id: int, month: Month) -> CompoundSelect[Any]:
    return union(
        select_columns(col(Transfer.beneficiary_id)).where(
            col(Transfer.society_id) == society_id, col(Transfer.paid_on) < month.first
        ),
        select_columns(col(Voucher.beneficiary_id)).where(
            col(Voucher.society_id) == society_id, col(Voucher.issued_on) < month.first
        ),
    )


def _new_people(session: Session, society_id: int, month: Month) -> int:
    given = _given(society_id, month)
    before = _people_before(society_id, month).subquery("before")
    return int(
        session.execute(
            select_columns(func.count(given.c.person.distinct()))
            .join_from(given, before, before.c[0] == given.c.person, isouter=True)
            .where(_is_assistance(given), before.c[0].is_(None))
        ).scalar_one()
    )


def _months(session: Session, society_id: int, month: Month) -> tuple[MonthCount, ...]:
    first = month.shifted(-11)
    given = union_all(
        _monthly(Transfer, "paid_on", 1, society_id, first, month),
        _monthly(Voucher, "issued_on", 0, society_id, first, month),
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
    return select_columns(
        func.substr(cast(day_column, Text), 1, 7).label("month"),
        col(table.beneficiary_id).label("person"),
        literal(is_cash).label("is_cash"),
    ).where(
        col(table.society_id) == society_id,
        day_column >= first.first,
        day_column < last.next_first,
        col(table.exception).is_(null()),
    )


def last_month_with_figures(session: Session, society_id: int) -> Month | None:
    """The newest month something was handed out in."""
    days: list[date | None] = [
        session.scalar(
            select_columns(func.max(col(table_day))).where(col(table_society) == society_id)
        )
        for table_day, table_society in (
            (Transfer.paid_on, Transfer.society_id),
            (Voucher.issued_on, Voucher.society_id),
        )
    ]
    known = [day for day in days if day is not None]
    return Month.of(max(known)) if known else None
