"""Amounts whose number formats show other sums than the cells hold: told once for a column."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from cva.core.money import Money
from cva.sheets.checking.table import Table
from cva.sheets.files.parsed_workbook import plain_value
from cva.sheets.vocabulary.currencies import Unit

CODE = "rounded-amounts"


def note_rounded_amounts(table: Table, name: str, units: Sequence[Unit | None]) -> None:
    """Say what the amounts come to as they are seen, and as they are."""
    column, rounded = table.fields[name], table.known.sheet.rounded
    at = column.place.column
    shown: dict[int, int] = {}
    for row, place in enumerate(table.numbers):
        value, unit = column.values[row], units[row]
        places = rounded.get((place, at))
        if places is None or not isinstance(value, int) or unit is None:
            continue
        number = plain_value(column.value(column.index[row]))
        if isinstance(number, float) and row not in table.not_received:
            exact = Decimal(repr(number))
            seen = exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
            shown[row] = int((seen * value / exact).to_integral_value(ROUND_HALF_UP))
    if not shown:
        return
    currency = next(unit.currency for unit in (units[row] for row in shown) if unit)
    values = {
        row: value
        for row, (value, unit) in enumerate(zip(column.values, units, strict=True))
        if isinstance(value, int) and unit and unit.currency == currency
        if row not in table.not_received
    }
    sums = {
        "shown": Money(currency, sum(shown.get(row, value) for row, value in values.items())),
        "sum": Money(currency, sum(values.values())),
    }
    details = {key: str(money) for key, money in sums.items()} | {"count": str(len(shown))}
    table.note_heading(name, CODE, details)
