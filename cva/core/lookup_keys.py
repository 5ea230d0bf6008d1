"""Look-up keys: each society's own, so that equal values of two look unlike in the database."""

import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field

from sqlalchemy import LargeBinary, type_coerce
from sqlmodel import Field, Session, col, func, select

from cva.core.column_types import STRICT
from cva.core.crypto import KEY_BYTES, KEY_NAME_BYTES, keys
from cva.core.db import is_reading
from cva.core.secret_columns import SecretBytes
from cva.core.tenancy import TenantOwned


class LookupKey(TenantOwned, table=True):
    """The key by which values of a society are found without being stored in plain.

    Attributes:
        id: The society's own.
        key: 32 random bytes, encrypted. It is replaced, with every token made of it, before it
            is ever encrypted by a newer key: ``renew``.
    """

    __tablename__ = "lookup_key"
    __table_args__ = STRICT

    id: int = Field(primary_key=True)
    key: bytes = Field(sa_type=SecretBytes("lookup_key.key"))


@dataclass(frozen=True, slots=True)
class Tokens:
    """What values of one society are found by."""

    key: bytes = field(repr=False)

    def of(self, kind: str, value: str) -> str:
        """The token of a value (HMAC-SHA256); each kind of value has its own."""
        return self._digest(kind, value).hex()

    def number(self, kind: str, value: str) -> int:
        """The same as a whole number of 63 bits, where very many are stored."""
        return int.from_bytes(self._digest(kind, value)[:8]) >> 1

    def _digest(self, kind: str, value: str) -> bytes:
        return hmac.digest(self.key, f"{kind}|{value}".encode(), "sha256")


#: What makes the tokens of a society's records anew.
Renewal = Callable[[Session, int, Tokens], None]
_renewals: list[Renewal] = []


def renews_tokens(renewal: Renewal) -> Renewal:
    """Decorator of the function that makes the tokens of a kind of records anew."""
    _renewals.append(renewal)
    return renewal


def add_lookup_key(session: Session, society_id: int) -> None:
    """Give a new society its key."""
    session.add(LookupKey(id=society_id, society_id=society_id, key=_random()))


def tokens_of(session: Session, society_id: int) -> Tokens:
    """The tokens of a society; in a transaction that writes, nobody renews them meanwhile."""
    query = select(LookupKey.key).where(LookupKey.society_id == society_id)
    if not is_reading(session):
        query = query.with_for_update(read=True)
    return Tokens(session.exec(query).one())


def societies_to_renew(session: Session) -> list[int]:
    """The societies whose key was encrypted by another than the newest key, by id."""
    key_name = func.substr(type_coerce(col(LookupKey.key), LargeBinary), 1, KEY_NAME_BYTES)
    query = select(LookupKey.society_id).where(key_name != keys().key_name)
    return list(session.exec(query.order_by(col(LookupKey.society_id))))


def renew(session: Session, society_id: int) -> None:
    """Give a society another key, and make all its tokens anew: in the caller's transaction."""
    query = select(LookupKey).where(LookupKey.society_id == society_id).with_for_update()
    found = session.exec(query).one()
    found.key = _random()
    for renewal in _renewals:
        renewal(session, society_id, Tokens(found.key))


def _random() -> bytes:
    return secrets.token_bytes(KEY_BYTES)
