"""Who was given what in a round: what was posted, and what staged rows of hand-outs say."""

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import or_
from sqlalchemy import select as select_columns
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from cva.beneficiaries.models import Registration
from cva.beneficiaries.service import number_of
from cva.entitlements.delivery_comparison import Delivery
from cva.staging.models import GIVEN, StagedRow
from cva.staging.rows import values_of
from cva.transfers.round_payments import paid_in
from cva.vouchers.service import handed_out_in


class HandoutRow(NamedTuple):
    """One staged row.

    Attributes:
        number: The person's registration number; where nobody is registered as the sheet has it.
        person: Below zero where nobody is registered: the same for the same number.
        amount: Minor units of ``currency``, or pieces where that is None.
        instalment: None where the sheet names none.
    """

    sheet_id: int
    row: int
    state: str
    number: str
    person: int
    currency: str | None
    amount: int
    instalment: int | None = None


def handout_rows(
    session: Session, society_id: int, sheet_ids: Sequence[int], states: Collection[str]
) -> list[HandoutRow]:
    """The rows of sheets that are in one of these states, by day."""
    # Decrypting takes time: only the record has what nobody registered, and pieces.
    needed = aliased(StagedRow)
    is_needed = or_(col(Registration.id).is_(None), col(StagedRow.amount_minor).is_(None))
    found = session.execute(
        select_columns(
            col(StagedRow.sheet_id),
            col(StagedRow.number),
            col(StagedRow.state),
            col(StagedRow.registration_key),
            col(StagedRow.currency),
            col(StagedRow.amount_minor),
            col(Registration.number),
            col(Registration.beneficiary_id),
            col(StagedRow.instalment),
            col(needed.record),
        )
        .join(
            Registration,
            (col(Registration.number_key) == StagedRow.registration_key)
            & (col(Registration.society_id) == society_id),
            isouter=True,
        )
        .join(needed, (col(needed.id) == StagedRow.id) & is_needed, isouter=True)
        .where(col(StagedRow.sheet_id).in_(sheet_ids), col(StagedRow.state).in_(states))
        .order_by(col(StagedRow.day), col(StagedRow.sheet_id), col(StagedRow.number))
    )
    strangers: dict[object, int] = {}
    rows = []
    for sheet_id, number, state, key, currency, minor, registered, person, *rest in found:
        instalment, record = rest
        values = values_of(record) if record else {}
        stranger = key or (sheet_id, number)
        rows.append(
            HandoutRow(
                sheet_id,
                number,
                state,
                registered or number_of(values) or key or "",
                person or -strangers.setdefault(stranger, len(strangers) + 1),
                None if minor is None else currency,
                (values.get("quantity") or 1) if minor is None else minor,
                instalment,
            )
        )
    return rows


def deliveries_of(
    rows: Iterable[HandoutRow], is_one_per_person: Callable[[int], bool]
) -> list[Delivery]:
    """What the rows say was given.

    Args:
        rows: Of sheets of hand-outs.
        is_one_per_person: Whether all that a sheet gives one person, such as several vouchers, is
            one delivery.
    """
    found: dict[object, Delivery] = {}
    for row in rows:
        is_received = row.state in GIVEN
        by_person = is_received and is_one_per_person(row.sheet_id)
        key = (row.sheet_id, row.person, row.currency) if by_person else (row.sheet_id, row.row)
        before = found.get(key)
        if before is not None:
            found[key] = before._replace(amount=before.amount + row.amount)
            continue
        found[key] = Delivery(
            row.person,
            row.instalment,
            row.currency,
            row.amount if is_received else 0,
            is_received=is_received,
            is_confirmed=False,
            sheet_id=row.sheet_id,
            row=row.row,
        )
    return list(found.values())


def given_in(session: Session, round_id: int) -> list[Delivery]:
    """All that was posted as given in a round, cash and vouchers."""
    return [*paid_in(session, round_id), *handed_out_in(session, round_id)]
