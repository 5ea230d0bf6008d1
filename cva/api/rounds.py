"""Rounds and their lists."""

from typing import Any

from flask import Response, g
from flask_smorest import Blueprint
from sqlmodel import Session

from cva.api.idempotent_calls import REPEATABLE, once
from cva.api.round_schemas import (
    ChangeSchema,
    DraftedSchema,
    ListSourceSchema,
    NewRoundSchema,
    PlanSchema,
    RequestSchema,
    RoundLineSchema,
    RoundSchema,
)
from cva.api.schemas import RejectionSchema
from cva.approvals import service as approvals
from cva.approvals.schemas import request_json
from cva.core.db import reading
from cva.core.permissions import Permission, needs
from cva.entitlements import drafts, list_workflow, plan_changes
from cva.entitlements.drafts import Filter
from cva.programmes import planning
from cva.programmes import service as programmes
from cva.programmes.input_schemas import read_round
from cva.rounds import list_from_sheets
from cva.rounds.round_schemas import round_json, rounds_json
from cva.rounds.views import list_rounds, show_round
from cva.societies import service as societies

endpoints = Blueprint("Rounds", __name__, url_prefix="/api/v1/rounds", description=__doc__)


@endpoints.get("")
@needs(Permission.SEE_ROUNDS)
@endpoints.response(200, RoundLineSchema(many=True))
def list_all() -> list[dict[str, Any]]:
    """List the rounds, the latest first."""
    with reading(g.ledger.engine, g.actor) as session:
        return rounds_json(list_rounds(session))


@endpoints.post("")
@endpoints.doc(**REPEATABLE)
@needs(Permission.PREPARE)
@endpoints.arguments(NewRoundSchema)
@endpoints.alt_response(201, schema=RoundSchema)
def plan(said: dict[str, Any]) -> Response:
    """Plan a round."""

    def act(session: Session) -> dict[str, Any]:
        society_id = societies.find_society(session, said["society"]).id
        programme = programmes.find_programme(session, society_id, said["programme"])
        planned = planning.plan_round(session, read_round(session, programme.id, said))
        return round_json(show_round(session, planned.id))

    return once(act, 201)


@endpoints.post("/<int:round_id>/plan")
@endpoints.doc(**REPEATABLE)
@needs(Permission.PREPARE)
@endpoints.arguments(PlanSchema)
@endpoints.alt_response(200, schema=RoundSchema)
def change_plan(said: dict[str, Any], round_id: int) -> Response:
    """Put another plan in place of a round's whose list is not submitted yet."""

    def act(session: Session) -> dict[str, Any]:
        planned = planning.see_round(session, round_id, Permission.PREPARE)
        new = read_round(session, planned.programme_id, said, instead_of=planned)
        plan_changes.change_plan(session, round_id, new)
        return round_json(show_round(session, round_id))

    return once(act)


@endpoints.get("/<int:round_id>")
@needs(Permission.SEE_ROUNDS)
@endpoints.response(200, RoundSchema)
def show(round_id: int) -> dict[str, Any]:
    """Show a round, how far its list is, and what it comes to."""
    with reading(g.ledger.engine, g.actor) as session:
        return round_json(show_round(session, round_id))


@endpoints.post("/<int:round_id>/list")
@endpoints.doc(**REPEATABLE)
@needs(Permission.PREPARE)
@endpoints.arguments(ListSourceSchema)
@endpoints.alt_response(200, schema=DraftedSchema)
def draft(said: dict[str, Any], round_id: int) -> Response:
    """Make the list: of lists kept for the round, of registered people, of another round."""

    def act(session: Session) -> dict[str, Any]:
        if said["source"] == "registered":
            people = drafts.draft_from_filter(session, round_id, Filter(**said.get("filter", {})))
        elif said["source"] == "round":
            people = drafts.draft_from_round(session, round_id, said.get("round", 0))
        else:
            people = list_from_sheets.draft_from_sheets(session, round_id)
        return {"people": people}

    return once(act)


@endpoints.post("/<int:round_id>/list/submit")
@endpoints.doc(**REPEATABLE)
@needs(Permission.PREPARE)
@endpoints.alt_response(200, schema=RoundSchema)
def submit(round_id: int) -> Response:
    """Submit the list to the budget holder."""

    def act(session: Session) -> dict[str, Any]:
        list_workflow.submit_list(session, round_id)
        return round_json(show_round(session, round_id))

    return once(act)


@endpoints.post("/<int:round_id>/list/approve")
@endpoints.doc(**REPEATABLE)
@needs(Permission.APPROVE_LISTS)
@endpoints.alt_response(200, schema=RoundSchema)
def approve(round_id: int) -> Response:
    """Approve the list as the budget holder."""

    def act(session: Session) -> dict[str, Any]:
        list_from_sheets.approve_list(session, round_id)
        return round_json(show_round(session, round_id))

    return once(act)


@endpoints.post("/<int:round_id>/list/send-back")
@endpoints.doc(**REPEATABLE)
@needs(Permission.SEE_ROUNDS)
@endpoints.arguments(RejectionSchema)
@endpoints.alt_response(200, schema=RoundSchema)
def send_back(said: dict[str, Any], round_id: int) -> Response:
    """Give a submitted list back with a word, or take the own one back."""

    def act(session: Session) -> dict[str, Any]:
        list_workflow.send_back(session, round_id, said["reason"])
        return round_json(show_round(session, round_id))

    return once(act)


@endpoints.post("/<int:round_id>/list/changes")
@endpoints.doc(**REPEATABLE)
@needs(Permission.PREPARE)
@endpoints.arguments(ChangeSchema)
@endpoints.alt_response(201, schema=RequestSchema)
def change(said: dict[str, Any], round_id: int) -> Response:
    """Ask for a named change of an approved list; the budget holder confirms it."""

    def act(session: Session) -> dict[str, Any]:
        planned = planning.see_round(session, round_id)
        texts = {
            "round": str(round_id),
            "name": said["name"],
            "changes": "\n".join(said["changes"]),
        }
        asked = approvals.ask(session, planned.society_id, "amend_list", texts, said["reason"])
        return request_json(approvals.show(session, asked.id))

    return once(act, 201)
