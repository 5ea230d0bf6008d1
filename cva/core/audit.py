"""Who did what, when, to which record. Rows are added, never changed."""

from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from sqlalchemy import Index
from sqlmodel import Field, Session

from cva.core import clock
from cva.core.column_types import STRICT, Instant, Json, Word
from cva.core.tenancy import AppendOnly, TenantOwned, actor_of


class Act(StrEnum):
    """Stable names of audited acts, as ``<subject>:<verb>``; a name is never changed."""

    SHEET_RECEIVED = "sheet:received"
    SHEET_CHECKED = "sheet:checked"
    SHEET_REFUSED = "sheet:refused"
    SHEET_SUBMITTED = "sheet:submitted"
    SHEET_KEPT = "sheet:kept"
    SHEET_APPROVED = "sheet:approved"
    SHEET_REJECTED = "sheet:rejected"
    SHEET_WITHDRAWN = "sheet:withdrawn"
    SHEET_FILE_READ = "sheet:file_read"
    COLUMNS_MAPPED = "sheet:columns_mapped"
    CELL_AMENDED = "cell:amended"
    HEADINGS_CHANGED = "headings:changed"
    HEADINGS_FORGOTTEN = "headings:forgotten"
    TEMPLATE_MADE = "template:made"
    FIELD_LIST_MADE = "field_list:made"
    ROUND_PLANNED = "round:planned"
    LIST_DRAFTED = "list:drafted"
    LIST_SUBMITTED = "list:submitted"
    LIST_APPROVED = "list:approved"
    LIST_SENT_BACK = "list:sent_back"
    LIST_AMENDED = "list:amended"
    PROVIDER_ADDED = "provider:added"
    PAYMENT_LIST_MADE = "payment_list:made"
    PAYMENT_LIST_READ = "payment_list:read"
    PAYMENT_LIST_SENT = "payment_list:sent"
    PAYMENT_LIST_CANCELLED = "payment_list:cancelled"
    FLOAT_MOVED = "float:moved"
    BALANCE_STATED = "balance:stated"
    GRANT_ADDED = "grant:added"
    EVIDENCE_ADDED = "evidence:added"
    EVIDENCE_READ = "evidence:read"
    PERSON_READ = "person:read"
    REGISTER_SEARCHED = "register:searched"
    PERSON_CHANGED = "person:changed"
    PEOPLE_MERGED = "people:merged"
    REQUEST_MADE = "request:made"
    REQUEST_ANSWERED = "request:answered"
    SHEET_REVERSED = "sheet:reversed"
    ROW_REVERSED = "row:reversed"
    VENDOR_ADDED = "vendor:added"
    VOUCHER_BOOK_ADDED = "voucher_book:added"
    VOUCHERS_MOVED = "voucher_book:moved"
    ROW_EXCEPTED = "row:excepted"
    MEMBER_ADDED = "member:added"
    MEMBER_REMOVED = "member:removed"
    ACCOUNT_DISABLED = "account:disabled"
    ACCOUNT_ENABLED = "account:enabled"
    SESSIONS_ENDED = "sessions:ended"
    PASSWORD_CHANGED = "password:changed"  # noqa: S105 - an act, and no password
    PASSWORD_LINK_MADE = "password:link_made"  # noqa: S105 - an act, and no password
    TOKEN_MADE = "token:made"  # noqa: S105 - an act, and no password
    TOKEN_REVOKED = "token:revoked"  # noqa: S105 - an act, and no password
    PROGRAMME_ADDED = "programme:added"
    SOCIETY_ADDED = "society:added"
    RIGHT_MISSING = "right:missing"


class AuditEvent(AppendOnly, TenantOwned, table=True):
    """One audited act; ``detail`` holds counts and codes, never personal data."""

    __tablename__ = "audit_event"
    __table_args__ = (Index("audit_by_society", "society_id", "id"), STRICT)

    id: int = Field(default=None, primary_key=True)
    act: str = Field(sa_type=Word)
    subject_id: int
    user_id: int
    at: datetime = Field(sa_type=Instant)
    detail: dict[str, Any] | None = Field(default=None, sa_type=Json)


class _Subject(Protocol):
    """A record of a society, which an act is about."""

    @property
    def society_id(self) -> int: ...
    @property
    def id(self) -> int: ...


def record(
    session: Session, act: Act, *, society_id: int, subject_id: int, **detail: str | int | bool
) -> None:
    """Add one act to the trail, in the transaction of the act itself."""
    session.add(
        AuditEvent(
            act=act,
            subject_id=subject_id,
            user_id=actor_of(session).user_id,
            society_id=society_id,
            at=clock.now(),
            detail=detail or None,
        )
    )


def record_about(session: Session, act: Act, subject: _Subject, **detail: str | int | bool) -> None:
    """Add one act about a record to the trail, in the transaction of the act itself."""
    record(session, act, society_id=subject.society_id, subject_id=subject.id, **detail)
