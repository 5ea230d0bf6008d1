"""The float of a provider: money advanced, given back and charged; its balance, to the unit."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from cva.core import audit, clock, writing
from cva.core.dates import parse_day
from cva.core.db import insert_rows
from cva.core.deeds import Agreed, Deed, record_number
from cva.core.errors import ConflictError, InputError, RuleError
from cva.core.faults import Faults
from cva.core.ids import new_id
from cva.core.money import Money, parse
from cva.core.numbers import comparable
from cva.core.rights import Right
from cva.core.scope import actor_of
from cva.core.words import gettext as _
from cva.journal import service as journal
from cva.journal.accounts import Account
from cva.journal.rows import Behind
from cva.providers.models import FloatMove, Provider, StatedBalance
from cva.providers.service import id_of, see_provider
from cva.societies import service as societies

ADVANCE, GIVE_BACK, FEE = "advance_float", "return_float", "provider_fee"
#: So many entries are shown that may explain a difference.
MOST_CANDIDATES = 8
#: What stands behind the entries of these deeds.
BEHIND = Behind(
    FloatMove,
    (
        "id",
        "society_id",
        "provider_id",
        "kind",
        "moved_on",
        "currency",
        "amount_minor",
        "slip",
        "against",
        "proposal_id",
        "entry_id",
    ),
)
#: How a provider's invoice is paid: later, or from the bank at once.
_INVOICE_PAID = {"later": Account.PAYABLES, "bank": Account.BANK}


def _read(kind: str, session: Session, society_id: int, said: Mapping[str, str]) -> dict[str, Any]:
    provider = see_provider(session, record_number(said, "provider"), Right.PREPARE)
    if provider.society_id != society_id:
        raise RuleError(_("The provider belongs to another society."))
    society = societies.get_society(session, society_id)
    today, faults = clock.today(society.time_zone), Faults()
    money = _money(faults, said.get("amount", ""), said.get("currency", ""))
    if money.minor <= 0:
        faults.add("amount", _("Write an amount above zero."))
    missing = _("Write the day on which it happened.")
    day = faults.needed("day", lambda: parse_day(said.get("day", "")), missing, today)
    if day > today:
        faults.add("day", missing)
    slip = said.get("slip", "").strip()
    if not slip:
        faults.add("slip", _("Write the reference of the bank's slip or of the invoice."))
    against = faults.read("paid", lambda: _against(kind, said), Account.BANK)
    faults.refuse()
    details = {
        "provider": id_of(provider),
        "day": day.isoformat(),
        "currency": money.currency,
        "minor": money.minor,
        "slip": slip,
        "against": str(against),
    }
    _refuse_used_slip(session, kind, details)
    return details


def _money(faults: Faults, amount: str, currency: str) -> Money:
    code = currency.strip().upper()
    return faults.read("amount", lambda: parse(amount, code), Money(code, 0))


def _against(kind: str, said: Mapping[str, str]) -> Account:
    if kind != FEE:
        return Account.BANK
    paid = said.get("paid", "").strip() or "later"
    if paid not in _INVOICE_PAID:
        told = _("Say how the invoice is paid: {ways}.").format(ways=", ".join(_INVOICE_PAID))
        raise InputError(told, {"paid": [told]})
    return _INVOICE_PAID[paid]


def _refuse_used_slip(session: Session, kind: str, details: Mapping[str, Any]) -> None:
    used = session.exec(
        select(FloatMove).where(
            FloatMove.provider_id == details["provider"],
            FloatMove.kind == kind,
            FloatMove.slip_key == comparable(details["slip"]),
        )
    ).first()
    if used is not None:
        told = _("{slip} is recorded already, for {day}.")
        raise ConflictError(told.format(slip=details["slip"], day=writing.day(used.moved_on)))


def _do(kind: str, session: Session, agreed: Agreed) -> None:
    details = agreed.details
    _refuse_used_slip(session, kind, details)
    entry_id, moved_on = new_id(), date.fromisoformat(details["day"])
    row = {
        "id": new_id(),
        "society_id": agreed.society_id,
        "provider_id": details["provider"],
        "kind": kind,
        "moved_on": moved_on,
        "currency": details["currency"],
        "amount_minor": details["minor"],
        "slip": details["slip"],
        "against": details["against"],
        "proposal_id": agreed.proposal_id,
        "entry_id": entry_id,
    }
    journal.post(
        session,
        [
            journal.NewEntry(
                entry_id=entry_id,
                society_id=agreed.society_id,
                effective_on=moved_on,
                kind=kind,
                key=agreed.key,
                sheet_id=None,
                sent_by=agreed.asked_by,
                rows=1,
                rows_sha256=BEHIND.digest([row]),
                lines=_lines(kind, row),
            )
        ],
    )
    insert_rows(session, FloatMove, [row | {"slip_key": comparable(details["slip"])}])
    audit.record(
        session,
        audit.Act.FLOAT_MOVED,
        society_id=agreed.society_id,
        subject_id=details["provider"],
        kind=kind,
    )


def _lines(kind: str, row: Mapping[str, Any]) -> list[journal.NewLine]:
    """An advance goes to the provider from the bank; what it gives back the other way round."""
    own = Account.DELIVERY_FEES if kind == FEE else Account.PROVIDER_ADVANCES
    minor = -row["amount_minor"] if kind == GIVE_BACK else row["amount_minor"]
    of = {"provider_id": row["provider_id"]}
    return [
        journal.NewLine(own, row["currency"], minor, of),
        journal.NewLine(Account(row["against"]), row["currency"], -minor, of),
    ]


def _tell(text: str, session: Session, details: Mapping[str, Any]) -> str:
    provider = see_provider(session, details["provider"])
    return text.format(
        money=writing.amount(Money(details["currency"], details["minor"])),
        provider=provider.name,
        day=writing.day(date.fromisoformat(details["day"])),
        slip=details["slip"],
    )


def _tell_advance(session: Session, details: Mapping[str, Any]) -> str:
    text = _("{money} was sent to {provider} on {day}, slip {slip}: add it to the float.")
    return _tell(text, session, details)


def _tell_return(session: Session, details: Mapping[str, Any]) -> str:
    text = _("{money} came back from {provider} on {day}, slip {slip}: take it off the float.")
    return _tell(text, session, details)


def _tell_fee(session: Session, details: Mapping[str, Any]) -> str:
    text = _("{provider} charged {money} on {day}, invoice {slip}: book it as fees of delivery.")
    return _tell(text, session, details)


def _deed(kind: str, tell: Any) -> Deed:  # noqa: ANN401
    return Deed(
        kind,
        Right.PREPARE,
        Right.DECIDE_SHEETS,
        lambda session, society_id, said: _read(kind, session, society_id, said),
        lambda session, agreed: _do(kind, session, agreed),
        tell,
    )


ADVANCE_FLOAT = _deed(ADVANCE, _tell_advance)
RETURN_FLOAT = _deed(GIVE_BACK, _tell_return)
PROVIDER_FEE = _deed(FEE, _tell_fee)

#: Which part of a statement the entries of a kind belong to.
_PARTS = {
    ADVANCE: "advanced",
    GIVE_BACK: "given_back",
    "payment_results": "paid",
    "payment_results_reversal": "paid",
    "payment_returns": "returned",
    "payment_returns_reversal": "returned",
    "payment_fees": "fees",
    "payment_fees_reversal": "fees",
}


@dataclass(frozen=True, slots=True)
class FloatStatement:
    """The float of a provider in one currency, over a time; what goes out is below zero.

    Attributes:
        given_back: To us. ``returned``: by people, to the float.
    """

    currency: str
    opening_minor: int
    advanced_minor: int
    paid_minor: int
    returned_minor: int
    fees_minor: int
    given_back_minor: int

    @property
    def closing_minor(self) -> int:
        """What it holds for us at the end."""
        moved = self.advanced_minor + self.paid_minor + self.returned_minor
        return self.opening_minor + moved + self.fees_minor + self.given_back_minor


def float_of(
    session: Session, provider: Provider, first: date | None = None, last: date | None = None
) -> list[FloatStatement]:
    """The float of a provider per currency; two currencies are never added."""
    account, provider_id = Account.PROVIDER_ADVANCES, id_of(provider)
    opening: dict[str, int] = defaultdict(int)
    parts: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    if first is not None:
        day_before = date.fromordinal(first.toordinal() - 1)
        for moved in journal.moved_for_provider(session, provider_id, account, None, day_before):
            opening[moved.currency] += moved.minor
    for moved in journal.moved_for_provider(session, provider_id, account, first, last):
        parts[moved.currency][_PARTS[moved.kind]] += moved.minor
    return [
        FloatStatement(
            currency,
            opening[currency],
            *(
                parts[currency][part]
                for part in ("advanced", "paid", "returned", "fees", "given_back")
            ),
        )
        for currency in sorted({*opening, *parts})
    ]


@dataclass(frozen=True, slots=True)
class Compared:
    """A balance the provider stated beside ours.

    Attributes:
        candidates: Our entries up to that day of just the difference, or of half of it as one
            booked the wrong way round makes; the newest first.
    """

    stated: StatedBalance
    ours_minor: int
    candidates: Sequence[journal.Movement]

    @property
    def difference_minor(self) -> int:
        """What the provider says it holds beyond ours."""
        return self.stated.minor - self.ours_minor


def state_balance(
    session: Session, provider_id: int, day: str, amount: str, currency: str, source: str
) -> StatedBalance:
    """Record what a provider says it held for us at the end of a day; never changed.

    Raises:
        InputError: A day or the statement it stands in is missing.
        RuleError: The amount is no plain amount of the currency.
        ForbiddenError: The actor's role does not accept payments.
    """
    provider = see_provider(session, provider_id, Right.DECIDE_SHEETS)
    faults = Faults()
    missing = _("Write the day at whose end this was the balance.")
    stated_on = faults.needed("day", lambda: parse_day(day), missing, clock.now().date())
    money = _money(faults, amount, currency)
    if not source.strip():
        faults.add("source", _("Say which statement it stands in."))
    faults.refuse()
    stated = StatedBalance(
        society_id=provider.society_id,
        provider_id=provider_id,
        stated_on=stated_on,
        currency=money.currency,
        minor=money.minor,
        source=source.strip(),
        said_by=actor_of(session).user_id,
        said_at=clock.now(),
    )
    session.add(stated)
    session.flush()
    audit.record(
        session,
        audit.Act.BALANCE_STATED,
        society_id=provider.society_id,
        subject_id=provider_id,
        day=stated_on.isoformat(),
    )
    return stated


def compared(session: Session, provider: Provider, most: int = 12) -> list[Compared]:
    """The balances a provider stated last, each beside ours, the newest first."""
    query = (
        select(StatedBalance)
        .where(StatedBalance.provider_id == id_of(provider))
        .order_by(col(StatedBalance.stated_on).desc(), col(StatedBalance.id).desc())
        .limit(most)
    )
    return [_compare(session, provider, stated) for stated in session.exec(query)]


def _compare(session: Session, provider: Provider, stated: StatedBalance) -> Compared:
    account = Account.PROVIDER_ADVANCES
    moved = journal.moved_for_provider(session, id_of(provider), account, None, stated.stated_on)
    ours = sum(each.minor for each in moved if each.currency == stated.currency)
    if ours == stated.minor:
        return Compared(stated, ours, ())
    difference = abs(stated.minor - ours)
    amounts = {difference} | ({difference // 2} if difference % 2 == 0 else set())
    found = journal.movements_of_amount(
        session,
        id_of(provider),
        account,
        stated.currency,
        stated.stated_on,
        amounts,
        MOST_CANDIDATES,
    )
    return Compared(stated, ours, found)
