"""Forms as pages draw them, from their input schemas: ``forms.html`` shows what is made here."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import g, request, url_for

from cva.core.i18n import gettext as _
from cva.core.input_schema import InputSchema, Text
from cva.web.declaring import form_of
from cva.web.refused_forms import TOO_LARGE, Located, Refusal

#: What forms carry beside what distinguishes them: it is of the browser, or of the moment.
CARRIED = {"csrf_token", "page", "version", "drafts"}
_NEVER_SHOWN = {"password", "file"}


@dataclass(frozen=True, slots=True)
class Control:
    """A field of a form as it is drawn.

    Attributes:
        kind: A type of ``<input>``, ``textarea``, ``select`` or ``radio``.
        value: What it holds. ``is_on``: whether a box is ticked.
        options: Values and words to choose from.
        faults: What is wrong with it.
    """

    name: str
    kind: str
    label: str
    hint: str
    value: str
    is_on: bool
    options: Sequence[tuple[str, str]]
    attributes: Mapping[str, Any]
    faults: Sequence[str]


class Form:
    """A form of a page; the one that was refused knows what was typed."""

    def __init__(
        self,
        endpoint: str,
        *,
        hidden: Mapping[str, Any] | None = None,
        values: Mapping[str, Any] | None = None,
        schema: type[InputSchema] | None = None,
        page: str | None = None,
        **parts: Any,  # noqa: ANN401
    ) -> None:
        refusal: Refusal | None = g.get("refused")
        self.action = url_for(endpoint, **parts)
        self.hidden, self._values = hidden or {}, values or {}
        self._fields: Mapping[str, Any] = (schema or form_of(endpoint).schema)().fields
        self._refusal = refusal if refusal and self._is_of(refusal) else None
        self.page = page or (refusal.page if refusal else request.full_path)
        self._left = {name: list(each) for name, each in refusal.typed.lists()} if refusal else {}

    def _is_of(self, refusal: Refusal) -> bool:
        return request.path == self.action and all(
            name not in refusal.typed or str(value) in refusal.typed.getlist(name)
            for name, value in self.hidden.items()
            if name not in CARRIED
        )

    @property
    def is_sent(self) -> bool:
        """Whether it is the one that was refused, so that a fold around it is open."""
        return self._refusal is not None

    def is_filled(self, *names: str) -> bool:
        """Whether what was typed, or is wrong, in one of its fields has to be in view."""
        refusal = self._refusal
        return refusal is not None and any(
            name in refusal.faults
            or refusal.typed.get(name, "") not in {"", self._values.get(name)}
            for name in names
        )

    def field(
        self,
        name: str,
        *,
        label: str | None = None,
        hint: str | None = None,
        kind: str | None = None,
        value: object = None,
        options: Sequence[Any] | None = None,
        named: Callable[[str], str] | None = None,
        blank: str | None = None,
        required: bool | None = None,
        **attributes: Any,  # noqa: ANN401
    ) -> Control:
        """A field to draw, by its schema; what the page knows better is passed here.

        Args:
            name: Of the schema, or one that only the page knows.
            label: Instead of the schema's.
            hint: Likewise.
            kind: Likewise.
            value: What it holds at first, or whether it is ticked.
            options: Words to choose from, pairs of a word and its name, or records.
            named: The name of a word.
            blank: The name of the choice of none, where it is offered.
            required: Instead of the schema's.
            attributes: More attributes of the control.
        """
        known = self._fields.get(name) or Text()
        kind = kind or known.control
        needed = known.required if required is None else required
        words = known.options() if options is None else options
        pairs = [_option(each, named) for each in words]
        text = label if label is not None else known.label and _(known.label)
        first = self._values.get(name, value)
        typed = self._typed(name, kind)
        faults = self._faults_of(name, text, _(known.missing) if needed else "")
        attributes = {"required": needed, **known.attributes, **attributes}
        if faults:
            attributes |= {
                "id": f"field-{name}",
                "aria-invalid": "true",
                "aria-describedby": f"fault-{name}",
            }
        if g.get("refused"):
            attributes.pop("autofocus", None)
        return Control(
            name=name,
            kind=kind,
            label=text,
            hint=hint if hint is not None else known.hint and _(known.hint),
            value=str(first if first is not None else "") if typed is None else typed,
            is_on=bool(first) if typed is None else bool(typed),
            options=pairs if blank is None else [("", blank), *pairs],
            attributes={
                key: "" if each is True else each
                for key, each in attributes.items()
                if each is not False
            },
            faults=faults,
        )

    @staticmethod
    def plain(control: Control) -> Mapping[str, Any]:
        """The attributes of all circles but the first, to which the fault belongs."""
        return {name: each for name, each in control.attributes.items() if name == "required"}

    def _typed(self, name: str, kind: str) -> str | None:
        """What was typed in the field; None where it holds what the page gave."""
        if self._refusal is None or kind in _NEVER_SHOWN:
            return None
        if kind == "checkbox":
            return self._refusal.typed.get(name, "")
        left = self._left.get(name)
        return left.pop(0) if left else None

    def _faults_of(self, name: str, label: str, missing: str) -> Sequence[str]:
        """What is wrong with the field; of several controls of a name the first shows it."""
        refusal = self._refusal
        anchor = f"field-{name}"
        if refusal is None or any(each.anchor == anchor for each in refusal.located):
            return ()
        is_read = refusal.status != TOO_LARGE
        is_blank = is_read and not any(text.strip() for text in refusal.typed.getlist(name))
        messages = refusal.faults.get(name) or ([missing] if missing and is_blank else ())
        refusal.located += [Located(anchor, label, each) for each in messages]
        return messages


def _option(each: Any, named: Callable[[str], str] | None) -> tuple[str, str]:  # noqa: ANN401
    if isinstance(each, tuple):
        return each
    if isinstance(each, str):
        return str(each), named(each) if named else str(each)
    return str(each.id), each.name
