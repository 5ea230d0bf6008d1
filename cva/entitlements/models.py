"""Tables of a round's list: the draft, and what was approved."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from cva.core.column_types import STRICT, Flag, Instant, LongInteger, SmallInt, Word
from cva.core.secret_columns import SecretText
from cva.core.tenancy import AppendOnly, TenantOwned


class ListState(StrEnum):
    """How far a round's list is."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"


class RoundList(TenantOwned, table=True):
    """The list of a round, one for each.

    Attributes:
        version: 0 until it is approved, then 1, and one more with every named change.
        drafts: The number of the draft, used for no other one of the round; an approval names the
            one it was shown.
        made_from: What the draft was made of: ``"sheet"``, ``"filter"`` or ``"round"``.
        answer: Why it was sent back, encrypted, as it may name a person.
    """

    __tablename__ = "round_list"
    __table_args__ = (UniqueConstraint("round_id"), STRICT)

    id: int = Field(default=None, primary_key=True)
    round_id: int = Field(foreign_key="distribution_round.id")
    state: str = Field(default=ListState.DRAFT, sa_type=Word)
    version: int = 0
    drafts: int
    made_from: str = Field(sa_type=Word)
    made_by: int
    made_at: datetime = Field(sa_type=Instant)
    submitted_by: int | None = None
    submitted_at: datetime | None = Field(default=None, sa_type=Instant)
    approved_by: int | None = None
    approved_at: datetime | None = Field(default=None, sa_type=Instant)
    answer: str | None = Field(default=None, sa_type=SecretText("round_list.answer"))


class DraftRow(TenantOwned, table=True):
    """One person of a list that is not approved yet; the whole draft is replaced at once.

    Attributes:
        beneficiary_id: None for somebody in an uploaded list who is registered on approval.
        number: The registration number as written; ``number_key`` is how it is compared.
        amount_minor: None for a commodity voucher.
        fault: Why the row cannot be approved: ``"no-amount"``, ``"unknown"`` or ``"not-active"``.
        sheet_id: The uploaded list; ``row_number`` the row in it.
    """

    __tablename__ = "draft_row"
    __table_args__ = (UniqueConstraint("round_id", "number_key", "instalment"), STRICT)

    society_id: int  # no foreign key: what the row belongs to has it
    id: int = Field(sa_type=LongInteger, primary_key=True)
    round_id: int = Field(foreign_key="distribution_round.id")
    beneficiary_id: int | None = Field(default=None, sa_type=LongInteger)
    number: str = Field(sa_type=Word)
    number_key: str = Field(sa_type=Word)
    instalment: int = Field(sa_type=SmallInt)
    site: str | None = Field(default=None, sa_type=Word)
    currency: str | None = Field(default=None, sa_type=Word)
    amount_minor: int | None = Field(default=None, sa_type=LongInteger)
    quantity: int | None = None
    household_size: int | None = None
    grant_id: int | None = None
    fault: str | None = Field(default=None, sa_type=Word)
    sheet_id: int | None = None
    row_number: int | None = None


class Entitlement(AppendOnly, TenantOwned, table=True):
    """What one person is to be given in one instalment of a round, as two people approved it.

    Added, never changed: a named change of the list adds a row with a higher ``version``, and of
    the rows of one person and instalment the highest counts.

    Attributes:
        version: Of the list that it came with.
        amount_minor: None for a commodity voucher; in minor units of ``currency``.
        is_withdrawn: The change took the person off the list.
        grant_id: The grant that carries this person; None where the round's shares do.
        sheet_id: The uploaded list it came from; ``row_number`` the row in it.
    """

    __table_args__ = (
        UniqueConstraint("society_id", "round_id", "beneficiary_id", "instalment", "version"),
        Index("entitlement_by_round", "round_id", "version"),
        CheckConstraint("amount_minor > 0", name="entitlement_positive"),
        STRICT,
    )

    id: int = Field(sa_type=LongInteger, primary_key=True)
    round_id: int = Field(foreign_key="distribution_round.id")
    beneficiary_id: int = Field(sa_type=LongInteger, foreign_key="beneficiary.id", index=True)
    instalment: int = Field(sa_type=SmallInt)
    version: int
    site: str | None = Field(default=None, sa_type=Word)
    currency: str | None = Field(default=None, sa_type=Word)
    amount_minor: int | None = Field(default=None, sa_type=LongInteger)
    quantity: int | None = None
    household_size: int | None = None
    grant_id: int | None = Field(default=None, foreign_key="funding_grant.id")
    is_withdrawn: bool = Field(sa_type=Flag)
    sheet_id: int | None = Field(default=None, index=True)
    row_number: int | None = None
    entry_id: int = Field(sa_type=LongInteger, foreign_key="entry.id", index=True)


class ListVersion(AppendOnly, TenantOwned, table=True):
    """One approved version of a list.

    Attributes:
        name: What the change is called; empty for the first.
        request_id: The request that made it; null for the first.
    """

    __tablename__ = "list_version"
    __table_args__ = (UniqueConstraint("round_id", "version"), STRICT)

    id: int = Field(sa_type=LongInteger, primary_key=True)
    round_id: int = Field(foreign_key="distribution_round.id")
    version: int
    request_id: int | None = Field(default=None, foreign_key="approval_request.id")
    name: str = Field(sa_type=SecretText("list_version.name"))
    made_by: int
    approved_by: int
    approved_at: datetime = Field(sa_type=Instant)
    entry_id: int = Field(sa_type=LongInteger, foreign_key="entry.id")
