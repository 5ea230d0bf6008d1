"""The table of what waits for a second person."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, text
from sqlmodel import Field

from cva.core.column_types import STRICT, Instant, Word
from cva.core.secret_columns import SecretJson, SecretText
from cva.core.tenancy import TenantOwned


class RequestState(StrEnum):
    """How far it is."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


_OPEN_ONLY = text("state = 'open'")


class ApprovalRequest(TenantOwned, table=True):
    """Something one person asked for.

    Attributes:
        kind: Of the action, such as ``"reverse_sheet"``.
        details: What exactly; encrypted, as it may name a person or a voucher.
        details_sha256: Of kind and details; the same is not asked for twice while it is open.
        reason: Why, in the words of whoever asked. ``answer``: of whoever refused.
    """

    __tablename__ = "approval_request"
    __table_args__ = (
        Index(
            "approval_request_open_once",
            "society_id",
            "details_sha256",
            unique=True,
            sqlite_where=_OPEN_ONLY,
            postgresql_where=_OPEN_ONLY,
        ),
        Index("approval_request_by_state", "society_id", "state", "id"),
        STRICT,
    )

    id: int = Field(default=None, primary_key=True)
    kind: str = Field(sa_type=Word)
    details: dict[str, Any] = Field(sa_type=SecretJson("approval_request.details"))
    details_sha256: str = Field(sa_type=Word)
    reason: str = Field(sa_type=SecretText("approval_request.reason"))
    state: str = Field(default=RequestState.OPEN, sa_type=Word)
    asked_by: int
    asked_at: datetime = Field(sa_type=Instant)
    decided_by: int | None = None
    decided_at: datetime | None = Field(default=None, sa_type=Instant)
    answer: str | None = Field(default=None, sa_type=SecretText("approval_request.answer"))
