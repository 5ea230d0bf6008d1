"""Opening a ledger: with its own key, its walls standing, or not at all."""

from pathlib import Path

import pytest
from sqlalchemy import text

from cva.core import crypto
from cva.core.db import engine_for
from cva.core.errors import SettingError
from cva.core.ledger import Ledger, owners_engine, upgrade
from cva.core.settings import read_settings
from tests.makers import open_at


@pytest.fixture
def used(ledger: Ledger) -> Ledger:
    """A ledger that has been opened, and let go of."""
    ledger.engine.dispose()
    return ledger


def opened_again(ledger: Ledger, **variables: str) -> None:
    settings = ledger.settings
    open_at(settings.database_url, settings.home, **variables).engine.dispose()


def test_it_opens_again_with_its_key(used: Ledger) -> None:
    opened_again(used)


def test_a_new_ledger_gets_a_new_key(database_url: str, tmp_path: Path) -> None:
    home = tmp_path / "new"
    open_at(database_url, home).engine.dispose()
    assert crypto.read_key_file(home / "cva.key").master == crypto.keys().master


def test_an_existing_ledger_gets_no_new_key(used: Ledger) -> None:
    used.settings.key_file.unlink()
    with pytest.raises(SettingError, match="missing"):
        opened_again(used)
    assert not used.settings.key_file.exists()


def test_another_key_does_not_open_it(used: Ledger, tmp_path: Path) -> None:
    other = tmp_path / "other.key"
    crypto.make_key_file(other)
    with pytest.raises(SettingError, match="not the one"):
        opened_again(used, CVA_KEY_FILE=str(other))


def test_a_ledger_without_a_wall_does_not_open(used: Ledger) -> None:
    engine = engine_for(used.settings.database_url)
    on_table = "" if engine.dialect.name == "sqlite" else " ON entry"
    with engine.begin() as connection:
        connection.execute(text(f"DROP TRIGGER entry_no_delete{on_table}"))
    engine.dispose()
    with pytest.raises(SettingError, match="entry_no_delete"):
        opened_again(used)


def test_a_switched_off_wall_is_no_wall(postgres_url: str, tmp_path: Path) -> None:
    ledger = open_at(postgres_url, tmp_path)
    with ledger.engine.begin() as connection:
        connection.execute(text("ALTER TABLE line DISABLE TRIGGER line_must_be_open"))
    ledger.engine.dispose()
    with pytest.raises(SettingError, match="line_must_be_open"):
        opened_again(ledger)


def test_a_database_that_is_not_there_is_told_without_its_password(tmp_path: Path) -> None:
    with pytest.raises(SettingError) as told:
        open_at("postgresql://cva:secret@127.0.0.1:1/cva", tmp_path)
    assert "127.0.0.1:1" in str(told.value)
    assert "secret" not in str(told.value)


@pytest.mark.parametrize("of", ["CVA_DATABASE_URL", "CVA_MIGRATION_URL"])
def test_a_database_that_cannot_be_shaped_is_told_too(tmp_path: Path, of: str) -> None:
    given = {"CVA_HOME": str(tmp_path), of: "postgresql://cva:secret@127.0.0.1:1/cva"}
    settings = read_settings(given)
    for shape in (upgrade, owners_engine):
        with pytest.raises(SettingError, match=r"127\.0\.0\.1:1/cva cannot be reached"):
            shape(settings)
