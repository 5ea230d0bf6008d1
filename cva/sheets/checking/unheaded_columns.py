"""Who received, by columns that are for something else: under no heading, of running numbers."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache

from cva.sheets.cells import receipt_answers
from cva.sheets.cells.cell_reading import is_blank
from cva.sheets.cells.remark_cells import of_remarks
from cva.sheets.checking.outside_lines import is_signed, lines_beside
from cva.sheets.checking.receipt_columns import ReceiptColumn, is_note, shown
from cva.sheets.checking.table import Table
from cva.sheets.files.cell_addresses import cell, letter
from cva.sheets.files.parsed_workbook import Value, typed
from cva.sheets.recognition.field_places import ColumnPlace
from cva.sheets.vocabulary.word_lists import is_ditto

#: A letter or a Roman number, and how many of them make a row of them.
_LETTER = re.compile(r"\w|[ivxlc]{1,6}\.?", re.IGNORECASE)
_FEWEST_LETTERS = 3
_DIGITS = re.compile(r"\d+")
#: Running numbers, as nearly all are written.
_PLAIN = re.compile(r"\W*\w?\W?\d[\W\d]*\w?\W*")
_OPEN = (receipt_answers.UNCLEAR, receipt_answers.DOUBTFUL)
#: What is asked about under no heading, even where it is a plain yes or no.
_ASKED = {
    receipt_answers.NO: receipt_answers.UNCLEAR,
    receipt_answers.UNCLEAR: receipt_answers.UNCLEAR,
    receipt_answers.DOUBTFUL: receipt_answers.DOUBTFUL,
    receipt_answers.UNKNOWN: receipt_answers.UNKNOWN,
}


def unheaded_columns(table: Table) -> Iterator[ReceiptColumn]:
    """Columns in which somebody noted who did not receive, though nothing says that they may."""
    yield from _unheaded(table)
    yield from _running_numbers(table)


def _unheaded(table: Table) -> Iterator[ReceiptColumn]:
    """Columns without a heading, in which a text that is not known may be a note if it is alone."""
    headed = {head.column for head in table.known.heading_row.heads}
    free = [at for at in range(len(table.known.sheet.columns)) if at not in headed]
    of_others = {(line.column, line.text) for line in lines_beside(table)} if free else set()
    found = {at: shown(table, at) for at in free}
    filled = Counter(
        row
        for values, index in found.values()
        for row, position in enumerate(index)
        if not is_blank(values[position])
    )
    for at, (values, index) in found.items():
        alone = {position for row, position in enumerate(index) if filled[row] == 1}
        has_blanks = any(map(is_blank, values.values()))
        says = dict.fromkeys(values, receipt_answers.NOTHING)
        for position, answer in _says(table, values).items():
            is_unknown = answer == receipt_answers.UNKNOWN
            if (at, typed(values[position]).strip()) not in of_others and (
                not is_unknown or (has_blanks and position in alone)
            ):
                says[position] = answer
        if not {*says.values()} <= {receipt_answers.NOTHING}:
            place = ColumnPlace(at, letter(at), cell(table.known.heading_row.row, at))
            yield ReceiptColumn("", place, index, values, says)


def _says(table: Table, values: Mapping[int, Value]) -> dict[int, str]:
    lettered = {at: one for at, one in values.items() if any(map(str.isalpha, typed(one)))}
    return {
        at: _ASKED.get(answer, receipt_answers.NOTHING)
        for at, answer in of_remarks(lettered, table.known.languages, "").items()
        if not (answer == receipt_answers.UNKNOWN and _is_name_or_number(typed(values[at])))
    }


def _running_numbers(table: Table) -> Iterator[ReceiptColumn]:
    """Words among running numbers: void, absent."""
    heads = {head.column: head for head in table.known.heading_row.heads}
    for at in table.known.running_numbers:
        values, index = shown(table, at)
        texts = {position: typed(value).strip() for position, value in values.items()}
        words = {
            position: text
            for position, text in texts.items()
            if text and not _PLAIN.fullmatch(text) and _is_no_number(text)
        }
        if len({text for text in words.values() if _LETTER.fullmatch(text)}) >= _FEWEST_LETTERS:
            continue  # they are numbered by letters
        if words:
            says = _says(table, {one: values[one] for one in words})
            unknown = dict.fromkeys(words, receipt_answers.UNKNOWN)
            head = heads[at]
            place = ColumnPlace(at, head.text, cell(head.row, at))
            nothing = dict.fromkeys(values, receipt_answers.NOTHING)
            asked = {one: answer for one, answer in says.items() if answer in _OPEN}
            yield ReceiptColumn("", place, index, values, nothing | unknown | asked)


def _is_no_number(text: str) -> bool:
    if is_ditto(text) or is_signed(text):
        return False
    return not any(map(str.isdigit, text)) or _is_noted(_DIGITS.sub("", text))


@lru_cache(maxsize=1000)  # most numbers have the same letters around them
def _is_noted(around: str) -> bool:
    return is_note(around)


def _is_name_or_number(text: str) -> bool:
    """Whether a text may be somebody's name or number: Ann Moss, R-77."""
    words = text.split()
    is_name = len(words) > 1 and all(word[0].isupper() and not word.isupper() for word in words)
    return is_name or (len(words) == 1 and any(map(str.isdigit, text)))
