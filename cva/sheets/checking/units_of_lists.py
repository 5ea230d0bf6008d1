"""In which currency and larger or smaller unit each of several lists is, by its own lines."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from cva.sheets.files.sheet_parts import OwnList, list_of
from cva.sheets.recognition.own_lists import that_name_something
from cva.sheets.recognition.recognise import Recognised
from cva.sheets.vocabulary.currencies import Reader, Unit, name_of, unit
from cva.sheets.vocabulary.currency_lines import units_in_lines
from cva.sheets.vocabulary.scales import ONE, scale_of_line

#: The answer that each list is in its own currency or unit.
BY_LIST = "lists"


class ListUnit(NamedTuple):
    """What one list says, and its line; nothing where it says nothing, or two things."""

    list: OwnList
    name: str
    text: str

    @property
    def unit(self) -> Unit | None:
        """The currency it is in."""
        return unit(self.name) if self.name else None


def currencies_of_lists(known: Recognised, reader: Reader, heading: Unit | None) -> list[ListUnit]:
    """The currency of each list that counts; none where no list names any.

    Args:
        known: The sheet with its lists.
        reader: Reads the names of currencies.
        heading: What the heading names, for lists that say nothing of their own.
    """
    certain = (
        [found for found in units_in_lines(reader, one.lines) if found.is_certain]
        for one in known.lists
    )
    named = [{name_of(found.unit): found.text for found in each} for each in certain]
    lists = _counted(known.lists, named)
    if heading is None:
        return lists
    usual = name_of(heading)
    return [one if one.name else one._replace(name=usual, text=one.list.name) for one in lists]


def scales_of_lists(known: Recognised) -> list[ListUnit]:
    """What each list counts in; none where no list names another unit."""
    named = [
        {str(times): line for line in one.lines if (times := scale_of_line(line)) != ONE}
        for one in known.lists
    ]
    return _counted(known.lists, named)


def _counted(lists: Sequence[OwnList], named: Sequence[Mapping[str, str]]) -> list[ListUnit]:
    found: list[ListUnit] = []
    for one, values in that_name_something(lists, named):
        name, text = next(iter(values.items())) if len(values) == 1 else ("", "")
        if one.goes_on and not values and found:
            name, text = found[-1].name, one.name
        found.append(ListUnit(one, name, text))
    return found if len(found) > 1 and any(one.name for one in found) else []


def place_among(lists: Sequence[ListUnit], row: int) -> int:
    """The place of the list that a row belongs to."""
    return list_of([one.list for one in lists], row)
