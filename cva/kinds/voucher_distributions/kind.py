"""Vouchers handed out, as the engine knows them."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, exists
from sqlmodel import Session, and_, col

from cva.beneficiaries.models import Registration
from cva.core.db import TableRows
from cva.journal.entry_posting import NewLine
from cva.journal.entry_proof import EntryProof
from cva.kinds.handouts.collection_check import compare_collecting
from cva.kinds.handouts.field_list_comparison import compare_field_list
from cva.kinds.handouts.list_comparison import refuse_before_list
from cva.kinds.handouts.posting import HandoutPosting, post_handouts
from cva.kinds.people import posted_the_same
from cva.kinds.row_reversal import RowReversal
from cva.kinds.sheet_entries import dimensions_of, entry_days, voucher_lines
from cva.kinds.sheet_kind import SheetKind
from cva.kinds.voucher_distributions.comparison import compare_handed_out, compare_records
from cva.programmes.models import Modality, Programme
from cva.programmes.service import BY_HAND, Mechanism
from cva.staging.context import SheetContext
from cva.staging.models import StagedRow
from cva.staging.rows import RowToPost
from cva.vouchers import reversals, voucher_events
from cva.vouchers import service as vouchers
from cva.vouchers.models import Voucher, VoucherKey

_NAME = "voucher_distributions"


def _post(context: SheetContext) -> int:
    """Post the rows that are ready or recorded as exceptions; return how many."""
    return post_handouts(
        context,
        _vouchers,
        day_column="issued_on",
        behind=vouchers.BEHIND,
        lines=voucher_lines,
        record=lambda posting, made: vouchers.record(posting.context.session, made),
    )


def _vouchers(posting: HandoutPosting, rows: Sequence[RowToPost]) -> list[dict[str, Any]]:
    return [
        posting.columns(row)
        | {
            "number": row.values["voucher_number"],
            "modality": "commodity_voucher" if row.amount_minor is None else "value_voucher",
            "kind": row.values.get("voucher_type"),
            "quantity": row.values.get("quantity"),
            "issued_on": posting.day(row),
            "mechanism": _mechanism(posting.mechanism(row)),
        }
        for row in rows
    ]


def _mechanism(mechanism: str) -> str:
    return Mechanism.PAPER_VOUCHER if mechanism in BY_HAND else mechanism


def _lines(session: Session, programme: Programme, rows: TableRows) -> list[NewLine]:
    dimensions = dimensions_of(session, programme, rows[0]["round_id"])
    expired = voucher_events.expired_of(session, (row["id"] for row in rows))
    return voucher_lines(dimensions, [row for row in rows if row["id"] not in expired])


_REVERSAL = RowReversal(
    entry_kind="voucher_reversal",
    posted=vouchers.live_of_sheet,
    events=reversals.hand_outs_undone,
    behind=voucher_events.BEHIND,
    record=voucher_events.record,
    lines=_lines,
    refuse_changed=reversals.refuse_changed,
)


def _handed_out_before(context: SheetContext, earlier: Sequence[int]) -> Select[Any]:
    """Select the rows of which voucher, holder, day and amount were posted before."""
    is_same = and_(
        col(Voucher.beneficiary_id) == Registration.beneficiary_id,
        col(Voucher.issued_on) == StagedRow.day,
        col(Voucher.amount_minor).is_not_distinct_from(col(StagedRow.amount_minor)),
        exists().where(
            col(VoucherKey.society_id) == context.sheet.society_id,
            col(VoucherKey.voucher_id) == Voucher.id,
            col(VoucherKey.number_key) == StagedRow.voucher_key,
        ),
    )
    return posted_the_same(context, earlier, Voucher, is_same)


VOUCHER_DISTRIBUTIONS = SheetKind(
    name=_NAME,
    is_handout=True,
    modalities=frozenset(each for each in Modality if each is not Modality.CASH),
    is_one_delivery_per_person=True,
    must_be_registered=True,
    hands_out_vouchers=True,
    refuse=refuse_before_list,
    compare_posted=compare_handed_out,
    compare_records=compare_records,
    compare_file=compare_field_list,
    compare_people=compare_collecting,
    posted_before=_handed_out_before,
    post=_post,
    entry_days=entry_days,
    reversal=_REVERSAL,
    entry_proofs={
        _NAME: EntryProof((vouchers.BEHIND,)),
        _REVERSAL.entry_kind: EntryProof((voucher_events.BEHIND,)),
    },
)
