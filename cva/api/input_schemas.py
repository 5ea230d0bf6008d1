"""What the calls of the interface take. Amounts are texts, days and months ISO texts."""

from flask_smorest.fields import Upload
from marshmallow import Schema, fields, validate

from cva.api.endpoints import PageQuerySchema
from cva.api.request_details import DETAILS, described
from cva.approvals.models import RequestState
from cva.beneficiaries import status
from cva.core.permissions import Role
from cva.core.schemas import OpenMapping
from cva.entitlements.models import ListState
from cva.programmes.models import Conditionality, Modality, Restriction, ValueRule
from cva.programmes.service import Mechanism
from cva.providers.models import PaymentListState
from cva.staging.models import SheetState

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

    provider = fields.Integer(load_default=None)
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
    rows = fields.Integer(load_default=None, metadata={"description": "Blank rows to prepare."})


class SheetFormSchema(Schema):
    """The file of a new sheet, and what is said beside it."""

    file = Upload(required=True, metadata={"description": "The workbook or CSV file."})
    society = fields.String(required=True, metadata=_SOCIETY)
    programme = fields.String(required=True, metadata=_PROGRAMME)
    round = fields.String(metadata={"description": "Code of the round, if it has a name."})
    kind = fields.String()
    sheet = fields.String(metadata={"description": "The name of the sheet in the workbook."})
    currency = fields.String(validate=validate.Length(equal=3))
    date_order = fields.String(validate=validate.OneOf(["dmy", "mdy"]))
    decimal_mark = fields.String(validate=validate.OneOf(["point", "comma"]))
    vendor = fields.String(metadata={"description": "Who claims vouchers: code or name."})
    replaces = fields.Integer(metadata={"description": "The sheet it was sent to mend."})
    is_list = fields.Boolean(
        load_default=False, metadata={"description": "A list before hand-out: not posted."}
    )


class ScanFormSchema(Schema):
    """A scan of a signed list."""

    file = Upload(required=True, metadata={"description": "PDF, JPEG or PNG."})


class SubmissionSchema(Schema):
    """What the sender says on submitting."""

    leave_out_errors = fields.Boolean(load_default=False)
    handed_out = fields.Boolean(
        load_default=False,
        metadata={"description": "All rows were handed out, as signed for on the original."},
    )
    totals_confirmed = fields.Boolean(
        load_default=False,
        metadata={"description": "The rows are right, though a total in the sheet differs."},
    )
    changes_confirmed = fields.Boolean(
        load_default=False,
        metadata={"description": "What the check wants confirmed is meant so."},
    )


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


class PlanSchema(Schema):
    """What a round plans; amounts are texts in the programme's currency."""

    code = fields.String(required=True, metadata={"example": "2022-11"})
    starts_on = fields.String(required=True, metadata={"example": "2022-11-05"})
    ends_on = fields.String()
    sites = fields.String(metadata={"description": "One in a line."})
    modality = fields.String(validate=validate.OneOf(list(Modality)))
    mechanism = fields.String(validate=validate.OneOf(list(Mechanism)))
    conditionality = fields.String(validate=validate.OneOf(list(Conditionality)))
    restriction = fields.String(validate=validate.OneOf(list(Restriction)))
    rule = fields.String(validate=validate.OneOf(list(ValueRule)))
    amount = fields.String(metadata={"description": "5000, or by size: 1=3000 3=5000."})
    instalments = fields.String()
    voucher_kind = fields.String()
    grants = fields.String(metadata={"description": "CODE = per cent, one in a line."})


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
    smallest_household = fields.Integer()
    largest_household = fields.Integer()


class ListSourceSchema(Schema):
    """What a list is made of."""

    source = fields.String(
        required=True, validate=validate.OneOf(["sheets", "registered", "round"])
    )
    round = fields.Integer(metadata={"description": "The round whose list is copied."})
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


class NewBookSchema(SocietyQuerySchema):
    """A book of vouchers to register."""

    programme = fields.String(required=True)
    code = fields.String(required=True, metadata={"example": "A-2026"})
    first = fields.String(required=True, metadata={"example": "A-0001"})
    last = fields.String(required=True, metadata={"example": "A-0500"})
    kind = fields.String()
    goods = fields.String()
    currency = fields.String()
    face = fields.String(metadata={"example": "500.00", "description": "Or goods instead."})
    expires_on = fields.String(metadata={"example": "2026-12-31"})
    vendor = fields.String(metadata={"description": "Code of the only vendor for them."})


class MoveSchema(Schema):
    """Numbers of a book that moved; blank numbers are the first and the last of the book."""

    kind = fields.String(required=True, metadata={"example": "to_team"})
    first = fields.String(load_default="")
    last = fields.String(load_default="")
    on = fields.String(load_default="")
    team = fields.String(load_default="")


class NewVendorSchema(SocietyQuerySchema):
    """A vendor to register."""

    code = fields.String(required=True)
    name = fields.String(required=True)
    contract = fields.String(load_default="")


class NewProviderSchema(SocietyQuerySchema):
    """A provider to add."""

    code = fields.String(required=True, metadata={"example": "QP"})
    name = fields.String(required=True)
    mechanism = fields.String(load_default="mobile_money")
    template = fields.String(
        load_default="general", metadata={"description": "A file of imports/providers."}
    )
    tells_collection = fields.Boolean(load_default=False)


class NewPaymentListSchema(Schema):
    """Which round is to be paid."""

    programme = fields.String(required=True, metadata=_PROGRAMME)
    round = fields.String(required=True, metadata=_ROUND)
    site = fields.String(load_default="", metadata={"description": "Only people of this site."})
    instead = fields.Boolean(
        load_default=False,
        metadata={"description": "Pay a round that was planned to be handed out."},
    )


class NewBalanceSchema(Schema):
    """What a provider says it holds at the end of a day."""

    day = fields.String(required=True, metadata={"example": "2022-11-30"})
    amount = fields.String(required=True, metadata={"example": "1250.50"})
    currency = fields.String(required=True)
    source = fields.String(required=True, metadata={"description": "The statement it stands in."})


class NewSendingSchema(Schema):
    """Why a list is sent again; blank the first time."""

    reason = fields.String(load_default="")


class WhoSchema(Schema):
    """Who is looked for; in the body, so that the number stands in no address."""

    society = fields.String(required=True, metadata=_SOCIETY)
    number = fields.String(required=True, metadata={"description": "Registration number."})


class StatusSchema(WhoSchema):
    """What became of a person."""

    status = fields.String(required=True, validate=validate.OneOf(list(status.SAYABLE)))
    from_on = fields.String(required=True, metadata={"example": "2022-11-20"})
    note = fields.String(required=True, metadata={"description": "How it is known."})
    successor = fields.String(load_default="")
