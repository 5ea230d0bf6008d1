"""People as forms, programs and commands speak of them."""

from cva.beneficiaries.status import SAYABLE
from cva.core.i18n import N_
from cva.core.input_schema import Choice, DayText, InputSchema, RecordNumber, Text, Whole


class PersonNumberSchema(InputSchema):
    """Who is looked for."""

    number = Text(
        N_("Registration number"),
        required=True,
        attributes={"maxlength": 120},
        metadata={"description": "Registration number."},
    )


class RegisterSearchSchema(InputSchema):
    """Who is looked for, in the body, so that no address holds a name."""

    text = Text(
        N_("Number, document, telephone or name"),
        hint=N_("two parts of a name at least; blank for everybody"),
        attributes={"maxlength": 200},
        metadata={
            "description": "A registration number, a document, a telephone, or at least two parts "
            "of a name in any spelling; blank for everybody."
        },
    )
    settlement = Text(
        N_("Settlement"),
        attributes={"maxlength": 120},
        metadata={"description": "Where the people live, as sheets write it."},
    )


class FindPeopleSchema(RegisterSearchSchema):
    """Who is looked for on a page, where the society is chosen."""

    society = RecordNumber(N_("Society"))
    from_page = Whole(load_default=1)


class StatusSchema(InputSchema):
    """What became of a person."""

    kind = Choice(
        "",
        SAYABLE,
        control="radio",
        required=True,
        missing=N_("Choose what became of the person."),
    )
    from_on = DayText(
        N_("Since"),
        required=True,
        missing=N_("Write the day since when, not one to come."),
        metadata={"example": "2022-11-20"},
    )
    note = Text(
        N_("How it is known"),
        required=True,
        missing=N_("Say how it is known."),
        attributes={"maxlength": 500},
        metadata={"description": "How it is known."},
    )
    successor = Text(
        N_("Who receives for the household from then on, by number"),
        attributes={"maxlength": 120},
    )
