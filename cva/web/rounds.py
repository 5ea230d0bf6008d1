"""Rounds: planned, their list made, submitted, approved and changed by name."""

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from werkzeug import Response

from cva.approvals import service as approvals
from cva.core.db import reading, transaction
from cva.core.i18n import gettext as _
from cva.core.i18n import ngettext
from cva.core.permissions import Permission, needs
from cva.entitlements import drafts, list_workflow, plan_changes
from cva.entitlements.drafts import Filter
from cva.entitlements.models import ListState
from cva.entitlements.service import requests_of
from cva.programmes import planning
from cva.programmes import service as programmes
from cva.programmes.input_schemas import as_said, read_round
from cva.programmes.service import Mechanism
from cva.rounds import list_from_sheets
from cva.rounds.carry_over import carry_over_of
from cva.rounds.views import list_rounds, show_round
from cva.societies import service as societies
from cva.web.form_refilling import refill
from cva.web.formats import count
from cva.web.forms import id_field, text_field, whole_field
from cva.web.layout import holds

pages = Blueprint("rounds", __name__, url_prefix="/rounds")


@pages.get("")
@needs(Permission.SEE_ROUNDS)
def show_all() -> str:
    """The rounds of the actor's societies."""
    with reading(g.ledger.engine, g.actor) as session:
        listed = list_rounds(session)
        return render_template(
            "rounds.html",
            listed=listed,
            waiting=sum(line.list_state == ListState.SUBMITTED for line in listed),
            may_approve=holds(g.actor, Permission.APPROVE_LISTS),
            may_prepare=holds(g.actor, Permission.PREPARE),
            is_of_several=len(g.actor.societies) > 1,
        )


@pages.get("/new")
@needs(Permission.PREPARE)
def form() -> str:
    """The form of a new round."""
    with reading(g.ledger.engine, g.actor) as session:
        offered = [
            (society, programmes.list_programmes(session, society.id))
            for society in societies.societies_with(session, Permission.PREPARE)
        ]
        return render_template("round_new.html", offered=offered, mechanisms=list(Mechanism))


@pages.post("/new")
@needs(Permission.PREPARE)
def plan() -> Response:
    """Plan a round."""
    with transaction(g.ledger.engine, g.actor) as session:
        new = read_round(session, id_field("programme"), request.form)
        planned = planning.plan_round(session, new)
        round_id = planned.id
    return redirect(url_for("rounds.show", round_id=round_id))


@pages.get("/<int:round_id>/plan")
@needs(Permission.PREPARE)
def change_form(round_id: int) -> str:
    """The plan of a round, to be changed."""
    with reading(g.ledger.engine, g.actor) as session:
        planned = planning.see_round(session, round_id, Permission.PREPARE)
        programme = programmes.get_programme(session, planned.programme_id)
        page = render_template(
            "round_new.html", planned=planned, programme=programme, mechanisms=list(Mechanism)
        )
        said = {name: [text] for name, text in as_said(session, planned).items()}
    return refill(page, request.path, said, {}, "").html


@pages.post("/<int:round_id>/plan")
@needs(Permission.PREPARE)
def change_plan(round_id: int) -> Response:
    """Change the plan of a round whose list is not submitted yet."""
    with transaction(g.ledger.engine, g.actor) as session:
        planned = planning.see_round(session, round_id, Permission.PREPARE)
        new = read_round(session, planned.programme_id, request.form, instead_of=planned)
        plan_changes.change_plan(session, round_id, new)
    flash(_("The plan is changed. Make the list by it."), "done")
    return redirect(url_for("rounds.show", round_id=round_id))


@pages.get("/<int:round_id>")
@needs(Permission.SEE_ROUNDS)
def show(round_id: int) -> str:
    """The round's page."""
    with reading(g.ledger.engine, g.actor) as session:
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


@pages.post("/<int:round_id>/list")
@needs(Permission.PREPARE)
def draft(round_id: int) -> Response:
    """Make the draft of the list: of kept sheets, of a filter, of another round."""
    source = text_field("source")
    with transaction(g.ledger.engine, g.actor) as session:
        if source == "filter":
            people = drafts.draft_from_filter(session, round_id, _filter())
        elif source == "round":
            people = drafts.draft_from_round(session, round_id, id_field("other") or 0)
        else:
            people = list_from_sheets.draft_from_sheets(session, round_id)
    flash(
        ngettext(
            "The list has {count} person now.", "The list has {count} people now.", people
        ).format(count=count(people)),
        "done",
    )
    return redirect(url_for("rounds.show", round_id=round_id))


def _filter() -> Filter:
    return Filter(
        region=text_field("region") or None,
        district=text_field("district") or None,
        settlement=text_field("settlement") or None,
        sex=text_field("sex") or None,
        smallest_household=whole_field("smallest_household"),
        largest_household=whole_field("largest_household"),
    )


@pages.post("/<int:round_id>/list/submit")
@needs(Permission.PREPARE)
def submit(round_id: int) -> Response:
    """Submit the list to the budget holder."""
    with transaction(g.ledger.engine, g.actor) as session:
        list_workflow.submit_list(session, round_id, id_field("drafts"))
    return redirect(url_for("rounds.show", round_id=round_id))


@pages.post("/<int:round_id>/list/approve")
@needs(Permission.APPROVE_LISTS)
def approve(round_id: int) -> Response:
    """Approve the list."""
    with transaction(g.ledger.engine, g.actor) as session:
        list_from_sheets.approve_list(session, round_id, id_field("drafts"))
    return redirect(url_for("rounds.show", round_id=round_id))


@pages.post("/<int:round_id>/list/send-back")
@needs(Permission.SEE_ROUNDS)
def send_back(round_id: int) -> Response:
    """Give the list back, or take it back."""
    with transaction(g.ledger.engine, g.actor) as session:
        list_workflow.send_back(session, round_id, text_field("answer"))
    return redirect(url_for("rounds.show", round_id=round_id))


@pages.post("/<int:round_id>/list/change")
@needs(Permission.PREPARE)
def change(round_id: int) -> Response:
    """Ask for a named change of the approved list."""
    said = {
        "round": str(round_id),
        "name": text_field("name"),
        "changes": text_field("changes"),
    }
    with transaction(g.ledger.engine, g.actor) as session:
        planned = planning.see_round(session, round_id)
        approvals.ask(session, planned.society_id, "amend_list", said, text_field("reason"))
    flash(_("Asked for. It is done once the budget holder confirms it."), "done")
    return redirect(url_for("rounds.show", round_id=round_id))
