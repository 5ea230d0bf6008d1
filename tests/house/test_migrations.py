"""The migrations, held against the tables and against themselves, on both databases."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, inspect

from cva.core.db import engine_for
from cva.core.migrate import differences, downgrade, is_current, upgrade


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    made = engine_for(database_url)
    yield made
    made.dispose()


def test_a_migrated_database_has_the_tables_of_the_code(engine: Engine) -> None:
    assert is_current(engine)
    differences(engine)


def test_migrating_again_changes_nothing(engine: Engine) -> None:
    upgrade(engine)
    differences(engine)


def test_all_the_way_down_leaves_nothing_and_up_again_makes_it_whole(engine: Engine) -> None:
    downgrade(engine, "base")
    assert inspect(engine).get_table_names() == ["alembic_version"]
    upgrade(engine)
    differences(engine)
