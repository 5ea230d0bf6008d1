"""What a number of a card or a token is: of a bank's card, of a person or of a voucher."""

import re
from collections.abc import Iterable, Sequence

from cva.sheets.vocabulary.layouts import layout_of

#: What it may be.
OF_CARDS = frozenset({"account", "registration_no", "voucher_number"})
#: What a number of a token, a ticket or a queue may be; each hand-out deals them anew.
OF_TOKENS = frozenset({"registration_no", "row_no", "voucher_number"})
_OF_DOCUMENTS = frozenset({"id_number", "id_type"})
_OF_HEADS = frozenset({"full_name", "head_of_household"})
_OF_PEOPLE = frozenset({"full_name", "registration_no"})
#: A number as it is counted in a list or a queue.
_COUNTED = re.compile(r"\d{1,4}(?:\.0*)?")
_SIGN = r"[\d*xX•·]"
#: The number of a card of a bank, which is often shown in part only.
_OF_BANK = re.compile(rf"{_SIGN}{{4}}(?:[ -]?{_SIGN}{{4}}){{3}}|[*xX•·]{{2,}}[ -]?\d{{4}}")


def are_numbered(texts: Iterable[str]) -> bool:
    """Whether something below a heading such as "Card" may be a number."""
    return any(any(map(str.isdigit, text)) for text in texts)


def settle_card(
    fields: frozenset[str], texts: Sequence[str], kind: str | None, *, is_of_results: bool
) -> frozenset[str]:
    """What the numbers may be: of a bank by their shape, or what a kind of sheet deals with.

    Args:
        fields: What they may be as far as the other columns say.
        texts: Some of the numbers.
        kind: The kind of the sheet, where it is given.
        is_of_results: The sheet is one of results of payments.
    """
    if is_of_results or (texts and all(map(_OF_BANK.fullmatch, texts))):
        return frozenset({"account"})
    known = layout_of(kind).types if kind else fields
    return frozenset(one for one in fields if one in known) or fields


def may_be_counted(
    meant: frozenset[str], left: frozenset[str], texts: Sequence[str], headed: frozenset[str]
) -> bool:
    """Whether what is left as people's numbers may be one that only this list counts by.

    Args:
        meant: What the heading may mean.
        left: What the column may be by its cells and the other columns.
        texts: Some of the numbers.
        headed: The fields that the headings of the sheet may mean.
    """
    if "row_no" not in meant or left == {"row_no"} or not left & OF_TOKENS:
        return False
    numbers = [text for text in texts if any(map(str.isdigit, text))]  # the others are notes
    is_short = all(map(_COUNTED.fullmatch, numbers))
    return meant == OF_TOKENS or (is_short and "full_name" in headed)


def by_figures(texts: Sequence[str], fields: frozenset[str]) -> frozenset[str]:
    """Drop what a heading cannot mean over numbers, or over words: documents and names."""
    numbered = sum(any(map(str.isdigit, text)) for text in texts) * 2 > len(texts)
    if fields >= _OF_DOCUMENTS:
        return fields - {"id_type" if numbered else "id_number"}
    if fields == _OF_HEADS:
        is_of_names = sum(" " in text for text in set(texts)) * 2 > len(texts) and not numbered
        return fields - {"head_of_household" if is_of_names else "full_name"}
    return fields if numbered or fields != _OF_PEOPLE else fields - {"registration_no"}
