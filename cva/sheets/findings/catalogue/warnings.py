"""What somebody should look at in a row that can be posted."""

from cva.core.i18n import N_
from cva.sheets.findings.catalogue.entry import WARNING, CatalogueEntry

WARNINGS: dict[str, CatalogueEntry] = {
    "less-than-planned": CatalogueEntry(
        N_("Less than planned"),
        WARNING,
        N_("{given} was given, {planned} was planned. Correct the amount if it is a slip."),
    ),
    "more-than-planned": CatalogueEntry(
        N_("More than planned"),
        WARNING,
        N_("{given} was given, {planned} was planned. Correct the amount if it is a slip."),
    ),
    "locked-cell-changed": CatalogueEntry(
        N_("A locked cell was changed"),
        WARNING,
        N_('Here stood "{before}" when the list was written, now it is "{value}". Put it back.'),
    ),
    "list-row-added": CatalogueEntry(
        N_("A row was added to the field list"),
        WARNING,
        N_('"{value}" was not in the field list as it was written. Check who this is.'),
    ),
    "plan-changed": CatalogueEntry(
        N_("The plan for this person changed"),
        WARNING,
        N_("{before} was planned for {value} when this list was written; now it is {now}."),
    ),
    "possible-duplicate": CatalogueEntry(
        N_("Perhaps the same twice"),
        WARNING,
        N_('"{value}" stands already in row {other_row}, with another day or amount. Check both.'),
    ),
    "rest-returned": CatalogueEntry(
        N_("Perhaps only what nobody collected"),
        WARNING,
        N_(
            "Leave this row out if it is about the {rest} that nobody collected: that money was "
            "never paid. Confirm it if {value} came back from the person."
        ),
    ),
    "voucher-in-parts": CatalogueEntry(
        N_("The voucher is claimed in parts"),
        WARNING,
        N_(
            'The voucher "{value}" stands already in row {other_row}, with another day or amount. '
            "Both are taken as parts of its value. Check both."
        ),
    ),
    "identity-differs": CatalogueEntry(
        N_("Another person under this number"),
        WARNING,
        N_('"{value}" is registered as {registered}, here it is {here}. Is it the same person?'),
    ),
    "paid-by-provider": CatalogueEntry(
        N_("A provider may be paying this person"),
        WARNING,
        N_(
            "Name the round, if this is for the same, so that nobody is paid twice: payment list "
            '{list} of round {round} pays "{value}", and has no answer yet.'
        ),
    ),
    "household-differs": CatalogueEntry(
        N_("Another household size"),
        WARNING,
        N_(
            'The household of "{value}" was {before} when it was last recorded, here it is {now}. '
            "Correct the number if it is a slip; the person stays the same."
        ),
    ),
    "collects-for-many": CatalogueEntry(
        N_("One person collects for many"),
        WARNING,
        N_('"{value}" collected for {count} people. Check who is entitled to collect for them.'),
    ),
    "collector-unexplained": CatalogueEntry(
        N_("Another person collected"),
        WARNING,
        N_('"{value}" collected for somebody else. Write the relation, or on whose authority.'),
    ),
    "minor-collected": CatalogueEntry(
        N_("A minor heads the household"),
        WARNING,
        N_('"{value}" was under 18 on {day} and collected alone. Write on whose authority.'),
    ),
    "mark-not-witnessed": CatalogueEntry(
        N_("Nobody witnessed it"),
        WARNING,
        N_("Write who witnessed the thumbprint, or the hand-out without a mark."),
    ),
    "mixed-letters": CatalogueEntry(
        N_("Letters that look alike"),
        WARNING,
        N_(
            '"{value}" has letters of another alphabet that look like the usual ones. Type it '
            "again in one alphabet."
        ),
    ),
    "phone-shared": CatalogueEntry(
        N_("Several people with one phone"),
        WARNING,
        N_('The phone number "{value}" is registered for somebody else too.'),
    ),
    "person-not-active": CatalogueEntry(
        N_("The person is deceased or has moved"),
        WARNING,
        N_('"{value}" is deceased or has moved since {day}. Check who received.'),
    ),
    "not-approved": CatalogueEntry(
        N_("The form was not approved"),
        WARNING,
        N_('The form is marked "{value}" in KoboToolbox, not approved.'),
    ),
}
