"""Which rules of a web page's own styles are for which of its elements."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

_STYLES = re.compile(r"<style\b[^>]*>(.*?)</style", re.IGNORECASE | re.DOTALL)
_NOTES = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
#: A step of a selector: a tag, classes, an id. Others, such as ``:hover``, are passed over.
_STEP = re.compile(r"([a-z][\w-]*|\*)?((?:[.#][\w-]+)*)", re.IGNORECASE)
_MARK = re.compile(r"[.#][\w-]+")
_LOOKS = re.compile(
    r"display|visibility|opacity|text-decoration|color|background|font-size|vertical-align|mso-hide",
    re.IGNORECASE,
)
_MOST_RULES = 2_000
_MOST_ELEMENTS = 20_000
_LONGEST_SELECTOR = 200


class _Step(NamedTuple):
    tag: str
    marks: frozenset[str]


@dataclass(frozen=True, slots=True)
class PageElement:
    """An element that is open, with those around it; alike ones are one.

    Attributes:
        said: What the rules say of it.
    """

    around: "PageElement | None"
    step: _Step
    said: str = ""


class PageRules:
    """The rules of a page."""

    def __init__(self, content: bytes) -> None:
        self._rules: dict[str, list[tuple[list[_Step], str]]] = defaultdict(list)
        self._known: dict[tuple[int, _Step], PageElement] = {}
        for selector, said in _rules_of(content):
            if steps := _steps(selector):
                last = steps[-1]
                self._rules[next(iter(sorted(last.marks)), last.tag)].append((steps, said))

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
            for steps, said in self._rules.get(name, ()):
                if _fits(steps, element):
                    yield f"{said};"


def _rules_of(content: bytes) -> Iterator[tuple[str, str]]:
    count = 0
    for style in _STYLES.findall(content.decode("utf-8", "replace")):
        for selectors, said in _RULE.findall(_NOTES.sub(" ", style)):
            if _LOOKS.search(said):
                for selector in selectors.split(","):
                    count += 1
                    if count > _MOST_RULES:
                        return
                    yield selector, said


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
