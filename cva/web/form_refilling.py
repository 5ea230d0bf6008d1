"""A form shown again: what was typed stands in it, each fault at its field.

This works on the finished page, so that no form and no view has to know of it.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from itertools import pairwise
from typing import NamedTuple

from markupsafe import Markup, escape
from typing_extensions import override

#: What forms carry beside what tells them apart: it is of the browser, or of the moment.
CARRIED = ("csrf_token", "page", "version", "drafts")
_NEVER_SHOWN = {"password", "file", "hidden", "submit"}

Attributes = dict[str, str | None]
Typed = Mapping[str, Sequence[str]]


@dataclass
class Option:
    """A choice of a list."""

    attributes: Attributes
    start: int
    end: int


@dataclass
class FormControl:
    """A field of a form, and where it stands in the page.

    Attributes:
        label: What the page calls it.
    """

    kind: str
    attributes: Attributes
    start: int
    end: int
    folds: Sequence[int]
    label_start: int
    label: str = ""
    close: int = 0
    options: list[Option] = field(default_factory=list)

    @property
    def name(self) -> str:
        """What its text is sent as."""
        return self.attributes.get("name") or ""

    @property
    def is_ticked(self) -> bool:
        """Whether it is a box or a circle, and not a text."""
        return self.kind in {"radio", "checkbox"}


@dataclass
class Form:
    """A form of the page."""

    action: str | None
    folds: Sequence[int]
    controls: list[FormControl] = field(default_factory=list)

    def is_of(self, typed: Typed) -> bool:
        """Whether it was this one, among forms that are sent to the same place."""
        return all(
            control.attributes.get("value") in typed.get(control.name, ())
            for control in self.controls
            if control.kind == "hidden" and control.name not in CARRIED
        )


class FormPage(HTMLParser):
    """Finds the forms of a page of ours, and where each field stands."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=False)
        self._lines = [0, *(found.end() for found in re.finditer("\n", html))]
        self.forms: list[Form] = []
        self.main_end = 0
        self.folds: dict[int, int] = {}
        self._open_folds: list[int] = []
        self._form: Form | None = None
        self._control: FormControl | None = None
        self._label_start = 0
        self._legend = ""
        self._words: list[str] | None = None
        self.feed(html)

    def _at(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        start, attributes = self._at(), dict(attrs)
        end = start + len(self.get_starttag_text() or "")
        if tag == "main":
            self.main_end = end
        elif tag == "details":
            self._open_folds.append(start)
            if "open" not in attributes:
                self.folds[start] = start + len("<details")
        elif tag == "form" and attributes.get("method") == "post":
            self._form = Form(attributes.get("action"), tuple(self._open_folds))
            self.forms.append(self._form)
        elif tag in {"label", "legend"}:
            self._label_start, self._words = start, []
        elif tag == "option" and self._control:
            self._control.options.append(Option(attributes, start, end))
        elif tag in {"input", "select", "textarea"} and self._form:
            kind = (attributes.get("type") or "text") if tag == "input" else tag
            folds = tuple(self._open_folds)
            control = FormControl(
                kind, attributes, start, end, folds, self._label_start, self._said(), close=end
            )
            self._form.controls.append(control)
            self._control = control

    @override
    def handle_data(self, data: str) -> None:
        if self._words is not None:
            self._words.append(data)

    @override
    def handle_entityref(self, name: str) -> None:
        self.handle_data(unescape(f"&{name};"))

    @override
    def handle_charref(self, name: str) -> None:
        self.handle_data(unescape(f"&#{name};"))

    def _said(self) -> str:
        """The words of the label, or the legend, so far."""
        return " ".join("".join(self._words or ()).split())

    @override
    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "legend":
            self._legend, self._words = self._said(), None
        elif tag == "fieldset":
            self._legend = ""
        elif tag == "label":
            last = self._form.controls[-1] if self._form and self._form.controls else None
            if last and last.is_ticked and last.start > self._label_start:
                last.label = (last.kind == "radio" and self._legend) or self._said()
            self._words = None
        elif tag == "details":
            self._open_folds.pop()
        elif tag in {"select", "textarea"} and self._control:
            self._control.close = self._at() + len(f"</{tag}>")
            self._control = None


class Located(NamedTuple):
    """A fault at its field."""

    anchor: str
    label: str
    told: str


@dataclass(frozen=True, slots=True)
class Refilled:
    """A page with its form filled in anew.

    Attributes:
        located: Each fault that stands at a field now, with the field's anchor and its label.
    """

    html: str
    located: Sequence[Located]
    main_end: int


def refill(
    html: str, path: str, typed: Typed, faults: Mapping[str, Sequence[str]], missing: str | None
) -> Refilled:
    """Fill the form that is sent to ``path`` with what was typed, each fault at its field.

    Args:
        html: A page of ours.
        path: Where the form was sent to.
        typed: What was sent, by name.
        faults: What is wrong, by name.
        missing: What is said of a field that was left blank and must not be; None where nobody
            knows what was left blank.
    """
    page = FormPage(html)
    sent_here = [form for form in page.forms if form.action in {path, None}]
    exact = [form for form in sent_here if form.is_of(typed)]
    if not exact and len(sent_here) != 1:
        return Refilled(html, (), page.main_end)
    edits = _Edits((exact or sent_here)[0], typed, faults, missing, page.folds)
    return Refilled(edits.applied(html), edits.located, page.main_end)


class _Edits:
    """What changes in the page, piece by piece."""

    def __init__(
        self,
        form: Form,
        typed: Typed,
        faults: Mapping[str, Sequence[str]],
        missing: str | None,
        folds: Mapping[int, int],
    ) -> None:
        self.located: list[Located] = []
        self._pieces: list[tuple[int, int, str]] = []
        self._left = {name: list(values) for name, values in typed.items()}
        self._typed, self._faults, self._missing = typed, faults, missing
        opened = set(form.folds)
        for control in form.controls:
            if control.name and control.name not in CARRIED and self._fill(control):
                opened |= set(control.folds)
        self._pieces += [(folds[at], folds[at], " open") for at in opened if at in folds]

    def applied(self, html: str) -> str:
        """The page with all changes, none of which overlap."""
        pieces = sorted(self._pieces)
        bounds = [(0, 0, ""), *pieces, (len(html), len(html), "")]
        return "".join(
            text + html[end:start] for (_s, end, text), (start, _e, _t) in pairwise(bounds)
        )

    def _fill(self, control: FormControl) -> bool:
        """Fill one field; gives whether it has to be in view."""
        attributes = dict(control.attributes)
        was_typed = control.kind not in _NEVER_SHOWN and self._put(control, attributes)
        told = self._told(control)
        if told:
            anchor = attributes.setdefault("id", f"field-{control.name}") or ""
            attributes |= {"aria-invalid": "true", "aria-describedby": f"fault-{control.name}"}
            self.located += [Located(anchor, control.label, each) for each in told]
            at = control.label_start if control.is_ticked else control.close
            note = Markup('<span class="fault" id="fault-{}">{}</span>')
            self._pieces.append((at, at, str(note.format(control.name, " ".join(told)))))
        attributes.pop("autofocus", None)
        if attributes != control.attributes:
            tag = control.kind if control.kind in {"select", "textarea"} else "input"
            self._pieces.append((control.start, control.end, _tag(tag, attributes)))
        return was_typed or bool(told)

    def _told(self, control: FormControl) -> Sequence[str]:
        """What is wrong with a field; of several circles the first says it."""
        if any(each.anchor == f"field-{control.name}" for each in self.located):
            return ()
        if told := self._faults.get(control.name, ()):
            return told
        is_blank = not any(text.strip() for text in self._typed.get(control.name, ()))
        is_missing = is_blank and "required" in control.attributes
        return [self._missing] if self._missing and is_missing else ()

    def _put(self, control: FormControl, attributes: Attributes) -> bool:
        """Put in what was typed; gives whether the page held something else."""
        if control.name not in self._typed and control.kind != "checkbox":
            return False
        texts = self._left.get(control.name, [])
        if control.is_ticked:
            is_chosen = (control.attributes.get("value") or "on") in texts
            return _switch(attributes, "checked", is_on=is_chosen) and is_chosen
        text = texts.pop(0) if texts else ""
        if control.kind == "select":
            return self._choose(control, text)
        if control.kind == "textarea":
            self._pieces.append(
                (control.end, control.close - len("</textarea>"), str(escape(text)))
            )
            return bool(text)
        before, attributes["value"] = attributes.get("value") or "", text
        return text != before

    def _choose(self, control: FormControl, text: str) -> bool:
        if text not in {option.attributes.get("value") for option in control.options}:
            return False
        is_other = False
        for option in control.options:
            attributes = dict(option.attributes)
            if _switch(attributes, "selected", is_on=attributes.get("value") == text):
                is_other = True
                self._pieces.append((option.start, option.end, _tag("option", attributes)))
        return is_other


def _switch(attributes: Attributes, name: str, *, is_on: bool) -> bool:
    """Have a bare attribute or not; gives whether that is another than before."""
    if is_on == (name in attributes):
        return False
    if is_on:
        attributes[name] = None
    else:
        del attributes[name]
    return True


def _tag(name: str, attributes: Attributes) -> str:
    parts = [
        key if value is None else f'{key}="{escape(value)}"' for key, value in attributes.items()
    ]
    return f"<{' '.join((name, *parts))}>"
