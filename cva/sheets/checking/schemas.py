"""A check as JSON, messages in the reader's language."""

from typing import Any

from marshmallow import fields, validate

from cva.core.schemas import OpenMapping, OutputSchema, value_of
from cva.sheets.checking.checked import NO_ANSWER, NOT_RECEIVED, READY, row_totals
from cva.sheets.checking.cures import CURES
from cva.sheets.findings.finding import message


class ColumnSchema(OutputSchema):
    """A column of a sheet and the field it was read as."""

    column = fields.String()
    heading = fields.String()
    field = fields.String(allow_none=True)


class RowTotalSchema(OutputSchema):
    """The ready rows' amounts in one currency; two currencies are never added."""

    currency = fields.String(attribute="money.currency")
    amount = fields.String(attribute="money.amount")
    rows = fields.Integer()


class FindingSchema(OutputSchema):
    """Something wrong in a sheet, and its cure."""

    severity = fields.String()
    code = fields.String()
    sheet = fields.String()
    cell = fields.String(allow_none=True)
    row = fields.Integer(allow_none=True)
    field = fields.String(allow_none=True)
    value = fields.String()
    message = fields.String(attribute=value_of(message))


class QuestionSchema(OutputSchema):
    """What a sheet cannot settle by itself."""

    choice = fields.String()
    options = fields.List(fields.String())
    message = fields.String()
    offered = fields.String(metadata={"description": "The answer that is filled in on the page."})
    examples = OpenMapping(
        fields.List(fields.List(fields.String())),
        metadata={"description": "By option, texts of the sheet and how each would be read."},
    )


def _count(state: str) -> Any:  # noqa: ANN401
    return value_of(lambda checked: sum(row.state == state for row in checked.rows))


class FileReportSchema(OutputSchema):
    """All that a check of a file found, without a ledger."""

    file = fields.String()
    sha256 = fields.String()
    kind = fields.String(allow_none=True)
    sheet = fields.String(allow_none=True)
    header_row = fields.Integer(allow_none=True)
    columns = fields.List(fields.Nested(ColumnSchema))
    rows = fields.Integer(attribute=value_of(lambda checked: len(checked.rows)))
    ready = fields.Integer(attribute=_count(READY))
    not_received = fields.Integer(attribute=_count(NOT_RECEIVED))
    no_answer = fields.Integer(attribute=_count(NO_ANSWER))
    totals = fields.List(
        fields.Nested(RowTotalSchema), attribute=value_of(lambda checked: row_totals(checked.rows))
    )

    findings = fields.List(fields.Nested(FindingSchema))
    ask = fields.List(fields.Nested(QuestionSchema))


class FindingGroupSchema(OutputSchema):
    """The same fault in many cells as one, and what would mend all of them."""

    group = fields.String(
        attribute="key", metadata={"description": "What it is called by to be mended."}
    )
    severity = fields.String(attribute="first.severity")
    code = fields.String(attribute="first.code")
    field = fields.String(attribute="first.field", allow_none=True)
    count = fields.Integer()
    cells = fields.String(metadata={"example": "D2:D9, D12"})
    messages = fields.List(
        fields.String(),
        metadata={"description": "One for all, or one each of few that say different things."},
    )
    cures = fields.List(fields.String(validate=validate.OneOf(CURES)))
