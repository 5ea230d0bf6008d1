"""Opens a file, and takes from a workbook of ours what it says of itself.

So it is known when it comes back. A template and a marked file hold one more sheet, which Excel
does not show: ``#cva`` in its first cell, and below it a name in column A and a value in column B:

``findings_sheet``: the sheet with the findings, not to be read.
``marked_from``: the sha256 of the file that was marked.
``template``, ``version``, ``language``, ``society``, ``programme``, ``round``: of which kind the
    template is and for whom it was made.
``currency``, ``date_order``, ``decimal_mark``: what the template's own columns mean.

A field list says more: ``cva.sheets.vocabulary.field_list_marks``.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from cva.sheets.files.limits import Limits
from cva.sheets.files.parsed_workbook import ParsedBook, ParsedSheet
from cva.sheets.files.sandbox import read_book
from cva.sheets.vocabulary.choices import Choices
from cva.sheets.vocabulary.currencies import load_words
from cva.sheets.vocabulary.encodings import in_unicode
from cva.sheets.vocabulary.field_list_marks import LIST, entries_in
from cva.sheets.vocabulary.layouts import kind_names

SHEET_NAME = "_cva"
MARK = "#cva"
_SETTLES = ("currency", "date_order", "decimal_mark")


def open_book(content: bytes, filename: str, limits: Limits) -> ParsedBook:
    """The sheets of a file, and what is said of it as a whole.

    Raises:
        RefusedError: The file as a whole cannot be taken.
    """
    return read_book(content, filename, limits, in_unicode, meanwhile=load_words)


def rows_of_marks(marks: Mapping[str, str]) -> list[tuple[str, str]]:
    """The cells of the sheet that holds the marks."""
    return [(MARK, ""), *sorted(marks.items())]


def take_marks(book: Sequence[ParsedSheet]) -> tuple[list[ParsedSheet], dict[str, str]]:
    """The sheets that people filled in, and what the workbook says of itself."""
    marks: dict[str, str] = {}
    for sheet in book:
        if _is_marks(sheet):
            rows = range(1, sheet.rows + 1)
            marks |= marks_in((sheet.text(row, 0), sheet.text(row, 1)) for row in rows)
    findings = marks.get("findings_sheet")
    return [one for one in book if not _is_marks(one) and one.name != findings], marks


def marks_in(rows: Iterable[Sequence[str]]) -> dict[str, str]:
    """The marks in the cells of the sheet that holds them; none where it is no such sheet."""
    pairs = [(*row, "", "")[:2] for row in rows]
    if not pairs or pairs[0][0] != MARK:
        return {}
    return {name: value for name, value in pairs[1:] if name}


def _is_marks(sheet: ParsedSheet) -> bool:
    return sheet.hidden and sheet.text(1, 0) == MARK


def with_marks(choices: Choices, marks: Mapping[str, str]) -> Choices:
    """What the sender chose, and otherwise what the template says of its columns."""
    settled = {name: marks[name] for name in _SETTLES if marks.get(name)}
    kind = marks.get("template")
    return replace(
        choices,
        kind=choices.kind or (kind if kind in kind_names() else None),
        settled=settled | dict(choices.settled),
        is_template=kind in kind_names(),
        is_field_list=bool(marks.get(LIST)),
        entries=entries_in(marks) if marks.get(LIST) else (),
    )
