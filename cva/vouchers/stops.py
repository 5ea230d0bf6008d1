"""The stop list: numbers that no vendor may take."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, func

from cva.core.rights import Right
from cva.core.scope import actor_of
from cva.vouchers.models import ENDINGS, VoucherEvent, VoucherState


@dataclass(frozen=True, slots=True)
class Stop:
    """A number that is void, replaced, lost or destroyed, and since when."""

    number: str
    kind: str
    since: date


def stop_list(session: Session, society_id: int) -> Sequence[Stop]:
    """Every number that ended, by number as it is compared, in capitals."""
    actor_of(session).require(Right.SEE_ROUNDS, society_id)
    query = (
        select_columns(
            col(VoucherState.number_key),
            col(VoucherState.state),
            func.max(VoucherEvent.happened_on),
        )
        .join(
            VoucherEvent,
            and_(
                col(VoucherEvent.society_id) == society_id,
                col(VoucherEvent.number_key) == VoucherState.number_key,
                col(VoucherEvent.kind) == VoucherState.state,
            ),
        )
        .where(
            col(VoucherState.society_id) == society_id,
            col(VoucherState.state).in_(ENDINGS),
        )
        .group_by(col(VoucherState.number_key), col(VoucherState.state))
        .order_by(col(VoucherState.number_key))
    )
    return [Stop(key.upper(), state, since) for key, state, since in session.execute(query)]
