"""Tables of people and of the numbers they are registered under."""

from datetime import date, datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from cva.core.columns import STRICT, Day, Instant, SecretText, Whole, Word
from cva.core.scope import SocietyOwned


class Beneficiary(SocietyOwned, table=True):
    """A person in need, known to the journal and its digests by a random ``id`` alone.

    Attributes:
        age: As told on ``age_on``; used where no date of birth is known.
        phone: E.164. ``phone_digest`` and ``id_number_digest`` find an exact value without
            storing it in plain text.
        sheet_id: The sheet and row (``row_number``) the person was registered by.
    """

    __table_args__ = STRICT

    id: int = Field(sa_type=Whole, primary_key=True)
    full_name: str | None = Field(default=None, sa_type=Word)
    family_name: str | None = Field(default=None, sa_type=Word)
    first_name: str | None = Field(default=None, sa_type=Word)
    patronymic: str | None = Field(default=None, sa_type=Word)
    sex: str | None = Field(default=None, sa_type=Word)
    date_of_birth: date | None = Field(default=None, sa_type=Day)
    age: int | None = None
    age_on: date | None = Field(default=None, sa_type=Day)
    household_id: str | None = Field(default=None, sa_type=Word)
    household_size: int | None = None
    phone: str | None = Field(default=None, sa_type=SecretText("beneficiary.phone"))
    phone_digest: str | None = Field(default=None, sa_type=Word, index=True)
    id_type: str | None = Field(default=None, sa_type=Word)
    id_number: str | None = Field(default=None, sa_type=SecretText("beneficiary.id_number"))
    id_number_digest: str | None = Field(default=None, sa_type=Word, index=True)
    account: str | None = Field(default=None, sa_type=SecretText("beneficiary.account"))
    address: str | None = Field(default=None, sa_type=SecretText("beneficiary.address"))
    country: str | None = Field(default=None, sa_type=Word)
    region: str | None = Field(default=None, sa_type=Word)
    district: str | None = Field(default=None, sa_type=Word)
    settlement: str | None = Field(default=None, sa_type=Word)
    pcode: str | None = Field(default=None, sa_type=Word)
    source_id: str | None = Field(default=None, sa_type=Word)
    made_at: datetime = Field(sa_type=Instant)
    sheet_id: int = Field(index=True)
    row_number: int


class Registration(SocietyOwned, table=True):
    """A number a person is registered under; a person has more than one after a merge.

    Attributes:
        number: As written on the card. ``number_key`` is how it is compared.
    """

    __table_args__ = (UniqueConstraint("society_id", "number_key"), STRICT)

    id: int = Field(sa_type=Whole, primary_key=True)
    beneficiary_id: int = Field(sa_type=Whole, foreign_key="beneficiary.id", index=True)
    number: str = Field(sa_type=Word)
    number_key: str = Field(sa_type=Word)
