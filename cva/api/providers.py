"""Providers: floats, stated balances, payment lists and what became of them."""

from io import BytesIO
from typing import Any

from flask import Response, g, send_file
from flask_smorest import Blueprint
from sqlmodel import Session

from cva.api.idempotent_calls import REPEATABLE, once
from cva.api.provider_schemas import (
    BalanceFormSchema,
    ListFormSchema,
    MadeSchema,
    PaymentListSchema,
    PaymentListsQuerySchema,
    PaymentListViewSchema,
    ProviderFormSchema,
    ProviderSchema,
    ProviderViewSchema,
    SendingFormSchema,
    SentSchema,
    StatedBalanceSchema,
)
from cva.core.db import reading, transaction
from cva.core.permissions import Permission, needs
from cva.programmes import service as programmes
from cva.providers import floats, list_dispatch, service, stated_balances, views
from cva.providers.schemas import (
    balance_json,
    float_json,
    line_json,
    list_json,
    made_json,
    provider_json,
)
from cva.rounds.payment_lists import make_list as make_payment_list
from cva.societies import service as societies

endpoints = Blueprint("Providers", __name__, url_prefix="/api/v1", description=__doc__)
_FILE = {
    "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}
}


@endpoints.get("/providers")
@needs(Permission.SEE_ROUNDS)
@endpoints.response(200, ProviderSchema(many=True))
def list_providers() -> list[dict[str, Any]]:
    """List the providers of all the caller's societies."""
    with reading(g.ledger.engine, g.actor) as session:
        codes = {each.id: each.code for each in societies.list_societies(session)}
        return [
            provider_json(each, codes[each.society_id]) for each in service.list_providers(session)
        ]


@endpoints.post("/providers")
@endpoints.doc(**REPEATABLE)
@needs(Permission.MANAGE_SETUP)
@endpoints.arguments(ProviderFormSchema)
@endpoints.alt_response(201, schema=ProviderSchema)
def add_provider(said: dict[str, Any]) -> Response:
    """Add a provider."""

    def act(session: Session) -> dict[str, Any]:
        society = societies.find_society(session, said["society"])
        texts = {name: text for name, text in said.items() if name != "society"}
        added = service.add_provider(session, society.id, **texts)
        return provider_json(added, society.code)

    return once(act, 201)


@endpoints.get("/providers/<int:provider_id>")
@needs(Permission.SEE_ROUNDS)
@endpoints.response(200, ProviderViewSchema)
def show_provider(provider_id: int) -> dict[str, Any]:
    """Show a provider: its float per currency, and the balances it stated beside ours."""
    with reading(g.ledger.engine, g.actor) as session:
        provider = service.see_provider(session, provider_id)
        society = societies.get_society(session, provider.society_id)
        told = float_json(
            floats.float_of(session, provider),
            stated_balances.compared(session, provider),
            views.under_way(views.list_payment_lists(session, provider_id)),
        )
        return provider_json(provider, society.code) | told


@endpoints.post("/providers/<int:provider_id>/lists")
@endpoints.doc(**REPEATABLE)
@needs(Permission.PREPARE)
@endpoints.arguments(ListFormSchema)
@endpoints.alt_response(201, schema=MadeSchema)
def make_list(said: dict[str, Any], provider_id: int) -> Response:
    """Make a payment list of all in a round who are neither paid nor being paid."""

    def act(session: Session) -> dict[str, Any]:
        provider = service.see_provider(session, provider_id, Permission.PREPARE)
        of = programmes.find_programme(session, provider.society_id, said["programme"])
        planned = programmes.get_named_round(session, of, said["round"])
        made = make_payment_list(
            session, provider_id, planned.id, said["site"], instead=said["instead"]
        )
        return made_json(made)

    return once(act, 201)


@endpoints.post("/providers/<int:provider_id>/balances")
@endpoints.doc(**REPEATABLE)
@needs(Permission.DECIDE_SHEETS)
@endpoints.arguments(BalanceFormSchema)
@endpoints.alt_response(201, schema=StatedBalanceSchema)
def state_balance(said: dict[str, Any], provider_id: int) -> Response:
    """Record what a provider says it holds."""

    def act(session: Session) -> dict[str, Any]:
        texts = (said[name] for name in ("day", "amount", "currency", "source"))
        return balance_json(stated_balances.state_balance(session, provider_id, *texts))

    return once(act, 201)


@endpoints.get("/payment-lists")
@needs(Permission.SEE_ROUNDS)
@endpoints.arguments(PaymentListsQuerySchema, location="query")
@endpoints.response(200, PaymentListSchema(many=True))
def list_payment_lists(asked: dict[str, Any]) -> list[dict[str, Any]]:
    """List payment lists, the newest first, each with how many payments have no answer yet."""
    with reading(g.ledger.engine, g.actor) as session:
        society_id = None
        if asked["society"]:
            society_id = societies.find_society(session, asked["society"]).id
        lines = views.list_payment_lists(session, asked["provider"], society_id)
        return [line_json(line) for line in lines]


@endpoints.get("/payment-lists/<int:list_id>")
@needs(Permission.SEE_ROUNDS)
@endpoints.response(200, PaymentListViewSchema)
def show_list(list_id: int) -> dict[str, Any]:
    """Show a payment list; people by registration number, never by name or phone."""
    with reading(g.ledger.engine, g.actor) as session:
        return list_json(views.show_list(session, list_id))


@endpoints.get("/payment-lists/<int:list_id>/file")
@endpoints.doc(responses={200: {"description": "The file for the provider."} | _FILE})
@needs(Permission.PREPARE)
def file(list_id: int) -> Response:
    """Download the file for the provider, the same bytes each time."""
    with transaction(g.ledger.engine, g.actor) as session:
        taken = list_dispatch.take_file(session, list_id)
    return send_file(
        BytesIO(taken.content),
        "application/octet-stream",
        as_attachment=True,
        download_name=taken.filename,
    )


@endpoints.post("/payment-lists/<int:list_id>/sendings")
@endpoints.doc(**REPEATABLE)
@needs(Permission.DECIDE_SHEETS)
@endpoints.arguments(SendingFormSchema)
@endpoints.alt_response(201, schema=SentSchema)
def send(said: dict[str, Any], list_id: int) -> Response:
    """Record that a list goes to its provider; again only with a reason."""

    def act(session: Session) -> dict[str, Any]:
        turn = list_dispatch.send_list(session, list_id, said["reason"])
        return {"id": list_id, "state": "sent", "turn": turn}

    return once(act, 201)


@endpoints.post("/payment-lists/<int:list_id>/cancel")
@endpoints.doc(**REPEATABLE)
@needs(Permission.PREPARE)
@endpoints.alt_response(200, schema=SentSchema)
def cancel(list_id: int) -> Response:
    """Drop a list that was never sent."""

    def act(session: Session) -> dict[str, Any]:
        list_dispatch.cancel_list(session, list_id)
        return {"id": list_id, "state": "cancelled"}

    return once(act)
