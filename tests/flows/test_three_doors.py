"""A sheet to the month through every door: the same rows staged, the same figures."""

import re
from io import BytesIO
from pathlib import Path
from typing import Any

from click.testing import CliRunner
from flask.testing import FlaskClient

from cva.__main__ import main
from cva.app import create_app
from cva.core.dates import Month
from cva.core.ledger import Ledger
from cva.intake.checking import queue_for
from cva.reports.monthly import figures
from cva.reports.schemas import FiguresSchema
from cva.societies import tokens
from cva.staging.models import Sheet, StagedRow
from tests.makers import PASSWORD, AtWork, settings_of, sheet, society_at_work

TABLE = """
number | name        | sex | region | phone            | day        | amount | currency | received
R-001  | Anna Orlova | F   | North  | +7 912 345 67 89 | 2022-11-05 | 50.50  | RUB      | yes
R-002  | Boris Lebed | M   | South  |                  | 2022-11-06 | 70     | RUB      | yes
R-003  | Clara Nagy  | F   | South  |                  | 2022-11-06 | 80     | RUB      | no
R-004  | Dora Klein  | F   | South  |                  | 2022-11-06 | ???    | RUB      | yes
"""


def by_command(society: AtWork, content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "sheet.xlsx"
    file.write_bytes(content)
    place = ["--society", society.code, "--programme", "CASH"]

    def run(*words: str) -> None:
        done = CliRunner().invoke(main, list(words), env=dict(settings_of(society)))
        assert done.exit_code == 0, done.output

    run("sheets", "send", str(file), *place, "--as", society.email("field"))
    number = str(sheet_of(society))
    run("sheets", "submit", number, "--leave-out-errors", "--as", society.email("field"))
    run("sheets", "approve", number, "--as", society.email("finance"))


def by_interface(society: AtWork, content: bytes, client: FlaskClient) -> None:
    def call(path: str, name: str, **said: Any) -> None:  # noqa: ANN401
        email = society.email(name)
        token = society.do(lambda session: tokens.add_token(session, email))
        headers = {"Authorization": f"Bearer {token}"}
        answer = client.post(f"/api/v1/sheets{path}", headers=headers, **said)
        assert answer.status_code in {200, 202}, answer.text

    form = {"society": society.code, "programme": "CASH", "file": (BytesIO(content), "sheet.xlsx")}
    call("", "field", data=form)
    number = sheet_of(society)
    society.wait_until(number, "checked")
    call(f"/{number}/submit", "field", json={"leave_out_errors": True})
    call(f"/{number}/approve", "finance")


def by_page(society: AtWork, content: bytes, client: FlaskClient) -> None:
    def post(path: str, page: str, **form: Any) -> None:  # noqa: ANN401
        found = re.search('name="csrf_token"[^>]*value="([^"]+)"', client.get(page).text)
        assert found is not None, page
        answer = client.post(path, data={**form, "csrf_token": found[1]})
        assert answer.status_code == 302, answer.text

    def sign_in(name: str) -> None:
        client.delete_cookie("cva-signed-in")
        post("/sign-in", "/sign-in", email=society.email(name), password=PASSWORD)

    sign_in("field")
    post(
        "/sheets/send",
        "/sheets/send",
        programme=str(society.programme_id),
        file=(BytesIO(content), "sheet.xlsx"),
    )
    number = sheet_of(society)
    society.wait_until(number, "checked")
    page = f"/sheets/{number}"
    post(f"{page}/submit", page, leave_out_errors="yes", version=society.sheet(number).version)
    sign_in("finance")
    post(f"{page}/approve", page, version=society.sheet(number).version)


def sheet_of(society: AtWork) -> int:
    (found,) = [each for each in society.all_of(Sheet) if each.society_id == society.society_id]
    return found.id


def staged(society: AtWork) -> list[tuple[object, ...]]:
    """The rows of the society's sheet, without what is random."""
    return [
        (row.number, row.state, row.record, row.registration_key, row.day, row.amount_minor)
        for row in sorted(society.all_of(StagedRow), key=lambda each: each.number)
        if row.society_id == society.society_id
    ]


def month(society: AtWork) -> dict[str, Any]:
    found = society.see(lambda session: figures(session, society.society_id, Month(2022, 11)))
    told: dict[str, Any] = FiguresSchema().dump(found)
    return told | {"society": ""}


def test_every_door_stages_the_same_rows_and_counts_the_same(
    ledger: Ledger, tmp_path: Path
) -> None:
    content = sheet(TABLE)
    ways = [society_at_work(ledger, code) for code in ("CLI", "API", "WEB")]
    queue = queue_for(ledger)
    queue.start()
    try:
        client = create_app(ledger, queue).test_client()
        by_command(ways[0], content, tmp_path)
        by_interface(ways[1], content, client)
        by_page(ways[2], content, client)
    finally:
        queue.stop()
    assert [state for _number, state, *_ in staged(ways[0])] == [
        "ready",
        "ready",
        "not_received",
        "error",
    ]
    assert staged(ways[0]) == staged(ways[1]) == staged(ways[2])
    assert month(ways[0])["amounts"] == [{"currency": "RUB", "amount": "120.50", "transfers": 2}]
    assert month(ways[0]) == month(ways[1]) == month(ways[2])
