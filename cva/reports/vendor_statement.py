"""A vendor's statement, and its workbook: claimed, accepted, rejected and why, due and paid."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from cva.core.i18n import gettext as _
from cva.core.money import Money, money_of
from cva.journal import service as journal
from cva.journal.accounts import Account
from cva.kinds import registry
from cva.programmes.models import Programme, VoucherExpense
from cva.sheets.findings.finding import Finding, finding_of, title
from cva.sheets.writing.table_workbook import TableColumn, TablePage, TableValue
from cva.staging.models import RowFinding, RowState, Sheet, SheetState, StagedRow
from cva.staging.row_names import RowNames
from cva.staging.rows import values_of
from cva.vouchers import vendors
from cva.vouchers.models import UNDOING, Vendor, Voucher, VoucherEvent, VoucherEventKind
from cva.vouchers.vendors import Paid


@dataclass(slots=True)
class ClaimLine:
    """One claim of a vendor.

    Attributes:
        first, last: The first and the last day of redemption.
        accepted: Numbers that were posted; ``undone`` of these: reversed, or found false.
        rejected: Numbers that were left out with a reason.
    """

    sheet_id: int
    programme: str
    currency: str | None
    first: date
    last: date
    accepted: int = 0
    accepted_minor: int = 0
    undone: int = 0
    undone_minor: int = 0
    rejected: int = 0

    @property
    def claimed(self) -> int:
        """Numbers that the vendor sent in."""
        return self.accepted + self.rejected

    def money(self, minor: int) -> Money | None:
        """An amount of this claim."""
        return money_of(self.currency, minor)


@dataclass(frozen=True, slots=True)
class Rejected:
    """A number that was not paid for; ``row_name`` is the row as the sheet shows it."""

    sheet_id: int
    row: int
    row_name: int | str
    number: str
    redeemed_on: date | None
    money: Money | None
    finding: Finding


@dataclass(slots=True)
class Due:
    """What a vendor is owed in one currency: below zero where it owes something back.

    Attributes:
        booked_minor: The same as the book says it: payables less receivables.
    """

    currency: str
    accepted_minor: int = 0
    undone_minor: int = 0
    paid_minor: int = 0
    booked_minor: int = 0

    @property
    def due_minor(self) -> int:
        """What is left to be paid."""
        return self.accepted_minor - self.undone_minor - self.paid_minor

    @property
    def holds(self) -> bool:
        """Whether the book says the same."""
        return self.due_minor == self.booked_minor


@dataclass(frozen=True, slots=True)
class Statement:
    """All there is between a society and a vendor."""

    vendor: Vendor
    claims: Sequence[ClaimLine]
    rejected: Sequence[Rejected]
    payments: Sequence[Paid]
    dues: Sequence[Due] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        """Whether statement and book agree in every currency."""
        return all(due.holds for due in self.dues)


def statement(session: Session, vendor_id: int) -> Statement:
    """The statement of a vendor.

    Raises:
        NotFoundError: There is no such vendor in the actor's societies.
        ForbiddenError: The actor's role does not see vouchers.
    """
    vendor = vendors.get_vendor(session, vendor_id)
    claims = _claims(session, vendor)
    rejected = _rejected(session, vendor)
    for each in rejected:
        line = claims.get(each.sheet_id) or _claim_of(session, each)
        line.rejected += 1
        claims[each.sheet_id] = line
    payments = vendors.payments_to(session, vendor)
    listed = sorted(claims.values(), key=lambda line: line.sheet_id)
    return Statement(vendor, listed, rejected, payments, _dues(session, vendor, listed, payments))


def _claims(session: Session, vendor: Vendor) -> dict[int, ClaimLine]:
    found: dict[int, ClaimLine] = {}
    query = (
        select_columns(
            *(col(VoucherEvent.kind), col(VoucherEvent.undoes_id), col(VoucherEvent.id)),
            *(col(VoucherEvent.sheet_id), col(VoucherEvent.happened_on)),
            *(col(VoucherEvent.currency), col(VoucherEvent.amount_minor)),
            *(col(Programme.code), col(Programme.voucher_expense)),
        )
        .join(Voucher, col(Voucher.id) == VoucherEvent.voucher_id)
        .join(Programme, col(Programme.id) == Voucher.programme_id)
        .where(
            col(VoucherEvent.vendor_id) == vendor.id,
            col(VoucherEvent.kind).in_([VoucherEventKind.REDEEMED, *UNDOING]),
        )
        .order_by(col(VoucherEvent.undoes_id).is_not(None), col(VoucherEvent.happened_on))
    )
    claim_of: dict[int, ClaimLine] = {}
    for event in session.execute(query):
        # Vouchers bought ahead are paid for already.
        is_paid = event.voucher_expense == VoucherExpense.BOUGHT_AHEAD
        minor = 0 if is_paid else event.amount_minor or 0
        if event.kind in UNDOING:
            claim_of[event.undoes_id].undone += 1
            claim_of[event.undoes_id].undone_minor += minor
            continue
        sheet_id, day = event.sheet_id, event.happened_on
        new = ClaimLine(sheet_id, event.code, event.currency, day, day)
        line = found.setdefault(sheet_id, new)
        line.currency = line.currency or event.currency
        line.first, line.last = min(line.first, day), max(line.last, day)
        line.accepted += 1
        line.accepted_minor += minor
        claim_of[event.id] = line
    return found


def _claim_of(session: Session, rejected: Rejected) -> ClaimLine:
    """A claim of which nothing was accepted."""
    programme, received_at = session.exec(
        select(Programme.code, Sheet.received_at)
        .join(Sheet, col(Sheet.programme_id) == Programme.id)
        .where(Sheet.id == rejected.sheet_id)
    ).one()
    day = rejected.redeemed_on or received_at.date()
    return ClaimLine(rejected.sheet_id, programme, None, day, day)


def _rejected(session: Session, vendor: Vendor) -> list[Rejected]:
    """Rows with an error of claims that were posted; each with its first error."""
    query = (
        select_columns(
            *(col(StagedRow.sheet_id), col(StagedRow.number), col(StagedRow.record)),
            *(col(StagedRow.day), col(StagedRow.currency), col(StagedRow.amount_minor)),
            col(RowFinding.finding),
        )
        .join(Sheet, col(Sheet.id) == StagedRow.sheet_id)
        .join(
            RowFinding,
            (col(RowFinding.sheet_id) == StagedRow.sheet_id)
            & (col(RowFinding.number) == StagedRow.number)
            & (col(RowFinding.severity) == "error"),
        )
        .where(
            col(StagedRow.vendor_id) == vendor.id,
            col(StagedRow.state) == RowState.ERROR,
            col(Sheet.kind).in_(registry.names_where(lambda kind: kind.is_claim)),
            col(Sheet.state) == SheetState.APPROVED,
        )
        .order_by(col(StagedRow.sheet_id), col(StagedRow.number), col(RowFinding.id))
    )
    found: dict[tuple[int, int], Rejected] = {}
    rows = session.execute(query).all()
    names = RowNames(session, {sheet_id for sheet_id, *_rest in rows})
    for sheet_id, row, record, day, currency, minor, finding in rows:
        number = str(values_of(record).get("voucher_number", ""))
        money = money_of(currency, minor)
        rejected = Rejected(
            sheet_id,
            row,
            names.shown(sheet_id, row),
            *(number, day, money, finding_of(finding)),
        )
        found.setdefault((sheet_id, row), rejected)
    return list(found.values())


def _dues(
    session: Session,
    vendor: Vendor,
    claims: Sequence[ClaimLine],
    payments: Sequence[Paid],
) -> list[Due]:
    found: dict[str, Due] = {}

    def due(currency: str) -> Due:
        return found.setdefault(currency, Due(currency))

    for line in claims:
        if line.currency:
            due(line.currency).accepted_minor += line.accepted_minor
            due(line.currency).undone_minor += line.undone_minor
    for payment in payments:
        if payment.reversed_on is None:
            due(payment.currency).paid_minor += payment.amount_minor
    for account in (Account.PAYABLES, Account.RECEIVABLES):
        booked = journal.balance_of(session, vendor.society_id, account, vendor_id=vendor.id)
        for currency, minor in booked.items():
            due(currency).booked_minor -= minor
    return [found[currency] for currency in sorted(found)]


def statement_pages(found: Statement) -> list[TablePage]:
    """Claims, what was rejected and why, payments and what is due."""
    vendor = found.vendor
    lines = [_("Statement of vendor {code}").format(code=vendor.code), vendor.name]
    if vendor.contract:
        lines.append(_("Contract {contract}").format(contract=vendor.contract))
    return [
        TablePage(_("Claims"), lines, _claim_columns(), [_claim(line) for line in found.claims], 4),
        TablePage(
            _("Rejected"),
            lines,
            [
                TableColumn(_("Voucher"), 18),
                TableColumn(_("Sheet")),
                TableColumn(_("Row")),
                TableColumn(_("Redeemed on"), 13),
                TableColumn(_("Currency"), 10),
                TableColumn(_("Claimed"), 14, is_summed=True),
                TableColumn(_("Reason"), 40),
            ],
            [
                [
                    *(each.number, each.sheet_id, each.row_name, each.redeemed_on),
                    *(each.money.currency if each.money else "", each.money),
                    title(each.finding.code),
                ]
                for each in found.rejected
            ],
            4,
        ),
        TablePage(
            _("Payments"),
            lines,
            [
                TableColumn(_("Invoice"), 24),
                TableColumn(_("Paid on"), 13),
                TableColumn(_("Currency"), 10),
                TableColumn(_("Paid"), 16, is_summed=True),
                TableColumn(_("Taken back on"), 13),
                TableColumn(_("Taken back"), 16, is_summed=True),
            ],
            [_payment(each) for each in found.payments],
            2,
        ),
        TablePage(
            _("Due"),
            lines,
            [
                TableColumn(_("Currency"), 12),
                *(
                    TableColumn(heading, 16)
                    for heading in (
                        *(_("Accepted"), _("Taken back"), _("Paid"), _("Due")),
                        _("As the book says"),
                    )
                ),
            ],
            [_due(each) for each in found.dues],
        ),
    ]


def _claim_columns() -> list[TableColumn]:
    return [
        TableColumn(_("Sheet"), 10),
        TableColumn(_("Programme"), 14),
        TableColumn(_("First day"), 13),
        TableColumn(_("Last day"), 13),
        TableColumn(_("Currency"), 10),
        TableColumn(_("Numbers claimed"), 12, is_summed=True),
        TableColumn(_("Rejected"), 12, is_summed=True),
        TableColumn(_("Accepted"), 12, is_summed=True),
        TableColumn(_("Value accepted"), 16, is_summed=True),
        TableColumn(_("Taken back"), 12, is_summed=True),
        TableColumn(_("Value taken back"), 16, is_summed=True),
    ]


def _claim(line: ClaimLine) -> list[TableValue]:
    return [
        *(line.sheet_id, line.programme, line.first, line.last, line.currency or ""),
        *(line.claimed, line.rejected, line.accepted, line.money(line.accepted_minor)),
        *(line.undone, line.money(line.undone_minor)),
    ]


def _payment(paid: Paid) -> list[TableValue]:
    money = Money(paid.currency, paid.amount_minor)
    undone = money if paid.reversed_on else None
    return [paid.invoice, paid.paid_on, paid.currency, money, paid.reversed_on, undone]


def _due(due: Due) -> list[TableValue]:
    amounts = (due.accepted_minor, due.undone_minor, due.paid_minor, due.due_minor)
    return [
        due.currency,
        *(Money(due.currency, minor) for minor in (*amounts, due.booked_minor)),
    ]
