"""Keeping what a check found: rows, findings, questions; and which sheet it takes the place of."""

from collections.abc import Iterator, Mapping, Sequence

from sqlmodel import Session, and_, col, delete, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from cva.core import audit
from cva.intake.column_mapping import remember
from cva.intake.ledger_comparison import compare_people, compare_with_ledger, rows_with_errors
from cva.intake.people_without_numbers import repeated_rows, with_numbers
from cva.journal.entry_posting import lock_book
from cva.kinds.handouts.field_list_comparison import follow_field_list
from cva.kinds.registry import kind_of
from cva.sheets.checking.checked import Checked
from cva.sheets.findings.finding import Finding
from cva.staging.context import SheetContext, load_context
from cva.staging.models import STANDING, RowState, Sheet, SheetFile, SheetState
from cva.staging.rows import (
    Columns,
    insert_findings,
    kept_columns,
    mark_errors,
    update_rows,
    write_rows,
)
from cva.staging.workflow import names_no_numbers, row_counts

#: Files refused for these reasons are not kept: only their digest and the verdict.
_NOT_KEPT = {"workbook-unsafe", "workbook-too-large"}
#: So many versions of one sheet are looked at.
_LONGEST_CHAIN = 100


def stage(session: Session, sheet_id: int, checked: Checked, rows: Columns) -> None:
    """Keep what a check found: rows, findings, questions; all of it or nothing.

    Args:
        session: The caller's transaction.
        sheet_id: A received sheet.
        checked: What its check found.
        rows: What ``prepare_rows`` made of it.
    """
    sheet = session.exec(select(Sheet).where(Sheet.id == sheet_id)).one()
    lock_book(session, sheet.society_id)
    session.refresh(sheet)
    if sheet.state != SheetState.RECEIVED:
        return
    _describe(sheet, checked)
    _follow_mark(session, sheet, checked)
    follow_field_list(session, sheet, checked)
    _withdraw_unanswered(session, sheet)
    context = load_context(session, sheet)
    refusals = _refusals(context, checked)
    if refusals:
        _refuse(session, sheet, refusals)
        return
    sheet.state, sheet.content_sha256 = SheetState.CHECKED, checked.content_sha256
    session.flush()
    kind = kind_of(sheet)
    is_numbered = not names_no_numbers(sheet)
    if not is_numbered:
        checked, rows = with_numbers(context, checked, rows)
    if checked.rows:
        write_rows(session, sheet, rows, kind.beside(context, checked))
    renumbered = [
        *_leave_out_posted(context),
        *(() if is_numbered else repeated_rows(context, checked.rows)),
    ]
    mark_errors(session, sheet_id, rows_with_errors(renumbered))
    compare_with_ledger(context)
    found = [
        *checked.findings,
        *_made_elsewhere(context, checked.marks),
        *renumbered,
        *kind.compare_file(context, checked),
        *compare_people(context, checked.rows),
    ]
    insert_findings(session, sheet, found, is_ledger=False)
    _withdraw_replaced(session, sheet)
    remember(session, sheet, checked)
    audit.record_about(session, audit.Act.SHEET_CHECKED, sheet, rows=sheet.rows)


def _describe(sheet: Sheet, checked: Checked) -> None:
    sheet.kind, sheet.sheet_name = checked.kind, checked.sheet
    sheet.header_row, sheet.rows = checked.header_row, len(checked.rows)
    sheet.has_receipt = checked.has_receipt
    sheet.parts = [list(part) for part in checked.parts] or None
    sheet.columns = [
        {"column": column.column, "heading": column.heading, "field": column.field}
        for column in map(checked.columns.__getitem__, kept_columns(checked))
    ]
    # An answer that settles nothing may be any text, and is not kept.
    asked = {ask.choice for ask in checked.ask}
    sheet.settled = {choice: said for choice, said in sheet.settled.items() if choice not in asked}
    sheet.asks = [
        {
            "choice": ask.choice,
            "options": list(ask.options),
            "heading": ask.heading,
            "details": dict(ask.details),
            "offered": ask.offered,
        }
        for ask in checked.ask
    ]
    sheet.ask_examples = {ask.choice: dict(ask.examples) for ask in checked.ask} or None


def _others(sheet: Sheet) -> SelectOfScalar[Sheet]:
    """Select the other sheets of a society that are lists, or are none, as this one."""
    return select(Sheet).where(
        Sheet.society_id == sheet.society_id,
        Sheet.is_list == sheet.is_list,
        Sheet.id != sheet.id,
    )


def _follow_mark(session: Session, sheet: Sheet, checked: Checked) -> None:
    """Recognise a marked file: it corrects the sheet whose file was marked, in the same round."""
    digest = checked.marks.get("marked_from")
    if digest and sheet.replaces_id is None:
        query = _others(sheet).where(
            Sheet.programme_id == sheet.programme_id,
            Sheet.sha256 == digest,
            Sheet.state != SheetState.WITHDRAWN,
        )
        found = session.exec(query.order_by(col(Sheet.id).desc())).first()
        sheet.replaces_id = found.id if found else None
    if sheet.replaces_id is not None and sheet.round_id is None:
        replaced = session.get(Sheet, sheet.replaces_id)
        if replaced is not None and replaced.programme_id == sheet.programme_id:
            sheet.round_id = replaced.round_id


def _leave_out_posted(context: SheetContext) -> Sequence[Finding]:
    """Leave out the rows that an earlier version of the sheet posted.

    What makes a row the same is for its kind to say. A row posted with other values stays, and is
    compared like every other.

    Returns:
        Rows that were posted under another number, which is no longer in the sheet.
    """
    sheet, kind = context.sheet, kind_of(context.sheet)
    earlier = _earlier(context.session, sheet)
    if not earlier:
        return ()
    if kind.posted_before is not None:
        found = context.session.execute(kind.posted_before(context, earlier))
        numbers = [number for (number,) in found]
        update_rows(context.session, sheet.id, numbers, state=RowState.POSTED)
    return kind.compare_renamed(context, earlier)


def _earlier(session: Session, sheet: Sheet) -> list[int]:
    """Ids of the versions before this one."""
    found: list[int] = []
    before = sheet.replaces_id
    while before is not None and before not in found and len(found) < _LONGEST_CHAIN:
        found.append(before)
        one = session.get(Sheet, before)
        before = one.replaces_id if one else None
    return found


def _standing(session: Session, sheet: Sheet, checked: Checked) -> Sheet | None:
    return session.exec(
        _others(sheet).where(
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


def _refusals(context: SheetContext, checked: Checked) -> Sequence[Finding]:
    """Why the sheet is turned away as a whole, if it is."""
    if checked.refused:
        return [finding for finding in checked.findings if finding.severity == "error"]
    standing = _standing(context.session, context.sheet, checked)
    if standing is not None:
        return [_already_received(context.session, standing)]
    return kind_of(context.sheet).refuse(context)


def _refuse(session: Session, sheet: Sheet, refusals: Sequence[Finding]) -> None:
    sheet.state = SheetState.REFUSED
    insert_findings(session, sheet, refusals, is_ledger=False)
    codes = {finding.code for finding in refusals}
    if codes & _NOT_KEPT:
        session.execute(delete(SheetFile).where(col(SheetFile.sheet_id) == sheet.id))
    audit.record_about(session, audit.Act.SHEET_REFUSED, sheet, code=", ".join(sorted(codes)))


def _withdraw_replaced(session: Session, sheet: Sheet) -> None:
    replaced = session.get(Sheet, sheet.replaces_id) if sheet.replaces_id else None
    if replaced is not None and replaced.state == SheetState.CHECKED:
        _withdraw(session, replaced)


def _withdraw_unanswered(session: Session, sheet: Sheet) -> None:
    """The same file sent again with answers takes the place of the one that asked."""
    query = _others(sheet).where(Sheet.sha256 == sheet.sha256, Sheet.state == SheetState.CHECKED)
    asking = session.exec(query).all()
    for other in asking:
        if other.asks and other.settled != sheet.settled:
            _withdraw(session, other)
    session.flush()


def _withdraw(session: Session, sheet: Sheet) -> None:
    sheet.state = SheetState.WITHDRAWN
    sheet.version += 1
    audit.record_about(session, audit.Act.SHEET_WITHDRAWN, sheet)


def _made_elsewhere(context: SheetContext, marks: Mapping[str, str]) -> Iterator[Finding]:
    """A warning where a template was made for another society, programme or round."""
    if not marks.get("template"):
        return
    made_for = [marks.get(name, "") for name in ("society", "programme", "round")]
    named = context.round.code if context.round else ""
    sent_for = [context.society.code, context.programme.code, named]
    pairs = zip(made_for, sent_for, strict=True)
    if any(made and made.casefold() != sent.casefold() for made, sent in pairs):
        made, sent = (" / ".join(filter(None, codes)) for codes in (made_for, sent_for))
        yield context.locator.about_sheet("template-elsewhere", made_for=made, sent_for=sent)
