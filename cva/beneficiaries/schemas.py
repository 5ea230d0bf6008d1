"""People as JSON: by number, and never a document or a phone."""

from marshmallow import fields, validate

from cva.beneficiaries.proxies import MARK_KINDS
from cva.core.schemas import OutputSchema, value_of


class CollectionSchema(OutputSchema):
    """Who collected where it was not the person, and how it was confirmed; null: not told."""

    received_by = fields.String(allow_none=True)
    relation = fields.String(allow_none=True)
    authority = fields.String(allow_none=True)
    mark_kind = fields.String(allow_none=True, validate=validate.OneOf([*MARK_KINDS, None]))
    witness = fields.String(allow_none=True)


class SharedSchema(OutputSchema):
    """Registration numbers that share a document or a phone."""

    shared = fields.String()
    numbers = fields.List(
        fields.String(), attribute=value_of(lambda group: [each.number for each in group.people])
    )
