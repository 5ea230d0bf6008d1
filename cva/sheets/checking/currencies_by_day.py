"""Judges each row's currency by the day of the row: whether it was money then, and which unit."""

from collections.abc import Iterator, Sequence
from datetime import date

from cva.core.legal_tender import (
    WITH_ONE_CODE,
    Redenomination,
    is_in_use,
    is_in_use_throughout,
)
from cva.sheets.checking.money_columns import AMOUNTS, RowMoney
from cva.sheets.checking.table import Table
from cva.sheets.vocabulary.choices import Choices
from cva.sheets.vocabulary.questions import EXAMPLES, Question

OLD_UNIT = "old_unit"
#: Answers: the amounts are in the new unit, or in the old one.
NEW, OLD = "new", "old"
_DAYS = ("distribution_date", "redeemed_on")


def note_by_day(table: Table, money: RowMoney, choices: Choices) -> list[Question]:
    """Report currencies that were none on the day of their row, and ask for the unit of others.

    A row without a day is judged by today's.
    """
    units, codes = money.stated_units.get("amount"), money.codes
    if units is None or not codes:
        return []
    days = _days(table, choices.today)
    first, last = min(days), max(days)
    doubtful = {code for code in codes if not is_in_use_throughout(code, first, last)}
    changed = [one for one in WITH_ONE_CODE if one.new in codes and one.overlaps(first, last)]
    if doubtful:
        _note_out_of_use(table, [one.currency if one else None for one in units], days, doubtful)
    asked = (_unit_of(table, money, one, days, choices) for one in changed)
    return [question for question in asked if question]


def _days(table: Table, today: date) -> Sequence[date]:
    """The day of every row."""
    name = next((name for name in _DAYS if name in table.fields), None)
    values = table.fields[name].values if name else [None] * len(table.numbers)
    read = {value: date.fromisoformat(value) for value in set(values) if isinstance(value, str)}
    return [read.get(str(value), today) for value in values]


def _note_out_of_use(
    table: Table, codes: Sequence[str | None], days: Sequence[date], doubtful: set[str]
) -> None:
    column = table.fields.get("currency")
    named = column if column and not column.is_empty else None
    amount = table.fields["amount"]
    found: dict[int, tuple[str, str, date]] = {}
    for row, (code, day) in enumerate(zip(codes, days, strict=True)):
        if code in doubtful and not is_in_use(code, day) and amount.index[row] not in amount.blanks:
            is_named = named is not None and named.index[row] not in named.blanks
            found[row] = ("currency" if is_named else "amount", code, day)
    table.withdraw(found, "amount")  # of no money it cannot be told how many decimals it has
    for row, (name, currency, day) in found.items():
        details = {"currency": currency, "not_in_use_on": day.isoformat()}
        table.note(row, name, "currency-unknown", details)


def _unit_of(
    table: Table, money: RowMoney, change: Redenomination, days: Sequence[date], choices: Choices
) -> Question | None:
    """Ask whether rows of the days with two units are in the old one, and turn it into the new."""
    rows = list(_rows_of(table, money, change, days))
    if not rows:
        return None
    choice = f"{OLD_UNIT}:{change.new}"
    answer = choices.settled.get(choice)
    if answer == OLD:
        for name in (name for name in AMOUNTS if name in money.stated_units):
            _divide(table, name, rows, change)
    if answer in {NEW, OLD}:
        return None
    column = table.fields["amount"]
    texts = [column.texts[column.index[row]] for row in rows[:EXAMPLES]]
    return Question(
        choice,
        (NEW, OLD),
        column.place.heading,
        examples={"": tuple((text.strip(), "") for text in texts)},
        details={
            "currency": change.new,
            "ratio": str(change.ratio),
            "first": change.from_on.isoformat(),
            "last": change.until_on.isoformat(),
        },
    )


def _rows_of(
    table: Table, money: RowMoney, change: Redenomination, days: Sequence[date]
) -> Iterator[int]:
    blanks, index = table.fields["amount"].blanks, table.fields["amount"].index
    for row, one in enumerate(money.stated_units["amount"]):
        is_then = change.from_on <= days[row] <= change.until_on
        if one and one.currency == change.new and is_then and index[row] not in blanks:
            yield row


def _divide(table: Table, name: str, rows: Sequence[int], change: Redenomination) -> None:
    """Put amounts in the new unit, exactly or not at all."""
    values = table.fields[name].values
    for row in rows:
        value = values[row]
        if not isinstance(value, int):
            continue
        whole, rest = divmod(value, int(change.ratio))
        values[row] = whole if not rest else None
        if rest:
            details = {"currency": change.new, "digits": "2"}
            table.note(row, name, "amount-too-precise", details)
