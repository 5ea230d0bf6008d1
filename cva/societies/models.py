"""Tables of societies, people, memberships, sign-ins and tokens."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from cva.core import clock
from cva.core.column_types import STRICT, Instant, Word
from cva.core.tenancy import TenantOwned, narrowed_by_id


@narrowed_by_id
class Society(SQLModel, table=True):
    """A National Red Cross or Red Crescent Society that keeps its book here.

    Attributes:
        code: Short name in commands and addresses, such as ``"RRC"``.
        country: ISO 3166-1 alpha-2; phones without a prefix are read as of this country.
        currency: ISO 4217; used for amounts where neither sheet nor programme names one.
        time_zone: IANA name; its calendar decides what "today" and "this month" are.
        number_prefix: What the numbers begin with that the ledger gives to people.
        numbered: How many such numbers were drawn; some of them are nobody's.
    """

    __table_args__ = STRICT

    id: int = Field(default=None, primary_key=True)
    code: str = Field(sa_type=Word, unique=True)
    name: str = Field(sa_type=Word)
    country: str = Field(sa_type=Word)
    currency: str = Field(sa_type=Word)
    time_zone: str = Field(sa_type=Word)
    number_prefix: str = Field(sa_type=Word)
    numbered: int = 0


class User(SQLModel, table=True):
    """A person who works with the ledger; ``email`` is folded to lower case."""

    __tablename__ = "user_account"
    __table_args__ = STRICT

    id: int = Field(default=None, primary_key=True)
    email: str = Field(sa_type=Word, unique=True)
    password_hash: str = Field(sa_type=Word)
    made_at: datetime = Field(default_factory=clock.now, sa_type=Instant)
    disabled_at: datetime | None = Field(default=None, sa_type=Instant)


class Membership(TenantOwned, table=True):
    """A person's role in a society; several roles are several rows."""

    __table_args__ = (UniqueConstraint("society_id", "user_id", "role"), STRICT)

    id: int = Field(default=None, primary_key=True)
    user_id: int = Field(foreign_key="user_account.id", index=True)
    role: str = Field(sa_type=Word)


class SignIn(SQLModel, table=True):
    """A session of a signed-in person; only the digest of its secret is stored."""

    __tablename__ = "sign_in"
    __table_args__ = STRICT

    secret_sha256: str = Field(sa_type=Word, primary_key=True)
    user_id: int = Field(foreign_key="user_account.id", index=True)
    made_at: datetime = Field(sa_type=Instant)
    seen_at: datetime = Field(sa_type=Instant)


class SignInTry(SQLModel, table=True):
    """A failed sign-in, kept until it no longer counts; who tried is a keyed digest."""

    __tablename__ = "sign_in_try"
    __table_args__ = STRICT

    id: int = Field(default=None, primary_key=True)
    who: str = Field(sa_type=Word, index=True)
    at: datetime = Field(sa_type=Instant)


class ApiToken(SQLModel, table=True):
    """A key for programs; acts as its owner. Only the digest of its secret is stored."""

    __tablename__ = "api_token"
    __table_args__ = STRICT

    id: int = Field(default=None, primary_key=True)
    user_id: int = Field(foreign_key="user_account.id", index=True)
    secret_sha256: str = Field(sa_type=Word, unique=True)
    made_at: datetime = Field(sa_type=Instant)
    expires_at: datetime = Field(sa_type=Instant)
    revoked_at: datetime | None = Field(default=None, sa_type=Instant)


class PasswordLink(SQLModel, table=True):
    """A link by which a person chooses a new password; only the digest of its secret is stored."""

    __tablename__ = "password_link"
    __table_args__ = STRICT

    secret_sha256: str = Field(sa_type=Word, primary_key=True)
    user_id: int = Field(foreign_key="user_account.id", index=True)
    expires_at: datetime = Field(sa_type=Instant)
