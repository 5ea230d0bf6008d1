"""Providers, their payment lists and balances, as read by forms, programs and commands."""

from cva.core.i18n import N_
from cva.core.input_schema import Choice, DayText, InputSchema, RecordNumber, Text, Tick
from cva.programmes.service import BY_HAND, Mechanism

_REASON = {"rows": 2, "maxlength": 1000}
_AMOUNT = {"inputmode": "decimal", "maxlength": 30, "placeholder": "1250.50"}


class NewProviderSchema(InputSchema):
    """A provider to add."""

    code = Text(N_("Code"), required=True, attributes={"maxlength": 40}, metadata={"example": "QP"})
    name = Text(N_("Name"), required=True, attributes={"maxlength": 100})
    mechanism = Choice(
        N_("Delivery mechanism"),
        [each for each in Mechanism if each not in BY_HAND],
        load_default="mobile_money",
    )
    template = Text(
        N_("Columns of its payment lists"),
        control="select",
        load_default="general",
        metadata={"description": "A file of imports/providers."},
    )
    tells_collection = Tick(N_("It tells who collected the money"))


class NewProviderFormSchema(NewProviderSchema):
    """A provider to add on a page, where the society is chosen."""

    society = RecordNumber(N_("Society"))


class NewPaymentListSchema(InputSchema):
    """Who of a round is to be paid."""

    site = Text(
        N_("Only this site"),
        hint=N_("blank: all sites"),
        attributes={"maxlength": 100},
        metadata={"description": "Only people of this site."},
    )
    instead = Tick(
        N_("The provider pays it, though the round is planned to be handed out"),
        metadata={"description": "Pay a round that was planned to be handed out."},
    )


class PaymentListFormSchema(NewPaymentListSchema):
    """A payment list as a page asks for it, where the round is chosen."""

    round = RecordNumber(N_("Round"))


class SendingFormSchema(InputSchema):
    """Why a list is sent again; blank the first time."""

    reason = Text(N_("Why it is sent again"), control="textarea", attributes=_REASON)


class BalanceSchema(InputSchema):
    """What a provider says it holds at the end of a day."""

    day = DayText(
        N_("Day"),
        required=True,
        missing=N_("Write the day at whose end this was the balance."),
        metadata={"example": "2022-11-30"},
    )
    amount = Text(N_("Amount"), required=True, attributes=_AMOUNT, metadata={"example": "1250.50"})
    currency = Text(N_("Currency"), required=True, attributes={"maxlength": 3})
    source = Text(
        N_("Statement"),
        required=True,
        missing=N_("Say which statement it stands in."),
        attributes={"maxlength": 100},
        metadata={"description": "The statement it stands in."},
    )


class FloatRequestSchema(InputSchema):
    """An advance, a return or a fee, which a second person confirms."""

    kind = Text(N_("What"), control="select")
    day = DayText(N_("Day"), required=True, missing=N_("Write the day on which it happened."))
    amount = Text(N_("Amount"), attributes=_AMOUNT)
    currency = Text(N_("Currency"), attributes={"maxlength": 3})
    slip = Text(
        N_("Slip or invoice"),
        required=True,
        missing=N_("Write the reference of the bank's slip or of the invoice."),
        attributes={"maxlength": 100},
    )
    paid = Choice(N_("An invoice is paid"), ["later", "bank"], load_default="later")
    reason = Text(N_("Why"), control="textarea", attributes=_REASON)
