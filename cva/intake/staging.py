"""Keeping what a check found: rows, findings, questions; all of it or nothing."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import true
from sqlmodel import Session, and_, col, delete, or_, select

from cva.beneficiaries.naming import number_of
from cva.core import audit
from cva.core.db import insert_columns, insert_rows
from cva.core.identifiers import comparable
from cva.core.random_ids import new_ids
from cva.intake.column_mapping import remember
from cva.intake.earlier_versions import follow_mark, mark_posted
from cva.intake.ledger_comparison import compare, mark_errors
from cva.intake.people_comparison import compare_people
from cva.intake.template_origin import made_elsewhere
from cva.journal.entry_posting import lock_book
from cva.kinds.handouts.field_list_comparison import (
    compare_returned,
    follow_field_list,
    instalments_named,
)
from cva.kinds.handouts.handout_rows import HAND_OUTS
from cva.kinds.handouts.list_comparison import awaits_approval, compare_with_list
from cva.kinds.payment_results.comparison import hold_results
from cva.kinds.voucher_comparison import compare_vouchers
from cva.kinds.voucher_redemptions.claimants import find_claimants
from cva.programmes import service as programmes
from cva.sheets.checking.check import Checked, CheckedRow
from cva.sheets.findings.finding import Finding
from cva.societies import service as societies
from cva.staging.check_context import locator_of
from cva.staging.models import (
    RECORD,
    STANDING,
    RowFinding,
    RowState,
    Sheet,
    SheetFile,
    SheetState,
    StagedRow,
)
from cva.staging.workflow import row_counts

#: Files refused for these reasons are not kept: only their digest and the verdict.
_NOT_KEPT = {"workbook-unsafe", "workbook-too-large"}
#: Rows that are prepared between two words about progress.
_BATCH = 1000

#: Rows by column.
Columns = dict[str, list[Any]]


def stage(session: Session, sheet_id: int, checked: Checked, rows: Columns) -> None:
    """Keep what a check found: rows, findings, questions; all of it or nothing.

    Args:
        session: The caller's transaction.
        sheet_id: A received sheet.
        checked: What its check found.
        rows: What ``prepare`` made of it.
    """
    sheet = session.exec(select(Sheet).where(Sheet.id == sheet_id)).one()
    lock_book(session, sheet.society_id)
    session.refresh(sheet)
    if sheet.state != SheetState.RECEIVED:
        return
    _describe(sheet, checked)
    follow_mark(session, sheet, checked)
    follow_field_list(session, sheet, checked)
    _withdraw_unanswered(session, sheet)
    refusals = _refusals(session, sheet, checked)
    if refusals:
        _refuse(session, sheet, refusals)
        return
    sheet.state, sheet.content_sha256 = SheetState.CHECKED, checked.content_sha256
    session.flush()
    if checked.rows:
        whose = {"society_id": sheet.society_id, "sheet_id": sheet_id}
        claimants = find_claimants(session, sheet, checked.rows)
        named = instalments_named(sheet, checked)
        beside = {"vendor_id": claimants, "instalment": named}
        insert_columns(session, StagedRow, {**rows, **whose, **beside})
    _insert_findings(session, sheet, checked.findings, is_ledger=False)
    _insert_findings(session, sheet, _elsewhere(session, sheet, checked), is_ledger=False)
    renamed = mark_posted(session, sheet)
    _insert_findings(session, sheet, renamed, is_ledger=False)
    mark_errors(session, sheet_id, renamed)
    compare_with_ledger(session, sheet)
    returned = compare_returned(session, sheet, checked, locator_of(sheet))
    _insert_findings(session, sheet, returned, is_ledger=False)
    people = compare_people(session, sheet, checked.rows, locator_of(sheet))
    _insert_findings(session, sheet, people, is_ledger=False)
    _withdraw_replaced(session, sheet)
    remember(session, sheet, checked)
    audit.record(
        session,
        audit.Act.SHEET_CHECKED,
        society_id=sheet.society_id,
        subject_id=sheet_id,
        rows=sheet.rows,
    )


def compare_with_ledger(session: Session, sheet: Sheet) -> list[Finding]:
    """Hold the staged rows against the ledger as it is now; return what is new to say."""
    programme = programmes.get_programme(session, sheet.programme_id)
    named = programmes.get_round(session, sheet.round_id) if sheet.round_id else None
    session.execute(
        delete(RowFinding).where(
            col(RowFinding.sheet_id) == sheet.id,
            col(RowFinding.is_ledger) == true(),
            col(RowFinding.severity) == "warning",
        )
    )
    found = compare(session, sheet, programme, named)
    mark_errors(session, sheet.id, found)
    found += compare_vouchers(session, sheet, programme, locator_of(sheet))
    if sheet.kind == "payment_results":
        found += hold_results(session, sheet)
    elif named is not None:
        paid = {finding.row for finding in found if finding.code == "already-paid"}
        listed = compare_with_list(session, sheet, named, locator_of(sheet))
        found += [one for one in listed if one.code != "already-paid" or one.row not in paid]
    _insert_findings(session, sheet, found, is_ledger=True)
    mark_errors(session, sheet.id, found)
    return found


def _elsewhere(session: Session, sheet: Sheet, checked: Checked) -> list[Finding]:
    society = societies.get_society(session, sheet.society_id)
    programme = programmes.get_programme(session, sheet.programme_id)
    named = programmes.get_round(session, sheet.round_id).code if sheet.round_id else ""
    codes = (society.code, programme.code, named)
    return list(made_elsewhere(checked.marks, checked.sheet, codes))


def _describe(sheet: Sheet, checked: Checked) -> None:
    sheet.kind, sheet.sheet_name = checked.kind, checked.sheet
    sheet.header_row, sheet.rows = checked.header_row, len(checked.rows)
    sheet.has_receipt = checked.has_receipt
    sheet.columns = [
        {"column": column.column, "heading": column.heading, "field": column.field}
        for column in checked.columns
        if column.field
    ]
    sheet.asks = [
        {"choice": ask.choice, "options": list(ask.options), "heading": ask.heading}
        for ask in checked.ask
    ]
    sheet.ask_examples = {ask.choice: dict(ask.examples) for ask in checked.ask} or None


def _standing(session: Session, sheet: Sheet, checked: Checked) -> Sheet | None:
    return session.exec(
        select(Sheet).where(
            Sheet.society_id == sheet.society_id,
            Sheet.is_list == sheet.is_list,
            Sheet.id != sheet.id,
            col(Sheet.state).in_(STANDING),
            # A sheet that leaves a question open has no content yet that could be the same.
            or_(
                col(Sheet.sha256) == sheet.sha256,
                and_(
                    col(Sheet.content_sha256).is_not(None),
                    col(Sheet.content_sha256) == checked.content_sha256,
                ),
            ),
        )
    ).first()


def _already_received(session: Session, standing: Sheet) -> Finding:
    details = {"sheet_id": str(standing.id), "day": standing.received_at.date().isoformat()}
    counts = row_counts(session, standing.id)
    left_out = counts.get(RowState.ERROR, 0) if standing.state == SheetState.APPROVED else 0
    not_posted = left_out + counts.get(RowState.REVERSED, 0)
    if not_posted:
        details["not_posted"] = str(not_posted)
    return Finding("error", "already-received", details=details)


def _refusals(session: Session, sheet: Sheet, checked: Checked) -> list[Finding]:
    """Why the sheet is turned away as a whole, if it is."""
    if checked.refused:
        return [finding for finding in checked.findings if finding.severity == "error"]
    standing = _standing(session, sheet, checked)
    if standing is not None:
        return [_already_received(session, standing)]
    return _before_its_list(session, sheet)


def _before_its_list(session: Session, sheet: Sheet) -> list[Finding]:
    """Nothing is handed out before the list of its round is approved."""
    if sheet.round_id is None or sheet.is_list or sheet.kind not in HAND_OUTS:
        return []
    named = programmes.get_round(session, sheet.round_id)
    if not awaits_approval(session, named):
        return []
    return [Finding("error", "list-not-approved", sheet.sheet_name, details={"round": named.code})]


def _refuse(session: Session, sheet: Sheet, refusals: Sequence[Finding]) -> None:
    sheet.state = SheetState.REFUSED
    _insert_findings(session, sheet, refusals, is_ledger=False)
    codes = {finding.code for finding in refusals}
    if codes & _NOT_KEPT:
        session.execute(delete(SheetFile).where(col(SheetFile.sheet_id) == sheet.id))
    audit.record(
        session,
        audit.Act.SHEET_REFUSED,
        society_id=sheet.society_id,
        subject_id=sheet.id,
        code=", ".join(sorted(codes)),
    )


def prepare(checked: Checked, progress: Callable[[int, int], None]) -> Columns:
    """The rows to keep, ready to be stored; a column not recognised stays in the file alone.

    Encrypting them is most of the work, and no transaction is open meanwhile.

    Args:
        checked: What a check found.
        progress: Told the rows that are done, and all rows; the first half was the check.
    """
    kept = [place for place, column in enumerate(checked.columns) if column.field]
    count = len(checked.rows)
    columns: Columns = {"id": list(new_ids(count))}
    for start in range(0, count, _BATCH):
        for row in checked.rows[start : start + _BATCH]:
            for name, value in _prepared(row, [row.cells[place] for place in kept]).items():
                columns.setdefault(name, []).append(value)
        progress((count + min(start + _BATCH, count)) // 2, count)
    return columns


def _prepared(row: CheckedRow, cells: list[str]) -> dict[str, Any]:
    values = row.values
    number, voucher = number_of(values), values.get("voucher_number")
    day = values.get("redeemed_on") or values.get("distribution_date")
    return {
        "number": row.number,
        "state": row.state,
        "record": RECORD.sealed([cells, dict(values)]),
        "registration_key": _comparable(number),
        "voucher_key": _comparable(voucher),
        "day": date.fromisoformat(str(day)) if day else None,
        "currency": values.get("currency"),
        "amount_minor": values.get("amount_minor"),
        "reference_key": _comparable(values.get("payment_reference")),
        "transaction_key": _comparable(values.get("transaction_id")),
    }


def _comparable(number: Any) -> str | None:  # noqa: ANN401
    return comparable(str(number)) if number else None


def _insert_findings(
    session: Session, sheet: Sheet, findings: Sequence[Finding], *, is_ledger: bool
) -> None:
    rows = [
        {
            "id": new,
            "society_id": sheet.society_id,
            "sheet_id": sheet.id,
            "number": finding.row,
            "severity": finding.severity,
            "code": finding.code,
            "is_ledger": is_ledger,
            "told": finding.as_dict(),
        }
        for new, finding in zip(new_ids(len(findings)), findings, strict=True)
    ]
    insert_rows(session, RowFinding, rows)


def _withdraw_replaced(session: Session, sheet: Sheet) -> None:
    replaced = session.get(Sheet, sheet.replaces_id) if sheet.replaces_id else None
    if replaced is not None and replaced.state == SheetState.CHECKED:
        _withdraw(session, replaced)


def _withdraw_unanswered(session: Session, sheet: Sheet) -> None:
    """The same file sent again with answers takes the place of the one that asked."""
    asking = session.exec(
        select(Sheet).where(
            Sheet.society_id == sheet.society_id,
            Sheet.is_list == sheet.is_list,
            Sheet.id != sheet.id,
            Sheet.sha256 == sheet.sha256,
            Sheet.state == SheetState.CHECKED,
        )
    ).all()
    for other in asking:
        if other.asks and other.settled != sheet.settled:
            _withdraw(session, other)
    session.flush()


def _withdraw(session: Session, sheet: Sheet) -> None:
    sheet.state = SheetState.WITHDRAWN
    sheet.version += 1
    audit.record(
        session,
        audit.Act.SHEET_WITHDRAWN,
        society_id=sheet.society_id,
        subject_id=sheet.id,
    )
