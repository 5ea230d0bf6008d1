"""Months or rounds that have a column each: what every person got in each of them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from cva.sheets.cells.amount_cells import number_in
from cva.sheets.cells.cell_reading import is_nothing
from cva.sheets.files.cell_addresses import letter
from cva.sheets.files.parsed_workbook import ParsedSheet, SheetColumn
from cva.sheets.recognition.candidates import Candidate
from cva.sheets.recognition.heading_rows import Head, languages_of, numbering_rows
from cva.sheets.recognition.headings import meaning
from cva.sheets.recognition.lists_together import ABSENT, ListToJoin
from cva.sheets.recognition.period_headings import Period, Periods, is_plain_total, unit_of
from cva.sheets.recognition.several_lists import Lists
from cva.sheets.vocabulary.choices import Choices
from cva.sheets.vocabulary.questions import Question
from cva.sheets.vocabulary.text_forms import fold
from cva.sheets.vocabulary.word_lists import vocabulary

#: Asks whether each of such columns is a payment of its own; ``EACH`` says so.
PERIODS = "periods"
EACH = "each"
#: Asks for the day of one of them, as ``day:C``.
DAY = "day"
#: What may say of one period that nothing was received in it.
_OF_REMARKS = frozenset({"remarks", "status", "other_receipt", "signature"})


def ask_about(periods: Periods, candidate: Candidate, choices: Choices) -> list[Question]:
    """What has to be known before each of them can be read as a payment."""
    if choices.settled.get(PERIODS) is None:
        names = ", ".join(letter(head.column) for head in periods.heads)
        examples = {EACH: tuple((letter(one.head.column), one.text) for one in periods.each)}
        details = {"columns": names}
        return [Question(PERIODS, (EACH, "none"), examples=examples, details=details)]
    means = [meaning(name) for one in periods.each for name in one.beside]
    fields = {*candidate.fields.values()}.union(*(one.fields for one in means))
    if not was_chosen(choices) or "distribution_date" in fields:
        return []
    keys = {f"{DAY}:{letter(one.head.column)}": one for one in periods.each}
    return [
        Question(key, (), heading=one.text, details={"type": "date"}, offered=one.day)
        for key, one in keys.items()
        if key not in choices.settled
    ]


def was_chosen(choices: Choices) -> bool:
    """Whether each of the columns was said to be a payment of its own."""
    return choices.settled.get(PERIODS) == EACH


def one_for_each(
    found: Lists, periods: Periods, candidate: Candidate, choices: Choices
) -> tuple[Lists, Candidate]:
    """Every list once for each period: its columns, its sums as the amount, its name as the round.

    Returns:
        The lists, and the candidate with the headings of all of them.
    """
    languages = sorted(languages_of(candidate.heading_row.heads)) or ["en"]
    spoken = vocabulary().heading_of
    totals = _sums_of(periods, candidate)
    unit = periods.unit or next((unit_of(head.text) for head in totals), "")
    amount = f"{spoken('amount', languages[0])} {unit}".strip()
    texts = [amount, spoken("round", languages[0])]
    if f"{DAY}:{letter(periods.heads[0].column)}" in choices.settled:
        texts.append(spoken("distribution_date", languages[0]))
    width, row = len(found.lists[0].columns), candidate.heading_row
    beside = _columns_beside(periods)
    passed = {head.column for one in periods.each for head in (one.head, *one.beside.values())}
    passed |= {column for column, field in candidate.fields.items() if field == "amount"}
    passed |= {head.column for head in totals}
    remarks = [at for at, field in candidate.fields.items() if field in _OF_REMARKS]
    columns = passed, beside, remarks
    more = [Head(width + at, row.row, text, meaning(text)) for at, text in enumerate(texts)]
    lists = [
        _of_period(one, period, periods, columns, choices, is_first=at == index == 0)
        for at, period in enumerate(periods.each)
        for index, one in enumerate(found.lists)
    ]
    if len(found.lists) == 1:
        names = [period.text for period in periods.each]
        lists = [one._replace(name=name) for one, name in zip(lists, names, strict=True)]
    heads = [head for head in row.heads if head.column not in passed]
    heads += beside.values()
    heads.sort(key=lambda head: head.column)
    headed = replace(candidate, heading_row=replace(row, heads=tuple(heads)))
    return Lists(lists, [*found.more, *more]), headed


def _sums_of(periods: Periods, candidate: Candidate) -> list[Head]:
    """The columns headed as a total that have in every row the sum of all periods."""
    sheet = candidate.sheet
    below = range(candidate.heading_row.data_from, sheet.rows + 1)
    sums = [sum(number_in(sheet, row, one.column) or 0 for one in periods.heads) for row in below]
    return [
        head
        for head in candidate.heading_row.heads
        if not head.meaning.fields
        and is_plain_total(head.text)
        and all(
            (number_in(sheet, row, head.column) or 0) == added
            for row, added in zip(below, sums, strict=True)
        )
    ]


def _columns_beside(periods: Periods) -> dict[str, Head]:
    """By what they have in common one heading for the columns beside the sums of all periods."""
    found: dict[str, Head] = {}
    for one in periods.each:
        for name, head in one.beside.items():
            means = head.meaning if head.meaning.fields else meaning(name)
            text = head.text if head.meaning.fields else name
            found.setdefault(name, replace(head, text=text, meaning=means))
    return found


def _of_period(
    one: ListToJoin,
    period: Period,
    periods: Periods,
    columns: tuple[set[int], Mapping[str, Head], Sequence[int]],
    choices: Choices,
    *,
    is_first: bool,
) -> ListToJoin:
    """A list with the columns of one period.

    Args:
        one: The list.
        period: The period.
        periods: All of them.
        columns: Those of any period, by their common name where they are in all lists, and those
            of remarks.
        choices: The day of each period is among them, where no column has it.
        is_first: Whether it is the first list of all, which brings the headings.
    """
    width, head, (passed, beside, remarks) = len(one.columns), period.head, columns
    source = one.columns[head.column]
    kept = [ABSENT if at in passed else column for at, column in enumerate(one.columns)]
    for name, where in beside.items():
        own = period.beside.get(name)
        kept[where.column] = one.columns[own.column] if own else ABSENT
    day = choices.settled.get(f"{DAY}:{letter(head.column)}", "")
    first = one.first if is_first or one.first > 1 else head.row + 1
    own_columns = [source, *(kept[where.column] for where in beside.values())]
    blank = _blank_rows(one.sheet, [at for at in own_columns if at != ABSENT])
    texts = [kept[at] for at in remarks if kept[at] != ABSENT]
    left_out = frozenset(range(max(first, head.row + 1), one.last + 1)) & blank
    left_out |= numbering_rows(one.sheet, head.row + 1) | _heading_rows(one.sheet, source, head)
    return one._replace(
        name=f"{one.name} {period.text}",
        sheet=_without_other_periods(one.sheet, texts, period, periods),
        first=first,
        columns=[*kept, source, ABSENT, ABSENT],
        constants={width + 1: period.text, width + 2: day},
        left_out=left_out,
    )


def _heading_rows(sheet: ParsedSheet, column: int, head: Head) -> frozenset[int]:
    """The rows below the headings in which the heading of a period is there once more."""
    if column == ABSENT:
        return frozenset()
    here, name = sheet.columns[column], fold(head.text)
    again = {at for at, text in enumerate(here.texts) if fold(text) == name}
    return frozenset(row for row, at in enumerate(here.index, 1) if at in again and row > head.row)


def _blank_rows(sheet: ParsedSheet, columns: Sequence[int]) -> frozenset[int]:
    """The rows in which all of these columns are blank, or have a dash or n/a."""
    rows = set(range(1, sheet.rows + 1))
    for at in columns:
        here = sheet.columns[at]
        blank = [is_nothing(value) for value in here.values]
        rows &= {row for row, place in enumerate(here.index, 1) if blank[place]}
    return frozenset(rows)


def _without_other_periods(
    sheet: ParsedSheet, texts: Sequence[int], period: Period, periods: Periods
) -> ParsedSheet:
    """The sheet without texts in some columns that speak of other periods only.

    So it is with "absent in October" in a column of remarks.
    """
    columns = list(sheet.columns)
    for at in texts:
        column = columns[at]
        others = {
            place
            for place, value in enumerate(column.values)
            if isinstance(value, str) and _speaks_of_others(value, period, periods)
        }
        values = ["" if place in others else value for place, value in enumerate(column.values)]
        columns[at] = SheetColumn(values, column.index) if others else column
    return replace(sheet, columns=columns)


def _speaks_of_others(text: str, period: Period, periods: Periods) -> bool:
    if " " not in text.strip() or period.is_named_in(text):
        return False
    return any(one.is_named_in(text) for one in periods.each)
