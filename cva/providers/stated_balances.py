"""The balances that a provider states, each beside ours, to the unit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from cva.core import audit, clock
from cva.core.form_errors import FormErrors
from cva.core.i18n import gettext as _
from cva.core.permissions import Permission
from cva.core.tenancy import actor_of
from cva.journal import service as journal
from cva.journal.accounts import Account
from cva.providers.models import Provider, StatedBalance
from cva.providers.service import see_provider
from cva.societies import service as societies

#: So many entries are shown that may explain a difference.
MOST_CANDIDATES = 8


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
    def currency(self) -> str:
        """Of both."""
        return self.stated.currency

    @property
    def difference_minor(self) -> int:
        """What the provider says it holds beyond ours."""
        return self.stated.minor - self.ours_minor


def state_balance(
    session: Session, provider_id: int, day: date, amount: str, currency: str, source: str
) -> StatedBalance:
    """Record what a provider says it held for us at the end of a day; never changed.

    Raises:
        InputError: The day is yet to come.
        RuleError: The amount is no plain amount of the currency.
        ForbiddenError: The actor's role does not accept payments.
    """
    provider = see_provider(session, provider_id, Permission.DECIDE_SHEETS)
    faults = FormErrors()
    today = clock.today(societies.get_society(session, provider.society_id).time_zone)
    if day > today:
        faults.add("day", _("The day lies in the future. Write the day on which it happened."))
    money = faults.money(amount, currency)
    faults.refuse()
    stated = StatedBalance(
        society_id=provider.society_id,
        provider_id=provider_id,
        stated_on=day,
        currency=money.currency,
        minor=money.minor,
        source=source.strip(),
        stated_by=actor_of(session).user_id,
        stated_at=clock.now(),
    )
    session.add(stated)
    session.flush()
    audit.record_about(session, audit.Act.BALANCE_STATED, provider, day=day.isoformat())
    return stated


def compared(session: Session, provider: Provider, most: int = 12) -> list[Compared]:
    """The balances a provider stated last, each beside ours, the newest first."""
    query = (
        select(StatedBalance)
        .where(StatedBalance.provider_id == provider.id)
        .order_by(col(StatedBalance.stated_on).desc(), col(StatedBalance.id).desc())
        .limit(most)
    )
    return [_compare(session, provider, stated) for stated in session.exec(query)]


def _compare(session: Session, provider: Provider, stated: StatedBalance) -> Compared:
    account = Account.PROVIDER_ADVANCES
    moved = journal.moved_for_provider(session, provider.id, account, stated.stated_on)
    ours = sum(each.minor for each in moved if each.currency == stated.currency)
    if ours == stated.minor:
        return Compared(stated, ours, ())
    difference = abs(stated.minor - ours)
    amounts = {difference} | ({difference // 2} if difference % 2 == 0 else set())
    found = journal.movements_of_amount(
        session,
        provider.id,
        account,
        stated.currency,
        stated.stated_on,
        amounts,
        MOST_CANDIDATES,
    )
    return Compared(stated, ours, found)
