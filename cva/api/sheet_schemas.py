"""What the interface takes and gives of sheets: sent, answered, mended, submitted, decided."""

from flask_smorest.fields import Upload
from marshmallow import Schema, fields, validate

from cva.api.schemas import AmountSchema


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


class AnswerTotalSchema(Schema):
    """The rows of payment results that say one thing, in one currency."""

    answer = fields.String(metadata={"description": "Such as paid; pending is no answer yet."})
    currency = fields.String(allow_none=True)
    amount = fields.String(allow_none=True)
    rows = fields.Integer()


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
    answers = fields.List(
        fields.Nested(AnswerTotalSchema),
        metadata={"description": "Of payment results: what the rows without an error say."},
    )
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
