"""What would mend many cells with the same fault at once, and what each of them then holds."""

import datetime as dt
import re
from collections.abc import Collection, Sequence
from typing import NamedTuple

from cva.sheets.cells.amounts_with_units import number_among_words
from cva.sheets.cells.date_cells import FIRST_SERIAL_DAY
from cva.sheets.cells.receipt_cells import READERS, of_status
from cva.sheets.findings.catalogue import CATALOGUE, CELL
from cva.sheets.findings.finding import Finding
from cva.sheets.vocabulary.text_forms import plain_digits
from cva.sheets.vocabulary.word_lists import word

#: The cell above, days for their numbers, the number alone, received or not, one text.
FILL_DOWN, AS_DAYS, BARE_NUMBER, YES, NO, TEXT = CURES = (
    *("fill_down", "as_days", "bare_number"),
    *("yes", "no", "text"),
)
STATUS = "status"
_OF_RECEIPT = "words:receipt"
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")
#: Numbers that Excel shows for days from 1954 to 2064.
_SERIALS = range(20_000, 60_001)
#: What belongs to one row alone: written into many, it would make them one.
_OF_ONE_ROW = frozenset({"identifier", "name", "phone", "ignored"})
_UNSETTLED = frozenset({"receipt-unclear", "receipt-doubtful"})
_BLANKS = frozenset({"required", "merged-cell"})
_BLANK, _DAY, _NUMBER, _WORD, _OTHER = "blank", "day", "number", "word", ""


class ValueKind(NamedTuple):
    """What the cells with a fault have in common.

    Attributes:
        name: Blanks, numbers of days, numbers among words, words, or anything else.
        words: The words, or those around the numbers.
    """

    name: str
    words: str = ""


def value_kind(one: Finding, kind: str) -> ValueKind:
    """What kind of value stands in the cell of a finding, given the type of its field."""
    text = one.value.strip()
    if not text:
        return ValueKind(_BLANK)
    if one.code == "date-unreadable" and _serial(text) is not None:
        return ValueKind(_DAY)
    if kind in {"amount", "whole_number"} and (found := number_among_words(text)):
        return ValueKind(_NUMBER, found.words.casefold())
    return ValueKind(_WORD, word(text)) if kind.startswith("words:") else ValueKind(_OTHER)


def cures_for(one: Finding, kind: str, value: ValueKind, fields: Collection[str]) -> Sequence[str]:
    """What would mend all cells that have a fault as this one, of ``CURES``.

    Args:
        one: One of the findings.
        kind: The type of its field.
        value: What its cell has in common with the others.
        fields: The fields that the sheet has.
    """
    is_of_cell = CATALOGUE[one.code].level == CELL
    found = []
    # An amount that several rows share is not the amount of each.
    is_shared = one.code == "merged-cell" and kind == "amount"
    if value.name == _BLANK and one.code in _BLANKS and kind not in _OF_ONE_ROW and not is_shared:
        found.append(FILL_DOWN)
    if value.name == _DAY and kind == "date":
        found.append(AS_DAYS)
    if value.name == _NUMBER and is_of_cell:
        found.append(BARE_NUMBER)
    is_unknown_answer = one.code == "value-unknown" and kind == _OF_RECEIPT
    if (one.code in _UNSETTLED or is_unknown_answer) and answer_field(one.field or "", fields):
        found += [YES, NO]
    if kind not in {"", *_OF_ONE_ROW} and (is_of_cell or one.code in _UNSETTLED):
        found.append(TEXT)
    return found


def answer_field(field: str, fields: Collection[str]) -> str | None:
    """The field in which yes and no are written for a row: its own, or that of the receipt."""
    if READERS.get(field) is of_status:
        return field
    return STATUS if STATUS in fields else None


def mended_text(cure: str, before: str) -> str | None:
    """What a cell holds once it is mended by itself; None where it cannot be so."""
    if cure in {YES, NO}:
        return cure
    if cure == BARE_NUMBER:
        found = number_among_words(before)
        return found.number if found else None
    days = _serial(before.strip())
    return (FIRST_SERIAL_DAY + dt.timedelta(days)).isoformat() if days is not None else None


def _serial(text: str) -> int | None:
    """The days that a number counts, as Excel does; None where it is hardly a day."""
    found = _SERIAL.fullmatch(plain_digits(text))
    return int(found[1]) if found and int(found[1]) in _SERIALS else None
