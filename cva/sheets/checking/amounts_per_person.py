"""Amounts for each person or piece, which are multiplied only where the sender says so."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from cva.sheets.cells.amount_cells import parse
from cva.sheets.cells.cell_reading import is_nothing
from cva.sheets.cells.other_cells import read_count
from cva.sheets.checking.larger_units import plain, readable
from cva.sheets.checking.table import FieldColumn, Table
from cva.sheets.files.cell_addresses import column_of, letter
from cva.sheets.files.parsed_workbook import Value
from cva.sheets.vocabulary.choices import Choices
from cva.sheets.vocabulary.currency_lines import sums_in
from cva.sheets.vocabulary.questions import EXAMPLES, NOTHING, Question
from cva.sheets.vocabulary.scales import counts_periods, is_per_unit

MEMBERS, QUANTITY = "household_size", "quantity"
#: Nobody gets more pieces; a larger number is that of a voucher.
MOST_PIECES = 1000
#: Answers: it is what the whole row was paid, or it is multiplied.
ROW, TIMES = "row", "times"


class PerPerson(NamedTuple):
    """What the amounts of rows are multiplied by.

    Attributes:
        times: For every row its members; None where they are not known. Empty: nothing is
            multiplied.
        answered: What was answered, as a finding says it: the heading of the column that they are
            from, if any. None: nothing was.
        question: What is asked before any amount is read.
    """

    times: Sequence[int | None] = ()
    answered: Mapping[str, str] | None = None
    question: Question | None = None


def per_person_of(
    column: FieldColumn, table: Table, numbers: Mapping[int, Value], choices: Choices
) -> PerPerson:
    """What a column of amounts per person is multiplied by; settled by the sender alone.

    Args:
        column: Amounts under a heading such as "Amount per person".
        table: The rows.
        numbers: By position of the column's values, the number that is seen.
        choices: What the sender answered.
    """
    members = table.fields.get(MEMBERS)
    if members is None or members.is_empty:
        return PerPerson()
    choice = f"per_person:{letter(column.place.column)}"
    answer = choices.settled.get(choice)
    if answer == ROW:
        return PerPerson(answered={})
    times = _members(members)
    if answer == TIMES:
        return PerPerson(times, {"multiplied_by": members.place.heading})
    examples = _examples(column, numbers, times)
    return PerPerson(
        question=Question(choice, (TIMES, ROW), column.place.heading, examples=examples)
    )


def per_unit_of(
    column: FieldColumn, table: Table, numbers: Mapping[int, Value], choices: Choices
) -> PerPerson:
    """What a column of the value of one piece is multiplied by; settled by the sender alone.

    Where no column may count pieces there is one in each row. Amounts that nothing calls those
    of one may be so beside days, months or payments that they do not follow.
    """
    if is_per_unit(column.place.heading):
        counts = _counts_of_pieces(table) or _counts_of_periods(table)
    else:
        counts = _counts_of_periods(table)
        counts = {at: times for at, times in counts.items() if not _follow(column, numbers, times)}
    choice = f"per_unit:{letter(column.place.column)}"
    answer = choices.settled.get(choice)
    if not counts or answer == ROW:
        return PerPerson(answered={} if counts else None)
    if answer in counts:
        return PerPerson(counts[answer], {"multiplied_by": _heading(table, column_of(answer))})
    examples: dict[str, tuple[tuple[str, str], ...]] = {}
    for name, times in counts.items():
        found = _examples(column, numbers, times)
        examples |= {name: found[TIMES], ROW: found[ROW]}
    options, heading = (*counts, ROW), column.place.heading
    details = {"periods": "1"} if counts.keys() <= _counts_of_periods(table).keys() else {}
    question = Question(choice, options, heading, examples=examples, details=details)
    return PerPerson(question=question)


def stated_of_one(
    column: FieldColumn,
    table: Table,
    numbers: Mapping[int, Value],
    choices: Choices,
    lines: Sequence[str],
) -> PerPerson:
    """What amounts are multiplied by where a line says that they are for one person or day.

    Nothing is asked where they follow the members or the days already, or where the sum that the
    line names is none of them.
    """
    sums = {parsed.number for text in sums_in(lines) if (parsed := parse(text))}
    if sums and sums.isdisjoint(_number(numbers[at]) for at in column.used):
        return PerPerson()
    counts, members = _counts_of_periods(table), table.fields.get(MEMBERS)
    if members is not None and not members.is_empty:
        counts[letter(members.place.column)] = _members(members)
    if any(_follow(column, numbers, times) for times in counts.values()):
        return PerPerson()
    choice = f"per_unit:{letter(column.place.column)}"
    answer = choices.settled.get(choice)
    if answer in {ROW, NOTHING}:
        return PerPerson(answered={})
    if answer in counts:
        return PerPerson(counts[answer], {"multiplied_by": _heading(table, column_of(answer))})
    examples = {name: _examples(column, numbers, times)[TIMES] for name, times in counts.items()}
    examples[""] = tuple((line, "") for line in lines[:EXAMPLES])
    options, heading = (*counts, ROW, NOTHING), column.place.heading
    return PerPerson(
        question=Question(choice, options, heading, examples=examples, details={"stated": "1"})
    )


def _heading(table: Table, column: int) -> str:
    """What is above a column; its letter where that is nothing."""
    heads = {head.column: head.text for head in table.known.heading_row.heads}
    return heads.get(column, letter(column))


def _counts_of_pieces(table: Table) -> dict[str, list[int | None]]:
    """By letter the columns that may count the pieces of a row: that of quantities, else others."""
    known = table.known
    if QUANTITY in table.fields:
        columns = [known.places[QUANTITY].column]
    else:
        types = known.layout.types  # what is taken for a name may be a number of pieces
        taken = {at.column for name, at in known.places.items() if types[name] != "name"}
        columns = [at for at in range(len(known.sheet.columns)) if at not in taken]
    found = {}
    for at in columns:
        column = known.sheet.columns[at]
        index = column.of_rows(table.numbers)
        read = {place: _count(column.values[place]) for place in set(index)}
        if any(count and count > 1 for count in read.values()) and all(
            count and count <= MOST_PIECES for count in read.values()
        ):
            found[letter(at)] = [read[place] for place in index]
    if QUANTITY in table.fields:
        return found
    numbering = list(range(1, len(table.numbers) + 1))  # a running number counts nothing
    return {name: counts for name, counts in found.items() if counts != numbering}


def _counts_of_periods(table: Table) -> dict[str, list[int | None]]:
    """By letter the columns that nobody knows and that are headed as days, months or payments."""
    known = table.known
    taken = {at.column for at in known.places.values()}
    found = {}
    for head in known.heading_row.heads:
        if head.column in taken or not counts_periods(head.text):
            continue
        column = known.sheet.columns[head.column]
        index = column.of_rows(table.numbers)
        read = {place: _count(column.values[place]) for place in set(index)}
        counts = [count for count in read.values() if count]
        if counts and 1 < max(counts) <= MOST_PIECES:
            found[letter(head.column)] = [read[place] for place in index]
    return found


def _follow(column: FieldColumn, numbers: Mapping[int, Value], times: Sequence[int | None]) -> bool:
    """Whether amounts are those of whole rows: so many days at a few rates make many amounts."""
    pairs = {(at, count) for at, count in zip(column.index, times, strict=True) if count}
    read = {at: number for at in {at for at, _count in pairs} if (number := _number(numbers[at]))}
    rates = {read[at] / count for at, count in pairs if at in read}
    return len(rates) < len(set(read.values()))


def _number(value: Value) -> Decimal | None:
    return next((number for _text, number in readable([(value, value)])), None)


def _members(column: FieldColumn) -> list[int | None]:
    counts = {at: _count(column.value(at)) for at in column.used}
    return list(map(counts.__getitem__, column.index))


def _count(value: Value) -> int | None:
    if is_nothing(value):
        return None
    found = read_count(value).value
    return int(found) if found and int(found) > 0 else None


def _examples(
    column: FieldColumn, numbers: Mapping[int, Value], times: Sequence[int | None]
) -> dict[str, tuple[tuple[str, str], ...]]:
    """The first rows with different figures, as they would be read."""
    pairs = dict.fromkeys(
        (at, count) for at, count in zip(column.index, times, strict=True) if count
    )
    shown = [
        (text, number, count)
        for at, count in list(pairs)[:EXAMPLES]
        for text, number in readable([(column.value(at), numbers[at])])
    ]
    return {
        TIMES: tuple((f"{text} × {count}", plain(number * count)) for text, number, count in shown),
        ROW: tuple((text, plain(number)) for text, number, _count in shown),
    }
