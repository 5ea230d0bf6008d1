"""The month's page with the demo loaded, and the weight of the upload page.

    CVA_HOME=cva-home python bench/pages.py

Needs a folder with the demo (``python3 start.py`` makes one). Times are of the server alone: the
application answers in this process, signed in as the demo's own people.
"""

import os
import re
import statistics
import time
from pathlib import Path

from flask.testing import FlaskClient

from cva.app import create_app
from cva.core.ledger import open_ledger
from cva.core.settings import read_settings
from cva.intake.checking import queue_for

TIMES = 30


def main() -> None:
    """Print what the pages take."""
    ledger = open_ledger(read_settings(os.environ))
    app = create_app(ledger, queue_for(ledger))
    passwords = dict(
        line.split()[:2]
        for line in Path(ledger.settings.home, "demo-passwords.txt").read_text().splitlines()
    )
    manager = _signed_in(app.test_client(), "manager@rrc.example", passwords)
    months = [f"/figures/1?month=2022-{month:02d}" for month in range(1, 13)]
    for address in months:
        manager.get(address)
    took = [_milliseconds(manager, months[turn % 12]) for turn in range(TIMES)]
    print(f"month page: median {statistics.median(took):.0f} ms, slowest {max(took):.0f} ms")
    field = _signed_in(app.test_client(), "field@rrc.example", passwords)
    print(f"upload page: {_weight_bytes(field, '/sheets/send') / 1000:.1f} kB over the wire")


def _signed_in(client: FlaskClient, email: str, passwords: dict[str, str]) -> FlaskClient:
    page = client.get("/sign-in").text
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert token is not None
    form = {"csrf_token": token[1], "email": email, "password": passwords[email]}
    assert client.post("/sign-in", data=form).status_code == 302  # noqa: PLR2004
    return client


def _milliseconds(client: FlaskClient, address: str) -> float:
    start = time.perf_counter()
    assert client.get(address).status_code == 200  # noqa: PLR2004
    return (time.perf_counter() - start) * 1000


def _weight_bytes(client: FlaskClient, address: str) -> int:
    """Page, styles, scripts and pictures, headers included."""
    page = client.get(address)
    parts = re.findall(r'(?:href|src)="(/static/[^"]+)"', page.text)
    answers = [page, *(client.get(part) for part in dict.fromkeys(parts))]
    return sum(len(answer.data) + len(str(answer.headers)) for answer in answers)


if __name__ == "__main__":
    main()
