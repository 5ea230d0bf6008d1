"""Looking at a kept file: its first rows, for a person who says what the columns hold."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlmodel import Session

from cva.core.errors import RuleError
from cva.core.i18n import gettext as _
from cva.core.permissions import Permission
from cva.intake.checking import choices_of
from cva.intake.column_mapping import may_map
from cva.sheets.files.limits import Limits
from cva.sheets.files.refusal import RefusedError
from cva.sheets.recognition.preview import Preview, preview
from cva.sheets.vocabulary.choices import Choices
from cva.staging.models import Sheet, SheetFile
from cva.staging.workflow import get_sheet, wrong_step


@dataclass(frozen=True, slots=True)
class FileToPreview:
    """A file and what is known of it."""

    sheet: Sheet
    content: bytes
    choices: Choices

    def seen(self, limits: Limits, asked: Mapping[str, str]) -> Preview:
        """Its first rows.

        Args:
            limits: How large it may be.
            asked: Another ``kind``, ``sheet`` or ``header_row`` than was found.

        Raises:
            RuleError: It cannot be read.
        """
        settled = dict(self.choices.settled)
        if row := asked.get("header_row"):
            settled = {"header_row": row}
        choices = replace(
            self.choices,
            kind=asked.get("kind") or self.choices.kind or self.sheet.kind,
            sheet=asked.get("sheet") or self.choices.sheet or self.sheet.sheet_name,
            settled=settled,
        )
        try:
            return preview(self.content, self.sheet.filename, choices, limits)
        except RefusedError as refused:
            raise RuleError(
                _("This file cannot be read. Send another."), code="file_unreadable"
            ) from refused


def take_to_preview(session: Session, sheet_id: int) -> FileToPreview:
    """Take out the file of a sheet whose columns can still be explained.

    Raises:
        RuleError: The sheet is not at this step.
    """
    sheet = get_sheet(session, sheet_id, Permission.SEND_SHEETS)
    kept = session.get(SheetFile, sheet_id)
    if kept is None or not may_map(session, sheet):
        raise RuleError(wrong_step(sheet), code="sheet_wrong_step")
    return FileToPreview(sheet, kept.content, choices_of(session, sheet))
