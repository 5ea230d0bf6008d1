"""Processes that work on a test's ledger and that it kills."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from tests.faults import steps
from tests.house.source import PROJECT
from tests.makers import AtWork, settings_of


class Forking:
    """The process that forks those which tests kill; begun once, as it imports the product."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, steps.__file__],
            env={**os.environ, "PYTHONPATH": str(PROJECT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self.is_at_work = False

    def end(self) -> None:
        """Let go of the process."""
        self.process.communicate()


class Workers:
    """Those which a test kills, at work for its society."""

    def __init__(self, society: AtWork, forking: Forking) -> None:
        self._society = society
        self._forking = forking

    def order(self, task: str, name: str) -> None:
        """Have something done."""
        order = {
            "task": task,
            "code": self._society.code,
            "name": name,
            "settings": settings_of(self._society),
        }
        pipe = self._forking.process.stdin
        assert pipe is not None
        pipe.write(json.dumps(order).encode() + b"\n")
        pipe.flush()
        self._forking.is_at_work = True

    def until(self, word: str) -> list[str]:
        """All that is said, up to a word or the end."""
        pipe = self._forking.process.stdout
        assert pipe is not None
        said: list[str] = []
        while not said or said[-1].split()[0] not in {word, "over"}:
            said.append(pipe.readline().decode().rstrip())
        self._forking.is_at_work = not said[-1].startswith("over")
        return said

    def killed(self, name: str, word: str, seconds: float) -> list[str]:
        """Bring a sheet, and kill whoever does so some time after a word; what was said."""
        self.order("all", name)
        said = self.until("begun")
        pid = int(said[0].split()[1])
        said += self.until(word)
        assert said[-1].startswith(word), said
        time.sleep(seconds)
        with contextlib.suppress(ProcessLookupError):  # it was done before
            os.kill(pid, signal.SIGKILL)
        return said + self.until("over")


@pytest.fixture(scope="session")
def forking() -> Iterator[list[Forking]]:
    """Two of them, for all tests."""
    both = [Forking() for _ in range(2)]
    yield both
    for each in both:
        each.end()


@pytest.fixture
def workers(society: AtWork, forking: list[Forking]) -> Iterator[list[Workers]]:
    """Two of them; a process that a failed test left in the middle of its work is begun anew."""
    yield [Workers(society, each) for each in forking]
    for number, each in enumerate(forking):
        if each.is_at_work:
            each.end()
            forking[number] = Forking()
