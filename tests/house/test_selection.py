"""Which tests a run leaves out: none with ``--all``, and no test of a door on both databases."""

from types import SimpleNamespace
from typing import Any

import pytest

from tests.selection import DATABASES, POSTGRES, SQLITE, database_for, select


def item(nodeid: str, *marks: str, database: str | None = None) -> Any:  # noqa: ANN401
    """A collected test, as far as the selection looks at it."""
    callspec = SimpleNamespace(params={"database_url": database} if database else {})
    return SimpleNamespace(
        nodeid=f"tests/{nodeid}" + (f"[{database}]" if database else ""),
        fixturenames=[],
        callspec=callspec,
        get_closest_marker=lambda name: name if name in marks else None,
    )


def chosen(items: list[Any], **options: bool) -> list[Any]:
    """What is left of them, with options of the command line."""
    hook = SimpleNamespace(pytest_deselected=lambda **_: None)
    config: Any = SimpleNamespace(hook=hook, getoption=lambda name: options.get(name, False))
    left = list(items)
    select(config, left)
    return left


DOORS = [item(f"web/test_pages.py::test_{n}", database=d) for n in range(100) for d in DATABASES]
SERVICES = [item(f"intake/test_a.py::test_{n}", database=d) for n in range(5) for d in DATABASES]


def test_a_test_of_a_door_runs_on_one_database_and_always_on_the_same() -> None:
    left = chosen(DOORS)
    assert {each.nodeid.partition("[")[0] for each in left} == {
        each.nodeid.partition("[")[0] for each in DOORS
    }
    assert len(left) == len(DOORS) / 2
    assert left == chosen(DOORS)
    on_sqlite = sum(each.callspec.params["database_url"] == SQLITE for each in left)
    assert 30 < on_sqlite < 70


def test_a_test_of_a_service_runs_on_both() -> None:
    assert chosen(SERVICES) == SERVICES


def test_with_all_nothing_is_left_out() -> None:
    assert chosen(DOORS + SERVICES, all_databases=True) == DOORS + SERVICES


def test_quick_leaves_out_the_server_and_what_takes_long() -> None:
    slow = item("core/test_a.py::test_long", "slow")
    far = [item(f"{folder}/test_a.py::test_a") for folder in ("browser", "faults", "flows")]
    left = chosen([*DOORS, *SERVICES, slow, *far], quick=True)
    assert left == [e for e in DOORS + SERVICES if e.callspec.params["database_url"] == SQLITE]


def test_what_takes_long_is_begun_first() -> None:
    slow = item("core/test_a.py::test_long", "slow")
    assert chosen([*SERVICES, slow]) == [slow, *SERVICES]


@pytest.mark.parametrize("name", ["test_a[{}]", "test_a[{}-phone]", "TestA::test_a[x-{}]"])
def test_both_variants_of_a_test_have_one_database(name: str) -> None:
    both = {database_for(f"tests/web/test_a.py::{name.format(d)}") for d in (SQLITE, POSTGRES)}
    assert len(both) == 1
