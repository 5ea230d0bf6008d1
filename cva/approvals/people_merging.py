"""Two records of one person made one: either number resolves, what was paid twice is booked so."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from sqlmodel import Session, col, update

from cva.beneficiaries.models import Beneficiary, PersonEventKind, Registration
from cva.beneficiaries.status import find_person, get_person, record
from cva.core import audit, clock
from cva.core.db import TableRows
from cva.core.errors import InputError
from cva.core.i18n import apart
from cva.core.i18n import gettext as _
from cva.core.identifiers import new_ids
from cva.core.maker_checker import ApprovalAction, ApprovedRequest
from cva.core.permissions import Permission
from cva.journal import entry_posting
from cva.journal.row_digests import with_ids
from cva.kinds.sheet_entries import EXCEPTIONS, cash_lines, dimensions_of, moved_to
from cva.programmes import service as programmes
from cva.providers.merged_records import move_under_way, refuse_under_way
from cva.societies import service as societies
from cva.transfers import service as transfers
from cva.transfers.models import TransferEventKind


def _read(session: Session, society_id: int, texts: Mapping[str, str]) -> dict[str, Any]:
    keep = find_person(session, society_id, texts.get("keep", ""))
    drop = find_person(session, society_id, texts.get("drop", ""))
    if keep.id == drop.id:
        raise InputError(
            _("Both numbers stand for the same record already."), code="merge_same_person"
        )
    refuse_under_way(session, keep.id, drop.id)
    money = texts.get("money", "")
    if money not in EXCEPTIONS and transfers.paid_to_both(session, keep.id, drop.id):
        message = _("Both were paid in one round. Say whether the money can be got back.")
        raise InputError(message, {"money": [message]}, code="merge_money_unsaid")
    numbers = [texts["keep"].strip(), texts["drop"].strip()]
    return {"keep": keep.id, "drop": drop.id, "money": money or None, "numbers": numbers}


def _merge(session: Session, request: ApprovedRequest) -> None:
    keep = get_person(session, request.details["keep"])
    drop = get_person(session, request.details["drop"])
    if keep.id == drop.id:
        raise InputError(
            _("Both numbers stand for the same record already."), code="merge_same_person"
        )
    refuse_under_way(session, keep.id, drop.id)
    doubled = transfers.paid_to_both(session, keep.id, drop.id)
    if doubled:
        _book_excess(session, request, doubled)
    transfers.move_keys(session, drop.id, keep.id)
    move_under_way(session, drop.id, keep.id)
    session.execute(
        update(Registration)
        .where(col(Registration.beneficiary_id) == drop.id)
        .values(beneficiary_id=keep.id)
    )
    session.execute(
        update(Beneficiary)
        .where((col(Beneficiary.id) == drop.id) | (col(Beneficiary.merged_into_id) == drop.id))
        .values(merged_into_id=keep.id)
    )
    today = clock.today(societies.get_society(session, request.society_id).time_zone)
    record(
        session,
        drop,
        PersonEventKind.MERGED,
        today,
        request.reason,
        other_id=keep.id,
        request_id=request.request_id,
    )
    audit.record(
        session,
        audit.Act.PEOPLE_MERGED,
        society_id=request.society_id,
        subject_id=request.request_id,
        doubled=len(doubled),
    )


def _book_excess(session: Session, request: ApprovedRequest, doubled: TableRows) -> None:
    """What one person was paid twice in a round is no assistance: recoverable, or lost.

    One entry for each round and day, on the day of the payment, whose month is open still.
    """
    by_entry: dict[tuple[int, int], TableRows] = defaultdict(list)
    for row in doubled:
        by_entry[row["programme_id"], row["entry_id"]].append(row)
    account = EXCEPTIONS[request.details["money"]]
    new, events = [], []
    for at, (((programme_id, _entry), rows), entry_id) in enumerate(
        zip(sorted(by_entry.items()), new_ids(len(by_entry)), strict=True), 1
    ):
        programme = programmes.get_programme(session, programme_id)
        booked = dimensions_of(session, programme, rows[0]["round_id"])
        made = with_ids([_event(row, request, entry_id) for row in rows])
        new.append(
            entry_posting.NewEntry(
                entry_id=entry_id,
                society_id=request.society_id,
                effective_on=rows[0]["paid_on"],
                kind="cash_excess",
                key=f"{request.key}:{at}",
                sheet_id=None,
                sent_by=request.asked_by,
                rows=len(made),
                rows_sha256=transfers.EVENTS_BEHIND.digest(made),
                lines=moved_to(account, cash_lines(booked, rows)),
            )
        )
        events += made
    entry_posting.post(session, new)
    transfers.record_events(session, events)


def _event(row: Mapping[str, Any], request: ApprovedRequest, entry_id: int) -> dict[str, Any]:
    kind = (
        TransferEventKind.RECOVERABLE
        if request.details["money"] == "recoverable"
        else TransferEventKind.LOSS
    )
    asked = {"request_id": request.request_id, "entry_id": entry_id}
    return transfers.event_of(row, kind, sheet_id=None, row_number=None, **asked)


def _describe(_session: Session, details: Mapping[str, Any]) -> str:
    keep, drop = details["numbers"]
    return _("Make {drop} one record with {keep}: one person, registered twice.").format(
        keep=apart(keep), drop=apart(drop)
    )


def _about(details: Mapping[str, Any]) -> list[int]:
    """The two people: the same merge, whatever is said of the money and whoever is kept."""
    return sorted((details["keep"], details["drop"]))


MERGE_PEOPLE = ApprovalAction(
    "merge_people", Permission.PREPARE, Permission.DECIDE_SHEETS, _read, _merge, _describe, _about
)
