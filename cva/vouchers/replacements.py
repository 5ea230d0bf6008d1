"""A lost or spoiled voucher exchanged: the old number is void, a new one takes its place.

It may have been reported lost, or expired, before. Where that took its value out of what is
outstanding, the new one brings it back.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlmodel import Session, col

from cva.core.errors import RuleError
from cva.core.formatting import day
from cva.core.i18n import apart
from cva.core.i18n import gettext as _
from cva.core.identifiers import comparable, new_id
from cva.core.maker_checker import ApprovalAction, ApprovedRequest
from cva.core.permissions import Permission
from cva.journal import entry_posting
from cva.journal.row_digests import with_ids
from cva.programmes import service as programmes
from cva.vouchers import books, voucher_events, voucher_states
from cva.vouchers import service as vouchers
from cva.vouchers.models import Voucher, VoucherEventKind, VoucherStatus
from cva.vouchers.numbering import Shelf
from cva.vouchers.request_schemas import ReplacementSchema, day_of_request
from cva.vouchers.voucher_lines import reissued_lines
from cva.vouchers.write_offs import WriteOff, day_of, event_of, write_offs_of


def _read(session: Session, society_id: int, texts: Mapping[str, str]) -> dict[str, Any]:
    asked = ReplacementSchema().take(texts)
    details = {name: asked[name] for name in ("number", "new_number", "witness")} | {
        "on": day_of_request(session, society_id, asked["on"]).isoformat()
    }
    _checked(session, society_id, details)
    found = Shelf(books.list_books(session, society_id)).find(comparable(details["number"]))
    last = found[0].expires_on if found else None
    return details | {"good_until": last.isoformat() if last else None}


def _checked(
    session: Session, society_id: int, details: Mapping[str, Any]
) -> tuple[WriteOff, dict[str, Any]]:
    """The voucher that ends, and its row as it was handed out.

    Raises:
        RuleError: It was not handed out, is redeemed in part, or the new number cannot be given.
    """
    on, among = day_of(details), (VoucherStatus.OUT, VoucherStatus.LOST)
    (old,) = write_offs_of(session, society_id, details["number"], "", on, among=among)
    if old.voucher_id is None:
        raise RuleError(
            _("This voucher was not handed out, so nobody needs another for it."),
            code="replaced_not_given",
        )
    (row,) = vouchers.BEHIND.rows(session, col(Voucher.id) == old.voucher_id)
    if old.rest_minor != row["amount_minor"]:
        raise RuleError(
            _("This voucher is redeemed in part. Make it void instead."), code="replaced_in_part"
        )
    _refuse_number(session, society_id, details, row)
    return old, row


def _refuse_number(
    session: Session, society_id: int, details: Mapping[str, Any], row: Mapping[str, Any]
) -> None:
    key = comparable(details["new_number"])
    if voucher_states.state_of(session, society_id, key) is not None:
        raise RuleError(
            _("The new number is handed out, void or lost already."), code="new_number_used"
        )
    shelf = Shelf(books.list_books(session, society_id))
    found = shelf.find(key)
    book = found[0] if found else None
    if book is None and not shelf.of_programme(row["programme_id"]):
        return
    if book is None or book.programme_id != row["programme_id"]:
        raise RuleError(
            _("The new number is in no book of this programme."), code="new_number_unknown"
        )
    if (book.currency, book.face_minor) != (row["currency"], row["amount_minor"]):
        raise RuleError(_("The new voucher has another face value."), code="new_number_other_face")
    if book.expires_on is not None and book.expires_on < day_of(details):
        raise RuleError(_("The new voucher has expired."), code="new_number_expired")


def _replace(session: Session, request: ApprovedRequest) -> None:
    society_id, details = request.society_id, request.details
    old, row = _checked(session, society_id, details)
    entry_id, on = new_id(), day_of(details)
    programme = programmes.get_programme(session, row["programme_id"])
    is_off = old.state == VoucherStatus.LOST or bool(
        voucher_events.expired_of(session, [old.voucher_id])
    )
    (new,) = with_ids(
        [row | {"number": details["new_number"], "issued_on": on, "entry_id": entry_id}]
    )
    event = event_of(old) | {
        "kind": str(VoucherEventKind.REPLACED),
        "happened_on": on,
        "replacement_id": new["id"],
        "request_id": request.request_id,
        "entry_id": entry_id,
    }
    made = voucher_events.numbered(session, society_id, [event])
    entry_posting.post_request(
        session,
        request,
        entry_id=entry_id,
        effective_on=on,
        kind="voucher_replaced",
        parts=[(voucher_events.BEHIND, made), (vouchers.BEHIND, [new])],
        # what the old one was worth, the new one is
        lines=reissued_lines(programme, [row]) if is_off else [],
    )
    vouchers.record(session, [new])
    voucher_events.record(session, society_id, made)


def _describe(_session: Session, details: Mapping[str, Any]) -> str:
    message = _("Replace voucher {number} by {by} on {day}, before a witness.").format(
        number=apart(details["number"]),
        by=apart(details["new_number"]),
        day=day(day_of(details)),
    )
    if details.get("good_until"):
        last = day(date.fromisoformat(details["good_until"]))
        message += " " + _("The old one was good until {day}.").format(day=last)
    return message


def _about(details: Mapping[str, Any]) -> str:
    """The old voucher: one at a time waits to be replaced, whatever takes its place."""
    return comparable(details["number"])


REPLACED = ApprovalAction(
    "replace_voucher",
    Permission.PREPARE,
    Permission.DECIDE_SHEETS,
    _read,
    _replace,
    _describe,
    _about,
)
