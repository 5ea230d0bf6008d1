"""Gives the rows of a list, or of each of several lists, the one value that all of them have."""

from array import array
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from cva.sheets.files.cell_addresses import cell, letter
from cva.sheets.files.parsed_workbook import ParsedSheet, SheetColumn
from cva.sheets.files.sheet_parts import OwnList
from cva.sheets.files.transport import WORD
from cva.sheets.recognition.field_places import ColumnPlace
from cva.sheets.recognition.open_fields import ONE
from cva.sheets.recognition.recognise import Recognised, RecognisedColumn, corrected
from cva.sheets.vocabulary.choices import Choices
from cva.sheets.vocabulary.questions import NOTHING
from cva.sheets.vocabulary.word_lists import vocabulary


class Filling(NamedTuple):
    """What all rows have in a field.

    Attributes:
        texts: One text for all rows, or one for each of the lists.
        lists: The lists, in the order of their rows; none where there is but one text.
    """

    field: str
    texts: Sequence[str]
    lists: Sequence[OwnList] = ()


def with_whole_list_values(known: Recognised, rows: Sequence[int], choices: Choices) -> Recognised:
    """The sheet with a column for each field that was said for the whole list.

    Args:
        known: The sheet, in which no column holds these fields.
        rows: Its rows of data.
        choices: The answers, under ``one:<field>``.
    """
    fillings = [
        Filling(field, [text])
        for key, text in choices.settled.items()
        if (field := key.removeprefix(f"{ONE}:")) != key
        and field not in known.places
        and field in known.layout.types
        and text != NOTHING
    ]
    return with_columns(known, rows, fillings, choices.amended)


def with_columns(
    known: Recognised, rows: Sequence[int], fillings: Sequence[Filling], amended: Mapping[str, str]
) -> Recognised:
    """The sheet with one more column, right of all others, for each field.

    Args:
        known: The sheet, in which no column holds these fields.
        rows: Its rows of data.
        fillings: What their cells have.
        amended: Cells that were mended, and their texts.
    """
    if not fillings:
        return known
    sheet, places, columns = known.sheet, dict(known.places), list(known.columns)
    language = min(known.languages, default="en")
    for one in fillings:
        at, heading = len(sheet.columns), vocabulary().heading_of(one.field, language)
        sheet = replace(sheet, columns=[*sheet.columns, _filled(sheet, rows, one)])
        places[one.field] = ColumnPlace(at, heading, cell(known.heading_row.row, at))
        columns.append(RecognisedColumn(letter(at), heading, one.field))
    sheet = corrected(sheet, amended)
    return replace(known, sheet=sheet, places=places, columns=tuple(columns))


def _filled(sheet: ParsedSheet, rows: Sequence[int], filling: Filling) -> SheetColumn:
    index = array(WORD, bytes(array(WORD).itemsize * sheet.rows))
    starts = [0, *(bisect_left(rows, one.first) for one in filling.lists[1:]), len(rows)]
    values = [*dict.fromkeys(["", *filling.texts])]
    for text, (start, stop) in zip(filling.texts, pairwise(starts), strict=True):
        for row in rows[start:stop]:
            index[row - 1] = values.index(text)
    return SheetColumn(list(values), index)
