"""The ``cva`` command over a ledger of its own."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from cva.__main__ import main
from tests.makers import AtWork, settings_of, sheet


@dataclass
class Shell:
    """Runs commands, and keeps files."""

    society: AtWork
    folder: Path

    def __call__(self, *arguments: object) -> Result:
        """Run a command."""
        words = [str(argument) for argument in arguments]
        return CliRunner().invoke(main, words, env=dict(settings_of(self.society)))

    def ok(self, *arguments: object) -> str:
        """Run a command that succeeds; what it printed."""
        done = self(*arguments)
        assert done.exit_code == 0, done.output
        return done.stdout

    def json(self, *arguments: object, status: int = 0) -> Any:  # noqa: ANN401
        """Run a command with ``--json``; what it said."""
        done = self(*arguments, "--json")
        assert done.exit_code == status, done.output
        return json.loads(done.stdout)

    def file(self, table: str, name: str = "sheet.xlsx") -> Path:
        """A sheet in a file."""
        path = self.folder / name
        path.write_bytes(sheet(table))
        return path


@pytest.fixture
def shell(sqlite_society: AtWork, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    run = Shell(sqlite_society, tmp_path)
    # The command asks its own arguments whether an error is to be told in JSON.
    monkeypatch.setattr("sys.argv", ["cva"])
    return run
