"""Who received which vouchers in a round: the voucher side of its reconciliation."""

from collections import Counter
from datetime import date

from sqlalchemy import func
from sqlalchemy import select as select_columns
from sqlmodel import Session, col

from cva.beneficiaries.models import Beneficiary
from cva.entitlements.delivery_comparison import Delivery
from cva.vouchers.models import Voucher
from cva.vouchers.service import is_first_issue


def handed_out_in(session: Session, round_id: int) -> list[Delivery]:
    """The hand-outs of a round: what a person was given on one day by one sheet is one.

    A voucher in the place of a lost one is the same hand-out.

    Value vouchers count by their face value, commodity vouchers by pieces.
    """
    rows = session.execute(
        select_columns(
            func.coalesce(col(Beneficiary.merged_into_id), col(Voucher.beneficiary_id)),
            col(Voucher.issued_on),
            col(Voucher.sheet_id),
            col(Voucher.row_number),
            col(Voucher.currency),
            col(Voucher.amount_minor),
            col(Voucher.quantity),
        )
        .join(Beneficiary, col(Beneficiary.id) == Voucher.beneficiary_id)
        .where(col(Voucher.round_id) == round_id, is_first_issue())
        .order_by(
            col(Voucher.issued_on),
            col(Voucher.sheet_id),
            col(Voucher.row_number),
        )
    )
    nth: Counter[int] = Counter()
    found: dict[tuple[int, date, int, str | None], Delivery] = {}
    for person, day, sheet_id, row, currency, minor, quantity in rows:
        unit, amount = (None, quantity or 1) if minor is None else (currency, minor)
        key = (person, day, sheet_id, unit)
        before = found.get(key)
        if before is not None:
            found[key] = before._replace(amount=before.amount + amount)
            continue
        nth[person] += 1
        found[key] = Delivery(
            person,
            nth[person],
            unit,
            amount,
            is_received=True,
            is_confirmed=True,
            sheet_id=sheet_id,
            row=row,
        )
    return list(found.values())
