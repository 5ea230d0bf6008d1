"""Sheets as forms, programs and commands say them: sent, answered, submitted, decided."""

from typing import Any, ClassVar

from cva.core.i18n import N_
from cva.core.input_schema import Choice, InputSchema, RecordNumber, SeenVersion, Text, Tick
from cva.sheets.cells.other_cells import LONGEST_TEXT
from cva.sheets.checking.cures import CURES


class NewSheetSchema(InputSchema):
    """What is given beside the file of a new sheet."""

    round = Text(
        N_("Round"),
        attributes={"maxlength": 60, "placeholder": "2022-11"},
        metadata={"description": "Code of the round, if it has a name."},
    )
    vendor = Text(
        N_("Vendor"),
        attributes={"maxlength": 100},
        metadata={"description": "Who claims vouchers: code or name."},
    )


class NewSheetFormSchema(NewSheetSchema):
    """A new sheet as the page sends it, where the programme is chosen."""

    class Meta:
        """``is`` is no name for an attribute."""

        include: ClassVar[dict[str, Any]] = {
            "is": Choice(
                N_("The sheet is"), ["record", "list"], control="radio", load_default="record"
            )
        }

    programme = RecordNumber(
        N_("Programme"), required=True, missing=N_("Choose a programme first.")
    )
    file = Text(N_("File"), control="file")
    replaces = RecordNumber()


class _Confirmations(InputSchema):
    leave_out_errors = Tick(metadata={"description": "Rows with errors stay out."})
    handed_out = Tick(
        N_("All rows were handed out, as signed for on the original list"),
        metadata={"description": "All rows were handed out, as signed for on the original."},
    )
    others_handed_out = Tick(
        N_("All other rows were handed out, as signed for on the original list"),
        metadata={
            "description": "The same, where some rows say that they were not received: all others."
        },
    )
    totals_confirmed = Tick(
        N_("The rows are right, though a total in the sheet differs"),
        metadata={"description": "The rows are right, though a total in the sheet differs."},
    )
    currency_confirmed = Tick(
        N_("The amounts are in the programme's currency"),
        metadata={"description": "The amounts are in the programme's currency."},
    )
    changes_confirmed = Tick(
        N_("What differs is meant so"),
        metadata={"description": "What the check wants confirmed is meant so."},
    )


class _Reason(InputSchema):
    reason = Text(
        N_("Why, so that the sender can mend it"),
        control="textarea",
        required=True,
        missing=N_("Say why, so that the sender can mend it."),
        attributes={"rows": 2, "maxlength": 1000},
    )


class ApprovalSchema(InputSchema):
    """The version of a sheet that was seen, where a program says it."""

    version = SeenVersion("The version that was seen; refused where it changed since.")


class SubmissionSchema(ApprovalSchema, _Confirmations):
    """What the sender says on submitting."""


class SheetRejectionSchema(ApprovalSchema, _Reason):
    """Why a sheet goes back."""


class SeenSchema(InputSchema):
    """The version of a sheet that a page showed."""

    version = RecordNumber(
        required=True, missing=N_("This form is too old. Go back, reload, send it again.")
    )


class SubmissionFormSchema(SeenSchema, _Confirmations):
    """A submission from the page, which shows a version."""


class SheetRejectionFormSchema(SeenSchema, _Reason):
    """The same from the page, which shows a version."""


class _Cure(InputSchema):
    group = Text(
        N_("Group of cells"),
        required=True,
        metadata={"description": "What the group of cells is called by, as the sheet shows it."},
    )
    cure = Choice(N_("How they are mended"), CURES, required=True)
    text = Text(
        N_("Write this into all of them"),
        attributes={"maxlength": LONGEST_TEXT},
        metadata={"description": "What is written into all of them, where that is the cure."},
    )


class CureSchema(ApprovalSchema, _Cure):
    """How all cells with the same fault are mended at once."""


class CureFormSchema(SeenSchema, _Cure):
    """The same from the page, which shows a version."""


class ExceptionSchema(InputSchema):
    """Why a row that a rule keeps out really happened, and how it is booked."""

    kind = Text(N_("The money"), control="radio", required=True)
    reason = Text(N_("What happened"), required=True, attributes={"maxlength": 500})


class NewScanSchema(InputSchema):
    """A scan of a signed list."""

    file = Text(
        N_("Scan or photograph"), control="file", attributes={"accept": ".pdf,.jpg,.jpeg,.png"}
    )


class ReversalSchema(InputSchema):
    """A sheet, or a row of it, to be reversed."""

    row = Text(N_("One row only"), attributes={"maxlength": 100})
    reason = Text(N_("Why"), required=True, attributes={"maxlength": 500})
