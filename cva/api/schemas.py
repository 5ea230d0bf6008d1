"""What the whole JSON interface has in common. Amounts are strings, days and months ISO text."""

from marshmallow import Schema, fields, validate


class ErrorSchema(Schema):
    """Every error, whatever went wrong."""

    code = fields.String(required=True)
    message = fields.String(required=True)
    fields_ = fields.Dict(data_key="fields", required=True)


class AmountSchema(Schema):
    """A sum in one currency."""

    currency = fields.String(required=True)
    amount = fields.String(required=True)
    rows = fields.Integer()
    transfers = fields.Integer(allow_none=True)
    vouchers = fields.Integer(allow_none=True)
    returns = fields.Integer()


class RejectionSchema(Schema):
    """Why a sheet goes back."""

    reason = fields.String(required=True, validate=validate.Length(min=1))
