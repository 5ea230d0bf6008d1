"""The steps by which an image or a server is set up, into an empty environment."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from packaging.utils import canonicalize_name

from tests.deployment.image import COPIED
from tests.house.source import PROJECT
from tests.house.test_locks import pins
from tests.needs import on_ci

ASKED = "CVA_TEST_INSTALL"


@pytest.mark.skipif(os.name == "nt", reason="start.py installs on Windows.")
@pytest.mark.skipif(
    not (on_ci() or os.environ.get(ASKED)),
    reason=f"Loads all of requirements.lock anew: run by CI, or with {ASKED}=1.",
)
def test_an_empty_environment_gets_what_the_lock_says_and_the_ledger(tmp_path: Path) -> None:
    """From the files that the image is built from, and no others."""
    folder, source = tmp_path / "cva", tmp_path / "source"
    for name in COPIED:
        _copy(PROJECT / name, source / name)
    subprocess.run([source / "deploy" / "install.sh", folder], check=True)
    python = folder / "bin" / "python"
    listed = subprocess.run(
        [python, "-m", "pip", "list", "--format=json"], check=True, capture_output=True
    )
    found = {canonicalize_name(each["name"]): each["version"] for each in json.loads(listed.stdout)}
    locked = pins("requirements.lock")
    assert {"cva", "psycopg-binary"} <= set(found)
    strange = {
        name: version
        for name, version in found.items()
        if name not in {"cva", "pip", "setuptools"} and str(locked.get(name)) != version
    }
    assert strange == {}
    subprocess.run([folder / "bin" / "cva", "--version"], cwd=tmp_path, check=True)


def _copy(from_: Path, to: Path) -> None:
    to.parent.mkdir(parents=True, exist_ok=True)
    if from_.is_dir():
        shutil.copytree(from_, to, ignore=shutil.ignore_patterns("__pycache__"))
    else:
        shutil.copy(from_, to)
