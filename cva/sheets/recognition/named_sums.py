"""Rows that state the sum of those above them under a name, such as that of a village."""

from collections.abc import Callable, Collection, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from cva.sheets.cells.amount_cells import bare_number, is_number
from cva.sheets.cells.cell_reading import is_blank
from cva.sheets.recognition.recognise import Recognised
from cva.sheets.recognition.repeated_headings import Cells

#: The sum of one row alone is as likely to be that of a person with the same amount.
_FEWEST_ADDED = 2
_FEWEST_ALIKE = 2
_DAYS = ("distribution_date", "redeemed_on")


class _MaybeSum(NamedTuple):
    """A row that names one thing and a number.

    Attributes:
        is_sum: The number is the sum of the rows since the candidate before, or of all of them.
        added: How many rows that are.
        is_last: Nobody stands below it.
    """

    row: int
    is_sum: bool
    added: int
    is_last: bool


class _RunningSum(NamedTuple):
    """What some rows come to."""

    total: Decimal = Decimal(0)
    rows: int = 0

    def plus(self, number: Decimal | None) -> "_RunningSum":
        """With one row more."""
        return _RunningSum(self.total + (number or 0), self.rows + 1)

    def is_stated_by(self, number: Decimal | None) -> bool:
        """Whether a number is this sum of at least one row."""
        return self.rows > 0 and number == self.total


class NamedSums:
    """Finds rows without a person's number and day that state a sum under one text.

    Args:
        known: The sheet.
        key: The column with the numbers of people, where there is one.
        complete: For every row whether it lacks nothing.
        cells_of: Gives the cells of a row with something in them.
        is_total: Whether a text is a word for the total.
    """

    def __init__(
        self,
        known: Recognised,
        key: int | None,
        complete: Sequence[bool],
        cells_of: Callable[[int], Cells],
        is_total: Callable[[str], bool],
    ) -> None:
        self._sheet, self._key = known.sheet, key
        self._complete, self._cells, self._is_total = complete, cells_of, is_total
        self._days = [known.places[name].column for name in _DAYS if name in known.places]
        amount = known.places.get("amount")
        self._amount = None if amount is None else amount.column

    def among(self, rows: Collection[int]) -> frozenset[int]:
        """Those of the rows of one list; one alone is such a sum below all people only.

        Where no day can be lacking, all that name one thing and a number must be sums.
        """
        if self._amount is None or (self._key is None and not self._days):
            return frozenset()
        found = list(self._candidates(rows))
        sums = [one for one in found if one.is_sum]
        if not any(one.added >= _FEWEST_ADDED for one in sums):
            return frozenset()
        if len(sums) == len(found):
            is_sure = len(sums) >= _FEWEST_ALIKE or (bool(self._days) and sums[0].is_last)
            return frozenset(one.row for one in sums if is_sure)
        sure = [one.row for one in sums if one.added >= _FEWEST_ADDED and self._days]
        return frozenset(sure if len(sure) >= _FEWEST_ALIKE else ())

    def _candidates(self, rows: Collection[int]) -> Iterator[_MaybeSum]:
        column = self._sheet.columns[self._amount or 0]
        numbers = [None if is_blank(value) else bare_number(value) for value in column.values]
        everybody, block = _RunningSum(), _RunningSum()
        last = max((row for row in rows if self._is_of_person(row)), default=0)
        for row in rows:
            number = numbers[column.index[row - 1]]
            if not self._complete[row - 1] and self._may_be_sum(row):
                stated = next((one for one in (block, everybody) if one.is_stated_by(number)), None)
                added = stated.rows if stated else 0
                yield _MaybeSum(row, stated is not None, added, is_last=row > last)
                block = _RunningSum() if stated else block
            elif self._is_of_person(row):
                everybody, block = everybody.plus(number), block.plus(number)

    def _is_of_person(self, row: int) -> bool:
        if self._complete[row - 1]:
            return True
        text = "" if self._key is None else self._sheet.text(row, self._key)
        return any(map(str.isdigit, text)) and not self._is_total(text)

    def _may_be_sum(self, row: int) -> bool:
        """Whether it has one text and numbers, among them an amount, and no number and no day."""
        own = dict(self._cells(row))
        if self._amount not in own or any(at in own for at in self._days):
            return False
        if self._is_of_person(row) or (self._key in own and not self._days):
            return False
        texts = [text for text in own.values() if not is_number(text)]
        return is_number(own[self._amount]) and len(texts) == 1 and not self._is_total(texts[0])
