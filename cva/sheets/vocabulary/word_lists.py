"""What sheets may say in each language and system, from ``imports/headings`` and ``systems``."""

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from pathlib import Path

from cva.sheets.vocabulary.text_forms import fold, folded_words

LONGEST_DITTO = 24
_DITTO = re.compile(r"[\s.–—-]*(?:[\"″〃”“„״]{1,2}|,,|''|//|«|»)[\s.–—-]*")
_BETWEEN_WORDS = re.compile(r"[\s()\[\],;:/|.!?*'\"–—-]+")
#: Meanings of words for what was received.
_PAID = frozenset({"yes", "paid", "collected"})
#: A shorter text is too likely to mean something else where no answer is expected.
SHORTEST_REFUSAL = 3
_HERE = Path(__file__).resolve()
_PAINT = re.compile("[\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]")


def imports_folder() -> Path:
    """Where the data is: beside the package in a checkout, inside it when installed."""
    for folder in (_HERE.parents[2] / "_imports", _HERE.parents[3] / "imports"):
        if (folder / "headings").is_dir():
            return folder
    raise FileNotFoundError("The folder imports/ is missing; install the package again.")


@dataclass(frozen=True, slots=True)
class WordSet:
    """Words that are used together in one language, such as m and f, or h and m."""

    language: str
    meanings: Mapping[str, str]


@dataclass(slots=True)
class Vocabulary:
    """All languages together, every text folded.

    Attributes:
        headings: Heading to the fields it may mean, each with the languages that say so.
        hashtags: HXL tag to field.
        words: By group (sex, yes_no, receipt ...) the sets of words.
        currencies: Name or symbol to codes, each with its languages.
        scales: Word for a larger or smaller unit, such as thousands or cents, to what it is worth.
        short_scales: The same for short ones, which count only beside the name of a currency.
        rows: By group (total, signature, example, hint, findings_sheet) what marks such rows.
        receipt: By group what tells of a receipt: ``negative`` words and ``negative_beginnings``
            of words, ``states`` of people, ``self`` for the person of the row,
            ``received_beginnings`` in the heading of a date.
        same: A word of a heading, such as "reg" and "registro", to the one that stands for it.
        colours: Beginning of a word for a colour to the colour, ``any`` for one that is not named.
        usual: By language and field the first of its headings, as written.
    """

    headings: dict[str, dict[str, set[str]]] = field(default_factory=lambda: defaultdict(dict))
    hashtags: dict[str, str] = field(default_factory=dict)
    words: dict[str, list[WordSet]] = field(default_factory=lambda: defaultdict(list))
    currencies: dict[str, dict[str, set[str]]] = field(default_factory=lambda: defaultdict(dict))
    scales: dict[str, Decimal] = field(default_factory=dict)
    short_scales: dict[str, Decimal] = field(default_factory=dict)
    rows: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    receipt: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    same: dict[str, str] = field(default_factory=dict)
    colours: dict[str, str] = field(default_factory=dict)
    usual: dict[tuple[str, str], str] = field(default_factory=dict)

    def heading_of(self, name: str, language: str) -> str:
        """What a column with this field is headed in a language; the name itself if unknown."""
        return self.usual.get((language, name)) or self.usual.get(("en", name)) or name

    def markers(self, group: str) -> re.Pattern[str]:
        """A pattern for folded texts that begin with one of a group's markers."""
        ordered = sorted(self.rows[group], key=len, reverse=True)
        return re.compile(rf"(?:{'|'.join(map(re.escape, ordered))})(?:$|[^\w-])")

    def last_words(self, group: str) -> re.Pattern[str]:
        """A pattern for folded texts of words alone that end with a marker: Ahero total."""
        ordered = sorted(self.rows[group], key=len, reverse=True)
        return re.compile(rf"[^\d]*[^\w-](?:{'|'.join(map(re.escape, ordered))})")


def hashtag(text: str) -> str:
    """One form of an HXL tag: its attributes in order."""
    tag, *attributes = "".join(text.lower().split()).split("+")
    return "+".join([tag, *sorted(attributes)])


@cache
def vocabulary() -> Vocabulary:
    """Everything that the files say; read once."""
    all_words = Vocabulary()
    for path in sorted((imports_folder() / "headings").glob("*.toml")):
        data = tomllib.loads(path.read_text("utf-8"))
        if data["language"] == "hxl":
            for name, tags in data["headings"].items():
                all_words.hashtags |= {hashtag(tag): name for tag in tags}
        else:
            _take(all_words, data)
    for path in sorted((imports_folder() / "systems").glob("*.toml")):
        data = tomllib.loads(path.read_text("utf-8"))
        for text, name in _pairs(data["headings"]):
            # What a language says outranks what one system means by the same words.
            if name not in all_words.headings.get(fold(text), {name: set()}):
                continue
            all_words.headings[fold(text)].setdefault(name, set())
    return all_words


def _take(into: Vocabulary, data: Mapping[str, dict[str, object]]) -> None:
    language = str(data["language"])
    for text, name in _pairs(data.get("headings", {})):
        into.headings[fold(text)].setdefault(name, set()).add(language)
        into.usual.setdefault((language, name), text)
    for text, names in data.get("ambiguous", {}).items():
        for name in names if isinstance(names, list) else []:
            into.headings[fold(text)].setdefault(name, set()).add(language)
    into.same |= {fold(text): one for text, one in _pairs(data.get("same", {}))}
    for text, code in _pairs(data.get("currency", {})):
        into.currencies[fold(text)].setdefault(code, set()).add(language)
    into.scales |= _numbers(data.get("scale", {}))
    into.short_scales |= _numbers(data.get("short_scale", {}))
    for text, group in _pairs(data.get("rows", {})):
        into.rows[group].add(fold(text))
    into.colours |= {fold(text): colour for text, colour in _pairs(data.get("colours", {}))}
    for text, group in _pairs(data.get("receipt", {})):
        into.receipt[group].add(fold(text))
    for group, sets in data.get("words", {}).items():
        for meanings in sets if isinstance(sets, list) else []:
            folded = {word(text): meaning for text, meaning in _pairs(meanings)}
            into.words[group].append(WordSet(language, folded))


def word(text: str) -> str:
    """One form of a word in a cell; a sign such as + or - stands for itself.

    How a sign is painted, in colours or as skin, makes no difference.
    """
    plain = text if text.isascii() else _PAINT.sub("", text)
    return fold(plain) or plain.strip()


def is_ditto(value: object) -> bool:
    """Whether a cell says that it is as the one above."""
    if not isinstance(value, str) or not 0 < len(value) <= LONGEST_DITTO or value[-1].isdigit():
        return False
    if _DITTO.fullmatch(value):
        return True
    return value[-1].isalpha() and fold(value) in vocabulary().rows["ditto"]


@cache
def words_beside_names() -> frozenset[str]:
    """First words of what may stand beside a name and say that nothing was received."""
    words = vocabulary().words
    waits = vocabulary().receipt["reserve"] | vocabulary().receipt["no_person"]
    texts = (one.meanings for group in ("receipt", "payment_status") for one in words[group])
    denied = (text for one in texts for text, meaning in one.items() if meaning not in _PAID)
    return frozenset(text.split()[0] for text in (*denied, *waits) if len(text) >= SHORTEST_REFUSAL)


@cache
def refusals() -> frozenset[str]:
    """Whole texts that say that nothing was received, wherever they stand: absent, not received.

    What became of a person, such as "moved", is none of them: in a remark it may be about
    somebody else.
    """
    meant = (one.meanings.items() for one in vocabulary().words["receipt"])
    texts = {text for pairs in meant for text, meaning in pairs if meaning == "no"}
    states = vocabulary().receipt["states"]
    return frozenset(text for text in texts - states if len(text) >= SHORTEST_REFUSAL)


def names_thumb(heading: str) -> bool:
    """Whether a heading is over thumbprints, and not over signatures too."""
    marks = (one.meanings.items() for one in vocabulary().words["mark_kind"])
    found = {
        meaning
        for pairs in marks
        for text, meaning in pairs
        if set(text.split()) <= _words(heading)
    }
    return "thumbprint" in found and "signature" not in found


def _words(heading: str) -> frozenset[str]:
    return frozenset(_BETWEEN_WORDS.sub(" ", fold(heading)).split())


def may_hold_refusal(texts: Iterable[str]) -> bool:
    """Whether all words of a refusal are among those of many texts, as of few columns they are."""
    found = folded_words([_BETWEEN_WORDS.sub(" ", "\n".join(texts))])
    return any(words <= found for words in _words_of_refusals())


@cache
def _words_of_refusals() -> frozenset[frozenset[str]]:
    return frozenset(frozenset(_BETWEEN_WORDS.sub(" ", text).split()) for text in refusals())


@cache
def answers(group: str) -> frozenset[str]:
    """All words of a group; a receipt is marked by yes and no too."""
    groups = (group, "yes_no") if group == "receipt" else (group,)
    return frozenset(
        text for name in groups for one in vocabulary().words[name] for text in one.meanings
    )


def _numbers(table: Mapping[str, object]) -> dict[str, Decimal]:
    return {fold(text): Decimal(times) for text, times in _pairs(table)}


def _pairs(table: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    for key, texts in table.items():
        for text in texts if isinstance(texts, list) else []:
            yield str(text), key
