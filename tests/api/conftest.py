"""The JSON interface over a society at work, without a server between."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from cva.core.job_queue import JobQueue
from cva.intake.checking import queue_for
from cva.societies import tokens
from tests.api_answers import DocumentedAnswers
from tests.applications import app_over
from tests.makers import TWO_PAID, AtWork, sheet


@dataclass
class Api:
    """Calls as one of a society's people."""

    app: Flask
    queue: JobQueue
    society: AtWork
    answers: DocumentedAnswers
    tokens: dict[str, str] = field(default_factory=dict)

    def token(self, name: str) -> str:
        """A token of a person."""
        if name not in self.tokens:
            email = self.society.email(name)
            self.tokens[name] = self.society.do(lambda s: tokens.add_token(s, email))
        return self.tokens[name]

    def call(
        self,
        method: str,
        path: str,
        *,
        by: str | None = "field",
        **said: Any,  # noqa: ANN401
    ) -> TestResponse:
        """Call a path of the interface."""
        headers = dict(said.pop("headers", {}))
        if by is not None:
            headers["Authorization"] = f"Bearer {self.token(by)}"
        where = f"/api/v1{path}"
        answer = self.app.test_client().open(where, method=method, headers=headers, **said)
        if path != "/openapi.json":
            self.answers.check(method, where, answer)
        return answer

    def items(self, path: str, **said: Any) -> list[dict[str, Any]]:  # noqa: ANN401
        """What a list has."""
        answer = self.call("GET", path, **said)
        assert answer.status_code == 200, answer.text
        found: list[dict[str, Any]] = answer.json["items"]  # type: ignore[index]
        return found

    def send(self, content: bytes | None = None, **said: Any) -> TestResponse:  # noqa: ANN401
        """Send a sheet."""
        form = {"society": self.society.code, "programme": "CASH"} | said.pop("form", {})
        form["file"] = (BytesIO(sheet(TWO_PAID) if content is None else content), "sheet.xlsx")
        return self.call("POST", "/sheets", data=form, **said)

    def checked(self, **said: Any) -> dict[str, Any]:  # noqa: ANN401
        """Send a sheet and wait until it is checked."""
        return self.until_checked(self.send(**said).json["id"])  # type: ignore[index]

    def until_checked(self, sheet_id: int) -> dict[str, Any]:
        """Ask for a sheet until it is checked."""
        for _ in range(600):
            told: dict[str, Any] = self.call("GET", f"/sheets/{sheet_id}").json  # type: ignore[assignment]
            if told["state"] != "received":
                return told
            time.sleep(0.05)
        raise AssertionError("The sheet was never checked.")


@pytest.fixture
def api(society: AtWork) -> Iterator[Api]:
    queue = queue_for(society.ledger)
    queue.start()
    app = app_over(society.ledger, queue)
    yield Api(app, queue, society, DocumentedAnswers(app))
    queue.stop()
