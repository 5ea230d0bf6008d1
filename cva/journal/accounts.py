"""The chart of accounts of a society's own book."""

from enum import StrEnum


class Account(StrEnum):
    """Account numbers. A number is never given to something else."""

    BANK = "1000"
    CASH_IN_CUSTODY = "1010"
    PROVIDER_ADVANCES = "1100"
    RECEIVABLES = "1200"
    UNEXPLAINED = "1210"
    CERTIFICATES = "1300"
    CONVERSION = "1900"
    DEFERRED_FUNDING = "2000"
    VOUCHERS_OUTSTANDING = "2200"
    PAYABLES = "2300"
    NET_ASSETS = "3000"
    GRANT_INCOME = "4000"
    CASH_ASSISTANCE = "5000"
    VOUCHER_ASSISTANCE = "5010"
    DELIVERY_FEES = "5100"
    LOSSES = "5200"
    EXCHANGE_RESULT = "5900"
