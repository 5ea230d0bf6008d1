"""Names of the house: one thing a name, and no words that only insiders understand."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from cva.kinds.registry import names_where
from tests.house.source import PROJECT, modules

#: Files that every capability may have, each in its own words the same thing.
ROLES = {"models", "service", "schemas", "input_schemas", "labels", "views"}
#: Files that every kind of sheet may have.
ROLES_OF_KINDS = {"kind", "comparison", "posting", "reversal"}
#: The doors mirror the names of capabilities.
DOORS = ("cva/web/", "cva/api/", "cva/cli/")

#: Words that name no thing: whoever reads them has to ask what is meant.
NO_NAMES = {
    "agreed",
    "answering",
    "asking",
    "deed",
    "deeds",
    "gone",
    "keeping",
    "looking",
    "marking",
    "moving",
    "replays",
    "said",
    "sayable",
    "sentences",
    "settling",
    "showing",
    "telling",
    "told",
    "undoing",
    "walls",
}

#: Modules that may name kinds of sheets: the kinds themselves, and the demo, which writes some.
MAY_NAME_KINDS = ("cva/kinds/", "cva/demo/")


def _defined(node_type: type[ast.AST]) -> Iterator[tuple[str, str]]:
    for name, tree in modules():
        for node in ast.walk(tree):
            if isinstance(node, node_type):
                yield getattr(node, "name", ""), name


def _several(found: Mapping[str, list[str]]) -> dict[str, list[str]]:
    return {name: where for name, where in found.items() if len(where) > 1}


def _aliases() -> Iterator[tuple[str, str]]:
    """Names that modules give to types and type variables."""
    for name, tree in modules():
        for node in tree.body:
            if isinstance(node, ast.Assign | ast.AnnAssign):
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                for target in targets:
                    if isinstance(target, ast.Name) and re.match("[A-Z][a-z]", target.id):
                        yield target.id, name


def test_no_two_classes_or_aliases_have_one_name() -> None:
    found: dict[str, list[str]] = defaultdict(list)
    for name, where in (*_defined(ast.ClassDef), *_aliases()):
        if name != "Meta":  # marshmallow's own name for the options of a schema
            found[name].append(where)
    assert _several(found) == {}


def test_no_two_files_have_one_name_except_for_a_role() -> None:
    found: dict[str, list[str]] = defaultdict(list)
    for name, _tree in modules(*DOORS):
        stem = Path(name).stem
        is_role = stem in ROLES or (name.startswith("cva/kinds/") and stem in ROLES_OF_KINDS)
        if stem != "__init__" and not is_role:
            found[stem].append(name)
    assert _several(found) == {}


def _words(name: str) -> set[str]:
    return {word.lower() for word in re.findall(r"[A-Z]?[a-z]+", name)}


@pytest.mark.parametrize("name", ["day_said", "HeldTold", "_telling"])
def test_a_riddle_is_seen(name: str) -> None:
    assert _words(name) & NO_NAMES


def test_no_name_is_a_riddle() -> None:
    """Of files, classes, functions and what functions take."""
    found = []
    for name, tree in modules():
        found += [name] if _words(Path(name).stem) & NO_NAMES else []
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef | ast.FunctionDef) and _words(node.name) & NO_NAMES:
                found.append(f"{name}:{node.lineno} {node.name}")
            elif isinstance(node, ast.arg) and node.arg in NO_NAMES:
                found.append(f"{name}:{node.lineno} {node.arg}")
    assert found == []


def test_a_kind_of_sheet_is_named_in_its_own_folder_alone() -> None:
    """No literal and no import of a single kind; what is asked of all goes by the registry."""
    kinds = set(names_where(lambda _kind: True))
    folders = {each.name for each in (PROJECT / "cva" / "kinds").iterdir() if each.is_dir()}
    folders -= {"handouts", "__pycache__"}
    found = []
    for name, tree in modules(*MAY_NAME_KINDS):
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and node.value in kinds:
                found.append(f"{name}:{node.lineno} {node.value}")
            elif isinstance(node, ast.ImportFrom) and node.module:
                parts = {*node.module.split("."), *(alias.name for alias in node.names)}
                if node.module.startswith("cva.kinds") and parts & folders:
                    found.append(f"{name}:{node.lineno} {node.module}")
    templates = (PROJECT / "cva").rglob("*.html")
    found += [
        f"{page.relative_to(PROJECT)} {kind}"
        for page in templates
        for kind in kinds
        if f'"{kind}"' in page.read_text("utf-8")
    ]
    assert found == []


_PATH = re.compile(r"`(cva/[\w/.*]+|(?:[a-z_]+/)+[a-z_]+\.py|[a-z_]+/[a-z_]+\.py)`")


@pytest.mark.parametrize("page", ["docs/architecture.md", "docs/glossary.md"])
def test_a_page_about_the_house_names_files_that_are_there(page: str) -> None:
    text = (PROJECT / page).read_text("utf-8")
    named = set(_PATH.findall(text))
    assert named
    missing = [path for path in named if not _is_there(path)]
    assert missing == []


def _is_there(path: str) -> bool:
    roots = [PROJECT] if path.startswith(("cva/", "tests/", "docs/")) else [PROJECT / "cva"]
    return any(any(root.glob(path.rstrip("/"))) for root in roots)
