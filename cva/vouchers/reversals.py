"""Hand-outs and redemptions reversed: the events, and what stands against it."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select as select_columns
from sqlmodel import Session, col

from cva.core.db import TableRows, rows_among
from cva.core.errors import RuleError
from cva.core.i18n import gettext as _
from cva.core.identifiers import comparable
from cva.core.maker_checker import ApprovedRequest
from cva.journal.entry_posting import NewLine
from cva.programmes.models import Programme
from cva.vouchers import service as vouchers
from cva.vouchers import vendors, voucher_events
from cva.vouchers.models import ENDINGS, Voucher, VoucherEventKind, VoucherState, VoucherStatus
from cva.vouchers.voucher_lines import redemption_lines


def refuse_changed(session: Session, society_id: int, rows: TableRows) -> None:
    """Refuse to take hand-outs back: vouchers, every column.

    Raises:
        RuleError: Something happened to one of these vouchers since.
    """
    number_of = {comparable(row["number"]): row["number"] for row in rows}
    for state in _states(session, society_id, list(number_of)):
        if state.state != VoucherStatus.OUT or state.redeemed:
            raise RuleError(
                _('The voucher "{number}" is redeemed, void or lost. Reverse that first.').format(
                    number=number_of[state.number_key]
                ),
                code="voucher_used_since",
            )


def hand_outs_undone(
    session: Session, rows: TableRows, request: ApprovedRequest, new_of: Mapping[int, int]
) -> TableRows:
    """The events of hand-outs that are reversed.

    Args:
        session: The caller's transaction.
        rows: Vouchers, every column.
        request: What two people request.
        new_of: By the entry of the hand-out the entry that takes it back.
    """
    handed_out = [
        row
        | {
            "number_key": comparable(row["number"]),
            "voucher_id": row["id"],
            "happened_on": row["issued_on"],
        }
        for row in rows
    ]
    return _undone(session, VoucherEventKind.REVERSED, handed_out, request, new_of)


def refuse_ended(session: Session, society_id: int, rows: TableRows) -> None:
    """Refuse to take redemptions back.

    Raises:
        RuleError: A voucher ended since, so what is left of it cannot grow.
    """
    for state in _states(session, society_id, [row["number_key"] for row in rows]):
        if state.state in ENDINGS:
            raise RuleError(
                _('The voucher "{number}" is void or lost, so its redemption stands.').format(
                    number=vouchers.number_of(session, state.voucher_id or 0)
                ),
                code="voucher_ended",
            )


def redemptions_undone(
    session: Session, rows: TableRows, request: ApprovedRequest, new_of: Mapping[int, int]
) -> TableRows:
    """The events of redemptions that are reversed."""
    redeemed = [row | {"undoes_id": row["id"]} for row in rows]
    return _undone(session, VoucherEventKind.REDEMPTION_REVERSED, redeemed, request, new_of)


def _undone(
    session: Session,
    kind: VoucherEventKind,
    rows: TableRows,
    request: ApprovedRequest,
    new_of: Mapping[int, int],
) -> TableRows:
    taken_over = (
        *("number_key", "voucher_id", "happened_on", "currency", "amount_minor"),
        *("vendor_id", "undoes_id", "sheet_id", "row_number"),
    )
    events = [
        {name: row.get(name) for name in taken_over}
        | {
            "kind": str(kind),
            "request_id": request.request_id,
            "entry_id": new_of[row["entry_id"]],
        }
        for row in rows
    ]
    return voucher_events.numbered(session, request.society_id, events)


def redeemed_lines(session: Session, programme: Programme, rows: TableRows) -> list[NewLine]:
    """What these redemptions booked, from where it stands now.

    Raises:
        RuleError: The vendor was paid for them.
    """
    lines = redemption_lines(programme, _with_vouchers(session, rows))
    claimed: dict[tuple[int, str], int] = {}
    for line in lines:
        if line.amount_minor < 0:
            key = (line.dimensions["vendor_id"], line.currency)
            claimed[key] = claimed.get(key, 0) - line.amount_minor
    for (vendor_id, currency), minor in claimed.items():
        vendor = vendors.get_vendor(session, vendor_id)
        if vendors.payable(session, vendor, programme.id).get(currency, 0) < minor:
            raise RuleError(
                _("Vendor {vendor} was paid for this. Record a false redemption instead.").format(
                    vendor=vendor.code
                ),
                code="vendor_paid",
            )
    return lines


def _with_vouchers(session: Session, rows: TableRows) -> TableRows:
    ids = [row["voucher_id"] for row in rows]
    known: dict[int, dict[str, Any]] = {}
    expired = voucher_events.expired_of(session, ids)
    query = select_columns(col(Voucher.id), col(Voucher.round_id), col(Voucher.amount_minor))
    for voucher_id, round_id, minor in rows_among(session, query, Voucher.id, ids):
        is_outstanding = minor is not None and voucher_id not in expired
        known[voucher_id] = {"round_id": round_id, "is_outstanding": is_outstanding}
    return [row | known[row["voucher_id"]] for row in rows]


def _states(session: Session, society_id: int, keys: Sequence[str]) -> list[VoucherState]:
    query = select_columns(VoucherState).where(col(VoucherState.society_id) == society_id)
    return [state for (state,) in rows_among(session, query, VoucherState.number_key, keys)]
