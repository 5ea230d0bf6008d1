"""Payment lists of a round, without people to whom a sheet hands the same out."""

from sqlmodel import Session, col, false, func, select

from cva.beneficiaries.models import Beneficiary, Registration
from cva.kinds import registry
from cva.providers import instructions
from cva.providers.instructions import Made
from cva.staging.models import RowState, Sheet, SheetState, StagedRow

#: Rows that do not say that somebody is given something, or say what is posted.
_SAYS_NOTHING = (RowState.NOT_RECEIVED, RowState.NO_ANSWER, RowState.POSTED, RowState.REVERSED)


def make_list(
    session: Session, provider_id: int, round_id: int, site: str = "", *, instead: bool = False
) -> Made:
    """Make a payment list; see ``cva.providers.instructions.make_list``.

    Who stands in a hand-out sheet of the round that nobody approved yet is left off: they may
    have their money in hand.
    """
    return instructions.make_list(
        session, provider_id, round_id, site, instead=instead, standing_in=standing_in
    )


def standing_in(session: Session, round_id: int) -> dict[int, int]:
    """The undecided hand-out sheet of a round in which people stand, the first, by person."""
    person = func.coalesce(col(Beneficiary.merged_into_id), col(Beneficiary.id))
    query = (
        select(person, func.min(col(Sheet.id)))
        .select_from(Sheet)
        .join(StagedRow, col(StagedRow.sheet_id) == Sheet.id)
        .join(
            Registration,
            (col(Registration.society_id) == StagedRow.society_id)
            & (col(Registration.number_key) == StagedRow.registration_key),
        )
        .join(Beneficiary, col(Beneficiary.id) == Registration.beneficiary_id)
        .where(
            Sheet.round_id == round_id,
            col(Sheet.is_list) == false(),
            col(Sheet.kind).in_(registry.handouts()),
            col(Sheet.state).in_((SheetState.CHECKED, SheetState.SUBMITTED)),
            col(StagedRow.state).not_in(_SAYS_NOTHING),
        )
        .group_by(person)
    )
    return {person_id: sheet_id or 0 for person_id, sheet_id in session.exec(query)}
