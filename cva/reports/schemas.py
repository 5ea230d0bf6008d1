"""Figures, totals, proofs, histories and statements as JSON."""

from collections.abc import Iterator
from typing import Any

from marshmallow import fields

from cva.beneficiaries.proxies import collection_json
from cva.beneficiaries.schemas import CollectionSchema
from cva.core.money import Money
from cva.core.schemas import MinorUnits, MoneySchema, OpenMapping, OutputSchema, value_of
from cva.reports.figures import COUNTS, SUMS
from cva.reports.multi_society import SocietiesTogether
from cva.reports.person_history import PersonHistory
from cva.sheets.findings.finding import title
from cva.vouchers.schemas import VendorSchema

#: Whom ``collected_by`` lists; ``collection`` says which is who, and the rest.
_NAMING = ("received_by", "relation", "witness")


class TransferSumSchema(OutputSchema):
    """An amount, and how many transfers it is the sum of."""

    currency = fields.String(attribute="money.currency")
    amount = fields.String(attribute="money.amount")
    transfers = fields.Integer(attribute="count", allow_none=True)


class VoucherSumSchema(OutputSchema):
    """A value, and how many vouchers it is the sum of."""

    currency = fields.String(attribute="money.currency")
    amount = fields.String(attribute="money.amount")
    vouchers = fields.Integer(attribute="count", allow_none=True)


class ReturnSumSchema(OutputSchema):
    """An amount, and how many returns it is the sum of."""

    currency = fields.String(attribute="money.currency")
    amount = fields.String(attribute="money.amount")
    returns = fields.Integer(attribute="count", allow_none=True)


class FigureGroupSchema(OutputSchema):
    """The figures of one programme, modality, region or sex."""

    code = fields.String()
    name = fields.String()
    people = fields.Integer(allow_none=True)
    transfers = fields.Integer(allow_none=True)
    vouchers_issued = fields.Integer(allow_none=True)
    amounts = fields.List(fields.Nested(TransferSumSchema))
    voucher_values = fields.List(fields.Nested(VoucherSumSchema))


class BreakdownSchema(OutputSchema):
    """The figures of a month, broken down."""

    programme = fields.List(fields.Nested(FigureGroupSchema))
    modality = fields.List(fields.Nested(FigureGroupSchema))
    region = fields.List(fields.Nested(FigureGroupSchema))
    sex = fields.List(fields.Nested(FigureGroupSchema))


class FiguresSchema(OutputSchema):
    """The figures of a month; null where a small number is withheld."""

    society = fields.String()
    month = fields.String()
    people = fields.Integer(allow_none=True)
    new_people = fields.Integer(allow_none=True)
    transfers = fields.Integer(allow_none=True)
    vouchers_issued = fields.Integer(allow_none=True)
    amounts = fields.List(fields.Nested(TransferSumSchema))
    voucher_values = fields.List(fields.Nested(VoucherSumSchema))
    exceptions = fields.List(fields.Nested(TransferSumSchema))
    returned = fields.List(fields.Nested(ReturnSumSchema))
    reached = OpenMapping(
        fields.String(),
        attribute=value_of(lambda figures: dict(figures.reached)),
        metadata={
            "description": "By provider, when somebody counts as reached: paid or collected."
        },
    )
    by = fields.Nested(BreakdownSchema)


class SocietyFiguresSchema(OutputSchema):
    """One of the societies."""

    society = fields.String()
    name = fields.String(attribute="society_name")
    people = fields.Integer(allow_none=True)
    new_people = fields.Integer(allow_none=True)
    transfers = fields.Integer(allow_none=True)
    vouchers_issued = fields.Integer(allow_none=True)
    amounts = fields.List(fields.Nested(TransferSumSchema))
    voucher_values = fields.List(fields.Nested(VoucherSumSchema))
    withheld = fields.List(
        fields.String(),
        attribute=value_of(
            lambda figures: [name for name in (*COUNTS, *SUMS) if figures.withholds(name)]
        ),
        metadata={"description": "Names of what is withheld, or in part."},
    )


_AT_LEAST = {"description": "Whether a sum in this currency is withheld, and missing."}


class JointTransferSumSchema(TransferSumSchema):
    """A total of transfers in one currency."""

    at_least = fields.Boolean(metadata=_AT_LEAST)


class JointVoucherSumSchema(VoucherSumSchema):
    """A total of vouchers in one currency."""

    at_least = fields.Boolean(metadata=_AT_LEAST)


def _joint_sums(name: str) -> Any:  # noqa: ANN401
    def read(found: SocietiesTogether) -> list[dict[str, Any]]:
        return [
            {
                "money": each.money,
                "count": each.count,
                "at_least": found.lacks_sum(name, each.money.currency),
            }
            for each in found.sums[name]
        ]

    return value_of(read)


class JointFiguresSchema(OutputSchema):
    """Totals of all the societies."""

    people = fields.Integer(attribute="counts.people", allow_none=True)
    new_people = fields.Integer(attribute="counts.new_people", allow_none=True)
    transfers = fields.Integer(attribute="counts.transfers", allow_none=True)
    vouchers_issued = fields.Integer(attribute="counts.vouchers_issued", allow_none=True)
    amounts = fields.List(fields.Nested(JointTransferSumSchema), attribute=_joint_sums("amounts"))
    voucher_values = fields.List(
        fields.Nested(JointVoucherSumSchema), attribute=_joint_sums("voucher_values")
    )
    at_least = fields.List(
        fields.String(),
        attribute=value_of(
            lambda found: [name for name in (*COUNTS, *SUMS) if found.lacks(name)],
        ),
        metadata={"description": "Names of totals that lack something withheld."},
    )
    may_count_twice = fields.Boolean(
        metadata={"description": "Whoever was reached by two societies counts in each."}
    )


class TogetherSchema(OutputSchema):
    """A month of several societies; two currencies are never added."""

    month = fields.String()
    societies = fields.List(fields.Nested(SocietyFiguresSchema))
    together = fields.Nested(JointFiguresSchema, attribute=value_of(lambda found: found))


class ProofFaultSchema(OutputSchema):
    """Something that is not as it was posted."""

    entry = fields.Integer(allow_none=True)
    message = fields.String()


class ProofSchema(OutputSchema):
    """What was found in a book."""

    society = fields.String()
    sound = fields.Boolean(attribute="is_sound")
    entries = fields.Integer()
    rows = fields.Integer()
    head = fields.String()
    fault = fields.Nested(ProofFaultSchema, allow_none=True)


class ProofsSchema(OutputSchema):
    """What was found in all books."""

    sound = fields.Boolean()
    societies = fields.List(fields.Nested(ProofSchema))


class StepSchema(OutputSchema):
    """The rows at one step of their way."""

    step = fields.String()
    currency = fields.String(attribute="money.currency")
    amount = fields.String(attribute="money.amount")
    rows = fields.Integer()


class AccountBalanceSchema(OutputSchema):
    """What was posted to an account; debits and credits are positive."""

    account = fields.String()
    currency = fields.String()
    debit = MinorUnits(attribute="debit_minor")
    credit = MinorUnits(attribute="credit_minor")
    balance = MinorUnits(
        attribute=value_of(lambda balance: balance.debit_minor - balance.credit_minor)
    )


class TieSchema(OutputSchema):
    """What must agree in one currency."""

    currency = fields.String()
    approved = MinorUnits(attribute="approved_minor")
    posted = MinorUnits(attribute="posted_minor")
    booked = MinorUnits(attribute="booked_minor")
    holds = fields.Boolean()


class TotalsSchema(OutputSchema):
    """Control totals."""

    society = fields.String()
    first = fields.Date(data_key="from", allow_none=True)
    last = fields.Date(data_key="to", allow_none=True)
    steps = fields.List(fields.Nested(StepSchema))
    accounts = fields.List(fields.Nested(AccountBalanceSchema))
    ties = fields.List(fields.Nested(TieSchema))
    tie = fields.Boolean()


class HappeningSchema(OutputSchema):
    """One thing that happened to a person."""

    on = fields.Date(attribute="line.on")
    what = fields.String(attribute="line.what")
    amount = fields.String(attribute="line.money.amount", allow_none=True)
    currency = fields.String(attribute="line.money.currency", allow_none=True)
    about = fields.String(attribute="line.about")
    sheet = fields.Integer(attribute="line.sheet_id", allow_none=True)
    row = fields.Integer(attribute="line.row", allow_none=True)
    collected_by = fields.List(fields.String())
    collection = fields.Nested(CollectionSchema, allow_none=True)
    is_minor = fields.Boolean(
        attribute="line.is_minor",
        metadata={"description": "A hand-out on a day when the person was under 18."},
    )
    successor = fields.String(allow_none=True)
    instalment = fields.Integer(
        attribute="line.instalment", allow_none=True, metadata={"description": "Of a list."}
    )
    list_version = fields.Integer(attribute="line.version", allow_none=True)
    change = fields.String(
        attribute=value_of(lambda row: row["line"].change or None),
        allow_none=True,
        metadata={"description": "What the change of the list is called."},
    )
    recorded_by = fields.String(allow_none=True)


def _history(found: PersonHistory) -> Iterator[dict[str, Any]]:
    for line in found.lines:
        collection = line.collection
        yield {
            "line": line,
            "collected_by": [collection[name] for name in _NAMING if collection.get(name)],
            "collection": collection_json(collection),
            "successor": found.successors.get(line.successor_id or 0),
            "recorded_by": found.people.get(line.recorded_by or 0),
        }


class PersonSchema(OutputSchema):
    """A person and their history, oldest to newest."""

    id = fields.String(attribute="person.id")
    society = fields.String(attribute="society.code")
    numbers = fields.List(fields.String())
    name = fields.String()
    status = fields.String()
    is_minor = fields.Boolean(metadata={"description": "Under 18 today, in the society."})
    successor = fields.String(
        attribute=value_of(lambda found: found.successors.get(found.successor_id or 0)),
        allow_none=True,
        metadata={"description": "Who receives for the household, by number."},
    )
    history = fields.List(fields.Nested(HappeningSchema), attribute=value_of(_history))


class ClaimSchema(OutputSchema):
    """One claim of a vendor."""

    sheet = fields.Integer(attribute="sheet_id")
    programme = fields.String()
    first = fields.Date()
    last = fields.Date()
    claimed = fields.Integer()
    accepted = fields.Integer()
    accepted_value = fields.Nested(
        MoneySchema,
        attribute=value_of(lambda line: line.money(line.accepted_minor)),
        allow_none=True,
    )
    taken_back = fields.Integer(attribute="undone")
    taken_back_value = fields.Nested(
        MoneySchema,
        attribute=value_of(lambda line: line.money(line.undone_minor)),
        allow_none=True,
    )
    rejected = fields.Integer()


class RejectedNumberSchema(OutputSchema):
    """A number that was not paid for, and why."""

    number = fields.String()
    sheet = fields.Integer(attribute="sheet_id")
    row = fields.Integer()
    redeemed_on = fields.Date(allow_none=True)
    claimed = fields.Nested(MoneySchema, attribute="money", allow_none=True)
    code = fields.String(attribute="finding.code")
    reason = fields.String(attribute=value_of(lambda rejected: title(rejected.finding.code)))


class VendorPaymentSchema(OutputSchema):
    """A payment to a vendor."""

    invoice = fields.String()
    paid_on = fields.Date()
    reversed_on = fields.Date(allow_none=True)
    value = fields.Nested(
        MoneySchema, attribute=value_of(lambda paid: Money(paid.currency, paid.amount_minor))
    )


class DueSchema(OutputSchema):
    """What a vendor is owed in one currency, and what the book says."""

    currency = fields.String()
    amount = MinorUnits(attribute="due_minor")
    booked = MinorUnits(attribute="booked_minor")
    holds = fields.Boolean()


class StatementSchema(OutputSchema):
    """What a vendor claimed, what was accepted and rejected and why, what is due and paid."""

    vendor = fields.Nested(VendorSchema)
    claims = fields.List(fields.Nested(ClaimSchema))
    rejected = fields.List(fields.Nested(RejectedNumberSchema))
    payments = fields.List(fields.Nested(VendorPaymentSchema))
    due = fields.List(fields.Nested(DueSchema), attribute="dues")
