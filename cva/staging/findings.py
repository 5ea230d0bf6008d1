"""Keeping what was found in a sheet."""

from collections.abc import Sequence

from sqlmodel import Session

from cva.core.db import insert_rows
from cva.core.random_ids import new_ids
from cva.sheets.findings.finding import Finding
from cva.staging.models import RowFinding, Sheet


def insert_findings(
    session: Session, sheet: Sheet, findings: Sequence[Finding], *, is_ledger: bool
) -> None:
    """Keep findings about a staged sheet.

    Args:
        session: The caller's transaction.
        sheet: What they are about.
        findings: What was found.
        is_ledger: Found by comparing with the ledger, so found anew at approval.
    """
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
