"""Months or rounds that have a column each: what every person got in each of them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from cva.sheets.cells.cell_reading import is_blank
from cva.sheets.files.cell_addresses import letter
from cva.sheets.recognition.ambiguous_headings import numbering_rows
from cva.sheets.recognition.candidates import Candidate
from cva.sheets.recognition.heading_rows import Head, languages_of
from cva.sheets.recognition.headings import meaning
from cva.sheets.recognition.lists_together import ABSENT, ListToJoin
from cva.sheets.recognition.open_fields import columns_of_numbers
from cva.sheets.recognition.several_lists import Lists
from cva.sheets.vocabulary.choices import Choices
from cva.sheets.vocabulary.month_names import is_month
from cva.sheets.vocabulary.questions import Question
from cva.sheets.vocabulary.text_forms import fold
from cva.sheets.vocabulary.word_lists import vocabulary

#: Asks whether each of such columns is a payment of its own; ``EACH`` says so.
PERIODS = "periods"
EACH = "each"
#: Asks for the day of one of them, as ``day:C``.
DAY = "day"
_FEWEST = 2
_BRACKETED = re.compile(r"[(\[][^)\]]*[)\]]")
_NUMERIC_MONTH = re.compile(r"(?:\d{4}[-/.]\d{1,2}|\d{1,2}[-/.]\d{4})")
_ORDINAL = re.compile(r"(?:\d{1,2}(?:st|nd|rd|th|er|re|e|[-]?(?:й|я|е|ая|ый|ой))?)")


class Periods(NamedTuple):
    """Columns of months or rounds.

    Attributes:
        heads: Their headings, from the left.
        unit: What all of the headings have in brackets, such as ``(USD)``.
    """

    heads: Sequence[Head]
    unit: str


def periods_of(candidate: Candidate) -> Periods | None:
    """The columns of sums whose headings are months or rounds; None where there are not several."""
    heads = [head for head in candidate.heading_row.heads if _is_period(head.text)]
    columns = [head.column for head in heads]
    numbers = columns_of_numbers(columns, candidate.sheet, candidate.heading_row)
    units = {" ".join(_BRACKETED.findall(head.text)) for head in heads}
    if len(heads) < _FEWEST or numbers != columns or len(units) > 1:
        return None
    return Periods(heads, units.pop())


def ask_about(periods: Periods, candidate: Candidate, choices: Choices) -> list[Question]:
    """What has to be known before each of them can be read as a payment."""
    if choices.settled.get(PERIODS) is None:
        names = ", ".join(letter(head.column) for head in periods.heads)
        examples = {EACH: tuple((letter(head.column), head.text) for head in periods.heads)}
        details = {"columns": names}
        return [Question(PERIODS, (EACH, "none"), examples=examples, details=details)]
    if not was_chosen(choices) or "distribution_date" in candidate.fields.values():
        return []
    keys = {f"{DAY}:{letter(head.column)}": head.text for head in periods.heads}
    return [
        Question(key, (), heading=text, details={"type": "date"})
        for key, text in keys.items()
        if key not in choices.settled
    ]


def was_chosen(choices: Choices) -> bool:
    """Whether each of the columns was said to be a payment of its own."""
    return choices.settled.get(PERIODS) == EACH


def one_for_each(
    found: Lists, periods: Periods, candidate: Candidate, choices: Choices
) -> tuple[Lists, Candidate]:
    """Every list once for each period: its column as the amount, its heading as the round.

    Returns:
        The lists, and the candidate with the headings of all of them.
    """
    languages = sorted(languages_of(candidate.heading_row.heads)) or ["en"]
    spoken = vocabulary().heading_of
    amount = f"{spoken('amount', languages[0])} {periods.unit}".strip()
    texts = [amount, spoken("round", languages[0])]
    if f"{DAY}:{letter(periods.heads[0].column)}" in choices.settled:
        texts.append(spoken("distribution_date", languages[0]))
    width, row = len(found.lists[0].columns), candidate.heading_row
    passed = {head.column for head in periods.heads}
    passed |= {column for column, field in candidate.fields.items() if field == "amount"}
    more = [Head(width + at, row.row, text, meaning(text)) for at, text in enumerate(texts)]
    lists = [
        _of_period(one, head, passed, choices, is_first=at == index == 0, name=name)
        for at, head in enumerate(periods.heads)
        for index, one in enumerate(found.lists)
        for name in [head.text if len(found.lists) == 1 else f"{one.name} {head.text}"]
    ]
    heads = [head for head in row.heads if head.column not in passed]
    headed = replace(candidate, heading_row=replace(row, heads=tuple(heads)))
    return Lists(lists, [*found.more, *more]), headed


def _of_period(
    one: ListToJoin,
    head: Head,
    passed: set[int],
    choices: Choices,
    *,
    is_first: bool,
    name: str,
) -> ListToJoin:
    width = len(one.columns)
    source = one.columns[head.column]
    kept = [ABSENT if at in passed else column for at, column in enumerate(one.columns)]
    day = choices.settled.get(f"{DAY}:{letter(head.column)}", "")
    first = one.first if is_first or one.first > 1 else head.row + 1
    amounts = one.sheet.columns[source] if source != ABSENT else None
    blank = {at for at, value in enumerate(amounts.values) if is_blank(value)} if amounts else set()
    left_out = frozenset(
        row
        for row in range(max(first, head.row + 1), one.last + 1)
        if amounts is None or amounts.index[row - 1] in blank
    )
    left_out |= numbering_rows(one.sheet, head.row + 1)
    return one._replace(
        name=name,
        first=first,
        columns=[*kept, source, ABSENT, ABSENT],
        constants={width + 1: head.text, width + 2: day},
        left_out=left_out,
    )


def _is_period(heading: str) -> bool:
    """Whether a heading is a month or a numbered round, with or without a word for the amount."""
    plain = fold(_BRACKETED.sub(" ", heading))
    if _NUMERIC_MONTH.fullmatch(plain):
        return True
    return any(_names_period(words) for words in _without_amount(plain.split()))


def _without_amount(words: list[str]) -> Iterator[list[str]]:
    """The words, and those without a heading for the amount before or behind them."""
    yield words
    for size in range(1, len(words)):
        if "amount" in vocabulary().headings.get(" ".join(words[:size]), {}):
            yield words[size:]
        if "amount" in vocabulary().headings.get(" ".join(words[-size:]), {}):
            yield words[:-size]


def _names_period(words: Sequence[str]) -> bool:
    known = vocabulary().rows["period"]
    rest = [word for word in words if word not in vocabulary().rows["joining"]]
    years = [word for word in rest if re.fullmatch(r"(?:19|20|13|14)\d\d|\d\d", word)]
    named = [word for word in rest if is_month(word)]
    if len(named) == 1 and len(rest) - len(years) == 1:
        return True
    counted = [word for word in rest if _ORDINAL.fullmatch(word)]
    return len(rest) == _FEWEST and len(counted) == 1 and any(word in known for word in rest)
