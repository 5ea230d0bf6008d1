"""Compares the sums that a sheet states with the rows above them."""

import re
from collections.abc import Sequence

from cva.core.money import Money
from cva.sheets.cells.cell_reading import is_blank
from cva.sheets.checking.money_columns import RowMoney
from cva.sheets.checking.table import Table
from cva.sheets.files.cell_addresses import column_of
from cva.sheets.files.parsed_workbook import Uncalculated, Value, plain_value
from cva.sheets.recognition.sorted_rows import TotalRow
from cva.sheets.vocabulary.field_list_marks import FieldListEntry

_PLAIN_SUM = re.compile(r"=?SUM\(\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})\)")


def compare_totals(
    table: Table,
    money: RowMoney,
    totals: Sequence[TotalRow],
    *,
    is_template: bool,
    entries: Sequence[FieldListEntry],
) -> None:
    """Compare each stated total with what the rows add up to; a difference is a warning.

    The total row of our own template needs no stored value while it adds up the rows above it:
    a program that fills in a template calculates nothing, and the sum can say nothing else. Nor
    does that of a field list as it was written, over the rows of its ``entries``.
    """
    column = table.fields.get("amount")
    if column is None or "amount" not in money.units:
        return
    for total in totals:
        value = table.known.sheet.columns[column.place.column].at(total.row)
        is_ours = isinstance(value, Uncalculated) and (
            (is_template and _adds_up(table, total, value)) or _is_written(table, value, entries)
        )
        if not is_ours and not is_blank(value):
            _compare(table, money, total, value)


def _compare(table: Table, money: RowMoney, total: TotalRow, value: Value) -> None:
    if isinstance(value, Uncalculated):
        table.note_total(total.row, "formula-without-value", {})
        return
    stated_units = money.stated_units["amount"]
    units = {one for one in stated_units[: total.above] if one}
    if len(units) > 1:  # lists in several currencies, of which it may be the sum of one
        units = {one for one in stated_units[total.since : total.above] if one}
    if len(units) != 1:
        return
    one = units.pop()
    # Zero is no amount, and a sum of blanks.
    stated = 0 if plain_value(value) == 0 else money.read_total(value, one, total.row).value
    sums = _sums(table, total)
    if not isinstance(stated, int) or stated not in sums:
        shown = str(Money(one.currency, sums[0]))
        table.note_total(total.row, "total-mismatch", {"sum": shown})


def _adds_up(table: Table, total: TotalRow, value: Uncalculated) -> bool:
    """Whether it is the plain sum over all rows above, or over their block."""
    summed = _rows_summed(table, value)
    if summed is None:
        return False
    above = table.numbers[: total.above]
    added = [row for row in above if summed[0] <= row <= summed[1]]
    return added in (list(above), list(above[total.since :])) and summed[1] < total.row


def _is_written(table: Table, value: Uncalculated, entries: Sequence[FieldListEntry]) -> bool:
    """Whether it is the sum that was written below the rows of a field list."""
    return bool(entries) and _rows_summed(table, value) == (entries[0].row, entries[-1].row)


def _rows_summed(table: Table, value: Uncalculated) -> tuple[int, int] | None:
    """First and last row of a plain sum over the column of amounts; None for another formula."""
    found = _PLAIN_SUM.fullmatch(value.formula)
    if found is None:
        return None
    left, top, right, bottom = found.groups()
    if {column_of(left), column_of(right)} != {table.fields["amount"].place.column}:
        return None
    return int(top), int(bottom)


def _sums(table: Table, total: TotalRow) -> list[int]:
    """All rows above, then their block; each with and without those not received or as planned."""
    values = table.fields["amount"].values
    sums = []
    silent = table.not_received | table.as_planned
    for start in (0, total.since):
        for left_out in (frozenset[int](), table.not_received, silent):
            rows = (row for row in range(start, total.above) if row not in left_out)
            sums.append(sum(value for row in rows if isinstance(value := values[row], int)))
    return sums
