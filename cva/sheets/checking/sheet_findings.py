"""Findings about the sheet as a whole: what is hidden, unknown or left out."""

from collections.abc import Iterator

from cva.sheets.files.cell_addresses import cell, column_of
from cva.sheets.findings.finding import Finding, severity_of
from cva.sheets.recognition.data_rows import DataRows
from cva.sheets.recognition.recognise import Recognised


def note_sheet(known: Recognised, rows: DataRows) -> Iterator[Finding]:
    """Everything that the rows themselves do not show."""
    yield from _hidden_sheets(known)
    yield from _columns(known)
    hidden = known.sheet.hidden_rows
    for row in rows.data:
        if row in hidden:
            yield _of_row(known, row, "hidden-row", "")
    for row in rows.skipped:
        yield _of_row(known, row, "rows-skipped", next(filter(None, known.sheet.texts(row)), ""))


def _hidden_sheets(known: Recognised) -> Iterator[Finding]:
    names = [known.sheet.name] if known.sheet.hidden else []
    for name in (*names, *known.hidden):
        yield Finding(
            severity_of("hidden-sheet"), "hidden-sheet", known.sheet.name, details={"hidden": name}
        )


def _columns(known: Recognised) -> Iterator[Finding]:
    heads = {head.column: head for head in known.heading_row.heads}
    asked = {question.choice for question in known.questions}
    for column in known.columns:
        head = heads[column_of(column.column)]
        codes = []
        if column.field is None and f"column:{column.column}" not in asked:
            codes.append("column-unknown")
        if head.column in known.sheet.hidden_columns:
            codes.append("hidden-column")
        for code in codes:
            yield Finding(
                severity=severity_of(code),
                code=code,
                sheet=known.sheet.name,
                cell=cell(head.row, head.column),
                field=column.field,
                heading=column.heading,
                value=column.heading,
            )


def _of_row(known: Recognised, row: int, code: str, value: str) -> Finding:
    return Finding(severity_of(code), code, known.sheet.name, cell(row, 0), row, value=value)
