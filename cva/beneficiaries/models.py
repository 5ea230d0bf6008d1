"""Tables of people and of the numbers they are registered under."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from cva.core.column_types import STRICT, Day, Instant, LongInteger, Word
from cva.core.secret_columns import SecretJson, SecretText
from cva.core.tenancy import AppendOnly, TenantOwned


class Beneficiary(TenantOwned, table=True):
    """A person in need, known to the journal and its digests by a random ``id`` alone.

    Attributes:
        identity: Who the person is, encrypted: the fields of ``service.IDENTITY`` that are known,
            each as ``cva.sheets`` reads it, and with an age the day it was told, ``age_on``.
        phone_token: Finds an exact telephone within a society, as ``id_number_token`` finds a
            document, without storing it in plain text.
        birth_token: Tells whether somebody has a day of birth, without telling which it is.
        sheet_id: The sheet and row (``row_number``) the person was registered by.
        merged_into_id: The record that stands for the person since two were merged; never a
            merged one itself.
    """

    __table_args__ = STRICT

    id: int = Field(sa_type=LongInteger, primary_key=True)
    identity: dict[str, Any] = Field(sa_type=SecretJson("beneficiary.identity"))
    phone_token: str | None = Field(default=None, sa_type=Word, index=True)
    id_number_token: str | None = Field(default=None, sa_type=Word, index=True)
    birth_token: int | None = Field(default=None, sa_type=LongInteger)
    sex: str | None = Field(default=None, sa_type=Word)
    household_size: int | None = None
    country: str | None = Field(default=None, sa_type=Word)
    region: str | None = Field(default=None, sa_type=Word)
    district: str | None = Field(default=None, sa_type=Word)
    settlement: str | None = Field(default=None, sa_type=Word)
    pcode: str | None = Field(default=None, sa_type=Word)
    made_at: datetime = Field(sa_type=Instant)
    sheet_id: int = Field(index=True)
    row_number: int
    merged_into_id: int | None = Field(default=None, sa_type=LongInteger, index=True)


class Registration(TenantOwned, table=True):
    """A number a person is registered under; a person has more than one after a merge.

    Attributes:
        number: As written on the card. ``number_key`` is how it is compared.
    """

    __table_args__ = (UniqueConstraint("society_id", "number_key"), STRICT)

    id: int = Field(sa_type=LongInteger, primary_key=True)
    beneficiary_id: int = Field(sa_type=LongInteger, foreign_key="beneficiary.id", index=True)
    number: str = Field(sa_type=Word)
    number_key: str = Field(sa_type=Word)


class NameToken(TenantOwned, table=True):
    """What a name is found by within a society: keyed, and several for each record.

    Attributes:
        token: Of the whole name, or of two parts of it; see ``matching.name_tokens``.
    """

    __tablename__ = "name_token"
    __table_args__ = STRICT | {"sqlite_with_rowid": False}

    society_id: int  # no foreign key: the record that it belongs to has it
    token: int = Field(sa_type=LongInteger, primary_key=True)
    beneficiary_id: int = Field(sa_type=LongInteger, primary_key=True)


class PersonEventKind(StrEnum):
    """What can happen to a person's record."""

    ACTIVE = "active"
    DECEASED = "deceased"
    MOVED = "moved"
    MERGED = "merged"


class PersonEvent(AppendOnly, TenantOwned, table=True):
    """A change of a person's record; of two about a status the later counts.

    Attributes:
        from_on: The day from which it holds.
        other_id: Who came in the place of a deceased head of household, or the record that
            stands for the person since a merge.
        note: In the words of whoever wrote it, encrypted.
        request_id: The request a second person confirmed, where it took two.
    """

    __tablename__ = "person_event"
    __table_args__ = STRICT

    id: int = Field(sa_type=LongInteger, primary_key=True)
    beneficiary_id: int = Field(sa_type=LongInteger, foreign_key="beneficiary.id", index=True)
    kind: str = Field(sa_type=Word)
    from_on: date = Field(sa_type=Day)
    other_id: int | None = Field(default=None, sa_type=LongInteger, foreign_key="beneficiary.id")
    note: str = Field(sa_type=SecretText("person_event.note"))
    request_id: int | None = None
    made_by: int
    made_at: datetime = Field(sa_type=Instant)


class Collector(TenantOwned, table=True):
    """Who collected and how it was confirmed; erased with those it names, so it proves no entry.

    Attributes:
        record_id: The transfer or the voucher that was collected.
        collection: What the sheet says under ``collectors.FIELDS``, encrypted; ``received_by`` is
            a person other than the beneficiary.
    """

    __table_args__ = STRICT

    record_id: int = Field(sa_type=LongInteger, primary_key=True)
    collection: dict[str, str] = Field(sa_type=SecretJson("collector.collection"))
