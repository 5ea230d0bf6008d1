"""Which rules of a web page's own styles are for which of its elements."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

#: A step of a selector: a tag, classes, an id. Others, such as ``:hover``, are passed over.
_STEP = re.compile(r"([a-z][\w-]*|\*)?((?:[.#][\w-]+)*)", re.IGNORECASE)
_MARK = re.compile(r"[.#][\w-]+")
_LOOKS = re.compile(
    r"display|visibility|opacity|text-decoration|color|background|font-size|vertical-align|mso-hide"
    r"|clip|indent|position",
    re.IGNORECASE,
)
_MOST_RULES = 2_000
_MOST_ELEMENTS = 20_000
#: So often a rule is held against an element; pages of programs need a hundredth of it.
_MOST_TRIES = 500_000
_LONGEST_SELECTOR = 200


class _Step(NamedTuple):
    tag: str
    marks: frozenset[str]


@dataclass(frozen=True, slots=True)
class PageElement:
    """An element that is open, with those around it; alike ones are one.

    Attributes:
        declarations: What the rules say of it.
    """

    around: "PageElement | None"
    step: _Step
    declarations: str = ""


class PageRules:
    """The rules of a page."""

    def __init__(self, content: bytes) -> None:
        self._rules: dict[str, list[tuple[list[_Step], str]]] = defaultdict(list)
        self._known: dict[tuple[int, _Step], PageElement] = {}
        self._tries = 0
        for selector, declarations in _rules_of(content):
            if steps := _steps(selector):
                last = steps[-1]
                self._rules[next(iter(sorted(last.marks)), last.tag)].append((steps, declarations))

    def element(
        self, around: PageElement | None, tag: str, attributes: Mapping[str, str]
    ) -> PageElement | None:
        """An element within another; None where the page has no rules."""
        if not self._rules:
            return None
        marks = {f".{name}" for name in attributes.get("class", "").lower().split()}
        if name := attributes.get("id"):
            marks.add(f"#{name.lower()}")
        key = id(around), _Step(tag, frozenset(marks))
        if (found := self._known.get(key)) is None and len(self._known) < _MOST_ELEMENTS:
            found = PageElement(around, key[1])
            found = PageElement(around, key[1], "".join(self._rules_for(found)))
            self._known[key] = found
        return found

    def _rules_for(self, element: PageElement) -> Iterator[str]:
        for name in (element.step.tag, "*", *element.step.marks):
            for steps, declarations in self._rules.get(name, ()):
                self._tries += len(steps)
                if self._tries < _MOST_TRIES and _fits(steps, element):
                    yield f"{declarations};"


def _rules_of(content: bytes) -> Iterator[tuple[str, str]]:
    """Selectors, and what is said of them; a rule within another, as for print, is one as well."""
    count = 0
    for style in _between(content.decode("utf-8", "replace"), "<style", "</style"):
        plain = _without_notes(style.partition(">")[2]).replace("<!--", " ").replace("-->", " ")
        for rule in plain.split("}"):
            before, _brace, declarations = rule.rpartition("{")
            if not _LOOKS.search(declarations):
                continue
            for selector in before.rpartition("{")[2].split(","):
                count += 1
                if count > _MOST_RULES:
                    return
                yield selector, declarations


def _between(text: str, opening: str, closing: str) -> Iterator[str]:
    """What stands between two texts in any case, piece by piece."""
    lowered, end = text.lower(), 0
    if len(lowered) != len(text):  # a letter that is two in lower case
        text = lowered
    while (start := lowered.find(opening, end)) >= 0:
        end = lowered.find(closing, start)
        if end < 0:
            return
        yield text[start:end]


def _without_notes(text: str) -> str:
    first, *rest = text.split("/*")
    return " ".join([first, *(part.partition("*/")[2] for part in rest)])


def _steps(selector: str) -> list[_Step]:
    """The steps of a selector from the outside; empty where one of them is not understood."""
    found = []
    if len(selector) > _LONGEST_SELECTOR:
        return []
    for text in selector.lower().replace(">", " ").split():
        step = _STEP.fullmatch(text)
        if step is None:
            return []
        if text != "tbody":  # which many pages leave out
            found.append(_Step(step[1] or "*", frozenset(_MARK.findall(step[2]))))
    return found


def _fits(steps: list[_Step], element: PageElement) -> bool:
    """Whether an element and those around it are the steps of a selector."""
    if not _is(steps[-1], element.step):
        return False
    at, around = len(steps) - 2, element.around
    while at >= 0 and around is not None:
        if _is(steps[at], around.step):
            at -= 1
        around = around.around
    return at < 0


def _is(step: _Step, element: _Step) -> bool:
    return step.tag in {"*", element.tag} and step.marks <= element.marks
