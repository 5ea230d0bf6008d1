"""What may be said of a receipt, and the words and signs that say it."""

import datetime as dt
import re
from collections.abc import Mapping
from functools import cache

from cva.sheets.files.parsed_workbook import Value
from cva.sheets.vocabulary.word_lists import vocabulary

YES, NO = "yes", "no"
#: It says nothing about a receipt, though it may say something else.
NOTHING = "nothing"
BLANK = "blank"
#: Something stands there that may be an answer.
UNCLEAR = "unclear"
#: It denies something, which beside a plain yes is hardly the receipt.
DOUBTFUL = "doubtful"
#: Nothing in it is known to speak against a payment, and not all of it is known to be harmless.
UNKNOWN = "unknown"
#: What a sender may say of a text: only a part of the money was received.
PART = "part"
#: A place to sign that is filled: with a sign of it, or with anything else. Neither is a yes.
SIGNED, FILLED = "signed", "filled"
FAULTY = "faulty"
SHORTEST_ANSWER, LONGEST_ANSWER = 5, 30
_DAY = re.compile(r"\d{1,4}[-./]\d{1,2}[-./]\d{1,4}\D.*|\d{1,4}[-./]\d{1,2}[-./]\d{1,4}", re.DOTALL)

ColumnValues = Mapping[int, Value]
Says = dict[int, str]


def is_day(value: Value) -> bool:
    """Whether it is a day, or a text in the shape of one."""
    if isinstance(value, str):
        return _DAY.fullmatch(value.strip()) is not None
    return isinstance(value, dt.date)


@cache
def words_of(answer: str) -> frozenset[str]:
    """The words and signs of a receipt that mean yes, or no, in any language."""
    sets = (*vocabulary().words["yes_no"], *vocabulary().words["receipt"])
    return frozenset(
        text for one in sets for text, meaning in one.meanings.items() if meaning == answer
    )


@cache
def bare_answers(answer: str) -> frozenset[str]:
    """The words and signs that answer any question."""
    meanings = (one.meanings.items() for one in vocabulary().words["yes_no"])
    return frozenset(text for pairs in meanings for text, meaning in pairs if meaning == answer)


@cache
def plain_no() -> frozenset[str]:
    """The words for no: a sign or a letter alone is none of them."""
    meanings = (one.meanings.items() for one in vocabulary().words["yes_no"])
    words = {text for pairs in meanings for text, meaning in pairs if meaning == NO}
    return frozenset(text for text in words if text.isalpha() and len(text) > 1) - {"false"}


@cache
def words_of_answers() -> frozenset[str]:
    """What answers whether something was received, or is written where one signs."""
    return words_of(YES) | words_of(NO) | ways_to_sign()


@cache
def ways_to_sign() -> frozenset[str]:
    """Words for a signature, a thumbprint or a stamp."""
    return frozenset(
        text
        for one in vocabulary().words["mark_kind"]
        for text, meaning in one.meanings.items()
        if meaning != "none"
    )
