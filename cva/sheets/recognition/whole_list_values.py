"""Gives every row of a list the one value that a person said for all of them."""

from array import array
from collections.abc import Iterable
from dataclasses import replace

from cva.sheets.files.cell_addresses import cell, letter
from cva.sheets.files.parsed_workbook import ParsedSheet, SheetColumn
from cva.sheets.files.transport import WORD
from cva.sheets.recognition.field_places import ColumnPlace
from cva.sheets.recognition.open_fields import ONE
from cva.sheets.recognition.recognise import Recognised, RecognisedColumn, corrected
from cva.sheets.vocabulary.choices import Choices
from cva.sheets.vocabulary.questions import NOTHING
from cva.sheets.vocabulary.word_lists import vocabulary


def with_whole_list_values(known: Recognised, rows: Iterable[int], choices: Choices) -> Recognised:
    """The sheet with one more column, right of all others, for each field said for the whole list.

    Args:
        known: The sheet, in which no column holds these fields.
        rows: Its rows of data.
        choices: The answers, under ``one:<field>``.
    """
    answers = {
        field: text
        for key, text in choices.settled.items()
        if (field := key.removeprefix(f"{ONE}:")) != key
        and field not in known.places
        and field in known.layout.types
        and text != NOTHING
    }
    if not answers:
        return known
    sheet, places, columns = known.sheet, dict(known.places), list(known.columns)
    language = min(known.languages, default="en")
    for field, text in answers.items():
        at, heading = len(sheet.columns), vocabulary().heading_of(field, language)
        sheet = replace(sheet, columns=[*sheet.columns, _filled(sheet, rows, text)])
        places[field] = ColumnPlace(at, heading, cell(known.heading_row.row, at))
        columns.append(RecognisedColumn(letter(at), heading, field))
    sheet = corrected(sheet, choices.amended)
    return replace(known, sheet=sheet, places=places, columns=tuple(columns))


def _filled(sheet: ParsedSheet, rows: Iterable[int], text: str) -> SheetColumn:
    index = array(WORD, bytes(array(WORD).itemsize * sheet.rows))
    for row in rows:
        index[row - 1] = 1
    return SheetColumn(["", text], index)
