"""What somebody should look at in a row that can be posted."""

from cva.core.i18n import N_
from cva.sheets.findings.catalogue.entry import WARNING, entries

_WARNING_TEXTS = {
    "less-than-planned": (
        N_("Less than planned"),
        N_("{given} was given, {planned} was planned. Correct the amount if it is a slip."),
    ),
    "more-than-planned": (
        N_("More than planned"),
        N_("{given} was given, {planned} was planned. Correct the amount if it is a slip."),
    ),
    "locked-cell-changed": (
        N_("A locked cell was changed"),
        N_('Here stood "{before}" when the list was written, now it is "{value}". Put it back.'),
    ),
    "list-row-added": (
        N_("A row was added to the field list"),
        N_('"{value}" was not in the field list as it was written. Check who this is.'),
    ),
    "plan-changed": (
        N_("The plan for this person changed"),
        N_("{before} was planned for {value} when this list was written; now it is {now}."),
    ),
    "possible-duplicate": (
        N_("Perhaps the same twice"),
        N_('"{value}" stands already in row {other_row}, with another day or amount. Check both.'),
    ),
    "rest-returned": (
        N_("Perhaps only what nobody collected"),
        N_(
            "Leave this row out if it is about the {rest} that nobody collected: that money was "
            "never paid. Confirm it if {value} came back from the person."
        ),
    ),
    "voucher-in-parts": (
        N_("The voucher is claimed in parts"),
        N_(
            'The voucher "{value}" stands already in row {other_row}, with another day or amount. '
            "Both are taken as parts of its value. Check both."
        ),
    ),
    "identity-differs": (
        N_("Another person under this number"),
        N_('"{value}" is registered as {registered}, here it is {here}. Is it the same person?'),
    ),
    "paid-by-provider": (
        N_("A provider may be paying this person"),
        N_(
            "Name the round, if this is for the same, so that nobody is paid twice: payment list "
            '{list} of round {round} pays "{value}", and has no answer yet.'
        ),
    ),
    "household-differs": (
        N_("Another household size"),
        N_(
            'The household of "{value}" was {before} when it was last recorded, here it is {now}. '
            "Correct the number if it is a slip; the person stays the same."
        ),
    ),
    "collects-for-many": (
        N_("One person collects for many"),
        N_('"{value}" collected for {count} people. Check who is entitled to collect for them.'),
    ),
    "collector-unexplained": (
        N_("Another person collected"),
        N_('"{value}" collected for somebody else. Write the relation, or on whose authority.'),
    ),
    "minor-collected": (
        N_("A minor heads the household"),
        N_('"{value}" was under 18 on {day} and collected alone. Write on whose authority.'),
    ),
    "mark-not-witnessed": (
        N_("Nobody witnessed it"),
        N_("Write who witnessed the thumbprint, or the hand-out without a mark."),
    ),
    "mixed-letters": (
        N_("Letters that look alike"),
        N_(
            '"{value}" has letters of another alphabet that look like the usual ones. Type it '
            "again in one alphabet."
        ),
    ),
    "phone-shared": (
        N_("Several people with one phone"),
        N_('The phone number "{value}" is registered for somebody else too.'),
    ),
    "person-not-active": (
        N_("The person is deceased or has moved"),
        N_('"{value}" is deceased or has moved since {day}. Check who received.'),
    ),
    "not-approved": (
        N_("The form was not approved"),
        N_('The form is marked "{value}" in KoboToolbox, not approved.'),
    ),
}
WARNINGS = entries(WARNING, _WARNING_TEXTS)
