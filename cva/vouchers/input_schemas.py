"""Books, movements, vendors and requests about vouchers: what every door reads alike."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import Session

from cva.core.form_errors import FormErrors
from cva.core.i18n import N_
from cva.core.input_schema import Choice, DayText, InputSchema, Text
from cva.core.money import parse
from cva.programmes import service as programmes
from cva.vouchers import vendors
from cva.vouchers.books import Move, NewBook, get_book
from cva.vouchers.models import MoveKind
from cva.vouchers.request_schemas import day_of_request

_NUMBER = {"maxlength": 40}


class NewBookSchema(InputSchema):
    """A book of vouchers to register."""

    programme = Text(N_("Programme"), control="select", required=True)
    code = Text(
        N_("Code of the book"),
        required=True,
        attributes={"maxlength": 40, "placeholder": "A-2026"},
        metadata={"example": "A-2026"},
    )
    first = Text(
        N_("First number, as printed"),
        required=True,
        attributes=_NUMBER | {"placeholder": "A-0001"},
        metadata={"example": "A-0001"},
    )
    last = Text(
        N_("Last number"),
        required=True,
        attributes=_NUMBER | {"placeholder": "A-0500"},
        metadata={"example": "A-0500"},
    )
    face = Text(
        N_("Face value"),
        hint=N_("blank for vouchers for goods"),
        attributes={"inputmode": "decimal", "maxlength": 20},
        metadata={"example": "500.00", "description": "Or goods instead."},
    )
    goods = Text(
        N_("Goods"),
        hint=N_("what a voucher without a face value is for"),
        attributes={"maxlength": 100},
    )
    kind = Text(N_("What the voucher is for"), attributes={"maxlength": 60})
    expires_on = DayText(
        N_("Last day on which vendors may take them"), metadata={"example": "2026-12-31"}
    )
    vendor = Text(
        N_("Only this vendor may take them"),
        control="select",
        metadata={"description": "Code of the only vendor for them."},
    )
    currency = Text(control="hidden")


def book_of(
    session: Session, society_id: int, texts: Mapping[str, Any], faults: FormErrors
) -> NewBook:
    """A book to register, of what a ``NewBookSchema`` read and found wrong.

    Raises:
        InputError: Something is missing or cannot be read.
        NotFoundError: The society has no such programme.
    """
    programme = programmes.find_programme(session, society_id, texts.get("programme", ""))
    currency = texts["currency"].upper() or programme.currency
    face, vendor = texts["face"], texts["vendor"]
    face_minor = faults.read("face", lambda: parse(face, currency).minor, 0) if face else None
    faults.refuse()
    return NewBook(
        programme_id=programme.id,
        code=texts["code"],
        first=texts["first"],
        last=texts["last"],
        kind=texts["kind"],
        goods=texts["goods"],
        currency=currency if face else None,
        face_minor=face_minor,
        expires_on=texts["expires_on"],
        vendor=vendors.find_vendor(session, society_id, vendor) if vendor else None,
    )


class MoveSchema(InputSchema):
    """Numbers of a book that moved; blank numbers are the first and the last of the book."""

    kind = Choice(N_("What"), MoveKind, required=True, metadata={"example": "to_team"})
    first = Text(N_("First number"), hint=N_("blank for the first of the book"), attributes=_NUMBER)
    last = Text(N_("Last number"), hint=N_("blank for the last of the book"), attributes=_NUMBER)
    on = DayText(N_("Day"))
    team = Text(
        N_("Team"), hint=N_("the name of the team, not of a person"), attributes={"maxlength": 60}
    )


def move_of(session: Session, book_id: int, texts: Mapping[str, Any]) -> Move:
    """Numbers that moved, of what a ``MoveSchema`` read.

    Raises:
        InputError: The day lies in the future.
    """
    book = get_book(session, book_id)
    return Move(
        book_id=book_id,
        kind=texts["kind"],
        moved_on=day_of_request(session, book.society_id, texts["on"]),
        first=texts["first"],
        last=texts["last"],
        team=texts["team"],
    )


class NewVendorSchema(InputSchema):
    """A vendor to register."""

    code = Text(N_("Code"), required=True, attributes={"maxlength": 40})
    name = Text(N_("Name"), required=True, attributes={"maxlength": 100})
    contract = Text(N_("Contract"), attributes={"maxlength": 60})
