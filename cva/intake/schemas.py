"""Sheets as JSON: the same for the command line and the API."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session, select

from cva.core.money import plain
from cva.intake.cell_corrections import amendments
from cva.sheets.checking.report import finding_json, question_json
from cva.sheets.findings.finding import finding_of
from cva.societies import service as societies
from cva.staging.models import KnownHeadings, RowFinding, RowState, Sheet
from cva.staging.totals import answers_of, totals_of
from cva.staging.workflow import questions_of, row_counts


def report_of(session: Session, sheet: Sheet) -> dict[str, Any]:
    """What ``cva check`` says of the sheet, from what is stored."""
    sheet_id = sheet.id
    counts = row_counts(session, sheet_id)
    told = session.exec(select(RowFinding.told).where(RowFinding.sheet_id == sheet_id))
    findings = sorted((finding_of(each) for each in told), key=lambda finding: finding.row or 0)
    return {
        "file": sheet.filename,
        "sha256": sheet.sha256,
        "kind": sheet.kind,
        "sheet": sheet.sheet_name,
        "header_row": sheet.header_row,
        "columns": sheet.columns,
        "rows": sheet.rows,
        "ready": counts.get(RowState.READY, 0),
        "not_received": counts.get(RowState.NOT_RECEIVED, 0),
        "no_answer": counts.get(RowState.NO_ANSWER, 0),
        "posted_before": counts.get(RowState.POSTED, 0),
        "totals": [
            {
                "currency": total.money.currency,
                "amount": plain(total.money.currency, total.money.minor),
                "rows": total.rows,
            }
            for total in totals_of(session, sheet_id, (RowState.READY,))
        ],
        "answers": [
            {
                "answer": total.answer,
                "currency": total.money.currency if total.money else None,
                "amount": plain(total.money.currency, total.money.minor) if total.money else None,
                "rows": total.rows,
            }
            for total in answers_of(session, sheet_id)
        ],
        "findings": [finding_json(finding) for finding in findings],
        "ask": [question_json(question) for question in questions_of(sheet)],
    }


def sheet_json(session: Session, sheet: Sheet) -> dict[str, Any]:
    """A sheet with all that its check found."""
    return {
        "id": sheet.id,
        "state": str(sheet.state),
        "replaces": sheet.replaces_id,
        "report": report_of(session, sheet),
        "amendments": _amendments_json(session, sheet),
    }


def _amendments_json(session: Session, sheet: Sheet) -> list[dict[str, Any]]:
    made = amendments(session, sheet.id)
    people = societies.emails(session, [each.made_by for each in made])
    return [
        {
            "cell": each.cell,
            "before": each.before,
            "after": each.after,
            "by": people.get(each.made_by),
            "at": _moment(each.made_at),
        }
        for each in made
    ]


def headings_json(known: Sequence[KnownHeadings], codes: Mapping[int, str]) -> list[dict[str, Any]]:
    """Headings that people explained; ``codes`` are those of societies by id."""
    return [
        {
            "id": each.id,
            "society": codes.get(each.society_id),
            "kind": each.kind,
            "columns": [
                {"heading": heading, "field": field} for heading, _name, field in each.columns
            ],
            "made_at": _moment(each.made_at),
        }
        for each in known
    ]


def sheets_json(sheets: Sequence[Sheet]) -> list[dict[str, Any]]:
    """Sheets in short."""
    return [
        {
            "id": sheet.id,
            "state": str(sheet.state),
            "file": sheet.filename,
            "kind": sheet.kind,
            "rows": sheet.rows,
            "is_list": sheet.is_list,
            "received_at": _moment(sheet.received_at),
            "decided_at": _moment(sheet.decided_at),
            "decision_reason": sheet.decision_reason,
        }
        for sheet in sheets
    ]


def _moment(at: datetime | None) -> str | None:
    return at.isoformat(timespec="seconds") if at else None
