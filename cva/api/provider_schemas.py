"""What the calls about providers take and give. Amounts are strings, days ISO text."""

from marshmallow import Schema, fields

from cva.api.schemas import AmountSchema


class ProviderSchema(Schema):
    """A provider."""

    id = fields.Integer()
    society = fields.String()
    code = fields.String()
    name = fields.String()
    mechanism = fields.String()
    template = fields.String()
    reached = fields.String(metadata={"description": "When somebody is reached: paid, collected."})


class ProviderFormSchema(Schema):
    """A provider to add."""

    society = fields.String(required=True, metadata={"description": "Code of the society."})
    code = fields.String(required=True, metadata={"example": "QP"})
    name = fields.String(required=True)
    mechanism = fields.String(load_default="mobile_money")
    template = fields.String(
        load_default="general", metadata={"description": "A file of imports/providers."}
    )
    tells_collection = fields.Boolean(load_default=False)


class FloatSchema(Schema):
    """The float of a provider in one currency; what goes out is below zero."""

    currency = fields.String()
    opening = fields.String()
    advanced = fields.String()
    paid = fields.String()
    returned = fields.String()
    fees = fields.String()
    given_back = fields.String()
    closing = fields.String()


class StatedBalanceSchema(Schema):
    """A balance that a provider stated."""

    day = fields.String()
    currency = fields.String()
    stated = fields.String()
    source = fields.String()


class ComparedSchema(StatedBalanceSchema):
    """The same beside ours."""

    ours = fields.String()
    difference = fields.String()
    candidates = fields.List(
        fields.Integer(), metadata={"description": "Entries that may explain the difference."}
    )


class PaymentStandingSchema(AmountSchema):
    """The payments of a list in one state."""

    state = fields.String()
    payments = fields.Integer()


class ProviderViewSchema(ProviderSchema):
    """A provider with its float."""

    float_ = fields.List(fields.Nested(FloatSchema), data_key="float", attribute="float")
    balances = fields.List(fields.Nested(ComparedSchema))
    under_way = fields.List(
        fields.Nested(PaymentStandingSchema),
        metadata={"description": "Sent, and not booked by us yet: available, or no answer."},
    )


class ListFormSchema(Schema):
    """Which round is to be paid."""

    programme = fields.String(required=True, metadata={"description": "Code of the programme."})
    round = fields.String(required=True, metadata={"description": "Code of the round."})
    site = fields.String(load_default="", metadata={"description": "Only people of this site."})
    instead = fields.Boolean(
        load_default=False,
        metadata={"description": "Pay a round that was planned to be handed out."},
    )


class LackingSchema(Schema):
    """Somebody who is not on the list, for want of something."""

    registration_no = fields.String()
    fields_ = fields.List(fields.String(), data_key="fields", attribute="fields")


class InSheetSchema(Schema):
    """People of the round who stand in a hand-out sheet that nobody decided yet: not paid."""

    sheet = fields.Integer()
    registration_numbers = fields.List(fields.String())


class MadeSchema(Schema):
    """A payment list that was just made."""

    id = fields.Integer()
    state = fields.String()
    payments = fields.Integer()
    totals = fields.List(fields.Nested(AmountSchema))
    lacking = fields.List(fields.Nested(LackingSchema))
    gone = fields.List(
        fields.String(), metadata={"description": "Numbers of who died or moved since: not paid."}
    )
    in_sheets = fields.List(fields.Nested(InSheetSchema))
    successors = fields.Dict(
        keys=fields.String(),
        values=fields.String(),
        metadata={"description": "By number of who is gone, who receives for the household."},
    )


class BalanceFormSchema(Schema):
    """What a provider says it holds at the end of a day."""

    day = fields.String(required=True, metadata={"example": "2022-11-30"})
    amount = fields.String(required=True, metadata={"example": "1250.50"})
    currency = fields.String(required=True)
    source = fields.String(required=True, metadata={"description": "The statement it stands in."})


class PaymentListsQuerySchema(Schema):
    """Which payment lists."""

    society = fields.String(load_default="", metadata={"description": "Code of the society."})
    provider = fields.Integer(load_default=None)


class SendingFormSchema(Schema):
    """Why a list is sent again; blank the first time."""

    reason = fields.String(load_default="")


class SentSchema(Schema):
    """A payment list and its state."""

    id = fields.Integer()
    state = fields.String()
    turn = fields.Integer()


class PaymentListSchema(Schema):
    """A payment list in short."""

    id = fields.Integer()
    society = fields.String()
    provider = fields.String()
    round = fields.String()
    number = fields.Integer()
    site = fields.String(allow_none=True)
    state = fields.String()
    file = fields.String()
    sha256 = fields.String()
    payments = fields.Integer()
    unanswered = fields.Integer()
    not_paid = fields.Integer()
    open_days = fields.Integer(allow_none=True)
    sent_by = fields.String(allow_none=True)
    standings = fields.List(fields.Nested(PaymentStandingSchema))


class PaymentSchema(AmountSchema):
    """A payment, by the registration number of its person."""

    registration_no = fields.String()
    reference = fields.String()
    state = fields.String()
    told_on = fields.String(allow_none=True)
    reason = fields.String(allow_none=True)


class SendingSchema(Schema):
    """Who sent a list, when, and why again."""

    turn = fields.Integer()
    by = fields.String(allow_none=True)
    at = fields.String()
    reason = fields.String()


class PaymentListViewSchema(PaymentListSchema):
    """A payment list with what has no answer and what was not paid."""

    sendings = fields.List(fields.Nested(SendingSchema))
    open = fields.List(fields.Nested(PaymentSchema))
    failed = fields.List(fields.Nested(PaymentSchema))
