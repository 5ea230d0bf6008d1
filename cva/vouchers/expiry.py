"""Expired vouchers that were expensed at hand-over: they are no expense any more. Two people.

Whether a voucher has expired needs nobody to say. That its value leaves the book does: what a
vendor took in time and claims later is paid all the same, and is an expense then.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import exists
from sqlalchemy import select as select_columns
from sqlmodel import Session, col

from cva.core.db import TableRows
from cva.core.errors import RuleError
from cva.core.i18n import apart
from cva.core.i18n import gettext as _
from cva.core.maker_checker import ApprovalAction, ApprovedRequest
from cva.core.permissions import Permission
from cva.programmes import service as programmes
from cva.programmes.models import VoucherExpense
from cva.vouchers import books, voucher_events
from cva.vouchers.models import (
    Voucher,
    VoucherBook,
    VoucherEvent,
    VoucherEventKind,
    VoucherState,
    VoucherStatus,
)
from cva.vouchers.request_schemas import ExpirySchema, day_of_request
from cva.vouchers.voucher_lines import ended_lines
from cva.vouchers.write_offs import day_of


def is_due(session: Session, book: VoucherBook, today: date) -> bool:
    """Whether vouchers of a book that has expired still stand on what is outstanding."""
    is_past = book.expires_on is not None and book.expires_on < today
    return is_past and bool(_outstanding(session, book))


def _outstanding(session: Session, book: VoucherBook) -> TableRows:
    """What is left of the book's vouchers that were expensed, and not released yet."""
    programme = programmes.get_programme(session, book.programme_id)
    if programme.voucher_expense != VoucherExpense.HAND_OVER:
        return []
    rest = col(VoucherState.face_minor) - col(VoucherState.redeemed_minor)
    query = (
        select_columns(
            *(col(VoucherState.number_key), col(VoucherState.voucher_id)),
            *(col(VoucherState.currency), rest.label("rest_minor"), col(Voucher.round_id)),
        )
        .join(Voucher, col(Voucher.id) == VoucherState.voucher_id)
        .where(
            col(VoucherState.society_id) == book.society_id,
            col(VoucherState.book_id) == book.id,
            col(VoucherState.state) == VoucherStatus.OUT,
            rest > 0,
            ~exists().where(
                col(VoucherEvent.voucher_id) == col(VoucherState.voucher_id),
                col(VoucherEvent.kind) == VoucherEventKind.EXPIRED,
            ),
        )
        .order_by(col(VoucherState.serial))
    )
    return [dict(row) for row in session.execute(query).mappings()]


def _read(session: Session, society_id: int, texts: Mapping[str, str]) -> dict[str, Any]:
    asked = ExpirySchema().take(texts)
    book = books.find_book(session, society_id, asked["book"])
    on = day_of_request(session, society_id, asked["on"])
    details = {"book": book.id, "on": on.isoformat()}
    _checked(session, details)
    return details


def _checked(session: Session, details: Mapping[str, Any]) -> tuple[VoucherBook, TableRows]:
    """The book, and what of it is to leave the books.

    Raises:
        RuleError: It is good still, or nothing of it is on what is outstanding.
    """
    book = books.get_book(session, details["book"])
    if book.expires_on is None or day_of(details) <= book.expires_on:
        raise RuleError(
            _("The vouchers of book {code} have not expired.").format(code=apart(book.code)),
            code="book_not_expired",
        )
    rows = _outstanding(session, book)
    if not rows:
        message = _("Nothing that expired of book {code} is outstanding in the accounts.")
        raise RuleError(message.format(code=apart(book.code)), code="nothing_to_release")
    return book, rows


def _release(session: Session, request: ApprovedRequest) -> None:
    book, rows = _checked(session, request.details)
    same = ("number_key", "voucher_id", "currency")
    events = [
        {name: row[name] for name in same} | {"amount_minor": row["rest_minor"]} for row in rows
    ]
    lines = ended_lines(programmes.get_programme(session, book.programme_id), rows)
    voucher_events.post_request(
        session, request, VoucherEventKind.EXPIRED, day_of(request.details), events, lines
    )


def _describe(session: Session, details: Mapping[str, Any]) -> str:
    book = books.get_book(session, details["book"])
    return _("Take what expired of book {code} out of the expenses.").format(code=apart(book.code))


EXPIRED = ApprovalAction(
    "release_expired", Permission.PREPARE, Permission.DECIDE_SHEETS, _read, _release, _describe
)
