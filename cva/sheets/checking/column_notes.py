"""What is said of columns and rows as few sheets have, each looked for only where it may be."""

from collections.abc import Mapping, Sequence

from cva.sheets.checking.table import FieldColumn, Table
from cva.sheets.files.cell_addresses import letter
from cva.sheets.files.parsed_workbook import typed
from cva.sheets.recognition.sorted_rows import DataRows
from cva.sheets.vocabulary.alphabets import mixed
from cva.sheets.vocabulary.choices import Choices
from cva.sheets.vocabulary.questions import EXAMPLES, SAME, SEVERAL, Question
from cva.sheets.vocabulary.word_lists import word

_APPROVED = frozenset({"approved", "validation status approved", "validation_status_approved"})
#: The columns of a field list that people fill in.
FILLED_IN = (
    *("status", "distribution_date", "amount", "voucher_number", "received_by", "remarks"),
    *("relation", "authority", "mark_kind", "witness"),
)


def unanswered_rows(table: Table) -> frozenset[int]:
    """The rows of a field list in which nothing was filled in."""
    rows = set(range(len(table.numbers)))
    for name in FILLED_IN:
        column = table.fields.get(name)
        if column is not None:
            rows &= set(column.rows_with(column.blanks))
    return frozenset(rows)


def settle_alike(
    column: FieldColumn,
    groups: Sequence[Sequence[str]],
    counts: Mapping[str, int],
    choices: Choices,
) -> list[Question]:
    """Numbers that may be one, written in several ways: asked about, and then made one."""
    choice = f"alike:{letter(column.place.column)}"
    answer = choices.settled.get(choice)
    if answer == SAME:
        usual = {one: max(group, key=counts.__getitem__) for group in groups for one in group}
        column.values = [usual.get(str(value), value) for value in column.values]
    if answer in {SAME, SEVERAL}:
        return []
    examples = {"": tuple((" = ".join(group), "") for group in groups[:EXAMPLES])}
    return [Question(choice, (SAME, SEVERAL), column.place.heading, examples=examples)]


def note_alphabets(table: Table, column: FieldColumn) -> None:
    """Numbers with letters of two alphabets that look alike."""
    texts = {at: column.texts[at] for at in column.used}
    odd = mixed(texts.values())
    for row in column.rows_with(at for at, text in texts.items() if text in odd):
        table.note(row, column.name, "mixed-letters")


def note_approvals(table: Table, column: FieldColumn) -> None:
    """Rows of a form that nobody has approved."""
    if column.is_empty:
        return
    refused = {at for at in column.used if word(typed(column.value(at))) not in _APPROVED}
    for row in column.rows_with(refused):
        table.note(row, column.name, "not-approved")


def note_doubtful(table: Table, rows: DataRows) -> None:
    """Rows with a name and a day, and a word for a total instead of a number."""
    names = [one for one in table.known.layout.required[0] if one in table.fields]
    for row, number in enumerate(rows.data):
        if number in rows.doubtful:
            table.note(row, names[0], "total-or-person")


def note_covered(table: Table) -> None:
    """Cells that are no needed ones and that another is merged over."""
    rows = {number: row for row, number in enumerate(table.numbers)}
    needed = {name for group in table.known.layout.required for name in group}
    for (number, at), merged in table.covered.items():
        name = next(f.name for f in table.fields.values() if f.place.column == at)
        if number in rows and name not in needed:
            table.note(rows[number], name, "merged-cell", {"merged": merged})
