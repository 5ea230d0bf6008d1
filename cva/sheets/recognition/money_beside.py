"""Finds columns beside the amount that may say that another sum was handed out."""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from cva.sheets.cells.amount_cells import parse
from cva.sheets.files.parsed_workbook import FormattedNumber, ParsedSheet, SheetColumn, Value
from cva.sheets.recognition.heading_rows import Head, HeadingRow
from cva.sheets.recognition.headings import is_of_another, speaks_of_paying
from cva.sheets.recognition.open_fields import columns_of_numbers
from cva.sheets.vocabulary.currencies import Reader
from cva.sheets.vocabulary.scales import counts_periods, without_scale
from cva.sheets.vocabulary.text_forms import fold
from cva.sheets.vocabulary.word_lists import vocabulary

#: Smaller sums are too likely to be a count of something.
_SMALLEST = 10
_ALL = "100%"


def money_beside(
    heads: Sequence[Head], amounts: Sequence[int], sheet: ParsedSheet, heading_row: HeadingRow
) -> list[int]:
    """Of columns that nobody knows, those of which it is asked whether they are the amount.

    Their headings speak of money over numbers (Less tax, Balance due), or of paying over a share
    of it; or their numbers are the amounts in some rows, and nothing or another sum in others.
    """
    numbers = set(columns_of_numbers([head.column for head in heads], sheet, heading_row))
    first, columns = heading_row.data_from, sheet.columns
    return [
        head.column
        for head in heads
        if (head.column in numbers and _speaks_of_money(head.text))
        or (speaks_of_paying(head.text) and _is_of_shares(columns[head.column], first))
        or (
            head.column in numbers
            and not is_of_another(head.text)
            and any(_contradicts(columns[head.column], columns[at], first) for at in amounts)
        )
    ]


def _speaks_of_money(heading: str) -> bool:
    """Whether a heading names a currency, or a sum that is paid, kept back or still owed."""
    if counts_periods(heading):  # "Months paid" are no sums
        return False
    if speaks_of_paying(heading):
        return True
    if is_of_another(heading):
        return False
    beginnings = tuple(vocabulary().receipt["sum_beginnings"])
    if any(part.startswith(beginnings) for part in fold(heading).split()):
        return True
    text, reader = without_scale(heading), Reader()
    return reader.unit_in_heading(text) is not None or reader.names_money(text)


def _is_of_shares(column: SheetColumn, first: int) -> bool:
    """Whether a column has percents, not all of them a hundred."""
    texts = {column.texts[at].replace(" ", "") for at in set(column.index[first - 1 :])} - {""}
    return bool(texts - {_ALL}) and all(text.endswith("%") for text in texts)


def _contradicts(column: SheetColumn, amounts: SheetColumn, first: int) -> bool:
    """Whether numbers are the amounts of some rows, and nothing or another sum in others."""
    pairs = Counter(zip(column.index[first - 1 :], amounts.index[first - 1 :], strict=True))
    own = {at: _number(column.values[at]) for at, _amount in pairs}
    paid = {at: _number(amounts.values[at]) for _own, at in pairs}
    same = other = nothing = 0
    for (here, there), rows in pairs.items():
        number, amount = own[here], paid[there]
        if number is None or amount is None or amount < _SMALLEST:
            continue
        same += rows * (abs(number) == amount)
        nothing += rows * (number == 0)
        other += rows * (number != amount)
    return bool(same and other) and (same + nothing) * 2 >= same + other


def _number(value: Value) -> Decimal | None:
    """The number of a cell; one that may have decimals or thousands is taken for thousands."""
    if isinstance(value, str):
        found = parse(value)
        return None if found is None else found.number or found.as_grouped
    number = value.number if isinstance(value, FormattedNumber) else value
    return Decimal(repr(number)) if type(number) in (int, float) else None
