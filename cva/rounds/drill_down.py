"""The rows behind a figure of a reconciliation."""

from collections.abc import Sequence
from dataclasses import dataclass

from cva.entitlements.delivery_comparison import ComparedLine
from cva.entitlements.outcome_sums import parts_of
from cva.rounds.reconciliation import Reconciliation


@dataclass(frozen=True, slots=True)
class FigureRows:
    """Which rows; all differences where nothing is named.

    Attributes:
        answer: Rows with this answer.
        own: All rows of the people whose own answer this is.
        part: Rows that add to this amount of ``Sums``, in ``currency`` (blank: in pieces).
    """

    answer: str = ""
    own: str = ""
    part: str = ""
    currency: str = ""


def rows_behind(found: Reconciliation, asked: FigureRows) -> Sequence[ComparedLine]:
    """The rows behind a figure."""
    if asked.part:
        wanted = (asked.currency or None, asked.part)
        return [
            line
            for line in found.lines
            if any((currency, name) == wanted for currency, name, _amount in parts_of(line))
        ]
    if asked.own:
        return [line for line in found.lines if found.answer_of[line.person] == asked.own]
    if asked.answer:
        return [line for line in found.lines if line.answer == asked.answer]
    return found.differences
