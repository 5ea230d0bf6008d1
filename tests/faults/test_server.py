"""The server killed in its work, and an upload that is cut."""

import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from cva.core.jobs import Job
from cva.societies import tokens
from cva.staging.models import Sheet, SheetFile
from tests.makers import TWO_PAID, AtWork, many_paid, settings_of, sheet
from tests.serving import serving

BOUNDARY = "cut-here"


def test_a_check_whose_server_was_killed_is_taken_up_again(society: AtWork) -> None:
    received = society.send(many_paid(3000))
    settings = settings_of(society)
    server = subprocess.Popen(
        [sys.executable, "-m", "cva", "serve", "--port", "0"],
        env={**os.environ, **settings},
        stdout=subprocess.PIPE,
    )
    with server:
        assert server.stdout is not None
        assert b"The ledger is at" in server.stdout.readline()
        server.send_signal(getattr(signal, "SIGKILL", signal.SIGTERM))
    with serving(society.ledger.settings.home, settings):
        society.wait_until(received.sheet_id, "checked")
    assert [each.state for each in society.all_of(Job)] == ["done"]
    assert len(society.rows(received.sheet_id)) == 3000


def request(society: AtWork, content: bytes) -> tuple[bytes, bytes]:
    """Head and body of an upload."""
    token = society.do(lambda session: tokens.add_token(session, society.email("field")))
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in (("society", "ARC"), ("programme", "CASH"))
    ]
    parts.append(
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; '
        'filename="sheet.xlsx"\r\n\r\n'
    )
    body = "".join(parts).encode() + content + f"\r\n--{BOUNDARY}--\r\n".encode()
    head = (
        "POST /api/v1/sheets HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
        f"Authorization: Bearer {token}\r\n"
        f"Content-Type: multipart/form-data; boundary={BOUNDARY}\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode(), body


def sent(address: str, data: bytes) -> bytes:
    """Send bytes and no more; what is answered."""
    with socket.create_connection((urlsplit(address).hostname, urlsplit(address).port)) as line:
        line.sendall(data)
        line.shutdown(socket.SHUT_WR)
        answer = b""
        while part := line.recv(65536):
            answer += part
    return answer


def test_an_upload_that_is_cut_stores_nothing(society: AtWork, tmp_path: Path) -> None:
    head, body = request(society, sheet(TWO_PAID))
    with serving(tmp_path, settings_of(society)) as address:
        for length in (0, 10, len(body) // 2, len(body) - 3, len(body) - 1):
            answer = sent(address, head + body[:length])
            assert b" 202 " not in answer.split(b"\r\n")[0]
        lost_end = body[: len(body) // 2]
        told = head.replace(
            f"Content-Length: {len(body)}".encode(), f"Content-Length: {len(lost_end)}".encode()
        )
        answer = sent(address, told + lost_end)
        assert answer.split(b"\r\n")[0].split()[1] in {b"400", b"422"}
        assert society.all_of(Sheet) == []
        assert society.see(lambda session: session.get(SheetFile, 1)) is None
        assert b" 202 " in sent(address, head + body).split(b"\r\n")[0]
    assert len(society.all_of(Sheet)) == 1


def _too_large(society: AtWork, size: int, transfer: str) -> bytes:
    head, body = request(society, bytes(size))
    told = f"Content-Length: {len(body)}\r\n".encode()
    if transfer == "chunked":
        head = head.replace(told, b"Transfer-Encoding: chunked\r\n")
        body = f"{len(body):x}\r\n".encode() + body + b"\r\n0\r\n\r\n"
    return head + body


@pytest.mark.parametrize("transfer", ["whole", "chunked"])
def test_a_file_of_many_times_the_limit_is_answered_and_not_hung_up_on(
    society: AtWork, tmp_path: Path, transfer: str
) -> None:
    settings = {**settings_of(society), "CVA_MAX_SHEET_BYTES": "100000"}
    with serving(tmp_path, settings) as address:
        for size in (400_000, 2_000_000, 40_000_000):
            answer = sent(address, _too_large(society, size, transfer))
            assert answer.startswith(b"HTTP/1.1 413 ")
            told = json.loads(answer.partition(b"\r\n\r\n")[2])
            assert told["code"] == "too_large"
            assert "larger than 97 kB" in told["message"]
        head, body = request(society, sheet(TWO_PAID))
        assert sent(address, head + body).startswith(b"HTTP/1.1 202 ")
    assert len(society.all_of(Sheet)) == 1
