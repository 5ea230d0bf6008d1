"""Sheets, and headings that people explained, as JSON."""

from typing import Any

from marshmallow import fields

from cva.core.schemas import Moment, OutputSchema, value_of
from cva.sheets.checking.schemas import (
    ColumnSchema,
    FindingGroupSchema,
    FindingSchema,
    QuestionSchema,
    RowTotalSchema,
)
from cva.staging.models import RowState
from cva.staging.workflow import parts_of


class AnswerTotalSchema(OutputSchema):
    """The rows of payment results that say one thing, in one currency."""

    answer = fields.String(metadata={"description": "Such as paid; pending is no answer yet."})
    currency = fields.String(attribute="money.currency", allow_none=True)
    amount = fields.String(attribute="money.amount", allow_none=True)
    rows = fields.Integer()


def _count(state: RowState) -> Any:  # noqa: ANN401
    return value_of(lambda report: report.counts.get(state, 0))


class ReportSchema(OutputSchema):
    """All that the check of a sheet found."""

    file = fields.String(attribute="sheet.filename")
    sha256 = fields.String(attribute="sheet.sha256")
    kind = fields.String(attribute="sheet.kind", allow_none=True)
    sheet = fields.String(attribute="sheet.sheet_name", allow_none=True)
    header_row = fields.Integer(attribute="sheet.header_row", allow_none=True)
    columns = fields.List(fields.Nested(ColumnSchema), attribute="sheet.columns")
    rows = fields.Integer(attribute="sheet.rows")
    ready = fields.Integer(attribute=_count(RowState.READY))
    not_received = fields.Integer(attribute=_count(RowState.NOT_RECEIVED))
    no_answer = fields.Integer(attribute=_count(RowState.NO_ANSWER))
    posted_before = fields.Integer(
        attribute=_count(RowState.POSTED),
        metadata={"description": "Posted with an earlier version of this sheet."},
    )
    totals = fields.List(fields.Nested(RowTotalSchema))
    answers = fields.List(
        fields.Nested(AnswerTotalSchema),
        metadata={"description": "Of payment results: what the rows without an error say."},
    )
    findings = fields.List(fields.Nested(FindingSchema))
    ask = fields.List(fields.Nested(QuestionSchema))


class AmendmentSchema(OutputSchema):
    """A cell amended in the ledger: the text before and after."""

    cell = fields.String(attribute="amendment.cell")
    before = fields.String(attribute="amendment.before")
    after = fields.String(attribute="amendment.after")
    by = fields.String(allow_none=True)
    at = Moment(attribute="amendment.made_at")


class SheetPartSchema(OutputSchema):
    """One of several lists that were taken together, whose rows are numbered on."""

    name = fields.String(metadata={"description": "What its rows are named by, such as the tab."})
    sheet = fields.String()
    first = fields.Integer(metadata={"description": "The number of its first row in the sending."})
    offset = fields.Integer(
        metadata={"description": "What a row number of the sending is above that of the tab."}
    )


class SheetSchema(OutputSchema):
    """A sheet, how far it is and what its check found."""

    id = fields.Integer(attribute="sheet.id")
    state = fields.String(attribute="sheet.state")
    version = fields.Integer(
        attribute="sheet.version",
        metadata={"description": "Goes up with every step: name it where you decide."},
    )
    replaces = fields.Integer(attribute="sheet.replaces_id", allow_none=True)
    report = fields.Nested(ReportSchema, attribute=value_of(lambda report: report))
    parts = fields.List(
        fields.Nested(SheetPartSchema),
        attribute=value_of(lambda report: parts_of(report.sheet)),
        metadata={"description": "The lists taken together; empty where it is one."},
    )
    groups = fields.List(
        fields.Nested(FindingGroupSchema),
        metadata={"description": "The findings, the same fault in many cells as one."},
    )
    amendments = fields.List(
        fields.Nested(AmendmentSchema),
        attribute=value_of(
            lambda report: [
                {"amendment": each, "by": report.people.get(each.made_by)}
                for each in report.amendments
            ]
        ),
    )


class SheetLineSchema(OutputSchema):
    """A sheet in short."""

    id = fields.Integer()
    state = fields.String()
    file = fields.String(attribute="filename")
    kind = fields.String(allow_none=True)
    rows = fields.Integer()
    is_list = fields.Boolean()
    received_at = Moment()
    decided_at = Moment(allow_none=True)
    decision_reason = fields.String(allow_none=True)


class SheetStateSchema(OutputSchema):
    """A sheet and its state."""

    id = fields.Integer()
    state = fields.String()


class ApprovalOutcomeSchema(SheetStateSchema):
    """A sheet that was decided: how many rows were posted, how many were in the ledger already."""

    posted_rows = fields.Integer()
    conflicts = fields.Integer()


class HeadingSchema(OutputSchema):
    """One heading and what it holds."""

    heading = fields.String()
    field = fields.String()


class ForgottenHeadingsSchema(OutputSchema):
    """Headings that are forgotten."""

    id = fields.Integer()


class KnownHeadingsSchema(OutputSchema):
    """Headings that people explained, with the code of their society."""

    id = fields.Integer(attribute="known.id")
    society = fields.String(allow_none=True)
    kind = fields.String(attribute="known.kind")
    columns = fields.List(
        fields.Nested(HeadingSchema),
        attribute=value_of(
            lambda finding: [
                {"heading": heading, "field": field}
                for heading, _name, field in finding["known"].columns
            ]
        ),
    )
    made_at = Moment(attribute="known.made_at")


class ScanSchema(OutputSchema):
    """The number of a scan that is kept."""

    id = fields.Integer()
