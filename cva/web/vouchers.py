"""Vouchers: the control sheet, a book, one number with its history."""

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from sqlmodel import Session
from werkzeug import Response

from cva.approvals import service as approvals
from cva.core import clock
from cva.core.db import reading, transaction
from cva.core.i18n import gettext as _
from cva.core.permissions import Permission
from cva.programmes import service as programmes
from cva.sheets.findings.voucher_steps import word
from cva.sheets.writing.table_workbook import write_workbook
from cva.societies import service as societies
from cva.staging.row_names import RowNames
from cva.vouchers import books, control_sheet, expiry, labels, number_lookup, stop_lists, vendors
from cva.vouchers.book_locations import runs_of
from cva.vouchers.control_workbook import control_pages
from cva.vouchers.input_schemas import MoveSchema, NewBookSchema, book_of, move_of
from cva.vouchers.numbering import number_of
from cva.vouchers.request_schemas import REQUEST_SCHEMAS
from cva.web.declaring import Pages, attachment, changes, on_page, reads
from cva.web.forms import CARRIED

pages = Pages("vouchers", __name__, url_prefix="/vouchers")


@pages.get("", needs=Permission.SEE_ROUNDS)
@reads
def first(session: Session) -> Response:
    """The first society whose vouchers are open to this person."""
    society = societies.societies_with(session, Permission.SEE_ROUNDS)[0]
    return redirect(url_for("vouchers.show", society_id=society.id))


@pages.get("/<int:society_id>", needs=Permission.SEE_ROUNDS)
@reads
def show(session: Session, society_id: int) -> str:
    """The control sheet."""
    return render_template(
        "vouchers.html",
        control_sheet=control_sheet.control(session, society_id),
        parts=(control_sheet.PRINTED, control_sheet.HANDED_OUT),
        society=societies.get_society(session, society_id),
        societies=societies.societies_with(session, Permission.SEE_ROUNDS),
        programmes=programmes.list_programmes(session, society_id),
        vendors=vendors.list_vendors(session, society_id),
        **_shared(society_id),
    )


def _shared(society_id: int) -> dict[str, Any]:
    return {
        "may_prepare": g.actor.may(Permission.PREPARE, society_id),
        "number_of": number_of,
        "words": labels,
        "happened": word,
        "request_schemas": REQUEST_SCHEMAS,
    }


@pages.get("/<int:society_id>/workbook", needs=Permission.SEE_ROUNDS)
def workbook(society_id: int) -> Response:
    """The control sheet and the stop list as a workbook."""
    with reading(g.ledger.engine, g.actor) as session:
        found = control_sheet.control(session, society_id)
        stopped = stop_lists.stop_list(session, society_id)
        society = societies.get_society(session, society_id)
    title = _("Voucher control sheet") + _(", ") + society.name
    made = write_workbook(control_pages(found, stopped, title))
    name = f"vouchers-{society.code}-{found.on}.xlsx"
    return attachment(made, name)


@pages.get("/books/<int:book_id>", needs=Permission.SEE_ROUNDS)
@reads
def book(session: Session, book_id: int) -> str:
    """One book: where its numbers are and how they moved."""
    found = books.get_book(session, book_id)
    moves = books.movements_of(session, found)
    society = societies.get_society(session, found.society_id)
    return render_template(
        "voucher_book.html",
        book=found,
        line=control_sheet.book_line(session, found),
        parts=(control_sheet.PRINTED, control_sheet.HANDED_OUT),
        moves=moves,
        runs=runs_of(found, moves),
        vendor=vendors.get_vendor(session, found.vendor_id) if found.vendor_id else None,
        is_expiry_due=expiry.is_due(session, found, clock.today(society.time_zone)),
        society=society,
        **_shared(found.society_id),
    )


@pages.get("/<int:society_id>/numbers", needs=Permission.SEE_ROUNDS)
def number(society_id: int) -> str:
    """One number: what it is, and what happened to it from the oldest step on."""
    asked = request.args.get("number", "").strip()
    with reading(g.ledger.engine, g.actor) as session:
        society = societies.get_society(session, society_id)
        g.actor.require(Permission.SEE_ROUNDS, society_id)
        view = number_lookup.look_up(session, society_id, asked) if asked else None
        steps = view.steps if view else ()
        return render_template(
            "voucher.html",
            view=view,
            row_name=RowNames(session, [step.sheet_id for step in steps]).of,
            agreements=approvals.agreements(session, [step.request_id for step in steps]),
            society=society,
            may_see_sheets=g.actor.may(Permission.SEE_SHEETS, society_id),
            **_shared(society_id),
        )


@pages.post("/<int:society_id>/books", needs=Permission.PREPARE)
@changes("vouchers.show", drawn_by=NewBookSchema)
def add_book(session: Session, society_id: int) -> Response:
    """Register a book."""
    values, faults = NewBookSchema().read(request.form)
    societies.get_society(session, society_id)
    made = books.add_book(session, book_of(session, society_id, values, faults))
    return redirect(url_for("vouchers.book", book_id=made.id))


@pages.post("/books/<int:book_id>/moves", needs=Permission.PREPARE)
@changes("vouchers.book", takes=MoveSchema)
def move(session: Session, values: dict[str, Any], book_id: int) -> None:
    """Record that numbers of a book moved."""
    books.move(session, move_of(session, book_id, values))


@pages.post("/<int:society_id>/requests", needs=Permission.PREPARE)
@on_page("vouchers.show", "vouchers.number", "vouchers.book", "vendors.show")
def ask(society_id: int) -> Response:
    """Ask for an act over vouchers, which a second person confirms."""
    with transaction(g.ledger.engine, g.actor) as session:
        societies.get_society(session, society_id)
        texts = {name: text for name, text in request.form.items() if name not in CARRIED}
        made = approvals.ask(
            session, society_id, texts.pop("kind", ""), texts, texts.pop("reason", "")
        )
        what = approvals.show(session, made.id).summary
        vendor = vendors.find_vendor_by(session, society_id, texts.get("vendor", ""))
        vendor_id = vendor.id if vendor else None
    flash(_("Asked for; a second person confirms it: {what}").format(what=what), "done")
    asked_number = texts.get("first") or texts.get("number")
    if asked_number:
        return redirect(url_for("vouchers.number", society_id=society_id, number=asked_number))
    if vendor_id is not None:
        return redirect(url_for("vendors.show", vendor_id=vendor_id))
    return redirect(url_for("vouchers.show", society_id=society_id))
