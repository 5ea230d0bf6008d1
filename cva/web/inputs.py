"""What a request carries that no schema loads: files, and numbers in the address."""

from flask import request
from werkzeug.datastructures import FileStorage

from cva.core.errors import InputError
from cva.core.i18n import gettext as _
from cva.core.input_schema import RecordNumber


def file_field(name: str) -> FileStorage | None:
    """The one file of a field, or None where there is none.

    Raises:
        InputError: There are several.
    """
    files = request.files.getlist(name)
    if len(files) > 1:
        raise InputError(
            _("Send one file at a time."), {name: [_("Choose one.")]}, code="several_files"
        )
    return files[0] if files else None


def id_asked(name: str) -> int | None:
    """The number of a record in the address, or None where there is none.

    Raises:
        InputError: It is no number that a record can have.
    """
    text = request.args.get(name, "")
    return RecordNumber().read(text) if text else None


def page_asked() -> int:
    """The page of a long list that is asked for."""
    return request.args.get("page", 1, type=int)
