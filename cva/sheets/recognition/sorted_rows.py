"""The rows of a list: those of people, those that state a sum, and those that were passed over."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from itertools import accumulate


@dataclass(frozen=True, slots=True)
class TotalRow:
    """A row that states a sum.

    Attributes:
        row: As Excel numbers it.
        above: How many data rows are above it.
        since: How many data rows were above the total before it.
    """

    row: int
    above: int
    since: int


@dataclass(slots=True)
class DataRows:
    """The rows below the headings, as Excel numbers them.

    Attributes:
        data: Rows of data.
        totals: Rows that state a sum.
        skipped: Rows with something in them that were not taken.
        bare_totals: Of the totals those that no word names.
        named_totals: Of the totals those that stand under a name, such as a village's.
        titles: Texts alone in a column in which nothing counts.
        doubtful: Of the data those that a word for a total stands in for the number.
        has_gaps: Whether a row of data lacks something that every row needs.
    """

    data: list[int] = field(default_factory=list)
    totals: list[TotalRow] = field(default_factory=list)
    skipped: list[int] = field(default_factory=list)
    bare_totals: list[int] = field(default_factory=list)
    named_totals: list[int] = field(default_factory=list)
    titles: list[int] = field(default_factory=list)
    doubtful: list[int] = field(default_factory=list)
    has_gaps: bool = False

    def without(self, left_out: AbstractSet[int]) -> "DataRows":
        """The rows of data that are left, and the totals by how many of them are above each."""
        left = [0, *accumulate(row not in left_out for row in self.data)]
        totals = [
            replace(total, above=left[total.above], since=left[total.since])
            for total in self.totals
        ]
        return replace(self, data=[row for row in self.data if row not in left_out], totals=totals)
