"""What the JSON interface takes and gives about vouchers and vendors."""

from marshmallow import Schema, fields


class SocietyQuerySchema(Schema):
    """Which society is asked about."""

    society = fields.String(required=True, metadata={"description": "Code of the society."})


class NumberQuerySchema(SocietyQuerySchema):
    """Which voucher is asked about."""

    number = fields.String(required=True, metadata={"example": "A-0001"})


class ValueSchema(Schema):
    """An amount in one currency."""

    currency = fields.String(required=True)
    amount = fields.String(required=True, metadata={"example": "500.00"})


class NewBookSchema(SocietyQuerySchema):
    """A book of vouchers to register."""

    programme = fields.String(required=True)
    code = fields.String(required=True, metadata={"example": "A-2026"})
    first = fields.String(required=True, metadata={"example": "A-0001"})
    last = fields.String(required=True, metadata={"example": "A-0500"})
    kind = fields.String()
    goods = fields.String()
    currency = fields.String()
    face = fields.String(metadata={"example": "500.00", "description": "Or goods instead."})
    expires_on = fields.String(metadata={"example": "2026-12-31"})
    vendor = fields.String(metadata={"description": "Code of the only vendor for them."})


class BookSchema(Schema):
    """A book of vouchers."""

    id = fields.Integer(required=True)
    code = fields.String(required=True)
    first = fields.String(required=True)
    last = fields.String(required=True)
    printed = fields.Integer(required=True)
    kind = fields.String(allow_none=True)
    goods = fields.String(allow_none=True)
    face = fields.Nested(ValueSchema, allow_none=True)
    expires_on = fields.String(allow_none=True)
    vendor = fields.Integer(allow_none=True)


class MoveSchema(Schema):
    """Numbers of a book that moved; blank numbers are the first and the last of the book."""

    kind = fields.String(required=True, metadata={"example": "to_team"})
    first = fields.String(load_default="")
    last = fields.String(load_default="")
    on = fields.String(load_default="")
    team = fields.String(load_default="")


class MovedSchema(Schema):
    """A movement that was recorded."""

    book = fields.Integer(required=True)
    step = fields.Integer(required=True)
    vouchers = fields.Integer(required=True)


class NewVendorSchema(SocietyQuerySchema):
    """A vendor to register."""

    code = fields.String(required=True)
    name = fields.String(required=True)
    contract = fields.String(load_default="")


class VendorSchema(Schema):
    """A vendor."""

    id = fields.Integer(required=True)
    code = fields.String(required=True)
    name = fields.String(required=True)
    contract = fields.String(allow_none=True)


class ControlSchema(Schema):
    """The control sheet: for each book both identities, part by part, and what they lack."""

    society = fields.String(required=True)
    on = fields.String(required=True)
    holds = fields.Boolean(required=True)
    lines = fields.List(fields.Dict(), required=True)


class NumberSchema(Schema):
    """One voucher with its history."""

    number = fields.String(required=True)
    state = fields.String(required=True)
    book = fields.String(allow_none=True)
    expires_on = fields.String(allow_none=True)
    face = fields.Nested(ValueSchema, allow_none=True)
    rest = fields.Nested(ValueSchema, allow_none=True)
    registration_no = fields.String(allow_none=True)
    history = fields.List(fields.Dict(), required=True)


class StopSchema(Schema):
    """A number that no vendor may take."""

    number = fields.String(required=True)
    kind = fields.String(required=True)
    since = fields.String(required=True)


class StatementSchema(Schema):
    """What a vendor claimed, what was accepted and rejected and why, what is due and paid."""

    vendor = fields.Nested(VendorSchema, required=True)
    claims = fields.List(fields.Dict(), required=True)
    rejected = fields.List(fields.Dict(), required=True)
    payments = fields.List(fields.Dict(), required=True)
    due = fields.List(fields.Dict(), required=True)
