"""People registered, as the engine knows it: no money moves."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select
from sqlmodel import col

from cva.beneficiaries.models import Beneficiary, Registration
from cva.journal import entry_posting
from cva.kinds.people import posted_the_same, register_new
from cva.kinds.sheet_entries import REGISTRATIONS as _NAME
from cva.kinds.sheet_entries import registration_entry
from cva.kinds.sheet_kind import SheetKind
from cva.staging.context import SheetContext
from cva.staging.rows import rows_to_post


def post_registrations(context: SheetContext) -> int:
    """Register who is new, under one entry; return the number of rows."""
    sheet, day = context.sheet, context.today
    rows = rows_to_post(context.session, sheet.id)
    ids = [person.person_id for person in register_new(context, rows).values()]
    entry = registration_entry(sheet, day, ids, f"sheet:{sheet.id}:{day.isoformat()}")
    entry_posting.post(context.session, [entry])
    return len(rows)


def _registered_before(context: SheetContext, earlier: Sequence[int]) -> Select[Any]:
    is_same = col(Beneficiary.id) == Registration.beneficiary_id
    return posted_the_same(context, earlier, Beneficiary, is_same)


REGISTRATIONS = SheetKind(
    name=_NAME,
    takes_evidence=False,
    posted_before=_registered_before,
    post=post_registrations,
    entry_days=lambda context: [context.today],
    # The people prove their entry by their ids alone.
    entry_proofs={},
)
