"""Sheets of payment results, and what the ledger makes of them."""

from collections import Counter

from sqlmodel import func, select

from cva.beneficiaries.models import Registration
from cva.journal import service as journal
from cva.journal.accounts import Account
from cva.journal.models import Entry
from cva.providers.models import Payment, PaymentStatus
from cva.reports.control_totals import control_totals
from cva.reports.verification import prove
from cva.societies import service as societies
from cva.transfers.models import PaymentKey
from tests.makers import AtWork

HEAD = "ours | theirs | number | day | amount | currency | fee | status | reason"


def result(*rows: str) -> str:
    """A results sheet; each row as ``ours | theirs | number | day | amount | fee | status``."""
    lines = [HEAD]
    for row in rows:
        ours, theirs, number, day, amount, fee, status, *reason = (
            cell.strip() for cell in row.split("|")
        )
        why = reason[0] if reason else ""
        cells = (ours, theirs, number, day, amount, "RUB", fee, status, why)
        lines.append(" | ".join(cells))
    return "\n".join(lines)


def paid(ours: str, theirs: str = "", status: str = "paid", fee: str = "") -> str:
    return f"{ours} | {theirs} | | 2022-11-05 | 5000 | {fee} | {status}"


def states(society: AtWork) -> dict[str, str]:
    query = (
        select(Registration.number, PaymentStatus.state)
        .join(PaymentStatus, PaymentStatus.beneficiary_id == Registration.beneficiary_id)  # type: ignore[arg-type]
        .join(Payment, Payment.id == PaymentStatus.payment_id)  # type: ignore[arg-type]
        .order_by(Payment.attempt)  # type: ignore[arg-type]
    )
    return dict(society.see(lambda s: s.exec(query).all()))


def balance(society: AtWork, account: Account) -> int:
    return sum(
        each.debit_minor - each.credit_minor
        for each in society.see(lambda s: journal.balances(s, society.society_id))
        if each.account == account
    )


def assert_sound(society: AtWork) -> None:
    proof = society.see(lambda s: prove(s, societies.get_society(s, society.society_id)))
    assert proof.is_sound, proof.fault
    totals = society.see(lambda s: control_totals(s, society.society_id))
    assert totals.tie, totals.ties


def keys(society: AtWork) -> int:
    query = select(func.count()).select_from(PaymentKey)
    return society.see(lambda s: s.exec(query).one())


def kinds(society: AtWork) -> Counter[str]:
    return Counter(each.kind for each in society.all_of(Entry))
