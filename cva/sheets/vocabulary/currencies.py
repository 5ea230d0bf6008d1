"""Which currency a heading or a cell names."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.languages import get_official_languages

from cva.core.clock import today
from cva.core.legal_tender import is_in_use, newer
from cva.core.money import MINOR_DIGITS
from cva.sheets.vocabulary.text_forms import fold
from cva.sheets.vocabulary.word_lists import vocabulary

TOMAN = "IRT"
RIAL = "IRR"
_CODE = re.compile(r"[A-Za-z]{3}")
_BRACKETED = re.compile(r"[(\[]([^)\]]*)[)\]]")
_ARABIC_ARTICLE = re.compile(r"\b[بوك]?ال(?=\w{3})")
LONGEST_NAME_WORDS = 3
LONGEST_SIGN = 4
#: Shorter names of letters are too likely to be something else in running text.
SHORTEST_NAME = 3


#: Languages in which the noun comes last: "Kenyan shilling"; in others it comes first.
_NOUN_LAST = ("en", "ru", "be", "ky", "uz", "kk")
_NOUN_FIRST = ("fr", "es", "ar", "fa")


#: Accounting units, funds and metals, in which no person is paid.
_NO_MONEY = frozenset({"BOV", "CHE", "CHW", "CLF", "COU", "MXV", "USN", "UYI", "UYW"})
_SPENT = frozenset({"XAF", "XCD", "XOF", "XPF"})


def _is_spent(code: str) -> bool:
    return code in _SPENT or not (code.startswith("X") or code in _NO_MONEY)


@cache
def _money_words() -> Mapping[str, frozenset[str]]:
    """Whole names and bare nouns, folded, each with the currencies it may mean.

    "Kenyan shilling" means one, "shilling" several.
    """
    found: dict[str, set[str]] = {}
    for language in (*_NOUN_LAST, *_NOUN_FIRST):
        data = Locale.parse(language)._data  # noqa: SLF001 - the plural names have no public way
        for code in filter(_is_spent, MINOR_DIGITS):
            names = {str(data["currency_names"].get(code, ""))}
            names |= {str(name) for name in data["currency_names_plural"].get(code, {}).values()}
            for name in filter(None, map(fold, names)):
                words = name.split()
                noun = words[-1] if language in _NOUN_LAST else words[0]
                found.setdefault(name, set()).add(code)
                found.setdefault(noun, set()).add(code)
    headings = vocabulary().headings  # "sum" is an amount before it is Uzbek money
    return {
        word: frozenset(codes)
        for word, codes in found.items()
        if len(word) >= SHORTEST_NAME and word not in headings and word.isalpha() | (" " in word)
    }


def load_words() -> None:
    """Have the words of headings and of money at hand; the first time takes half a second."""
    vocabulary()
    _money_words()


@cache
def signs_of(code: str) -> frozenset[str]:
    """How a currency is written where it is spent, folded: "$" for the Mexican peso too."""
    territories = [
        territory
        for territory, currencies in get_global("territory_currencies").items()
        if any(code == known and ends is None for known, _starts, ends, _tender in currencies)
    ]
    found = set()
    for territory in territories:
        for language in get_official_languages(territory, de_facto=True):
            try:
                locale = Locale.parse(f"{language}_{territory}")
            except (UnknownLocaleError, ValueError):
                continue
            found.add(fold(locale.currency_symbols.get(code, code)))
    return frozenset(found)


def is_money_word(text: str) -> bool:
    """Whether a word or sign is the name of a currency, though perhaps of several."""
    plain = fold(text)
    return (
        plain in vocabulary().currencies or plain in _money_words() or text.upper() in MINOR_DIGITS
    )


class Unit(NamedTuple):
    """What an amount is counted in: a currency, and ten rials for one toman."""

    currency: str
    times: int | Decimal = 1


def name_of(one: Unit) -> str:
    """The code of a unit, from which ``unit`` gives it back."""
    return TOMAN if one == unit(TOMAN) else one.currency


def unit(code: str) -> Unit:
    """The unit of a code; the toman is no currency of its own."""
    return Unit(RIAL, 10) if code == TOMAN else Unit(code)


def without_article(name: str) -> str:
    """An Arabic name without "the" and "in the" before its words."""
    return _ARABIC_ARTICLE.sub("", name)


def is_currency_code(text: str) -> bool:
    """Whether a text is a code of money in capitals, as over a column of sums: AMD."""
    return text.strip() in MINOR_DIGITS and _is_spent(text.strip())


def _units_of(heading: str) -> list[str]:
    """The parts of a heading that may name its unit: in brackets, and after a comma."""
    parts = [*_BRACKETED.findall(heading), *re.split(r"[,،/]", heading)[1:]]
    return [part for part in parts if part.strip()]


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads names of currencies; a name of several is settled by what is known otherwise.

    Attributes:
        likely: Currencies in order: what a person settled, the programme's.
        languages: The languages of the sheet's headings.
        unsure: An old and a new unit that were both in use: their name is that of both, so that
            only a code shows which one is meant.
        days: From when to when people are paid: a name that several currencies had means one that
            was in use then. A code means its currency at any time.
    """

    likely: Sequence[str] = ()
    languages: frozenset[str] = frozenset()
    unsure: frozenset[str] = frozenset()
    days: tuple[date, ...] = ()

    def unit(self, text: str) -> Unit | None:
        """The unit that a text names as a whole; None where it names none for certain."""
        plain = fold(text)
        if plain not in vocabulary().currencies:
            plain = without_article(plain)
        codes = dict(vocabulary().currencies.get(plain, {}))
        upper = plain.upper()
        if _CODE.fullmatch(plain) and (upper in MINOR_DIGITS or upper == TOMAN):
            return unit(upper)
        if self.unsure & codes.keys():
            return None
        for code in self.likely:
            if newer(code) in codes or self._is_sign_of(code, plain):
                return unit(code)
        if any(newer(code) in _money_words().get(plain, frozenset()) for code in self.likely):
            return None  # "dollars" are not certainly those of the United States in Liberia
        spoken = [code for code, languages in codes.items() if languages & self.languages]
        # A sign that the programme and the language do not claim has its meaning of everywhere.
        everywhere = [code for code, languages in codes.items() if "en" in languages]
        for candidates in (list(codes), spoken, everywhere if self.likely or not spoken else []):
            if len(candidates) == 1:
                return unit(candidates[0])
        return None

    def meanings(self, text: str) -> frozenset[str]:
        """The currencies that are called so, of those in use when people are paid."""
        plain = fold(text)
        if plain not in vocabulary().currencies:
            plain = without_article(plain)
        codes = _money_words().get(plain, frozenset())
        return self._in_use(codes.union(vocabulary().currencies.get(plain, ())))

    def _in_use(self, codes: Collection[str]) -> frozenset[str]:
        days = self.days or (today("UTC"),)
        return frozenset(code for code in codes if any(is_in_use(code, day) for day in days))

    @staticmethod
    def _is_sign_of(code: str, plain: str) -> bool:
        """Whether a short text is how the currency is written at home, as $ for the peso."""
        return len(plain) <= LONGEST_SIGN and plain in signs_of(newer(code))

    def named(self, text: str) -> Unit | None:
        """The unit of a text in a place where a unit is expected: more names are known there."""
        if found := self.unit(text):
            return found
        codes = _money_words().get(without_article(fold(text)), frozenset())
        if self.unsure & codes:
            return None
        codes = self._in_use(codes) or codes
        likely = [code for code in self.likely if newer(code) in codes]
        if likely or len(codes) == 1:
            return unit(likely[0] if likely else next(iter(codes)))
        return None

    def names_money(self, heading: str) -> bool:
        """Whether a heading names a currency, though not for certain which one."""
        words = [word for part in _units_of(heading) for word in (fold(part), *fold(part).split())]
        return any(word in vocabulary().currencies or word in _money_words() for word in words)

    def unit_in_heading(self, heading: str) -> Unit | None:
        """The unit in brackets, after a comma or as words of a heading."""
        if is_currency_code(heading):
            return unit(heading.strip())
        for part in _units_of(heading):
            if found := self.named(part):
                return found
        words = fold(heading).split()
        for size in range(LONGEST_NAME_WORDS, 0, -1):
            for start in range(1, len(words) - size + 1):
                text = " ".join(words[start : start + size])
                is_code = size == 1 and _CODE.fullmatch(text) and start + size < len(words)
                if not is_code and (found := self.unit(text)):
                    return found
        return None
