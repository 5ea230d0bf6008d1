"""The pages over a fresh ledger, as each person's browser meets them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import select
from typing_extensions import override
from werkzeug.test import TestResponse

from cva.beneficiaries.models import Beneficiary
from cva.core.db import reading
from cva.core.job_queue import JobQueue
from cva.core.ledger import Ledger
from cva.core.permissions import Role
from cva.core.tenancy import SYSTEM, Actor
from cva.intake.checking import check_run, limits_of
from cva.societies import service as societies
from cva.staging.models import Sheet
from cva.web.cookies import signed_in_cookie
from tests.applications import app_over
from tests.makers import AtWork
from tests.society import Place, add_payment_list, add_place, open_test_ledger
from tests.workbooks import cash_sheet

_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


_VERSION = re.compile(r'name="version" value="(\d+)"')
_DECIDES = re.compile(r"/sheets/\d+/(submit|approve|send-back)")


class AtOnce(JobQueue):
    """A queue that does each run before it returns; stopped, it does none."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self.is_stopped = False

    @override
    def add(self, run_id: int) -> None:
        if not self.is_stopped:
            check_run(self._ledger.engine, run_id, limits_of(self._ledger))


class Visitor:
    """A browser of one person, who uses the forms of the pages."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def see(self, path: str, status: int = 200) -> str:
        """Open a page."""
        answer = self.client.get(path)
        assert answer.status_code == status, answer.text
        return answer.text

    def carry(self, path: str) -> TestResponse:
        """Fetch a file that belongs to a page."""
        return self.client.get(path, buffered=True)

    def token(self) -> str:
        """What ties a form to this browser."""
        found = _TOKEN.search(self.see("/sign-in"))
        assert found
        return found[1]

    def post(self, path: str, **fields: str) -> TestResponse:
        """Send a form; one that decides about a sheet with the version that its page shows."""
        if _DECIDES.fullmatch(path):
            shown = _VERSION.search(self.client.get(path.rpartition("/")[0]).text)
            fields = {"version": shown[1] if shown else "1"} | fields
        return self.client.post(path, data={"csrf_token": self.token(), **fields})

    def send(self, content: bytes, filename: str = "november.xlsx", **fields: str) -> int:
        """Send a sheet; gives its number."""
        file = (BytesIO(content), filename)
        answer = self.client.post(
            "/sheets/send", data={"csrf_token": self.token(), "file": file, **fields}
        )
        assert answer.status_code == 302, answer.text
        return int(answer.location.rsplit("/", 1)[1])

    def scan(self, sheet_id: int) -> None:
        """Keep a scan with a sheet."""
        file = (BytesIO(b"%PDF-1.7"), "list.pdf")
        answer = self.client.post(
            f"/sheets/{sheet_id}/evidence", data={"csrf_token": self.token(), "file": file}
        )
        assert answer.status_code == 302, answer.text


@dataclass
class House:
    """The pages, two societies, and who works there."""

    app: Flask
    ledger: Ledger
    queue: AtOnce
    ours: Place
    theirs: Place

    def visitor(self, role: Role | None = None, place: Place | None = None) -> Visitor:
        """A browser, signed in as the person with a role."""
        client = self.app.test_client()
        if role is not None:
            name = signed_in_cookie(self.ledger.settings)
            client.set_cookie(name, (place or self.ours).secrets[role])
        return Visitor(client)

    def sheet(self, content: bytes | None = None, **fields: str) -> int:
        """A sheet that our field officer sent, checked."""
        fields = {"programme": str(self.ours.programme_id)} | fields
        return self.visitor(Role.FIELD).send(content or cash_sheet(), **fields)

    def submitted(self, content: bytes | None = None, **fields: str) -> int:
        """A sheet that our field officer submitted."""
        sheet_id = self.sheet(content, **fields)
        answer = self.visitor(Role.FIELD).post(
            f"/sheets/{sheet_id}/submit", handed_out="on", leave_out_errors="on"
        )
        assert answer.status_code == 302, answer.text
        return sheet_id

    def approved(self, content: bytes | None = None, **fields: str) -> int:
        """A sheet that our finance officer approved."""
        sheet_id = self.submitted(content, **fields)
        answer = self.visitor(Role.FINANCE).post(f"/sheets/{sheet_id}/approve")
        assert answer.status_code == 302, answer.text
        return sheet_id

    def person(self) -> int:
        """The number of a person's record, somebody our finance officer accepted a hand-out to."""
        self.approved(cash_sheet(2))
        with reading(self.ledger.engine, SYSTEM) as session:
            return session.exec(select(Beneficiary.id)).first() or 0

    def add_book(self) -> None:
        """Our field officer registers a vendor and a book of vouchers, both number 1."""
        visitor, society_id = self.visitor(Role.FIELD), self.ours.society_id
        vendor = visitor.post(f"/vendors/of/{society_id}", code="V1", name="Corner Shop")
        assert vendor.location == "/vendors/1", vendor.text
        said = {"programme": "CASH", "code": "A", "first": "A-01", "last": "A-50", "face": "500"}
        book = visitor.post(f"/vouchers/{society_id}/books", **said)
        assert book.location == "/vouchers/books/1", book.text

    def state(self, sheet_id: int) -> str:
        """The state of a sheet as stored."""
        with reading(self.ledger.engine, SYSTEM) as session:
            found = session.get(Sheet, sheet_id)
            assert found is not None
            return str(found.state)


def open_house(ledger: Ledger) -> House:
    """The pages over a fresh ledger, into which two societies are put."""
    queue = AtOnce(ledger)
    ours = add_place(ledger, "RRC", "Russian Red Cross")
    theirs = add_place(ledger, "BRC", "Belarus Red Cross")
    add_payment_list(ledger, ours)
    return House(app_over(ledger, queue), ledger, queue, ours, theirs)


@pytest.fixture
def house(database_url: str, tmp_path: Path) -> Iterator[House]:
    ledger = open_test_ledger(tmp_path, database_url)
    yield open_house(ledger)
    ledger.engine.dispose()


@pytest.fixture
def at_work(house: House) -> AtWork:
    """The people of our society, who work without pages."""
    ours = house.ours
    society = AtWork(house.ledger, "RRC", ours.society_id, ours.programme_id)
    for role in Role:
        user_id = ours.people[role]
        found: Actor = society.do(lambda s, user_id=user_id: societies.actor_for(s, user_id))  # type: ignore[misc]
        society.people[str(role)] = found
    return society
