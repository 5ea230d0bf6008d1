"""Taking back what a results sheet posted: payments, returns, fees and failures."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from cva.core.db import TableRows, batches
from cva.core.errors import ConflictError, RuleError
from cva.core.i18n import gettext as _
from cva.core.identifiers import new_id
from cva.core.maker_checker import ApprovedRequest
from cva.journal import entry_posting
from cva.journal.service import Posted
from cva.kinds.payment_results.result_rows import (
    FEES,
    RESULTS,
    RETURNS,
    EntryRows,
    lines_of,
    parts_of,
)
from cva.kinds.row_reversal import by_entry, entries_behind
from cva.kinds.sheet_entries import reversal_entry
from cva.providers import payment_events
from cva.providers.models import PaymentAnswer
from cva.providers.outcome_rules import CLOSED, REACHED
from cva.staging.context import SheetContext
from cva.transfers import service as transfers
from cva.transfers.models import TransferEventKind


def reversal_kind(kind: str) -> str:
    """The kind of the entries that reverse entries of a kind."""
    return f"{kind}_reversal"


class ResultsReversal:
    """How results sheets are reversed: payments, returns, fees and failures."""

    def posted(self, session: Session, sheet_id: int, row_number: int | None) -> TableRows:
        """What a sheet, or one row of it, posted and what stands: events and returned cash."""
        answers = payment_events.standing_of_sheet(session, sheet_id, row_number)
        rows = {(row["row_number"], row["entry_id"]) for row in answers}
        returned = [
            row
            for row in transfers.returns_of_sheet(session, sheet_id, row_number)
            if (row["row_number"], row["entry_id"]) not in rows
        ]
        return answers + returned

    def refuse(self, context: SheetContext, rows: TableRows) -> None:
        """Refuse what cannot be reversed now.

        Raises:
            RuleError: Money came back since from what would be reversed.
            ConflictError: A person was paid or put on another payment list since.
        """
        session = context.session
        own = {row["id"] for row in rows}
        paid = {row["payment_id"] for row in rows if row["kind"] in REACHED}
        for part in batches(paid):
            for each in payment_events.standing_returns(session, part):
                if each not in own:
                    raise RuleError(
                        _("Money of this came back since. Take back the return first, then this."),
                        code="returned_since",
                    )
        ended = {*CLOSED, PaymentAnswer.RETURNED}
        payments = {
            row["payment_id"] for row in rows if "payment_id" in row and row["kind"] in ended
        }
        returned = {row["transfer_id"] for row in rows if row["kind"] == PaymentAnswer.RETURNED} - {
            None
        }
        is_anew = payment_events.instructed_anew(session, payments)
        if is_anew or transfers.paid_anew(session, returned):
            raise ConflictError(_anew(), code="results_changed_since")

    def reverse(self, context: SheetContext, rows: TableRows, request: ApprovedRequest) -> None:
        """Post one entry for each entry that is reversed, on its own day.

        Raises:
            RuleError: Money came back since from what would be reversed.
            ConflictError: A person was paid or put on another payment list since.
        """
        self.refuse(context, rows)
        session = context.session
        taking = _Taking(context, rows, request)
        taken = [
            (entry, taking.group(entry, entry_id), entry_id)
            for entry, entry_id in entries_behind(session, context.sheet, rows)
        ]
        groups = [group for _entry, group, _entry_id in taken]
        try:
            with session.begin_nested():
                entry_posting.post(session, [taking.entry(*each) for each in taken])
                returns = [row for group in groups for row in group.returns]
                transfers.record_events(session, returns)
                answers = [row for group in groups for row in group.events]
                payment_events.record(session, answers)
        except IntegrityError:
            raise ConflictError(_anew(), code="results_changed_since") from None


def _anew() -> str:
    return _("Somebody of these was paid or instructed anew since. Take that back first.")


class _Taking:
    """What is reversed, by the entry it was posted with."""

    def __init__(self, context: SheetContext, rows: TableRows, request: ApprovedRequest) -> None:
        session, sheet = context.session, context.sheet
        self._session, self._sheet, self._request = session, sheet, request
        self._programme = context.programme
        payment_ids = [row["payment_id"] for row in rows if "payment_id" in row]
        self._rounds = payment_events.rounds_of(session, payment_ids)
        self._by_entry = by_entry(rows)
        numbers = {row["row_number"] for row in rows}
        self._paid, self._returned = (
            by_entry([row for row in posted if row["row_number"] in numbers])
            for posted in (
                transfers.live_of_sheet(session, sheet.id),
                transfers.returns_of_sheet(session, sheet.id),
            )
        )
        self._of_returns = transfers.transfers_by_id(
            session, [row["transfer_id"] for own in self._returned.values() for row in own]
        )

    def group(self, entry: Posted, entry_id: int) -> EntryRows:
        """The rows that take an entry back."""
        answers = [row for row in self._by_entry[entry.entry_id] if "payment_id" in row]
        provider_of = {row["row_number"]: row["provider_id"] for row in answers}
        group = EntryRows(events=[self._event(row, entry_id) for row in answers])
        if entry.kind == FEES:
            group.moved = [row | {"round_id": self._rounds[row["payment_id"]]} for row in answers]
            return group
        if entry.kind == RESULTS:
            paid = self._paid.get(entry.entry_id, [])
            group.returns = [
                self._of_transfer(row, row, TransferEventKind.REVERSED, entry_id) for row in paid
            ]
            group.moved = [row | {"provider_id": provider_of[row["row_number"]]} for row in paid]
            return group
        for row in self._returned.get(entry.entry_id, []):
            transfer = self._of_returns[row["transfer_id"]]
            group.returns.append(
                self._of_transfer(transfer, row, TransferEventKind.RETURN_REVERSED, entry_id)
            )
            moved = {"amount_minor": row["amount_minor"]}
            moved["provider_id"] = provider_of.get(row["row_number"])
            group.moved.append({**transfer, **moved})
        return group

    def _event(self, row: Mapping[str, Any], entry_id: int) -> dict[str, Any]:
        return {
            **row,
            "id": new_id(),
            "kind": str(PaymentAnswer.REVERSED),
            "reverses_id": row["id"],
            "request_id": self._request.request_id,
            "entry_id": entry_id,
        }

    def _of_transfer(
        self,
        transfer: Mapping[str, Any],
        row: Mapping[str, Any],
        kind: TransferEventKind,
        entry_id: int,
    ) -> dict[str, Any]:
        return transfers.event_of(
            transfer,
            kind,
            id=new_id(),
            happened_on=row.get("happened_on") or row["paid_on"],
            amount_minor=row["amount_minor"],
            sheet_id=self._sheet.id,
            row_number=row["row_number"],
            request_id=self._request.request_id,
            entry_id=entry_id,
        )

    def entry(self, posted: Posted, group: EntryRows, entry_id: int) -> entry_posting.NewEntry:
        """The entry that takes another one back, whole or in part."""
        # What is reversed of payments stands where returns do: it is no transfer of its own.
        parts = parts_of(FEES if posted.kind == FEES else RETURNS, group)
        return reversal_entry(
            self._sheet,
            posted,
            self._request,
            entry_id,
            reversal_kind(posted.kind),
            parts,
            lines_of(self._session, posted.kind, self._programme, group),
        )
