"""Checks one file from its bytes to its findings; asks no database and changes nothing."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from hashlib import sha256

from cva.sheets.checking.checked import Checked
from cva.sheets.checking.struck_out import settled_rows, without_struck_parts
from cva.sheets.checking.unseen_texts import unseen_texts
from cva.sheets.checking.validate import Progress, Validated, validate
from cva.sheets.files.cell_addresses import column_of
from cva.sheets.files.file_types import ending_of, really
from cva.sheets.files.limits import Limits
from cva.sheets.files.parsed_workbook import FileNote
from cva.sheets.files.refusal import RefusedError
from cva.sheets.findings.finding import Finding, severity_of
from cva.sheets.recognition.data_rows import find_rows
from cva.sheets.recognition.households import with_households
from cva.sheets.recognition.list_values import with_list_values
from cva.sheets.recognition.open_fields import LISTS
from cva.sheets.recognition.opened_workbook import open_book, take_marks, with_marks
from cva.sheets.recognition.own_lists import with_own_lists
from cva.sheets.recognition.recognise import Recognised, recognise
from cva.sheets.recognition.sorted_rows import DataRows
from cva.sheets.recognition.whole_list_values import with_whole_list_values
from cva.sheets.vocabulary.choices import Choices

#: Workbooks whose number formats, and so the currencies that cells show, are not read. A page or a
#: text may be named so, too.
_WITHOUT_FORMATS = frozenset({"xlsb", "xls", "ods"})
_BINARY = frozenset({"package", "old-office"})


def check(
    content: bytes,
    filename: str,
    choices: Choices,
    limits: Limits,
    progress: Progress = lambda _done, _rows: None,
) -> Checked:
    """Read, recognise and check a file.

    Bad input is never raised: it is among the findings.

    Args:
        content: The file.
        filename: Its name; the ending says its format.
        choices: What the sender knows.
        limits: How large it may be.
        progress: Called with the rows that are done, and all rows.
    """
    digest = sha256(content).hexdigest()
    try:
        book = open_book(content, filename, limits)
        sheets, marks = take_marks(book.sheets)
        choices = with_marks(choices, marks)
        is_shown = ending_of(filename) not in _WITHOUT_FORMATS or really(content) not in _BINARY
        sheets = [replace(sheet, has_formats=is_shown) for sheet in sheets]
        if any(sheet.partly_struck for sheet in sheets):
            sheets = [without_struck_parts(sheet, choices) for sheet in sheets]
        notes = [*book.notes, *([] if is_shown else [FileNote("looks-unread")])]
        outcome = Checked(filename, digest, marks=marks, findings=_of_file(notes))
        known = recognise(sheets, choices)
        if not isinstance(known, Recognised):
            return replace(outcome, ask=list(known))
        return _checked(known, outcome, choices, progress)
    except RefusedError as refused:
        return _refused(refused, Checked(filename, digest))


def _place(finding: Finding) -> tuple[int, int]:
    """Rows from above, cells from the left; what is about the whole sheet comes first."""
    letters = (finding.cell or "").rstrip("0123456789")
    return finding.row or 0, column_of(letters)


def _of_file(notes: Iterable[FileNote]) -> list[Finding]:
    """What is said of the file as a whole."""
    return [Finding(severity_of(note.code), note.code, details=note.details) for note in notes]


def _refused(refused: RefusedError, outcome: Checked) -> Checked:
    finding = Finding(
        severity="error",
        code=refused.code,
        sheet=refused.sheet,
        cell=refused.cell,
        details=refused.details,
        heading=refused.details.get("heading"),
    )
    return replace(outcome, findings=[finding], refused=True)


def _checked(known: Recognised, outcome: Checked, choices: Choices, progress: Progress) -> Checked:
    rows = find_rows(known)
    if not rows.data:
        raise RefusedError("no-data-rows", sheet=known.sheet.name)
    struck: list[Finding] = []
    if known.sheet.struck or known.sheet.partly_struck:
        rows, asked, struck = settled_rows(known, rows, choices)
        known = replace(known, questions=(*known.questions, *asked))
    progress(0, len(rows.data))
    members: Sequence[int] = ()
    if known.sheet.merged or rows.has_gaps:
        known, rows, members = with_households(known, rows, choices)
    if known.sheet.parts or rows.skipped or rows.titles:
        known = with_own_lists(known, rows)
    if known.lists or any(key.startswith(f"{LISTS}:") for key in choices.settled):
        known = with_list_values(known, rows.data, choices)
    elif choices.settled:
        known = with_whole_list_values(known, rows.data, choices)
    done: Validated = validate(known, rows, choices, progress)
    findings = [*outcome.findings, *_note_sheet(known, rows), *struck, *done.findings]
    findings += [_of_row(known, row, "household-member", "") for row in members]
    findings.sort(key=_place)
    return replace(
        outcome,
        content_sha256=content_digest(done),
        kind=known.layout.kind,
        sheet=known.sheet.name,
        header_row=known.heading_row.row
        - (known.sheet.parts[0].offset if known.sheet.parts else 0),
        parts=known.sheet.parts,
        headings_key=known.heading_row.key,
        columns=known.columns,
        rows=done.rows,
        findings=findings,
        ask=[*known.questions, *done.questions],
        has_receipt=done.has_receipt,
    )


def content_digest(done: Validated) -> str:
    """The digest of all values, field by field in the order of their names.

    A cell that could not be read is in it as typed.
    """
    digest = sha256()
    for name in sorted(done.columns):
        text = json.dumps([name, done.columns[name]], ensure_ascii=False, separators=(",", ":"))
        digest.update(text.encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def _note_sheet(known: Recognised, rows: DataRows) -> Iterator[Finding]:
    """Everything that the rows themselves do not show."""
    yield from _hidden_sheets(known)
    for name in known.left_out:
        about = {"other": name}
        code = "sheet-left-out"
        yield Finding(severity_of(code), code, known.sheet.name, details=about)
    yield from _column_findings(known)
    hidden = known.sheet.hidden_rows
    for row in rows.data:
        if row in hidden:
            yield _of_row(known, row, "hidden-row", "")
    if known.sheet.unseen:
        yield from unseen_texts(known, rows.data)
    for row in rows.bare_totals:
        yield _of_row(known, row, "bare-total", next(filter(None, known.sheet.texts(row)), ""))
    for row in rows.named_totals:
        yield _of_row(known, row, "named-total", next(filter(None, known.sheet.texts(row)), ""))
    for row in rows.skipped:
        yield _of_row(known, row, "rows-skipped", next(filter(None, known.sheet.texts(row)), ""))


def _hidden_sheets(known: Recognised) -> Iterator[Finding]:
    names = [known.sheet.name] if known.sheet.hidden else []
    for name in (*names, *known.hidden):
        yield Finding(
            severity_of("hidden-sheet"), "hidden-sheet", known.sheet.name, details={"hidden": name}
        )


def _column_findings(known: Recognised) -> Iterator[Finding]:
    heads = {head.column: head for head in known.heading_row.heads}
    asked = frozenset[str]().union(*(question.columns for question in known.questions))
    for column in known.columns:
        head = heads.get(column_of(column.column))
        if head is None:  # a value that was said for the whole list
            continue
        codes = []
        if column.field is None and column.column not in asked:
            codes.append("column-unknown")
        if head.column in known.sheet.hidden_columns:
            codes.append("hidden-column")
        sheet, at = known.sheet.place(head.row, head.column)
        is_passed_over = column.field is None and bool(head.meaning.fields)
        for code in codes:
            yield Finding(
                severity=severity_of(code),
                code=code,
                sheet=sheet,
                cell=at,
                field=column.field,
                heading=column.heading,
                value=column.heading,
                details={"passed_over": "1"} if is_passed_over else {},
            )


def _of_row(known: Recognised, row: int, code: str, value: str) -> Finding:
    sheet, at = known.sheet.place(row, 0)
    return Finding(severity_of(code), code, sheet, at, row, value=value)
