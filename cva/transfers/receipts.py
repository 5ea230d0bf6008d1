"""Who received what in a round, and who did not: the cash side of its reconciliation."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func
from sqlalchemy import select as select_columns
from sqlmodel import Session, col

from cva.beneficiaries.models import Beneficiary
from cva.core.db import insert_rows
from cva.entitlements.answers import Told
from cva.journal.rows import Behind
from cva.transfers.models import Absence, EventKind, PaymentKey, Transfer, TransferEvent
from cva.transfers.service import is_live, returned_of

#: What stands behind the entries of absences; see ``Absence.reason``.
ABSENCES_BEHIND = Behind(
    Absence,
    (
        "id",
        "society_id",
        "round_id",
        "beneficiary_id",
        "instalment",
        "sheet_id",
        "row_number",
        "entry_id",
    ),
)


def paid_in(session: Session, round_id: int) -> list[Told]:
    """The cash posted in a round and not reversed, each with what of it came back.

    Keys know of records made one; what came back whole has none, as it can be paid anew.
    """
    rows = session.execute(
        select_columns(
            col(Transfer.id),
            func.coalesce(
                col(PaymentKey.beneficiary_id),
                col(Beneficiary.merged_into_id),
                col(Transfer.beneficiary_id),
            ),
            func.coalesce(col(PaymentKey.instalment), col(Transfer.instalment)),
            col(Transfer.currency),
            col(Transfer.amount_minor),
            col(Transfer.sheet_id),
            col(Transfer.row_number),
        )
        .join(Beneficiary, col(Beneficiary.id) == Transfer.beneficiary_id)
        .join(PaymentKey, col(PaymentKey.transfer_id) == Transfer.id, isouter=True)
        .where(col(Transfer.round_id) == round_id, is_live())
        .order_by(col(Transfer.paid_on), col(Transfer.id))
    ).all()
    returned = _returned_in(session, round_id)
    return [
        Told(
            person,
            instalment,
            currency,
            minor - returned.get(transfer_id, 0),
            is_received=True,
            is_confirmed=True,
            sheet_id=sheet_id,
            row=row,
            returned=returned.get(transfer_id, 0),
        )
        for transfer_id, person, instalment, currency, minor, sheet_id, row in rows
    ]


def _returned_in(session: Session, round_id: int) -> dict[int, int]:
    """What came back of the transfers of a round of which something did."""
    ids = session.scalars(
        select_columns(col(TransferEvent.transfer_id))
        .join(Transfer, col(Transfer.id) == TransferEvent.transfer_id)
        .where(col(Transfer.round_id) == round_id, col(TransferEvent.kind) == EventKind.RETURNED)
        .distinct()
    ).all()
    return returned_of(session, ids)


def absent_in(session: Session, round_id: int) -> list[Told]:
    """Who was said not to have received in a round, by posted sheets."""
    rows = session.execute(
        select_columns(
            func.coalesce(col(Beneficiary.merged_into_id), col(Absence.beneficiary_id)),
            col(Absence.instalment),
            col(Absence.sheet_id),
            col(Absence.row_number),
        )
        .join(Beneficiary, col(Beneficiary.id) == Absence.beneficiary_id)
        .where(col(Absence.round_id) == round_id)
        .order_by(col(Absence.sheet_id), col(Absence.row_number))
    )
    return [
        Told(
            person,
            instalment,
            None,
            0,
            is_received=False,
            is_confirmed=True,
            sheet_id=sheet_id,
            row=row,
        )
        for person, instalment, sheet_id, row in rows
    ]


def record_absences(session: Session, rows: Sequence[dict[str, Any]]) -> None:
    """Record who did not receive (every column of ``ABSENCES_BEHIND``, and ``reason``)."""
    insert_rows(session, Absence, rows)
