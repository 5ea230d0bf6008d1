"""Finds notes about who did not receive, or not all, in a column whose heading nobody knows."""

import re
from collections.abc import Collection, Mapping, Sequence
from functools import cache

from cva.sheets.cells.cell_reading import is_nothing
from cva.sheets.cells.receipt_answers import NO, YES, is_day, words_of
from cva.sheets.cells.receipt_cells import may_answer
from cva.sheets.files.parsed_workbook import ParsedSheet
from cva.sheets.recognition.heading_rows import Head
from cva.sheets.recognition.headings import meaning, words_apart
from cva.sheets.vocabulary.harmless_texts import has_doubt, has_loose_number, is_harmless
from cva.sheets.vocabulary.refusals import is_denial, is_refusal, may_refuse
from cva.sheets.vocabulary.text_forms import fold
from cva.sheets.vocabulary.word_lists import vocabulary, word

#: Fewer words may be a name, or about anything: not married.
_FEWEST_WORDS = 3
#: So many cells of known columns show that a row is one of the list.
_FEWEST_CELLS = 2
_PAID = frozenset({"paid", "collected"})
#: An ending or the mark itself: Не получил(а), Absent (x).
_ASIDE = re.compile(r"\s*\([^)]{1,3}\)")


def is_headed_as_refusal(heading: str) -> bool:
    """Whether a heading as a whole says that nothing was received: Not paid, Absent."""
    return is_refusal(heading) or is_refusal(_ASIDE.sub("", heading))


def names_reason(heading: str) -> bool:
    """Whether a heading is the reason why nothing was received: Reason for non-payment."""
    words = heading.split()
    ends = {words[0], words[-1]} if words else set()
    return may_refuse(heading) and any("reason" in meaning(one).fields for one in ends)


def may_hold_notes(sheet: ParsedSheet, head: Head, heads: Sequence[Head], first: int) -> bool:
    """Whether a column has a plain refusal, a denial of another text, or notes in some rows.

    What stands in every row is about something else.
    """
    column, below = sheet.columns[head.column], range(first, sheet.rows + 1)
    texts = {column.texts[at] for at in column.of_rows(below)} - {""}
    if (
        any(map(is_refusal, texts))
        or not waiting_words().isdisjoint(map(word, texts))
        or _deny_another(texts)
    ):
        return True
    return any(map(_may_be_note, texts)) and _is_sparse(sheet, head, heads, first)


def may_be_receipt(
    sheet: ParsedSheet, head: Head, heads: Sequence[Head], first: int, samples: Sequence[str]
) -> bool:
    """Whether a column has nothing but answers, of which one is a no or a blank beside a yes.

    What such a heading says of people, such as "Pregnant", is no receipt.
    """
    said = [text for text in samples if not is_nothing(text)]
    if not set(said) - {"0"} or not all(map(_is_answer, said)) or _is_about_people(head.text):
        return False
    if word(head.text) in words_of(YES) and any(word(one.text) in words_of(NO) for one in heads):
        return False  # the other answer beside it is asked about
    column = sheet.columns[head.column]
    texts = {column.texts[at] for at in column.of_rows(range(first, sheet.rows + 1))} - {""}
    is_refused = any(word(text) not in words_of(YES) for text in texts if _is_answer(text))
    return is_refused or any(map(is_nothing, texts)) or _is_sparse(sheet, head, heads, first)


def _is_answer(text: str) -> bool:
    return (word(text) in status_words() or may_answer(text)) and not is_day(text)


def _is_about_people(heading: str) -> bool:
    """Whether a heading asks about people, and has no word for paying or receiving."""
    words, known = fold(words_apart(heading)).split(), vocabulary().receipt
    beginnings = (*known["received_beginnings"], *known["paid_beginnings"])
    return (
        any(one.startswith(tuple(known["about_people"])) for one in words)
        and not any(one.startswith(beginnings) for one in words)
        and not may_refuse(heading)
    )


@cache
def status_words() -> Mapping[str, str]:
    """All words and marks that may stand in a column that says who received."""
    words: dict[str, str] = {}
    for group in ("yes_no", "receipt", "payment_status", "pair"):
        for one in vocabulary().words[group]:
            words |= one.meanings
    return words


@cache
def waiting_words() -> frozenset[str]:
    """Words for a payment that failed or is still to come: pending, rejected."""
    sets = (one.meanings.items() for one in vocabulary().words["payment_status"])
    words = (text for pairs in sets for text, meaning in pairs if meaning not in _PAID)
    return frozenset(filter(may_refuse, words))


def _deny_another(texts: Collection[str]) -> bool:
    """Whether a text denies what another one says: No conforme beside Conforme."""
    parts = (text.strip().partition(" ") for text in texts)
    denied = {fold(rest) for first, _blank, rest in parts if rest and is_denial(first)}
    return bool(denied) and any(fold(text) in denied for text in texts)


def _is_sparse(sheet: ParsedSheet, head: Head, heads: Sequence[Head], first: int) -> bool:
    """Whether the column is blank in a row of the list."""
    known = [sheet.columns[one.column] for one in heads if one.meaning.fields][:_FEWEST_CELLS]
    column = sheet.columns[head.column]
    return any(
        not column.texts[column.index[row - 1]]
        and all(one.texts[one.index[row - 1]] for one in known)
        for row in range(first, sheet.rows + 1)
    )


def _may_be_note(text: str) -> bool:
    """Whether a text beside some rows may say that nothing was received there, or not all."""
    if has_doubt(text):
        return True
    words = sum(map(str.isalpha, text.split()))
    is_sentence = words >= _FEWEST_WORDS or bool(words and has_loose_number(text))
    return is_sentence and not is_harmless(text)
