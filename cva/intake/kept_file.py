"""The kept file of a sheet: given back with what is wrong marked in it, and its first rows seen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from sqlalchemy import select as select_columns
from sqlmodel import Session, col

from cva.beneficiaries.models import Registration
from cva.core import audit
from cva.core.errors import RuleError
from cva.core.i18n import gettext as _
from cva.core.i18n import language
from cva.core.permissions import Permission
from cva.intake.cell_corrections import cells_amended
from cva.intake.checking import choices_of
from cva.intake.column_mapping import may_map
from cva.sheets.annotation.annotate import mark_file
from cva.sheets.files.cell_addresses import place_of
from cva.sheets.files.limits import Limits
from cva.sheets.files.refusal import RefusedError
from cva.sheets.files.sheet_parts import cell_in_workbook
from cva.sheets.findings.finding import Finding
from cva.sheets.recognition.preview import Preview, preview
from cva.sheets.vocabulary.choices import Choices
from cva.sheets.vocabulary.word_lists import vocabulary
from cva.staging.context import load_context
from cva.staging.models import Sheet, SheetFile, StagedRow
from cva.staging.rows import findings_of
from cva.staging.workflow import get_sheet, names_no_numbers, parts_of, wrong_step


@dataclass(frozen=True, slots=True)
class FileToAnnotate:
    """All that a marked workbook is made of, taken from the ledger in one look.

    Attributes:
        filename: As it was sent. ``name`` is what the marked one is called.
        amended: By sheet, the texts of cells that were corrected in the ledger.
        numbers: By sheet and row the numbers of registered people, where no column has them.
    """

    content: bytes
    filename: str
    sha256: str
    findings: Sequence[Finding]
    amended: Mapping[str, Mapping[str, str]]
    numbers: Mapping[str, Mapping[int, str]]

    @property
    def name(self) -> str:
        """A name for the marked workbook."""
        return f"{PurePath(self.filename).stem}-marked.xlsx"

    def made(self, limits: Limits) -> bytes:
        """The marked workbook, in the language of the moment; it may take seconds.

        Raises:
            RuleError: The file is damaged, or too large to be marked.
        """
        try:
            return mark_file(
                *(self.content, self.filename, self.sha256, self.findings, self.amended),
                limits,
                self.numbers,
            )
        except RefusedError as refused:
            raise RuleError(
                _("This file cannot be marked. Mend it by the list."), code="file_not_markable"
            ) from refused


def take_to_annotate(session: Session, sheet_id: int) -> FileToAnnotate:
    """Take a sheet's file and findings out, which is recorded in the trail.

    Raises:
        RuleError: The file was not kept.
    """
    sheet = get_sheet(session, sheet_id)
    kept = session.get(SheetFile, sheet_id)
    if kept is None:
        raise RuleError(_("The file was not kept. Send it again."), code="file_not_kept")
    audit.record_about(session, audit.Act.SHEET_FILE_READ, sheet)
    return FileToAnnotate(
        content=kept.content,
        filename=sheet.filename,
        sha256=sheet.sha256,
        findings=findings_of(session, sheet_id),
        amended=_by_tab(sheet, cells_amended(session, sheet_id)),
        numbers=_numbers(session, sheet) if names_no_numbers(sheet) else {},
    )


def _numbers(session: Session, sheet: Sheet) -> dict[str, dict[int, str]]:
    """The numbers of registered people by tab and row, below a heading that is known as theirs.

    Who is not registered yet may have another number when the sheet is checked again.
    """
    rows = session.execute(
        select_columns(col(StagedRow.number), col(Registration.number))
        .join(Registration, load_context(session, sheet).is_registered)
        .where(col(StagedRow.sheet_id) == sheet.id)
        .order_by(col(StagedRow.number))
    )
    found: dict[str, dict[int, str]] = {}
    for number, registration in rows:
        tab, at = cell_in_workbook(parts_of(sheet), sheet.sheet_name or "", number, 0)
        if at is not None:
            found.setdefault(tab, {})[place_of(at)[0]] = registration
    heading = vocabulary().heading_of("given_number", language())
    for tab, texts in found.items():
        is_first = tab == sheet.sheet_name and sheet.header_row is not None
        texts[sheet.header_row or 1 if is_first else max(1, min(texts) - 1)] = heading
    return found


def _by_tab(sheet: Sheet, amended: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Corrected cells by tab, as they are called there."""
    found: dict[str, dict[str, str]] = {sheet.sheet_name or "": {}}
    for address, text in amended.items():
        tab, cell = cell_in_workbook(parts_of(sheet), sheet.sheet_name or "", *place_of(address))
        if cell is not None:
            found.setdefault(tab, {})[cell] = text
    return found


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
