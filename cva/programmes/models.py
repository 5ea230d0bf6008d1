"""Tables of programmes and rounds."""

from datetime import date
from enum import StrEnum

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from cva.core.columns import STRICT, Day, Flag, Whole, Word
from cva.core.scope import SocietyOwned


class UnknownPeople(StrEnum):
    """What happens to a person in a sheet whose registration number is not known."""

    REGISTER = "register"
    REFUSE = "refuse"


class FundingControl(StrEnum):
    """Whether a distribution without funding booked for it is recorded or refused."""

    WARN = "warn"
    STRICT = "strict"


class VoucherExpense(StrEnum):
    """When the value of a voucher becomes an expense."""

    REDEMPTION = "redemption"
    HAND_OVER = "hand_over"
    BOUGHT_AHEAD = "bought_ahead"


class Programme(SocietyOwned, table=True):
    """A programme of cash or voucher assistance of one society.

    Attributes:
        mechanism: Delivery mechanism where neither row nor round names one.
        repeat_days: The same person again within so many days is shown as a possible duplicate.
        budget_minor: In minor units of ``currency``.
    """

    __table_args__ = (UniqueConstraint("society_id", "code"), STRICT)

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(sa_type=Word)
    name: str = Field(sa_type=Word)
    currency: str = Field(sa_type=Word)
    donor: str | None = Field(default=None, sa_type=Word)
    grant_id: int | None = Field(default=None, sa_type=Whole)
    budget_minor: int | None = Field(default=None, sa_type=Whole)
    starts_on: date | None = Field(default=None, sa_type=Day)
    ends_on: date | None = Field(default=None, sa_type=Day)
    mechanism: str = Field(default="cash_in_hand", sa_type=Word)
    unknown_people: str = Field(default=UnknownPeople.REGISTER, sa_type=Word)
    funding_control: str = Field(default=FundingControl.WARN, sa_type=Word)
    voucher_expense: str = Field(default=VoucherExpense.REDEMPTION, sa_type=Word)
    repeat_days: int = 20


class Round(SocietyOwned, table=True):
    """One distribution of a programme.

    A sheet sent without naming a round makes one of its own (``is_named`` false): there the same
    person may stand twice, on another day or with another amount.
    """

    __tablename__ = "distribution_round"
    __table_args__ = (UniqueConstraint("programme_id", "code"), STRICT)

    id: int | None = Field(default=None, primary_key=True)
    programme_id: int = Field(foreign_key="programme.id", index=True)
    code: str = Field(sa_type=Word)
    is_named: bool = Field(default=True, sa_type=Flag)
    mechanism: str | None = Field(default=None, sa_type=Word)
