"""What the interface takes and gives of the month's figures and of control totals."""

from typing import Any, ClassVar

from marshmallow import Schema, fields

from cva.api.schemas import AmountSchema


class MonthOfAllQuerySchema(Schema):
    """Which month."""

    month = fields.String(required=True, metadata={"example": "2022-11"})


class MonthQuerySchema(MonthOfAllQuerySchema):
    """Whose figures, and of which month."""

    society = fields.String(required=True)


class TotalsQuerySchema(Schema):
    """Whose totals, and from when to when (days of hand-out, both included)."""

    society = fields.String(required=True)
    first = fields.Date(data_key="from", load_default=None)
    last = fields.Date(data_key="to", load_default=None)


class GroupSchema(Schema):
    """The figures of one programme, modality, region or sex."""

    code = fields.String()
    name = fields.String()
    people = fields.Integer(allow_none=True)
    transfers = fields.Integer(allow_none=True)
    vouchers_issued = fields.Integer(allow_none=True)
    amounts = fields.List(fields.Nested(AmountSchema))
    voucher_values = fields.List(fields.Nested(AmountSchema))


class BreakdownSchema(Schema):
    """The figures of a month, broken down."""

    programme = fields.List(fields.Nested(GroupSchema))
    modality = fields.List(fields.Nested(GroupSchema))
    region = fields.List(fields.Nested(GroupSchema))
    sex = fields.List(fields.Nested(GroupSchema))


class HandedOutSchema(Schema):
    """What was handed out in a month; null where a small number is withheld."""

    people = fields.Integer(allow_none=True)
    new_people = fields.Integer(allow_none=True)
    transfers = fields.Integer(allow_none=True)
    vouchers_issued = fields.Integer(allow_none=True)
    amounts = fields.List(fields.Nested(AmountSchema))
    voucher_values = fields.List(fields.Nested(AmountSchema))


class FiguresSchema(HandedOutSchema):
    """The figures of a month; null where a small number is withheld."""

    society = fields.String()
    month = fields.String()
    exceptions = fields.List(fields.Nested(AmountSchema))
    returned = fields.List(fields.Nested(AmountSchema))
    reached = fields.Dict(
        keys=fields.String(),
        values=fields.String(),
        metadata={
            "description": "By provider, when somebody counts as reached: paid or collected."
        },
    )
    by = fields.Nested(BreakdownSchema)


class SideSchema(HandedOutSchema):
    """One of the societies."""

    society = fields.String()
    name = fields.String()
    withheld = fields.List(
        fields.String(), metadata={"description": "Names of what is withheld, or in part."}
    )


class JointAmountSchema(AmountSchema):
    """A total in one currency."""

    at_least = fields.Boolean(
        metadata={"description": "Whether a sum in this currency is withheld, and missing."}
    )


class JointSchema(HandedOutSchema):
    """Totals of all the societies."""

    amounts = fields.List(fields.Nested(JointAmountSchema))
    voucher_values = fields.List(fields.Nested(JointAmountSchema))
    at_least = fields.List(
        fields.String(),
        metadata={"description": "Names of totals that lack something withheld."},
    )
    may_count_twice = fields.Boolean(
        metadata={"description": "Whoever was reached by two societies counts in each."}
    )


class TogetherSchema(Schema):
    """A month of several societies; two currencies are never added."""

    month = fields.String()
    societies = fields.List(fields.Nested(SideSchema))
    together = fields.Nested(JointSchema)


class StepSchema(AmountSchema):
    """The rows at one step of their way."""

    step = fields.String()


class AccountSchema(Schema):
    """What was posted to an account."""

    account = fields.String()
    currency = fields.String()
    debit = fields.String()
    credit = fields.String()
    balance = fields.String()


class TieSchema(Schema):
    """What must agree in one currency."""

    currency = fields.String()
    approved = fields.String()
    posted = fields.String()
    booked = fields.String()
    holds = fields.Boolean()


class TotalsSchema(Schema):
    """Control totals."""

    class Meta:
        """``from`` is no name for an attribute."""

        include: ClassVar[dict[str, Any]] = {"from": fields.String(allow_none=True)}

    society = fields.String()
    to = fields.String(allow_none=True)
    steps = fields.List(fields.Nested(StepSchema))
    accounts = fields.List(fields.Nested(AccountSchema))
    ties = fields.List(fields.Nested(TieSchema))
    tie = fields.Boolean()
