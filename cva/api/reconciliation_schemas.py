"""What the interface takes and gives of field lists and reconciliations."""

from marshmallow import Schema, fields


class FieldListQuerySchema(Schema):
    """Which people, and the language of the workbook."""

    site = fields.String(load_default="", metadata={"description": "Of one site only."})
    language = fields.String(load_default="", metadata={"example": "ru"})


class ReconciledSumsSchema(Schema):
    """One currency; where it is null, pieces of commodity vouchers."""

    currency = fields.String(allow_none=True)
    planned = fields.String()
    told = fields.String()
    confirmed = fields.String()
    open = fields.String()
    open_failed = fields.String()
    open_returned = fields.String()
    not_received = fields.String()
    not_received_failed = fields.String()
    not_received_returned = fields.String()
    shortfall = fields.String()
    surplus = fields.String()
    doubled = fields.String()
    not_on_list = fields.String()
    returned = fields.String()
    explained = fields.String()
    people = fields.Dict(
        keys=fields.String(),
        values=fields.Integer(),
        metadata={"description": "How many people each sum is about, each once."},
    )
    instalments = fields.Dict(
        keys=fields.String(),
        values=fields.Integer(),
        metadata={"description": "How many instalments, and receipts beyond them."},
    )
    ties = fields.Boolean()


class DifferenceSchema(Schema):
    """Something that is not as planned."""

    registration_no = fields.String()
    instalment = fields.Integer(allow_none=True)
    site = fields.String(allow_none=True)
    answer = fields.String()
    planned = fields.String(allow_none=True)
    planned_currency = fields.String(allow_none=True)
    told = fields.String(allow_none=True)
    told_currency = fields.String(allow_none=True)
    confirmed = fields.Boolean()
    returned = fields.String(allow_none=True)
    available = fields.String(
        allow_none=True,
        metadata={"description": "Of an open one: what a provider holds for them, uncollected."},
    )
    available_since = fields.String(allow_none=True, metadata={"example": "2022-11-05"})
    sheet = fields.Integer(allow_none=True)
    row = fields.Integer(allow_none=True)
    gone = fields.String(
        allow_none=True, metadata={"description": "Still due, and the person is deceased or moved."}
    )
    gone_on = fields.String(allow_none=True)


class LeftOutSchema(Schema):
    """Rows with an error, which count nowhere."""

    sheet = fields.Integer()
    rows = fields.Integer()
    not_on_list = fields.Integer(metadata={"description": "Of these, people not on the list."})


class CarriedSchema(Schema):
    """What a grant carries in a currency; where the grant is null, what no grant carries."""

    grant = fields.String(allow_none=True)
    share_bp = fields.Integer(
        metadata={"description": "Hundredths of a per cent of what no grant carries alone."}
    )
    currency = fields.String()
    planned = fields.String()
    told = fields.String()
    confirmed = fields.String()


class ReconciliationSchema(Schema):
    """What became of a round's list."""

    round = fields.String()
    programme = fields.String()
    society = fields.String()
    list_version = fields.Integer()
    open_days = fields.Integer(metadata={"description": "Days since the last of the round."})
    owner = fields.String(allow_none=True)
    people = fields.Dict(keys=fields.String(), values=fields.Integer())
    instalments = fields.Dict(keys=fields.String(), values=fields.Integer())
    sums = fields.List(fields.Nested(ReconciledSumsSchema))
    ties = fields.Boolean()
    left_out = fields.List(fields.Nested(LeftOutSchema))
    grants = fields.List(
        fields.Nested(CarriedSchema),
        metadata={"description": "By grant, where there are several."},
    )
    differences = fields.List(fields.Nested(DifferenceSchema))
