"""Rounds and their lists."""

from typing import Any

from sqlmodel import Session

from cva.api.endpoints import Endpoints, society_id_of
from cva.api.input_schemas import (
    ChangeSchema,
    ListSourceSchema,
    NewRoundSchema,
    RejectionSchema,
    RoundsQuerySchema,
)
from cva.approvals import service as approvals
from cva.approvals.schemas import RequestSchema
from cva.core.dates import Month
from cva.core.form_errors import FormErrors
from cva.core.permissions import Permission
from cva.entitlements import drafts, list_workflow
from cva.entitlements.drafts import Filter
from cva.entitlements.input_schemas import ListVersionSchema
from cva.programmes import planning
from cva.programmes import service as programmes
from cva.programmes.input_schemas import PlanSchema, round_of
from cva.rounds import list_from_sheets
from cva.rounds.schemas import DraftedSchema, RoundLineSchema, RoundSchema
from cva.rounds.views import ListedRound, RoundView, list_rounds, show_round
from cva.societies import service as societies

endpoints = Endpoints("Rounds", __name__, __doc__, "/rounds")


@endpoints.get("", needs=Permission.SEE_ROUNDS)
@endpoints.lists(RoundLineSchema, RoundsQuerySchema)
def list_all(session: Session, asked: dict[str, Any]) -> list[ListedRound]:
    """List the rounds, the latest first."""
    society_id = society_id_of(session, asked)
    programme, _round = programmes.find_narrowed(session, society_id, asked["programme"])
    return list_rounds(
        session,
        society_id=society_id,
        programme_id=programme.id if programme else None,
        state=asked["state"],
        month=Month.parse(asked["month"]) if asked["month"] else None,
    )


@endpoints.post("", needs=Permission.PREPARE)
@endpoints.changes(RoundSchema, 201, body=NewRoundSchema)
def plan(session: Session, data: dict[str, Any]) -> RoundView:
    """Plan a round."""
    society_id = societies.find_society(session, data["society"]).id
    programme = programmes.find_programme(session, society_id, data["programme"])
    planned = planning.plan_round(session, round_of(session, programme.id, data, FormErrors()))
    return show_round(session, planned.id)


@endpoints.post("/<int:round_id>/plan", needs=Permission.PREPARE)
@endpoints.changes(RoundSchema, body=PlanSchema)
def change_plan(session: Session, data: dict[str, Any], round_id: int) -> RoundView:
    """Put another plan in place of a round's whose list is not submitted yet."""
    planned = planning.see_round(session, round_id, Permission.PREPARE)
    new = round_of(session, planned.programme_id, data, FormErrors(), instead_of=planned)
    list_workflow.change_plan(session, round_id, new)
    return show_round(session, round_id)


@endpoints.get("/<int:round_id>", needs=Permission.SEE_ROUNDS)
@endpoints.reads(RoundSchema)
def show(session: Session, round_id: int) -> RoundView:
    """Show a round, how far its list is, and what it comes to."""
    return show_round(session, round_id)


@endpoints.post("/<int:round_id>/list", needs=Permission.PREPARE)
@endpoints.changes(DraftedSchema, body=ListSourceSchema)
def draft(session: Session, data: dict[str, Any], round_id: int) -> dict[str, int]:
    """Make the list: of lists kept for the round, of registered people, of another round."""
    if data["source"] == "registered":
        people = drafts.draft_from_filter(session, round_id, Filter(**data.get("filter", {})))
    elif data["source"] == "round":
        people = drafts.draft_from_round(session, round_id, data.get("round", 0))
    else:
        people = list_from_sheets.draft_from_sheets(session, round_id)
    return {"people": people}


@endpoints.post("/<int:round_id>/list/submit", needs=Permission.PREPARE)
@endpoints.arguments(ListVersionSchema, required=False)
@endpoints.changes(RoundSchema)
def submit(session: Session, data: dict[str, Any], round_id: int) -> RoundView:
    """Submit the list to the budget holder."""
    list_workflow.submit_list(session, round_id, data["drafts"])
    return show_round(session, round_id)


@endpoints.post("/<int:round_id>/list/approve", needs=Permission.APPROVE_LISTS)
@endpoints.arguments(ListVersionSchema, required=False)
@endpoints.changes(RoundSchema)
def approve(session: Session, data: dict[str, Any], round_id: int) -> RoundView:
    """Approve the list as the budget holder."""
    list_from_sheets.approve_list(session, round_id, data["drafts"])
    return show_round(session, round_id)


@endpoints.post("/<int:round_id>/list/send-back", needs=Permission.SEE_ROUNDS)
@endpoints.changes(RoundSchema, body=RejectionSchema)
def send_back(session: Session, data: dict[str, Any], round_id: int) -> RoundView:
    """Give a submitted list back with a word, or take the own one back."""
    list_workflow.send_back(session, round_id, data["reason"])
    return show_round(session, round_id)


@endpoints.post("/<int:round_id>/list/changes", needs=Permission.PREPARE)
@endpoints.changes(RequestSchema, 201, body=ChangeSchema)
def change(session: Session, data: dict[str, Any], round_id: int) -> approvals.Shown:
    """Ask for a named change of an approved list; the budget holder confirms it."""
    planned = planning.see_round(session, round_id)
    texts = {
        "round": str(round_id),
        "name": data["name"],
        "changes": "\n".join(data["changes"]),
    }
    asked = approvals.ask(session, planned.society_id, "amend_list", texts, data["reason"])
    return approvals.show(session, asked.id)
