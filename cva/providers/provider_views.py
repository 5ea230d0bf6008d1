"""Providers as people are shown them: with their society, and with what they hold for us."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session

from cva.providers import floats, service, stated_balances, views
from cva.providers.models import Provider
from cva.societies import service as societies


@dataclass(frozen=True)
class ProviderOf:
    """A provider, and the code of its society."""

    provider: Provider
    society: str


@dataclass(frozen=True)
class ProviderView(ProviderOf):
    """A provider with its float per currency, the balances it stated, and what is under way."""

    statements: Sequence[floats.FloatStatement]
    compared: Sequence[stated_balances.Compared]
    under_way: Sequence[views.Standing]


def list_views(session: Session, society_id: int | None = None) -> list[ProviderOf]:
    """The providers of a society, or of all in which the actor sees providers, by name."""
    codes = societies.codes(session)
    listed = service.list_providers(session, society_id)
    return [ProviderOf(each, codes[each.society_id]) for each in listed]


def show_provider(session: Session, provider: Provider) -> ProviderView:
    """A provider with what it holds for us."""
    return ProviderView(
        provider=provider,
        society=societies.get_society(session, provider.society_id).code,
        statements=floats.float_of(session, provider),
        compared=stated_balances.compared(session, provider),
        under_way=views.under_way(views.list_payment_lists(session, provider.id)),
    )
