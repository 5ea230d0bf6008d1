"""What the rows of a sheet are booked to: programme, round, and the grants that carry it."""

from sqlmodel import Session

from cva.entitlements.service import own_grants_of
from cva.kinds.posting_lines import Dimensions
from cva.programmes import planning
from cva.programmes.models import Programme


def dimensions_of(
    session: Session, programme: Programme, round_id: int, provider_id: int | None = None
) -> Dimensions:
    """The dimensions of a round's lines, read once for all rows."""
    return Dimensions(
        programme,
        round_id,
        planning.shares_of(session, round_id),
        own_grants_of(session, round_id),
        provider_id,
    )
