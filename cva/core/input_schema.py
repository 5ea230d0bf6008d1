"""Input schemas: what a form, a command or a program says, loaded into values.

A capability has its own in ``input_schemas.py``. A page draws its forms from them, so that a field
also knows its label, its hint and what kind of control it is; labels are marked with ``N_``.
"""

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from marshmallow import EXCLUDE, Schema, ValidationError, fields, validate
from typing_extensions import override

from cva.core.dates import parse_day
from cva.core.errors import CvaError, InputError
from cva.core.form_errors import FormErrors
from cva.core.i18n import N_
from cva.core.i18n import gettext as _

#: The largest number a record, or anything else that is counted, can have.
LARGEST = 2**31 - 1
_UNSTORABLE = re.compile("[\\0\ud800-\udfff]")


def refuse_unstorable(*found: object) -> None:
    """Refuse texts with a sign that a database cannot keep: NUL, or half of a pair.

    Raises:
        InputError: There is one, at any depth.
    """
    if not all(map(_is_storable, found)):
        raise InputError(
            _("This holds a sign that cannot be kept. Nothing was stored. Take it out."),
            code="sign_unstorable",
        )


def _is_storable(value: object) -> bool:
    if isinstance(value, Mapping):
        return all(_is_storable(each) for pair in value.items() for each in pair)
    if isinstance(value, list):
        return all(map(_is_storable, value))
    return not isinstance(value, str) or _UNSTORABLE.search(value) is None


class InputSchema(Schema):
    """What somebody says, by name."""

    def read(self, texts: Mapping[str, Any]) -> tuple[dict[str, Any], FormErrors]:
        """The values that could be read, and what is wrong with the others."""
        try:
            return dict(self.load(texts, unknown=EXCLUDE)), FormErrors()
        except ValidationError as error:
            values = error.valid_data if isinstance(error.valid_data, dict) else {}
            return values, FormErrors(error.messages_dict)

    def take(self, texts: Mapping[str, Any]) -> dict[str, Any]:
        """The values.

        Raises:
            InputError: Something is missing or cannot be read; ``fields`` says what.
        """
        values, faults = self.read(texts)
        faults.refuse()
        return values


class Text(fields.String):
    """A text without blanks around it.

    Attributes:
        label: What the page calls it. ``hint``: what stands small beside the label.
        control: The kind of its control: a type of ``<input>``, ``textarea`` or ``select``.
        attributes: What else the control has, such as ``maxlength`` or ``placeholder``.
        blank: What it stands for where it is left blank. ``missing``: what is said where it must
            not be.
    """

    control: str = "text"
    blank: Any = ""

    def __init__(
        self,
        label: str = "",
        *,
        hint: str = "",
        control: str = "",
        attributes: Mapping[str, Any] | None = None,
        required: bool = False,
        missing: str = N_("Fill this in."),
        **rest: Any,  # noqa: ANN401
    ) -> None:
        if not required:
            self.blank = rest.pop("load_default", self.blank)
            # A function, as the interface's document would call a text nullable otherwise.
            rest["load_default"] = (lambda: None) if self.blank is None else self.blank
        super().__init__(required=required, **rest)
        self.label, self.hint, self.attributes = label, hint, attributes or {}
        self.missing = missing
        self.control = control or self.control

    def read(self, text: str) -> Any:  # noqa: ANN401
        """What a text that is not blank stands for.

        Raises:
            CvaError: It cannot be read.
        """
        return text

    def options(self) -> Sequence[str]:
        """What can be chosen, where that is fixed."""
        return ()

    @override
    def make_error(self, key: str, **kwargs: Any) -> ValidationError:
        if key in {"required", "null"}:
            return ValidationError(_(self.missing))
        return super().make_error(key, **kwargs)

    @override
    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> Any:
        text = str(super()._deserialize(value, attr, data, **kwargs)).strip()
        if not text and self.required:
            raise self.make_error("required")
        try:
            return self.read(text) if text else self.blank
        except CvaError as error:
            raise ValidationError(str(error)) from error


class DayText(Text):
    """A day, as ``2022-11-07``."""

    control = "date"
    blank = None
    read = staticmethod(parse_day)


class Whole(Text):
    """A whole number."""

    control = "number"
    blank: Any = None

    @override
    def read(self, text: str) -> int:
        number = _whole(text)
        if number is None:
            message = _("{text} is no whole number.")
            raise InputError(message.format(text=repr(text[:20])), code="number_unreadable")
        return number


class RecordNumber(Whole):
    """The number of a record."""

    control = "select"

    @override
    def read(self, text: str) -> int:
        number = _whole(text)
        if number is None:
            message = _("{text} is no number of a record.")
            raise InputError(message.format(text=repr(text[:20])), code="record_number_unreadable")
        return number


def _whole(text: str) -> int | None:
    is_number = text.isascii() and text.isdigit() and len(text) <= len(str(LARGEST))
    return int(text) if is_number and int(text) <= LARGEST else None


class SeenVersion(fields.Integer):
    """The version of something that was looked at; None where nobody looked."""

    def __init__(self, description: str) -> None:
        super().__init__(
            load_default=None,
            validate=validate.Range(0, LARGEST),
            metadata={"description": description},
        )


class Choice(Text):
    """One of a fixed set of words."""

    control = "select"

    def __init__(
        self,
        label: str,
        choices: type[StrEnum] | Sequence[str],
        **rest: Any,  # noqa: ANN401
    ) -> None:
        self.choices = choices
        super().__init__(label, **({"metadata": {"enum": [str(each) for each in choices]}} | rest))

    @override
    def options(self) -> Sequence[str]:
        return [str(each) for each in self.choices]

    @override
    def read(self, text: str) -> str:
        if text not in self.options():
            message = _('"{text}" is none of: {choices}.')
            choices = ", ".join(self.options())
            raise InputError(message.format(text=text[:40], choices=choices), code="choice_unknown")
        return self.choices(text) if isinstance(self.choices, type) else text


class Tick(fields.Boolean):
    """A box that is ticked or not."""

    control = "checkbox"
    hint = ""

    def __init__(self, label: str = "", **rest: Any) -> None:  # noqa: ANN401
        super().__init__(**({"load_default": False} | rest))
        self.label, self.missing = label, N_("Fill this in.")
        self.attributes: Mapping[str, Any] = {}

    def options(self) -> Sequence[str]:
        """It is chosen or not."""
        return ()
