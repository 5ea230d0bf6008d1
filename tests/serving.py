"""The ledger as its users meet it: a process of its own that answers on a port."""

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from wsgiref.types import WSGIApplication

from werkzeug.serving import make_server

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
        wait_for(port, process, log)
        yield f"http://127.0.0.1:{port}"
    finally:
        end(process)


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


def wait_for(port: int, process: "subprocess.Popen[bytes]", log: Path) -> None:
    """Wait until a server listens; where it ends instead, show what it said."""
    latest = time.monotonic() + START_SECONDS
    while time.monotonic() < latest and process.poll() is None:
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
