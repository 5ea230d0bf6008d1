"""Providers: their float, their payment lists, what has no answer yet."""

from io import BytesIO
from typing import Any

from flask import flash, g, redirect, render_template, request, send_file, url_for
from sqlmodel import Session
from werkzeug import Response

from cva.approvals import service as approvals
from cva.core.db import transaction
from cva.core.i18n import gettext as _
from cva.core.i18n import ngettext
from cva.core.permissions import Permission
from cva.entitlements.service import approved_rounds
from cva.programmes import service as programmes
from cva.providers import floats, list_dispatch, service, stated_balances, views
from cva.providers.input_schemas import (
    BalanceSchema,
    FloatRequestSchema,
    NewProviderFormSchema,
    PaymentListFormSchema,
    SendingFormSchema,
)
from cva.providers.instructions import Made
from cva.providers.labels import left_off
from cva.rounds.payment_lists import make_list as make_payment_list
from cva.sheets.writing.payment_file import payment_templates
from cva.societies import service as societies
from cva.web.declaring import Pages, changes, on_page, reads, takes
from cva.web.formats import count
from cva.web.layout import holds

pages = Pages("providers", __name__)


@pages.get("/providers", needs=Permission.SEE_ROUNDS)
@reads
def first(session: Session) -> str:
    """All providers with what they hold, and the payment lists that wait for an answer."""
    listed = service.list_providers(session)
    lines = views.list_payment_lists(session)
    return render_template(
        "providers.html",
        listed=[(each, floats.float_of(session, each)) for each in listed],
        societies={each.id: each for each in societies.list_societies(session)},
        waiting=[line for line in lines if line.unanswered],
        may_add=holds(g.actor, Permission.MANAGE_SETUP),
    )


@pages.get("/providers/new", needs=Permission.MANAGE_SETUP)
@reads
def form(session: Session) -> str:
    """The form of a new provider."""
    return render_template(
        "provider_new.html",
        societies=societies.societies_with(session, Permission.MANAGE_SETUP),
        templates=payment_templates().values(),
    )


@pages.post("/providers/new", needs=Permission.MANAGE_SETUP)
@changes("providers.form", takes=NewProviderFormSchema)
def add(session: Session, values: dict[str, Any]) -> Response:
    """Add a provider."""
    added = service.add_provider(session, values.pop("society") or 0, **values)
    flash(_("Added {code}.").format(code=added.code), "done")
    return redirect(url_for("setup.show", _anchor="providers"))


@pages.get("/providers/<int:provider_id>", needs=Permission.SEE_ROUNDS)
@reads
def show(session: Session, provider_id: int) -> str:
    """One provider: float, stated balances, payment lists."""
    provider = service.see_provider(session, provider_id)
    rounds = approved_rounds(session, provider.society_id)
    of = {each.id: each for each in programmes.list_programmes(session, provider.society_id)}
    lines = views.list_payment_lists(session, provider_id)
    return render_template(
        "provider.html",
        provider=provider,
        society=societies.get_society(session, provider.society_id),
        template=service.template_of(provider),
        statements=floats.float_of(session, provider),
        compared=stated_balances.compared(session, provider),
        lines=lines,
        under_way=views.under_way(lines),
        rounds=rounds,
        programmes=of,
        by_hand=any(programmes.is_by_hand(each, of[each.programme_id]) for each in rounds),
        may_see_sheets=g.actor.may(Permission.SEE_SHEETS, provider.society_id),
        may_prepare=g.actor.may(Permission.PREPARE, provider.society_id),
        may_decide=g.actor.may(Permission.DECIDE_SHEETS, provider.society_id),
    )


@pages.post("/providers/<int:provider_id>/lists", needs=Permission.PREPARE)
@takes(PaymentListFormSchema, "providers.show", "providers.show_list")
def make_list(values: dict[str, Any], provider_id: int) -> Response:
    """Make a payment list of all in a round who are neither paid nor under way."""
    with transaction(g.ledger.engine, g.actor) as session:
        made = make_payment_list(
            session, provider_id, values["round"] or 0, values["site"], instead=values["instead"]
        )
    if made.lacking:
        flash(_left_out(made))
    for message in left_off(made.departed, made.successors, made.in_sheets):
        flash(message)
    return redirect(url_for("providers.show_list", list_id=made.list_id))


def _left_out(made: Made) -> str:
    return ngettext(
        "{count} person is not on the list, as something the provider needs is not known: "
        "{numbers}",
        "{count} people are not on the list, as something the provider needs is not known: "
        "{numbers}",
        len(made.lacking),
    ).format(
        count=count(len(made.lacking)), numbers=", ".join(each.number for each in made.lacking[:20])
    )


@pages.post("/providers/<int:provider_id>/requests", needs=Permission.PREPARE)
@on_page("providers.show", schema=FloatRequestSchema)
def ask(provider_id: int) -> Response:
    """Ask for an advance, a return or a fee to be booked; a second person confirms it."""
    values = request.form.to_dict() | {"provider": str(provider_id)}
    with transaction(g.ledger.engine, g.actor) as session:
        provider = service.see_provider(session, provider_id, Permission.PREPARE)
        kind, reason = values.get("kind", ""), values.get("reason", "")
        made = approvals.ask(session, provider.society_id, kind, values, reason)
        what = approvals.show(session, made.id).summary
    flash(_("Asked for, and waits for a second person: {what}").format(what=what))
    return redirect(url_for("providers.show", provider_id=provider_id))


@pages.post("/providers/<int:provider_id>/balances", needs=Permission.DECIDE_SHEETS)
@changes("providers.show", takes=BalanceSchema)
def state_balance(session: Session, values: dict[str, Any], provider_id: int) -> None:
    """Record the balance that the provider states."""
    stated_balances.state_balance(session, provider_id, **values)


@pages.get("/payment-lists/<int:list_id>", needs=Permission.SEE_ROUNDS)
@reads
def show_list(session: Session, list_id: int) -> str:
    """One payment list: how far it is, what failed, what has no answer."""
    view = views.show_list(session, list_id)
    society_id = view.line.payment_list.society_id
    return render_template(
        "payment_list.html",
        view=view,
        line=view.line,
        found=view.line.payment_list,
        may_prepare=g.actor.may(Permission.PREPARE, society_id),
        may_decide=g.actor.may(Permission.DECIDE_SHEETS, society_id),
    )


@pages.get("/payment-lists/<int:list_id>/file", needs=Permission.PREPARE)
def file(list_id: int) -> Response:
    """The file for the provider; who takes it is written into the trail."""
    with transaction(g.ledger.engine, g.actor) as session:
        taken = list_dispatch.take_file(session, list_id)
    return send_file(BytesIO(taken.content), as_attachment=True, download_name=taken.filename)


@pages.post("/payment-lists/<int:list_id>/send", needs=Permission.DECIDE_SHEETS)
@changes("providers.show_list", takes=SendingFormSchema)
def send(session: Session, values: dict[str, Any], list_id: int) -> None:
    """Record that it goes to its provider."""
    list_dispatch.send_list(session, list_id, values["reason"])


@pages.post("/payment-lists/<int:list_id>/cancel", needs=Permission.PREPARE)
@changes("providers.show_list")
def cancel(session: Session, list_id: int) -> None:
    """Drop a list that was never sent."""
    list_dispatch.cancel_list(session, list_id)
