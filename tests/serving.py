"""The ledger as its users meet it: a process of its own that answers on a port."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from wsgiref.types import WSGIApplication

from werkzeug.serving import make_server

from tests import serving_forked
from tests.house.source import PROJECT

START_SECONDS = 30
STOP_SECONDS = 15

#: The command as it is in the environment of the tests.
CVA = (sys.executable, "-m", "cva")


@contextmanager
def serving(
    home: Path, settings: Mapping[str, str] | None = None, *, cva: Sequence[str] = CVA
) -> Iterator[str]:
    """Run ``cva serve`` on a free port over the ledger in ``home``; gives its address.

    Args:
        home: What CVA_HOME names; the output of the server goes into ``serve.log`` there.
        settings: Further settings, such as ``CVA_DATABASE_URL``.
        cva: What runs instead of the command as it is in the environment of the tests.
    """
    port = free_port()
    log = home / "serve.log"
    command = [*cva, "serve", "--host", "127.0.0.1", "--port", str(port)]
    env = {**os.environ, "CVA_HOME": str(home), **(settings or {})}
    with log.open("ab") as output:
        process = subprocess.Popen(command, env=env, stdout=output, stderr=subprocess.STDOUT)
    try:
        wait_for(port, lambda: process.poll() is None, log)
        yield f"http://127.0.0.1:{port}"
    finally:
        end(process)


class ForkedServers:
    """Starts ``cva serve`` out of a process that has imported it already: at once."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, serving_forked.__file__],
            env={**os.environ, "PYTHONPATH": str(PROJECT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )

    def close(self) -> None:
        """Let go of the process."""
        self._process.communicate()

    @contextmanager
    def serving(self, home: Path, settings: Mapping[str, str] | None = None) -> Iterator[str]:
        """What ``serving`` does, sooner."""
        port = free_port()
        log = home / "serve.log"
        order = {
            "arguments": ["serve", "--host", "127.0.0.1", "--port", str(port)],
            "settings": {"CVA_HOME": str(home), **(settings or {})},
            "log": str(log),
        }
        server = self._forked(order)
        try:
            wait_for(port, lambda: _lives(server), log)
            yield f"http://127.0.0.1:{port}"
        finally:
            _end_forked(server)

    def _forked(self, order: Mapping[str, object]) -> int:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(order).encode() + b"\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def _end_forked(process: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(process, signal.SIGTERM)
        end = time.monotonic() + STOP_SECONDS
        while time.monotonic() < end:
            os.kill(process, 0)
            time.sleep(0.01)
        os.kill(process, signal.SIGKILL)


@contextmanager
def serving_app(app: WSGIApplication) -> Iterator[str]:
    """Serve an application of the test's own from a thread; gives its address."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int, lives: Callable[[], bool], log: Path) -> None:
    """Wait until a server listens; where it ends instead, show what it said."""
    latest = time.monotonic() + START_SECONDS
    while time.monotonic() < latest and lives():
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError(f"The server did not start:\n{log.read_text('utf-8', 'replace')}")


def end(process: "subprocess.Popen[bytes]") -> None:
    """Stop a server."""
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
