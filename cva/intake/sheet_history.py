"""The history of a sheet: who did what with it, oldest to newest, as the audit trail has it."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from cva.core.audit import AuditEvent
from cva.societies import service as societies
from cva.staging.labels import SHEET_ACTS
from cva.staging.models import Sheet


@dataclass(frozen=True, slots=True)
class SheetEvent:
    """One thing that was done with a sheet.

    Attributes:
        who: E-mail address; empty where the ledger did it itself.
        rows: How many rows it was about, where the trail says so. ``row``: the very one.
        request_id: The request that a second person confirmed, which has the reason.
    """

    at: datetime
    act: str
    who: str
    rows: int | None
    row: int | None
    request_id: int | None


def sheet_history(session: Session, sheet: Sheet) -> list[SheetEvent]:
    """All that was done with a sheet."""
    events = session.exec(
        select(AuditEvent)
        .where(
            AuditEvent.society_id == sheet.society_id,
            AuditEvent.subject_id == sheet.id,
            col(AuditEvent.act).in_(SHEET_ACTS),
        )
        .order_by(col(AuditEvent.id))
    ).all()
    people = societies.emails(session, [event.user_id for event in events])
    return [
        SheetEvent(
            event.at,
            event.act,
            people.get(event.user_id, ""),
            (event.detail or {}).get("rows"),
            (event.detail or {}).get("row"),
            (event.detail or {}).get("request"),
        )
        for event in events
    ]
