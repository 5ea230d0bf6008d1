"""People: found in the register, their history, what became of them, two records made one."""

from typing import Any

from flask import g, redirect, render_template, url_for
from sqlmodel import Session
from werkzeug import Response

from cva.approvals import service as approvals
from cva.approvals.input_schemas import MergeSchema
from cva.beneficiaries import status
from cva.beneficiaries.input_schemas import FindPeopleSchema, StatusSchema
from cva.beneficiaries.possible_duplicates import find_duplicates
from cva.beneficiaries.register import FoundBy, search_register
from cva.core import clock
from cva.core.db import transaction
from cva.core.i18n import gettext as _
from cva.core.permissions import Permission
from cva.entitlements.service import requests_of
from cva.reports.person_history import look_up
from cva.societies import service as societies
from cva.web.declaring import Pages, changes, reads, takes

pages = Pages("people", __name__, url_prefix="/people")


@pages.get("", needs=Permission.SEE_SHEETS)
@reads
def form(session: Session) -> str:
    """Where a person is looked for."""
    return render_template(
        "people.html", societies=societies.societies_with(session, Permission.SEE_SHEETS)
    )


@pages.post("", needs=Permission.SEE_SHEETS)
@takes(FindPeopleSchema, "people.form")
def find(values: dict[str, Any]) -> Response | str:
    """People who are found; whoever is named by a number is gone to. No address says for whom."""
    page = values.pop("from_page")
    with transaction(g.ledger.engine, g.actor) as session:
        offered = societies.societies_with(session, Permission.SEE_SHEETS)
        society_id = values.pop("society") or offered[0].id
        found = search_register(session, society_id, **values, page=page)
        if [one.found_by for one in found.items] == [FoundBy.NUMBER]:
            return redirect(url_for("people.show", person_id=found.items[0].person_id))
        asked = values | {"society": society_id}
        return render_template("people.html", societies=offered, found=found, asked=asked)


@pages.get("/duplicates", needs=Permission.SEE_SHEETS)
@reads
def duplicates_of_first(session: Session) -> Response:
    """The first society whose people are open to this person."""
    society = societies.societies_with(session, Permission.SEE_SHEETS)[0]
    return redirect(url_for("people.duplicates", society_id=society.id))


@pages.get("/duplicates/<int:society_id>", needs=Permission.SEE_SHEETS)
@reads
def duplicates(session: Session, society_id: int) -> str:
    """People who may be registered twice."""
    groups = find_duplicates(session, society_id)
    return render_template(
        "duplicates.html",
        groups=groups,
        society=societies.get_society(session, society_id),
        societies=societies.societies_with(session, Permission.SEE_SHEETS),
    )


@pages.get("/<person:person_id>", needs=Permission.SEE_SHEETS)
def show(person_id: int) -> str:
    """The person's history, oldest to newest."""
    with transaction(g.ledger.engine, g.actor) as session:
        found = look_up(session, person_id)
        rounds = {line.round_id for line in found.lines if line.round_id and line.change}
        requests = requests_of(session, rounds)
        asked = [*(line.request_id for line in found.lines), *requests.values()]
        return render_template(
            "person.html",
            found=found,
            agreements=approvals.agreements(session, asked),
            requests=requests,
            day_of=clock.day_of,
            may_prepare=g.actor.may(Permission.PREPARE, found.person.society_id),
        )


@pages.post("/<person:person_id>/status", needs=Permission.PREPARE)
@changes("people.show", takes=StatusSchema)
def say(session: Session, values: dict[str, Any], person_id: int) -> None:
    """Record what became of the person."""
    status.say(session, person_id, **values)


@pages.post("/<person:person_id>/merge", needs=Permission.PREPARE)
@changes("people.show", takes=MergeSchema)
def merge(session: Session, values: dict[str, Any], person_id: int) -> str:
    """Ask for another record to be made one with this."""
    person = status.get_person(session, person_id)
    reason, keep = values.pop("reason"), status.numbers_of(session, person.id)[0]
    approvals.ask(session, person.society_id, "merge_people", values | {"keep": keep}, reason)
    return _("Asked for. It is done once somebody of finance confirms it.")
