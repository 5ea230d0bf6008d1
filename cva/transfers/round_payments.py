"""Who received what in a round, and who did not: the cash side of its reconciliation."""

from sqlalchemy import func
from sqlalchemy import select as select_columns
from sqlmodel import Session, col

from cva.beneficiaries.models import Beneficiary
from cva.entitlements.delivery_comparison import Delivery
from cva.journal.row_digests import Behind
from cva.transfers.models import Absence, PaymentKey, Transfer, TransferEvent, TransferEventKind
from cva.transfers.service import is_excess, is_live, returned_of

#: What entries of absences are proved from; see ``Absence.reason``.
ABSENCES_BEHIND = Behind(Absence, but=("reason",))


def paid_in(session: Session, round_id: int) -> list[Delivery]:
    """The cash posted in a round and not reversed, each with what of it came back.

    What was returned whole is at the row that says so; the rest at the row that was paid. Keys
    know of records made one; what came back whole has none, as it can be paid again.
    """
    rows = session.execute(
        select_columns(
            col(Transfer.id),
            func.coalesce(
                col(Beneficiary.merged_into_id),
                col(PaymentKey.beneficiary_id),
                col(Transfer.beneficiary_id),
            ),
            func.coalesce(col(PaymentKey.instalment), col(Transfer.instalment)),
            col(Transfer.instalment),
            col(Transfer.currency),
            col(Transfer.amount_minor),
            col(Transfer.sheet_id),
            col(Transfer.row_number),
            is_excess(),
        )
        .join(Beneficiary, col(Beneficiary.id) == Transfer.beneficiary_id)
        .join(PaymentKey, col(PaymentKey.transfer_id) == Transfer.id, isouter=True)
        .where(col(Transfer.round_id) == round_id, is_live())
        .order_by(col(Transfer.paid_on), col(Transfer.id))
    ).all()
    returned_by = _returned_by(session, round_id)
    returned = returned_of(session, list(returned_by))
    found = []
    for transfer_id, person, part, own_part, currency, minor, sheet_id, row, is_twice in rows:
        back = returned.get(transfer_id, 0)
        where = returned_by[transfer_id] if back == minor else (sheet_id, row)
        found.append(
            Delivery(
                person,
                own_part if part < 1 else part,
                currency,
                minor - back,
                is_received=True,
                is_confirmed=True,
                sheet_id=where[0],
                row=where[1],
                returned=back,
                is_excess=is_twice or part < 1,
            )
        )
    return found


def _returned_by(session: Session, round_id: int) -> dict[int, tuple[int, int]]:
    """The transfers of a round of which something came back, with the row that said so last."""
    rows = session.execute(
        select_columns(
            col(TransferEvent.transfer_id),
            func.coalesce(col(TransferEvent.sheet_id), col(Transfer.sheet_id)),
            func.coalesce(col(TransferEvent.row_number), col(Transfer.row_number)),
        )
        .join(Transfer, col(Transfer.id) == TransferEvent.transfer_id)
        .where(
            col(Transfer.round_id) == round_id,
            col(TransferEvent.kind) == TransferEventKind.RETURNED,
        )
        .order_by(col(TransferEvent.happened_on), col(TransferEvent.id))
    )
    return {transfer_id: (sheet_id, row) for transfer_id, sheet_id, row in rows}


def absent_in(session: Session, round_id: int) -> list[Delivery]:
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
    return [Delivery.missed(*row) for row in rows]
