"""The stop list: numbers that no vendor may take."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, func

from cva.core.permissions import Permission
from cva.core.tenancy import actor_of
from cva.vouchers import books
from cva.vouchers.models import ENDINGS, Voucher, VoucherEvent, VoucherState
from cva.vouchers.numbering import Shelf, number_of


@dataclass(frozen=True, slots=True)
class Stop:
    """A number that is void, replaced, lost or destroyed, and since when."""

    number: str
    kind: str
    since: date


def stop_list(session: Session, society_id: int) -> Sequence[Stop]:
    """Every number that ended, as it was handed out or printed, in the order they are compared."""
    actor_of(session).require(Permission.SEE_ROUNDS, society_id)
    query = (
        select_columns(
            col(VoucherState.number_key),
            col(VoucherState.state),
            col(Voucher.number),
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
        .join(Voucher, col(Voucher.id) == VoucherState.voucher_id, isouter=True)
        .where(
            col(VoucherState.society_id) == society_id,
            col(VoucherState.state).in_(ENDINGS),
        )
        .group_by(col(VoucherState.number_key), col(VoucherState.state), col(Voucher.number))
        .order_by(col(VoucherState.number_key))
    )
    shelf = Shelf(books.list_books(session, society_id))
    return [
        Stop(number or _printed(shelf, key), state, since)
        for key, state, number, since in session.execute(query)
    ]


def _printed(shelf: Shelf, number_key: str) -> str:
    """A number nobody was given ended, so it is in a book."""
    found = shelf.find(number_key)
    return number_of(*found) if found else number_key
