"""Which column holds each field of a sheet, and what has to be asked about it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cva.sheets.files.cell_addresses import cell, column_of, letter
from cva.sheets.files.refusal import RefusedError
from cva.sheets.recognition.ambiguous_headings import explained_columns
from cva.sheets.recognition.candidates import Candidate, missing_groups
from cva.sheets.recognition.heading_rows import languages_of
from cva.sheets.recognition.money_beside import money_beside
from cva.sheets.recognition.number_ranges import last_of_range
from cva.sheets.recognition.open_fields import (
    AMOUNT,
    FIND,
    ONE,
    WHICH,
    Sought,
    are_alike,
    ask_for,
    ask_which_of,
    chosen_column,
    columns_like,
    columns_of_codes,
    columns_of_numbers,
    free_columns,
    fullest,
    is_answered,
    is_empty,
    lines_above,
)
from cva.sheets.vocabulary.choices import Choices
from cva.sheets.vocabulary.currency_lines import sums_in
from cva.sheets.vocabulary.layouts import IGNORED, Layout
from cva.sheets.vocabulary.questions import NOTHING, Question
from cva.sheets.vocabulary.scales import is_per_person
from cva.sheets.vocabulary.word_lists import vocabulary

SOURCE, NUMBER = "source_id", "registration_no"
#: Types of fields whose cells may tell people apart.
_NUMBERS = frozenset({"identifier", "phone", "text"})
_NAME = Sought("full_name", "name")
SITE, VOUCHER = "distribution_site", "voucher_number"
#: A list of people has none of these; a record of payments may have no column of amounts.
_OF_PAYMENTS = frozenset({"currency", "distribution_date", "mark_kind", "received_by", "signature"})
#: Where two columns may hold it, a blank one may say that nothing was paid.
_OF_MONEY = frozenset({"amount", "fee", "status"})
#: A heading that may mean a document, and the number under which somebody is registered.
_ANY_ID = re.compile(
    r"(?:(?:number|num|no|nr|n°|№|номер)?[\W_]*(?:id|ид)[\W_]*)"
    r"(?:number|num|no|nr|n°|№|номер|code|код)?\W*"
)
_SOURCES = ("_uuid", "meta/rootuuid", "key", "meta-instanceid", "meta/instanceid", "instanceid")


@dataclass(frozen=True, slots=True)
class ColumnPlace:
    """Where a field is: its column counted from 0 and its heading."""

    column: int
    heading: str
    heading_cell: str


def places_of(
    candidate: Candidate, layout: Layout, choices: Choices
) -> tuple[dict[str, ColumnPlace], list[Question]]:
    """Field to its column, and a question for each field that several columns claim."""
    names = {head.column: head.text for head in candidate.heading_row.heads}
    claims: dict[str, list[int]] = {}
    for column, name in sorted(candidate.fields.items()):
        if layout.types.get(name, IGNORED) != IGNORED:
            claims.setdefault(name, []).append(column)
    if "amount" in claims:
        claims["amount"] += _money_beside(claims["amount"], candidate, choices)
        # What a household got goes before what each of its members got.
        of_rows = [at for at in claims["amount"] if not is_per_person(names.get(at, ""))]
        claims["amount"] = of_rows or claims["amount"]
    places, questions = {}, []
    for name, claimed in claims.items():
        columns = _narrowed_claims(name, claimed, names, candidate, choices)
        if len(columns) == 1:
            places[name] = _place(name, columns[0], candidate)
        else:
            sheet, heads = candidate.sheet, candidate.heading_row
            blocks = layout.needs(name)
            questions.append(ask_which_of(name, columns, sheet, heads, blocks=blocks))
    return places, questions


def _place(name: str, column: int, candidate: Candidate) -> ColumnPlace:
    """A column as the place of a field; one without a heading is called as the field usually is."""
    heads = candidate.heading_row.heads
    head = next((one for one in heads if one.column == column), None)
    row = head.row if head else candidate.heading_row.row
    text = (
        head.text if head else vocabulary().heading_of(name, min(languages_of(heads), default="en"))
    )
    _tab, at = candidate.sheet.place(row, column)
    return ColumnPlace(column, text, at or cell(row, column))


def _money_beside(amounts: Sequence[int], candidate: Candidate, choices: Choices) -> list[int]:
    """Columns of sums beside the amount that nobody knows, and that may be what counts."""
    sheet, heads = candidate.sheet, candidate.heading_row
    unknown = [
        head
        for head in heads.heads
        if head.meaning.fields <= {"status"} and head.column not in candidate.fields
    ]
    if not unknown:
        return []
    asked = {question.choice for question in candidate.questions}
    explained = explained_columns(heads, choices)
    free = [
        head
        for head in unknown
        if head.column not in explained and f"column:{letter(head.column)}" not in asked
    ]
    return money_beside(free, amounts, sheet, heads) if free else []


def _narrowed_claims(
    name: str,
    columns: list[int],
    names: Mapping[int, str],
    candidate: Candidate,
    choices: Choices,
) -> list[int]:
    """The columns of which one holds a field for certain: one, where that is settled."""
    chosen = chosen_column(name, choices) if choices.settled else None
    if name == AMOUNT and choices.settled.get(f"{WHICH}:{AMOUNT}") == NOTHING:
        return columns[:1]  # its amounts are written anew
    if len(columns) == 1 or chosen in columns:
        return columns if chosen is None else [chosen]
    if name == SOURCE:
        return [min(columns, key=lambda column: _rank(names.get(column, ""), column))]
    sheet, heads = candidate.sheet, candidate.heading_row
    if name == VOUCHER and last_of_range(columns[0], sheet, heads) in columns:
        return columns[:1]  # each row that is a range is told
    if name not in _OF_MONEY:
        columns = [one for one in columns if not is_empty(one, sheet, heads)] or columns[:1]
        best = fullest(columns, sheet, heads)
        return columns if best is None else [best]
    return columns[:1] if are_alike(columns, sheet, heads) else columns


def ask_for_missing(
    candidate: Candidate, layout: Layout, places: Mapping[str, ColumnPlace], choices: Choices
) -> list[Question]:
    """Ask for what every row needs and no heading names.

    Raises:
        RefusedError: Nothing can be offered for a field.
    """
    if layout.names_without_number(frozenset(places)):
        asked = _ask_for_numbers(candidate, choices)
        if asked is not None:
            return [asked]
    groups = missing_groups(candidate, layout)
    missing = [group for group in groups if not _is_settled(group, choices)]
    if missing:
        return _ask_where(missing, candidate, layout, places, choices)
    if asked := _ask_for_site(layout, places, choices):
        return [asked]
    if "amount" in layout.types or choices.kind or candidate.kind:
        return []
    asked = _ask_whether_paid(candidate, choices)
    return [asked] if asked else []


def _ask_for_numbers(candidate: Candidate, choices: Choices) -> Question | None:
    """Whether a column that no heading explains holds the numbers of people who are named."""
    if f"{FIND}:{NUMBER}" in choices.settled:
        return None
    sheet, heads = candidate.sheet, candidate.heading_row
    known = {at for at, name in candidate.fields.items() if name != "row_no"}
    known |= {head.column for head in heads.heads if head.meaning.fields - {"row_no"}}
    known -= {head.column for head in heads.heads if _ANY_ID.fullmatch(head.text.casefold())}
    known |= {column_of(name) for one in candidate.questions for name in one.columns}
    known |= explained_columns(heads, choices).keys()
    columns = columns_of_codes(free_columns(frozenset(known), sheet, heads), sheet, heads)
    sought = Sought(NUMBER, "identifier")
    return ask_for(sought, columns, sheet, heads, choices, (NOTHING,)) if columns else None


def _ask_for_site(
    layout: Layout, places: Mapping[str, ColumnPlace], choices: Choices
) -> Question | None:
    """At which of the round's sites everybody of the list was, where no column says it."""
    # Of a settlement it is known which site is its own.
    is_known = SITE in places or "settlement" in places
    if len(choices.sites) < 2 or SITE not in layout.types:  # noqa: PLR2004 - one site is known
        return None
    if is_known or is_answered(SITE, choices):
        return None
    options = (*choices.sites, NOTHING)
    return Question(f"{ONE}:{SITE}", options, blocks=False, details={"field": SITE})


def _ask_where(
    missing: Sequence[tuple[str, ...]],
    candidate: Candidate,
    layout: Layout,
    places: Mapping[str, ColumnPlace],
    choices: Choices,
) -> list[Question]:
    sheet, heads = candidate.sheet, candidate.heading_row
    needed = {places[name].column for name in layout.required_fields if name in places}
    if VOUCHER in places:
        last = last_of_range(places[VOUCHER].column, sheet, heads)
        needed |= set() if last is None else {last}
    # A name, a day or a word that is known as one is nobody's number.
    not_numbers = {
        place.column for name, place in places.items() if layout.types[name] not in _NUMBERS
    }
    free = free_columns(frozenset(needed), sheet, heads)
    questions, lacking = [], []
    for group in missing:
        sought = Sought(group[0], layout.types[group[0]])
        may_be_list = group == ("amount",) and not (choices.kind or candidate.kind)
        beside = (NOTHING,) if may_be_list else ()
        columns = [at for at in free if sought.type != "identifier" or at not in not_numbers]
        if sought.field == NUMBER and (names := _columns_of_names(columns, candidate, layout)):
            if choices.settled.get(f"{FIND}:{NUMBER}") == NOTHING:
                sought, columns = _NAME, names
            else:
                beside = (NOTHING,)
        if asked := ask_for(sought, columns, sheet, heads, choices, beside):
            questions.append(asked)
        else:
            lacking.append("/".join(group))
    if lacking:
        details = {"fields": "; ".join(lacking), "kind": layout.kind}
        at = cell(heads.row, heads.heads[0].column)
        raise RefusedError("column-missing", details, sheet=sheet.name, cell=at)
    return questions


def _columns_of_names(columns: Sequence[int], candidate: Candidate, layout: Layout) -> list[int]:
    """The columns under unknown headings that may name people, where names do for numbers."""
    if _NAME.field not in layout.stand_in:
        return []
    sheet, heads = candidate.sheet, candidate.heading_row
    known = candidate.fields.keys() | {one.column for one in heads.heads if one.meaning.fields}
    return columns_like(_NAME, [at for at in columns if at not in known], sheet, heads)


def _is_settled(group: tuple[str, ...], choices: Choices) -> bool:
    return any(is_answered(name, choices) for name in group)


def _ask_whether_paid(candidate: Candidate, choices: Choices) -> Question | None:
    """Whether a column that no heading explains holds amounts, so that it is no list of people."""
    if f"{FIND}:amount" in choices.settled:
        return None
    sheet, heads = candidate.sheet, candidate.heading_row
    known = set(candidate.fields) | {head.column for head in heads.heads if head.meaning.fields}
    numbers = columns_of_numbers(free_columns(frozenset(known), sheet, heads), sheet, heads)
    if not numbers and not _tells_of_payments(candidate):
        return None
    return ask_for(Sought("amount", "amount"), numbers, sheet, heads, choices, (NOTHING,))


def _tells_of_payments(candidate: Candidate) -> bool:
    """Whether a sheet without amounts speaks of money, of its day or of who received it."""
    heads = candidate.heading_row
    named = {field for head in heads.heads for field in head.meaning.fields}
    fields = named | set(candidate.fields.values())
    return bool(fields & _OF_PAYMENTS or sums_in(lines_above(candidate.sheet, heads)))


def _rank(heading: str, column: int) -> tuple[int, int]:
    """Forms are exported with several names of one answer; the steadiest is taken."""
    text = heading.lower()
    return (_SOURCES.index(text) if text in _SOURCES else len(_SOURCES), column)
