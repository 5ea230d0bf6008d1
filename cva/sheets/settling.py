"""Settles what a column holds where its heading may mean several things."""

from collections.abc import Mapping

from cva.sheets.addresses import letter
from cva.sheets.book import Sheet
from cva.sheets.choices import EXAMPLES, NOTHING, Choices, Question
from cva.sheets.heading_rows import Head, HeadingRow
from cva.sheets.headings import is_choice, names_of
from cva.sheets.vocabulary import vocabulary, word

SAMPLE_ROWS = 40
FEWEST_COUNTED = 2
_DECIDING = frozenset(
    {"registration_no", "voucher_number", "amount", "currency", "distribution_date", "status"}
    | {"redeemed_on", "transaction_id", "source_id"}
)


def settle(
    sheet: Sheet, heading_row: HeadingRow, choices: Choices
) -> tuple[dict[int, str], list[Question]]:
    """The field of every column that has one, and a question for every column in doubt."""
    fields: dict[int, str] = {}
    open_heads: list[Head] = []
    headings = frozenset(head.text for head in heading_row.heads)
    said = _said(heading_row, choices)
    for head in heading_row.heads:
        told = said.get(head.column)
        if told is not None:
            if told != NOTHING:
                fields[head.column] = told
        elif is_choice(head.text, headings):
            continue
        elif len(head.meaning.fields) > 1:
            open_heads.append(head)
        elif head.meaning.fields:
            fields[head.column] = next(iter(head.meaning.fields))
    _take_tags(heading_row, fields, said, headings)
    return fields, _settle_open(sheet, heading_row, open_heads, fields)


def _said(heading_row: HeadingRow, choices: Choices) -> dict[int, str]:
    """What a person said of each column: of this sheet, else of such headings before."""
    before = choices.remembered.get(heading_row.key) if choices.remembered else None
    known = before.fields if before else {}
    said = {}
    names = names_of(head.text for head in heading_row.heads)
    for name, head in zip(names, heading_row.heads, strict=True):
        told = choices.settled.get(f"column:{letter(head.column)}", known.get(name))
        if told is not None:
            said[head.column] = told
    return said


def _take_tags(
    heading_row: HeadingRow,
    fields: dict[int, str],
    said: Mapping[int, str],
    headings: frozenset[str],
) -> None:
    """A tag speaks where the heading is unknown and no other column has its field."""
    for head in heading_row.heads:
        if not head.tag or head.meaning.fields or head.column in fields:
            continue
        if head.column in said or is_choice(head.text, headings):
            continue
        if head.tag not in fields.values():
            fields[head.column] = head.tag


def _settle_open(
    sheet: Sheet, heading_row: HeadingRow, open_heads: list[Head], fields: dict[int, str]
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
            blocks = bool(left & _DECIDING)
            options = (*sorted(left), NOTHING)
            choice, examples = f"column:{letter(head.column)}", _examples(sheet, heading_row, head)
            questions.append(Question(choice, options, head.text, blocks, examples))
    return questions


def _examples(
    sheet: Sheet, heading_row: HeadingRow, head: Head
) -> dict[str, tuple[tuple[str, str], ...]]:
    texts = dict.fromkeys(_samples(sheet, heading_row, head))
    return {"": tuple((text, "") for text in list(texts)[:EXAMPLES])}


def _samples(sheet: Sheet, heading_row: HeadingRow, head: Head) -> list[str]:
    rows = range(heading_row.data_from, heading_row.data_from + SAMPLE_ROWS)
    return [text for row in rows if (text := sheet.text(row, head.column))]


def _by_content(
    sheet: Sheet, heading_row: HeadingRow, head: Head, fields: frozenset[str]
) -> frozenset[str]:
    """Drop what the cells below contradict."""
    texts = _samples(sheet, heading_row, head)
    if "row_no" in fields and len(texts) >= FEWEST_COUNTED:
        counts = [int(text) for text in texts if text.isdecimal()]
        is_count = counts == list(range(counts[0], counts[0] + len(counts))) if counts else False
        if is_count and len(counts) * 2 > len(texts):
            return frozenset({"row_no"})
        fields -= {"row_no"}
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
