"""Tables of programmes and rounds."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from cva.core.column_types import STRICT, Day, Flag, Instant, Json, LongInteger, Word
from cva.core.tenancy import TenantOwned


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


class Programme(TenantOwned, table=True):
    """A programme of cash or voucher assistance of one society.

    Attributes:
        mechanism: Delivery mechanism where neither row nor round names one.
        repeat_days: The same person again within so many days is shown as a possible duplicate.
        budget_minor: In minor units of ``currency``.
        needs_evidence: A record of hand-out is accepted only with a scan of the signed list.
    """

    __table_args__ = (UniqueConstraint("society_id", "code"), STRICT)

    id: int = Field(default=None, primary_key=True)
    code: str = Field(sa_type=Word)
    name: str = Field(sa_type=Word)
    currency: str = Field(sa_type=Word)
    donor: str | None = Field(default=None, sa_type=Word)
    grant_id: int | None = Field(default=None, sa_type=LongInteger)
    budget_minor: int | None = Field(default=None, sa_type=LongInteger)
    starts_on: date | None = Field(default=None, sa_type=Day)
    ends_on: date | None = Field(default=None, sa_type=Day)
    mechanism: str = Field(default="cash_in_hand", sa_type=Word)
    unknown_people: str = Field(default=UnknownPeople.REGISTER, sa_type=Word)
    funding_control: str = Field(default=FundingControl.WARN, sa_type=Word)
    voucher_expense: str = Field(default=VoucherExpense.REDEMPTION, sa_type=Word)
    repeat_days: int = 20
    needs_evidence: bool = Field(default=False, sa_type=Flag)


class Modality(StrEnum):
    """The form of the transfer (CALP glossary)."""

    CASH = "cash"
    VALUE_VOUCHER = "value_voucher"
    COMMODITY_VOUCHER = "commodity_voucher"


class Conditionality(StrEnum):
    """Whether something has to be done before receiving."""

    UNCONDITIONAL = "unconditional"
    CONDITIONAL = "conditional"


class Restriction(StrEnum):
    """Whether its use after receipt is limited; a voucher always is."""

    UNRESTRICTED = "unrestricted"
    RESTRICTED = "restricted"


class ValueRule(StrEnum):
    """How much one person or household is given."""

    #: The same for each.
    FIXED = "fixed"
    #: So much for each member of the household.
    PER_MEMBER = "per_member"
    #: By the size of the household, in steps.
    BY_SIZE = "by_size"
    #: As the uploaded list says, person by person.
    AS_LISTED = "as_listed"


class Round(TenantOwned, table=True):
    """One distribution of a programme.

    A sheet sent without naming a round makes one of its own (``is_named`` false): there the same
    person may stand twice, on another day or with another amount. A round that was planned has
    ``starts_on`` and what follows it; one that a sheet named first has not.

    Attributes:
        ends_on: The last day of hand-out; the first where it is a single one.
        rule: A ``ValueRule``.
        amount_minor: The transfer value of one instalment (``fixed``) or of one member
            (``per_member``), in minor units of ``currency``.
        by_size: ``[[members, minor]]``, ascending: from so many members on, so much.
        instalments: Parts in which each is paid; each part is the whole transfer value.
        voucher_kind: What a voucher is for, such as ``"clothes"``.
        list_drafts: Drafts of its list that were ever made, those too that were dropped.
    """

    __tablename__ = "distribution_round"
    __table_args__ = (UniqueConstraint("programme_id", "code"), STRICT)

    id: int = Field(default=None, primary_key=True)
    programme_id: int = Field(foreign_key="programme.id", index=True)
    code: str = Field(sa_type=Word)
    is_named: bool = Field(default=True, sa_type=Flag)
    mechanism: str | None = Field(default=None, sa_type=Word)
    starts_on: date | None = Field(default=None, sa_type=Day)
    ends_on: date | None = Field(default=None, sa_type=Day)
    sites: list[str] | None = Field(default=None, sa_type=Json)
    modality: str | None = Field(default=None, sa_type=Word)
    conditionality: str | None = Field(default=None, sa_type=Word)
    restriction: str | None = Field(default=None, sa_type=Word)
    rule: str | None = Field(default=None, sa_type=Word)
    currency: str | None = Field(default=None, sa_type=Word)
    amount_minor: int | None = Field(default=None, sa_type=LongInteger)
    by_size: list[list[int]] | None = Field(default=None, sa_type=Json)
    instalments: int | None = None
    voucher_kind: str | None = Field(default=None, sa_type=Word)
    list_drafts: int = 0
    made_by: int | None = None
    made_at: datetime | None = Field(default=None, sa_type=Instant)


class Grant(TenantOwned, table=True):
    """Money a donor gives for programmes, known by a code both sides use."""

    __tablename__ = "funding_grant"
    __table_args__ = (UniqueConstraint("society_id", "code"), STRICT)

    id: int = Field(default=None, primary_key=True)
    code: str = Field(sa_type=Word)
    donor: str = Field(sa_type=Word)


class GrantShare(TenantOwned, table=True):
    """The part of a round that a grant carries.

    Attributes:
        share_bp: Hundredths of a per cent; the shares of a round make 10,000.
    """

    __tablename__ = "grant_share"
    __table_args__ = (UniqueConstraint("round_id", "grant_id"), STRICT)

    id: int = Field(default=None, primary_key=True)
    round_id: int = Field(foreign_key="distribution_round.id")
    grant_id: int = Field(foreign_key="funding_grant.id")
    share_bp: int
