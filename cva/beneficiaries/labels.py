"""Names of what people are found by."""

from cva.core.i18n import gettext as _


def found_by_name(why: str | None) -> str:
    """What of a person was looked for; blank where everybody is listed."""
    return {
        "number": _("number"),
        "document": _("document"),
        "phone": _("phone"),
        "name": _("name"),
        "alike": _("name, spelt otherwise"),
    }.get(why or "", "")
