"""Settles how the days of one column are written; what the column does not show is asked."""

import datetime as dt
from collections.abc import Mapping

from cva.sheets.cells.date_cells import (
    JALALI_EXAMPLE,
    DateReader,
    is_jalali,
    month_alone,
    serial_day,
)
from cva.sheets.cells.date_orders import (
    YEAR_FIRST,
    DateOrder,
    calendar_of,
    date_order_of,
    is_of,
    may_be_turned,
    short_year_order,
)
from cva.sheets.checking.table import FieldColumn
from cva.sheets.files.cell_addresses import letter
from cva.sheets.files.parsed_workbook import typed
from cva.sheets.recognition.recognise import Recognised
from cva.sheets.vocabulary.choices import Choices
from cva.sheets.vocabulary.questions import EXAMPLES, NO, YES, Question

BIRTH = "date_of_birth"
#: Hand-outs that are older are hardly sent.
OF_LATE_DAYS = 5 * 366
#: So many months without a day are asked about; where there are more, each cell is an error.
MOST_MONTHS = 12
Examples = Mapping[str, tuple[tuple[str, str], ...]]


class DateColumn:
    """One column of days.

    Attributes:
        reader: Reads its cells.
        questions: What has to be known first.
    """

    def __init__(self, column: FieldColumn, known: Recognised, choices: Choices) -> None:
        self._column, self._known, self._choices = column, known, choices
        self.questions: list[Question] = []
        is_birth, is_persian = column.name == BIRTH, "fa" in known.languages
        settled = choices.settled.get(self.own("date_order"), choices.settled.get("date_order"))
        order = None if is_birth else self._short_years(settled)
        lines, heading, today = known.lines, column.place.heading, choices.today
        calendar = "" if is_birth else calendar_of(lines, column.distinct, heading, today)
        ours = [one for one in column.distinct if not is_of(calendar, typed(one), today)]
        order = order or date_order_of(ours, heading, settled)
        self.reader = DateReader(
            order=order,
            jalali=is_persian,
            today=choices.today,
            starts_on=None if is_birth else choices.starts_on,
            ends_on=None if is_birth else choices.ends_on,
            is_birth=is_birth,
            serials=self._settled("serial", self._serials(is_birth=is_birth)),
            turned=self._settled("turned", self._turned()) is True,
            calendar=calendar,
            months={} if is_birth else self._months(),
            example=JALALI_EXAMPLE if is_persian and is_jalali(column.distinct) else "",
        )
        if order.open:
            self._ask_order(order)

    def _short_years(self, settled: str | None) -> DateOrder | None:
        """The order where a year of two digits may come first, and makes a day of late."""
        today = self._choices.today
        first = self._choices.starts_on or today - dt.timedelta(days=OF_LATE_DAYS)
        last = min(self._choices.ends_on or today, today)
        return short_year_order(
            *(self._column.distinct, self._column.place.heading, settled, first, last)
        )

    def own(self, kind: str) -> str:
        """The name of a question that is about this column alone."""
        return f"{kind}:{letter(self._column.place.column)}"

    def _ask_order(self, order: DateOrder) -> None:
        examples = self.reader.examples(self._column.distinct)
        options = tuple(examples)
        details = {"short_years": "1"} if YEAR_FIRST in options else {}
        if order.contradicted:
            examples |= {"": tuple((text, "") for text in order.contradicted)}
            details["contradicted"] = "1"
        self._ask("date_order", options, examples, details)

    def _settled(self, kind: str, examples: Examples) -> bool | None:
        """Whether the sender said so; None where it is asked, as the column gives reason to."""
        if not examples:
            return False
        choice = self.own(kind)
        answer = self._choices.settled.get(choice)
        if answer not in {YES, NO}:
            self._ask(choice, (YES, NO), examples, {})
            return None
        return answer == YES

    def _ask(
        self, choice: str, options: tuple[str, ...], examples: Examples, details: Mapping[str, str]
    ) -> None:
        blocks = self._known.layout.needs(self._column.name)
        heading = self._column.place.heading
        self.questions.append(Question(choice, options, heading, blocks, examples, details))

    def _months(self) -> Mapping[str, str]:
        """For each month that cells show without a day the day that was said, or is asked."""
        months = sorted(filter(None, set(map(month_alone, self._column.distinct))))
        if len(months) > MOST_MONTHS:
            return {}
        days = {}
        for month in months:
            choice = f"{self.own('day')}:{month}"
            days[month] = day_of(self._choices.settled.get(choice, ""))
            if not days[month]:
                blocks = self._known.layout.needs(self._column.name)
                details = {"type": "date", "month": month}
                heading = self._column.place.heading
                self.questions.append(Question(choice, (), heading, blocks, details=details))
        return days

    def _serials(self, *, is_birth: bool) -> Examples:
        """Numbers that are days as Excel counts them, and which."""
        found = [
            (typed(value).strip(), day.isoformat())
            for value in self._column.distinct
            if (day := serial_day(value, self._choices.today, is_birth=is_birth))
        ]
        return {YES: tuple(found[:EXAMPLES])} if found else {}

    def _turned(self) -> Examples:
        """True dates in which day and month may have been turned around, read both ways."""
        if not may_be_turned(self._column.distinct):
            return {}
        days = [typed(value) for value in self._column.distinct if not isinstance(value, str)]
        turned = [f"{day[:4]}-{day[8:10]}-{day[5:7]}" for day in days[:EXAMPLES]]
        shown = tuple(zip(days, turned, strict=False))
        texts = [value.strip() for value in self._column.distinct if isinstance(value, str)]
        return {"": tuple((text, "") for text in texts if text)[:EXAMPLES], YES: shown}


def day_of(text: str) -> str:
    """An answer that is an ISO day; else nothing."""
    try:
        return dt.date.fromisoformat(text).isoformat()
    except ValueError:
        return ""
