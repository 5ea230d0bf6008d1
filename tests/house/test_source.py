"""Rules of the house that no linter knows."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.source import called, files_of, modules

ATTICS = {"utils", "helpers", "common", "misc", "base", "manager", "handlers"}
FOLDERS = ("cva", "tests", "migrations", "imports", "docs", "bench", "deploy")

#: What takes SQL as text, and so passes by the filter on societies.
RAW = {"text", "exec_driver_sql", "executescript"}
TAKES_SQL = {"execute", "exec", "scalar", "scalars"}


def test_only_the_transaction_commits() -> None:
    found = [
        f"{name}:{node.lineno}"
        for name, tree in modules("cva/core/db.py")
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr == "commit"
    ]
    assert found == []


def _raw_sql(tree: ast.Module) -> Iterator[int]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("sql"):
            if any(alias.name in RAW for alias in node.names):
                yield node.lineno
        elif isinstance(node, ast.Attribute) and node.attr in RAW:
            if ast.unparse(node.value) in {"sqlalchemy", "sa", "sqlmodel"} or node.attr != "text":
                yield node.lineno
        elif isinstance(node, ast.Call) and called(node) in TAKES_SQL and node.args:
            first = node.args[0]
            if isinstance(first, ast.JoinedStr | ast.Constant):
                yield node.lineno


@pytest.mark.parametrize(
    "code",
    [
        "from sqlalchemy import select, text",
        "from sqlalchemy.sql import text",
        "import sqlalchemy as sa\nsa.text('SELECT 1')",
        "connection.exec_driver_sql('SELECT 1')",
        "session.execute(f'SELECT {name}')",
    ],
)
def test_raw_sql_is_seen(code: str) -> None:
    assert list(_raw_sql(ast.parse(code)))


def test_raw_sql_stays_in_the_core_and_the_migrations() -> None:
    """Except for the condition of an index, which a table states and no query runs."""
    found = [
        f"{name}:{line}"
        for name, tree in modules("cva/core/")
        for line in _raw_sql(tree)
        if not name.endswith("/models.py")
    ]
    assert found == []


def test_a_module_of_tables_runs_nothing() -> None:
    found = [
        name
        for name, tree in modules("cva/core/")
        if name.endswith("/models.py") and any(called(node) in TAKES_SQL for node in ast.walk(tree))
    ]
    assert found == []


def _names() -> Iterator[Path]:
    for folder in FOLDERS:
        yield from files_of(folder, "*")


def test_no_file_or_folder_is_an_attic() -> None:
    found = [path for path in _names() if path.name.split(".")[0].lower() in ATTICS]
    assert found == []
