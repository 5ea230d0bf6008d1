"""Every refusal has a code of its own, and ``docs/errors.md`` says what each means."""

import ast
import re
from collections.abc import Iterator

import pytest

from cva.app import responses
from cva.core.errors import (
    ConflictError,
    CvaError,
    ForbiddenError,
    InputError,
    NotFoundError,
    RuleError,
    SettingError,
    SignInError,
    TooManyTriesError,
)
from cva.intake.sheet_submission import UnconfirmedError
from tests.house.source import PROJECT, modules

#: What needs a code of its own; of the others the kind says it all, unless one is given.
SPECIFIC: tuple[type[CvaError], ...] = (InputError, RuleError, ConflictError, UnconfirmedError)
OTHERS: tuple[type[CvaError], ...] = (
    ForbiddenError,
    NotFoundError,
    SettingError,
    SignInError,
    TooManyTriesError,
)
KINDS = {each.__name__: each.kind for each in (*SPECIFIC, *OTHERS)}


def raised(tree: ast.AST) -> Iterator[tuple[str, str | None, int]]:
    """The class of each error that is raised, its code where it says one, and the line."""
    for node in ast.walk(tree):
        made = node.exc if isinstance(node, ast.Raise) else None
        if isinstance(made, ast.Call) and isinstance(made.func, ast.Name):
            codes = [
                str(word.value.value)
                for word in made.keywords
                if word.arg == "code" and isinstance(word.value, ast.Constant)
            ]
            yield made.func.id, codes[0] if codes else None, made.lineno


def without_code(tree: ast.AST) -> list[int]:
    """The lines that raise a refusal without a code."""
    names = {each.__name__ for each in SPECIFIC}
    return [line for name, code, line in raised(tree) if name in names and code is None]


def documented() -> dict[str, set[str]]:
    """The codes of the page, each with its kinds."""
    page = (PROJECT / "docs" / "errors.md").read_text("utf-8").partition("## Codes")[2]
    rows = re.findall(r"^\| `(\w+)` \| (.*?) \|", page, re.MULTILINE)
    assert len({code for code, _kinds in rows}) == len(rows)
    return {code: set(re.findall(r"`(\w+)`", kinds)) for code, kinds in rows}


@pytest.mark.slow
def test_every_refusal_has_a_code() -> None:
    # What is gathered from a form has the code of a single fault, else that of its kind.
    found = [name for name, tree in modules("cva/core/form_errors.py") if without_code(tree)]
    assert found == []


def test_a_refusal_without_a_code_is_seen() -> None:
    assert without_code(ast.parse('raise RuleError("No.")')) == [1]
    assert without_code(ast.parse('raise RuleError("No.", code="no")')) == []


def test_every_code_is_documented_and_every_documented_one_is_raised() -> None:
    codes: dict[str, set[str]] = {}
    for _name, tree in modules():
        for error, code, _line in raised(tree):
            if error in KINDS:
                codes.setdefault(code or KINDS[error], set()).add(KINDS[error])
    for kind, code in responses.HTTP_CODES.values():
        codes.setdefault(code, set()).add(kind)
    for code in (responses.FORM_EXPIRED, responses.UNEXPECTED, CvaError.kind):
        codes.setdefault(code, set()).add(code)
    assert documented() == codes
