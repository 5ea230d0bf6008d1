"""A staged sheet compared with the ledger: what every kind of sheet is asked, then its own kind.

Every question is one statement over the staged rows, however many there are. It is asked when a
sheet is checked and again when it is approved, since other sheets may have been posted between.
"""

from collections.abc import Sequence

from sqlalchemy import delete
from sqlmodel import col, select, true

from cva.beneficiaries.models import Registration
from cva.beneficiaries.service import number_of
from cva.kinds.registry import kind_of
from cva.programmes.models import UnknownPeople
from cva.sheets.findings.finding import Finding
from cva.staging.context import SheetContext
from cva.staging.models import RowFinding, StagedRow
from cva.staging.rows import insert_findings, mark_errors, values_of


def compare_with_ledger(context: SheetContext) -> list[Finding]:
    """Compare the staged rows with the ledger as it is now; return what is new to say."""
    session, sheet = context.session, context.sheet
    kind = kind_of(sheet)
    session.execute(
        delete(RowFinding).where(
            col(RowFinding.sheet_id) == sheet.id,
            col(RowFinding.is_ledger) == true(),
            col(RowFinding.severity) == "warning",
        )
    )
    found = [
        *_foreign_currencies(context),
        *_unknown_people(context),
        *kind.compare_posted(context),
    ]
    mark_errors(session, sheet.id, rows_with_errors(found))
    known = {(finding.code, finding.row) for finding in found}
    found += [
        finding
        for finding in kind.compare_records(context)
        if finding.row is None or (finding.code, finding.row) not in known
    ]
    insert_findings(session, sheet, found, is_ledger=True)
    mark_errors(session, sheet.id, rows_with_errors(found))
    return found


def rows_with_errors(findings: Sequence[Finding]) -> set[int]:
    """The numbers of the rows about which an error was found."""
    return {
        finding.row
        for finding in findings
        if finding.severity == "error" and finding.row is not None
    }


def _foreign_currencies(context: SheetContext) -> list[Finding]:
    """Amounts in another currency than the programme's: perhaps the wrong programme was chosen."""
    currencies = context.session.exec(
        select(StagedRow.currency)
        .where(
            context.is_ready,
            col(StagedRow.currency).is_not(None),
            col(StagedRow.currency) != context.programme.currency,
        )
        .distinct()
        .order_by(col(StagedRow.currency))
    )
    own = context.programme.currency
    return [
        context.locator.about_sheet("currency-foreign", currency or "", currency=own)
        for currency in currencies
    ]


def _unknown_people(context: SheetContext) -> list[Finding]:
    refuses = context.programme.unknown_people == UnknownPeople.REFUSE
    if not (refuses and kind_of(context.sheet).must_be_registered):
        return []
    rows = context.session.exec(
        select(StagedRow.number, StagedRow.record)
        .join(Registration, context.is_registered, isouter=True)
        .where(context.is_ready, col(Registration.id).is_(None))
        .order_by(col(StagedRow.number))
    )
    return [
        context.locator.at_number("unknown-beneficiary", number, number_of(values_of(record)) or "")
        for number, record in rows
    ]
