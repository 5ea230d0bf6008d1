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


class RegisteredPersonSchema(OutputSchema):
    """A line of the register; never a document or a phone."""

    number = fields.String()
    full_name = fields.String()
    settlement = fields.String()
    status = fields.String(
        attribute=value_of(lambda person: person.became or "active"),
        metadata={"description": "active, deceased, moved."},
    )
    found_by = fields.String(
        allow_none=True,
        metadata={
            "description": "number, document, phone, name, alike (a name spelt otherwise); null: "
            "everybody is listed."
        },
    )


class RegisterPageSchema(OutputSchema):
    """A page of the people who were found."""

    total = fields.Integer(metadata={"description": "People on all pages."})
    page = fields.Integer(attribute="number")
    pages = fields.Integer()
    items = fields.List(fields.Nested(RegisteredPersonSchema))


class SharedSchema(OutputSchema):
    """Registration numbers that share a document or a phone."""

    shared = fields.String()
    numbers = fields.List(
        fields.String(), attribute=value_of(lambda group: [each.number for each in group.people])
    )
