"""What the JSON interface takes and gives. Amounts are strings, days and months ISO text."""

from typing import Any, ClassVar

from flask_smorest.fields import Upload
from marshmallow import Schema, fields, validate


class ErrorSchema(Schema):
    """Every error, whatever went wrong."""

    code = fields.String(required=True)
    message = fields.String(required=True)
    fields_ = fields.Dict(data_key="fields", required=True)


class SheetFormSchema(Schema):
    """The file of a new sheet, and what is said beside it."""

    file = Upload(required=True, metadata={"description": "The workbook or CSV file."})
    society = fields.String(required=True, metadata={"description": "Code of the society."})
    programme = fields.String(required=True, metadata={"description": "Code of the programme."})
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


class TemplateQuerySchema(Schema):
    """What a template is for."""

    society = fields.String(required=True, metadata={"description": "Code of the society."})
    programme = fields.String(metadata={"description": "Code of the programme."})
    round = fields.String(load_default="", metadata={"description": "Code of the round."})
    language = fields.String(load_default="", metadata={"example": "ru"})
    rows = fields.Integer(load_default=None, metadata={"description": "Blank rows to prepare."})


class FieldListQuerySchema(Schema):
    """Which people, and the language of the workbook."""

    site = fields.String(load_default="", metadata={"description": "Of one site only."})
    language = fields.String(load_default="", metadata={"example": "ru"})


class ReconciledSumsSchema(Schema):
    """One currency; where it is null, pieces of commodity vouchers."""

    currency = fields.String(allow_none=True)
    planned = fields.String()
    told = fields.String()
    confirmed = fields.String()
    open = fields.String()
    not_received = fields.String()
    shortfall = fields.String()
    surplus = fields.String()
    doubled = fields.String()
    not_on_list = fields.String()
    returned = fields.String()
    explained = fields.String()
    ties = fields.Boolean()


class DifferenceSchema(Schema):
    """Something that is not as planned."""

    registration_no = fields.String()
    instalment = fields.Integer(allow_none=True)
    site = fields.String(allow_none=True)
    answer = fields.String()
    planned = fields.String(allow_none=True)
    planned_currency = fields.String(allow_none=True)
    told = fields.String(allow_none=True)
    told_currency = fields.String(allow_none=True)
    confirmed = fields.Boolean()
    returned = fields.String(allow_none=True)
    sheet = fields.Integer(allow_none=True)
    row = fields.Integer(allow_none=True)


class LeftOutSchema(Schema):
    """Rows with an error, which count nowhere."""

    sheet = fields.Integer()
    rows = fields.Integer()


class ReconciliationSchema(Schema):
    """What became of a round's list."""

    round = fields.String()
    programme = fields.String()
    society = fields.String()
    list_version = fields.Integer()
    open_days = fields.Integer(metadata={"description": "Days since the last of the round."})
    owner = fields.String(allow_none=True)
    people = fields.Dict(keys=fields.String(), values=fields.Integer())
    sums = fields.List(fields.Nested(ReconciledSumsSchema))
    ties = fields.Boolean()
    left_out = fields.List(fields.Nested(LeftOutSchema))
    differences = fields.List(fields.Nested(DifferenceSchema))


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
        metadata={"description": "What differs from field list or voucher books is meant so."},
    )


class AnswersSchema(Schema):
    """Answers to what a sheet leaves open, by choice."""

    answers = fields.Dict(keys=fields.String(), values=fields.String(), required=True)


class CellsSchema(Schema):
    """Other texts for cells of the list."""

    cells = fields.Dict(
        keys=fields.String(),
        values=fields.String(),
        required=True,
        metadata={"example": {"L18": "10000.00"}},
    )


class MappingSchema(Schema):
    """What the columns of a sheet hold."""

    columns = fields.Dict(
        keys=fields.String(),
        values=fields.String(),
        required=True,
        metadata={"example": {"A": "registration_no", "D": "none"}},
    )
    kind = fields.String(metadata={"description": "The kind of sheet, where it was not found."})
    sheet = fields.String(metadata={"description": "The name of the sheet in the workbook."})
    header_row = fields.Integer(validate=validate.Range(min=1))


class HeadingSchema(Schema):
    """One heading and what it holds."""

    heading = fields.String()
    field = fields.String()


class KnownHeadingsSchema(Schema):
    """Headings that people explained."""

    id = fields.Integer()
    society = fields.String()
    kind = fields.String()
    columns = fields.List(fields.Nested(HeadingSchema))
    made_at = fields.String()


class HeadingsChangeSchema(Schema):
    """What remembered headings hold from now on, in their order."""

    fields_ = fields.List(fields.String(), data_key="fields", required=True)


class AmendmentSchema(Schema):
    """A cell mended in the ledger: the text before and after."""

    cell = fields.String()
    before = fields.String()
    after = fields.String()
    by = fields.String(allow_none=True)
    at = fields.String()


class RejectionSchema(Schema):
    """Why a sheet goes back."""

    reason = fields.String(required=True, validate=validate.Length(min=1))


class MonthQuerySchema(Schema):
    """Whose figures, and of which month."""

    society = fields.String(required=True)
    month = fields.String(required=True, metadata={"example": "2022-11"})


class TotalsQuerySchema(Schema):
    """Whose totals, and from when to when (days of hand-out, both included)."""

    society = fields.String(required=True)
    first = fields.Date(data_key="from", load_default=None)
    last = fields.Date(data_key="to", load_default=None)


class AmountSchema(Schema):
    """A sum in one currency."""

    currency = fields.String(required=True)
    amount = fields.String(required=True)
    rows = fields.Integer()
    transfers = fields.Integer()
    vouchers = fields.Integer()
    returns = fields.Integer()


class ColumnSchema(Schema):
    """A column of a sheet and the field it was read as."""

    column = fields.String()
    heading = fields.String()
    field = fields.String(allow_none=True)


class FindingSchema(Schema):
    """Something wrong in a sheet, and its cure."""

    severity = fields.String()
    code = fields.String()
    sheet = fields.String()
    cell = fields.String(allow_none=True)
    row = fields.Integer(allow_none=True)
    field = fields.String(allow_none=True)
    value = fields.String()
    message = fields.String()


class QuestionSchema(Schema):
    """What a sheet cannot settle by itself."""

    choice = fields.String()
    options = fields.List(fields.String())
    message = fields.String()
    examples = fields.Dict(
        keys=fields.String(),
        values=fields.List(fields.List(fields.String())),
        metadata={"description": "By option, texts of the sheet and how each would be read."},
    )


class ReportSchema(Schema):
    """All that a check found."""

    file = fields.String()
    sha256 = fields.String()
    kind = fields.String(allow_none=True)
    sheet = fields.String(allow_none=True)
    header_row = fields.Integer(allow_none=True)
    columns = fields.List(fields.Nested(ColumnSchema))
    rows = fields.Integer()
    ready = fields.Integer()
    not_received = fields.Integer()
    no_answer = fields.Integer()
    posted_before = fields.Integer(
        metadata={"description": "Posted with an earlier version of this sheet."}
    )
    totals = fields.List(fields.Nested(AmountSchema))
    findings = fields.List(fields.Nested(FindingSchema))
    ask = fields.List(fields.Nested(QuestionSchema))


class SheetSchema(Schema):
    """A sheet, how far it is and what its check found."""

    id = fields.Integer()
    state = fields.String()
    replaces = fields.Integer(allow_none=True)
    report = fields.Nested(ReportSchema)
    amendments = fields.List(fields.Nested(AmendmentSchema))


class SheetLineSchema(Schema):
    """A sheet in short."""

    id = fields.Integer()
    state = fields.String()
    file = fields.String()
    kind = fields.String(allow_none=True)
    rows = fields.Integer()
    is_list = fields.Boolean()
    received_at = fields.String()
    decided_at = fields.String(allow_none=True)
    decision_reason = fields.String(allow_none=True)


class StateSchema(Schema):
    """A sheet and its state."""

    id = fields.Integer()
    state = fields.String()
    posted_rows = fields.Integer()
    conflicts = fields.Integer()


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


class FiguresSchema(Schema):
    """The figures of a month; null where a small number is withheld."""

    society = fields.String()
    month = fields.String()
    people = fields.Integer(allow_none=True)
    new_people = fields.Integer(allow_none=True)
    transfers = fields.Integer(allow_none=True)
    vouchers_issued = fields.Integer(allow_none=True)
    amounts = fields.List(fields.Nested(AmountSchema))
    voucher_values = fields.List(fields.Nested(AmountSchema))
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
