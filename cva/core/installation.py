"""The installation's own row: which key its secrets were written with."""

from sqlmodel import Field, Session, SQLModel, select

from cva.core.column_types import STRICT, Flag, Word
from cva.core.crypto import Keys
from cva.core.errors import SettingError
from cva.core.i18n import gettext as _

#: What the digest of the key is made of.
_KEY = ("installation", "key")


class Installation(SQLModel, table=True):
    """One row: the digest of the key in use, and whether this is the demo."""

    __table_args__ = STRICT

    id: int = Field(primary_key=True)
    key_digest: str = Field(sa_type=Word)
    is_demo: bool = Field(default=False, sa_type=Flag)


def find(session: Session) -> Installation | None:
    """The installation's row, once there is one."""
    return session.exec(select(Installation)).one_or_none()


def settle_key(session: Session, keys: Keys) -> None:
    """Compare the keys with the one this ledger was written with; the newest is remembered.

    Raises:
        SettingError: It is another key.
    """
    found = find(session)
    if found is None:
        found = Installation(id=1, key_digest=keys.digest(*_KEY))
        session.add(found)
    elif not keys.is_digest(found.key_digest, *_KEY):
        raise SettingError(
            _("The key file is not the one this ledger was written with. Put that one back.")
        )
    found.key_digest = keys.digest(*_KEY)
