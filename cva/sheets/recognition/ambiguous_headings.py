"""Settles what a column holds where its heading may mean several things."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from cva.sheets.files.cell_addresses import letter
from cva.sheets.files.parsed_workbook import ParsedSheet
from cva.sheets.recognition.heading_rows import Head, HeadingRow, own_heads
from cva.sheets.recognition.headings import Meaning, is_choice, names_of, says_received
from cva.sheets.vocabulary.choices import EXAMPLES, NOTHING, Choices, Question
from cva.sheets.vocabulary.text_forms import fold
from cva.sheets.vocabulary.word_lists import vocabulary, word

SAMPLE_ROWS = 40
FEWEST_COUNTED = 2
FEWEST_CELLS = 3
_OF_PAYMENTS = frozenset({"amount", "distribution_date", "voucher_number", "transaction_id"})
_DECIDING = frozenset(
    {"registration_no", "voucher_number", "amount", "currency", "distribution_date", "status"}
    | {"redeemed_on", "transaction_id", "source_id"}
)


def settle(
    sheet: ParsedSheet, heading_row: HeadingRow, choices: Choices
) -> tuple[dict[int, str], list[Question]]:
    """The field of every column that has one, and a question for every column in doubt."""
    fields: dict[int, str] = {}
    open_heads: list[Head] = []
    heading_row = replace(heading_row, heads=own_heads(heading_row))
    headings = frozenset(head.text for head in heading_row.heads)
    explained = _explained(heading_row, choices)
    for head in heading_row.heads:
        field = explained.get(head.column)
        if field is not None:
            if field != NOTHING:
                fields[head.column] = field
        elif is_choice(head.text, headings):
            continue
        elif len(head.meaning.fields) > 1:
            open_heads.append(head)
        elif head.meaning.fields and says_received(head.text):
            both = head.meaning.fields | {"status"}
            open_heads.append(replace(head, meaning=Meaning(both, head.meaning.languages)))
        elif head.meaning.fields:
            fields[head.column] = next(iter(head.meaning.fields))
    _take_tags(heading_row, fields, explained, headings)
    questions = _settle_open(sheet, heading_row, open_heads, fields)
    return fields, questions + _ask_of_marks(sheet, heading_row, fields, explained)


def _ask_of_marks(
    sheet: ParsedSheet,
    heading_row: HeadingRow,
    fields: dict[int, str],
    explained: Mapping[int, str],
) -> list[Question]:
    """Whether a column says who was paid, where its cells say so and its heading does not.

    The other way round too: a heading such as "Status" over cells that are about something else.
    """
    if not _OF_PAYMENTS & set(fields.values()):
        return []
    questions = []
    for head in heading_row.heads:
        if head.column in explained:
            continue
        texts = _samples(sheet, heading_row, head)
        if head.column not in fields and not head.meaning.fields:
            known = _marks() if "status" not in fields.values() else frozenset()
            doubt = len(texts) >= FEWEST_COUNTED and all(word(text) in known for text in texts)
        else:
            bare = fields.get(head.column) == "status" and _is_bare_status(head)
            doubt = (
                bare and bool(texts) and not any(word(text) in _status_words() for text in texts)
            )
            doubt = doubt and not {"transaction_id", "payment_reference"} & set(fields.values())
        if doubt:
            fields.pop(head.column, None)
            questions.append(_question(sheet, heading_row, head, ("status", NOTHING)))
    return questions


def _marks() -> frozenset[str]:
    """Words that are about a payment; yes and no may be about anything."""
    words = vocabulary().words
    return frozenset(
        text
        for group in ("receipt", "payment_status")
        for one in words[group]
        for text in one.meanings
    )


def _is_bare_status(head: Head) -> bool:
    """Whether the heading is the plain word for a status, which may be anything's."""
    languages = head.meaning.languages
    return any(
        fold(vocabulary().heading_of("status", language)) == fold(head.text)
        for language in languages
    )


def _question(
    sheet: ParsedSheet, heading_row: HeadingRow, head: Head, options: tuple[str, ...]
) -> Question:
    blocks = bool(_DECIDING.intersection(options))
    examples = _examples(sheet, heading_row, head)
    return Question(f"column:{letter(head.column)}", options, head.text, blocks, examples)


def _explained(heading_row: HeadingRow, choices: Choices) -> dict[int, str]:
    """What a person decided about each column: of this sheet, else of such headings before."""
    before = choices.remembered.get(heading_row.key) if choices.remembered else None
    known = before.fields if before else {}
    explained = {}
    names = names_of(head.text for head in heading_row.heads)
    for name, head in zip(names, heading_row.heads, strict=True):
        explained_field = choices.settled.get(f"column:{letter(head.column)}", known.get(name))
        if explained_field is not None:
            explained[head.column] = explained_field
    return explained


def _take_tags(
    heading_row: HeadingRow,
    fields: dict[int, str],
    explained: Mapping[int, str],
    headings: frozenset[str],
) -> None:
    """A tag speaks where the heading is unknown and no other column has its field."""
    for head in heading_row.heads:
        if not head.tag or head.meaning.fields or head.column in fields:
            continue
        if head.column in explained or is_choice(head.text, headings):
            continue
        if head.tag not in fields.values():
            fields[head.column] = head.tag


def _settle_open(
    sheet: ParsedSheet, heading_row: HeadingRow, open_heads: list[Head], fields: dict[int, str]
) -> list[Question]:
    questions = []
    for head in open_heads:
        taken = frozenset(fields.values())
        left = head.meaning.fields - taken
        if head.tag in left:
            fields[head.column] = str(head.tag)
            continue
        left = _by_content(sheet, heading_row, head, left)
        if left == {"full_name", "first_name"}:
            left = frozenset({"first_name" if "family_name" in taken else "full_name"})
        if len(left) == 1:
            fields[head.column] = next(iter(left))
        elif left:
            options = (*sorted(left), NOTHING)
            questions.append(_question(sheet, heading_row, head, options))
    return questions


def _examples(
    sheet: ParsedSheet, heading_row: HeadingRow, head: Head
) -> dict[str, tuple[tuple[str, str], ...]]:
    texts = dict.fromkeys(_samples(sheet, heading_row, head))
    return {"": tuple((text, "") for text in list(texts)[:EXAMPLES])}


def _samples(sheet: ParsedSheet, heading_row: HeadingRow, head: Head) -> list[str]:
    """Its first texts, those of titles, totals and rows that number the columns left out."""
    last = min(heading_row.data_from + SAMPLE_ROWS, sheet.rows + 1)
    texts = {row: sheet.text(row, head.column) for row in range(heading_row.data_from, last)}
    fewest = min(FEWEST_CELLS, len(heading_row.heads))
    return [
        text
        for row, text in texts.items()
        if text
        and not is_numbering(row_of := [cell for cell in sheet.texts(row) if cell])
        and len(row_of) >= fewest
    ]


def is_numbering(texts: Sequence[str]) -> bool:
    """Whether a row only numbers the columns: 1, 2, 3 ..."""
    if len(texts) < FEWEST_CELLS or not all(text.isdecimal() for text in texts):
        return False
    return [int(text) for text in texts] == list(range(1, len(texts) + 1))


def _by_content(
    sheet: ParsedSheet, heading_row: HeadingRow, head: Head, fields: frozenset[str]
) -> frozenset[str]:
    """Drop what the cells below contradict."""
    texts = _samples(sheet, heading_row, head)
    if "row_no" in fields and len(texts) >= FEWEST_COUNTED:
        counts = [int(text) for text in texts if text.isdecimal()]
        is_count = bool(counts) and all(two in (1, one + 1) for one, two in pairwise(counts))
        if is_count and len(counts) * 2 > len(texts):
            return frozenset({"row_no"})
        fields -= {"row_no"}
    if not texts and len(fields) > 1:
        return fields - {"status"}
    if "status" in fields and texts:
        known = _status_words()
        hits = sum(word(text) in known for text in texts)
        fields = frozenset({"status"}) if hits * 2 > len(texts) else fields - {"status"}
    return fields


def _status_words() -> Mapping[str, str]:
    words: dict[str, str] = {}
    for group in ("yes_no", "receipt", "payment_status"):
        for one in vocabulary().words[group]:
            words |= one.meanings
    return words
