"""Taking back what was posted: a whole sheet or one row, by an entry of its own and two people."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, update

from cva.core import audit
from cva.core.errors import RuleError
from cva.core.i18n import apart
from cva.core.i18n import gettext as _
from cva.core.maker_checker import ApprovalAction, ApprovedRequest, record_number
from cva.core.permissions import Permission
from cva.core.random_ids import new_ids
from cva.intake.reversal_lines import parts_of
from cva.journal import entry_posting
from cva.journal import service as journal
from cva.journal.row_digests import Behind, with_ids
from cva.kinds.dimensions import dimensions_of
from cva.kinds.payment_results.reversal import (
    posted_of_results,
    refuse_overtaken,
    take_back_results,
)
from cva.kinds.posting_lines import cash_lines, taken_back, voucher_lines
from cva.programmes import service as programmes
from cva.programmes.models import Programme
from cva.staging.models import RowState, Sheet, SheetState, StagedRow
from cva.staging.workflow import get_sheet, wrong_step
from cva.transfers import service as transfers
from cva.transfers.models import TransferEventKind
from cva.vouchers import reversals, voucher_events
from cva.vouchers import service as vouchers

Rows = list[dict[str, Any]]


def _read_sheet(session: Session, society_id: int, said: Mapping[str, str]) -> dict[str, Any]:
    sheet = _approved(session, society_id, said)
    taking = _TAKE_BACK[sheet.kind or ""]
    rows = taking.posted(session, sheet.id, None)
    if not rows:
        raise RuleError(_("Every row of this sheet is reversed already."))
    taking.refuse(session, sheet, rows)
    return {"sheet": sheet.id}


def _read_row(session: Session, society_id: int, said: Mapping[str, str]) -> dict[str, Any]:
    sheet = _approved(session, society_id, said)
    number = record_number(said, "row")
    taking = _TAKE_BACK[sheet.kind or ""]
    rows = taking.posted(session, sheet.id, number)
    if not rows:
        raise RuleError(_("Row {row} of this sheet is not posted.").format(row=number))
    taking.refuse(session, sheet, rows)
    return {"sheet": sheet.id, "row": number}


def _approved(session: Session, society_id: int, said: Mapping[str, str]) -> Sheet:
    sheet = get_sheet(session, record_number(said, "sheet"))
    if sheet.society_id != society_id or sheet.state != SheetState.APPROVED:
        raise RuleError(wrong_step(sheet))
    if sheet.kind not in _TAKE_BACK:
        raise RuleError(_("Sheets of this kind are not reversed."))
    return sheet


def _reverse(session: Session, agreed: ApprovedRequest) -> None:
    sheet = get_sheet(session, agreed.details["sheet"])
    number = agreed.details.get("row")
    if sheet.state != SheetState.APPROVED:
        raise RuleError(wrong_step(sheet))
    taking = _TAKE_BACK[sheet.kind or ""]
    rows = taking.posted(session, sheet.id, number)
    if not rows:
        raise RuleError(_("This is reversed already."))
    taking.take_back(session, sheet, rows, agreed)
    _mark(session, sheet, number)
    audit.record(
        session,
        audit.Act.SHEET_REVERSED if number is None else audit.Act.ROW_REVERSED,
        society_id=sheet.society_id,
        subject_id=sheet.id,
        rows=len(rows),
        proposal=agreed.proposal_id,
        **({} if number is None else {"row": number}),
    )


def _mark(session: Session, sheet: Sheet, number: int | None) -> None:
    """The sheet, or the row of it, says that it is reversed; its content may be sent anew."""
    sheet.version += 1
    if not _TAKE_BACK[sheet.kind or ""].posted(session, sheet.id, None):
        sheet.state = SheetState.REVERSED
    if number is None:
        return
    session.execute(
        update(StagedRow)
        .where(col(StagedRow.sheet_id) == sheet.id, col(StagedRow.number) == number)
        .values(state=RowState.REVERSED)
    )


@dataclass(frozen=True, slots=True)
class _TakingBack:
    """How the rows of a kind of sheet are taken back.

    Attributes:
        kind: Of the entries that take back.
        posted: What stands of a sheet, or of one row of it.
        events: For these rows what is recorded behind the new entries, named by entry.
        behind: What the digest reads. ``record``: puts the events down.
        lines: Of the entry that is taken back; refuses what is paid on to others.
        hold: Refuses what cannot be taken back, as something happened to it since.
    """

    kind: str
    posted: Callable[[Session, int, int | None], Rows]
    events: Callable[[Session, Rows, ApprovedRequest, Mapping[int, int]], Rows]
    behind: Behind
    record: Callable[[Session, int, Rows], None]
    lines: Callable[[Session, Programme, Rows], list[entry_posting.NewLine]]
    hold: Callable[[Session, int, Rows], None]

    def refuse(self, session: Session, sheet: Sheet, rows: Rows) -> None:
        """Refuse what cannot be taken back now.

        Raises:
            RuleError: Something happened to one of these rows since.
        """
        self.hold(session, sheet.society_id, rows)
        programme = programmes.get_programme(session, sheet.programme_id)
        for taken in _by_entry(rows).values():
            self.lines(session, programme, taken)

    def take_back(
        self, session: Session, sheet: Sheet, rows: Rows, agreed: ApprovedRequest
    ) -> None:
        """One entry for each entry that is taken back, on its own day."""
        self.hold(session, sheet.society_id, rows)
        programme = programmes.get_programme(session, sheet.programme_id)
        by_entry = _by_entry(rows)
        entries = [
            entry for entry in journal.entries_of(session, sheet.id) if entry.entry_id in by_entry
        ]
        new_of = dict(
            zip((entry.entry_id for entry in entries), new_ids(len(entries)), strict=True)
        )
        events = self.events(session, rows, agreed, new_of)
        made = _by_entry(events)
        new = []
        for entry in entries:
            taken, own = by_entry[entry.entry_id], made[new_of[entry.entry_id]]
            new.append(
                entry_posting.NewEntry(
                    entry_id=new_of[entry.entry_id],
                    society_id=sheet.society_id,
                    effective_on=entry.effective_on,
                    kind=self.kind,
                    key=f"{agreed.key}:{entry.number}",
                    sheet_id=sheet.id,
                    sent_by=agreed.asked_by,
                    rows=len(own),
                    rows_sha256=self.behind.digest(own),
                    lines=taken_back(self.lines(session, programme, taken)),
                    reversal_of=entry.entry_id if len(taken) == entry.rows else None,
                )
            )
        entry_posting.post(session, new)
        self.record(session, sheet.society_id, events)


@dataclass(frozen=True, slots=True)
class _ByItself:
    """A kind of sheet whose rows are taken back in a way of their own."""

    posted: Callable[[Session, int, int | None], Rows]
    take_back: Callable[[Session, Sheet, Rows, ApprovedRequest], None]
    refuse: Callable[[Session, Sheet, Rows], None]


def _by_entry(rows: Rows) -> dict[int, Rows]:
    found: dict[int, Rows] = defaultdict(list)
    for row in rows:
        found[row["entry_id"]].append(row)
    return found


def _refuse_returned(session: Session, _society_id: int, rows: Rows) -> None:
    if transfers.returned_of(session, [row["id"] for row in rows]):
        raise RuleError(_("Money of this came back since. Take back the return first, then this."))


def _cash_events(
    _session: Session, rows: Rows, agreed: ApprovedRequest, new_of: Mapping[int, int]
) -> Rows:
    return with_ids(
        [
            {
                "society_id": row["society_id"],
                "transfer_id": row["id"],
                "kind": str(TransferEventKind.REVERSED),
                "happened_on": row["paid_on"],
                "currency": row["currency"],
                "amount_minor": row["amount_minor"],
                "sheet_id": row["sheet_id"],
                "row_number": row["row_number"],
                "proposal_id": agreed.proposal_id,
                "entry_id": new_of[row["entry_id"]],
            }
            for row in rows
        ]
    )


def _record_cash(session: Session, _society_id: int, events: Rows) -> None:
    transfers.record_events(session, events)


def _cash_lines(session: Session, programme: Programme, rows: Rows) -> list[entry_posting.NewLine]:
    return cash_lines(dimensions_of(session, programme, rows[0]["round_id"]), rows)


def _voucher_lines(
    session: Session, programme: Programme, rows: Rows
) -> list[entry_posting.NewLine]:
    booked = dimensions_of(session, programme, rows[0]["round_id"])
    expired = voucher_events.expired_of(session, (row["id"] for row in rows))
    return voucher_lines(booked, [row for row in rows if row["id"] not in expired])


_TAKE_BACK: dict[str, _TakingBack | _ByItself] = {
    "cash_transfers": _TakingBack(
        "cash_reversal",
        transfers.live_of_sheet,
        _cash_events,
        transfers.EVENTS_BEHIND,
        _record_cash,
        _cash_lines,
        _refuse_returned,
    ),
    "voucher_distributions": _TakingBack(
        "voucher_reversal",
        vouchers.live_of_sheet,
        reversals.hand_outs_undone,
        voucher_events.BEHIND,
        voucher_events.record,
        _voucher_lines,
        reversals.refuse_changed,
    ),
    "voucher_redemptions": _TakingBack(
        "redemption_reversal",
        reversals.redemptions_of,
        reversals.redemptions_undone,
        voucher_events.BEHIND,
        voucher_events.record,
        reversals.redeemed_lines,
        reversals.refuse_ended,
    ),
    "payment_results": _ByItself(posted_of_results, take_back_results, refuse_overtaken),
}


def _tell_sheet(session: Session, details: Mapping[str, Any]) -> str:
    sheet = get_sheet(session, details["sheet"])
    return _("Take back all that was posted from sheet {sheet}, {name}.").format(
        sheet=sheet.id, name=apart(sheet.filename)
    )


def _tell_row(session: Session, details: Mapping[str, Any]) -> str:
    sheet = get_sheet(session, details["sheet"])
    return _("Take back row {row} of sheet {sheet}, {name}.").format(
        row=details["row"], sheet=sheet.id, name=apart(sheet.filename)
    )


_PEOPLE = (Permission.SEND_SHEETS, Permission.DECIDE_SHEETS)
REVERSE_SHEET = ApprovalAction(
    "reverse_sheet", *_PEOPLE, _read_sheet, _reverse, _tell_sheet, parts=parts_of
)
REVERSE_ROW = ApprovalAction(
    "reverse_row", *_PEOPLE, _read_row, _reverse, _tell_row, parts=parts_of
)
