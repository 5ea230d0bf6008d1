"""What moves the float of a provider beside payments: advances, returns, fees. Two people each."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any

from sqlmodel import Session, select

from cva.core import audit, clock, formatting
from cva.core.db import insert_rows
from cva.core.errors import ConflictError, RuleError
from cva.core.i18n import N_, apart
from cva.core.i18n import gettext as _
from cva.core.identifiers import comparable, new_id
from cva.core.maker_checker import ApprovalAction, ApprovedRequest, record_number
from cva.core.money import Money
from cva.core.permissions import Permission
from cva.journal import entry_posting
from cva.journal import service as journal
from cva.journal.accounts import Account
from cva.journal.row_digests import Behind
from cva.providers.input_schemas import FloatRequestSchema
from cva.providers.models import FloatMove
from cva.providers.service import see_provider
from cva.societies import service as societies

ADVANCE, GIVE_BACK, FEE = "advance_float", "return_float", "provider_fee"
#: What entries of these movements are proved from.
BEHIND = Behind(FloatMove, but=("slip_key",))
#: How a provider's invoice is paid: later, or from the bank at once.
_INVOICE_PAID = {"later": Account.PAYABLES, "bank": Account.BANK}


def _read(kind: str, session: Session, society_id: int, texts: Mapping[str, str]) -> dict[str, Any]:
    provider = see_provider(session, record_number(texts, "provider"), Permission.PREPARE)
    if provider.society_id != society_id:
        raise RuleError(_("The provider belongs to another society."), code="society_differs")
    society = societies.get_society(session, society_id)
    asked, faults = FloatRequestSchema().read(texts)
    money = faults.money(asked.get("amount", ""), asked.get("currency", ""))
    if money.minor <= 0:
        faults.add("amount", _("Write an amount above zero."))
    day = asked.get("day")
    if day is None or day > clock.today(society.time_zone):
        faults.add("day", _("Write the day on which it happened."))
    faults.refuse()
    details = {
        "provider": provider.id,
        "day": asked["day"].isoformat(),
        "currency": money.currency,
        "minor": money.minor,
        "slip": asked["slip"],
        "against": str(_INVOICE_PAID[asked["paid"]] if kind == FEE else Account.BANK),
    }
    _refuse_used_slip(session, kind, details)
    _refuse_beyond_float(session, kind, details)
    return details


def _refuse_used_slip(session: Session, kind: str, details: Mapping[str, Any]) -> None:
    used = session.exec(
        select(FloatMove).where(
            FloatMove.provider_id == details["provider"],
            FloatMove.kind == kind,
            FloatMove.slip_key == comparable(details["slip"]),
        )
    ).first()
    if used is not None:
        message = _("{slip} is recorded already, for {day}.")
        raise ConflictError(
            message.format(slip=details["slip"], day=formatting.day(used.moved_on)),
            code="slip_used",
        )


def _refuse_beyond_float(session: Session, kind: str, details: Mapping[str, Any]) -> None:
    """A provider gives back what it holds for the society, and no more."""
    if kind != GIVE_BACK:
        return
    currency, account = details["currency"], Account.PROVIDER_ADVANCES
    moved = journal.moved_for_provider(session, details["provider"], account)
    held = sum(each.minor for each in moved if each.currency == currency)
    if details["minor"] > held:
        message = _("Correct the amount: by our books the provider holds {money}.").format(
            money=formatting.amount(Money(currency, held))
        )
        raise RuleError(message, {"amount": [message]}, code="float_too_small")


def _do(kind: str, session: Session, request: ApprovedRequest) -> None:
    details = request.details
    _refuse_used_slip(session, kind, details)
    _refuse_beyond_float(session, kind, details)
    entry_id, moved_on = new_id(), date.fromisoformat(details["day"])
    row = {
        "id": new_id(),
        "society_id": request.society_id,
        "provider_id": details["provider"],
        "kind": kind,
        "moved_on": moved_on,
        "currency": details["currency"],
        "amount_minor": details["minor"],
        "slip": details["slip"],
        "against": details["against"],
        "request_id": request.request_id,
        "entry_id": entry_id,
    }
    entry_posting.post_request(
        session,
        request,
        entry_id=entry_id,
        effective_on=moved_on,
        kind=kind,
        parts=[(BEHIND, [row])],
        lines=_lines(kind, row),
    )
    insert_rows(session, FloatMove, [row | {"slip_key": comparable(details["slip"])}])
    provider = see_provider(session, details["provider"])
    audit.record_about(session, audit.Act.FLOAT_MOVED, provider, kind=kind)


def _lines(kind: str, row: Mapping[str, Any]) -> list[entry_posting.NewLine]:
    """An advance goes to the provider from the bank; what it gives back the other way round."""
    own = Account.DELIVERY_FEES if kind == FEE else Account.PROVIDER_ADVANCES
    minor = -row["amount_minor"] if kind == GIVE_BACK else row["amount_minor"]
    of = {"provider_id": row["provider_id"]}
    return [
        entry_posting.NewLine(own, row["currency"], minor, of),
        entry_posting.NewLine(Account(row["against"]), row["currency"], -minor, of),
    ]


def _describe(text: str, session: Session, details: Mapping[str, Any]) -> str:
    provider = see_provider(session, details["provider"])
    return _(text).format(
        money=formatting.amount(Money(details["currency"], details["minor"])),
        provider=apart(provider.name),
        day=formatting.day(date.fromisoformat(details["day"])),
        slip=apart(details["slip"]),
    )


def _action(kind: str, text: str) -> ApprovalAction:
    """The action of moving the float in one way; ``text`` says what would be done."""
    return ApprovalAction(
        kind,
        Permission.PREPARE,
        Permission.DECIDE_SHEETS,
        partial(_read, kind),
        partial(_do, kind),
        partial(_describe, text),
    )


ADVANCE_FLOAT = _action(
    ADVANCE, N_("{money} was sent to {provider} on {day}, slip {slip}: add it to the float.")
)
RETURN_FLOAT = _action(
    GIVE_BACK, N_("{money} came back from {provider} on {day}, slip {slip}: take it off the float.")
)
PROVIDER_FEE = _action(
    FEE, N_("{provider} charged {money} on {day}, invoice {slip}: book it as fees of delivery.")
)
