"""The ledger as its users meet it: a process of its own that answers on a port."""

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from wsgiref.types import WSGIApplication

from werkzeug.serving import make_server

START_SECONDS = 30
STOP_SECONDS = 15


@contextmanager
def serving(home: Path, settings: Mapping[str, str] | None = None) -> Iterator[str]:
    """Run ``cva serve`` on a free port over the ledger in ``home``; gives its address.

    Args:
        home: What CVA_HOME names; the output of the server goes into ``serve.log`` there.
        settings: Further settings, such as ``CVA_DATABASE_URL``.
    """
    port = _free_port()
    log = home / "serve.log"
    command = [sys.executable, "-m", "cva", "serve", "--host", "127.0.0.1", "--port", str(port)]
    env = {**os.environ, "CVA_HOME": str(home), **(settings or {})}
    with log.open("ab") as output:
        process = subprocess.Popen(command, env=env, stdout=output, stderr=subprocess.STDOUT)
    try:
        _wait_for(port, process, log)
        yield f"http://127.0.0.1:{port}"
    finally:
        _end(process)


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


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int, process: "subprocess.Popen[bytes]", log: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError(f"cva serve did not start:\n{log.read_text('utf-8', 'replace')}")


def _end(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
