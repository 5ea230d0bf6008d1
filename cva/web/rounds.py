"""Rounds: planned, their list made, submitted, approved and changed by name."""

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from sqlmodel import Session
from werkzeug import Response

from cva.approvals import service as approvals
from cva.core.db import transaction
from cva.core.i18n import gettext as _
from cva.core.i18n import ngettext
from cva.core.permissions import Permission
from cva.entitlements import drafts, list_workflow
from cva.entitlements.drafts import Filter
from cva.entitlements.input_schemas import (
    ListChangeSchema,
    ListDraftSchema,
    SeenListSchema,
    SendBackSchema,
)
from cva.entitlements.models import ListState
from cva.entitlements.service import requests_of
from cva.programmes import planning
from cva.programmes import service as programmes
from cva.programmes.input_schemas import NewRoundFormSchema, PlanSchema, plan_texts, round_of
from cva.rounds import list_from_sheets
from cva.rounds.list_amendments import carry_over_of
from cva.rounds.views import list_rounds, show_round
from cva.web.declaring import Pages, changes, on_page, reads
from cva.web.formats import count
from cva.web.layout import holds

pages = Pages("rounds", __name__, url_prefix="/rounds")


@pages.get("", needs=Permission.SEE_ROUNDS)
@reads
def show_all(session: Session) -> str:
    """The rounds of the actor's societies."""
    listed = list_rounds(session)
    return render_template(
        "rounds.html",
        listed=listed,
        waiting=sum(line.list_state == ListState.SUBMITTED for line in listed),
        may_approve=holds(g.actor, Permission.APPROVE_LISTS),
        may_prepare=holds(g.actor, Permission.PREPARE),
        is_of_several=len(g.actor.societies) > 1,
    )


@pages.get("/new", needs=Permission.PREPARE)
@reads
def form(session: Session) -> str:
    """The form of a new round."""
    offered = programmes.offered(session, Permission.PREPARE)
    return render_template("round_new.html", offered=offered)


@pages.post("/new", needs=Permission.PREPARE)
@changes("rounds.form", drawn_by=NewRoundFormSchema)
def plan(session: Session) -> Response:
    """Plan a round."""
    values, faults = NewRoundFormSchema().read(request.form)
    new = round_of(session, values.get("programme"), values, faults)
    planned = planning.plan_round(session, new)
    round_id = planned.id
    return redirect(url_for("rounds.show", round_id=round_id))


@pages.get("/<int:round_id>/plan", needs=Permission.PREPARE)
@reads
def change_form(session: Session, round_id: int) -> str:
    """The plan of a round, to be changed."""
    planned = planning.see_round(session, round_id, Permission.PREPARE)
    programme = programmes.get_programme(session, planned.programme_id)
    return render_template(
        "round_new.html",
        planned=planned,
        programme=programme,
        values=plan_texts(session, planned),
    )


@pages.post("/<int:round_id>/plan", needs=Permission.PREPARE)
@on_page("rounds.change_form", schema=PlanSchema)
def change_plan(round_id: int) -> Response:
    """Change the plan of a round whose list is not submitted yet."""
    with transaction(g.ledger.engine, g.actor) as session:
        values, faults = PlanSchema().read(request.form)
        planned = planning.see_round(session, round_id, Permission.PREPARE)
        new = round_of(session, planned.programme_id, values, faults, instead_of=planned)
        list_workflow.change_plan(session, round_id, new)
    flash(_("The plan is changed. Make the list by it."), "done")
    return redirect(url_for("rounds.show", round_id=round_id))


@pages.get("/<int:round_id>", needs=Permission.SEE_ROUNDS)
@reads
def show(session: Session, round_id: int) -> str:
    """The round's page."""
    view = show_round(session, round_id)
    society_id = view.society.id
    return render_template(
        "round.html",
        view=view,
        round=view.round,
        may_prepare=g.actor.may(Permission.PREPARE, society_id),
        may_approve=g.actor.may(Permission.APPROVE_LISTS, society_id),
        may_send=g.actor.may(Permission.SEND_SHEETS, society_id),
        may_see_sheets=g.actor.may(Permission.SEE_SHEETS, society_id),
        is_own=view.is_own(g.actor.user_id),
        value=planning.value_of(view.round),
        requests=requests_of(session, [round_id]),
        changes="\n".join(carry_over_of(session, round_id)) if "rest" in request.args else "",
    )


@pages.post("/<int:round_id>/list", needs=Permission.PREPARE)
@changes("rounds.show", takes=ListDraftSchema)
def draft(session: Session, values: dict[str, Any], round_id: int) -> str:
    """Make the draft of the list: of kept sheets, of a filter, of another round."""
    source, other = values.pop("source"), values.pop("other")
    if source == "filter":
        people = drafts.draft_from_filter(session, round_id, Filter(**values))
    elif source == "round":
        people = drafts.draft_from_round(session, round_id, other or 0)
    else:
        people = list_from_sheets.draft_from_sheets(session, round_id)
    shown = ngettext("The list has {count} person now.", "The list has {count} people now.", people)
    return shown.format(count=count(people))


@pages.post("/<int:round_id>/list/submit", needs=Permission.PREPARE)
@changes("rounds.show", takes=SeenListSchema)
def submit(session: Session, values: dict[str, Any], round_id: int) -> None:
    """Submit the list to the budget holder."""
    list_workflow.submit_list(session, round_id, values["drafts"])


@pages.post("/<int:round_id>/list/approve", needs=Permission.APPROVE_LISTS)
@changes("rounds.show", takes=SeenListSchema)
def approve(session: Session, values: dict[str, Any], round_id: int) -> None:
    """Approve the list."""
    list_from_sheets.approve_list(session, round_id, values["drafts"])


@pages.post("/<int:round_id>/list/send-back", needs=Permission.SEE_ROUNDS)
@changes("rounds.show", takes=SendBackSchema)
def send_back(session: Session, values: dict[str, Any], round_id: int) -> None:
    """Give the list back, or take it back."""
    list_workflow.send_back(session, round_id, values["answer"])


@pages.post("/<int:round_id>/list/change", needs=Permission.PREPARE)
@changes("rounds.show", takes=ListChangeSchema)
def change(session: Session, values: dict[str, Any], round_id: int) -> str:
    """Ask for a named change of the approved list."""
    texts = values | {"round": str(round_id)}
    planned = planning.see_round(session, round_id)
    approvals.ask(session, planned.society_id, "amend_list", texts, texts.pop("reason"))
    return _("Asked for. It is done once the budget holder confirms it.")
