"""Taking back what was posted: a whole sheet or one row, by an entry of its own and two people."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any

from sqlmodel import Session, col, update

from cva.core import audit
from cva.core.deeds import Agreed, Deed, record_number
from cva.core.errors import RuleError
from cva.core.ids import new_ids
from cva.core.rights import Right
from cva.core.words import gettext as _
from cva.intake.lines import Booked, cash_lines, taken_back
from cva.intake.models import RowState, Sheet, SheetState, StagedRow
from cva.intake.receiving import sheet_id_of
from cva.intake.reversing_results import posted_of_results, take_back_results
from cva.intake.steps import get_sheet, wrong_step
from cva.journal import service as journal
from cva.journal.rows import with_ids
from cva.programmes import service as programmes
from cva.transfers import service as transfers
from cva.transfers.models import EventKind

Rows = list[dict[str, Any]]


def _read_sheet(session: Session, society_id: int, said: Mapping[str, str]) -> dict[str, Any]:
    sheet = _approved(session, society_id, said)
    if not _TAKE_BACK[sheet.kind or ""].posted(session, sheet_id_of(sheet), None):
        raise RuleError(_("Every row of this sheet is reversed already."))
    return {"sheet": sheet_id_of(sheet)}


def _read_row(session: Session, society_id: int, said: Mapping[str, str]) -> dict[str, Any]:
    sheet = _approved(session, society_id, said)
    number = record_number(said, "row")
    if not _TAKE_BACK[sheet.kind or ""].posted(session, sheet_id_of(sheet), number):
        raise RuleError(_("Row {row} of this sheet is not posted.").format(row=number))
    return {"sheet": sheet_id_of(sheet), "row": number}


def _approved(session: Session, society_id: int, said: Mapping[str, str]) -> Sheet:
    sheet = get_sheet(session, record_number(said, "sheet"))
    if sheet.society_id != society_id or sheet.state != SheetState.APPROVED:
        raise RuleError(wrong_step(sheet))
    if sheet.kind not in _TAKE_BACK:
        raise RuleError(_("Sheets of this kind are not reversed."))
    return sheet


def _reverse(session: Session, agreed: Agreed) -> None:
    sheet = get_sheet(session, agreed.details["sheet"])
    number = agreed.details.get("row")
    if sheet.state != SheetState.APPROVED:
        raise RuleError(wrong_step(sheet))
    taking = _TAKE_BACK[sheet.kind or ""]
    rows = taking.posted(session, sheet_id_of(sheet), number)
    if not rows:
        raise RuleError(_("This is reversed already."))
    taking.take_back(session, sheet, rows, agreed)
    _mark(session, sheet, number)
    audit.record(
        session,
        audit.Act.SHEET_REVERSED if number is None else audit.Act.ROW_REVERSED,
        society_id=sheet.society_id,
        subject_id=sheet_id_of(sheet),
        rows=len(rows),
    )


def _mark(session: Session, sheet: Sheet, number: int | None) -> None:
    """The sheet, or the row of it, says that it is reversed; its content may be sent anew."""
    sheet.version += 1
    if number is None:
        sheet.state = SheetState.REVERSED
        return
    session.execute(
        update(StagedRow)
        .where(col(StagedRow.sheet_id) == sheet.id, col(StagedRow.number) == number)
        .values(state=RowState.REVERSED)
    )


def _take_back_cash(session: Session, sheet: Sheet, rows: Rows, agreed: Agreed) -> None:
    """One entry for each entry that is taken back, on its own day."""
    if transfers.returned_of(session, [row["id"] for row in rows]):
        raise RuleError(_("Money of this came back since. Take back the return first, then this."))
    booked = Booked(programmes.get_programme(session, sheet.programme_id), rows[0]["round_id"])
    by_entry: dict[int, Rows] = defaultdict(list)
    for row in rows:
        by_entry[row["entry_id"]].append(row)
    entries = [
        entry
        for entry in journal.entries_of(session, sheet_id_of(sheet))
        if entry.entry_id in by_entry
    ]
    new, events = [], []
    for entry, entry_id in zip(entries, new_ids(len(entries)), strict=True):
        taken = by_entry[entry.entry_id]
        made = with_ids([_event(row, agreed, entry_id) for row in taken])
        new.append(
            journal.NewEntry(
                entry_id=entry_id,
                society_id=sheet.society_id,
                effective_on=entry.effective_on,
                kind="cash_reversal",
                key=f"{agreed.key}:{entry.number}",
                sheet_id=sheet_id_of(sheet),
                sent_by=agreed.asked_by,
                rows=len(made),
                rows_sha256=transfers.EVENTS_BEHIND.digest(made),
                lines=taken_back(cash_lines(booked, taken)),
                reversal_of=entry.entry_id if len(taken) == entry.rows else None,
            )
        )
        events += made
    journal.post(session, new)
    transfers.record_events(session, events)


def _event(row: Mapping[str, Any], agreed: Agreed, entry_id: int) -> dict[str, Any]:
    return {
        "society_id": row["society_id"],
        "transfer_id": row["id"],
        "kind": str(EventKind.REVERSED),
        "happened_on": row["paid_on"],
        "currency": row["currency"],
        "amount_minor": row["amount_minor"],
        "sheet_id": row["sheet_id"],
        "row_number": row["row_number"],
        "proposal_id": agreed.proposal_id,
        "entry_id": entry_id,
    }


class _TakingBack:
    """How the rows of a kind of sheet are taken back."""

    def __init__(
        self,
        posted: Callable[[Session, int, int | None], Rows],
        take_back: Callable[[Session, Sheet, Rows, Agreed], None],
    ) -> None:
        self.posted = posted
        self.take_back = take_back


_TAKE_BACK = {
    "cash_transfers": _TakingBack(transfers.live_of_sheet, _take_back_cash),
    "payment_results": _TakingBack(posted_of_results, take_back_results),
}


def _tell_sheet(session: Session, details: Mapping[str, Any]) -> str:
    sheet = get_sheet(session, details["sheet"])
    return _("Take back all that was posted from sheet {sheet}, {name}.").format(
        sheet=sheet.id, name=sheet.filename
    )


def _tell_row(session: Session, details: Mapping[str, Any]) -> str:
    sheet = get_sheet(session, details["sheet"])
    return _("Take back row {row} of sheet {sheet}, {name}.").format(
        row=details["row"], sheet=sheet.id, name=sheet.filename
    )


REVERSE_SHEET = Deed(
    "reverse_sheet", Right.SEND_SHEETS, Right.DECIDE_SHEETS, _read_sheet, _reverse, _tell_sheet
)
REVERSE_ROW = Deed(
    "reverse_row", Right.SEND_SHEETS, Right.DECIDE_SHEETS, _read_row, _reverse, _tell_row
)
