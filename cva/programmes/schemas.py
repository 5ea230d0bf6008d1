"""Programmes as JSON."""

from marshmallow import fields

from cva.core.schemas import OutputSchema


class ProgrammeSchema(OutputSchema):
    """A programme of a society."""

    code = fields.String(attribute="programme.code")
    name = fields.String(attribute="programme.name")
    society = fields.String(metadata={"description": "Code of the society."})
    currency = fields.String(attribute="programme.currency")
    mechanism = fields.String(attribute="programme.mechanism")
    unknown_people = fields.String(attribute="programme.unknown_people")
