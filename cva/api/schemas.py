"""The one shape of every error: problem details, as RFC 9457 has them."""

from http import HTTPStatus

from marshmallow import fields

from cva.core.schemas import RefusalSchema, value_of

#: The media type of an error.
PROBLEM = "application/problem+json"


class ProblemSchema(RefusalSchema):
    """Every error, whatever went wrong: problem details beside our own keys."""

    type = fields.String(
        attribute=value_of(lambda problem: f"urn:cva:error:{problem['code']}"),
        metadata={"description": "Names the code as a URI."},
    )
    title = fields.String(
        attribute=value_of(lambda problem: HTTPStatus(problem["status"]).phrase),
        metadata={"description": "The status in words."},
    )
    status = fields.Integer(metadata={"description": "The same as the answer's own."})
    detail = fields.String(
        attribute=value_of(lambda problem: problem["message"]),
        metadata={"description": "The message."},
    )
