"""Answers to requests, and a merge of two records, as forms and commands say them."""

from cva.core.i18n import N_
from cva.core.input_schema import InputSchema, Text


class DeclineSchema(InputSchema):
    """Why a request is refused."""

    answer = Text(N_("Why"), required=True, missing=N_("Say why."), attributes={"maxlength": 500})


class MergeSchema(InputSchema):
    """Two records of one person to be made one."""

    drop = Text(N_("The other number"), required=True, attributes={"maxlength": 120})
    money = Text(N_("Where both were paid in one round, the money"), control="radio")
    reason = Text(
        N_("How it is known"), required=True, missing=N_("Say why."), attributes={"maxlength": 500}
    )
