"""A vendor's statement as a workbook."""

from cva.core.i18n import gettext as _
from cva.core.money import Money
from cva.reports.vendor_statement import ClaimLine, Due, Statement
from cva.sheets.findings.finding import title
from cva.sheets.writing.table_workbook import TableColumn, TablePage, TableValue
from cva.vouchers.vendors import Paid


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
                    *(each.number, each.sheet_id, each.row, each.redeemed_on),
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
