"""What a number of a card is: that of a card of a bank, of a person or of a voucher."""

import re
from collections.abc import Iterable, Sequence

from cva.sheets.vocabulary.layouts import layout_of

#: What it may be.
OF_CARDS = frozenset({"account", "registration_no", "voucher_number"})
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
