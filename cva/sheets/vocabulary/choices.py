"""What is known beside the file."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256

from cva.core.clock import today
from cva.sheets.vocabulary.field_list_marks import FieldListEntry


def plain_digest(text: str) -> str:
    """A digest of a text where no answer is stored, as for a file that is only looked at."""
    return sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Remembered:
    """What a person once decided about a set of headings.

    Attributes:
        kind: The kind of sheet.
        fields: By ``headings.names_of`` what a column holds: a field, or ``none``.
    """

    kind: str | None
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Choices:
    """What is known beside the file.

    Attributes:
        kind: The kind of sheet; found from its headings where it is not given.
        sheet: The name of the sheet within the workbook.
        settled: Answers to questions: ``currency`` (a code, ``own`` for what each cell shows,
            or ``lists`` for what each list names), ``date_order`` (dmy, mdy, ymd; of a second
            column of days ``date_order:E``), ``decimal_mark`` (point, comma; of fees
            ``decimal_mark:E``), ``scale:C`` (1, 1000, 0.01 ..., ``lists``), ``old_unit:SYP`` (new,
            old), ``struck`` (in, out), ``struck_text`` (left, mend), ``column:C`` (a field, or
            ``none``), ``header_row`` and the other ``questions.choice_kinds``.
        remembered: By ``headings.key_of`` what was decided about such headings before.
        amended: Cells such as ``L18`` and the text that replaces theirs.
        offered: By field the value that the round gives to everybody, offered where it is asked.
        sites: Where the round is handed out, if at several places.
        currency: The programme's currency, used when the sheet names none.
        country: ISO 3166 alpha-2, for phone numbers without a country code.
        today: The day in the society's time zone.
        starts_on: First day of the programme.
        ends_on: Last day of the programme.
        is_list: A list made before the hand-out; a receipt column is not read.
        is_template: The file says that it is one of our templates.
        is_field_list: It is one with the people of a round; who has no answer is no fault.
        entries: What was written into the rows of a field list.
        digest: Makes of a text what stands for it in the key of a question. Keys are stored in
            plain, so where they are it is keyed, and nobody can try out which text it was.
    """

    kind: str | None = None
    sheet: str | None = None
    settled: Mapping[str, str] = field(default_factory=dict)
    remembered: Mapping[str, Remembered] = field(default_factory=dict)
    amended: Mapping[str, str] = field(default_factory=dict)
    offered: Mapping[str, str] = field(default_factory=dict)
    sites: Sequence[str] = ()
    currency: str | None = None
    country: str | None = None
    today: dt.date = field(default_factory=partial(today, "UTC"))
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    is_list: bool = False
    is_template: bool = False
    is_field_list: bool = False
    entries: Sequence[FieldListEntry] = ()
    digest: Callable[[str], str] = plain_digest

    @property
    def header_row(self) -> int | None:
        """The row of headings that a person named."""
        row = self.settled.get("header_row", "")
        return int(row) if row.isdecimal() else None
