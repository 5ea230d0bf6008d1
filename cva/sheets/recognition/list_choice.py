"""Which of a workbook's lists are read, and whether each is one list or one for each month."""

from collections.abc import Sequence

from cva.sheets.files.parsed_workbook import ParsedSheet
from cva.sheets.recognition.candidates import TOGETHER, Candidate
from cva.sheets.recognition.lists_together import ListToJoin
from cva.sheets.recognition.period_columns import ask_about, one_for_each, was_chosen
from cva.sheets.recognition.period_headings import periods_of
from cva.sheets.recognition.several_lists import (
    Lists,
    lists_beside,
    same_lists,
    together,
    whole_list,
)
from cva.sheets.vocabulary.choices import Choices
from cva.sheets.vocabulary.questions import Question

#: Asks which of the lists are meant that stand beside each other.
BESIDE = "beside"


def choose_list(
    candidates: Sequence[Candidate], book: Sequence[ParsedSheet], choices: Choices
) -> Candidate | list[Question]:
    """What is read as one list, or what has to be known first."""
    first = candidates[0]
    found = _chosen(candidates, book, choices)
    if isinstance(found, Question):
        return [found]
    periods = periods_of(first)
    if periods is not None:
        if questions := ask_about(periods, first, choices):
            return questions
        if was_chosen(choices):
            found, first = one_for_each(found, periods, first, choices)
    whole = whole_list(first.sheet, len(first.sheet.columns))._replace(above=())
    if found.lists == [whole]:
        return first
    return together(found, first, choices)


def _chosen(
    candidates: Sequence[Candidate], book: Sequence[ParsedSheet], choices: Choices
) -> Lists | Question:
    same = same_lists(candidates, book, choices)
    headed = {candidate.sheet.name for candidate in candidates}
    without = [one for one in same.lists if one.sheet.name not in headed]
    names = (*(one.sheet.name for one in candidates), *(one.sheet.name for one in without))
    if choices.sheet is None and (len(candidates) > 1 or len(same.lists) > 1):
        options = (TOGETHER, *names) if len(same.lists) > 1 else names
        row = candidates[0].heading_row.data_from
        shown = tuple((one.sheet.name, _first_row(one, row)) for one in same.lists)
        examples = {TOGETHER: shown} if TOGETHER in options else {}
        offered = TOGETHER if len(same.lists) >= len(names) else ""
        is_below = len({one.tab for one in book}) == 1
        details = {"below": "1"} if is_below else {}
        return Question("sheet", options, examples=examples, details=details, offered=offered)
    if choices.sheet == TOGETHER and len(same.lists) > 1:
        return same
    if chosen := [one for one in without if one.sheet.name == choices.sheet]:
        heads = same.lists[0]._replace(last=candidates[0].heading_row.data_from - 1)
        return Lists([heads, *chosen], [])
    beside = lists_beside(candidates[0])
    if beside is None:
        return Lists(same.lists[:1], [])
    answer = choices.settled.get(BESIDE)
    if answer is None:
        return Question(BESIDE, (TOGETHER, *(one.name for one in beside.lists)), offered=TOGETHER)
    taken = [one for one in beside.lists if answer in (TOGETHER, one.name)] or beside.lists
    # The first brings the headings.
    return Lists([taken[0]._replace(first=1), *taken[1:]], [])


def _first_row(one: ListToJoin, below_headings: int) -> str:
    """The first of its rows; where the headings are part of it, the first below them."""
    texts = one.sheet.texts(one.first if one.first > 1 or one.above else below_headings)
    return " · ".join(filter(None, texts))[:60]
