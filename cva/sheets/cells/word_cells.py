"""Reads words such as sex or yes and no; what a word means is decided per column."""

from collections.abc import Collection, Iterable, Mapping

from cva.sheets.cells.cell_reading import BLANK, Reading, faulty, is_blank
from cva.sheets.files.parsed_workbook import Value, typed
from cva.sheets.vocabulary.word_lists import WordSet, vocabulary, word

_RECEIPT = {
    "paid": "yes",
    "collected": "yes",
    "available": "no",
    "failed": "no",
    "expired": "no",
    "returned": "no",
    "pending": "no",
}
#: A receipt is marked in many ways; each group of words is translated into yes and no.
_GROUPS = {"receipt": ("receipt", "yes_no", "payment_status")}


def _sets(group: str) -> list[WordSet]:
    found = []
    for name in _GROUPS.get(group, (group,)):
        for one in vocabulary().words[name]:
            meanings = one.meanings
            if group == "receipt":
                meanings = {text: _RECEIPT.get(meant, meant) for text, meant in meanings.items()}
            found.append(WordSet(one.language, meanings))
    return found


#: So many are named where a word is not understood.
MOST_WORDS = 6


class WordReader:
    """Reads the cells of one column of words."""

    def __init__(
        self, group: str, values: Iterable[Value], languages: frozenset[str], heading: str = ""
    ) -> None:
        words = {word(typed(value)) for value in values if not is_blank(value)}
        words |= set(word(heading).replace("/", " ").split()[1:]) if "/" in heading else set()
        self._meanings = {**_decide(_sets(group), words, languages)}
        if group in _GROUPS:
            self._meanings |= paired(words)
        usual = ", ".join(_usual(_sets(group), languages))
        self._unknown = Reading(None, "value-unknown", {"reason": "which-word", "words": usual})

    def read(self, value: Value) -> Reading:
        """The code of what the cell says."""
        if is_blank(value):
            return BLANK
        if faulty(value, "value-unknown"):
            return self._unknown
        found = self._meanings.get(word(typed(value)))
        return Reading(found) if found else self._unknown


def _usual(sets: list[WordSet], languages: frozenset[str]) -> list[str]:
    """A word for each meaning, in the sheet's language, else in English."""
    spoken = [one for one in sets if one.language in languages]
    chosen: dict[str, str] = {}
    for one in spoken or [one for one in sets if one.language == "en"]:
        for text, meaning in one.meanings.items():
            if len(text) > len(chosen.get(meaning, "")) and len(chosen) <= MOST_WORDS:
                chosen[meaning] = text
    return list(chosen.values())[:MOST_WORDS]


def paired(words: Collection[str]) -> Mapping[str, str]:
    """Marks that mean something else beside each other: an x alone is a yes, beside a tick a no."""
    meanings: dict[str, str] = {}
    for one in vocabulary().words["pair"]:
        here = one.meanings.keys() & set(words)
        if len({one.meanings[text] for text in here}) > 1:
            meanings |= {text: one.meanings[text] for text in here}
    return meanings


def _decide(sets: list[WordSet], words: set[str], languages: frozenset[str]) -> Mapping[str, str]:
    """The meaning of every word: by all sets, else by the sets that know most of the column."""
    known = {id(one): len(words & one.meanings.keys()) for one in sets}
    most = max(known.values(), default=0)
    best = [one for one in sets if known[id(one)] == most]
    spoken = [one for one in best if one.language in languages]
    meanings: dict[str, str] = {}
    for text in words:
        for candidates in (sets, best, spoken):
            meant = {one.meanings[text] for one in candidates if text in one.meanings}
            if len(meant) == 1:
                meanings[text] = meant.pop()
                break
    return meanings
