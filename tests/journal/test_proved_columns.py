"""What the digest of an entry reads of the rows behind it: entries posted long ago rely on it."""

import hashlib

import pytest

from cva.entitlements import service as entitlements
from cva.journal.row_digests import Behind
from cva.providers import float_movements, payment_events
from cva.transfers import round_payments
from cva.transfers import service as transfers
from cva.vouchers import service as vouchers
from cva.vouchers import vendors, voucher_events


@pytest.mark.parametrize(
    ("behind", "expected"),
    [
        (entitlements.BEHIND, "c126fd7b98ed7f59"),
        (float_movements.BEHIND, "8f947868c37c5f6e"),
        (payment_events.BEHIND, "106a313b5a789d7e"),
        (round_payments.ABSENCES_BEHIND, "8a7c932c80228a25"),
        (transfers.BEHIND, "938e35e24102b632"),
        (transfers.EVENTS_BEHIND, "fc262a0b39d662df"),
        (vendors.PAYMENTS_BEHIND, "134782b4333f33bf"),
        (voucher_events.BEHIND, "b88486472f246ff7"),
        (vouchers.BEHIND, "8c69d3746160eb8b"),
    ],
    ids=lambda value: value.table.__name__ if isinstance(value, Behind) else "",
)
def test_no_column_is_moved_added_or_left_out(behind: Behind, expected: str) -> None:
    names = " ".join(behind.columns)
    assert hashlib.sha256(names.encode()).hexdigest()[:16] == expected, names
