"""Takes a value for each of several lists: what its own lines name, or what a person said of it.

``lists:<field>`` asks whether all lists have one value. ``own``: each has what its lines name;
``one``: the same for all, asked under ``one:<field>``; ``each``: asked list by list, under
``one:<field>:1`` and so on.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from cva.sheets.cells.amount_cells import parse
from cva.sheets.cells.amounts_with_units import looks_like_amount
from cva.sheets.cells.days_of_lines import days_of_lists
from cva.sheets.files.sheet_parts import OwnList
from cva.sheets.recognition.field_places import SITE
from cva.sheets.recognition.open_fields import FIND, LISTS, ONE, WHICH
from cva.sheets.recognition.own_lists import that_name_something
from cva.sheets.recognition.recognise import Recognised
from cva.sheets.recognition.whole_list_values import Filling, with_columns
from cva.sheets.vocabulary.choices import Choices
from cva.sheets.vocabulary.questions import EACH, NOTHING, OWN, Question
from cva.sheets.vocabulary.text_forms import fold

#: So many lists are shown with what they name.
MOST_LISTS = 12
_LONGEST_SUM_WORDS = 4


class _NamedValues(NamedTuple):
    """The lists that count for a field, and the one value that each of them names, if it does."""

    lists: Sequence[OwnList]
    values: Sequence[str]
    shown: Sequence[tuple[str, str]]


def with_list_values(known: Recognised, rows: Sequence[int], choices: Choices) -> Recognised:
    """The sheet with a column for each field that is known for its lists; the rest is asked.

    Args:
        known: The sheet with its lists.
        rows: Its rows of data.
        choices: What the sender answered.
    """
    asked = {one.choice.partition(":")[2]: one for one in known.questions if one.kind == ONE}
    keys = [key.split(":") for key in choices.settled]
    answered = [key[1] for key in keys if key[0] in {LISTS, ONE} and len(key) > 1]
    fields = [*dict.fromkeys([*asked, *answered])]
    questions = [one for one in known.questions if one.kind != ONE]
    # Where a list begins may depend on which column holds the numbers.
    is_open = any(one.kind in {FIND, WHICH} and one.blocks for one in questions)
    fillings = []
    for field in fields:
        if field in known.places or field not in known.layout.types:
            continue
        found = _settled(field, known, asked.get(field), choices)
        if isinstance(found, Filling):
            fillings.append(found)
        elif not (is_open and len(known.lists) > 1):
            questions += found
    known = replace(known, questions=tuple(questions))
    return with_columns(known, rows, fillings, choices.amended)


def _settled(
    field: str, known: Recognised, asked: Question | None, choices: Choices
) -> Filling | list[Question]:
    """The values of a field for all rows, or what has to be known first."""
    named = _named(field, known, choices)
    whole = choices.settled.get(f"{ONE}:{field}", "")
    one = asked or _of_whole(field, known, choices)
    answer = choices.settled.get(f"{LISTS}:{field}", "")
    same = {*named.values} if len(named.lists) > 1 else {""}
    if len(same) == 1 and not answer:
        value = next(iter(same))
        if whole:
            return _whole_list(field, whole)
        is_of_everybody = one.details.get("type") == "amount" and one.offered
        if value or is_of_everybody or len(named.lists) == 1:
            return [replace(one, offered=value or one.offered)]
    if answer == ONE or len(named.lists) == 1:
        offered = one.offered if len(same) == 1 else ""
        return _whole_list(field, whole) if whole else [replace(one, offered=offered)]
    if answer == OWN and all(named.values):
        return Filling(field, named.values, named.lists)
    return _of_each(one, named, choices) if answer == EACH else [_question(one, named)]


def _whole_list(field: str, text: str) -> Filling | list[Question]:
    return Filling(field, [text]) if text != NOTHING else []


def _of_whole(field: str, known: Recognised, choices: Choices) -> Question:
    """The question about all lists, where an answer about each of them came before it."""
    layout = known.layout
    details = {"field": field} | ({"type": layout.types[field]} if field != SITE else {})
    options = (*choices.sites, NOTHING) if field == SITE else ()
    return Question(
        f"{ONE}:{field}", options, blocks=layout.needs(field), details=details,
        offered=choices.offered.get(field, ""),
    )  # fmt: skip


def _question(one: Question, named: _NamedValues) -> Question:
    field = one.details["field"]
    options = (OWN, ONE, EACH) if all(named.values) else (ONE, EACH)
    shown = tuple(named.shown[:MOST_LISTS])
    shown += (("…", ""),) if len(named.shown) > MOST_LISTS else ()
    return Question(
        f"{LISTS}:{field}",
        options,
        blocks=one.blocks,
        examples={OWN if OWN in options else "": shown} if shown else {},
        details={"field": field},
        offered=OWN if OWN in options else "",
    )


def _of_each(one: Question, named: _NamedValues, choices: Choices) -> Filling | list[Question]:
    keys = [f"{one.choice}:{at}" for at in range(1, len(named.lists) + 1)]
    texts = [choices.settled.get(key, "") for key in keys]
    if all(texts):
        field = one.details["field"]
        return Filling(field, ["" if text == NOTHING else text for text in texts], named.lists)
    return [
        replace(
            one,
            choice=key,
            heading=each.name,
            details={**one.details, "list": "1"},
            offered=value,
            examples={"": lines} if lines else {},
        )
        for key, each, value, text in zip(keys, named.lists, named.values, texts, strict=True)
        for lines in [tuple((line, "") for line in each.lines if line != each.name)]
        if not text
    ]


def _named(field: str, known: Recognised, choices: Choices) -> _NamedValues:
    lines = [one.lines for one in known.lists] or [tuple(known.lines_above)]
    kind = known.layout.types[field]
    if field == SITE:
        found = [dict(_sites_in(each, choices.sites)) for each in lines]
    elif kind == "date":
        found = days_of_lists(lines, choices.today)
    else:
        found = [dict(_sums_in(each)) if kind == "amount" else {} for each in lines]
    whole = OwnList(known.sheet.name, 1, tuple(lines[0]))
    counted = that_name_something(known.lists or [whole], found)
    values = [next(iter(each)) if len(each) == 1 else "" for _one, each in counted]
    shown = [
        (line if one.name == line else f"{one.name}: {line}", value)
        for one, each in counted
        for value, line in each.items()
    ]
    return _NamedValues([one for one, _each in counted], values, shown)


def _sites_in(lines: Sequence[str], sites: Sequence[str]) -> Iterator[tuple[str, str]]:
    for line in lines:
        for site in sites:
            if re.search(rf"(?<!\w){re.escape(fold(site))}(?!\w)", fold(line)):
                yield site, line


def _sums_in(lines: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The sums with a currency that lines speak of."""
    for line in lines:
        words, at = line.split(), 0
        while at < len(words):
            for size in range(_LONGEST_SUM_WORDS, 0, -1):
                text = " ".join(words[at : at + size]).strip(".:;,()")
                if any(map(str.isdigit, text)) and looks_like_amount(text) and not parse(text):
                    yield text, line
                    at += size - 1
                    break
            at += 1
