"""Which rows of a sheet hold data, and which are totals, signatures, examples or blanks."""

import re
from collections.abc import Sequence
from functools import cached_property

from cva.sheets.cells.amount_cells import number_in, sum_of
from cva.sheets.cells.cell_reading import is_blank
from cva.sheets.files.cell_addresses import column_of
from cva.sheets.recognition.heading_rows import is_numbering, is_of_headings, own_heads
from cva.sheets.recognition.headings import meaning
from cva.sheets.recognition.named_sums import NamedSums
from cva.sheets.recognition.recognise import Recognised
from cva.sheets.recognition.repeated_headings import Cells, RepeatedHeadings
from cva.sheets.recognition.sorted_rows import DataRows, TotalRow
from cva.sheets.recognition.title_rows import TitleRows
from cva.sheets.recognition.total_rows import DAY, NAME, TotalRows
from cva.sheets.vocabulary.refusals import is_refusal
from cva.sheets.vocabulary.text_forms import fold
from cva.sheets.vocabulary.word_lists import is_ditto, vocabulary

#: As most numbers of people are written; no word for a total looks so.
_NUMBER = re.compile(r"[A-Z]{0,4}[-_/]?\d[\d/_-]*")
_DIGITS, _LETTERS = re.compile(r"\d+"), re.compile(r"[^\W\d_]+")
ROWS_BEFORE_DATA = 3
ROWS_TO_TYPES = 6
_MOST_TYPES = 0.6
#: What a form's type stands behind, and what stands behind it: Full name - STRING - required.
_LABEL = re.compile(r"^.*\s-\s(?=\w+(?:\s-\srequired)?$)", re.DOTALL)
_LIMITS = re.compile(r"\s*(?:\[.*\]|/empty|-\srequired|\d+-\d+)?\s*$")
#: A line to sign on.
_LINE = "____"
MOST_CELLS_OF_SIGNATURE = 4
FEWEST_ADDED = 3


def find_rows(known: Recognised) -> DataRows:
    """Sort the rows below the headings."""
    return _Sorter(known).sort()


class _Sorter:
    def __init__(self, known: Recognised) -> None:
        self._sheet = known.sheet
        self._from = known.heading_row.data_from
        groups = [
            [known.places[name].column for name in group if name in known.places]
            for group in known.layout.required
        ]
        self._required = [columns for columns in groups if columns]
        if len(self._required) == 1:  # a text in one column alone may be a title
            others = {place.column for place in known.places.values()} - {*self._required[0]}
            self._required += [sorted(others)] if others else []
        self._width = _width(known)
        self._own = frozenset(range(self._width)) - _ignored(known)
        keys = [known.places[name] for name in known.layout.required[0] if name in known.places]
        self._key = keys[0].column if keys else None
        self._counted = [
            place.column
            for name, place in known.places.items()
            if name in known.layout.required_fields
            and known.layout.types[name] in {"date", "amount"}
        ]
        self._known = known
        self._signature = vocabulary().markers("signature")
        self._rows = DataRows()
        self._first, self._before = self._from, 0
        self._waiting: list[int] = []
        self._complete: Sequence[bool] = self._without_blanks()

    def sort(self) -> DataRows:
        """Go down each list once; only rows that lack something are looked at closely."""
        above = range(1, self._known.heading_row.first)
        self._rows.skipped += [row for row in above if self._is_like_data(row)]
        starts = [part.first for part in self._sheet.parts[1:]]
        ends = [*(start - 1 for start in starts), self._sheet.rows]
        for first, last in zip([self._from, *starts], ends, strict=True):
            self._sort_list(first, last)
        return self._rows

    def _sort_list(self, first: int, last: int) -> None:
        complete = self._complete
        self._first, self._before = first, len(self._rows.data)
        ended, again = last, 0
        for row in range(self._below_types(first), last + 1):
            if row in self._sheet.left_out or row < again:
                continue
            if row < first + ROWS_BEFORE_DATA and not self._has_data and self._is_hint(row):
                continue
            if row in self._ones and self._numbers_again(row):
                continue
            if complete[row - 1] and not self._is_astray(row):
                self._rows.data += self._waiting
                self._waiting.clear()
                self._rows.data.append(row)
            elif (found := self._look(row)) in {"end", "signature"}:
                again = self._goes_on(row, last, is_signature=found == "signature")
                self._rows.skipped += [at for at in range(row + 1, again) if complete[at - 1]]
                if not again:
                    ended = row
                    break
        self._drop_waiting()
        self._note_bare_sum()
        rest = range(ended + 1, last + 1)
        self._rows.skipped += [row for row in rest if complete[row - 1] or self._is_like_data(row)]

    def _goes_on(self, end: int, last: int, *, is_signature: bool) -> int:
        """Where the list goes on below its end: at headings, or at a person below who signs.

        A page may be signed at its foot, and the next one may have no headings.
        """
        again = next((title for title in self._repeats.rows if end < title <= last), 0)
        if not is_signature:
            return again
        below = range(end + 1, again or last + 1)
        person = next((row for row in below if self._is_person(row)), 0)
        if person and end not in self._rows.skipped:
            self._rows.skipped.append(end)  # it may be somebody's all the same
        return person or again

    def _is_person(self, row: int) -> bool:
        """Whether a row lacks nothing and has a number in the shape of those above."""
        if self._key is None or not self._complete[row - 1] or not self._is_like_data(row):
            return False
        counted = (self._sheet.text(row, column) for column in self._counted)
        if not all(any(map(str.isdigit, text)) for text in counted):
            return False
        column, text = self._sheet.columns[self._key], self._sheet.text(row, self._key)
        above = {column.index[at - 1] for at in self._rows.data}
        shapes = {_shape(column.texts[at]) for at in above}
        return _shape(text) in shapes if shapes else bool(_NUMBER.fullmatch(text.strip()))

    def _is_like_data(self, row: int) -> bool:
        """Whether a row outside the list has a number where people have theirs, and more."""
        if self._key is None or not any(map(str.isdigit, self._sheet.text(row, self._key))):
            return False
        own = (column for column, _ in self._cells(row) if column in self._own)
        return any(column != self._key for column in own)

    @property
    def _has_data(self) -> bool:
        """Whether the list that is gone through has rows of data so far."""
        return len(self._rows.data) > self._before

    def _without_blanks(self) -> Sequence[bool]:
        """For every row, whether each required group has a cell with something in it.

        A word for the total where the number of a person belongs is none.
        """
        groups: list[list[bool]] = [[True] * self._sheet.rows]
        if self._key is not None:
            here = self._sheet.columns[self._key]
            below = {*here.index[self._from - 1 :]}
            named = [
                at not in below
                or bool(_NUMBER.fullmatch(text))
                or not self._totals.names_nobody(text)
                for at, text in enumerate(here.texts)
            ]
            groups.append(list(map(named.__getitem__, here.index)))
        for columns in self._required:
            is_of_people = columns is self._required[0] and len(columns) > 1
            filled = [(self._named if is_of_people else self._filled)(each) for each in columns]
            groups.append(
                filled[0] if len(filled) == 1 else list(map(any, zip(*filled, strict=True)))
            )
        return list(map(all, zip(*groups, strict=True)))

    def _named(self, column: int) -> list[bool]:
        """The rows that have something in one of several columns of people, and no total."""
        here, filled = self._sheet.columns[column], self._filled(column)
        nobody = {
            at
            for at in {*here.index[self._from - 1 :]}
            if not _NUMBER.fullmatch(here.texts[at]) and self._totals.names_nobody(here.texts[at])
        }
        return [is_one and at not in nobody for is_one, at in zip(filled, here.index, strict=True)]

    def _filled(self, column: int) -> list[bool]:
        here = self._sheet.columns[column]
        table = [not is_blank(value) for value in here.values]
        return list(map(table.__getitem__, here.index))

    def _look(self, row: int) -> str:
        cells = self._cells(row)
        if not any(column in self._own for column, _ in cells):
            if len(cells) == 1 and any(map(str.isalpha, cells[0][1])):
                self._rows.titles.append(row)
            self._rows.skipped += [row] if len(cells) > 1 else []
            return "blank"
        if row in self._repeats.rows or self._repeats.is_repeat(cells):
            self._rows.skipped += [] if self._repeats.is_repeat(cells) else [row]
            return "blank"
        if self._is_signature(row, cells):
            return "signature"
        if self._begins_another(cells):
            self._rows.skipped.append(row)
            return "end"
        return self._take(row, cells)

    def _is_signature(self, row: int, cells: Cells) -> bool:
        """Whether a row is a line to sign on; one with more than that is told."""
        keys = {column for group in self._required for column in group}
        filled = [
            column
            for column, text in cells[1:]
            if column in keys and not (_LINE in text or self._signature.match(fold(text)))
        ]
        few = len(cells) <= MOST_CELLS_OF_SIGNATURE and not filled
        is_signature = self._signature.match(fold(cells[0][1])) and not is_refusal(cells[0][1])
        if not (is_signature and (few or self._is_below_total())):
            return False
        self._rows.skipped += [row] if filled else []
        return True

    def _take(self, row: int, cells: Cells) -> str:
        """A row that lacks something as a total, a title or somebody's."""
        is_bare = self._totals.is_bare_sum(row, cells, self._sum_starts)
        is_named = self._totals.is_named(cells)
        if not (is_bare or is_named) and self._totals.is_cash_line(cells):
            return self._note_cash(row, cells)
        if is_bare or (is_named and not self._may_be_person(row, cells)):
            self._rows.bare_totals += [row] if is_bare else []
            self._note_total(row)
            return "total"
        if is_named:
            self._rows.doubtful.append(row)
        if row in self._named_sums:
            self._rows.named_totals.append(row)
            self._note_total(row)
            return "total"
        if self._titles.is_title(row, cells):
            self._rows.skipped.append(row)
        elif self._is_below_total():
            self._waiting.append(row)
        else:
            self._rows.data.append(row)
            self._rows.has_gaps = True
        return "data"

    def _note_cash(self, row: int, cells: Cells) -> str:
        """A line about money in hand is nobody; what was paid out is the sum of the rows above."""
        place = self._known.places.get("amount")
        has_amount = place is not None and place.column in dict(cells) and self._has_data
        if has_amount and self._totals.states_paid(cells):
            self._note_total(row)
            return "total"
        self._rows.skipped.append(row)
        return "cash"

    def _may_be_person(self, row: int, cells: Cells) -> bool:
        """Whether a row with a word for a total has name and day, and no sum of the rows above.

        A row that has but one of them is told, since it may be somebody's all the same.
        """
        has = self._totals.of_a_person(cells)
        if not has or self._totals.states_sum(row, self._sum_starts):
            return False
        if has >= {NAME, DAY}:
            return True
        self._rows.skipped.append(row)
        return False

    def _note_total(self, row: int) -> None:
        since = max(self._sum_starts)
        self._drop_waiting()
        self._rows.totals.append(TotalRow(row, len(self._rows.data), since))

    @property
    def _sum_starts(self) -> set[int]:
        """How many rows of data are above the list, and above the last block of it."""
        above = self._rows.totals[-1].above if self._rows.totals else 0
        return {max(above, self._before), self._before}

    def _is_below_total(self) -> bool:
        if not self._rows.totals or self._rows.totals[-1].row < self._first:
            return False
        return self._rows.totals[-1].above == len(self._rows.data)

    def _is_astray(self, row: int) -> bool:
        """Whether a row without a blank is no row of the list.

        It repeats the headings, begins another table, or is below a total and has a word
        where the list has days or amounts.
        """
        cells = self._cells(row) if self._is_below_total() or self._may_be_heads(row) else []
        if not cells:
            return False
        if self._repeats.is_repeat(cells) or self._begins_another(cells):
            return True
        texts = dict(cells)
        counted = [texts.get(column, "0") for column in self._counted]
        return self._is_below_total() and any(
            not (any(map(str.isdigit, text)) or is_ditto(text)) for text in counted
        )

    @cached_property
    def _ones(self) -> frozenset[int]:
        """The rows that begin with 1, as those do that number the columns."""
        column = self._sheet.columns[0]
        ones = {at for at, text in enumerate(column.texts) if text.strip() == "1"}
        return frozenset(row for row, at in enumerate(column.index, 1) if at in ones)

    def _numbers_again(self, row: int) -> bool:
        """Whether a row numbers the columns below headings that are there once more."""
        return is_numbering([text for _, text in self._cells(row)]) and self._repeats.is_repeat(
            self._cells(row - 1)
        )

    def _may_be_heads(self, row: int) -> bool:
        """A look at one cell, since all rows are asked."""
        text = self._sheet.text(row, self._required[0][0]) if self._required else ""
        if not text or any(map(str.isdigit, text)):
            return False
        return text in self._heads_above or bool(meaning(text).fields)

    @cached_property
    def _heads_above(self) -> frozenset[str]:
        """What stands over the first column that is needed, in each row of the headings."""
        row, column = self._known.heading_row, self._required[0][0]
        return frozenset(self._sheet.text(at, column) for at in range(row.first - 1, row.data_from))

    def _begins_another(self, cells: Cells) -> bool:
        """Whether it is other headings, of a second table of which nothing is taken."""
        return self._has_data and is_of_headings([text for _, text in cells])

    @cached_property
    def _repeats(self) -> RepeatedHeadings:
        """Where the headings are there once more."""
        return RepeatedHeadings(self._known, self._width, self._cells, self._totals.has_word)

    @cached_property
    def _totals(self) -> TotalRows:
        return TotalRows(self._known, self._key, self._rows.data)

    @cached_property
    def _named_sums(self) -> frozenset[int]:
        """The rows of all lists that state a sum under a name."""
        sums = NamedSums(
            self._known, self._key, self._complete, self._cells, self._totals.names_nobody
        )
        starts = [self._from, *(part.first for part in self._sheet.parts[1:])]
        ends = [*starts[1:], self._sheet.rows + 1]
        lists = (sums.among(range(*span)) for span in zip(starts, ends, strict=True))
        return frozenset[int]().union(*lists)

    @cached_property
    def _titles(self) -> TitleRows:
        return TitleRows(self._known, self._key, self._required, self._counted, self._complete)

    def _note_bare_sum(self) -> None:
        """A number alone in the last row, below the amounts, is their sum where it is right."""
        place = self._known.places.get("amount")
        if place is None or len(self._rows.data) - self._before < FEWEST_ADDED:
            return
        row = self._rows.data[-1]
        if [column for column, _ in self._cells(row) if column in self._own] != [place.column]:
            return
        above = self._rows.data[self._before : -1]
        if number_in(self._sheet, row, place.column) == sum_of(self._sheet, above, place.column):
            self._rows.data.pop()
            self.__dict__.pop("_totals", None)  # it has added up the row
            self._rows.bare_totals.append(row)
            self._rows.totals.append(TotalRow(row, self._before + len(above), self._before))

    def _below_types(self, first: int) -> int:
        """The first row below one that names the types of the columns, if such a row is there.

        What stands between it and the headings are examples.
        """
        top = range(first, min(first + ROWS_TO_TYPES, self._sheet.rows + 1))
        types = next((row for row in top if self._names_types(row)), None)
        if types is None:
            return first
        self._rows.skipped += [row for row in range(first, types + 1) if self._cells(row)]
        return types + 1

    def _names_types(self, row: int) -> bool:
        texts = [fold(_LABEL.sub("", text)) for _, text in self._cells(row)]
        hints = vocabulary().rows["hint"]
        named = sum(_LIMITS.sub("", text).strip() in hints for text in texts)
        return len(texts) >= ROWS_BEFORE_DATA and named >= len(texts) * _MOST_TYPES

    def _is_hint(self, row: int) -> bool:
        """Whether it numbers the columns, names their types or is an example."""
        texts = [text for _, text in self._cells(row)]
        if len(texts) < ROWS_BEFORE_DATA:
            return False
        if is_numbering(texts):
            return True
        words = [fold(text) for text in texts]
        rows = vocabulary().rows
        if words[0] in rows["example"] or all(text in rows["hint"] for text in words):
            self._rows.skipped.append(row)
            return True
        return False

    def _cells(self, row: int) -> Cells:
        """The cells with something in them, from the left."""
        return [
            (at, column.texts[column.index[row - 1]].strip())
            for at, column in enumerate(self._sheet.columns[: self._width])
            if not is_blank(column.at(row))
        ]

    def _drop_waiting(self) -> None:
        """Below the last total a row counts only if it names a person and something more."""
        for row in self._waiting:
            filled = [
                any(not is_blank(self._sheet.columns[column].at(row)) for column in columns)
                for columns in self._required
            ]
            if sum(filled) > 1 and filled[0] and not self._is_astray(row):
                self._rows.data.append(row)
            elif any(filled):
                self._rows.skipped.append(row)
        self._waiting.clear()


def _shape(number: str) -> str:
    """A number with one sign for each of its runs of digits and of letters."""
    return _LETTERS.sub("A", _DIGITS.sub("9", number.strip()))


def _width(known: Recognised) -> int:
    """How many columns the list has; a small table may be beside it."""
    heads = own_heads(known.heading_row)
    beside = known.heading_row.heads[len(heads) :]
    return beside[0].column if beside else len(known.sheet.columns)


def _ignored(known: Recognised) -> frozenset[int]:
    """Columns in which nothing counts, such as running numbers that were filled in before."""
    return frozenset(
        column_of(column.column)
        for column in known.columns
        if column.field in {"row_no", "signature"}
    )
