"""The figures of a month: people each once, transfers, vouchers, amounts per currency."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Integer, Select, Text, case, cast, exists, literal, union_all
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, func, select

from cva.beneficiaries.models import Beneficiary
from cva.core.dates import Month
from cva.core.money import Money
from cva.core.permissions import Permission
from cva.core.tenancy import actor_of
from cva.programmes import service as programmes
from cva.providers.models import Provider
from cva.reports.figures import DIMENSIONS, FigureGroup, Figures, FigureSum, MonthCount
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
    whole, apart, groups = _count(session, _given(society_id, month, month))
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
            name: _groups_of(groups[name], names if name == "programme" else {})
            for name in DIMENSIONS
        },
        months=_months(session, society_id, month),
    )


@dataclass(slots=True)
class _Tally:
    """What is counted of a set of hand-outs."""

    people: set[int] = field(default_factory=set)
    transfers: int = 0
    vouchers: int = 0
    minor: Counter[tuple[str, str]] = field(default_factory=Counter)
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, row: Any) -> None:  # noqa: ANN401
        """Count one hand-out."""
        self.people.add(row.person)
        self.transfers += row.is_cash
        self.vouchers += 1 - row.is_cash
        if row.amount is not None:
            key = ("cash" if row.is_cash else "voucher", row.currency)
            self.minor[key] += row.amount
            self.counts[key] += 1

    def join(self, other: "_Tally") -> None:
        """Count what another tally counted too; a person in both is one person."""
        self.people |= other.people
        self.transfers += other.transfers
        self.vouchers += other.vouchers
        self.minor += other.minor
        self.counts += other.counts

    def sums(self, what: str) -> tuple[FigureSum, ...]:
        """Sums per currency, of cash or of vouchers."""
        return tuple(
            FigureSum(Money(currency, self.minor[kind, currency]), self.counts[kind, currency])
            for kind, currency in sorted(self.minor)
            if kind == what
        )


def _count(
    session: Session, given: Select[Any]
) -> tuple[_Tally, _Tally, dict[str, dict[Any, _Tally]]]:
    """Assistance, exceptions apart from it, and assistance by each dimension.

    Each hand-out is counted once, in the finest group it belongs to; wider ones are put together
    from these.
    """
    apart = _Tally()
    finest: dict[tuple[Any, ...], _Tally] = defaultdict(_Tally)
    for row in session.execute(given):
        if row.exception is not None:
            apart.add(row)
        else:
            finest[row.programme, row.modality, row.region, row.sex].add(row)
    whole = _Tally()
    groups: dict[str, dict[Any, _Tally]] = {name: defaultdict(_Tally) for name in DIMENSIONS}
    for keys, tally in finest.items():
        whole.join(tally)
        for name, key in zip(DIMENSIONS, keys, strict=True):
            groups[name][key].join(tally)
    return whole, apart, groups


def _groups_of(
    tallies: Mapping[Any, _Tally], names: Mapping[Any, tuple[str, str]]
) -> tuple[FigureGroup, ...]:
    """The groups of a breakdown, most people first; ``names`` gives code and name by key."""
    groups = [
        FigureGroup(
            code=names.get(key, (str(key or ""), ""))[0],
            name=names.get(key, ("", str(key or "")))[1],
            people=len(tally.people),
            transfers=tally.transfers,
            vouchers_issued=tally.vouchers,
            amounts=tally.sums("cash"),
            voucher_values=tally.sums("voucher"),
        )
        for key, tally in tallies.items()
    ]
    return tuple(sorted(groups, key=lambda group: (-(group.people or 0), group.name)))


class _Assistance(NamedTuple):
    """A table of hand-outs and columns of it; ``counts`` is the condition that a row does."""

    table: type[Transfer] | type[Voucher]
    day: Any
    modality: Any
    exception: Any
    counts: ColumnElement[bool]


def _assistance() -> tuple[_Assistance, ...]:
    cash, exception = literal("cash", Text), transfers.exception_of()
    first = vouchers.is_first_issue()
    return (
        _Assistance(Transfer, Transfer.paid_on, cash, exception, transfers.is_live()),
        _Assistance(Voucher, Voucher.issued_on, Voucher.modality, Voucher.exception, first),
    )


def _given(society_id: int, first: Month, last: Month) -> Select[Any]:
    """Everything handed out in these months, a row each: who, when, what, how much."""
    both = union_all(
        *(
            select_columns(
                col(each.table.beneficiary_id).label("person"),
                func.substr(cast(each.day, Text), 1, 7).label("month"),
                col(each.table.programme_id).label("programme"),
                each.modality.label("modality"),
                col(each.table.region).label("region"),
                col(each.table.currency).label("currency"),
                col(each.table.amount_minor).label("amount"),
                literal(int(each.table is Transfer), Integer).label("is_cash"),
                each.exception.label("exception"),
            ).where(
                col(each.table.society_id) == society_id,
                each.day >= first.first,
                each.day < last.next_first,
                each.counts,
            )
            for each in _assistance()
        )
    ).subquery("both")
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
    given = _given(society_id, month, month).subquery("given")
    before = [
        exists().where(
            col(each.table.beneficiary_id) == given.c.person, *_earlier(each, society_id, month)
        )
        for each in _assistance()
    ]
    new = session.scalars(
        select_columns(given.c.person)
        .where(given.c.exception.is_(None), *(~one for one in before))
        .distinct()
    )
    return len(set(new) - _given_before_merge(session, society_id, month))


def _earlier(given: _Assistance, society_id: int, month: Month) -> list[ColumnElement[bool]]:
    """Handed out before the month, and counting."""
    return [col(given.table.society_id) == society_id, given.day < month.first, given.counts]


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
    for each in _assistance() if merged else ():
        person = col(each.table.beneficiary_id)
        query = select_columns(person).where(
            person.in_(list(merged)), *_earlier(each, society_id, month)
        )
        found |= set(session.scalars(query))
    return {merged[record] for record in found}


def _months(session: Session, society_id: int, month: Month) -> tuple[MonthCount, ...]:
    first = month.shifted(-11)
    given = _given(society_id, first, month).subquery()
    rows = session.execute(
        select_columns(
            given.c.month,
            func.count(given.c.person.distinct()),
            func.sum(given.c.is_cash),
            func.count(),
        )
        .where(given.c.exception.is_(None))
        .group_by(given.c.month)
    )
    found = {row[0]: (int(row[1]), int(row[2]), int(row[3] - row[2])) for row in rows}
    listed: Sequence[Month] = [first.shifted(step) for step in range(12)]
    return tuple(MonthCount(each, *found.get(str(each), (0, 0, 0))) for each in listed)


def last_month_with_figures(session: Session, society_ids: Collection[int]) -> Month | None:
    """The newest month something was handed out in, by any of these societies."""
    days = [
        session.scalar(
            select_columns(func.max(each.day)).where(col(each.table.society_id).in_(society_ids))
        )
        for each in _assistance()
    ]
    known = [day for day in days if day is not None]
    return Month.of(max(known)) if known else None
