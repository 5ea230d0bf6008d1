"""A server that gets hostile files all day answers others as if nothing were."""

import os
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.faults.test_server import request, sent
from tests.makers import TWO_PAID, AtWork, settings_of, sheet
from tests.serving import serving
from tests.sheets.hostile.containers import CASES

#: How much the server may hold more after all of them than before: each is held once, as bytes.
MOST_GROWTH_MIB = 100
CHOSEN = (
    "one text of a gigabyte", "twenty million texts", "the longest text in every row",
    "a cell in the last corner", "a merge over the whole sheet", "three hundred sheets",
    "rows without numbers and cells without names", "two parts with one name",
    "entities that grow tenfold nine times in a sheet", "half a file",
)  # fmt: skip


def _servers() -> list[int]:
    """The processes that this one started and that serve."""
    own = Path("/proc/self/task")
    if not own.exists():
        pytest.skip("this system does not tell a process's memory")
    children = [int(one) for file in own.glob("*/children") for one in file.read_text().split()]
    return [one for one in children if b"serve" in Path(f"/proc/{one}/cmdline").read_bytes()]


def _resident_mib(process: int) -> float:
    pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def test_hostile_files_leave_the_server_as_it_was(sqlite_society: AtWork, tmp_path: Path) -> None:
    society = sqlite_society
    with serving(tmp_path, settings_of(society)) as address:
        (server,) = _servers()
        head, body = request(society, sheet(TWO_PAID))
        assert b" 202 " in sent(address, head + body).split(b"\r\n")[0]
        society.wait_until(1, "checked")
        before = _resident_mib(server)
        for number, name in enumerate(CHOSEN, 2):
            head, body = request(society, CASES[name].make())
            assert b" 202 " in sent(address, head + body).split(b"\r\n")[0], name
            society.wait_until(number, "refused")
            with urlopen(f"{address}/sign-in") as page:  # noqa: S310 - our own server
                assert page.status == 200
        head, body = request(society, sheet(TWO_PAID.replace("100", "200")))
        assert b" 202 " in sent(address, head + body).split(b"\r\n")[0]
        assert _resident_mib(server) - before < MOST_GROWTH_MIB
        assert _servers() == [server]
    assert "Traceback" not in (tmp_path / "serve.log").read_text("utf-8")
