"""Lines beside a list that explain a colour or a mark, or speak of people who did not receive."""

import colorsys
import re
from functools import cache

from cva.sheets.vocabulary.harmless_texts import has_doubt
from cva.sheets.vocabulary.refusals import is_refusal, may_refuse, names_refusal
from cva.sheets.vocabulary.text_forms import fold
from cva.sheets.vocabulary.word_lists import vocabulary

#: A sign that a line explains: * absent, (†) - not paid.
_SIGN = re.compile(r"^\s*[(\[]?\s*[^\w\s\"'«“([{#]{1,3}\s*[)\]]?\s*[-–—=:]?\s*(?=\w)")
#: A letter that it explains: A = absent, Н - не явился.
_LETTER = re.compile(r"(?<![\w'’])\w{1,2}\s*[=–—:-]\s*(?=\w)")
#: A form in which nothing was written.
_UNFILLED = re.compile(r"_{2,}|\.{4,}|…{2,}")
_FEWEST_WORDS_ABOVE = 2
_FEWEST_WORDS = 2
#: Up to which degree of the circle of colours each of them goes.
_HUES = (
    (15, "red"), (42, "orange"), (70, "yellow"), (165, "green"), (260, "blue"), (300, "purple"),
    (345, "pink"), (360, "red"),
)  # fmt: skip
_GREY, _PALE = 0.08, 0.55


def colours_in(text: str) -> frozenset[str]:
    """The colours that a text names; ``any`` where it says only that rows are coloured."""
    colours = vocabulary().colours
    return frozenset(
        colour
        for word in fold(text).split()
        for one, colour in colours.items()
        if word.startswith(one)
    ) - {"emblem"}


def colour_name(rgb: str) -> str:
    """The colour that people call one given as FFFF00; nothing where it is not known."""
    if not rgb:
        return ""
    red, green, blue = (part / 255 for part in bytes.fromhex(rgb))
    hue, _light, colour = colorsys.rgb_to_hls(red, green, blue)
    if max(red, green, blue) - min(red, green, blue) < _GREY:
        return "grey"
    name = next(name for end, name in _HUES if hue * 360 <= end)
    return "pink" if name == "red" and min(red, green, blue) > _PALE and colour else name


@cache
def _emblems() -> re.Pattern[str]:
    """Names such as Red Cross, in which a colour is none."""
    names = [one for one, colour in vocabulary().colours.items() if colour == "emblem"]
    ends = (r"\w*[\s-]+".join(map(re.escape, name.split())) for name in names)
    return re.compile("|".join(rf"\b{end}\w*" for end in ends))


def without_emblems(text: str) -> str:
    """A text, folded, without names such as Red Cross; as it is where it has none."""
    return _emblems().sub(" ", fold(text)) if colours_in(text) else text


def explains_marks(text: str) -> bool:
    """Whether a line names a colour, or a sign or letter that it explains."""
    return bool(colours_in(text) or _SIGN.match(text) or _LETTER.search(text))


def is_legend(text: str, *, is_above: bool, has_answers: bool) -> bool:
    """Whether a line may be about rows that were not received, or not wholly.

    Args:
        text: The line.
        is_above: It is above the list, where titles are.
        has_answers: A column of answers is understood: letters are those that it has, and "not
            received" alone is what somebody counted.
    """
    if text.startswith("=") or (has_answers and is_refusal(text)):
        return False
    if len(text.split()) < _FEWEST_WORDS and not _SIGN.match(text):
        return False
    if _UNFILLED.search(text) and not any(map(str.isdigit, text)):
        return False
    text = without_emblems(text)
    speaks = may_refuse(text) or has_doubt(text)
    if speaks and (colours_in(text) or _SIGN.match(text)):
        return True
    if not has_answers and _LETTER.search(text) and names_refusal(text):
        return True
    return names_refusal(text, _FEWEST_WORDS_ABOVE if is_above else 1)
