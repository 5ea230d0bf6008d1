"""Requests as programs read them."""

from marshmallow import fields

from cva.core.schemas import OutputSchema, value_of


class RequestPartSchema(OutputSchema):
    """What a request does to one person or voucher."""

    number = fields.String()
    instalment = fields.Integer(allow_none=True)
    is_new = fields.Boolean(metadata={"description": "An instalment more than the list has."})
    before = fields.String(attribute="before.amount", allow_none=True)
    after = fields.String(attribute="after.amount", allow_none=True)
    currency = fields.String(
        attribute=value_of(lambda part: getattr(part.before or part.after, "currency", None)),
        allow_none=True,
    )
    sheet = fields.Integer(attribute="sheet_id", allow_none=True)
    row = fields.Integer(allow_none=True)


class RequestSchema(OutputSchema):
    """What one person asked for, what it would do, and how far it is."""

    id = fields.Integer(attribute="request.id")
    kind = fields.String(attribute="request.kind")
    tells = fields.String(
        attribute="summary", metadata={"description": "What would be done, in the reader's words."}
    )
    reason = fields.String(attribute="request.reason")
    state = fields.String(attribute="request.state")
    asked_by = fields.String(
        attribute=value_of(lambda shown: shown.people.get(shown.request.asked_by)), allow_none=True
    )
    asked_at = fields.DateTime(attribute="request.asked_at")
    answered_by = fields.String(
        attribute=value_of(lambda shown: shown.people.get(shown.request.decided_by)),
        allow_none=True,
    )
    answered_at = fields.DateTime(attribute="request.decided_at", allow_none=True)
    answer = fields.String(attribute="request.answer", allow_none=True)
    round = fields.Integer(attribute="parts.round_id", allow_none=True)
    sheet = fields.Integer(attribute="parts.sheet_id", allow_none=True)
    parts = fields.List(
        fields.Nested(RequestPartSchema),
        attribute="parts.shown",
        metadata={"description": "The first; all where one request is asked for by its number."},
    )
    more_parts = fields.Integer(
        attribute="parts.more", metadata={"description": "How many parts are not told here."}
    )
