"""Books, numbers, vendors and the control sheet as JSON."""

from collections.abc import Iterator
from typing import Any

from marshmallow import fields

from cva.beneficiaries.proxies import collection_json
from cva.beneficiaries.schemas import CollectionSchema
from cva.core.money import money_of
from cva.core.schemas import MoneySchema, OpenMapping, OutputSchema, value_of
from cva.vouchers.control_sheet import ControlCount, ControlIdentity, ControlLine
from cva.vouchers.number_lookup import NumberView
from cva.vouchers.numbering import number_of
from cva.vouchers.voucher_history import HANDED_OUT


class BookSchema(OutputSchema):
    """A book of vouchers."""

    id = fields.Integer()
    code = fields.String()
    first = fields.String(attribute=value_of(lambda book: number_of(book, book.first)))
    last = fields.String(attribute=value_of(lambda book: number_of(book, book.last)))
    printed = fields.Integer()
    kind = fields.String(allow_none=True)
    goods = fields.String(allow_none=True)
    face = fields.Nested(
        MoneySchema,
        attribute=value_of(lambda book: money_of(book.currency, book.face_minor)),
        allow_none=True,
    )
    expires_on = fields.Date(allow_none=True)
    vendor = fields.Integer(attribute="vendor_id", allow_none=True)


class MovedSchema(OutputSchema):
    """A movement that was recorded."""

    book = fields.Integer(attribute="book_id")
    step = fields.Integer()
    vouchers = fields.Integer(attribute=value_of(lambda made: made.last - made.first + 1))


class VendorSchema(OutputSchema):
    """A vendor."""

    id = fields.Integer()
    code = fields.String()
    name = fields.String()
    contract = fields.String(allow_none=True)


class VoucherCountSchema(OutputSchema):
    """Vouchers, and their value; null where they have none."""

    vouchers = fields.Integer()
    value = fields.Nested(MoneySchema, allow_none=True)


class ControlIdentitySchema(OutputSchema):
    """A whole, the parts it must be the sum of, and what they lack."""

    whole = fields.Nested(VoucherCountSchema)
    parts = OpenMapping(
        fields.Nested(VoucherCountSchema), metadata={"description": "By where they are."}
    )
    difference = fields.Nested(VoucherCountSchema)


def _identity(line: ControlLine, identity: ControlIdentity | None) -> dict[str, Any] | None:
    if identity is None:
        return None

    def valued(count: ControlCount) -> dict[str, Any]:
        return {"vouchers": count.pieces, "value": line.money(count)}

    return {
        "whole": valued(identity.whole),
        "parts": {name: valued(part) for name, part in identity.parts.items()},
        "difference": valued(identity.difference),
    }


class ControlLineSchema(OutputSchema):
    """A book, or the vouchers of a programme that are in no book."""

    book = fields.String(attribute="book.code", allow_none=True)
    programme = fields.String()
    moved = OpenMapping(
        fields.Integer(), metadata={"description": "By kind of movement, how many so far."}
    )
    printed = fields.Nested(
        ControlIdentitySchema,
        attribute=value_of(lambda line: _identity(line, line.printed)),
        allow_none=True,
    )
    handed_out = fields.Nested(
        ControlIdentitySchema, attribute=value_of(lambda line: _identity(line, line.handed_out))
    )
    holds = fields.Boolean()


class ControlSchema(OutputSchema):
    """The control sheet: for each book both identities, part by part, and what they lack."""

    society = fields.String()
    on = fields.Date()
    holds = fields.Boolean()
    lines = fields.List(fields.Nested(ControlLineSchema))


class VoucherStepSchema(OutputSchema):
    """One thing that happened to a voucher."""

    kind = fields.String(attribute="step.kind")
    on = fields.Date(attribute="step.happened_on")
    value = fields.Nested(MoneySchema, attribute="step.money", allow_none=True)
    vendor = fields.String(allow_none=True, metadata={"description": "By code."})
    sheet = fields.Integer(attribute="step.sheet_id", allow_none=True)
    row = fields.Integer(attribute="step.row_number", allow_none=True)
    request = fields.Integer(attribute="step.request_id", allow_none=True)
    entry = fields.Integer()
    replaced_by = fields.String(allow_none=True)
    collection = fields.Nested(CollectionSchema, allow_none=True)


def _steps(view: NumberView) -> Iterator[dict[str, Any]]:
    for step in view.steps:
        collected = view.collected.get(step.voucher_id or 0, {}) if step.kind == HANDED_OUT else {}
        yield {
            "step": step,
            "vendor": view.vendors.get(step.vendor_id or 0),
            "entry": view.entries[step.entry_id].number,
            "replaced_by": view.numbers.get(step.replacement_id or 0),
            "collection": collection_json(collected),
        }


class NumberSchema(OutputSchema):
    """One voucher with its history."""

    number = fields.String()
    state = fields.String()
    book = fields.String(attribute="book.code", allow_none=True)
    expires_on = fields.Date(attribute="book.expires_on", allow_none=True)
    face = fields.Nested(MoneySchema, allow_none=True)
    rest = fields.Nested(MoneySchema, allow_none=True)
    registration_no = fields.String(allow_none=True)
    history = fields.List(fields.Nested(VoucherStepSchema), attribute=value_of(_steps))


class StopSchema(OutputSchema):
    """A number that no vendor may take."""

    number = fields.String()
    kind = fields.String()
    since = fields.Date()
