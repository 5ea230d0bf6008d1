"""Vouchers: books of numbers, the control sheet, one number, vendors and their statements."""

from typing import Any

from flask import Response, g
from flask_smorest import Blueprint
from sqlmodel import Session

from cva.api.idempotent_calls import REPEATABLE, once
from cva.api.voucher_schemas import (
    BookSchema,
    ControlSchema,
    MovedSchema,
    MoveSchema,
    NewBookSchema,
    NewVendorSchema,
    NumberQuerySchema,
    NumberSchema,
    SocietyQuerySchema,
    StatementSchema,
    StopSchema,
    VendorSchema,
)
from cva.core.db import reading
from cva.core.permissions import Permission, needs
from cva.reports.vendor_statement import statement
from cva.reports.vendor_statement_workbook import statement_json
from cva.societies import service as societies
from cva.vouchers import books, control_sheet, number_lookup, stop_lists, vendors
from cva.vouchers import input_schemas as voucher_texts
from cva.vouchers.schemas import book_json, control_json, number_json, stops_json, vendor_json
from cva.vouchers.vendors import NewVendor

endpoints = Blueprint("Vouchers", __name__, url_prefix="/api/v1", description=__doc__)


def _society_id(session: Session, code: str) -> int:
    society_id = societies.find_society(session, code).id
    g.actor.require(Permission.SEE_ROUNDS, society_id)
    return society_id


@endpoints.get("/vouchers/control")
@needs(Permission.SEE_ROUNDS)
@endpoints.arguments(SocietyQuerySchema, location="query")
@endpoints.response(200, ControlSchema)
def show_control(asked: dict[str, Any]) -> dict[str, Any]:
    """The control sheet as of today: where every voucher is, in pieces and in value."""
    with reading(g.ledger.engine, g.actor) as session:
        return control_json(control_sheet.control(session, _society_id(session, asked["society"])))


@endpoints.get("/vouchers/books")
@needs(Permission.SEE_ROUNDS)
@endpoints.arguments(SocietyQuerySchema, location="query")
@endpoints.response(200, BookSchema(many=True))
def list_books(asked: dict[str, Any]) -> list[dict[str, Any]]:
    """List the books of a society, by code."""
    with reading(g.ledger.engine, g.actor) as session:
        found = books.list_books(session, _society_id(session, asked["society"]))
        return [book_json(book) for book in found]


@endpoints.post("/vouchers/books")
@endpoints.doc(**REPEATABLE)
@needs(Permission.PREPARE)
@endpoints.arguments(NewBookSchema)
@endpoints.alt_response(201, schema=BookSchema)
def add_book(said: dict[str, Any]) -> Response:
    """Register a book of vouchers."""

    def act(session: Session) -> dict[str, Any]:
        society_id = _society_id(session, said["society"])
        new = voucher_texts.book_said(session, society_id, said)
        return book_json(books.add_book(session, new))

    return once(act, 201)


@endpoints.post("/vouchers/books/<int:book_id>/moves")
@endpoints.doc(**REPEATABLE)
@needs(Permission.PREPARE)
@endpoints.arguments(MoveSchema)
@endpoints.alt_response(201, schema=MovedSchema)
def move(said: dict[str, Any], book_id: int) -> Response:
    """Record numbers received in store, given to a team or brought back."""

    def act(session: Session) -> dict[str, Any]:
        made = books.move(session, voucher_texts.move_said(session, book_id, said))
        return {"book": book_id, "step": made.step, "vouchers": made.last - made.first + 1}

    return once(act, 201)


@endpoints.get("/vouchers/numbers")
@needs(Permission.SEE_ROUNDS)
@endpoints.arguments(NumberQuerySchema, location="query")
@endpoints.response(200, NumberSchema)
def show_number(asked: dict[str, Any]) -> dict[str, Any]:
    """One voucher: what it is, and what happened to it from the oldest step on."""
    with reading(g.ledger.engine, g.actor) as session:
        society_id = _society_id(session, asked["society"])
        return number_json(number_lookup.look_up(session, society_id, asked["number"]))


@endpoints.get("/vouchers/stops")
@needs(Permission.SEE_ROUNDS)
@endpoints.arguments(SocietyQuerySchema, location="query")
@endpoints.response(200, StopSchema(many=True))
def list_stops(asked: dict[str, Any]) -> Any:  # noqa: ANN401
    """The numbers that no vendor may take: void, replaced, lost or destroyed."""
    with reading(g.ledger.engine, g.actor) as session:
        found = stop_lists.stop_list(session, _society_id(session, asked["society"]))
        return stops_json(found)


@endpoints.get("/vendors")
@needs(Permission.SEE_ROUNDS)
@endpoints.arguments(SocietyQuerySchema, location="query")
@endpoints.response(200, VendorSchema(many=True))
def list_vendors(asked: dict[str, Any]) -> list[dict[str, Any]]:
    """List the vendors of a society, by code."""
    with reading(g.ledger.engine, g.actor) as session:
        found = vendors.list_vendors(session, _society_id(session, asked["society"]))
        return [vendor_json(vendor) for vendor in found]


@endpoints.post("/vendors")
@endpoints.doc(**REPEATABLE)
@needs(Permission.PREPARE)
@endpoints.arguments(NewVendorSchema)
@endpoints.alt_response(201, schema=VendorSchema)
def add_vendor(said: dict[str, Any]) -> Response:
    """Register a vendor."""

    def act(session: Session) -> dict[str, Any]:
        society_id = _society_id(session, said["society"])
        new = NewVendor(said["code"], said["name"], said["contract"])
        return vendor_json(vendors.add_vendor(session, society_id, new))

    return once(act, 201)


@endpoints.get("/vendors/<int:vendor_id>/statement")
@needs(Permission.SEE_ROUNDS)
@endpoints.response(200, StatementSchema)
def show_statement(vendor_id: int) -> dict[str, Any]:
    """A vendor's statement: accepted, rejected with the reason, due and paid."""
    with reading(g.ledger.engine, g.actor) as session:
        return statement_json(statement(session, vendor_id))
