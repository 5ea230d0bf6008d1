"""What people are shown of a round: its plan, how far its list is, the sheets that speak of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, func, select

from cva.core.dates import Month
from cva.core.permissions import Permission
from cva.core.tenancy import actor_of
from cva.entitlements import service as entitlements
from cva.entitlements.change_effects import Changed, changes_of
from cva.entitlements.list_rows import ShownRow, SiteSum, rows_of, sites_of
from cva.entitlements.models import ListState, ListVersion, RoundList
from cva.entitlements.service import PlannedTotal
from cva.intake import evidence
from cva.programmes import planning
from cva.programmes import service as programmes
from cva.programmes.models import Grant, Programme, Round
from cva.providers.models import PaymentList, Provider
from cva.societies import service as societies
from cva.societies.models import Society
from cva.staging.models import Sheet, SheetState
from cva.staging.row_names import RowNames

#: Sheets that came to nothing are not shown with their round.
_GONE = (SheetState.WITHDRAWN, SheetState.REFUSED)


@dataclass(frozen=True, slots=True)
class ListedRound:
    """A round as a line of a list."""

    round: Round
    society: Society
    programme: Programme
    list_state: str | None


@dataclass(frozen=True, slots=True)
class RoundView:
    """A round and all that is shown of it.

    Attributes:
        planned: What its list comes to per currency: the approved one, else the draft.
        faults: Number, fault, row and its name of what keeps the draft from being submitted.
        kept: Lists that are kept for it and can be taken over.
        sheets: Other sheets sent for it, the newest first.
        shares: Its grants with their hundredths of a per cent.
        others: Rounds of the same programme whose list can be copied.
        people: E-mail addresses by id.
        scans: Of signed lists.
        sites: The list by site. ``rows``: its first people, by number.
        changes: What each version of the list but the first changed.
        payment_lists: Lists made for providers, each with the provider's name.
    """

    round: Round
    society: Society
    programme: Programme
    list: RoundList | None
    planned: Sequence[PlannedTotal]
    faults: Sequence[tuple[str, str, int | None, str]]
    versions: Sequence[ListVersion]
    kept: Sequence[Sheet]
    sheets: Sequence[Sheet]
    shares: Sequence[tuple[Grant, int]]
    others: Sequence[Round]
    people: Mapping[int, str]
    scans: Sequence[evidence.ListedScan]
    sites: Sequence[SiteSum]
    rows: Sequence[ShownRow]
    changes: Mapping[int, Changed]
    payment_lists: Sequence[tuple[PaymentList, str]]

    @property
    def list_state(self) -> str | None:
        """How far its list is; None where there is none."""
        return self.list.state if self.list else None

    @property
    def is_by_hand(self) -> bool:
        """Whether the society itself hands it out; else a provider does."""
        return programmes.is_by_hand(self.round, self.programme)

    @property
    def stage(self) -> str:
        """``unplanned``, ``no_list``, ``draft``, ``submitted`` or ``approved``."""
        if self.round.starts_on is None:
            return "unplanned"
        return self.list.state if self.list else "no_list"

    def is_own(self, user_id: int) -> bool:
        """Whether a person made or submitted the list, and so cannot approve it."""
        return self.list is not None and user_id in {self.list.made_by, self.list.submitted_by}


def list_rounds(
    session: Session,
    *,
    society_id: int | None = None,
    programme_id: int | None = None,
    state: str | None = None,
    month: Month | None = None,
) -> list[ListedRound]:
    """The named rounds of the societies where the actor sees rounds, the latest first.

    Args:
        session: Of the actor.
        society_id: Only of this society.
        programme_id: Only of this programme.
        state: Only with a list so far; ``no_list``: without one.
        month: Only those that start in it.
    """
    seen = [each.id for each in societies.societies_with(session, Permission.SEE_ROUNDS)]
    query = (
        select(Round, Society, Programme, RoundList.state)
        .join(Society, col(Society.id) == Round.society_id)
        .join(Programme, col(Programme.id) == Round.programme_id)
        .join(RoundList, col(RoundList.round_id) == Round.id, isouter=True)
        .where(col(Round.society_id).in_(seen), col(Round.is_named))
        .order_by(col(Round.starts_on).desc().nulls_last(), col(Round.id).desc())
    )
    for column, value in (
        (col(Round.society_id), society_id),
        (col(Round.programme_id), programme_id),
        (func.coalesce(col(RoundList.state), "no_list"), state),
    ):
        if value is not None:
            query = query.where(column == value)
    if month is not None:
        query = query.where(
            col(Round.starts_on) >= month.first, col(Round.starts_on) < month.next_first
        )
    return [ListedRound(*row) for row in session.exec(query)]


def lists_waiting(session: Session) -> Sequence[Round]:
    """The rounds whose list waits for the actor as the budget holder, the oldest first."""
    actor = actor_of(session)
    ids = [each.id for each in societies.societies_with(session, Permission.APPROVE_LISTS)]
    query = (
        select(Round)
        .join(RoundList, col(RoundList.round_id) == Round.id)
        .where(
            col(RoundList.society_id).in_(ids),
            RoundList.state == ListState.SUBMITTED,
            col(RoundList.made_by) != actor.user_id,
            col(RoundList.submitted_by) != actor.user_id,
        )
        .order_by(col(RoundList.submitted_at), col(Round.id))
    )
    return session.exec(query).all()


def show_round(session: Session, round_id: int) -> RoundView:
    """A round as its page tells it.

    Raises:
        NotFoundError: There is none within the actor's societies.
        ForbiddenError: The actor's role does not see rounds.
    """
    found = planning.see_round(session, round_id)
    known = entitlements.list_of(session, round_id)
    is_approved = known is not None and known.state == ListState.APPROVED
    sheets = _sheets(session, round_id)
    versions = entitlements.versions_of(session, round_id)
    grants = {grant.id: grant for grant in planning.list_grants(session, found.society_id)}
    scans = evidence.of_round(session, round_id)
    involved = [
        *(scan.added_by for scan in scans),
        *(version.made_by for version in versions),
        *(version.approved_by for version in versions),
        *((known.made_by, known.submitted_by, known.approved_by) if known else ()),
    ]
    return RoundView(
        round=found,
        society=societies.get_society(session, found.society_id),
        programme=programmes.get_programme(session, found.programme_id),
        list=known,
        planned=(
            entitlements.planned_of(session, round_id)
            if is_approved
            else entitlements.drafted_of(session, round_id)
        ),
        faults=_faults(session, round_id),
        versions=versions,
        kept=[sheet for sheet in sheets if sheet.is_list and sheet.state == SheetState.KEPT],
        sheets=[sheet for sheet in sheets if not sheet.is_list],
        shares=[(grants[grant_id], bp) for grant_id, bp in programmes.shares_of(session, round_id)],
        others=_others(session, found),
        people=societies.emails(session, involved),
        scans=scans,
        sites=sites_of(session, round_id, is_approved=is_approved),
        rows=rows_of(session, round_id, is_approved=is_approved),
        changes=changes_of(session, round_id),
        payment_lists=_payment_lists(session, round_id),
    )


def _payment_lists(session: Session, round_id: int) -> list[tuple[PaymentList, str]]:
    rows = session.exec(
        select(PaymentList, Provider.name)
        .join(Provider, col(Provider.id) == PaymentList.provider_id)
        .where(PaymentList.round_id == round_id)
        .order_by(col(PaymentList.id))
    )
    return [(found, name) for found, name in rows]


def _sheets(session: Session, round_id: int) -> Sequence[Sheet]:
    query = (
        select(Sheet)
        .where(Sheet.round_id == round_id, col(Sheet.state).not_in(_GONE))
        .order_by(col(Sheet.id).desc())
    )
    return session.exec(query).all()


def _others(session: Session, found: Round) -> list[Round]:
    if not actor_of(session).may(Permission.PREPARE, found.society_id):
        return []
    approved = entitlements.approved_rounds(session, found.society_id)
    return [each for each in approved if each.id != found.id]


def _faults(session: Session, round_id: int) -> list[tuple[str, str, int | None, str]]:
    """What keeps the draft from being submitted, with the names of its rows."""
    found = entitlements.faults_of(session, round_id)
    names = RowNames(session, [sheet_id for *_rest, sheet_id in found])
    return [
        (number, fault, row, names.of(sheet_id, row) if row else "")
        for number, fault, row, sheet_id in found
    ]
