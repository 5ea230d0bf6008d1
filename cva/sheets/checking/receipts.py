"""Who received, by every column of a record that may say so."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from cva.sheets.cells import receipt_answers
from cva.sheets.checking.receipt_columns import ReceiptColumn, receipt_columns
from cva.sheets.checking.table import Table
from cva.sheets.checking.unheaded_columns import unheaded_columns
from cva.sheets.files.cell_addresses import cell, letter
from cva.sheets.files.parsed_workbook import typed
from cva.sheets.files.sheet_parts import own_column
from cva.sheets.vocabulary.choices import Choices
from cva.sheets.vocabulary.questions import EACH, EXAMPLES, MOST_LISTED, Question, named_rows
from cva.sheets.vocabulary.word_lists import names_thumb, word

#: So many texts that speak against a payment are asked about one by one in a column; the rest of
#: them together with the texts that say nothing known.
MOST_ASKED = 5
#: So many blanks among answers are left to be filled in; more are asked about together.
MOST_BLANKS = 3
_SIGNATURE = "signature"
_OPEN = (receipt_answers.UNCLEAR, receipt_answers.DOUBTFUL, receipt_answers.UNKNOWN)
_ANSWERS = (receipt_answers.YES, receipt_answers.NO, receipt_answers.PART, receipt_answers.NOTHING)
_OF_ALL = (receipt_answers.YES, receipt_answers.NO, receipt_answers.NOTHING, EACH)


class Receipts:
    """Reads all columns of a receipt together and settles each row.

    Attributes:
        questions: What cannot be settled.
        is_decided: A column says of every row whether it was received.
        received: Data rows that say so.
    """

    def __init__(self, table: Table, choices: Choices) -> None:
        self._table, self._choices = table, choices
        self._columns = [*receipt_columns(table), *unheaded_columns(table)]
        self.questions: list[Question] = []
        self.is_decided = False
        self.received: set[int] = set()
        self._differing: list[tuple[ReceiptColumn, Sequence[int]]] = []

    def read(self) -> None:
        """Find who did not receive; note what contradicts itself, ask what is not clear."""
        doubtful = [(one, self._settle_texts(one)) for one in self._columns]
        self.is_decided = any(one.is_status and one.is_filled for one in self._columns)
        refused = self._first_rows(receipt_answers.NO)
        answered = self._first_rows(receipt_answers.YES)
        signed = self._first_rows(receipt_answers.SIGNED)
        for row, here in refused.items():
            if other := answered.get(row) or signed.get(row):
                self._note_contradiction(row, here, other)
        self._table.not_received |= refused.keys() - self._table.errors
        self.received = set(answered.keys() - refused.keys())
        for column, texts in doubtful:
            for row in self.received.intersection(column.rows(receipt_answers.DOUBTFUL)):
                self._note(row, column, "receipt-remark")
            self._ask_texts(column, texts)
        for column, positions in self._differing:
            self._note_differing(column, positions)
        self._settle_blanks()
        self._mark_status()

    def _first_rows(self, answer: str) -> dict[int, ReceiptColumn]:
        """By row the first column that gives an answer."""
        found: dict[int, ReceiptColumn] = {}
        for column in self._columns:
            for row in column.rows(answer):
                found.setdefault(row, column)
        return found

    def _note_contradiction(self, row: int, here: ReceiptColumn, other: ReceiptColumn) -> None:
        number = self._table.numbers[row]
        _sheet, at = self._table.known.sheet.place(number, other.place.column)
        details = {
            "other": at or "",
            "other_value": typed(other.values[other.index[row]]).strip()[:40],
        }
        self._note(row, here, "receipt-contradicted", details)

    def _note(
        self, row: int, here: ReceiptColumn, code: str, details: Mapping[str, str] | None = None
    ) -> None:
        text = typed(here.values[here.index[row]]) if here.is_of_notes else None
        self._table.note_beside(row, here.field, here.place, code, details or {}, text)

    def _note_all(
        self,
        column: ReceiptColumn,
        positions: Iterable[int],
        code: str,
        details: Mapping[str, str] | None = None,
    ) -> None:
        for row in column.rows_at(positions):
            self._note(row, column, code, details)

    def _settle_texts(self, column: ReceiptColumn) -> dict[str, list[int]]:
        """Take the sender's answers over; the texts that are left, each with its positions."""
        texts: dict[str, list[int]] = {}
        for at, meaning in column.says.items():
            if meaning in _OPEN:
                texts.setdefault(word(typed(column.values[at])), []).append(at)
            elif meaning == receipt_answers.FAULTY:
                self._note_all(column, [at], "value-unknown", {"reason": "which-text"})
        rest = self._choices.settled.get(_key_of_all(column), "")
        if rest == EACH and len(texts) <= MOST_LISTED:
            rest = ""  # each is asked about by itself
        for text in list(texts):
            answer = self._choices.settled.get(self._key(column, text)) or rest
            if answer in {*_ANSWERS, EACH}:
                self._take(column, texts.pop(text), answer)
        return texts

    def _take(self, column: ReceiptColumn, positions: Sequence[int], answer: str) -> None:
        """What the sender says a text means."""
        if answer == EACH:
            self._differing.append((column, positions))
            return
        if answer == receipt_answers.PART:
            self._take_part(column, positions)
            return
        column.says.update(dict.fromkeys(positions, answer))
        if answer != receipt_answers.NO and not column.is_status:
            self._note_all(column, positions, "receipt-explained")

    def _take_part(self, column: ReceiptColumn, positions: Sequence[int]) -> None:
        """Rows in which only a part was received: their amount is written anew before it counts."""
        column.says.update(dict.fromkeys(positions, receipt_answers.NOTHING))
        amount = self._table.fields.get("amount")
        for row in column.rows_at(positions):
            number = self._table.numbers[row]
            at = amount and cell(number, amount.place.column)
            is_mended = at in self._choices.amended
            self._note(row, column, "receipt-explained" if is_mended else "receipt-part")

    def _note_differing(self, column: ReceiptColumn, positions: Sequence[int]) -> None:
        """Texts that are mended one by one, or answered in another column of the row."""
        for row in column.rows_at(positions):
            if row not in self._table.not_received:
                is_answered = row in self.received
                self._note(row, column, "receipt-remark" if is_answered else "receipt-doubtful")

    def _ask_texts(self, column: ReceiptColumn, texts: Mapping[str, Sequence[int]]) -> None:
        """Ask about each text of rows that are not settled as not received, the commonest first."""
        settled = self._table.not_received | self.received.intersection(
            column.rows(receipt_answers.DOUBTFUL)
        )
        found = {
            text: rows
            for text, positions in texts.items()
            if (rows := sorted({*column.rows_at(positions)} - settled))
        }
        ordered = sorted(found, key=lambda text: -len(found[text]))
        alone = self._asked_alone(column, texts, ordered)
        for text in alone:
            self._ask(column, self._key(column, text), _ANSWERS, found[text])
        if rest := [text for text in ordered if text not in alone]:
            rows = sorted(row for text in rest for row in found[text])
            self._ask(column, _key_of_all(column), _OF_ALL, rows, MOST_LISTED)

    def _asked_alone(
        self, column: ReceiptColumn, texts: Mapping[str, Sequence[int]], ordered: list[str]
    ) -> list[str]:
        """The texts that are asked about one by one: those that speak against a payment."""
        if self._choices.settled.get(_key_of_all(column)) == EACH:
            return ordered
        against = [
            text
            for text in ordered
            if any(column.says[at] != receipt_answers.UNKNOWN for at in texts[text])
        ]
        if len(against) > MOST_ASKED:
            against = against[: MOST_ASKED - 1]
        return ordered if len(ordered) == len(against) + 1 <= MOST_ASKED else against

    def _ask(
        self,
        column: ReceiptColumn,
        choice: str,
        options: tuple[str, ...],
        rows: Sequence[int],
        most: int = EXAMPLES,
    ) -> None:
        details = {"rows": named_rows([self._table.row_name(row) for row in rows])}
        if column.is_of_notes:
            details["note"] = "1"
        texts = dict.fromkeys(typed(column.values[column.index[row]]).strip() for row in rows)
        shown = tuple((text, "") for text in texts if text)[:most]
        examples = {"": shown} if shown else {}
        self.questions.append(
            Question(choice, options, column.place.heading, examples=examples, details=details)
        )

    def _settle_blanks(self) -> None:
        """Blanks among answers, signatures or days, of rows that nothing else settles."""
        waiting = {row for one in self._columns for row in one.rows(*_OPEN)}
        asked: set[int] = set()
        for column in self._columns:
            if not column.is_filled:
                continue
            settled = self._table.not_received | self.received | self._table.errors
            blank = set(
                column.rows(
                    receipt_answers.BLANK, *([receipt_answers.NOTHING] if column.is_status else [])
                )
            )
            blank -= self._marked_beside(column)
            rows = sorted(blank - settled - self._table.unanswered - waiting - asked)
            for own, some in self._by_own_column(column, rows):
                self._settle_blank(column, own, some)
            asked |= set(rows)

    def _marked_beside(self, column: ReceiptColumn) -> set[int]:
        """Rows with a mark in the place beside: who cannot sign there leaves a thumbprint here."""
        if column.field != _SIGNATURE:
            return set()
        is_of_thumb = names_thumb(column.place.heading)
        beside = (
            one
            for one in self._columns
            if one.field == _SIGNATURE
            and abs(one.place.column - column.place.column) == 1
            and names_thumb(one.place.heading) != is_of_thumb
        )
        silent = {receipt_answers.BLANK, receipt_answers.NOTHING}
        return {row for one in beside for row in one.rows(*{*one.says.values()} - silent)}

    def _by_own_column(
        self, column: ReceiptColumn, rows: Sequence[int]
    ) -> Iterator[tuple[str, list[int]]]:
        """The rows by the letters of the column that they have it in, as months may have each."""
        parts, at = self._table.known.sheet.parts, column.place.column
        found: dict[int, list[int]] = {}
        for row in rows:
            found.setdefault(own_column(parts, self._table.numbers[row], at), []).append(row)
        return ((letter(own), some) for own, some in found.items())

    def _settle_blank(self, column: ReceiptColumn, own: str, rows: Sequence[int]) -> None:
        choice = f"blank:{own}"
        answer = self._choices.settled.get(choice)
        if answer == receipt_answers.NO:
            self._table.not_received |= set(rows)
        elif answer == receipt_answers.YES:
            self.received |= set(rows)
        elif answer == EACH or self._is_filled_in(column, rows):
            for row in rows:
                is_blank = column.says[column.index[row]] == receipt_answers.BLANK
                self._note(row, column, "receipt-unclear" if is_blank else "receipt-doubtful")
        else:
            self._ask(column, choice, (receipt_answers.YES, receipt_answers.NO, EACH), rows)

    def _is_filled_in(self, column: ReceiptColumn, rows: Sequence[int]) -> bool:
        """Whether the few blanks of a column of answers are rather filled in than asked about."""
        return column.is_status and (self._choices.is_field_list or len(rows) <= MOST_BLANKS)

    def _key(self, column: ReceiptColumn, text: str) -> str:
        """The name of the question about a text, which is stored in plain and does not show it."""
        return f"word:{column.letter}:{self._choices.digest(text)[:8]}"

    def _mark_status(self) -> None:
        """The answers, for whoever looks at the field of the receipt."""
        column = self._table.fields.get("status")
        if column is not None and self.is_decided:
            silent: list[str | int | None] = [None] * len(column.index)
            column.values = silent
            for rows, answer in (
                (self.received, receipt_answers.YES),
                (self._table.not_received, receipt_answers.NO),
            ):
                for row in rows:
                    column.values[row] = answer


def _key_of_all(column: ReceiptColumn) -> str:
    return f"words:{column.letter}"
