"""Uploads that no browser of ours would send."""

import logging
from io import BytesIO

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from cva.core.db import reading
from cva.core.permissions import Role
from cva.core.tenancy import SYSTEM
from cva.intake.receiving import LONGEST_NAME
from cva.staging.models import Sheet
from tests.sheets.hostile.values import NAMES
from tests.sheets.hostile.workbooks import listed, paid_row
from tests.web.conftest import House, Visitor
from tests.workbooks import cash_rows, cash_sheet, workbook


def upload(house: House, *files: tuple[object, ...]) -> tuple[FlaskClient, TestResponse]:
    field = house.visitor(Role.FIELD)
    form = {"csrf_token": field.token(), "programme": str(house.ours.programme_id)}
    answer = field.client.post("/sheets/send", data={**form, "file": list(files)})
    return field.client, answer


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/passwd.xlsx", "passwd.xlsx"),
        ("/srv/cva/cva.key.xlsx", "cva.key.xlsx"),
        ("\u202exslx.exe.xlsx", "xslx.exe.xlsx"),
        ("a\0b.xlsx", "ab.xlsx"),
        ("<b>{{ 7*7 }}.xlsx", "<b>{{ 7*7 }}.xlsx"),
        ("x" * 300 + ".xlsx", "x" * (LONGEST_NAME - 5) + ".xlsx"),
    ],
)
def test_the_name_of_a_file_is_a_name_and_no_more(house: House, sent: str, kept: str) -> None:
    client, answer = upload(house, (BytesIO(cash_sheet()), sent))
    assert answer.status_code == 302
    with reading(house.ledger.engine, SYSTEM) as session:
        sheet = session.get(Sheet, int(answer.location.rsplit("/", 1)[1]))
        assert sheet is not None
        assert sheet.filename == kept
    assert "<b>" not in client.get(answer.location).text


def _post(house: House, address: str, part: bytes, referrer: str = "") -> TestResponse:
    """Send a form of several parts, of which the last is given, as bytes."""
    field = house.visitor(Role.FIELD)
    head = b'--x\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n'
    return field.client.post(
        address,
        data=head + field.token().encode() + b"\r\n" + part + b"\r\n--x--\r\n",
        content_type="multipart/form-data; boundary=x",
        headers={"Referer": referrer},
    )


def _beyond_the_limit(house: House, address: str, referrer: str = "") -> TestResponse:
    head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.xlsx"\r\n\r\n'
    return _post(house, address, head + bytes(22 << 20), referrer)


def test_a_file_beyond_the_limit_is_not_kept_and_its_form_says_so(house: House) -> None:
    sheet_id = house.sheet()
    places = {
        "/sheets/send": "Send a sheet",
        f"/sheets/{sheet_id}/evidence": "Scan or photograph",
        "/rounds/1/evidence": "Scan or photograph",
    }
    for address, form in places.items():
        answer = _beyond_the_limit(house, address)
        assert answer.status_code == 413
        assert form in answer.text
        told = 'id="fault-file">The file is larger than 20 MB. Nothing was stored.'
        assert told in answer.text
        assert "<title>This is too large – " in answer.text
        assert "Fill this in." not in answer.text


def test_it_is_the_very_form_where_the_browser_says_which(house: House) -> None:
    sheet_id = house.sheet()
    mends = f"This mends sheet {sheet_id}"
    page = f"/sheets/send?replaces={sheet_id}"
    assert mends in _beyond_the_limit(house, "/sheets/send", f"http://localhost{page}").text
    assert mends not in _beyond_the_limit(house, "/sheets/send", f"http://else{page}").text


def test_a_text_beyond_the_limit_is_not_called_a_file(house: House) -> None:
    head = b'--x\r\nContent-Disposition: form-data; name="code"\r\n\r\n'
    answer = _post(house, "/rounds/new", head + b"x" * 600_000)
    assert answer.status_code == 413
    assert "The form holds more text than is taken." in answer.text


def test_two_files_at_once_are_not_one(house: House) -> None:
    two = [(BytesIO(cash_sheet(count)), "a.xlsx") for count in (2, 3)]
    _, answer = upload(house, *two)
    assert answer.status_code == 422
    assert "Send one file at a time." in answer.text


def test_what_the_browser_calls_a_file_does_not_count(house: House) -> None:
    _, answer = upload(house, (BytesIO(cash_sheet()), "a.xlsx", "text/html"))
    assert answer.status_code == 302


@pytest.mark.parametrize("kind", ["application/octet-stream", "text/plain", "application/json"])
def test_a_file_without_a_form_is_no_upload(house: House, kind: str) -> None:
    client = house.visitor(Role.FIELD).client
    assert client.post("/sheets/send", data=cash_sheet(), content_type=kind).status_code == 400


def _see_all(visitor: Visitor, *paths: str) -> str:
    return "".join(visitor.see(path) for path in paths)


def test_names_that_look_like_code_are_shown_as_they_are(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    rows = cash_rows(len(NAMES))
    for row, (_, _, text) in zip(rows, NAMES, strict=True):
        row[1] = text if not text.startswith("=") else f" {text}"
    sheet_id = house.approved(workbook(rows))
    society = house.ours.society_id
    pages = _see_all(
        house.visitor(Role.FINANCE), "/", f"/sheets/{sheet_id}", f"/sheets/{sheet_id}?show=all",
        f"/totals/{society}", f"/figures/{society}?month=2022-11",
    )  # fmt: skip
    assert "<script>alert" not in pages
    assert "<img" not in pages
    assert "{{ 7*7 }}" in pages
    assert not [name for _, _, name in NAMES if len(name) > 2 and name in caplog.text]


def test_a_line_break_in_a_cell_makes_no_line_in_the_log(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    forged = "2026-01-01 00:00 ERROR the ledger is broken"
    house.sheet(listed(paid_row(A=f'<c r="@" t="str"><v>A&#10;{forged}</v></c>')))
    assert forged not in caplog.text
