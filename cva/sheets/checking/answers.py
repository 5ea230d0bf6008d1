"""Whether an answer that was typed can be used."""

import datetime as dt

from cva.core.i18n import gettext as _
from cva.sheets.cells.amount_cells import is_number
from cva.sheets.vocabulary.questions import Question


def fault_of(question: Question, answer: str) -> str | None:
    """What is wrong with an answer, in the reader's language; None where nothing is."""
    if not answer:
        return question.message
    if question.options:
        return None if answer in question.options else question.message
    if question.control == "date":
        try:
            dt.date.fromisoformat(answer)
        except ValueError:
            return _("Write the day as year, month and day, for example 2026-03-31.")
    if question.details.get("type") == "rows" and not any(map(str.isdigit, answer)):
        return _("Write numbers of rows, such as 4, 9-12, or 0 if in none.")
    if question.details.get("type") == "amount" and not is_number(answer):
        return _("Write a number, for example 10000.00.")
    return None
