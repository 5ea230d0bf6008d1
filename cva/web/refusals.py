"""What a refusal is called: the heading of an error's page, and of a form that is shown again."""

from flask import request

from cva.core.errors import InputError, RuleError
from cva.core.i18n import gettext as _


def refusal_title(status: int, code: str) -> str:
    """What happened, in a few words.

    Args:
        status: Of the answer.
        code: Of the error; several share a status.
    """
    if request.endpoint == "sign_in.enter" and code == InputError.kind:
        return _("You are not signed in")
    if status == 404 and request.url_rule is None:  # noqa: PLR2004
        return _("There is no such page")
    of_codes = {
        "form_expired": _("This form is too old"),
        RuleError.kind: _("This cannot be done"),
    }
    of_statuses = {
        400: _("The request is incomplete"),
        403: _("Not for your role"),
        404: _("There is no such record"),
        405: _("This cannot be done here"),
        409: _("Something changed"),
        413: _("This is too large"),
        415: _("This is not a file"),
        422: _("Something has to be corrected"),
        429: _("Too many tries"),
    }
    ours = _("The ledger failed") if status >= 500 else _("This did not work")  # noqa: PLR2004
    return of_codes.get(code) or of_statuses.get(status) or ours
