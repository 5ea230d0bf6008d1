"""Posting cash that was handed out."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any

from cva.kinds.handouts.posting import HandoutPosting, post_handouts
from cva.kinds.sheet_entries import cash_lines
from cva.providers.payment_events import live_instalments
from cva.staging.context import SheetContext
from cva.staging.rows import RowToPost
from cva.transfers import service as transfers


def post_cash(context: SheetContext) -> int:
    """Post the rows that are ready or recorded as exceptions; return how many."""
    return post_handouts(
        context,
        _transfers,
        day_column="paid_on",
        behind=transfers.BEHIND,
        lines=cash_lines,
        record=_record,
    )


def _transfers(posting: HandoutPosting, rows: Sequence[RowToPost]) -> list[dict[str, Any]]:
    nth = _instalments(posting, rows)
    return [
        posting.columns(row)
        | {
            "instalment": nth(row),
            "paid_on": posting.day(row),
            "mechanism": posting.mechanism(row),
        }
        for row in rows
    ]


def _record(posting: HandoutPosting, made: list[dict[str, Any]]) -> None:
    transfers.record(posting.context.session, made, round_is_named=posting.round.is_named)


def _instalments(posting: HandoutPosting, rows: Sequence[RowToPost]) -> Callable[[RowToPost], int]:
    """Which instalment a row pays: the one it names, else the first that is left of its person.

    Left is what was neither paid nor is being paid; an exception takes it too.
    """
    session, round_id = posting.context.session, posting.round.id
    paid: dict[int, set[int]] = defaultdict(set)
    if posting.round.is_named:
        people = sorted({posting.person_id(row) for row in rows})
        paid |= transfers.instalments_paid(session, round_id, people)
        for person_id, live in live_instalments(session, round_id).items():
            paid[person_id] |= live

    def nth(row: RowToPost) -> int:
        own = paid[posting.person_id(row)]
        first = row.instalment
        if first is None or first in own:
            first = transfers.first_unpaid(own)
        own.add(first)
        return first

    return nth
