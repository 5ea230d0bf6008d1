"""Every table of the ledger; imported so that the metadata is whole."""

from sqlmodel import SQLModel

from cva.approvals.models import ApprovalRequest
from cva.beneficiaries.models import (
    Beneficiary,
    Collector,
    NameToken,
    PersonEvent,
    Registration,
)
from cva.core.audit import AuditEvent
from cva.core.idempotency import StoredResponse
from cva.core.installation import Installation
from cva.core.jobs import Job
from cva.core.lookup_keys import LookupKey
from cva.entitlements.models import DraftRow, Entitlement, ListVersion, RoundList
from cva.journal.models import Book, Entry, Line
from cva.programmes.models import Grant, GrantShare, Programme, Round
from cva.providers.models import (
    AnswerKey,
    FloatMove,
    ListSending,
    Payment,
    PaymentEvent,
    PaymentFile,
    PaymentList,
    PaymentStatus,
    Provider,
    ReferenceKey,
    StatedBalance,
)
from cva.societies.models import (
    ApiToken,
    Membership,
    PasswordLink,
    SignIn,
    SignInTry,
    Society,
    User,
)
from cva.staging.models import (
    Amendment,
    Evidence,
    KnownHeadings,
    RowFinding,
    Sheet,
    SheetFile,
    StagedRow,
)
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
    AnswerKey,
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
    FloatMove,
    Grant,
    GrantShare,
    Installation,
    NameToken,
    StoredResponse,
    KnownHeadings,
    Line,
    ListSending,
    ListVersion,
    LookupKey,
    Membership,
    PasswordLink,
    Payment,
    PaymentEvent,
    PaymentFile,
    PaymentKey,
    PersonEvent,
    PaymentList,
    PaymentStatus,
    Programme,
    ApprovalRequest,
    Provider,
    ReferenceKey,
    Registration,
    Round,
    RoundList,
    RowFinding,
    Job,
    Sheet,
    SheetFile,
    SignIn,
    SignInTry,
    Society,
    StagedRow,
    StatedBalance,
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
