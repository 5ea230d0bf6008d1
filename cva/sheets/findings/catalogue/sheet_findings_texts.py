"""What is told of a sheet as a whole."""

from cva.core.i18n import N_
from cva.sheets.findings.catalogue.entry import INFO, WARNING, entries

_WARNING_TEXTS = {
    "total-mismatch": (
        N_("A stated total differs"),
        N_(
            'The sheet says "{value}", the rows above add up to {sum}. Correct the total or the '
            "rows, or confirm that the rows are right."
        ),
    ),
    "hidden-row": (
        N_("A hidden row is counted"),
        N_("This row is hidden in the workbook and is read all the same. Show it, or delete it."),
    ),
    "hidden-column": (
        N_("A hidden column is read"),
        N_("This column is hidden in the workbook and is read all the same."),
    ),
    "hidden-sheet": (
        N_("The workbook has a hidden sheet"),
        N_('The sheet "{hidden}" is hidden. Show or delete it, so that everybody sees the same.'),
    ),
    "unit-converted": (
        N_("Toman were counted as rials"),
        N_("The amounts are in toman; each was multiplied by {times} and is kept in {currency}."),
    ),
    "rows-skipped": (
        N_("A row was left out"),
        N_(
            'This row was not taken over: it begins with "{value}" and names nobody or stands '
            "below the end of the list. Move it into the list if it belongs there."
        ),
    ),
    "currency-foreign": (
        N_("Another currency than the programme's"),
        N_("There are amounts in {value}; the programme is in {currency}. Is it the right one?"),
    ),
    "template-elsewhere": (
        N_("A template of somewhere else"),
        N_(
            "The template was made for {made_for}, and the sheet was sent for {sent_for}. If that "
            "is not meant, withdraw it and send it for the right one."
        ),
    ),
    "field-list-altered": (
        N_("The field list was altered inside"),
        N_(
            "What this field list says of itself is not what was written into it. Take the list "
            "anew and copy what was filled in, or confirm that the rows are right."
        ),
    ),
    "list-outdated": (
        N_("The list was changed since"),
        N_(
            "This field list is of version {made} of the list, which is at version {now} by now. "
            "Check the rows that differ."
        ),
    ),
    "list-row-missing": (
        N_("Rows of the field list are missing"),
        N_(
            "Put the rows back, or confirm. People of the field list without a row: {count}. They "
            "stay without an answer: {numbers}."
        ),
    ),
}
_INFO_TEXTS = {
    "planned-amount-taken": (
        N_("The planned amount is taken"),
        N_(
            "Rows that were received and whose amount is blank: {count}. The planned amount is "
            "taken. Write the amount where another one was given."
        ),
    ),
    "column-unknown": (
        N_("A column is not taken over"),
        N_('The heading "{value}" is not known; what stands in this column is not taken over.'),
    ),
}
SHEETS = entries(WARNING, _WARNING_TEXTS) | entries(INFO, _INFO_TEXTS)
