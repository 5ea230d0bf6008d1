"""Vouchers: the control sheet, a book, one number with its history."""

from io import BytesIO
from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, send_file, url_for
from werkzeug import Response

from cva.core import clock
from cva.core.db import reading, transaction
from cva.core.rights import Right, needs
from cva.core.words import gettext as _
from cva.programmes import service as programmes
from cva.proposals import service as proposals
from cva.sheets.files.kinds_of_file import WORKBOOK
from cva.sheets.findings.histories import word
from cva.sheets.writing.workbook import write_workbook
from cva.societies import service as societies
from cva.vouchers import books, control, expiring, numbers, said, stops, vendors, words
from cva.vouchers.models import MoveKind
from cva.vouchers.numbering import number_of
from cva.vouchers.papers import control_pages
from cva.vouchers.places import runs_of
from cva.web.forms import text_field
from cva.web.refilling import CARRIED

pages = Blueprint("vouchers", __name__, url_prefix="/vouchers")


@pages.get("")
@needs(Right.SEE_ROUNDS)
def first() -> Response:
    """The first society whose vouchers are open to this person."""
    with reading(g.ledger.engine, g.actor) as session:
        society = societies.societies_with(session, Right.SEE_ROUNDS)[0]
        return redirect(url_for("vouchers.show", society_id=society.id))


@pages.get("/<int:society_id>")
@needs(Right.SEE_ROUNDS)
def show(society_id: int) -> str:
    """The control sheet."""
    with reading(g.ledger.engine, g.actor) as session:
        return render_template(
            "vouchers.html",
            control=control.control(session, society_id),
            parts=(control.PRINTED, control.HANDED_OUT),
            society=societies.get_society(session, society_id),
            societies=societies.societies_with(session, Right.SEE_ROUNDS),
            programmes=programmes.list_programmes(session, society_id),
            vendors=vendors.list_vendors(session, society_id),
            **_shared(society_id),
        )


def _shared(society_id: int) -> dict[str, Any]:
    return {
        "may_prepare": g.actor.may(Right.PREPARE, society_id),
        "number_of": number_of,
        "words": words,
        "happened": word,
    }


@pages.get("/<int:society_id>/workbook")
@needs(Right.SEE_ROUNDS)
def workbook(society_id: int) -> Response:
    """The control sheet and the stop list as a workbook."""
    with reading(g.ledger.engine, g.actor) as session:
        found = control.control(session, society_id)
        stopped = stops.stop_list(session, society_id)
        society = societies.get_society(session, society_id)
    title = _("Voucher control sheet") + _(", ") + society.name
    made = write_workbook(control_pages(found, stopped, title))
    name = f"vouchers-{society.code}-{found.on}.xlsx"
    return send_file(BytesIO(made), WORKBOOK, as_attachment=True, download_name=name)


@pages.get("/books/<int:book_id>")
@needs(Right.SEE_ROUNDS)
def book(book_id: int) -> str:
    """One book: where its numbers are and how they moved."""
    with reading(g.ledger.engine, g.actor) as session:
        found = books.get_book(session, book_id)
        moves = books.movements_of(session, found)
        society = societies.get_society(session, found.society_id)
        return render_template(
            "voucher_book.html",
            book=found,
            line=control.book_line(session, found),
            parts=(control.PRINTED, control.HANDED_OUT),
            moves=moves,
            runs=runs_of(found, moves),
            kinds=MoveKind,
            vendor=vendors.get_vendor(session, found.vendor_id) if found.vendor_id else None,
            is_expiry_due=expiring.is_due(session, found, clock.today(society.time_zone)),
            society=society,
            **_shared(found.society_id),
        )


@pages.get("/<int:society_id>/numbers")
@needs(Right.SEE_ROUNDS)
def number(society_id: int) -> str:
    """One number: what it is, and what happened to it from the oldest step on."""
    asked = request.args.get("number", "").strip()
    with reading(g.ledger.engine, g.actor) as session:
        society = societies.get_society(session, society_id)
        g.actor.require(Right.SEE_ROUNDS, society_id)
        view = numbers.look_up(session, society_id, asked) if asked else None
        steps = view.steps if view else ()
        return render_template(
            "voucher.html",
            view=view,
            agreements=proposals.agreements(session, [step.proposal_id for step in steps]),
            society=society,
            may_see_sheets=g.actor.may(Right.SEE_SHEETS, society_id),
            **_shared(society_id),
        )


@pages.post("/<int:society_id>/books")
@needs(Right.PREPARE)
def add_book(society_id: int) -> Response:
    """Register a book."""
    with transaction(g.ledger.engine, g.actor) as session:
        societies.get_society(session, society_id)
        made = books.add_book(session, said.book_said(session, society_id, request.form))
        book_id = made.id
    return redirect(url_for("vouchers.book", book_id=book_id))


@pages.post("/books/<int:book_id>/moves")
@needs(Right.PREPARE)
def move(book_id: int) -> Response:
    """Record that numbers of a book moved."""
    with transaction(g.ledger.engine, g.actor) as session:
        books.move(session, said.move_said(session, book_id, request.form))
    return redirect(url_for("vouchers.book", book_id=book_id))


@pages.post("/<int:society_id>/requests")
@needs(Right.PREPARE)
def ask(society_id: int) -> Response:
    """Ask for an act over vouchers, which a second person confirms."""
    with transaction(g.ledger.engine, g.actor) as session:
        societies.get_society(session, society_id)
        texts = {name: text for name, text in request.form.items() if name not in CARRIED}
        made = proposals.ask(
            session, society_id, texts.pop("kind", ""), texts, texts.pop("reason", "")
        )
        told = proposals.show(session, made.id or 0).tells
        vendor = vendors.find_vendor_by(session, society_id, text_field("vendor"))
        vendor_id = vendor.id if vendor else None
    flash(_("Asked for; a second person confirms it: {what}").format(what=told), "done")
    asked_number = text_field("first") or text_field("number")
    if asked_number:
        return redirect(url_for("vouchers.number", society_id=society_id, number=asked_number))
    if vendor_id is not None:
        return redirect(url_for("vendors.show", vendor_id=vendor_id))
    return redirect(url_for("vouchers.show", society_id=society_id))
