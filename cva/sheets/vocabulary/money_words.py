"""What currencies are called in the languages of the field, from Unicode's own data."""

from collections.abc import Mapping
from functools import cache

from babel import Locale

from cva.core.money import MINOR_DIGITS
from cva.sheets.vocabulary.text_forms import fold
from cva.sheets.vocabulary.word_lists import vocabulary

#: Languages in which the noun comes last: "Kenyan shilling"; in others it comes first.
_NOUN_LAST = ("en", "ru", "be", "ky", "uz", "kk")
_NOUN_FIRST = ("fr", "es", "ar", "fa")


#: Accounting units, funds and metals, in which no person is paid.
_NO_MONEY = frozenset({"BOV", "CHE", "CHW", "CLF", "COU", "MXV", "USN", "UYI", "UYW"})
_SPENT = frozenset({"XAF", "XCD", "XOF", "XPF"})
_SHORTEST = 3


def _is_spent(code: str) -> bool:
    return code in _SPENT or not (code.startswith("X") or code in _NO_MONEY)


@cache
def money_words() -> Mapping[str, frozenset[str]]:
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
        if len(word) >= _SHORTEST and word not in headings and word.isalpha() | (" " in word)
    }
