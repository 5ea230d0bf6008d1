"""What the accounts of the book are called."""

from cva.core.i18n import gettext as _
from cva.journal.accounts import Account


def account_name(number: str) -> str:
    """An account of the book."""
    return {
        Account.BANK: _("Bank"),
        Account.CASH_IN_CUSTODY: _("Cash in custody"),
        Account.PROVIDER_ADVANCES: _("Advances to providers"),
        Account.RECEIVABLES: _("To be got back"),
        Account.UNEXPLAINED: _("Unexplained hand-outs"),
        Account.CERTIFICATES: _("Certificates bought ahead"),
        Account.CONVERSION: _("Conversion of currencies"),
        Account.DEFERRED_FUNDING: _("Funding received ahead"),
        Account.VOUCHERS_OUTSTANDING: _("Vouchers outstanding"),
        Account.PAYABLES: _("To be paid"),
        Account.NET_ASSETS: _("Net assets"),
        Account.GRANT_INCOME: _("Grant income"),
        Account.CASH_ASSISTANCE: _("Cash assistance"),
        Account.VOUCHER_ASSISTANCE: _("Voucher assistance"),
        Account.DELIVERY_FEES: _("Fees of delivery"),
        Account.LOSSES: _("Losses"),
        Account.EXCHANGE_RESULT: _("Exchange result"),
    }.get(Account(number), number)
