"""Templates as forms ask for them."""

from cva.core.i18n import N_
from cva.core.input_schema import InputSchema, RecordNumber, Text, Whole
from cva.sheets.writing.template_workbook import MOST_ROWS


class TemplateSchema(InputSchema):
    """What a template is to be for."""

    kind = Text(N_("What for"), control="select", required=True)
    programme = RecordNumber(
        N_("Programme"), required=True, missing=N_("Choose a programme first.")
    )
    round = Text(
        N_("Round, if it has a name"), attributes={"maxlength": 60, "placeholder": "2022-11"}
    )
    rows = Whole(N_("Blank rows"), attributes={"min": 0, "max": MOST_ROWS, "placeholder": "100"})
    language = Text(N_("Language of the template"), control="select")
