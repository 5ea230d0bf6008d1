"""Reads the fields of forms and addresses; what they mean is the services' business."""

from datetime import date

from flask import request
from werkzeug.datastructures import FileStorage

from cva.core.dates import parse_day
from cva.core.errors import InputError
from cva.core.i18n import gettext as _
from cva.web.url_parts import LARGEST_ID


def text_field(name: str) -> str:
    """A field of the form, without blanks around it; empty where it is missing."""
    return request.form.get(name, "").strip()


def file_field(name: str) -> FileStorage | None:
    """The one file of a field, or None where there is none.

    Raises:
        InputError: There are several.
    """
    files = request.files.getlist(name)
    if len(files) > 1:
        raise InputError(_("Send one file at a time."), {name: [_("Choose one.")]})
    return files[0] if files else None


def day_field(name: str) -> date | None:
    """A day of the form, or None where there is none.

    Raises:
        InputError: It is no day.
    """
    try:
        return parse_day(text_field(name))
    except InputError as error:
        raise InputError(str(error), {name: [str(error)]}) from error


def is_ticked(name: str) -> bool:
    """Whether a box of the form is ticked."""
    return name in request.form


def id_field(name: str) -> int | None:
    """The number of a record in the form, or None where there is none.

    Raises:
        InputError: It is no number that a record can have.
    """
    return _record_number(text_field(name))


def id_asked(name: str) -> int | None:
    """The number of a record in the address, or None where there is none.

    Raises:
        InputError: It is no number that a record can have.
    """
    return _record_number(request.args.get(name, ""))


def _record_number(text: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and int(text[:20]) <= LARGEST_ID):
        raise InputError(_("{text} is no number of a record.").format(text=repr(text[:20])))
    return int(text)


def whole_field(name: str) -> int | None:
    """A whole number of the form, or None where there is none.

    Raises:
        InputError: It is no whole number.
    """
    text = text_field(name)
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and int(text[:10]) <= LARGEST_ID):
        message = _("{text} is no whole number.").format(text=repr(text[:20]))
        raise InputError(message, {name: [message]})
    return int(text)


def page_asked() -> int:
    """The page of a long list that is asked for."""
    return request.args.get("page", 1, type=int)
