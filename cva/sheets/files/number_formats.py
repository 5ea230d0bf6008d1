"""What a number format adds to a number, so that the sender saw it on screen and we do not.

Formats are those of ECMA-376, part 1, 18.8.30 and 18.8.31. Dates and times are left alone: the
library that reads workbooks gives them as dates.
"""

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import takewhile
from typing import NamedTuple

#: Formats of a number that a workbook does not write out, where they add something. Those of money
#: show the sign of whoever opens the workbook, so that it is not known here.
ANY_SIGN = "¤"
BUILT_IN = {9: "0%", 10: "0.00%", 17: "mmm-yy"} | dict.fromkeys(
    (5, 6, 7, 8, 42, 44), f"[${ANY_SIGN}]#,##0.00"
)

#: A part of a format: text in quotes or after a stroke, a bracket, room for a sign, or one sign.
_PART = re.compile(
    r'(?P<general>General)|"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|\[(?P<bracketed>[^\]]*)\]|[_*].|(?P<sign>.)',
    re.DOTALL,
)
#: Digits with one mark that the format writes among them, and with nothing but grouping.
_MARKED = re.compile(r"[0#]*[.,]([0#]{1,3})")
_NUMBER_MASK = re.compile(r"[0#\s\xa0\u202f'’.,]*")
_NUMBER_SIGNS = "0#?.,%"
#: So many decimals look like a group of digits.
_OF_A_GROUP = 3
#: Dates, times, fractions and powers of ten, which are not shown otherwise than they are.
_OTHER_SIGNS = frozenset("ymdhsbeg/@")


class NumberFormat(NamedTuple):
    """What a format shows beside the digits of a positive number.

    Attributes:
        before: Text before the digits. ``after``: text behind them.
        mask: The places of the whole number with the texts among them, such as ``000-0000``; a
            zero is shown where there is no digit, at ``#`` nothing is.
        places: Decimals that are shown; None where the format does not say.
        is_percent: The number is shown a hundred times as large.
        thousands: How many times a thousand is left out of what is shown.
        is_grouped: A mark stands between the thousands.
    """

    before: str = ""
    after: str = ""
    mask: str = "0"
    places: int | None = None
    is_percent: bool = False
    thousands: int = 0
    is_grouped: bool = False

    @property
    def digits(self) -> int:
        """The least whole digits that are shown, with zeros in front."""
        return self.mask.count("0")

    @property
    def decimals_by_mark(self) -> int:
        """How many digits stand behind the one mark that a format writes among them as a text.

        It makes 100.00 of 10000; what it means is not known.
        """
        found = _MARKED.fullmatch(self.mask)
        return len(found[1]) if found else 0

    @property
    def has_odd_mask(self) -> bool:
        """Whether something stands among the digits that no number has there."""
        return _NUMBER_MASK.fullmatch(self.mask) is None

    @property
    def may_group(self) -> bool:
        """Whether its three decimals look like thousands behind a mark, as in 380.000."""
        is_other = self.is_percent or self.thousands or self.has_odd_mask
        return self.places == _OF_A_GROUP and not is_other

    @property
    def is_plain(self) -> bool:
        """Whether the number itself is what is seen."""
        seen = self.before or self.after or self.is_percent or self.thousands or self.may_group
        return not seen and self.mask == "0"


PLAIN = NumberFormat()


@lru_cache(maxsize=1024)
def format_of(code: str) -> NumberFormat:
    """What a format shows of a positive number."""
    parts = _parts(code)
    if parts is None:
        return PLAIN
    places = [at for at, (sign, _text) in enumerate(parts) if sign and sign != "%"]
    if not places:
        return PLAIN
    first, last = places[0], places[-1]
    return _format(
        "".join(text for _sign, text in parts[:first]),
        parts[first : last + 1],
        "".join(text for _sign, text in parts[last + 1 :]),
        is_percent=("%", "") in parts,
    )


def places_of(code: str) -> int | None:
    """How many decimals a format shows of a number; None where it does not bound them."""
    seen = format_of(code)
    is_other = seen.is_percent or seen.thousands or "general" in code.lower()
    return None if is_other else seen.places


def hides_day(code: str) -> bool:
    """Whether a format shows the month or the year of a day and nothing more: mmmm yyyy."""
    text = "".join(found["sign"] or "" for found in _PART.finditer(code)).lower()
    signs = frozenset(text.partition(";")[0])
    return bool(signs & {"y"} or "mmm" in text) and not signs & frozenset("dhs0#?")


def writes_day(code: str) -> bool:
    """Whether a format that hides the day writes a number itself, which is taken for one."""
    parts = (
        found["quoted"] or found["escaped"] or found["sign"] or "" for found in _PART.finditer(code)
    )
    return hides_day(code) and any(part.strip().isdecimal() for part in parts)


def text_of(code: str) -> str | None:
    """What a section of a format shows of any number; None where it shows the number itself."""
    parts = _parts(code)
    if not code or parts is None or any(sign for sign, _text in parts):
        return None
    return "".join(text for _sign, text in parts).strip()


def _parts(code: str) -> list[tuple[str, str]] | None:
    """The signs of numbers and the texts of the first section; None for dates and the like."""
    parts: list[tuple[str, str]] = []
    for found in _PART.finditer(code):
        if found["sign"] == ";":
            break
        if found["sign"] and found["sign"].lower() in _OTHER_SIGNS:
            return None
        if found["general"]:
            parts.append(("#", ""))
        elif found["sign"] and found["sign"] in _NUMBER_SIGNS:
            parts.append((found["sign"], ""))
        elif text := _text_of(found):
            parts.append(("", text))
    return parts


def _text_of(found: "re.Match[str]") -> str:
    """What a part of a format shows as it is; a currency stands in brackets with its country."""
    if found["bracketed"]:
        is_currency = found["bracketed"].startswith("$")
        return found["bracketed"][1:].partition("-")[0] if is_currency else ""
    return found["quoted"] or found["escaped"] or found["sign"] or ""


def _format(
    before: str, parts: Sequence[tuple[str, str]], after: str, *, is_percent: bool
) -> NumberFormat:
    signs = "".join(sign for sign, _text in parts)
    whole, _point, decimals = signs.partition(".")
    is_grouped = "," in whole.rstrip(",")
    tail = decimals or whole
    of_whole = takewhile(lambda part: part[0] != ".", parts)
    mask = "".join(text or ("0" if sign == "0" else "#") for sign, text in of_whole)
    if is_grouped:
        mask = "0"
    elif not any(text for _sign, text in parts):
        mask = mask.lstrip("#").rstrip("#")
    return NumberFormat(
        before=before,
        after=after,
        mask=mask or "0",
        places=sum(sign in "0#?" for sign in decimals),
        is_percent=is_percent,
        thousands=len(tail) - len(tail.rstrip(",")),
        is_grouped=is_grouped,
    )


def shown(number: float, code: str) -> str:
    """A number as its format shows it, but without grouping, and exactly.

    What the format leaves out at the end is there: 450.5 in a format without decimals is 450.5.
    """
    seen = format_of(code)
    exact = Decimal(repr(number)) * (100 if seen.is_percent else 1)
    text = format(exact.scaleb(-3 * seen.thousands).normalize(), "f")
    sign, text = text[:1].strip("0123456789"), text.lstrip("-")
    whole, _point, decimals = text.partition(".")
    decimals = decimals.ljust(seen.places or 0, "0")
    text = f"{_masked(whole, seen.mask)}.{decimals}" if decimals else _masked(whole, seen.mask)
    return f"{sign}{seen.before}{text}{'%' * seen.is_percent}{seen.after}".strip()


def _masked(whole: str, mask: str) -> str:
    """The whole digits in the places of a mask, from the right; what is left over in front."""
    rest, found = list(whole), []
    for sign in reversed(mask):
        if sign in "0#":
            sign = rest.pop() if rest else sign.strip("#")  # noqa: PLW2901
        found.append(sign)
    return "".join(rest) + "".join(reversed(found))
