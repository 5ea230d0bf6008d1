import re

import pytest

from cva.sheets.checking.check import check
from cva.sheets.files.limits import MIB, Limits
from cva.sheets.findings.finding import message
from cva.sheets.vocabulary.choices import Choices
from tests.sheets_made import cash, checked, paid, part, refusal, repacked

SHEET = "xl/worksheets/sheet1.xml"
GOOD = cash(*[paid(f"A-{i}") for i in range(20)])


def test_rows_and_cells_without_references_are_read() -> None:
    xml = re.sub(rb' r="[A-Z]*[0-9]+"', b"", part(GOOD))
    assert len(checked(repacked(GOOD, {SHEET: xml})).rows) == 20


@pytest.mark.parametrize("claim", [b"A1:A1", b"A1:XFD1048576"])
def test_the_claimed_size_of_a_sheet_is_not_believed(claim: bytes) -> None:
    xml = re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="' + claim + b'"', part(GOOD))
    assert len(checked(repacked(GOOD, {SHEET: xml})).rows) == 20


@pytest.mark.parametrize(
    ("limits", "reason"),
    [
        (Limits(max_file_bytes=1000), "file"),
        (Limits(max_unpacked_bytes=1000), "unpacked"),
        (Limits(max_rows=10), "rows"),
        (Limits(max_columns=3), "columns"),
    ],
)
def test_a_refusal_names_the_limit_and_what_the_file_had(limits: Limits, reason: str) -> None:
    found = check(GOOD, "sheet.xlsx", Choices(), limits)
    assert refusal(found) == "workbook-too-large"
    assert found.findings[0].details["reason"] == reason
    assert found.findings[0].details["limit"] in message(found.findings[0])


def test_a_parser_that_takes_too_much_memory_is_stopped() -> None:
    found = check(GOOD, "sheet.xlsx", Choices(), Limits(parse_memory_bytes=30 * MIB))
    assert refusal(found) == "workbook-too-large"
    assert found.findings[0].details["reason"] == "memory"


def test_a_parser_that_takes_too_long_is_stopped() -> None:
    found = check(GOOD, "sheet.xlsx", Choices(), Limits(parse_seconds=0))
    assert refusal(found) == "workbook-too-large"
