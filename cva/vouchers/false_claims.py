"""A redemption found false: the vendor is owed less, or owes it back if it was paid."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlmodel import Session, select

from cva.core.errors import RuleError
from cva.core.i18n import apart
from cva.core.i18n import gettext as _
from cva.core.identifiers import comparable
from cva.core.maker_checker import ApprovalAction, ApprovedRequest
from cva.core.permissions import Permission
from cva.journal.accounts import Account
from cva.journal.entry_posting import NewLine
from cva.programmes import service as programmes
from cva.programmes.models import VoucherExpense
from cva.vouchers import vendors, voucher_events, voucher_states
from cva.vouchers.models import ENDINGS, Voucher, VoucherEventKind, VoucherState
from cva.vouchers.request_schemas import FalseRedemptionSchema, day_of_request
from cva.vouchers.voucher_lines import redemption_lines


def _read(session: Session, society_id: int, texts: Mapping[str, str]) -> dict[str, Any]:
    asked = FalseRedemptionSchema().take(texts)
    details = {
        "number": asked["number"],
        "claim": asked["claim"],
        "on": day_of_request(session, society_id, asked["on"]).isoformat(),
    }
    _redemption(session, society_id, details)
    return details


def _redemption(
    session: Session, society_id: int, details: Mapping[str, Any]
) -> tuple[VoucherState, dict[str, Any]]:
    """The one redemption that is meant: ``claim`` is its sheet, or sheet and row as ``12:4``.

    Raises:
        RuleError: There is none, or several and no claim says which.
    """
    state = voucher_states.state_of(session, society_id, comparable(details["number"]))
    found = voucher_events.redemptions(session, voucher_id=state.voucher_id or 0) if state else []
    if details["claim"]:
        sheet_id, _colon, row = details["claim"].partition(":")
        found = [
            each
            for each in found
            if str(each["sheet_id"]) == sheet_id and row in {"", str(each["row_number"])}
        ]
    if state is None or not found:
        raise RuleError(
            _("There is no redemption of this voucher that stands."), code="redemption_none"
        )
    if len(found) > 1:
        raise RuleError(
            _("This voucher was redeemed several times. Name sheet and row, for example 12:4."),
            code="redemption_several",
        )
    return state, found[0]


def _find_false(session: Session, request: ApprovedRequest) -> None:
    society_id, details = request.society_id, request.details
    state, redemption = _redemption(session, society_id, details)
    happened_on = day_of_request(session, society_id, date.fromisoformat(details["on"]))
    shared = ("number_key", "voucher_id", "currency", "amount_minor", "vendor_id")
    event = {name: redemption[name] for name in shared} | {"undoes_id": redemption["id"]}
    lines = _lines(session, state, redemption)
    voucher_events.post_request(
        session, request, VoucherEventKind.REDEMPTION_FALSE, happened_on, [event], lines
    )


def _lines(session: Session, state: VoucherState, redemption: Mapping[str, Any]) -> list[NewLine]:
    """The redemption's lines the other way round; what was paid already is recoverable."""
    voucher = session.exec(select(Voucher).where(Voucher.id == redemption["voucher_id"])).one()
    programme = programmes.get_programme(session, voucher.programme_id)
    is_outstanding = voucher.amount_minor is not None and not (
        voucher_events.expired_of(session, [voucher.id])
    )
    beside = {"round_id": voucher.round_id, "is_outstanding": is_outstanding}
    booked = redemption_lines(programme, [dict(redemption) | beside])
    if not booked:
        return []
    debit, credit = booked
    vendor = vendors.get_vendor(session, redemption["vendor_id"])
    open_minor = vendors.payable(session, vendor, voucher.programme_id).get(debit.currency, 0)
    owed = max(0, min(open_minor, debit.amount_minor))
    is_ended = state.state in ENDINGS and programme.voucher_expense == VoucherExpense.HAND_OVER
    account = Account.VOUCHER_ASSISTANCE if is_ended else debit.account
    parts = ((Account.PAYABLES, owed), (Account.RECEIVABLES, debit.amount_minor - owed))
    return [
        *(
            NewLine(each, debit.currency, minor, credit.dimensions)
            for each, minor in parts
            if minor
        ),
        NewLine(account, debit.currency, -debit.amount_minor, debit.dimensions),
    ]


def _describe(_session: Session, details: Mapping[str, Any]) -> str:
    return _("Record that the redemption of voucher {number} was false.").format(
        number=apart(details["number"])
    )


REDEMPTION_FALSE = ApprovalAction(
    "false_redemption", Permission.PREPARE, Permission.DECIDE_SHEETS, _read, _find_false, _describe
)
