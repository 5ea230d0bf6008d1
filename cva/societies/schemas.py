"""Societies, and people with their roles, as JSON."""

from marshmallow import fields

from cva.core.schemas import Moment, OutputSchema


class SocietySchema(OutputSchema):
    """A partner society."""

    code = fields.String()
    name = fields.String()
    country = fields.String(metadata={"example": "KG"})
    currency = fields.String(metadata={"example": "KGS"})
    time_zone = fields.String(metadata={"example": "Asia/Bishkek"})


class AccountSchema(OutputSchema):
    """A person's account, and what they are in a society; once for each society."""

    email = fields.String()
    society = fields.String(metadata={"description": "Code of the society."})
    role = fields.String()
    is_disabled = fields.Boolean(metadata={"description": "Shut: nobody signs in with it."})


class TokenSchema(OutputSchema):
    """A token that acts as a person; never its secret."""

    id = fields.Integer()
    made_at = Moment()
    expires_at = Moment()
