"""Every table of the ledger; imported so that the metadata is whole."""

from sqlmodel import SQLModel

from cva.beneficiaries.models import Beneficiary, Collector, PersonEvent, Registration
from cva.core.audit import AuditEvent
from cva.core.installation import Installation
from cva.core.replays import KeptAnswer
from cva.core.runs import Run
from cva.entitlements.models import DraftRow, Entitlement, ListVersion, RoundList
from cva.intake.models import (
    Amendment,
    Evidence,
    KnownHeadings,
    RowFinding,
    Sheet,
    SheetFile,
    StagedRow,
)
from cva.journal.models import Book, Entry, Line
from cva.programmes.models import Grant, GrantShare, Programme, Round
from cva.proposals.models import Proposal
from cva.societies.models import ApiToken, Membership, SignIn, SignInTry, Society, User
from cva.transfers.models import Absence, PaymentKey, Transfer, TransferEvent
from cva.vouchers.models import (
    BookMovement,
    Vendor,
    VendorPayment,
    Voucher,
    VoucherBook,
    VoucherEvent,
    VoucherKey,
    VoucherState,
)

TABLES: tuple[type[SQLModel], ...] = (
    Absence,
    Amendment,
    ApiToken,
    AuditEvent,
    Beneficiary,
    Book,
    BookMovement,
    Collector,
    DraftRow,
    Entitlement,
    Entry,
    Evidence,
    Grant,
    GrantShare,
    Installation,
    KeptAnswer,
    KnownHeadings,
    Line,
    ListVersion,
    Membership,
    PaymentKey,
    PersonEvent,
    Programme,
    Proposal,
    Registration,
    Round,
    RoundList,
    RowFinding,
    Run,
    Sheet,
    SheetFile,
    SignIn,
    SignInTry,
    Society,
    StagedRow,
    Transfer,
    TransferEvent,
    User,
    Vendor,
    VendorPayment,
    Voucher,
    VoucherBook,
    VoucherEvent,
    VoucherKey,
    VoucherState,
)
METADATA = SQLModel.metadata
