"""Settles what a column holds where its heading may mean several things."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from cva.sheets.cells.receipt_cells import are_refusals, may_answer
from cva.sheets.files.cell_addresses import letter
from cva.sheets.files.parsed_workbook import ParsedSheet
from cva.sheets.recognition.card_numbers import (
    OF_CARDS,
    OF_TOKENS,
    are_numbered,
    by_figures,
    may_be_counted,
    settle_card,
)
from cva.sheets.recognition.heading_rows import (
    FEWEST_CELLS,
    Head,
    HeadingRow,
    answer_of,
    denied,
    is_numbering,
    own_heads,
)
from cva.sheets.recognition.headings import (
    Meaning,
    is_choice,
    names_of,
    says_received,
    speaks_of_paying,
)
from cva.sheets.recognition.note_columns import (
    is_headed_as_refusal,
    may_be_receipt,
    may_hold_notes,
    names_reason,
    status_words,
)
from cva.sheets.recognition.number_ranges import FIRST, side_of_range
from cva.sheets.recognition.open_fields import chosen_columns, columns_of_numbers, is_answered
from cva.sheets.vocabulary.choices import Choices
from cva.sheets.vocabulary.currencies import is_currency_code
from cva.sheets.vocabulary.layouts import layout_of
from cva.sheets.vocabulary.questions import EXAMPLES, NOTHING, Question
from cva.sheets.vocabulary.refusals import may_refuse
from cva.sheets.vocabulary.text_forms import fold
from cva.sheets.vocabulary.word_lists import vocabulary, word

SAMPLE_ROWS = 40
FEWEST_COUNTED = 2
_OF_PAYMENTS = frozenset({"amount", "distribution_date", "voucher_number", "transaction_id"})
_OF_RESULTS = frozenset({"transaction_id", "payment_reference"})
#: "No. of children" denies nothing, nor do non-food items and "GSM No.".
_NUMBER_OF = re.compile(r"^(?:no|nos|non|num)\b|(?<=\w )(?:nos?|n°)$")
#: What the column of a no is beside that of the yes.
_OTHER_ANSWER = {"status": "not_received", "not_received": "status"}
#: A day without its year: 3/11.
_DAY_AND_MONTH = re.compile(r"\d{1,2}\s?[./-]\s?\d{1,2}\.?")
_ONE_OR_ZERO = frozenset("01")
#: A mark is no word: a letter of a font of signs, a sign in colours.
LONGEST_MARK = 3
_DECIDING = frozenset(
    {"registration_no", "voucher_number", "amount", "currency", "distribution_date", "status"}
    | {"not_received", "redeemed_on", "transaction_id", "source_id"}
)


def settle(
    sheet: ParsedSheet, heading_row: HeadingRow, choices: Choices
) -> tuple[dict[int, str], list[Question]]:
    """The field of every column that has one, and a question for every column in doubt."""
    own = replace(heading_row, heads=own_heads(heading_row))
    columns = _Columns(sheet, own, choices)
    questions = columns.settle()
    return columns.fields, questions


class _Columns:
    """The columns of a sheet, of which one after the other gets its field."""

    def __init__(self, sheet: ParsedSheet, heading_row: HeadingRow, choices: Choices) -> None:
        self.fields: dict[int, str] = {}
        self._sheet, self._row, self._kind = sheet, heading_row, choices.kind
        self._heads = heading_row.heads
        last = min(heading_row.data_from + SAMPLE_ROWS, sheet.rows + 1)
        self._sample_rows = range(heading_row.data_from, last)
        self._heads = tuple(self._if_numbered(head) for head in heading_row.heads)
        self._headings = frozenset(head.text for head in heading_row.heads)
        self._named = frozenset().union(*(head.meaning.fields for head in self._heads))
        self._explained = explained_columns(heading_row, choices)
        # The amount and the day may be the same for the whole list, and stand in no column.
        self._is_paid = bool(choices.settled) and any(
            is_answered(field, choices) for field in ("amount", "distribution_date")
        )

    def _if_numbered(self, head: Head) -> Head:
        """A heading such as "Card", which over no numbers is that of no number."""
        fields = head.meaning.fields
        texts = self._samples(head) if fields >= OF_CARDS or fields == OF_TOKENS else []
        is_known = not texts or are_numbered(texts)
        return head if is_known else replace(head, meaning=Meaning(frozenset(), frozenset()))

    def settle(self) -> list[Question]:
        """Find the field of every column; what stays in doubt is asked."""
        self._take_chosen_without_heading()
        open_heads: list[Head] = []
        for head in self._heads:
            field = self._explained.get(head.column)
            if field is not None:
                is_turned = field == "status" and is_headed_as_refusal(head.text)
                if field != NOTHING:
                    self.fields[head.column] = "not_received" if is_turned else field
            elif is_choice(head.text, self._headings):
                continue
            elif self._holds_sums_paid(head) or (
                is_currency_code(head.text) and not head.meaning.fields
            ):
                self.fields[head.column] = "amount"
            elif len(head.meaning.fields) > 1:
                open_heads.append(head)
            elif head.meaning.fields and says_received(head.text):
                both = head.meaning.fields | {"status"}
                open_heads.append(replace(head, meaning=Meaning(both, head.meaning.languages)))
            elif head.meaning.fields:
                self.fields[head.column] = next(iter(head.meaning.fields))
        self._take_tags()
        questions = [*self._settle_open(open_heads)]
        self._settle_denied()
        questions += self._ask_of_marks()
        self._name_other_receipts()
        return questions

    def _take_chosen_without_heading(self) -> None:
        headed = {head.column for head in self._heads}
        for column, field in self._explained.items():
            if column not in headed and column < len(self._sheet.columns):
                self.fields[column] = field

    def _settle_denied(self) -> None:
        """Columns of a no beside that of the yes: a mark there is the other answer."""
        for pair in pairwise(self._heads):
            if {answer_of(head.text) for head in pair} != {"", "no"}:
                continue
            no, yes = sorted(pair, key=lambda head: not answer_of(head.text))
            field = self.fields.get(yes.column) or self._field_of_refusals(yes, self._samples(yes))
            other = _OTHER_ANSWER.get(field or "")
            if other is None or denied(yes.text, no.text) != no.text or no.column in self.fields:
                continue
            texts = [text for text in self._samples(no) if text not in _ONE_OR_ZERO]
            if no.column not in self._explained and are_refusals(texts):
                self.fields[no.column] = other

    def _holds_sums_paid(self, head: Head) -> bool:
        """Whether "Paid" beside "Amount due" is over what was paid, and not over marks."""
        is_of_both = bool(head.meaning.fields) and head.meaning.fields <= {"amount", "status"}
        if not is_of_both or not speaks_of_paying(head.text):
            return False
        has_amounts = any("amount" in one.meaning.fields for one in self._heads if one != head)
        return has_amounts and bool(columns_of_numbers([head.column], self._sheet, self._row))

    def _name_other_receipts(self) -> None:
        """Of a hand-out several columns may say who received; all of them are read."""
        if _OF_RESULTS & set(self.fields.values()):
            return
        receipts = [at for at in sorted(self.fields) if self.fields[at] == "status"]
        self.fields |= dict.fromkeys(receipts[1:], "other_receipt")

    def _take_tags(self) -> None:
        """A tag speaks where the heading is unknown and no other column has its field."""
        for head in self._heads:
            if not head.tag or head.meaning.fields or head.column in self.fields:
                continue
            if head.column in self._explained or is_choice(head.text, self._headings):
                continue
            if head.tag not in self.fields.values():
                self.fields[head.column] = head.tag

    def _settle_open(self, open_heads: list[Head]) -> list[Question]:
        questions = []
        for head in open_heads:
            taken = frozenset(self.fields.values())
            left = head.meaning.fields - taken
            if head.tag in left:
                self.fields[head.column] = str(head.tag)
                continue
            texts = self._samples(head)
            left &= by_figures(texts, head.meaning.fields)
            left = _by_content(texts, left)
            if head.meaning.fields >= OF_CARDS:
                is_of_results = bool(_OF_RESULTS & taken)
                left = settle_card(left, texts, self._kind, is_of_results=is_of_results)
            if head.meaning.fields == OF_TOKENS and self._kind:
                left &= layout_of(self._kind).types.keys()
            if not left and "status" in head.meaning.fields:
                questions += self._settle_receipt(head, texts)
                continue
            if left == {"full_name", "first_name"}:
                left = frozenset({"first_name" if "family_name" in taken else "full_name"})
            is_counted = may_be_counted(head.meaning.fields, left, texts, self._named)
            if len(left) == 1 and not is_counted:
                self.fields[head.column] = next(iter(left))
            elif left:
                questions.append(self._question(head, (*sorted(left), NOTHING)))
        return questions

    def _settle_receipt(self, head: Head, texts: Sequence[str]) -> list[Question]:
        """A column headed as received over what is no known answer: marks, or it is asked."""
        if all(len(text) <= LONGEST_MARK and not text.isdecimal() for text in texts):
            self.fields[head.column] = "status"
            return []
        return [self._question(head, (*self._options(texts, "status"), NOTHING))]

    def _options(self, texts: Sequence[str], *fields: str) -> list[str]:
        """What a column of these texts may be beside the fields, none that another column is."""
        likely = ("amount", "distribution_date") if _are_numbers(texts) else ("remarks",)
        return [*fields, *(name for name in likely if name not in self.fields.values())]

    def _ask_of_marks(self) -> list[Question]:
        """Whether a column says who was paid, where its cells say so and its heading does not.

        The other way round too: a heading such as "Status" over cells that are about something
        else.
        """
        if not (self._is_paid or _OF_PAYMENTS & set(self.fields.values())):
            return []
        questions = []
        for head in self._heads:
            if head.column in self._explained:
                continue
            texts = self._samples(head)
            if head.column not in self.fields and not head.meaning.fields:
                if field := self._field_of_refusals(head, texts):
                    self.fields[head.column] = field
                    continue
                options = self._options_of_unknown(head, texts)
            else:
                options = self._options_of_status(head, texts)
            if options:
                self.fields.pop(head.column, None)
                questions.append(self._question(head, (*options, NOTHING)))
        return questions

    def _field_of_refusals(self, head: Head, texts: Sequence[str]) -> str | None:
        """What a column is that is headed as not received over marks, or as the reason for it."""
        taken = set(self.fields.values())
        if _OF_RESULTS & taken:
            return None
        if names_reason(head.text):
            return None if "reason" in taken else "reason"
        is_settled = is_headed_as_refusal(head.text) and are_refusals(texts)
        return "not_received" if is_settled else None

    def _options_of_unknown(self, head: Head, texts: Sequence[str]) -> list[str]:
        """What a column may be whose heading says nothing and whose cells speak of a receipt.

        A first number, under "from no.", may be that of several vouchers.
        """
        if side := side_of_range(head, self._sheet, self._row):
            return ["voucher_number"] if side == FIRST else []
        if texts and _denies(head.text, texts):
            both = ("status",) if any(map(says_received, head.text.split("/"))) else ()
            return self._options(texts, "not_received", *both)
        known = _marks() if "status" not in self.fields.values() else frozenset()
        if len(texts) >= FEWEST_COUNTED and all(word(text) in known for text in texts):
            return ["status"]
        speaks = bool(texts) and _speaks_of_receipt(head.text, texts)
        if speaks or may_hold_notes(self._sheet, head, self._heads, self._sample_rows.start):
            return self._options(texts, "status")
        if may_be_receipt(self._sheet, head, self._heads, self._sample_rows.start, texts):
            is_of_results = bool(_OF_RESULTS & set(self.fields.values()))
            return ["status"] if is_of_results else ["status", "not_received"]
        return []

    def _options_of_status(self, head: Head, texts: Sequence[str]) -> list[str]:
        """What a column headed as a status may be whose cells are about something else."""
        if self.fields.get(head.column) != "status" or not texts:
            return []
        known = any(word(text) in status_words() or may_answer(text) for text in texts)
        is_result = bool(_OF_RESULTS & set(self.fields.values()))
        options = self._options(texts, "status")
        may_differ = _is_bare_status(head) or _are_numbers(texts)
        return options if may_differ and not (known or is_result) else []

    def _question(self, head: Head, options: tuple[str, ...]) -> Question:
        blocks = bool(_DECIDING.intersection(options))
        texts = list(dict.fromkeys(self._samples(head)))[:EXAMPLES]
        examples = {"": tuple((text, "") for text in texts)}
        return Question(f"column:{letter(head.column)}", options, head.text, blocks, examples)

    def _samples(self, head: Head) -> list[str]:
        """Its first texts, those of titles, totals and rows that number the columns left out."""
        texts = {row: self._sheet.text(row, head.column) for row in self._sample_rows}
        fewest = min(FEWEST_CELLS, len(self._heads))
        return [
            text
            for row, text in texts.items()
            if text
            and not is_numbering(row_of := [cell for cell in self._sheet.texts(row) if cell])
            and len(row_of) >= fewest
        ]


def _marks() -> frozenset[str]:
    """Words that are about a payment; yes and no may be about anything."""
    words = vocabulary().words
    return frozenset(
        text
        for group in ("receipt", "payment_status")
        for one in words[group]
        for text in one.meanings
    )


def _are_numbers(texts: Sequence[str]) -> bool:
    """Whether they are sums or days, which are no words of a receipt."""
    return bool(texts) and all(
        any(map(str.isdigit, text)) and not any(map(str.isalpha, text)) for text in texts
    )


def _speaks_of_receipt(heading: str, texts: Sequence[str]) -> bool:
    """Whether an unknown heading is about receiving over yes and no."""
    plain = fold(heading)
    received = tuple(vocabulary().receipt["received_beginnings"])
    is_about = any(part.startswith(received) for part in plain.split())
    return is_about and all(
        word(text) in status_words() or may_answer(text) or _DAY_AND_MONTH.fullmatch(text)
        for text in texts
    )


def _denies(heading: str, texts: Sequence[str]) -> bool:
    """Whether a heading has a word such as not, absent and refused; "no" only over marks."""
    plain = fold(heading)
    what = plain.rpartition(" ")[0]
    is_of_receipt = says_received(what) or speaks_of_paying(what)
    is_denied = may_refuse(plain if is_of_receipt else _NUMBER_OF.sub("", plain))
    if is_headed_as_refusal(heading) or is_denied:
        return True
    is_no = plain in {"no", "non"} or plain.startswith(("no ", "non "))
    return is_no and are_refusals(texts)


def _is_bare_status(head: Head) -> bool:
    """Whether the heading is the plain word for a status, which may be anything's."""
    languages = head.meaning.languages
    return any(
        fold(vocabulary().heading_of("status", language)) == fold(head.text)
        for language in languages
    )


def explained_columns(heading_row: HeadingRow, choices: Choices) -> dict[int, str]:
    """What a person decided about each column: of this sheet, else of such headings before."""
    before = choices.remembered.get(heading_row.key) if choices.remembered else None
    known = before.fields if before else {}
    explained = chosen_columns(choices) if choices.settled else {}
    names = names_of(head.text for head in heading_row.heads)
    for name, head in zip(names, heading_row.heads, strict=True):
        explained_field = choices.settled.get(f"column:{letter(head.column)}", known.get(name))
        if explained_field is not None:
            explained.setdefault(head.column, explained_field)
    return explained


def _by_content(texts: Sequence[str], fields: frozenset[str]) -> frozenset[str]:
    """Drop the fields that the cells below a heading contradict."""
    if "row_no" in fields and len(texts) >= FEWEST_COUNTED:
        counts = [int(text) for text in texts if text.isdecimal()]
        is_count = bool(counts) and all(two in (1, one + 1) for one, two in pairwise(counts))
        if is_count and len(counts) * 2 > len(texts):
            return frozenset({"row_no"})
        fields -= {"row_no"}
    if not texts and len(fields) > 1:
        return fields - {"status"}
    if "status" in fields and texts:
        known = status_words()
        hits = sum(word(text) in known or may_answer(text) for text in texts)
        fields = frozenset({"status"}) if hits * 2 > len(texts) else fields - {"status"}
    return fields
