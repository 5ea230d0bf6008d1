"""Reads the cells of a recognised sheet and puts them together to rows."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from cva.core.legal_tender import OF_SOME_TIME
from cva.sheets.cells.cell_reading import Reading
from cva.sheets.cells.date_cells import only_years
from cva.sheets.cells.other_cells import (
    read_collector,
    read_count,
    read_identifier,
    read_name,
    read_phone,
    read_text,
)
from cva.sheets.cells.receipt_cells import DAY, READERS
from cva.sheets.cells.word_cells import WordReader
from cva.sheets.checking.checked import ERROR, NO_ANSWER, NOT_RECEIVED, OPEN, READY, CheckedRow
from cva.sheets.checking.column_notes import (
    note_alphabets,
    note_approvals,
    note_covered,
    note_doubtful,
    settle_alike,
    unanswered_rows,
)
from cva.sheets.checking.contradicted_results import RESULT, note_contradicted_results
from cva.sheets.checking.currencies_by_day import note_by_day
from cva.sheets.checking.date_columns import BIRTH, DateColumn
from cva.sheets.checking.dittos import fill_dittos, note_left_marks
from cva.sheets.checking.duplicate_rows import note_duplicates
from cva.sheets.checking.money_columns import RowMoney
from cva.sheets.checking.planned_amounts import take_planned
from cva.sheets.checking.receipt_columns import SIGN_BEFORE_NOTE
from cva.sheets.checking.receipts import Receipts
from cva.sheets.checking.row_faults import (
    note_cut_amounts,
    note_people_beside,
    note_row_faults,
    note_unheaded_numbers,
)
from cva.sheets.checking.row_legends import Legend
from cva.sheets.checking.stated_totals import compare_totals
from cva.sheets.checking.struck_out import note_struck_cells
from cva.sheets.checking.table import NAMES, ONE_IN_EACH, FieldColumn, Table, other_places
from cva.sheets.checking.unpaid_lines import settle_lines
from cva.sheets.checking.voucher_ranges import note_ranges
from cva.sheets.files.cell_addresses import column_of
from cva.sheets.files.parsed_workbook import ParsedSheet, Value
from cva.sheets.findings.finding import Finding
from cva.sheets.recognition.field_places import VOUCHER
from cva.sheets.recognition.headings import is_day_of_receipt
from cva.sheets.recognition.recognise import Recognised, RecognisedColumn
from cva.sheets.recognition.sorted_rows import DataRows
from cva.sheets.vocabulary.choices import Choices
from cva.sheets.vocabulary.layouts import IGNORED
from cva.sheets.vocabulary.numbers_in_cells import several, written_alike
from cva.sheets.vocabulary.questions import Question
from cva.sheets.vocabulary.refusals import has_refusal_beside
from cva.sheets.vocabulary.text_forms import folded_words
from cva.sheets.vocabulary.unpaid_titles import line_may_deny
from cva.sheets.vocabulary.word_lists import is_ditto, may_hold_refusal, words_beside_names

CellValue = str | int | None
Progress = Callable[[int, int], None]
_PLAIN = {
    "identifier": read_identifier,
    "name": read_name,
    "text": read_text,
    "whole_number": read_count,
}
_OF_FIELDS = {"received_by": read_collector}
_OF_TEXTS = frozenset({"identifier", "name", "text"})
RECEIPT = "words:receipt"


@dataclass(frozen=True, slots=True)
class Validated:
    """Everything that the rows yield.

    Attributes:
        columns: Field to what was read in every row; as typed where it could not be read.
    """

    rows: list[CheckedRow]
    columns: dict[str, list[CellValue]]
    findings: list[Finding]
    questions: list[Question]
    has_receipt: bool


def validate(known: Recognised, rows: DataRows, choices: Choices, progress: Progress) -> Validated:
    """Read column by column, then put the rows together."""
    if not any(is_ditto(value) for column in known.sheet.columns for value in column.values):
        return _Validation(known, rows, choices, known.sheet, []).run(progress)
    filled, questions = fill_dittos(known, rows.data, choices)
    return _Validation(filled, rows, choices, known.sheet, questions, has_dittos=True).run(progress)


def _may_say_who_received(known: Recognised) -> bool:
    """Whether a column, with a heading or without, may hold words about that."""
    fields = {column.field for column in known.columns} & READERS.keys()
    day = known.places.get(DAY)
    is_of_receipt = day is not None and is_day_of_receipt(day.heading)
    has_unheaded = len(known.sheet.columns) > len(known.columns) or bool(known.sheet.notes)
    return (
        bool(fields - {DAY})
        or is_of_receipt
        or has_unheaded
        or bool(known.other_days)
        or _has_words_among_numbers(known)
        or _has_noted_names(known)
        or _has_noted_cells(known)
    )


def _has_words_among_numbers(known: Recognised) -> bool:
    """Whether a column of running numbers holds something else too."""
    columns = [known.sheet.columns[at] for at in known.running_numbers]
    return any(
        not column.texts[at].isdecimal() and bool(column.texts[at])
        for column in columns
        for at in {*column.index[known.heading_row.data_from - 1 :]}
    )


def _has_noted_names(known: Recognised) -> bool:
    """Whether something may stand behind one of the names that is no part of it."""
    columns = [known.places[name].column for name in NAMES if name in known.places]
    return any(
        SIGN_BEFORE_NOTE.search("\n".join(texts))
        or not words_beside_names().isdisjoint(folded_words(texts))
        for texts in (known.sheet.columns[at].texts for at in columns)
    )


def _has_noted_cells(known: Recognised) -> bool:
    """Whether a refusal may stand in a column that is about something else."""
    columns = (known.sheet.columns[place.column] for place in other_places(known).values())
    return any(may_hold_refusal(column.texts) for column in columns)


def _has_lines(known: Recognised, rows: DataRows) -> bool:
    """Whether something stands outside the list."""
    listed = known.heading_row.row + len(rows.data)
    has_unheaded = len(known.sheet.columns) > len(known.heading_row.heads)
    is_beside = (
        bool(known.sheet.above) or bool(known.sheet.notes) or has_unheaded or bool(known.beside)
    )
    return is_beside or known.heading_row.first > 1 or known.sheet.rows > listed


class _Validation:
    def __init__(
        self,
        known: Recognised,
        rows: DataRows,
        choices: Choices,
        typed_sheet: ParsedSheet,
        questions: list[Question],
        *,
        has_dittos: bool = False,
    ) -> None:
        self._known, self._typed_sheet = known, typed_sheet
        self._rows = rows
        self._choices = choices
        self._table = Table(known, rows.data)
        self._money = RowMoney(self._table, choices, rows.totals)
        self._questions = questions
        self._has_receipt = False
        self._has_dittos = has_dittos

    def run(self, progress: Progress) -> Validated:
        table, count = self._table, len(self._rows.data)
        if self._choices.is_field_list:
            self._table.unanswered = unanswered_rows(table)
        self._read_receipt()
        self._money.read()
        if self._has_receipt and self._choices.entries:
            take_planned(table, self._money, self._choices.entries)
        for done, column in enumerate(table.fields.values(), 1):
            self._read(column)
            # The other half is done as the rows are prepared for the ledger.
            progress(count * done // (2 * len(table.fields)), count)
        if self._known.sheet.struck or self._known.sheet.partly_struck:
            note_struck_cells(table, self._choices)
        self._note_faults()
        self._note_blanks()
        if self._rows.doubtful:
            note_doubtful(table, self._rows)
        note_duplicates(table)
        if self._rows.totals:
            compare_totals(
                table,
                self._money,
                self._rows.totals,
                is_template=self._choices.is_template,
                entries=self._choices.entries,
            )
        if self._money.codes & OF_SOME_TIME:
            self._questions += note_by_day(table, self._money, self._choices)
        questions = [*self._money.questions, *self._questions]
        columns = self._columns()
        return Validated(
            rows=self._put_together(columns, [*self._known.questions, *questions]),
            columns=columns,
            findings=table.findings,
            questions=questions,
            has_receipt=self._has_receipt,
        )

    def _note_faults(self) -> None:
        """What is wrong with whole rows; each is looked for only where it may be."""
        table = self._table
        if VOUCHER in table.fields:
            note_ranges(table)
        if "status" in table.fields and self._known.layout.types["status"] == RESULT:
            note_contradicted_results(table)
        if self._known.sheet.row_faults:
            note_row_faults(table)
        if len(self._known.sheet.columns) > len(self._known.columns):
            note_people_beside(table)
            note_unheaded_numbers(table)
        if not self._known.sheet.name:  # a text
            note_cut_amounts(table)

    def _read_receipt(self) -> None:
        """Which rows were not received, by all columns that may say so."""
        if self._known.layout.types.get("status") != RECEIPT or self._choices.is_list:
            return
        received: set[int] = set()
        if _may_say_who_received(self._known):
            receipts = Receipts(self._table, self._choices)
            receipts.read()
            self._has_receipt, received = receipts.is_decided, receipts.received
            self._questions += receipts.questions
        asked: frozenset[str] = frozenset()
        lines = {line for one in self._known.lists for line in one.lines}
        if any(map(line_may_deny, lines.union(self._known.titles))):
            settled = settle_lines(self._table, received, self._choices)
            asked, self._questions = settled.lines, [*self._questions, *settled.questions]
        if _has_lines(self._known, self._rows):
            self._read_legend(asked)

    def _read_legend(self, asked: frozenset[str]) -> None:
        """Which rows were not received, by lines above or below the list but those asked about."""
        legend = Legend(
            self._table, self._rows, self._choices, has_answers=self._has_receipt, asked=asked
        )
        self._table.not_received |= legend.rows - self._table.errors
        self._questions += [legend.question] if legend.question else []
        self._table.findings += [legend.finding] if legend.finding else []

    def _word_reader(self, group: str, column: FieldColumn) -> Callable[[Value], Reading]:
        languages, heading = self._known.languages, column.place.heading
        return WordReader(group, column.distinct, languages, heading).read

    def _read(self, column: FieldColumn) -> None:
        reader = self._reader(column)
        if reader is None:
            return
        problems = column.read(reader)
        unread = {at: column.value(at) for at in problems}
        if column.name == BIRTH and (years := only_years(unread, self._choices.today)):
            self._table.note_column(column.name, "date-unreadable", years)
            problems = {at: found for at, found in problems.items() if at not in years}
        if column.name in ONE_IN_EACH:
            problems = self._several(column) | problems
            counts = Counter(str(value) for value in column.values if value is not None)
            if groups := written_alike(counts):
                self._questions += settle_alike(column, groups, counts, self._choices)
        self._table.note_all(column.name, problems)
        if self._has_dittos and self._known.layout.types[column.name] in _OF_TEXTS:
            note_left_marks(self._table, column, self._choices)
        is_number = self._known.layout.types[column.name] == "identifier"
        if is_number and not "".join(column.texts[at] for at in column.used).isascii():
            note_alphabets(self._table, column)

    def _several(self, column: FieldColumn) -> dict[int, Reading]:
        """Cells with several numbers, or a note: it cannot be known what belongs to which."""
        texts = {at: column.texts[at].strip() for at in column.used}
        found = several(texts.values(), column.place.heading)
        refused = Reading(None, "value-unknown", {"several": "1"})
        problems = {at: refused for at, text in texts.items() if text in found}
        if may_hold_refusal(texts.values()):
            noted = Reading(None, "value-unknown", {"with_note": "1"})
            problems |= {at: noted for at, text in texts.items() if has_refusal_beside(text)}
        column.forget(problems)
        return problems

    def _reader(self, column: FieldColumn) -> Callable[[Value], Reading] | None:
        kind = self._known.layout.types[column.name]
        if reader := _OF_FIELDS.get(column.name) or _PLAIN.get(kind):
            return reader
        if kind == "phone":
            return partial(read_phone, country=self._choices.country)
        if kind == "date":
            return self._date_reader(column)
        if kind == "approval":
            note_approvals(self._table, column)
            return None
        if kind.startswith("words:") and kind != RECEIPT:
            return self._word_reader(kind.partition(":")[2], column)
        return None

    def _date_reader(self, column: FieldColumn) -> Callable[[Value], Reading]:
        dates = DateColumn(column, self._known, self._choices)
        known = {question.choice for question in self._questions}
        self._questions += [
            replace(one, choice=dates.own("date_order")) if one.choice in known else one
            for one in dates.questions
        ]
        return dates.reader.read

    def _note_blanks(self) -> None:
        """Required cells without anything in them, and cells that another is merged over."""
        table = self._table
        for at, group in enumerate(self._known.layout.required):
            fields = [table.fields[name] for name in group if name in table.fields]
            if not fields:
                continue
            if group[0] == "amount" and fields[0].name == "amount" and not fields[0].is_empty:
                fields = fields[:1]
            blank = set(fields[0].rows_with(fields[0].blanks))
            for column in fields[1:]:
                blank &= set(column.rows_with(column.blanks))
            if not at and len(fields) > 1:  # what cannot be read names nobody
                rows_of_values = zip(*(column.values for column in fields), strict=True)
                blank = {row for row, found in enumerate(rows_of_values) if not any(found)}
            if at:  # a person who did not receive has no day, no amount
                blank -= table.not_received | table.unanswered
            if group[0] == "amount":
                blank -= table.as_planned
            for row in sorted(blank):
                self._note_blank(row, fields[0].name)
        if table.covered:
            note_covered(table)

    def _note_blank(self, row: int, name: str) -> None:
        table = self._table
        merged = table.covered.get((table.numbers[row], table.fields[name].place.column))
        if merged:
            table.note(row, name, "merged-cell", {"merged": merged})
        else:
            table.note(row, name, "required")

    def _columns(self) -> dict[str, list[CellValue]]:
        """Field to values of all rows; the receipt is no value but the state of its row."""
        columns: dict[str, list[CellValue]] = {}
        for name, column in self._table.fields.items():
            kind = self._known.layout.types[name]
            if kind in {IGNORED, "currency", RECEIPT}:
                continue
            columns[f"{name}_minor" if kind == "amount" else name] = column.values
        if self._money.units:
            columns["currency"] = list(self._money.set_currencies())
        return columns

    def _put_together(
        self, columns: dict[str, list[CellValue]], questions: Sequence[Question]
    ) -> list[CheckedRow]:
        numbers, names = self._rows.data, tuple(columns)
        texts = list(zip(*map(self._texts, self._known.columns), strict=True))
        ready = OPEN if any(question.blocks for question in questions) else READY
        states = dict.fromkeys(self._table.not_received, NOT_RECEIVED)
        states |= dict.fromkeys(self._table.unanswered, NO_ANSWER)
        states |= dict.fromkeys(self._table.errors, ERROR)
        values = zip(*columns.values(), strict=True) if columns else iter([()] * len(numbers))
        return [
            CheckedRow(number, states.get(row, ready), texts[row], _filled(names, found))
            for row, (number, found) in enumerate(zip(numbers, values, strict=True))
        ]

    def _texts(self, column: RecognisedColumn) -> list[str]:
        here = self._typed_sheet.columns[column_of(column.column)]
        return list(map(here.texts.__getitem__, here.of_rows(self._rows.data)))


def _filled(names: tuple[str, ...], found: tuple[CellValue, ...]) -> dict[str, str | int]:
    pairs = zip(names, found, strict=True)
    return {name: value for name, value in pairs if value is not None}
