"""What the cells of a column say about a receipt: yes, no, nothing, or what must be asked."""

import re
from collections.abc import Callable, Mapping, Sequence

from cva.sheets.cells.cell_reading import faulty, is_blank, is_nothing, says_nothing
from cva.sheets.cells.receipt_answers import (
    BLANK,
    FAULTY,
    FILLED,
    LONGEST_ANSWER,
    NO,
    NOTHING,
    SIGNED,
    UNCLEAR,
    YES,
    ColumnValues,
    Says,
    bare_answers,
    is_day,
    plain_no,
    ways_to_sign,
    words_of,
    words_of_answers,
)
from cva.sheets.cells.remark_cells import of_collectors, of_names, of_remarks
from cva.sheets.cells.word_cells import WordReader, paired
from cva.sheets.files.parsed_workbook import Value, typed
from cva.sheets.vocabulary.harmless_texts import (
    has_doubt,
    has_loose_number,
    is_harmless,
    is_questioned,
)
from cva.sheets.vocabulary.refusals import (
    begins_like,
    is_half_refusal,
    is_refusal,
    may_refuse,
    speaks_against,
)
from cva.sheets.vocabulary.symbol_fonts import may_be_signs
from cva.sheets.vocabulary.word_lists import word

EMPTY_BOXES = frozenset([*"☐□▢⬜◻○", "[]", "[ ]", "()", "( )"])
#: In a place to sign more texts than these that begin with a small letter are how people sign.
MOST_BEGIN_SMALL = 5
_FEWEST_LETTERS = 4
#: People who cannot write sign by a cross.
_CROSSES = frozenset("xх")
CROSSED_BOXES = frozenset("☒🗷")
_PARTED = re.compile(r"\s*[/|,;()]\s*|\s+[-–—]\s+")
_LINE_TO_SIGN_ON = re.compile(r"[\s._…/\\-]+")


def of_status(values: ColumnValues, languages: frozenset[str], heading: str) -> Says:
    """A column that says who received, by words, signs, boxes or the day of it."""
    texts = {at: word(typed(value)) for at, value in values.items() if not is_blank(value)}
    if may_be_signs(frozenset(typed(values[at]).strip() for at in texts)):
        return {at: UNCLEAR if at in texts else BLANK for at in values}
    reader = WordReader("receipt", values.values(), languages, heading)
    says = {at: _answer(value, reader) for at, value in values.items()}
    has_yes = YES in says.values()
    is_crossed = not has_yes and bool(CROSSED_BOXES.intersection(texts.values()))
    for at, text in texts.items():
        if text in EMPTY_BOXES and says[at] == UNCLEAR:
            says[at] = NO if has_yes else UNCLEAR if is_crossed else BLANK
        elif text in CROSSED_BOXES and is_crossed:
            says[at] = UNCLEAR  # some tick a box by crossing it
        elif says[at] == NO and not has_yes and len(text) == 1 and text.isalpha():
            says[at] = UNCLEAR  # a letter alone means absent beside a p, and may mean approved
    return says


def _answer(value: Value, reader: WordReader) -> str:
    if is_blank(value):
        return BLANK
    if faulty(value, "value-unknown"):
        return FAULTY
    if is_day(value):
        return YES
    if is_questioned(typed(value)):
        return UNCLEAR
    found = reader.read(value).value
    if found in {YES, NO}:
        return str(found)
    return _of_parts(_parts(typed(value)))


def _of_parts(parts: list[str]) -> str:
    """What an answer in parts says: all the same, or a yes with harmless words behind it."""
    meant = {_part(part) for part in parts}
    if len(meant) == 1:
        return meant.pop()
    rest = [part for part in parts if _part(part) == UNCLEAR]
    are_harmless = all(is_harmless(part) and not may_refuse(part) for part in rest)
    is_yes = meant == {YES, UNCLEAR} and are_harmless
    return YES if is_yes else UNCLEAR


def _parts(text: str) -> list[str]:
    """The parts of an answer in two languages, or with a word behind it: No - absent."""
    return [part for part in _PARTED.split(text) if part]


def _part(text: str) -> str:
    plain = word(text)
    if plain in ways_to_sign():
        return YES
    meant = [answer for answer in (YES, NO) if plain in words_of(answer)]
    return meant[0] if len(meant) == 1 else UNCLEAR


def may_answer(text: str) -> bool:
    """Whether a text is a day, an answer to whether something was received, or speaks against."""
    if is_day(text) or speaks_against(text):
        return True
    return bool(parts := _parts(text)) and all(_part(part) != UNCLEAR for part in parts)


def of_signature(values: ColumnValues, _languages: frozenset[str], _heading: str) -> Says:
    """A place to sign: what is filled in is no yes, but it may say why nobody signed.

    Crosses beside ticks may do so; alone they are how people sign who cannot write. Names begin
    with a capital: a few texts that do not are asked about.
    """
    says = {at: _signature(value) for at, value in values.items()}
    filled = [at for at, answer in says.items() if answer == FILLED]
    small = [at for at in filled if _begins_small(typed(values[at]).strip())]
    if len(small) <= MOST_BEGIN_SMALL:
        says |= dict.fromkeys(small, UNCLEAR)
    signs = {
        at: word(typed(values[at])) for at, answer in says.items() if answer in {SIGNED, FILLED}
    }
    short = {at: sign for at, sign in signs.items() if len(sign) == 1}
    meant = paired(short.values())
    return says | {at: UNCLEAR for at, sign in short.items() if meant.get(sign) == NO}


def _begins_small(text: str) -> bool:
    return text[0].islower() and sum(map(str.isalpha, text)) >= _FEWEST_LETTERS


def _signature(value: Value) -> str:
    text = typed(value).strip()
    if is_nothing(value) or text in EMPTY_BOXES or _LINE_TO_SIGN_ON.fullmatch(text):
        return BLANK
    if is_refusal(text) or word(text) in plain_no():
        return NO
    if may_refuse(text) or is_half_refusal(text) or has_doubt(text) or has_loose_number(text):
        return UNCLEAR
    return BLANK if says_nothing(value) else _sign(text)


def _sign(text: str) -> str:
    """What is filled in where one signs, and says nothing against it."""
    if len(text) > LONGEST_ANSWER or not begins_like(text, words_of_answers()):
        return FILLED
    plain = word(text)
    if plain in words_of(NO):
        return UNCLEAR
    return SIGNED if plain in ways_to_sign() or plain in words_of(YES) - _CROSSES else FILLED


def of_refusals(values: ColumnValues, _languages: frozenset[str], _heading: str) -> Says:
    """A column headed as not received: a mark or a yes is a no, and a no or a blank says nothing.

    "Absent: no" is not yet a receipt.
    """
    texts = {at: word(typed(value)) for at, value in values.items() if not is_nothing(value)}
    letters = {text for text in texts.values() if len(text) == 1 and text.isalpha()}
    has_yes = bool(letters & words_of(YES) - _CROSSES)
    says = {at: _turned_around(text, has_yes=has_yes) for at, text in texts.items()}
    # A cross beside ticks may be the other answer.
    other = {text for text, meant in paired(texts.values()).items() if meant == NO}
    crossed = (at for at, text in texts.items() if text in other - EMPTY_BOXES)
    return dict.fromkeys(values, NOTHING) | says | dict.fromkeys(crossed, UNCLEAR)


def are_refusals(texts: Sequence[str]) -> bool:
    """Whether texts under such a heading are marks; a number may count days of absence."""
    says = of_refusals(dict(enumerate(texts)), frozenset(), "").values()
    return UNCLEAR not in says and not any(map(str.isdecimal, texts))


def _turned_around(text: str, *, has_yes: bool) -> str:
    if is_refusal(text) or text in _CROSSES or text in bare_answers(YES):
        return NO
    if text in EMPTY_BOXES:
        return NOTHING
    is_letter = len(text) == 1 and text.isalpha()
    is_word = text.isalnum() and (has_yes or not is_letter)  # a cross may be a mark
    return NOTHING if is_word and text in bare_answers(NO) else UNCLEAR


def of_days(values: ColumnValues, _languages: frozenset[str], _heading: str) -> Says:
    """The days of receipt: who has one received."""
    return {at: _day(value) for at, value in values.items()}


def _day(value: Value) -> str:
    if says_nothing(value):
        return BLANK
    if is_day(value):
        return YES
    text = typed(value)
    if is_refusal(text):
        return NO
    return UNCLEAR if may_refuse(text) or has_doubt(text) else NOTHING


ReceiptReader = Callable[[ColumnValues, frozenset[str], str], Says]
#: A day is read for who received where its heading says that it is that of the receipt.
DAY = "distribution_date"
#: By field, how its cells are read for a receipt.
READERS: Mapping[str, ReceiptReader] = {
    "status": of_status,
    "other_receipt": of_status,
    "signature": of_signature,
    "remarks": of_remarks,
    "reason": of_remarks,
    "not_received": of_refusals,
    "received_by": of_collectors,
    "mark_kind": of_names,
    DAY: of_days,
}
