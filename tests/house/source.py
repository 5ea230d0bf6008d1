"""The source as the house tests read it."""

import ast
from collections.abc import Iterator
from pathlib import Path

PROJECT = Path(__file__).parents[2]


def modules(*without: str) -> Iterator[tuple[str, ast.Module]]:
    """Path from the project, and syntax tree, of every module of the product.

    Args:
        without: Paths, or beginnings of paths, that are left out.
    """
    for file in sorted((PROJECT / "cva").rglob("*.py")):
        name = file.relative_to(PROJECT).as_posix()
        if not name.startswith(without):
            yield name, ast.parse(file.read_text("utf-8"), name)


def called(node: ast.AST) -> str:
    """The name a call calls by, its last part; empty for all that is no call."""
    if not isinstance(node, ast.Call):
        return ""
    return getattr(node.func, "attr", "") or getattr(node.func, "id", "")
