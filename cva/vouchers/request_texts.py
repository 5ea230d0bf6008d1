"""What people say when they ask for an act over vouchers, read and refused in plain words."""

from collections.abc import Mapping
from datetime import date

from sqlmodel import Session

from cva.core import clock
from cva.core.dates import parse_day
from cva.core.errors import InputError
from cva.core.form_errors import FormErrors
from cva.core.i18n import gettext as _
from cva.societies import service as societies

LONGEST_TEXT = 200


def day_said(session: Session, society_id: int, said: Mapping[str, str]) -> date:
    """The day ``on``; today where none is said.

    Raises:
        InputError: It is no day, or lies in the future.
    """
    today = clock.today(societies.get_society(session, society_id).time_zone)
    faults = FormErrors()
    day = faults.read("on", lambda: parse_day(said.get("on", "")), None) or today
    faults.refuse()
    if day > today:
        message = _("The day lies in the future. Write the day on which it happened.")
        raise InputError(message, {"on": [message]})
    return day


def text_said(said: Mapping[str, str], name: str, missing: str) -> str:
    """A text that has to be there.

    Raises:
        InputError: It is blank or too long; ``missing`` says what to write.
    """
    text = said.get(name, "").strip()
    if not text or len(text) > LONGEST_TEXT:
        raise InputError(missing, {name: [missing]})
    return text
