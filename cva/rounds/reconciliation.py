"""The reconciliation of a round: planned, reported, confirmed, open, what differs, who carries."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from sqlalchemy import case, exists, func
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, false, select

from cva.beneficiaries.service import names_of, numbers_of
from cva.beneficiaries.status import Status, departed_by_now
from cva.core import clock
from cva.core.db import in_bulk
from cva.core.errors import RuleError
from cva.core.i18n import gettext as _
from cva.core.permissions import Permission
from cva.entitlements import service as entitlements
from cva.entitlements.delivery_comparison import (
    STILL_DUE,
    ComparedLine,
    Outcome,
    compare,
    with_under_way,
)
from cva.entitlements.list_rows import ListRow, list_rows
from cva.entitlements.outcome_sums import Sums, answers_of, parts_of, sums_of
from cva.kinds import registry
from cva.kinds.handouts.deliveries import deliveries_of, given_in, handout_rows
from cva.kinds.sheet_kind import PendingDeliveries
from cva.programmes import planning
from cva.programmes import service as programmes
from cva.programmes.models import Grant, Programme, Round
from cva.programmes.planning import WHOLE_BP
from cva.providers.payment_events import live_instalments
from cva.providers.uncollected import Available, failed_in
from cva.societies import service as societies
from cva.societies.models import Society
from cva.staging.models import GIVEN, RowFinding, RowState, Sheet, SheetState, StagedRow
from cva.staging.row_names import RowNames
from cva.transfers.round_payments import absent_in

#: Sheets that tell, and that nobody approved yet.
_UNDECIDED = (SheetState.CHECKED, SheetState.SUBMITTED)


class Carried(NamedTuple):
    """Minor units of a currency that a grant carries.

    Attributes:
        grant: None for what no grant carries.
        share_bp: Hundredths of a per cent of what no grant carries alone; 0 where it has none.
    """

    grant: Grant | None
    share_bp: int
    currency: str
    planned: int
    told: int
    confirmed: int


@dataclass(frozen=True)
class Reconciliation:
    """A round's list compared with all that was reported of it.

    Attributes:
        version: Of the list.
        lines: One for each planned instalment, then what nobody planned.
        numbers: Registration numbers by person; ``sites`` by person and instalment.
        available: What waits at a provider to be collected, by person and instalment.
        answer_of: Each person's own answer, the gravest of theirs.
        left_out: Rows with an error by sheet: told, and counted nowhere here.
        strangers_out: Of these how many are of people not on the list, and the first, by sheet.
        grants: What each grant carries, where there are several.
        open_days: How long what is open has been: days since the last of the round.
        departed: What became of people who are still due something, and died or moved.
        owner: Who submitted the list, and so follows up what is open; blank where unknown.
        row_names: Of the sheets that reported.
    """

    round: Round
    programme: Programme
    society: Society
    version: int
    lines: Sequence[ComparedLine]
    numbers: Mapping[int, str]
    sites: Mapping[tuple[int, int], str | None]
    available: Mapping[tuple[int, int], Available]
    answer_of: Mapping[int, Outcome]
    sums: Sequence[Sums]
    left_out: Mapping[int, int]
    strangers_out: Mapping[int, tuple[int, int]]
    grants: Sequence[Carried]
    open_days: int
    departed: Mapping[int, Status]
    owner: str
    row_names: RowNames

    @cached_property
    def people(self) -> Counter[Outcome]:
        """How many people have which answer."""
        return Counter(self.answer_of.values())

    @cached_property
    def instalments(self) -> Counter[Outcome]:
        """How many instalments, and receipts beyond them, have which answer."""
        return Counter(line.answer for line in self.lines)

    @property
    def is_in_instalments(self) -> bool:
        """Whether somebody is to be given more than one."""
        return any(line.planned and line.planned.instalment > 1 for line in self.lines)

    @property
    def has_several_each(self) -> bool:
        """Whether somebody counts with several instalments, or receipts beyond them."""
        return any(one.instalments != one.people for one in self.sums)

    @cached_property
    def differences(self) -> list[ComparedLine]:
        """Everything that is not as planned."""
        return [line for line in self.lines if line.answer != Outcome.AS_PLANNED]

    @property
    def ties(self) -> bool:
        """Whether every unit that was reported is explained."""
        return all(one.ties for one in self.sums)

    def rows_behind(
        self, *, answer: str = "", own: str = "", part: str = "", currency: str = ""
    ) -> Sequence[ComparedLine]:
        """The rows behind a figure; all differences where none is named.

        Args:
            answer: Rows with this answer.
            own: All rows of the people whose own answer this is.
            part: Rows that add to this amount of ``Sums``.
            currency: Of that amount; blank: in pieces.
        """
        if part:
            wanted = (currency or None, part)
            return [
                line
                for line in self.lines
                if any((unit, name) == wanted for unit, name, _amount in parts_of(line))
            ]
        if own:
            return [line for line in self.lines if self.answer_of[line.person] == own]
        if answer:
            return [line for line in self.lines if line.answer == answer]
        return self.differences

    def number(self, line: ComparedLine) -> str:
        """The registration number of whom a line is about."""
        return self.numbers.get(line.person, "")

    def available_of(self, line: ComparedLine) -> Available | None:
        """What waits at a provider for whom an open line is about."""
        if line.answer != Outcome.OPEN or line.planned is None:
            return None
        return self.available.get((line.planned.person, line.planned.instalment))

    def departure_of(self, line: ComparedLine) -> Status | None:
        """What became of whom a line is about, where it is still due; finance settles it."""
        return self.departed.get(line.person) if line.answer in STILL_DUE else None

    def site(self, line: ComparedLine) -> str:
        """Where it was planned."""
        planned = line.planned
        return (self.sites.get((planned.person, planned.instalment)) if planned else None) or ""


def _reporting(
    lines: Sequence[ComparedLine], available: Mapping[tuple[int, int], Available]
) -> set[int]:
    """The sheets that reported of a round."""
    sheets = {line.delivery.sheet_id for line in lines if line.delivery}
    return sheets | {each.sheet_id for each in available.values()}


def reconcile(session: Session, round_id: int) -> Reconciliation:
    """Hold the approved list of a round against what sheets and book say now.

    Raises:
        NotFoundError: There is no such round, or it has no list.
        RuleError: The list is not approved, so there is nothing to compare with.
    """
    planned = planning.see_round(session, round_id, Permission.SEE_ROUNDS)
    listed = entitlements.get_list(session, round_id)
    if not entitlements.is_approved(session, round_id):
        raise RuleError(
            _("The list of this round is not approved yet, so there is nothing to compare with."),
            code="list_not_approved",
        )
    society = societies.get_society(session, planned.society_id)
    today = clock.today(society.time_zone)
    programme = programmes.get_programme(session, planned.programme_id)
    with in_bulk():
        rows = list_rows(session, round_id)
        results, strangers = _reported(session, planned)
        compared = compare([row.planned for row in rows], results.deliveries)
        lines = list(with_under_way(compared, live_instalments(session, round_id)))
        people = {line.person for line in lines}
        numbers = numbers_of(session, [person for person in people if person > 0])
    left_out, strangers_out = _left_out(session, round_id)
    owner = societies.emails(session, [listed.submitted_by]).get(listed.submitted_by or 0, "")
    return Reconciliation(
        round=planned,
        programme=programme,
        society=society,
        version=listed.version,
        lines=lines,
        numbers=numbers | strangers,
        sites={(row.planned.person, row.planned.instalment): row.site for row in rows},
        available=results.available,
        answer_of=answers_of(lines),
        sums=sums_of(lines),
        left_out=left_out,
        strangers_out=strangers_out,
        grants=_grants(session, planned, programme, rows, lines),
        open_days=max((today - (planned.ends_on or planned.starts_on or today)).days, 0),
        departed=_departed_of(session, planned.society_id, lines),
        owner=owner,
        row_names=RowNames(session, _reporting(lines, results.available)),
    )


def _departed_of(
    session: Session, society_id: int, lines: Sequence[ComparedLine]
) -> Mapping[int, Status]:
    due = {line.person for line in lines if line.answer in STILL_DUE}
    found = departed_by_now(session, society_id) if due else {}
    return {person: status for person, status in found.items() if person in due}


_CARRIED = ("planned", "told", "confirmed")


def _grants(
    session: Session,
    planned: Round,
    programme: Programme,
    rows: Sequence[ListRow],
    lines: Sequence[ComparedLine],
) -> list[Carried]:
    """What each grant carries per currency; nothing where one carries all.

    The shares are taken of the sums, and the last one of a round has the units that rounding leaves
    over, so that the grants come to the round exactly.
    """
    usual = [(programme.grant_id, WHOLE_BP)] if programme.grant_id else []
    shares = programmes.shares_of(session, planned.id) or usual
    own = {row.planned.person: row.grant_id for row in rows if row.grant_id}
    if len({*own.values(), *(grant_id for grant_id, _share in shares)}) <= 1:
        return []
    sums: dict[str, dict[int | None, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for line in lines:
        for currency, name, amount in parts_of(line):
            if currency is not None and name in _CARRIED:
                sums[currency][own.get(line.person)][name] += amount
    grants = {grant.id: grant for grant in planning.list_grants(session, planned.society_id)}
    share_of = dict(shares)
    found = []
    for currency, by_grant in sorted(sums.items()):
        shared = _shared(by_grant.pop(None, Counter()), shares) if shares else {}
        for grant_id in sorted({*by_grant, *shared}, key=lambda each: (each is None, each or 0)):
            whole = by_grant[grant_id] + shared.get(grant_id, Counter())
            grant, share_bp = grants.get(grant_id or 0), share_of.get(grant_id or 0, 0)
            carried = (whole[name] for name in _CARRIED)
            found.append(Carried(grant, share_bp, currency, *carried))
    return found


def _shared(
    sums: Counter[str], shares: Sequence[tuple[int, int]]
) -> dict[int | None, Counter[str]]:
    found: dict[int | None, Counter[str]] = {grant_id: Counter() for grant_id, _share in shares}
    for name, minor in sums.items():
        for grant_id, share_bp in shares[:-1]:
            found[grant_id][name] = minor * share_bp // WHOLE_BP
        found[shares[-1][0]][name] = minor - sum(own[name] for own in found.values())
    return found


def names_in(session: Session, lines: Sequence[ComparedLine]) -> dict[int, str]:
    """The names of whom some lines are about, for who may see sheets."""
    return names_of(session, [line.person for line in lines if line.person > 0])


def _reported(session: Session, planned: Round) -> tuple[PendingDeliveries, dict[int, str]]:
    """Everything told of a round, and the numbers of people nobody registered."""
    round_id = planned.id
    sheets = session.exec(
        select(Sheet).where(
            Sheet.round_id == round_id,
            col(Sheet.is_list) == false(),
            col(Sheet.kind).in_(registry.handouts()),
            col(Sheet.state).in_([*_UNDECIDED, SheetState.REVERSED]),
        )
    ).all()
    reversed_ids = {sheet.id for sheet in sheets if sheet.state == SheetState.REVERSED}
    absent = [one for one in absent_in(session, round_id) if one.sheet_id not in reversed_ids]
    undecided = [sheet.id for sheet in sheets if sheet.id not in reversed_ids]
    states = [*GIVEN, RowState.NOT_RECEIVED]
    rows = handout_rows(session, planned.society_id, undecided, states) if undecided else []
    given = given_in(session, round_id)
    strangers = {row.person: row.number for row in rows if row.person < 0}
    failed = failed_in(session, round_id)
    by_person = {sheet.id: registry.kind_of(sheet).is_one_delivery_per_person for sheet in sheets}
    reported = [*given, *absent, *failed, *deliveries_of(rows, by_person.__getitem__)]
    return registry.with_pending(session, planned, reported, _UNDECIDED), strangers


def _left_out(session: Session, round_id: int) -> tuple[dict[int, int], dict[int, tuple[int, int]]]:
    """By sheet how many rows have an error; how many of people not on the list, and the first."""
    sheet_id, number = col(StagedRow.sheet_id), col(StagedRow.number)
    is_stranger = exists().where(
        col(RowFinding.sheet_id) == sheet_id,
        col(RowFinding.number) == number,
        col(RowFinding.code) == "not-on-list",
    )
    stranger = case((is_stranger, number))
    rows = session.execute(
        select_columns(sheet_id, func.count(), func.count(stranger), func.min(stranger))
        .where(
            col(Sheet.id) == sheet_id,
            col(Sheet.round_id) == round_id,
            col(Sheet.is_list) == false(),
            col(Sheet.state).in_([*_UNDECIDED, SheetState.APPROVED]),
            col(StagedRow.state) == RowState.ERROR,
        )
        .group_by(sheet_id)
        .order_by(sheet_id)
    ).all()
    strangers = {sheet: (count, first) for sheet, _rows, count, first in rows if count}
    return {sheet: count for sheet, count, *_strangers in rows}, strangers
