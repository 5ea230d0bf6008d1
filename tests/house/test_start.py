"""What ``start.py`` decides before it runs anything; the running is tried by CI itself."""

import ast
import importlib.util
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import ModuleType

import pytest

from tests.house.source import PROJECT


@pytest.fixture
def start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script, at work in a folder of its own."""
    spec = importlib.util.spec_from_file_location("start", PROJECT / "start.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for name in ("requirements.lock", "pyproject.toml"):
        (tmp_path / name).write_text("as it is")
    monkeypatch.setattr(module, "PROJECT", tmp_path)
    monkeypatch.setattr(module, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(module, "STAMP", tmp_path / "stamp.json")
    return module


@pytest.fixture
def ran(start: ModuleType, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of what was run, all of it with success."""
    names: list[str] = []

    def run(_program: str, *arguments: str, **_: object) -> int:
        names.append(arguments[0])
        return 0

    monkeypatch.setattr(start, "run", run)
    return names


def _home(folder: Path) -> dict[str, str]:
    return {"CVA_HOME": str(folder)}


def test_an_older_python_can_read_far_enough_to_say_so() -> None:
    ast.parse((PROJECT / "start.py").read_text("utf-8"), feature_version=(3, 6))


def test_the_demo_goes_into_a_folder_without_a_ledger(
    start: ModuleType, ran: list[str], tmp_path: Path
) -> None:
    home = tmp_path / "new"
    assert start.load_demo(_home(home)) == 0
    assert ran == ["demo"]
    assert list(home.iterdir()) == []


def test_the_demo_never_touches_a_ledger(start: ModuleType, ran: list[str], tmp_path: Path) -> None:
    (tmp_path / "cva.db").touch()
    start.load_demo(_home(tmp_path))
    start.load_demo({**_home(tmp_path / "new"), "CVA_DATABASE_URL": "postgresql://somewhere"})
    assert ran == []


def test_a_demo_cut_short_is_gone_on_with(
    start: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    statuses = [130, 0]

    def run(*_: str, **__: object) -> int:
        (tmp_path / "cva.db").touch()
        return statuses.pop(0)

    monkeypatch.setattr(start, "run", run)
    assert start.load_demo(_home(tmp_path)) == 130
    assert start.load_demo(_home(tmp_path)) == 0
    assert statuses == []
    assert start.load_demo(_home(tmp_path)) == 0


def test_nothing_is_installed_twice_until_a_lock_changes(
    start: ModuleType, ran: list[str], tmp_path: Path
) -> None:
    python = Path(start.program("python"))
    python.parent.mkdir(parents=True)
    python.touch()
    start.STAMP.write_text(json.dumps(start.wanted(("requirements.lock",))))
    start.set_up("requirements.lock")
    assert ran == []
    (tmp_path / "requirements.lock").write_text("changed")
    start.set_up("requirements.lock")
    assert ran.count("-m") == 3  # the environment, the lock, the project


def test_the_status_of_a_command_is_passed_on(start: ModuleType) -> None:
    assert start.run(sys.executable, "-c", "raise SystemExit(7)") == 7


@pytest.mark.skipif(os.name == "nt", reason="Windows has no signals to pass on.")
@pytest.mark.parametrize(("sent", "status"), [(signal.SIGTERM, 143), (signal.SIGINT, 5)])
def test_a_stop_reaches_the_command(sent: signal.Signals, status: int, tmp_path: Path) -> None:
    """As at a terminal, Ctrl-C goes to both; SIGTERM to the first alone."""
    command = (
        "import signal, sys, time, pathlib\n"
        "signal.signal(signal.SIGINT, lambda *_: sys.exit(5))\n"
        f"pathlib.Path({str(tmp_path / 'up')!r}).touch()\n"
        "time.sleep(60)"
    )
    code = f"import sys, start; sys.exit(start.run(sys.executable, '-c', {command!r}))"
    process = subprocess.Popen([sys.executable, "-c", code], cwd=PROJECT, start_new_session=True)
    while not (tmp_path / "up").exists():
        time.sleep(0.02)
    if sent == signal.SIGINT:
        os.killpg(process.pid, sent)
    else:
        process.send_signal(sent)
    assert process.wait(20) == status


class Checks:
    """Stands for the commands of the checks."""

    def __init__(self) -> None:
        self.statuses: dict[str, int] = {}
        self.begun: list[list[str]] = []

    def run(self, program: str, *arguments: str, **_: object) -> int:
        self.begun.append([Path(program).stem, *arguments])
        return self.statuses.get(Path(program).stem, 0)

    def run_at_once(self, *commands: tuple[str, ...], **_: object) -> list[int]:
        return [self.run(*command) for command in commands]


@pytest.fixture
def checks(start: ModuleType, monkeypatch: pytest.MonkeyPatch) -> Checks:
    """What a run of the checks runs, each with the status that the test wants."""
    checks = Checks()
    monkeypatch.setattr(start, "set_up", lambda *_: None)
    monkeypatch.setattr(start, "run", checks.run)
    monkeypatch.setattr(start, "run_at_once", checks.run_at_once)
    return checks


def test_every_check_is_run_and_pytest_gets_the_arguments(
    start: ModuleType, checks: Checks
) -> None:
    assert start.test(["-k", "vouchers"]) == 0
    assert [name for name, *_ in checks.begun] == ["ruff", "ruff", "mypy", "lint-imports", "pytest"]
    assert checks.begun[-1][-2:] == ["-k", "vouchers"]


def test_a_fault_of_the_source_is_told_before_any_test_is_run(
    start: ModuleType, checks: Checks, capsys: pytest.CaptureFixture[str]
) -> None:
    checks.statuses = {"lint-imports": 3}
    assert start.test([]) == 3
    assert "pytest" not in [name for name, *_ in checks.begun]
    assert "FAILED: lint-imports (exit status 3)" in capsys.readouterr().out


def test_a_failing_test_is_the_status(start: ModuleType, checks: Checks) -> None:
    checks.statuses = {"pytest": 1}
    assert start.test([]) == 1


def test_commands_run_at_once_show_what_each_printed(
    start: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The first waits for the second: one after the other they would never end."""
    met = tmp_path / "met"
    waits = (
        "import pathlib, time\n"
        f"while not pathlib.Path({str(met)!r}).exists(): time.sleep(0.02)\n"
        "print('first')\nraise SystemExit(4)"
    )
    meets = f"import pathlib; print('second'); pathlib.Path({str(met)!r}).touch()"
    commands = [(sys.executable, "-c", code) for code in (waits, meets)]
    assert start.run_at_once(*commands, cwd=tmp_path) == [4, 0]
    assert capsys.readouterr().out.split() == ["first", "second"]
