"""Whether a line of a sheet may say that people received nothing, or were to wait for it."""

import re
from functools import cache

from cva.sheets.vocabulary.legends import is_legend
from cva.sheets.vocabulary.refusals import (
    is_denial,
    is_half_refusal,
    is_refusal,
    may_refuse,
)
from cva.sheets.vocabulary.text_forms import fold
from cva.sheets.vocabulary.word_lists import refusals, vocabulary

#: The number of a list is denied by nobody: No. 5, No: A-5.
_NUMBER = re.compile(r"\b(?:no|nos|nr)\b(?=\s*[.:°]|\s*[\w/-]*\d)", re.IGNORECASE)
_ARTICLE = "ال"
#: So many words before and behind one that denies are about the same; more words are no title.
_BEFORE, _BEHIND, _MOST_WORDS = 1, 2, 16
#: A form in which nothing was written.
_UNFILLED = re.compile(r"_{2,}|\.{4,}|…{2,}")


def line_may_deny(line: str) -> bool:
    """Whether a line between rows has a word that denies, or is about those who wait."""
    if _UNFILLED.search(line):
        return False
    return may_refuse(_plain(line)) or _begins((*refusals(), *_of_unpaid()), fold(line))


def title_may_deny(line: str) -> bool:
    """Whether a title does, which more often says who the people are: returnees, the displaced."""
    if _UNFILLED.search(line) or _is_of_somebody(line):
        return False
    plain = _plain(line)
    text = fold(plain)
    if _begins((*refusals(), *_of_unpaid()), text):
        return True
    words = plain.split()
    return len(words) <= _MOST_WORDS and any(
        _begins(_of_paying(), fold(" ".join(words[max(at - _BEFORE, 0) : at + 1 + _BEHIND])))
        for at, each in enumerate(words)
        if is_denial(each) or is_half_refusal(each)
    )


def _is_of_somebody(title: str) -> bool:
    """Whether a title is a sentence about somebody, which is asked about as a legend."""
    if is_refusal(title) or not is_legend(title, is_above=True, has_answers=False):
        return False
    return not _begins(tuple(vocabulary().receipt["list_of"]), fold(title))


def _plain(line: str) -> str:
    """A line without numbers of lists and what denies nothing, such as non-food items."""
    plain = _NUMBER.sub(" ", line)
    for text in vocabulary().receipt["denies_nothing"]:
        plain = re.sub(rf"\b{re.escape(text)}", " ", plain, flags=re.IGNORECASE)
    return plain


def _begins(beginnings: tuple[str, ...], plain: str) -> bool:
    """Whether a word of a folded text, with its article or not, begins like one of some."""
    text = f" {plain}"
    return any(f" {one}" in text or f" {_ARTICLE}{one}" in text for one in beginnings)


@cache
def _of_unpaid() -> tuple[str, ...]:
    """Who waits, and what came back or is not paid yet: refunds, pending."""
    return tuple(vocabulary().receipt["reserve"] | vocabulary().receipt["of_unpaid"])


@cache
def _of_paying() -> tuple[str, ...]:
    words = vocabulary().receipt
    return tuple(words["paid_beginnings"] | words["received_beginnings"])
