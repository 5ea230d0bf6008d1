import json
import re
from pathlib import Path

import pytest

from cva.core.i18n import gettext
from cva.sheets.findings.catalogue import CATALOGUE, ELSEWHERE
from cva.sheets.findings.finding import Finding, finding_of, message, severity_of, title
from cva.sheets.findings.refusal_texts import REASONS
from tests.sheets_made import cash, checked, paid

PROJECT = Path(__file__).parents[2]


def documented() -> set[str]:
    text = (PROJECT / "docs/findings.md").read_text("utf-8")
    return set(re.findall(r"^\| `([a-z-]+)` \|", text, re.MULTILINE))


@pytest.mark.parametrize("code", CATALOGUE)
def test_every_code_is_documented(code: str) -> None:
    assert code in documented()


def test_nothing_else_is_documented() -> None:
    assert documented() == set(CATALOGUE)


def test_every_code_and_reason_that_the_source_names_is_known() -> None:
    source = "\n".join(path.read_text() for path in (PROJECT / "cva/sheets").rglob("*.py"))
    codes = re.findall(
        r'RefusedError\(\s*"([a-z-]+)"|note(?:_heading)?\([^"\n]*"([a-z-]+-[a-z-]+)"', source
    )
    assert {code for pair in codes for code in pair if code} <= set(CATALOGUE)
    assert set(re.findall(r'"reason": "([a-z-]+)"', source)) <= set(REASONS)


@pytest.mark.parametrize("code", CATALOGUE)
def test_every_message_can_be_said(code: str) -> None:
    bare = message(Finding("error", code))
    assert "{" not in bare
    assert title(code)
    assert severity_of(code) in {"error", "warning", "info"}


@pytest.mark.parametrize("code", ELSEWHERE)
def test_a_row_of_another_sheet_is_named(code: str) -> None:
    details = {"sheet_id": "17", "other_row": "4", "day": "2025-03-04", "first_row": "4"}
    where = "row 4" if code == "phone-shared" else "row 4 of sheet 17"
    assert where in message(Finding("error", code, details=details))


@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_can_be_said(reason: str) -> None:
    finding = Finding("error", "workbook-unreadable", details={"reason": reason})
    said = message(finding)
    assert gettext(REASONS[reason]).rsplit("}", 1)[-1] in said
    assert "{" not in said


def test_a_finding_is_kept_and_said_again() -> None:
    (finding,) = checked(cash(paid("A-1", "many {braces}"))).findings
    again = finding_of(json.loads(json.dumps(finding.as_dict())))
    assert again == finding
    assert message(again) == (
        'Sheet "List", cell D2 (Amount): "many {braces}" is no amount. '
        "Write a number, for example 10000.00."
    )
