"""Reading a round's list: how far it is, and who is entitled to what."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, false
from sqlalchemy import select as select_columns
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, select

from cva.beneficiaries.models import Beneficiary
from cva.core.errors import NotFoundError
from cva.core.i18n import gettext as _
from cva.entitlements.models import DraftRow, Entitlement, ListState, ListVersion, RoundList
from cva.journal.row_digests import Behind
from cva.programmes.models import Round

#: What entries of approved lists and of their changes are proved from.
BEHIND = Behind(Entitlement)


@dataclass(frozen=True, slots=True)
class PlannedTotal:
    """What is planned in one currency (None: commodity vouchers).

    Attributes:
        people: Each once. ``instalments``: what they are to be given, each part once.
    """

    currency: str | None
    people: int
    instalments: int
    minor: int


def is_current() -> ColumnElement[bool]:
    """The condition that an entitlement holds: no newer version of it, and not withdrawn."""
    newer = aliased(Entitlement)
    return and_(
        col(Entitlement.is_withdrawn) == false(),
        ~exists().where(
            col(newer.society_id) == col(Entitlement.society_id),
            col(newer.round_id) == col(Entitlement.round_id),
            col(newer.beneficiary_id) == col(Entitlement.beneficiary_id),
            col(newer.instalment) == col(Entitlement.instalment),
            col(newer.version) > col(Entitlement.version),
        ),
    )


def is_planned() -> ColumnElement[bool]:
    """The condition that somebody is to be given an entitlement: it is current, and theirs.

    Of two merged records that are on one list only one counts: the kept one where it was
    ever on the list, else the first.
    """
    own, twin = aliased(Beneficiary), aliased(Beneficiary)
    is_later = exists().where(
        col(twin.merged_into_id) == col(own.merged_into_id),
        col(twin.id) < col(own.id),
        _is_listed(twin.id),
    )
    is_left_out = exists().where(
        col(own.id) == col(Entitlement.beneficiary_id),
        col(own.merged_into_id).is_not(None),
        _is_listed(own.merged_into_id) | is_later.correlate_except(twin),
    )
    return and_(is_current(), ~is_left_out.correlate_except(own))


def _is_listed(record_id: Any) -> ColumnElement[bool]:  # noqa: ANN401 - a column
    """The condition that another record ever stood on the list of an entitlement."""
    other = aliased(Entitlement)
    is_same = exists().where(
        col(other.society_id) == col(Entitlement.society_id),
        col(other.round_id) == col(Entitlement.round_id),
        col(other.beneficiary_id) == record_id,
    )
    return is_same.correlate_except(other)


def list_of(session: Session, round_id: int) -> RoundList | None:
    """How far the list of a round is; None where there is none."""
    return session.exec(select(RoundList).where(RoundList.round_id == round_id)).one_or_none()


def get_list(session: Session, round_id: int) -> RoundList:
    """The list of a round.

    Raises:
        NotFoundError: There is none yet.
    """
    found = list_of(session, round_id)
    if found is None:
        raise NotFoundError(
            _("This round has no list yet. Take one over first."), code="list_missing"
        )
    return found


def is_approved(session: Session, round_id: int) -> bool:
    """Whether the list of a round is approved."""
    found = list_of(session, round_id)
    return found is not None and found.state == ListState.APPROVED


def approved_rounds(session: Session, society_id: int) -> Sequence[Round]:
    """The rounds of a society whose lists are approved, the latest first."""
    query = (
        select(Round)
        .join(RoundList, col(RoundList.round_id) == Round.id)
        .where(Round.society_id == society_id, RoundList.state == ListState.APPROVED)
        .order_by(col(Round.starts_on).desc().nulls_last(), col(Round.id).desc())
    )
    return session.exec(query).all()


def planned_of(session: Session, round_id: int) -> list[PlannedTotal]:
    """What the approved list of a round comes to, per currency."""
    return _sums(session, Entitlement, and_(col(Entitlement.round_id) == round_id, is_planned()))


def drafted_of(session: Session, round_id: int) -> list[PlannedTotal]:
    """What the rows of a draft come to that have no fault, per currency."""
    condition = and_(col(DraftRow.round_id) == round_id, col(DraftRow.fault).is_(None))
    return _sums(session, DraftRow, condition)


def _sums(
    session: Session,
    table: type[Entitlement] | type[DraftRow],
    condition: Any,  # noqa: ANN401
) -> list[PlannedTotal]:
    person = Entitlement.beneficiary_id if table is Entitlement else DraftRow.number_key
    rows = session.execute(
        select_columns(
            col(table.currency),
            func.count(col(person).distinct()),
            func.count(),
            func.coalesce(func.sum(table.amount_minor), 0),
        )
        .where(condition)
        .group_by(col(table.currency))
        .order_by(col(table.currency))
    )
    return [
        PlannedTotal(currency, people, parts, int(minor)) for currency, people, parts, minor in rows
    ]


def faults_of(session: Session, round_id: int) -> list[tuple[str, str, int | None, int | None]]:
    """Number, fault, row and sheet of the draft's rows that cannot be approved; the first 200."""
    rows = session.execute(
        select_columns(
            *(col(DraftRow.number), col(DraftRow.fault)),
            *(col(DraftRow.row_number), col(DraftRow.sheet_id)),
        )
        .where(col(DraftRow.round_id) == round_id, col(DraftRow.fault).is_not(None))
        .order_by(col(DraftRow.row_number), col(DraftRow.number_key))
        .limit(200)
    )
    return [(number, fault or "", row, sheet_id) for number, fault, row, sheet_id in rows]


def versions_of(session: Session, round_id: int) -> Sequence[ListVersion]:
    """The approved versions of a list, oldest first."""
    query = select(ListVersion).where(ListVersion.round_id == round_id)
    return session.exec(query.order_by(col(ListVersion.version))).all()


def own_grants_of(session: Session, round_id: int) -> dict[int, int]:
    """By person, the one grant that carries what they are given in a round.

    Of those too who are off the list by now: what was posted for them is reversed to the grant
    that carried it.
    """
    rows = session.exec(
        select(Entitlement.beneficiary_id, Entitlement.grant_id)
        .where(Entitlement.round_id == round_id, col(Entitlement.grant_id).is_not(None))
        .order_by(col(Entitlement.version))
    )
    return {person_id: grant_id for person_id, grant_id in rows if grant_id is not None}


def requests_of(session: Session, round_ids: Iterable[int]) -> dict[tuple[int, int], int]:
    """Numbers of the requests that changed lists, by round and version."""
    rows = session.exec(
        select(ListVersion.round_id, ListVersion.version, ListVersion.request_id).where(
            col(ListVersion.round_id).in_(set(round_ids)), col(ListVersion.request_id).is_not(None)
        )
    )
    return {(round_id, version): request_id for round_id, version, request_id in rows if request_id}
