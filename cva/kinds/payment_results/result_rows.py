"""The rows that a results sheet is recorded as: transfers, returns, answers of providers."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from sqlalchemy import select as select_columns
from sqlmodel import Session, col

from cva.beneficiaries.models import Beneficiary
from cva.core.db import batches
from cva.core.errors import ConflictError
from cva.core.i18n import gettext as _
from cva.core.identifiers import new_id, new_ids
from cva.journal import entry_posting
from cva.journal.row_digests import Behind
from cva.kinds.payment_results.matching import MatchedPayment
from cva.kinds.payment_results.outcomes import ResultOutcome
from cva.kinds.sheet_entries import dimensions_of, fee_lines, provider_lines, reversed_lines
from cva.programmes.models import Programme
from cva.providers import payment_events
from cva.providers.models import PaymentAnswer
from cva.providers.outcome_rules import CLOSED, REACHED
from cva.staging.models import Sheet
from cva.transfers import service as transfers
from cva.transfers.models import TransferEventKind
from cva.transfers.service import returned_of

Row = dict[str, Any]
RESULTS, RETURNS, FEES = "payment_results", "payment_returns", "payment_fees"
#: Instalment, amount and exception of a transfer.
TransferPart = tuple[int, int, str | None]
#: By day and kind of entry.
Groups = Mapping[tuple[date, str], "EntryRows"]


@dataclass(slots=True)
class EntryRows:
    """The rows of one entry.

    Attributes:
        moved: What its lines are made of, each with its round, provider, mechanism and exception.
    """

    transfers: list[Row] = field(default_factory=list)
    returns: list[Row] = field(default_factory=list)
    events: list[Row] = field(default_factory=list)
    moved: list[Row] = field(default_factory=list)


def parts_of(kind: str, group: EntryRows) -> list[tuple[Behind, Sequence[Row]]]:
    """What an entry is proved from, in the order its digest reads them."""
    answers = (payment_events.BEHIND, group.events)
    if kind == FEES:
        return [answers]
    if kind == RESULTS:
        return [(transfers.BEHIND, group.transfers), answers]
    return [(transfers.EVENTS_BEHIND, group.returns), answers]


def lines_of(
    session: Session, kind: str, programme: Programme, group: EntryRows
) -> list[entry_posting.NewLine]:
    """What an entry books: fees, what was paid, or what came back."""
    book = partial(dimensions_of, session, programme)
    if kind == FEES:
        return fee_lines(book, group.moved)
    lines = provider_lines(book, group.moved)
    return reversed_lines(lines) if kind == RETURNS else lines


def made_of(session: Session, sheet: Sheet, outcomes: Sequence[ResultOutcome]) -> Groups:
    """All rows, each with the random id of its entry."""
    return _Making(session, sheet, outcomes).made()


class _Making:
    """The rows to record, by kind of entry and day."""

    def __init__(self, session: Session, sheet: Sheet, outcomes: Sequence[ResultOutcome]) -> None:
        self._session, self._sheet, self._outcomes = session, sheet, outcomes
        self._groups: dict[tuple[date, str], EntryRows] = defaultdict(EntryRows)
        self._people = self._people_of(outcomes)
        self._instalments = self._paid_instalments(outcomes)
        self._paid = _paid_by(session, outcomes)

    def made(self) -> Groups:
        """Make the rows of all outcomes, then give every group the id of its entry."""
        for outcome in self._outcomes:
            self._make(outcome)
        for group, entry_id in zip(self._groups.values(), new_ids(len(self._groups)), strict=True):
            for row in (*group.transfers, *group.returns, *group.events):
                row["entry_id"] = entry_id
        return self._groups

    def _make(self, outcome: ResultOutcome) -> None:
        settled, found = outcome.settled, outcome.found
        if outcome.handed_out is not None:
            self._come_back(outcome, outcome.handed_out.transfer, settled.minor or 0)
            return
        if found is None:
            raise ConflictError(_("There is no such record."), code="payment_gone")
        if settled.kind in REACHED:
            self._pay(outcome, found)
        elif settled.kind == PaymentAnswer.RETURNED:
            self._give_back(outcome, found)
        elif settled.kind in {*CLOSED, PaymentAnswer.AVAILABLE}:
            event = self._event(outcome, found, settled.kind, settled.minor)
            self._groups[outcome.on, RESULTS].events.append(event)
        if settled.fee_minor:
            fee = self._event(outcome, found, str(PaymentAnswer.FEE), settled.fee_minor)
            group = self._groups[outcome.on, FEES]
            group.events.append(fee)
            group.moved.append(fee | {"round_id": found.round_id})

    def _pay(self, outcome: ResultOutcome, found: MatchedPayment) -> None:
        group, settled = self._groups[outcome.on, RESULTS], outcome.settled
        made = [self._transfer(outcome, found, part) for part in self._parts(outcome, found)]
        event = self._event(outcome, found, settled.kind, settled.minor, transfer_id=made[0]["id"])
        group.transfers += made
        group.moved += [row | {"provider_id": found.provider_id} for row in made]
        group.events.append(event)
        self._paid[found.payment_id] += [(row, row["amount_minor"]) for row in made]

    def _parts(self, outcome: ResultOutcome, found: MatchedPayment) -> list[TransferPart]:
        """The transfers that a payment is recorded as.

        What was paid above the plan is apart, as it is recoverable or lost; and so is the
        whole where the same was paid before.
        """
        minor, planned = outcome.settled.minor or 0, found.instructed.minor
        exception = outcome.row.exception
        taken = self._instalments[found.round_id, found.beneficiary_id]
        if found.instructed.paid_by is not None:
            return [(_free(taken), minor, exception)]
        taken.add(found.instalment)
        parts: list[TransferPart] = [(found.instalment, min(minor, planned), None)]
        if minor > planned:
            parts.append((_free(taken), minor - planned, exception))
        return parts

    def _transfer(self, outcome: ResultOutcome, found: MatchedPayment, part: TransferPart) -> Row:
        instalment, minor, exception = part
        region, household_size = self._people[found.beneficiary_id]
        return {
            "id": new_id(),
            "society_id": self._sheet.society_id,
            "programme_id": self._sheet.programme_id,
            "round_id": found.round_id,
            "beneficiary_id": found.beneficiary_id,
            "instalment": instalment,
            "currency": found.instructed.currency,
            "amount_minor": minor,
            "paid_on": outcome.on,
            "mechanism": found.mechanism,
            "region": region,
            "household_size": household_size,
            "exception": exception,
            "sheet_id": self._sheet.id,
            "row_number": outcome.row.number,
        }

    def _give_back(self, outcome: ResultOutcome, found: MatchedPayment) -> None:
        paid, minor = self._paid[found.payment_id], outcome.settled.minor or 0
        first_id = paid[0][0]["id"] if paid else None
        event = self._event(
            outcome, found, str(PaymentAnswer.RETURNED), minor, transfer_id=first_id
        )
        self._groups[outcome.on, RETURNS].events.append(event)
        # What was paid above the plan comes back first.
        for place in reversed(range(len(paid))):
            transfer, left = paid[place]
            part = min(left, minor)
            if part:
                self._come_back(outcome, transfer, part)
                paid[place] = (transfer, left - part)
                minor -= part

    def _come_back(self, outcome: ResultOutcome, transfer: Mapping[str, Any], minor: int) -> None:
        back = {"id": new_id(), "happened_on": outcome.on, "amount_minor": minor}
        where = {"sheet_id": self._sheet.id, "row_number": outcome.row.number}
        event = transfers.event_of(transfer, TransferEventKind.RETURNED, **back, **where)
        group = self._groups[outcome.on, RETURNS]
        group.returns.append(event)
        provider_id = outcome.found.provider_id if outcome.found else None
        group.moved.append({**transfer, "amount_minor": minor, "provider_id": provider_id})

    def _event(
        self,
        outcome: ResultOutcome,
        found: MatchedPayment,
        kind: str,
        minor: int | None,
        *,
        transfer_id: int | None = None,
    ) -> Row:
        row, settled = outcome.row, outcome.settled
        is_ours = row.ours is None and row.theirs == found.reference_key
        return {
            "id": new_id(),
            "society_id": self._sheet.society_id,
            "provider_id": found.provider_id,
            "payment_id": found.payment_id,
            "kind": kind,
            "happened_on": outcome.on,
            "currency": found.instructed.currency,
            "amount_minor": minor,
            "reference": None if is_ours else row.values.get("transaction_id"),
            "transfer_id": transfer_id,
            "reverses_id": None,
            "sheet_id": self._sheet.id,
            "row_number": row.number,
            "request_id": None,
            "what": settled.fee_what if kind == PaymentAnswer.FEE else settled.what,
        }

    def _people_of(
        self, outcomes: Sequence[ResultOutcome]
    ) -> dict[int, tuple[str | None, int | None]]:
        people = {each.found.beneficiary_id for each in outcomes if each.found}
        known: dict[int, tuple[str | None, int | None]] = {}
        for part in batches(people):
            rows = self._session.execute(
                select_columns(
                    col(Beneficiary.id), col(Beneficiary.region), col(Beneficiary.household_size)
                ).where(col(Beneficiary.id).in_(part))
            )
            known |= {person_id: (region, size) for person_id, region, size in rows}
        return known

    def _paid_instalments(
        self, outcomes: Sequence[ResultOutcome]
    ) -> dict[tuple[int, int], set[int]]:
        """The instalments that people of excepted rows were paid or are being paid."""
        by_round: dict[int, set[int]] = defaultdict(set)
        for each in outcomes:
            if each.found and each.row.exception:
                by_round[each.found.round_id].add(each.found.beneficiary_id)
        taken: dict[tuple[int, int], set[int]] = defaultdict(set)
        for round_id, people in by_round.items():
            paid = transfers.instalments_paid(self._session, round_id, sorted(people))
            live = payment_events.live_instalments(self._session, round_id)
            for person_id in people:
                taken[round_id, person_id] = paid[person_id] | live[person_id]
        return taken


def _free(taken: set[int]) -> int:
    """The first instalment that nobody was paid, taken now."""
    first = transfers.first_unpaid(taken)
    taken.add(first)
    return first


def _paid_by(
    session: Session, outcomes: Sequence[ResultOutcome]
) -> dict[int, list[tuple[Mapping[str, Any], int]]]:
    """The transfers of payments that money comes back from, and what is left of each."""
    wanted = {
        each.found.payment_id
        for each in outcomes
        if each.found and each.settled.kind == PaymentAnswer.RETURNED
    }
    found: dict[int, list[tuple[Mapping[str, Any], int]]] = defaultdict(list)
    for part in batches(wanted):
        rows = payment_events.transfers_of(session, part)
        returned = returned_of(session, [row["id"] for _payment_id, row in rows])
        for payment_id, row in rows:
            left = row["amount_minor"] - returned.get(row["id"], 0)
            found[payment_id].append((row, left))
    return found
