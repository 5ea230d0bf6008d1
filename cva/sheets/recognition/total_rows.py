"""Which rows state a sum, and which are those of a person whose number is written like a total."""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property

from cva.sheets.cells.amount_cells import is_number, number_in
from cva.sheets.recognition.recognise import Recognised
from cva.sheets.recognition.repeated_headings import Cells
from cva.sheets.recognition.running_sums import RunningSums
from cva.sheets.vocabulary.text_forms import fold
from cva.sheets.vocabulary.word_lists import vocabulary

NAME, DAY, NUMBER = "name", "day", "number"


class TotalRows:
    """Tells rows of a sheet that state a sum from those of people.

    Args:
        known: The sheet.
        key: The column with the numbers of people, where there is one.
        rows: The rows of data so far, of which more may be added.
    """

    def __init__(self, known: Recognised, key: int | None, rows: Sequence[int]) -> None:
        self._known, self._key, self._rows = known, key, rows
        self._begins = vocabulary().markers("total")
        self._ends = vocabulary().last_words("total")
        self._of_cash = vocabulary().markers("cash_line"), vocabulary().markers("paid_out")
        amount = known.places.get("amount")
        self._amount = amount.column if amount else None

    def is_word(self, text: str) -> bool:
        """Whether a text begins or ends with a word for the total."""
        plain = fold(text)
        return bool(self._begins.match(plain) or self._ends.fullmatch(plain))

    def names_nobody(self, text: str) -> bool:
        """Whether a text is a word for the total, or about money in hand."""
        return self.is_word(text) or self._is_of_cash(text)

    def _is_of_cash(self, text: str) -> bool:
        """Whether a text is about money that was withdrawn, paid out or returned.

        Somebody may be called Balance: what follows such a word is no name.
        """
        plain = fold(text)
        for pattern in self._of_cash:
            if found := pattern.match(plain):
                words = len(found[0].split())
                rest = " ".join(text.split()[words:])
                return words > 1 or not rest.istitle()
        return False

    def is_cash_line(self, cells: Cells) -> bool:
        """Whether a row is about money in hand, such as "Cash withdrawn", and about nobody."""
        places = (self._known.places.get(name) for name in _OF_PERSON[NAME][0])
        naming = {self._key, *(place.column for place in places if place)}
        texts = [text for column, text in cells if column in naming]
        return bool(texts) and all(map(self._is_of_cash, texts))

    def states_paid(self, cells: Cells) -> bool:
        """Whether a line about money in hand says how much was paid out."""
        return any(self._of_cash[1].match(fold(text)) for _, text in cells)

    def has_word(self, cells: Cells) -> bool:
        """Whether a word for the total is among the first of the cells of a row."""
        return any(self.is_word(text) for _, text in cells[:2])

    def is_named(self, cells: Cells) -> bool:
        """Whether a row has a word for the total, and no number of a person beside it."""
        number = "" if self._key is None else dict(cells).get(self._key, "")
        is_of_person = bool(number) and not self.is_word(number) and not number.isdecimal()
        return self.has_word(cells) and not is_of_person

    def is_bare_sum(self, row: int, cells: Cells, starts: set[int]) -> bool:
        """Whether a row of numbers alone states the sum of the rows above, and names nobody."""
        own = dict(cells)
        if self._amount not in own or not all(map(is_number, own.values())):
            return False
        return self._key not in own and self.states_sum(row, starts)

    def states_sum(self, row: int, starts: set[int]) -> bool:
        """Whether the amount of a row is the sum of those above, from one of the places on."""
        if self._amount is None:
            return False
        return self._added.is_sum(number_in(self._known.sheet, row, self._amount), starts)

    @cached_property
    def _added(self) -> RunningSums:
        """The sums of the amounts so far."""
        return RunningSums(self._known.sheet.columns[self._amount or 0], self._rows)

    def of_a_person(self, cells: Cells) -> frozenset[str]:
        """What a row has that a person has and a sum has not: a name, a day, another number.

        A count of people and words for the total are none.
        """
        places = self._known.places
        own = {at: text for at, text in cells if not self.is_word(text)}
        found = set()
        for what, (names, is_one) in _OF_PERSON.items():
            columns = (places[name].column for name in names if name in places)
            is_stated = what == DAY and "round" in places  # that of its month, in every row
            if not is_stated and any(is_one(own[at]) for at in columns if at in own):
                found.add(what)
        return frozenset(found)


def _is_name(text: str) -> bool:
    return not any(map(str.isdigit, text))


def _is_day(text: str) -> bool:
    return any(map(str.isdigit, text))


def _is_number(text: str) -> bool:
    """Whether it may be somebody's number, and no count of people."""
    return any(map(str.isdigit, text)) and not text.isdecimal()


_OF_PERSON: Mapping[str, tuple[Sequence[str], Callable[[str], bool]]] = {
    NAME: (("full_name", "first_name", "family_name"), _is_name),
    DAY: (("distribution_date", "redeemed_on"), _is_day),
    NUMBER: (
        ("registration_no", "household_id", "id_number", "phone", "voucher_number"),
        _is_number,
    ),
}
