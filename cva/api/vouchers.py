"""Vouchers: books of numbers, the control sheet, one number, vendors and their statements."""

from collections.abc import Sequence
from typing import Any

from flask import g
from sqlmodel import Session

from cva.api.endpoints import Endpoints
from cva.api.input_schemas import (
    BookFormSchema,
    NumberQuerySchema,
    SocietyListQuerySchema,
    SocietyQuerySchema,
    VendorFormSchema,
)
from cva.core.form_errors import FormErrors
from cva.core.permissions import Permission
from cva.reports.schemas import StatementSchema
from cva.reports.vendor_statement import Statement, statement
from cva.societies import service as societies
from cva.vouchers import books, control_sheet, number_lookup, stop_lists, vendors
from cva.vouchers.input_schemas import MoveSchema, NewVendorSchema, book_of, move_of
from cva.vouchers.models import BookMovement, Vendor, VoucherBook
from cva.vouchers.schemas import (
    BookSchema,
    ControlSchema,
    MovedSchema,
    NumberSchema,
    StopSchema,
    VendorSchema,
)

endpoints = Endpoints("Vouchers", __name__, __doc__, "")


def _society_id(session: Session, data: dict[str, Any]) -> int:
    society_id = societies.find_society(session, data["society"]).id
    g.actor.require(Permission.SEE_ROUNDS, society_id)
    return society_id


@endpoints.get("/vouchers/control", needs=Permission.SEE_ROUNDS)
@endpoints.reads(ControlSchema, query=SocietyQuerySchema)
def show_control(session: Session, asked: dict[str, Any]) -> control_sheet.ControlSheet:
    """The control sheet as of today: where every voucher is, in pieces and in value."""
    return control_sheet.control(session, _society_id(session, asked))


@endpoints.get("/vouchers/books", needs=Permission.SEE_ROUNDS)
@endpoints.lists(BookSchema, SocietyListQuerySchema)
def list_books(session: Session, asked: dict[str, Any]) -> Sequence[VoucherBook]:
    """List the books of a society, by code."""
    return books.list_books(session, _society_id(session, asked))


@endpoints.post("/vouchers/books", needs=Permission.PREPARE)
@endpoints.changes(BookSchema, 201, body=BookFormSchema)
def add_book(session: Session, data: dict[str, Any]) -> VoucherBook:
    """Register a book of vouchers."""
    new = book_of(session, _society_id(session, data), data, FormErrors())
    return books.add_book(session, new)


@endpoints.post("/vouchers/books/<int:book_id>/moves", needs=Permission.PREPARE)
@endpoints.changes(MovedSchema, 201, body=MoveSchema)
def move(session: Session, data: dict[str, Any], book_id: int) -> BookMovement:
    """Record numbers received in store, given to a team or brought back."""
    return books.move(session, move_of(session, book_id, data))


@endpoints.get("/vouchers/numbers", needs=Permission.SEE_ROUNDS)
@endpoints.reads(NumberSchema, query=NumberQuerySchema)
def show_number(session: Session, asked: dict[str, Any]) -> number_lookup.NumberView:
    """One voucher: what it is, and what happened to it from the oldest step on."""
    return number_lookup.look_up(session, _society_id(session, asked), asked["number"])


@endpoints.get("/vouchers/stops", needs=Permission.SEE_ROUNDS)
@endpoints.lists(StopSchema, SocietyListQuerySchema)
def list_stops(session: Session, asked: dict[str, Any]) -> Sequence[stop_lists.Stop]:
    """The numbers that no vendor may take: void, replaced, lost or destroyed."""
    return stop_lists.stop_list(session, _society_id(session, asked))


@endpoints.get("/vendors", needs=Permission.SEE_ROUNDS)
@endpoints.lists(VendorSchema, SocietyListQuerySchema)
def list_vendors(session: Session, asked: dict[str, Any]) -> Sequence[Vendor]:
    """List the vendors of a society, by code."""
    return vendors.list_vendors(session, _society_id(session, asked))


@endpoints.post("/vendors", needs=Permission.PREPARE)
@endpoints.changes(VendorSchema, 201, body=VendorFormSchema)
def add_vendor(session: Session, data: dict[str, Any]) -> Vendor:
    """Register a vendor."""
    new = vendors.NewVendor(**{name: data[name] for name in NewVendorSchema().fields})
    return vendors.add_vendor(session, _society_id(session, data), new)


@endpoints.get("/vendors/<int:vendor_id>/statement", needs=Permission.SEE_ROUNDS)
@endpoints.reads(StatementSchema)
def show_statement(session: Session, vendor_id: int) -> Statement:
    """A vendor's statement: accepted, rejected with the reason, due and paid."""
    return statement(session, vendor_id)
