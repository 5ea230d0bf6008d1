"""Providers: floats, stated balances, payment lists and what became of them."""

from typing import Any

from flask import Response, g
from sqlmodel import Session

from cva.api.endpoints import Endpoints, attachment, society_id_of
from cva.api.input_schemas import (
    ListFormSchema,
    NarrowedQuerySchema,
    PaymentListsQuerySchema,
    ProviderFormSchema,
)
from cva.core.db import transaction
from cva.core.permissions import Permission
from cva.programmes import service as programmes
from cva.providers import list_dispatch, service, stated_balances, views
from cva.providers.input_schemas import BalanceSchema, SendingFormSchema
from cva.providers.instructions import Made
from cva.providers.models import StatedBalance
from cva.providers.schemas import (
    CancelledListSchema,
    MadeSchema,
    PaymentListSchema,
    PaymentListViewSchema,
    ProviderSchema,
    ProviderViewSchema,
    SentListSchema,
    StatedBalanceSchema,
)
from cva.providers.views import ProviderOf, ProviderView, list_views, show_provider
from cva.rounds.payment_lists import make_list as make_payment_list
from cva.societies import service as societies

endpoints = Endpoints("Providers", __name__, __doc__, "")
_FILE = {
    "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}
}


@endpoints.get("/providers", needs=Permission.SEE_ROUNDS)
@endpoints.lists(ProviderSchema, NarrowedQuerySchema)
def list_providers(session: Session, asked: dict[str, Any]) -> list[ProviderOf]:
    """List the providers of all the caller's societies."""
    return list_views(session, society_id_of(session, asked))


@endpoints.post("/providers", needs=Permission.MANAGE_SETUP)
@endpoints.changes(ProviderSchema, 201, body=ProviderFormSchema)
def add_provider(session: Session, data: dict[str, Any]) -> ProviderOf:
    """Add a provider."""
    society = societies.find_society(session, data["society"])
    texts = {name: text for name, text in data.items() if name != "society"}
    return ProviderOf(service.add_provider(session, society.id, **texts), society.code)


@endpoints.get("/providers/<int:provider_id>", needs=Permission.SEE_ROUNDS)
@endpoints.reads(ProviderViewSchema)
def show(session: Session, provider_id: int) -> ProviderView:
    """Show a provider: its float per currency, and the balances it stated beside ours."""
    return show_provider(session, service.see_provider(session, provider_id))


@endpoints.post("/providers/<int:provider_id>/lists", needs=Permission.PREPARE)
@endpoints.changes(MadeSchema, 201, body=ListFormSchema)
def make_list(session: Session, data: dict[str, Any], provider_id: int) -> Made:
    """Make a payment list of all in a round who are neither paid nor being paid."""
    provider = service.see_provider(session, provider_id, Permission.PREPARE)
    of = programmes.find_programme(session, provider.society_id, data["programme"])
    planned = programmes.get_named_round(session, of, data["round"])
    return make_payment_list(
        session, provider_id, planned.id, data["site"], instead=data["instead"]
    )


@endpoints.post("/providers/<int:provider_id>/balances", needs=Permission.DECIDE_SHEETS)
@endpoints.changes(StatedBalanceSchema, 201, body=BalanceSchema)
def state_balance(session: Session, data: dict[str, Any], provider_id: int) -> StatedBalance:
    """Record the balance that a provider states."""
    return stated_balances.state_balance(session, provider_id, **data)


@endpoints.get("/payment-lists", needs=Permission.SEE_ROUNDS)
@endpoints.lists(PaymentListSchema, PaymentListsQuerySchema)
def list_payment_lists(session: Session, asked: dict[str, Any]) -> list[views.ListLine]:
    """List payment lists, the newest first, each with how many payments have no answer yet."""
    found = views.list_payment_lists(session, asked["provider"], society_id_of(session, asked))
    return [
        line
        for line in found
        if asked["round"] in {"", line.round_code}
        and asked["state"] in {None, line.payment_list.state}
    ]


@endpoints.get("/payment-lists/<int:list_id>", needs=Permission.SEE_ROUNDS)
@endpoints.reads(PaymentListViewSchema)
def show_list(session: Session, list_id: int) -> views.ListView:
    """Show a payment list; people by registration number, never by name or phone."""
    return views.show_list(session, list_id)


@endpoints.get("/payment-lists/<int:list_id>/file", needs=Permission.PREPARE)
@endpoints.doc(responses={200: {"description": "The file for the provider."} | _FILE})
def file(list_id: int) -> Response:
    """Download the file for the provider, the same bytes each time."""
    with transaction(g.ledger.engine, g.actor) as session:
        taken = list_dispatch.take_file(session, list_id)
    return attachment(taken.content, taken.filename, "application/octet-stream")


@endpoints.post("/payment-lists/<int:list_id>/sendings", needs=Permission.DECIDE_SHEETS)
@endpoints.changes(SentListSchema, 201, body=SendingFormSchema)
def send(session: Session, data: dict[str, Any], list_id: int) -> dict[str, Any]:
    """Record that a list goes to its provider; again only with a reason."""
    turn = list_dispatch.send_list(session, list_id, data["reason"])
    return {"id": list_id, "state": "sent", "turn": turn}


@endpoints.post("/payment-lists/<int:list_id>/cancel", needs=Permission.PREPARE)
@endpoints.changes(CancelledListSchema)
def cancel(session: Session, list_id: int) -> dict[str, Any]:
    """Drop a list that was never sent."""
    list_dispatch.cancel_list(session, list_id)
    return {"id": list_id, "state": "cancelled"}
