"""The one shape of every error."""

from marshmallow import fields

from cva.core.schemas import OpenMapping, OutputSchema


class ErrorSchema(OutputSchema):
    """Every error, whatever went wrong; ``fields`` says what is wrong by field."""

    code = fields.String()
    message = fields.String()
    fields_ = OpenMapping(fields.List(fields.String()), data_key="fields", attribute="fields")
