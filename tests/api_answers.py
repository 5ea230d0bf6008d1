"""Answers of the interface held against its own document: every key, and no other."""

from functools import cached_property
from typing import Any

from flask import Flask
from openapi_schema_validator import OAS31Validator
from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse


class DocumentedAnswers:
    """What the document of an application says of its answers, and which were given."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.answered: set[tuple[str, str, str]] = set()

    @cached_property
    def document(self) -> dict[str, Any]:
        """The document."""
        answer = self.app.test_client().get("/api/v1/openapi.json")
        document: dict[str, Any] = answer.json  # type: ignore[assignment]
        return document

    def check(self, method: str, path: str, answer: TestResponse) -> None:
        """Hold an answer against the schema of its endpoint and status."""
        operation = self._operation(method, path)
        if operation is None:
            schema = {"$ref": "#/components/schemas/Problem"}
        else:
            found = operation["responses"]
            described = found.get(str(answer.status_code)) or found["default"]
            self.answered.add((method, operation["path"], str(answer.status_code)))
            described = self._resolved(described)
            assert answer.mimetype in described.get("content", {answer.mimetype: {}}), (
                f"{method} {path} answers {answer.status_code} as {answer.mimetype}"
            )
            schema = described.get("content", {}).get(answer.mimetype, {}).get("schema", {})
        if not (answer.mimetype or "").endswith("json"):
            return
        assert schema, f"{method} {path} does not say what {answer.status_code} is"
        whole = {"components": self.document["components"], **schema}
        faults = [each.message for each in OAS31Validator(whole).iter_errors(answer.json)]
        assert not faults, (method, path, answer.status_code, faults)

    def _resolved(self, described: dict[str, Any]) -> dict[str, Any]:
        if "$ref" not in described:
            return described
        name = described["$ref"].rpartition("/")[2]
        resolved: dict[str, Any] = self.document["components"]["responses"][name]
        return resolved

    def _operation(self, method: str, path: str) -> dict[str, Any] | None:
        """What the document says of a path; None of one that is not there."""
        urls = self.app.url_map.bind("localhost")
        try:
            rule, _arguments = urls.match(path.partition("?")[0], method, return_rule=True)
        except HTTPException:
            return None
        template = "".join(
            f"{{{part}}}" if is_variable else part
            for is_variable, part in rule._trace  # noqa: SLF001
        ).lstrip("|")
        item = self.document["paths"].get(template, {}).get(method.lower())
        return item | {"path": template} if item else None
