"""Providers, their floats and payment lists as JSON; people by number, no names and no phones."""

from marshmallow import fields

from cva.core.schemas import MinorUnits, MoneySchema, OpenMapping, OutputSchema, value_of


class ProviderSchema(OutputSchema):
    """A provider."""

    id = fields.Integer(attribute="provider.id")
    society = fields.String()
    code = fields.String(attribute="provider.code")
    name = fields.String(attribute="provider.name")
    mechanism = fields.String(attribute="provider.mechanism")
    template = fields.String(attribute="provider.template")
    reached = fields.String(
        attribute=value_of(
            lambda one: "collected" if one.provider.tells_collection else "paid",
        ),
        metadata={"description": "When somebody is reached: paid, collected."},
    )


class FloatSchema(OutputSchema):
    """The float of a provider in one currency; what goes out is below zero."""

    currency = fields.String()
    opening = MinorUnits(attribute="opening_minor")
    advanced = MinorUnits(attribute="advanced_minor")
    paid = MinorUnits(attribute="paid_minor")
    returned = MinorUnits(attribute="returned_minor")
    fees = MinorUnits(attribute="fees_minor")
    given_back = MinorUnits(attribute="given_back_minor")
    closing = MinorUnits(attribute="closing_minor")


class StatedBalanceSchema(OutputSchema):
    """A balance that a provider stated."""

    day = fields.Date(attribute="stated_on")
    currency = fields.String()
    stated = MinorUnits(attribute="minor")
    source = fields.String()


class ComparedBalanceSchema(OutputSchema):
    """A balance that a provider stated, beside ours."""

    day = fields.Date(attribute="stated.stated_on")
    currency = fields.String()
    stated = MinorUnits(attribute="stated.minor")
    source = fields.String(attribute="stated.source")
    ours = MinorUnits(attribute="ours_minor")
    difference = MinorUnits(attribute="difference_minor")
    candidates = fields.List(
        fields.Integer(),
        attribute=value_of(lambda compared: [each.number for each in compared.candidates]),
        metadata={"description": "Entries that may explain the difference."},
    )


class PaymentStandingSchema(OutputSchema):
    """The payments of a list in one state."""

    state = fields.String()
    payments = fields.Integer()
    currency = fields.String(attribute="money.currency")
    amount = fields.String(attribute="money.amount")


class ProviderFloatSchema(OutputSchema):
    """The float of a provider per currency."""

    float_ = fields.List(fields.Nested(FloatSchema), data_key="float", attribute="statements")
    balances = fields.List(fields.Nested(ComparedBalanceSchema), attribute="compared")
    under_way = fields.List(
        fields.Nested(PaymentStandingSchema),
        metadata={"description": "Sent, and not booked by us yet: available, or no answer."},
    )


class ProviderViewSchema(ProviderFloatSchema, ProviderSchema):
    """A provider with its float."""


class LackingSchema(OutputSchema):
    """Somebody who is not on the list, for want of something."""

    registration_no = fields.String(attribute="number")
    fields_ = fields.List(fields.String(), data_key="fields", attribute="fields")


class InSheetSchema(OutputSchema):
    """People of the round who stand in a hand-out sheet that is not decided yet: not paid."""

    sheet = fields.Integer()
    registration_numbers = fields.List(fields.String())


class MadeSchema(OutputSchema):
    """A payment list that was just made."""

    id = fields.Integer(attribute="list_id")
    state = fields.String(attribute=value_of(lambda _made: "made"))
    payments = fields.Integer()
    totals = fields.List(fields.Nested(MoneySchema))
    gone = fields.List(
        fields.String(),
        attribute="departed",
        metadata={"description": "Numbers of who died or moved since: not paid."},
    )
    in_sheets = fields.List(
        fields.Nested(InSheetSchema),
        attribute=value_of(
            lambda made: [
                {"sheet": sheet_id, "registration_numbers": numbers}
                for sheet_id, numbers in made.in_sheets.items()
            ]
        ),
    )
    successors = OpenMapping(
        fields.String(),
        metadata={"description": "By number of who died or moved, who receives for the household."},
    )
    lacking = fields.List(fields.Nested(LackingSchema))


class PaymentListSchema(OutputSchema):
    """A payment list in short."""

    id = fields.Integer(attribute="line.payment_list.id")
    society = fields.String(attribute="line.society.code")
    provider = fields.String(attribute="line.provider.code")
    round = fields.String(attribute="line.round_code")
    number = fields.Integer(attribute="line.payment_list.number")
    site = fields.String(attribute="line.payment_list.site", allow_none=True)
    state = fields.String(attribute="line.payment_list.state")
    file = fields.String(attribute="line.payment_list.filename")
    sha256 = fields.String(attribute="line.payment_list.sha256")
    payments = fields.Integer(attribute="line.payment_list.payments")
    unanswered = fields.Integer(attribute="line.unanswered")
    not_paid = fields.Integer(attribute="line.not_paid")
    open_days = fields.Integer(attribute="line.open_days", allow_none=True)
    sent_by = fields.String(
        attribute=value_of(lambda shown: shown.line.sent_by or None),
        allow_none=True,
    )
    standings = fields.List(fields.Nested(PaymentStandingSchema), attribute="line.standings")


class PaymentSchema(OutputSchema):
    """A payment, by the registration number of its person."""

    registration_no = fields.String(attribute="number")
    reference = fields.String()
    state = fields.String()
    told_on = fields.Date(attribute="reported_on", allow_none=True)
    reason = fields.String(allow_none=True)
    currency = fields.String(attribute="money.currency")
    amount = fields.String(attribute="money.amount")


class SendingSchema(OutputSchema):
    """Who sent a list, when, and why again."""

    turn = fields.Integer(attribute="sending.turn")
    by = fields.String(allow_none=True)
    at = fields.DateTime(attribute="sending.sent_at")
    reason = fields.String(attribute="sending.reason")


class PaymentListViewSchema(PaymentListSchema):
    """A payment list with what has no answer and what was not paid."""

    sendings = fields.List(
        fields.Nested(SendingSchema),
        attribute=value_of(
            lambda view: [
                {"sending": each, "by": view.people.get(each.sent_by)} for each in view.sendings
            ]
        ),
    )
    open = fields.List(fields.Nested(PaymentSchema))
    failed = fields.List(fields.Nested(PaymentSchema), attribute="not_paid")


class CancelledListSchema(OutputSchema):
    """A payment list and its state."""

    id = fields.Integer()
    state = fields.String()


class SentListSchema(CancelledListSchema):
    """A payment list that was sent, and which time it was."""

    turn = fields.Integer()
