"""The source as the house tests read it."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

PROJECT = Path(__file__).parents[2]
#: Where packages of others are installed, for the bench too.
_INSTALLED = frozenset({"node_modules", ".venv"})


def files_of(folder: str, pattern: str) -> Iterator[Path]:
    """The files and folders of ours within a folder of the project."""
    for path in (PROJECT / folder).rglob(pattern):
        if _INSTALLED.isdisjoint(path.relative_to(PROJECT).parts):
            yield path


def modules(*without: str) -> Iterator[tuple[str, ast.Module]]:
    """Path from the project, and syntax tree, of every module of the product.

    Args:
        without: Paths, or beginnings of paths, that are left out.
    """
    return (module for module in _all_modules() if not module[0].startswith(without))


@cache
def _all_modules() -> tuple[tuple[str, ast.Module], ...]:
    """Read once for all tests, which change nothing in a tree."""
    files = sorted((PROJECT / "cva").rglob("*.py"))
    names = [file.relative_to(PROJECT).as_posix() for file in files]
    return tuple(
        (name, ast.parse(file.read_text("utf-8"), name))
        for name, file in zip(names, files, strict=True)
    )


def called(node: ast.AST) -> str:
    """The name a call calls by, its last part; empty for all that is no call."""
    if not isinstance(node, ast.Call):
        return ""
    return getattr(node.func, "attr", "") or getattr(node.func, "id", "")
