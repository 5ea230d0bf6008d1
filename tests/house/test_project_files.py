"""What strangers read first is there, and says what is so."""

import re
import shutil
import stat
import subprocess
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from tests.house.source import PROJECT

FILES = (
    ".editorconfig",
    ".github/workflows/ci.yml",
    ".pre-commit-config.yaml",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "LICENSE",
    "README.md",
    "SECURITY.md",
)
RELEASE = re.compile(r"\[Unreleased\]|\[\d+\.\d+\.\d+\] - \d{4}-\d\d-\d\d")
KINDS = ["Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"]


def _yaml(name: str) -> Any:  # noqa: ANN401
    return yaml.safe_load((PROJECT / name).read_text("utf-8"))


@pytest.mark.parametrize("name", FILES)
def test_a_stranger_finds(name: str) -> None:
    assert (PROJECT / name).stat().st_size > 0


def test_the_licence_is_the_one_that_is_named() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["license"] == "Apache-2.0"
    assert project["license-files"] == ["LICENSE"]
    text = (PROJECT / "LICENSE").read_text("utf-8").split()
    assert text[:4] == ["Apache", "License", "Version", "2.0,"]
    assert "END OF TERMS AND CONDITIONS" in " ".join(text)


def test_the_workflow_runs_what_everybody_can_run() -> None:
    workflow = _yaml(".github/workflows/ci.yml")
    steps = [step for job in workflow["jobs"].values() for step in job["steps"]]
    assert [step["run"] for step in steps if "run" in step] == [".ci/run"]
    assert (PROJECT / ".ci" / "run").stat().st_mode & stat.S_IXUSR
    assert workflow["permissions"] == {"contents": "read"}


def test_actions_are_pinned_by_commit() -> None:
    jobs = _yaml(".github/workflows/ci.yml")["jobs"].values()
    used = [step["uses"] for job in jobs for step in job["steps"] if "uses" in step]
    assert [each for each in used if not re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", each)] == []


def _hooks() -> Iterator[dict[str, Any]]:
    for repository in _yaml(".pre-commit-config.yaml")["repos"]:
        assert repository["repo"] == "local", "a hook from elsewhere is code that nothing locks"
        yield from repository["hooks"]


def test_hooks_are_the_tools_of_the_lock() -> None:
    hooks = list(_hooks())
    assert {hook["language"] for hook in hooks} == {"system"}
    names = {hook["entry"].split()[0].removeprefix(".venv/bin/") for hook in hooks}
    assert names == {"ruff", "mypy", "lint-imports"}


def test_hooks_run_what_the_checks_run() -> None:
    """All of ``start.py test`` but the tests, each hook the beginning of a check."""
    start = (PROJECT / "start.py").read_text("utf-8")
    for hook in _hooks():
        words = hook["entry"].removeprefix(".venv/bin/").replace(" --force-exclude", "").split()
        assert f"({', '.join(repr(word) for word in words)}".replace("'", '"') in start


def test_the_changelog_keeps_to_its_form() -> None:
    lines = (PROJECT / "CHANGELOG.md").read_text("utf-8").splitlines()
    releases = [line[3:] for line in lines if line.startswith("## ")]
    assert releases[0] == "[Unreleased]"
    assert [each for each in releases if not RELEASE.fullmatch(each)] == []
    kinds = [line[4:] for line in lines if line.startswith("### ")]
    assert kinds
    assert [kind for kind in kinds if kind not in KINDS] == []
    assert [line for line in lines if len(line) > 200] == [], "one thing to a line"


def _texts() -> Iterator[tuple[str, str]]:
    """Name and content of each text file that git keeps."""
    git = shutil.which("git")
    if git is None or not (PROJECT / ".git").exists():
        pytest.skip("This is no clone, so nothing says which files are ours.")
    listed = subprocess.run([git, "ls-files", "-z"], cwd=PROJECT, check=True, capture_output=True)
    for name in filter(None, listed.stdout.decode("utf-8").split("\0")):
        content = (PROJECT / name).read_bytes() if (PROJECT / name).is_file() else b"\0"
        if b"\0" not in content and not name.endswith((".po", ".lock")):
            yield name, content.decode("utf-8")


def test_text_files_keep_to_the_editors_rules() -> None:
    """No space at the end of a line, one line end at the end of the file, no tab but in Caddy's."""
    wrong = [
        name
        for name, text in _texts()
        if re.search(r"[^\S\n](?:\n|\Z)|\n\n\Z|[^\n]\Z", text)
        or ("\t" in text and not name.endswith("Caddyfile"))
    ]
    assert wrong == []
