"""What the calls of the interface take. Amounts are texts, days and months ISO texts."""

from flask_smorest.fields import Upload
from marshmallow import Schema, fields, validate

from cva.api.endpoints import PageQuerySchema
from cva.approvals.models import RequestState
from cva.beneficiaries import status
from cva.beneficiaries.input_schemas import PersonNumberSchema, RegisterSearchSchema, StatusSchema
from cva.core.input_schema import LARGEST, Choice
from cva.core.permissions import Role
from cva.core.schemas import OpenMapping
from cva.entitlements.models import ListState
from cva.programmes.input_schemas import PlanSchema
from cva.providers.input_schemas import NewPaymentListSchema, NewProviderSchema
from cva.providers.models import PaymentListState
from cva.staging.models import SheetState
from cva.vouchers.input_schemas import NewBookSchema, NewVendorSchema

#: By kind, the names in ``details``; what is in brackets may be left out.
DETAILS = {
    "reverse_sheet": "sheet",
    "reverse_row": "sheet, row",
    "amend_list": "round, name, changes (lines such as R-001 = 6000, R-001 = off)",
    "merge_people": "keep, drop, [money: recoverable or loss, where both were paid in one round]",
    "void_vouchers": "first, [last], [on]",
    "lose_vouchers": "first, [last], [on]",
    "destroy_vouchers": "first, [last], witnesses, [on]",
    "replace_voucher": "number, new_number, witness, [on]",
    "release_expired": "book, [on]",
    "false_redemption": "number, [claim: 12 or 12:4, sheet and row], [on]",
    "settle_vendor": "vendor, programme, amount, [currency], invoice, [on]",
    "reverse_vendor_payment": "vendor, invoice, [on]",
    "advance_float": "provider (its number), amount, currency, day, slip",
    "return_float": "provider (its number), amount, currency, day, slip",
    "provider_fee": "provider (its number), amount, currency, day, slip, [paid: later or bank]",
}


def described() -> str:
    """All of them as one text in Markdown."""
    listed = "\n".join(f"- `{kind}`: {names}" for kind, names in DETAILS.items())
    return f"Texts by name, and which depends on the kind (days as 2026-11-05):\n\n{listed}"


#: The number of a record, or of people.
_COUNTED = validate.Range(0, LARGEST)
_SOCIETY = {"description": "Code of the society."}
_PROGRAMME = {"description": "Code of the programme."}
_ROUND = {"description": "Code of the round."}


class SocietyQuerySchema(Schema):
    """Which society is asked about."""

    society = fields.String(required=True, metadata=_SOCIETY)


class SocietyListQuerySchema(SocietyQuerySchema, PageQuerySchema):
    """A page of a list of one society."""


class NarrowedQuerySchema(PageQuerySchema):
    """A page of a list, of one society or all that the caller works for."""

    society = fields.String(load_default="", metadata=_SOCIETY)


class AccountsQuerySchema(NarrowedQuerySchema):
    """Which accounts."""

    role = fields.String(load_default=None, validate=validate.OneOf(list(Role)))


class SheetsQuerySchema(NarrowedQuerySchema):
    """Which sheets; a programme is of the society, a round of the programme."""

    programme = fields.String(load_default="", metadata=_PROGRAMME)
    round = fields.String(load_default="", metadata=_ROUND)
    state = fields.String(load_default=None, validate=validate.OneOf(list(SheetState)))
    month = fields.String(
        load_default="", metadata={"example": "2022-11", "description": "In which it was sent."}
    )
    sender = fields.String(load_default="", metadata={"description": "E-mail address."})


class RoundsQuerySchema(NarrowedQuerySchema):
    """Which rounds; a programme is of the society."""

    programme = fields.String(load_default="", metadata=_PROGRAMME)
    state = fields.String(
        load_default=None,
        validate=validate.OneOf(["no_list", *ListState]),
        metadata={"description": "Of its list."},
    )
    month = fields.String(
        load_default="", metadata={"example": "2022-11", "description": "In which it starts."}
    )


class RequestsQuerySchema(NarrowedQuerySchema):
    """Which requests."""

    state = fields.String(load_default=None, validate=validate.OneOf(list(RequestState)))
    kind = fields.String(load_default=None, validate=validate.OneOf(list(DETAILS)))


class PaymentListsQuerySchema(NarrowedQuerySchema):
    """Which payment lists."""

    provider = fields.Integer(load_default=None, validate=_COUNTED)
    round = fields.String(load_default="", metadata=_ROUND)
    state = fields.String(load_default=None, validate=validate.OneOf(list(PaymentListState)))


class NumberQuerySchema(SocietyQuerySchema):
    """Which voucher is asked about."""

    number = fields.String(required=True, metadata={"example": "A-0001"})


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


class FieldListQuerySchema(Schema):
    """Which people, and the language of the workbook."""

    site = fields.String(load_default="", metadata={"description": "Of one site only."})
    language = fields.String(load_default="", metadata={"example": "ru"})


class TemplateQuerySchema(Schema):
    """What a template is for."""

    society = fields.String(required=True, metadata=_SOCIETY)
    programme = fields.String(metadata=_PROGRAMME)
    round = fields.String(load_default="", metadata=_ROUND)
    language = fields.String(load_default="", metadata={"example": "ru"})
    rows = fields.Integer(
        load_default=None,
        validate=_COUNTED,
        metadata={"description": "Blank rows to prepare."},
    )


class SheetFormSchema(Schema):
    """The file of a new sheet, and what is sent beside it."""

    file = Upload(required=True, metadata={"description": "The workbook or CSV file."})
    society = fields.String(required=True, metadata=_SOCIETY)
    programme = fields.String(required=True, metadata=_PROGRAMME)
    round = fields.String(metadata={"description": "Code of the round, if it has a name."})
    kind = fields.String()
    sheet = fields.String(metadata={"description": "The name of the sheet in the workbook."})
    currency = fields.String(validate=validate.Length(equal=3))
    date_order = fields.String(validate=validate.OneOf(["dmy", "mdy", "ymd"]))
    decimal_mark = fields.String(validate=validate.OneOf(["point", "comma"]))
    vendor = fields.String(metadata={"description": "Who claims vouchers: code or name."})
    replaces = fields.Integer(validate=_COUNTED, metadata={"description": "The sheet it corrects."})
    is_list = fields.Boolean(
        load_default=False, metadata={"description": "A list before hand-out: not posted."}
    )


class ScanFormSchema(Schema):
    """A scan of a signed list."""

    file = Upload(required=True, metadata={"description": "PDF, JPEG or PNG."})


class RejectionSchema(Schema):
    """Why something goes back."""

    reason = fields.String(required=True, validate=validate.Length(min=1))


class AnswersSchema(Schema):
    """Answers to what a sheet leaves open; the choices are those it asks, so the keys are open."""

    answers = OpenMapping(fields.String(), required=True)


class CellsSchema(Schema):
    """Other texts for cells of the list; keys are cells."""

    cells = OpenMapping(fields.String(), required=True, metadata={"example": {"L18": "10000.00"}})


class MappingSchema(Schema):
    """What the columns of a sheet hold; keys are columns."""

    columns = OpenMapping(
        fields.String(),
        required=True,
        metadata={"example": {"A": "registration_no", "D": "none"}},
    )
    kind = fields.String(metadata={"description": "The kind of sheet, where it was not found."})
    sheet = fields.String(metadata={"description": "The name of the sheet in the workbook."})
    header_row = fields.Integer(validate=validate.Range(min=1))


class HeadingsChangeSchema(Schema):
    """What remembered headings hold from now on, in their order."""

    fields_ = fields.List(fields.String(), data_key="fields", required=True)


class NewRoundSchema(PlanSchema):
    """A round to plan."""

    society = fields.String(required=True, metadata=_SOCIETY)
    programme = fields.String(required=True, metadata=_PROGRAMME)


class FilterSchema(Schema):
    """Which of the registered people; what is left out does not narrow."""

    region = fields.String()
    district = fields.String()
    settlement = fields.String()
    sex = fields.String()
    smallest_household = fields.Integer(validate=_COUNTED)
    largest_household = fields.Integer(validate=_COUNTED)


class ListSourceSchema(Schema):
    """What a list is made of."""

    source = fields.String(
        required=True, validate=validate.OneOf(["sheets", "registered", "round"])
    )
    round = fields.Integer(
        validate=_COUNTED, metadata={"description": "The round whose list is copied."}
    )
    filter = fields.Nested(FilterSchema)


class ChangeSchema(Schema):
    """A named change of an approved list."""

    name = fields.String(required=True)
    reason = fields.String(required=True)
    changes = fields.List(
        fields.String(), required=True, metadata={"example": ["R-001 = 6000", "R-002 = off"]}
    )


class NewRequestSchema(Schema):
    """Something that takes two people; which keys ``details`` has depends on the kind."""

    society = fields.String(required=True, metadata=_SOCIETY)
    kind = fields.String(required=True, metadata={"enum": list(DETAILS)})
    details = OpenMapping(
        fields.String(),
        required=True,
        metadata={"example": {"sheet": "12"}, "description": described()},
    )
    reason = fields.String(required=True)


class BookFormSchema(NewBookSchema, SocietyQuerySchema):
    """A book of vouchers to register."""


class VendorFormSchema(NewVendorSchema, SocietyQuerySchema):
    """A vendor to register."""


class ProviderFormSchema(NewProviderSchema, SocietyQuerySchema):
    """A provider to add."""


class ListFormSchema(NewPaymentListSchema):
    """Which round is to be paid."""

    programme = fields.String(required=True, metadata=_PROGRAMME)
    round = fields.String(required=True, metadata=_ROUND)


class WhoSchema(PersonNumberSchema):
    """Who is looked for; in the body, so that no address holds the number."""

    society = fields.String(required=True, metadata=_SOCIETY)


class PeopleSearchSchema(RegisterSearchSchema):
    """Who is looked for, a page at a time."""

    society = fields.String(required=True, metadata=_SOCIETY)
    page = fields.Integer(load_default=1, validate=validate.Range(1, 1_000_000))


class PersonStatusSchema(StatusSchema, WhoSchema):
    """What became of a person."""

    kind = Choice("", status.SAYABLE, required=True, data_key="status")
