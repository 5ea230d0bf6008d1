"""The lines of entries about vouchers after their hand-out."""

from collections import defaultdict
from dataclasses import replace

from cva.core.db import TableRows
from cva.journal.accounts import Account
from cva.journal.entry_posting import NewLine
from cva.programmes.models import Programme, VoucherExpense


def redemption_lines(programme: Programme, rows: TableRows) -> list[NewLine]:
    """What the vendors of these redemptions are owed, against expense or vouchers outstanding.

    Vouchers bought ahead are paid for already. A commodity voucher was never outstanding with
    an amount, so what is claimed for it is an expense in any case.

    Args:
        programme: Of the vouchers.
        rows: Redemptions with ``round_id``, and ``is_outstanding`` where the voucher has a face
            value that did not leave the accounts as it expired.
    """
    expense = VoucherExpense(programme.voucher_expense)
    if expense == VoucherExpense.BOUGHT_AHEAD:
        return []
    totals: dict[tuple[Account, str, int, int], int] = defaultdict(int)
    for row in rows:
        if row["amount_minor"]:
            was_outstanding = expense == VoucherExpense.HAND_OVER and row["is_outstanding"]
            debit = Account.VOUCHERS_OUTSTANDING if was_outstanding else Account.VOUCHER_ASSISTANCE
            totals[debit, row["currency"], row["round_id"], row["vendor_id"]] += row["amount_minor"]
    lines = []
    for (debit, currency, round_id, vendor_id), minor in sorted(totals.items()):
        dimensions = _dimensions(programme, round_id) | {"vendor_id": vendor_id}
        lines.append(NewLine(debit, currency, minor, dimensions))
        lines.append(NewLine(Account.PAYABLES, currency, -minor, dimensions))
    return lines


def ended_lines(programme: Programme, rows: TableRows) -> list[NewLine]:
    """What was expensed at hand-over and will not be redeemed is no expense any more.

    Args:
        programme: Of the vouchers.
        rows: With ``round_id``, ``currency`` and ``rest_minor``, what was not redeemed.
    """
    if VoucherExpense(programme.voucher_expense) != VoucherExpense.HAND_OVER:
        return []
    totals: dict[tuple[str, int], int] = defaultdict(int)
    for row in rows:
        if row["rest_minor"]:
            totals[row["currency"], row["round_id"]] += row["rest_minor"]
    lines = []
    for (currency, round_id), minor in sorted(totals.items()):
        dimensions = _dimensions(programme, round_id)
        lines.append(NewLine(Account.VOUCHERS_OUTSTANDING, currency, minor, dimensions))
        lines.append(NewLine(Account.VOUCHER_ASSISTANCE, currency, -minor, dimensions))
    return lines


def reissued_lines(programme: Programme, rows: TableRows) -> list[NewLine]:
    """What was no expense any more is one again, as another voucher takes the place of a lost one.

    Args:
        programme: Of the vouchers.
        rows: With ``round_id``, ``currency`` and ``amount_minor``, the face value.
    """
    lost = ended_lines(programme, [{**row, "rest_minor": row["amount_minor"]} for row in rows])
    return [replace(line, amount_minor=-line.amount_minor) for line in lost]


def payment_lines(programme: Programme, vendor_id: int, currency: str, minor: int) -> list[NewLine]:
    """A vendor is paid by the bank."""
    dimensions = _dimensions(programme, None) | {"vendor_id": vendor_id}
    return [
        NewLine(Account.PAYABLES, currency, minor, dimensions),
        NewLine(Account.BANK, currency, -minor, dimensions),
    ]


def _dimensions(programme: Programme, round_id: int | None) -> dict[str, int]:
    found = {"programme_id": programme.id}
    if round_id is not None:
        found["round_id"] = round_id
    if programme.grant_id is not None:
        found["grant_id"] = programme.grant_id
    return found
