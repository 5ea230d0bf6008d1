"""Lists of rounds as read by forms, programs and commands: made, given back, changed."""

from cva.core.i18n import N_
from cva.core.input_schema import InputSchema, RecordNumber, SeenVersion, Text, Whole

_PLACE = {"maxlength": 120}
_HOUSEHOLD = {"min": 1, "max": 99}


class PeopleFilterSchema(InputSchema):
    """Which of the registered people; what is left blank does not narrow the choice."""

    region = Text(N_("Region"), attributes=_PLACE, load_default=None)
    district = Text(N_("District"), attributes=_PLACE, load_default=None)
    settlement = Text(N_("Settlement"), attributes=_PLACE, load_default=None)
    sex = Text(load_default=None)
    smallest_household = Whole(N_("Household of at least"), attributes=_HOUSEHOLD)
    largest_household = Whole(N_("Household of at most"), attributes=_HOUSEHOLD)


class ListDraftSchema(PeopleFilterSchema):
    """What a list is made of."""

    source = Text()
    other = RecordNumber(N_("Round"))


class ListVersionSchema(InputSchema):
    """The draft of a list that was seen; it goes up with every new one."""

    drafts = SeenVersion("The draft that was seen; refused where there is another by now.")


class SeenListSchema(InputSchema):
    """The draft of a list that a page showed."""

    drafts = RecordNumber(
        required=True, missing=N_("This form is too old. Go back, reload, send it again.")
    )


class SendBackSchema(InputSchema):
    """Why a submitted list goes back; nobody need say so of the own one."""

    answer = Text(N_("Why"), attributes={"maxlength": 500})


class ListChangeSchema(InputSchema):
    """A named change of an approved list."""

    name = Text(N_("Name of the change"), required=True, attributes={"maxlength": 120})
    changes = Text(
        N_("Changes, one person in a line"),
        control="textarea",
        required=True,
        attributes={"rows": 4, "maxlength": 400_000},
    )
    reason = Text(N_("Why"), required=True, attributes={"maxlength": 500})
