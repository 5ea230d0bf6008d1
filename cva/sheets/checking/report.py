"""A check as plain data, for programs and for the command line."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from cva.core.money import plain
from cva.sheets.checking.checked import NO_ANSWER, NOT_RECEIVED, READY, Checked, CheckedRow
from cva.sheets.findings.finding import Finding, message
from cva.sheets.vocabulary.choices import Question


def totals(rows: Iterable[CheckedRow]) -> list[dict[str, str | int]]:
    """The ready rows' amounts per currency; two currencies are never added."""
    sums: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    for row in rows:
        amount, currency = row.values.get("amount_minor"), row.values.get("currency")
        if row.state == READY and isinstance(amount, int) and isinstance(currency, str):
            sums[currency] += amount
            counts[currency] += 1
    return [
        {"currency": currency, "amount": plain(currency, sums[currency]), "rows": count}
        for currency, count in sorted(counts.items())
    ]


def finding_json(finding: Finding) -> dict[str, Any]:
    """A finding with its message in the reader's language."""
    return {
        "severity": finding.severity,
        "code": finding.code,
        "sheet": finding.sheet,
        "cell": finding.cell,
        "row": finding.row,
        "field": finding.field,
        "value": finding.value,
        "message": message(finding),
    }


def question_json(question: Question) -> dict[str, Any]:
    """A question in the reader's language; each example is a text and how it would be read."""
    return {
        "choice": question.choice,
        "options": list(question.options),
        "message": question.message,
        "examples": {
            option: [list(pair) for pair in pairs] for option, pairs in question.examples.items()
        },
    }


def report(checked: Checked) -> dict[str, Any]:
    """Everything a check found, messages in the reader's language."""
    states = Counter(row.state for row in checked.rows)
    return {
        "file": checked.file,
        "sha256": checked.sha256,
        "kind": checked.kind,
        "sheet": checked.sheet,
        "header_row": checked.header_row,
        "columns": [
            {"column": column.column, "heading": column.heading, "field": column.field}
            for column in checked.columns
        ],
        "rows": len(checked.rows),
        "ready": states[READY],
        "not_received": states[NOT_RECEIVED],
        "no_answer": states[NO_ANSWER],
        "totals": totals(checked.rows),
        "findings": [finding_json(finding) for finding in checked.findings],
        "ask": [question_json(question) for question in checked.ask],
    }


def exit_status(checked: Checked) -> int:
    """0 nothing wrong, 1 errors or questions, 2 refused as a whole."""
    if checked.refused:
        return 2
    wrong = any(finding.severity == "error" for finding in checked.findings)
    return 1 if wrong or checked.ask else 0
