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


def paid_in(session: Session, round_id: int, society_id: int) -> list[Told]:
    """The cash posted in a round and not reversed; its keys know of records made one."""
    of_round = (col(PaymentKey.society_id) == society_id, col(PaymentKey.round_id) == round_id)
    returned = dict(
        session.execute(
            select_columns(col(TransferEvent.transfer_id), func.sum(TransferEvent.amount_minor))
            .join(PaymentKey, col(PaymentKey.transfer_id) == TransferEvent.transfer_id)
            .where(*of_round, col(TransferEvent.kind) == EventKind.RETURNED)
            .group_by(col(TransferEvent.transfer_id))
        ).all()
    )
    rows = session.execute(
        select_columns(
            col(Transfer.id),
            col(PaymentKey.beneficiary_id),
            col(PaymentKey.instalment),
            col(Transfer.currency),
            col(Transfer.amount_minor),
            col(Transfer.sheet_id),
            col(Transfer.row_number),
        )
        .join(PaymentKey, col(PaymentKey.transfer_id) == Transfer.id)
        .where(*of_round)
    )
    return [
        Told(
            person,
            instalment,
            currency,
            minor,
            is_received=True,
            is_confirmed=True,
            sheet_id=sheet_id,
            row=row,
            returned=int(returned.get(transfer_id, 0)),
        )
        for transfer_id, person, instalment, currency, minor, sheet_id, row in rows
    ]


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
