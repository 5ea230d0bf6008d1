"""The lock files: complete, checked by hash, and free of addresses."""

import re
import tomllib
from collections.abc import Iterable

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.house.source import PROJECT

LOCKS = ("requirements.lock", "requirements-dev.lock")
_PIN = re.compile(r"^([a-z0-9-]+)==([^ ;\\]+)(?: ; [^\\]+)?(?: \\)?$")


def _lines(lock: str) -> list[str]:
    return (PROJECT / lock).read_text("utf-8").splitlines()


def pins(lock: str) -> dict[str, Version]:
    """Name and version of what a lock holds."""
    found = (_PIN.match(line) for line in _lines(lock))
    return {match[1]: Version(match[2]) for match in found if match}


def _not_held(wanted: Iterable[str], pins: dict[str, Version]) -> list[str]:
    """Requirements that no pin satisfies."""
    missing = []
    for text in wanted:
        requirement = Requirement(text)
        pin = pins.get(canonicalize_name(requirement.name))
        if pin is None or pin not in requirement.specifier:
            missing.append(text)
    return missing


@pytest.mark.parametrize("lock", LOCKS)
def test_every_line_is_a_pin_a_hash_or_a_remark(lock: str) -> None:
    """So there is no address in it, no option, and no package from elsewhere."""
    allowed = re.compile(r"    --hash=sha256:[0-9a-f]{64}(?: \\)?|\s*#(?!.*//).*|")
    strange = [
        line for line in _lines(lock) if not _PIN.match(line) and not allowed.fullmatch(line)
    ]
    assert strange == []


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_has_a_hash(lock: str) -> None:
    lines = _lines(lock)
    bare = [
        line
        for line, following in zip(lines, [*lines[1:], ""], strict=True)
        if _PIN.match(line) and not following.startswith("    --hash=sha256:")
    ]
    assert bare == []


def test_the_locks_hold_what_the_project_asks_for() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))
    base, dev = (pins(lock) for lock in LOCKS)
    wanted = [
        *project["project"]["dependencies"],
        *project["project"]["optional-dependencies"]["postgres"],
        *project["build-system"]["requires"],
        *project["dependency-groups"]["build"],
    ]
    assert _not_held(wanted, base) == []
    assert _not_held(project["dependency-groups"]["dev"], dev) == []


def test_the_two_locks_agree() -> None:
    base, dev = (pins(lock) for lock in LOCKS)
    assert {name: dev[name] for name in base.keys() & dev.keys()} == {
        name: base[name] for name in base.keys() & dev.keys()
    }
