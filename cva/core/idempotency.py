"""Answers kept for calls that may be repeated: the same key again gets the same answer."""

import hashlib
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, Session, SQLModel, select

from cva.core import clock
from cva.core.column_types import STRICT, Instant, SmallInt, Word
from cva.core.errors import ConflictError
from cva.core.i18n import gettext as _
from cva.core.secret_columns import SecretJson


class StoredResponse(SQLModel, table=True):
    """The answer to a call that carried an ``Idempotency-Key``."""

    __tablename__ = "stored_response"
    __table_args__ = (UniqueConstraint("user_id", "key"), STRICT)

    id: int = Field(default=None, primary_key=True)
    user_id: int
    key: str = Field(sa_type=Word)
    request_sha256: str = Field(sa_type=Word)
    status: int = Field(sa_type=SmallInt)
    answer: Any = Field(sa_type=SecretJson("stored_response.answer"))
    made_at: datetime = Field(default_factory=clock.now, sa_type=Instant)


@dataclass(frozen=True, slots=True)
class RepeatableCall:
    """A call that may be repeated: whose, under which key, and the digest of what it asks."""

    user_id: int
    key: str
    request_sha256: str


def call_of(user_id: int, key: str, *parts: bytes) -> RepeatableCall:
    """Name a call by its key and by all that it asks."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    return RepeatableCall(user_id, key, digest.hexdigest())


def stored_response(session: Session, call: RepeatableCall) -> StoredResponse | None:
    """What the same call was answered before, if it was made.

    Raises:
        ConflictError: The key was used for a different call.
    """
    kept = session.exec(
        select(StoredResponse).where(
            StoredResponse.user_id == call.user_id, StoredResponse.key == call.key
        )
    ).one_or_none()
    if kept is not None and kept.request_sha256 != call.request_sha256:
        raise ConflictError(
            _("This Idempotency-Key was used for another call. Use a new key for a new call."),
            code="idempotency_key_reused",
        )
    return kept


def store_response(session: Session, call: RepeatableCall, status: int, answer: object) -> None:
    """Keep an answer, in the transaction of the act that it answers."""
    session.add(StoredResponse(**asdict(call), status=status, answer=answer))
    session.flush()
