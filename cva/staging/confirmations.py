"""What is not taken over silently: the sender of a sheet confirms it, the approver sees it."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from cva.staging.models import RowFinding, Sheet

#: What differs from the field list as it was written.
CHANGES = (
    "field-list-altered",
    "list-outdated",
    "list-row-added",
    "list-row-missing",
    "locked-cell-changed",
    "plan-changed",
)
#: In a list before hand-out: the number is registered for another person.
OTHER_NAMES = ("identity-differs",)
#: What may not have happened as the row says.
DOUBTFUL = ("rest-returned", "voucher-in-store")


def to_confirm(session: Session, sheet: Sheet) -> set[str]:
    """The codes of what the sender of a sheet has to confirm."""
    query = select(RowFinding.code).where(
        RowFinding.sheet_id == sheet.id, col(RowFinding.code).in_(confirmed_codes(sheet))
    )
    return set(session.exec(query.distinct()))


def confirmed_codes(sheet: Sheet) -> Sequence[str]:
    """What is not taken over silently: the sender confirms it, and the approver sees it."""
    return OTHER_NAMES if sheet.is_list else (*CHANGES, *DOUBTFUL)
