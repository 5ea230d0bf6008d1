"""Whether a row with a word for a total is one, or a person whose number is written like it."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from cva.sheets.recognition.recognise import Recognised
from cva.sheets.vocabulary.text_forms import fold

NAME, DAY, NUMBER = "name", "day", "number"


def what_of_a_person(
    known: Recognised, cells: Iterable[tuple[int, str]], is_total: Callable[[str], bool]
) -> frozenset[str]:
    """What a row has that a person has and a sum has not: a name, a day, another number.

    A count of people and words for the total are none.
    """
    own = {at: text for at, text in cells if not is_total(fold(text))}
    found = set()
    for what, (names, is_one) in _OF_PERSON.items():
        places = (known.places[name].column for name in names if name in known.places)
        is_stated = what == DAY and "round" in known.places  # that of its month, in every row
        if not is_stated and any(is_one(own[at]) for at in places if at in own):
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
