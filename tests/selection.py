"""Which tests are run, in which order, and on which database."""

from collections.abc import Sequence
from zlib import crc32

import pytest

SQLITE, POSTGRES = "sqlite", "postgresql"
DATABASES = (SQLITE, POSTGRES)
#: The fixtures that run a test once on each.
ON_EACH = ("database_url", "kept_ledger")

#: Tests of doors: the SQL they cause is that of services, which are tested on both databases.
DOORS = ("api/", "cli/", "web/", "flows/test_three_doors.py", "vouchers/test_doors.py")
#: Tests that take seconds each, as all that is marked as slow.
SLOW = ("deployment/", "faults/", "flows/", "browser/")
#: What ``--quick`` leaves to the whole run beside them: hostile files, what is done once for every
#: language or every column of the book, and the long ways by commands.
NOT_QUICK = (
    "cli/test_providers.py",
    "cli/test_rounds.py",
    "reports/test_verification.py",
    "rounds/test_field_list.py",
    "sheets/hostile/",
    "sheets/test_marked.py",
    "sheets/test_template.py",
    "sheets/test_template_filled.py",
    "vouchers/test_doors.py",
    "web/test_hostile_uploads.py",
    "web/test_languages.py",
)


def select(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Order the tests and leave out those that this run does without."""
    chosen = [item for item in items if _is_wanted(config, item)]
    left_out = [item for item in items if not _is_wanted(config, item)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
    items[:] = sorted(chosen, key=lambda item: not _is_slow(item))


def _is_wanted(config: pytest.Config, item: pytest.Item) -> bool:
    name = _name(item)
    if config.getoption("quick"):
        return not (_is_slow(item) or name.startswith(NOT_QUICK) or needs_postgres(item))
    if config.getoption("all_databases") or not name.startswith(DOORS):
        return True
    database = database_of(item)
    return database is None or database == database_for(item.nodeid)


def _name(item: pytest.Item) -> str:
    return item.nodeid.removeprefix("tests/")


def _is_slow(item: pytest.Item) -> bool:
    return item.get_closest_marker("slow") is not None or _name(item).startswith(SLOW)


def database_of(item: pytest.Item) -> str | None:
    """On which database a test runs that can run on both."""
    callspec = getattr(item, "callspec", None)
    parameters: dict[str, object] = callspec.params if callspec else {}
    found = [parameters[name] for name in ON_EACH if name in parameters]
    return str(found[0]) if found else None


def needs_postgres(item: pytest.Item) -> bool:
    """Whether a test cannot run without PostgreSQL."""
    asked: Sequence[str] = getattr(item, "fixturenames", ())
    return database_of(item) == POSTGRES or "postgres_url" in asked


def database_for(nodeid: str) -> str:
    """The one database on which a test of a door runs: always the same, half of them on each."""
    return DATABASES[crc32(nodeid.replace(POSTGRES, SQLITE).encode()) % 2]
