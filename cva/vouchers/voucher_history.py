"""What happened to a number, from its hand-out on."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select as select_columns
from sqlmodel import Session, col

from cva.core.db import rows_among
from cva.core.money import Money, money_of
from cva.vouchers import service as vouchers
from cva.vouchers import voucher_events
from cva.vouchers.models import VoucherKey

#: The kind of a step that is no event.
HANDED_OUT = "handed_out"


@dataclass(frozen=True, slots=True)
class Happened:
    """One step of a voucher's history.

    Attributes:
        kind: ``"handed_out"`` or the kind of an event.
        replacement_id: The voucher that took its place.
    """

    kind: str
    happened_on: date
    money: Money | None
    vendor_id: int | None
    sheet_id: int | None
    row_number: int | None
    request_id: int | None
    entry_id: int
    voucher_id: int | None
    replacement_id: int | None


#: What a step has as its event, or as the hand-out, where that has it.
_SAME = (
    *("vendor_id", "sheet_id", "row_number", "request_id"),
    *("entry_id", "voucher_id", "replacement_id"),
)


def histories(
    session: Session, society_id: int, number_keys: Iterable[str]
) -> dict[str, list[Happened]]:
    """The histories of some numbers, each from the oldest step on."""
    keys = set(number_keys)
    key_of: dict[int, str] = {}
    happened: dict[str, list[Happened]] = defaultdict(list)
    for event in voucher_events.of_numbers(session, society_id, keys):
        happened[event["number_key"]].append(_happened(event["kind"], event["happened_on"], event))
        if event["voucher_id"] is not None:
            key_of[event["voucher_id"]] = event["number_key"]
    query = select_columns(col(VoucherKey.voucher_id), col(VoucherKey.number_key)).where(
        col(VoucherKey.society_id) == society_id
    )
    key_of |= dict(rows_among(session, query, VoucherKey.number_key, keys))
    handed_out: dict[str, list[Happened]] = defaultdict(list)
    for row in vouchers.BEHIND.among(session, "id", key_of):
        step = _happened(HANDED_OUT, row["issued_on"], row | {"voucher_id": row["id"]})
        handed_out[key_of[row["id"]]].append(step)
    return {key: _in_order(handed_out[key], happened[key]) for key in keys}


def _in_order(handed_out: list[Happened], happened: list[Happened]) -> list[Happened]:
    """Each hand-out before what happened to it; the one that is not reversed last."""
    steps: list[Happened] = []
    begun: set[int | None] = {None}
    by_id = {each.voucher_id: each for each in handed_out}
    for event in happened:
        if event.voucher_id not in begun and event.voucher_id in by_id:
            steps.append(by_id[event.voucher_id])
        begun.add(event.voucher_id)
        steps.append(event)
    return [*steps, *(each for each in handed_out if each.voucher_id not in begun)]


def _happened(kind: str, happened_on: date, row: dict[str, Any]) -> Happened:
    money = money_of(row["currency"], row["amount_minor"])
    same: dict[str, Any] = {name: row.get(name) for name in _SAME}
    return Happened(kind, happened_on, money, **same)
