"""What the interface takes and gives about rounds and requests."""

from marshmallow import Schema, fields, validate

from cva.api.request_details import DETAILS, described
from cva.programmes.models import Conditionality, Modality, Restriction, ValueRule
from cva.programmes.service import Mechanism


class PlanSchema(Schema):
    """What a round plans; amounts are texts in the programme's currency."""

    code = fields.String(required=True, metadata={"example": "2022-11"})
    starts_on = fields.String(required=True, metadata={"example": "2022-11-05"})
    ends_on = fields.String()
    sites = fields.String(metadata={"description": "One in a line."})
    modality = fields.String(validate=validate.OneOf(list(Modality)))
    mechanism = fields.String(validate=validate.OneOf(list(Mechanism)))
    conditionality = fields.String(validate=validate.OneOf(list(Conditionality)))
    restriction = fields.String(validate=validate.OneOf(list(Restriction)))
    rule = fields.String(validate=validate.OneOf(list(ValueRule)))
    amount = fields.String(metadata={"description": "5000, or by size: 1=3000 3=5000."})
    instalments = fields.String()
    voucher_kind = fields.String()
    grants = fields.String(metadata={"description": "CODE = per cent, one in a line."})


class NewRoundSchema(PlanSchema):
    """A round to plan."""

    society = fields.String(required=True, metadata={"description": "Code of the society."})
    programme = fields.String(required=True, metadata={"description": "Code of the programme."})


class PlannedSchema(Schema):
    """What is planned in one currency."""

    currency = fields.String(allow_none=True)
    people = fields.Integer()
    instalments = fields.Integer()
    amount = fields.String(allow_none=True)


class DraftFaultSchema(Schema):
    """A row of a draft that cannot be approved."""

    registration_no = fields.String()
    fault = fields.String()
    row = fields.Integer(allow_none=True)


class ShareSchema(Schema):
    """A grant that carries a part of the round, in hundredths of a per cent."""

    code = fields.String()
    donor = fields.String()
    share_bp = fields.Integer()


class SizeStepSchema(Schema):
    """From so many members on, so much."""

    members = fields.Integer()
    amount = fields.String()


class RoundSheetSchema(Schema):
    """A sheet sent for the round."""

    id = fields.Integer()
    state = fields.String()


class RoundLineSchema(Schema):
    """A round as a line of a list."""

    id = fields.Integer()
    society = fields.String()
    programme = fields.String()
    code = fields.String()
    starts_on = fields.String(allow_none=True)
    ends_on = fields.String(allow_none=True)
    sites = fields.List(fields.String())
    modality = fields.String(allow_none=True)
    mechanism = fields.String(allow_none=True)
    conditionality = fields.String(allow_none=True)
    restriction = fields.String(allow_none=True)
    rule = fields.String(allow_none=True)
    currency = fields.String(allow_none=True)
    amount = fields.String(allow_none=True)
    by_size = fields.List(fields.Nested(SizeStepSchema))
    instalments = fields.Integer(allow_none=True)
    voucher_kind = fields.String(allow_none=True)
    list = fields.String(
        allow_none=True, metadata={"description": "draft, submitted, approved; null: no list."}
    )


class RoundSchema(RoundLineSchema):
    """A round, how far its list is, and what it comes to."""

    list_version = fields.Integer()
    drafts = fields.Integer(metadata={"description": "Goes up with every new draft."})
    answer = fields.String(allow_none=True)
    planned = fields.List(fields.Nested(PlannedSchema))
    faults = fields.List(fields.Nested(DraftFaultSchema))
    grants = fields.List(fields.Nested(ShareSchema))
    sheets = fields.List(fields.Nested(RoundSheetSchema))


class FilterSchema(Schema):
    """Which of the registered people; what is left out does not narrow."""

    region = fields.String()
    district = fields.String()
    settlement = fields.String()
    sex = fields.String()
    smallest_household = fields.Integer()
    largest_household = fields.Integer()


class ListSourceSchema(Schema):
    """What a list is made of."""

    source = fields.String(
        required=True, validate=validate.OneOf(["sheets", "registered", "round"])
    )
    round = fields.Integer(metadata={"description": "The round whose list is copied."})
    filter = fields.Nested(FilterSchema)


class DraftedSchema(Schema):
    """How many people a new draft has."""

    people = fields.Integer()


class ChangeSchema(Schema):
    """A named change of an approved list."""

    name = fields.String(required=True)
    reason = fields.String(required=True)
    changes = fields.List(
        fields.String(), required=True, metadata={"example": ["R-001 = 6000", "R-002 = off"]}
    )


class NewRequestSchema(Schema):
    """Something that takes two people."""

    society = fields.String(required=True, metadata={"description": "Code of the society."})
    kind = fields.String(required=True, metadata={"enum": list(DETAILS)})
    details = fields.Dict(
        keys=fields.String(),
        values=fields.String(),
        required=True,
        metadata={"example": {"sheet": "12"}, "description": described()},
    )
    reason = fields.String(required=True)


class PartSchema(Schema):
    """What a request does to one person or voucher."""

    number = fields.String()
    instalment = fields.Integer(allow_none=True)
    is_new = fields.Boolean(metadata={"description": "An instalment more than the list has."})
    before = fields.String(allow_none=True)
    after = fields.String(allow_none=True)
    currency = fields.String(allow_none=True)
    sheet = fields.Integer(allow_none=True)
    row = fields.Integer(allow_none=True)


class RequestSchema(Schema):
    """What one person asked for, and how far it is."""

    id = fields.Integer()
    kind = fields.String()
    tells = fields.String(metadata={"description": "What would be done, in the reader's words."})
    reason = fields.String()
    state = fields.String()
    asked_by = fields.String(allow_none=True)
    asked_at = fields.String()
    answered_by = fields.String(allow_none=True)
    answered_at = fields.String(allow_none=True)
    answer = fields.String(allow_none=True)
    round = fields.Integer(allow_none=True)
    sheet = fields.Integer(allow_none=True)
    parts = fields.List(
        fields.Nested(PartSchema),
        metadata={"description": "The first; all where one request is asked for by its number."},
    )
    more_parts = fields.Integer(metadata={"description": "How many parts are not told here."})
