"""What a sheet asks where it cannot settle something by itself, and what may be answered."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from cva.core.i18n import apart, language
from cva.core.i18n import gettext as _
from cva.sheets.vocabulary.word_lists import vocabulary

#: Said of a column that is not taken over.
NOTHING = "none"

#: Said of rows that differ: each of them is mended in its own cell.
EACH = "each"
#: Said of people who are in no record yet.
NEW = "new"
#: Said of several lists: each has what its own lines name.
OWN = "own"

#: Said of numbers that are written in several ways.
SAME, SEVERAL = "same", "several"
#: Whether what is asked is so.
YES, NO = "yes", "no"

#: Said of a text that may be about a receipt, and is not.
NOTHING_OF_IT = "nothing"

#: So many of the sheet's own texts go with a question.
EXAMPLES = 3
#: So many texts are listed where they are asked about together.
MOST_LISTED = 40
#: So many rows are named in a question.
MOST_ROWS = 8


@dataclass(frozen=True, slots=True)
class Question:
    """A choice that the sheet cannot settle by itself.

    Attributes:
        choice: The key under which the answer is given back in ``Choices.settled``, except
            ``sheet`` and ``kind``: a name of ``choice_kinds``, and what it is about behind a
            colon, such as ``column:C``. It is stored in plain, so no text of a person is in it.
        options: What may be answered; empty where any text may be.
        heading: The heading that raised the question.
        blocks: Whether rows can be ready before it is answered.
        examples: By option, texts of the sheet and how each would be read (an ISO day, a plain
            number); under an empty option, texts without a reading.
        details: More to put into the message, such as ``rows``; no text of a person.
        offered: The answer that is filled in; the sender confirms or changes it.
    """

    choice: str
    options: tuple[str, ...]
    heading: str = ""
    blocks: bool = True
    examples: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    details: Mapping[str, str] = field(default_factory=dict)
    offered: str = ""

    @property
    def kind(self) -> str:
        """What is asked, without what it is about."""
        return self.choice.partition(":")[0]

    @property
    def columns(self) -> frozenset[str]:
        """The letters of the columns that it is about, or that may be chosen."""
        names = {*self.choice.split(":")[1:], *self.options}
        names.update(self.details.get("columns", "").split(", "))
        return frozenset(
            name for name in names if name.isascii() and name.isalpha() and name.isupper()
        )

    @property
    def message(self) -> str:
        """The question in the reader's language."""
        field = self.details.get("field", "")
        details = {**self.details, "field": apart(vocabulary().heading_of(field, language()))}
        narrower = (_NARROWER[name] for name in _NARROWER if name in self.details)
        usual = _OF_FIELDS.get((self.kind, field)) or _MESSAGES[self.kind]
        if "list" in self.details:
            usual = _OF_ONE_LIST.get(field, _OF_ONE_LIST[""])
        return next(narrower, usual)().format(heading=apart(self.heading), **details)

    @property
    def control(self) -> str:
        """The type of the field to type the answer into, where nothing is offered to choose."""
        return "date" if self.details.get("type") == "date" else "text"


_MESSAGES: Mapping[str, Callable[[], str]] = {
    "alike": lambda: _(
        'Some numbers in "{heading}" differ only in dashes, zeros or letters that look alike. '
        "Is each group below the same person or voucher, or are they several?"
    ),
    "beside": lambda: _("Several lists stand beside each other. Which ones are meant?"),
    "blank": lambda: _(
        '"{heading}" is filled in for some rows and blank in others: {rows}. '
        "Did these people receive?"
    ),
    "column": lambda: _('What does the column "{heading}" hold?'),
    "currency": lambda: _("Which currency are the amounts in? The sheet does not say."),
    "date_order": lambda: _(
        'What comes first in "{heading}", the day (dmy) or the month (mdy)? '
        "No cell of the column tells."
    ),
    "day": lambda: _('When was "{heading}" handed out?'),
    "decimal_mark": lambda: _(
        'What stands before the decimals in "{heading}", a point or a comma? Its cells, such as '
        "those below, do not settle it."
    ),
    "find": lambda: _('No heading names "{field}". Which column holds it?'),
    "household": lambda: _(
        "Some rows have no number or amount of their own (columns {columns}). "
        "Is each such block one household that was paid once?"
    ),
    "line": lambda: _("Does the line below say whether these people received? Rows: {rows}."),
    "lists": lambda: _(
        'There are several lists, and no column holds "{field}". Is it the same for all of them?'
    ),
    "legend": lambda: _(
        "The lines below ({cells}) may speak of people who did not receive. In which rows are "
        "they? Write the numbers of the rows, such as 4, 9-12, or 0 if in none. For a part, "
        "correct the amount in its row instead."
    ),
    "one": lambda: _('No column holds "{field}". What is it for the whole list?'),
    "per_person": lambda: _(
        'The amounts in "{heading}" are for each person. Is the amount of a row multiplied by its '
        "number of members?"
    ),
    "per_unit": lambda: _(
        'The amounts in "{heading}" are for one piece. By which column is the amount of a row '
        "multiplied?"
    ),
    "payment_list": lambda: _(
        "The rows name telephones only. Which payment list are they the results of?"
    ),
    "people": lambda: _("These rows may name people who are registered. Are they the same?"),
    "periods": lambda: _(
        "The columns {columns} look like months or rounds. Is each a payment of its own?"
    ),
    "person": lambda: _("Row {rows} may name one of several people who are registered. Who is it?"),
    "sheet": lambda: _("Several sheets hold a list. Which ones are meant?"),
    "old_unit": lambda: _(
        "From {first} to {last} there were two units of {currency}: one new is {ratio} old. Which "
        'one are the amounts in "{heading}" of these days in?'
    ),
    "scale": lambda: _(
        'How are the amounts in "{heading}" counted? The sheet speaks of a larger unit, such as '
        "thousands."
    ),
    "struck": lambda: _("These rows are struck out in the sheet: {rows}. Do they count?"),
    "struck_text": lambda: _(
        "In some cells a part of the text is struck out or cannot be seen. Does only what is left "
        "count?"
    ),
    "serial": lambda: _(
        '"{heading}" has numbers that are days as Excel counts them. Read them so?'
    ),
    "ditto": lambda: _(
        'Do the marks below in "{heading}" mean the same as in the row above? Rows: {rows}.'
    ),
    "turned": lambda: _(
        'In "{heading}" a program seems to have turned day and month around: no date is after the '
        "12th, and the texts below are left. Turn the dates back?"
    ),
    "twice": lambda: _(
        "Rows of the list have the same name or document, and nothing tells whether they are one "
        "person: {rows}. Are they?"
    ),
    "word": lambda: _(
        'Does the text below in "{heading}" say whether it was received? Rows: {rows}.'
    ),
    "words": lambda: _(
        'Do texts such as those below in "{heading}" say whether it was received? Rows: {rows}.'
    ),
    "vendor": lambda: _("Which vendor claims these vouchers? The sheet does not say."),
    "zero": lambda: _(
        'The amount in "{heading}" is 0 in some rows: {rows}. Did these people receive nothing?'
    ),
    "which": lambda: _('Several columns may hold "{field}". Which one counts?'),
}
_OF_FIELDS: Mapping[tuple[str, str], Callable[[], str]] = {
    ("find", "amount"): lambda: _("No heading names the amount. Where is it?"),
    ("one", "amount"): lambda: _("No column holds an amount. How much did each person get?"),
    ("one", "distribution_date"): lambda: _("No column holds the day. When was it handed out?"),
    ("one", "distribution_site"): lambda: _("No column holds the site. Where was it handed out?"),
    ("which", "amount"): lambda: _(
        "Several columns may hold the amount. In which one is what was handed out?"
    ),
}
#: By field, the question about one of several lists.
_OF_ONE_LIST: Mapping[str, Callable[[], str]] = {
    "": lambda: _('What is "{field}" for the list "{heading}"?'),
    "amount": lambda: _('How much did each person of the list "{heading}" get?'),
    "distribution_date": lambda: _('When was the list "{heading}" handed out?'),
    "distribution_site": lambda: _('Where was the list "{heading}" handed out?'),
}
#: The question instead where a detail of this name is known.
_NARROWER: Mapping[str, Callable[[], str]] = {
    "below": lambda: _(
        "Several tables stand below each other, with headings of their own. Which ones are meant?"
    ),
    "month": lambda: _('Cells in "{heading}" show only the month {month}. Which day is meant?'),
    "named": lambda: _(
        "Which currency are the amounts in? What is named below may be one of several."
    ),
    "note": lambda: _(
        'Does the note on cells of "{heading}" say whether it was received? Rows: {rows}.'
    ),
    "stated": lambda: _(
        "A line of the sheet, below, speaks of one person, day or month. Are the amounts in "
        '"{heading}" of that kind? Then by which column is the amount of a row multiplied?'
    ),
    "shared_amount": lambda: _(
        "Some rows have no amount of their own (column {columns}), but that of the row above. "
        "Is each such block one household that was paid once?"
    ),
    "people_details": lambda: _(
        "{count} rows have the name of somebody who is registered, and a document, day of birth or "
        "sex that differs. Are they the same people? Rows: {rows}."
    ),
    "people_document": lambda: _(
        "{count} rows have the document of somebody who is registered with another name or day of "
        "birth. Are they the same people? Rows: {rows}."
    ),
    "people_name": lambda: _(
        "{count} rows have the name of somebody who is registered, and nothing else tells whether "
        "they are the same people. Are they? Rows: {rows}."
    ),
    "people_phone": lambda: _(
        "{count} rows have the telephone of somebody who is registered, and there is no name to "
        "compare. Are they the same people? Rows: {rows}."
    ),
    "people_several": lambda: _(
        "{count} rows may each name one of several people who are registered. Rows: {rows}."
    ),
    "people_spelling": lambda: _(
        "{count} rows have a name that is written much like that of somebody who is registered. "
        "Are they the same people? Rows: {rows}."
    ),
    "person_details": lambda: _(
        "Row {rows} has the name of somebody who is registered, and a document, day of birth or "
        "sex that differs. Who is it?"
    ),
    "person_document": lambda: _(
        "Row {rows} has the document of somebody who is registered with another name or day of "
        "birth. Who is it?"
    ),
    "person_name": lambda: _(
        "Row {rows} has the name of somebody who is registered, and nothing else tells whether it "
        "is the same person. Who is it?"
    ),
    "person_phone": lambda: _(
        "Row {rows} has the telephone of somebody who is registered, and there is no name to "
        "compare. Who is it?"
    ),
    "person_spelling": lambda: _(
        "Row {rows} has a name that is written much like that of somebody who is registered. Who "
        "is it?"
    ),
    "short_years": lambda: _(
        'The years in "{heading}" have two digits. What comes first, the day (dmy) or the year '
        "(ymd)?"
    ),
    "smaller": lambda: _(
        'How are the amounts in "{heading}" counted? The sheet speaks of a smaller unit, such as '
        "cents."
    ),
    "contradicted": lambda: _(
        'In "{heading}" some cells have the day first and others the month, such as those below. '
        "What comes first in the rest, the day (dmy) or the month (mdy)?"
    ),
    "periods": lambda: _(
        'Are the amounts in "{heading}" for one day, month or payment? Then by which column is the '
        "amount of a row multiplied?"
    ),
    "silent": lambda: _(
        "Some lists name a currency, as below, and others name none. Which one are the amounts in?"
    ),
    "silent_rest": lambda: _(
        "Some lists name a currency, as below, and others name none. Which one are the amounts of "
        "those others in?"
    ),
    "several": lambda: _("The sheet names several currencies. Which one are the amounts in?"),
}


def named_rows(names: Sequence[str]) -> str:
    """The first of some rows, as a person finds them, for a question."""
    return ", ".join([*names[:MOST_ROWS], *(["…"] if len(names) > MOST_ROWS else [])])


def choice_kinds() -> tuple[str, ...]:
    """All that a sheet may ask, by name."""
    return tuple(_MESSAGES)
