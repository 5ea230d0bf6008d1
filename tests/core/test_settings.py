"""Settings: all read at start, all faults told at once."""

from pathlib import Path

import pytest

from cva.core.errors import SettingError
from cva.core.settings import VARIABLES, read_settings


def test_a_home_alone_is_enough(tmp_path: Path) -> None:
    settings = read_settings({"CVA_HOME": str(tmp_path)})
    assert settings.database_url == f"sqlite:///{tmp_path / 'cva.db'}"
    assert settings.migration_url == settings.database_url
    assert settings.key_file == tmp_path / "cva.key"
    assert settings.is_sqlite
    assert not settings.is_secure


def test_all_faults_are_told_at_once() -> None:
    with pytest.raises(SettingError) as told:
        read_settings(
            {
                "CVA_DATABASE_URL": "mysql://somewhere/cva",
                "CVA_PUBLIC_URL": "cva.example.org",
                "CVA_MAX_SHEET_BYTES": "twenty",
                "CVA_SESSION_HOURS": "0",
                "CVA_SESION_HOURS": "8",
            }
        )
    lines = str(told.value).splitlines()
    assert [line.partition(":")[0] for line in lines] == [
        "CVA_DATABASE_URL",
        "CVA_PUBLIC_URL",
        "CVA_MAX_SHEET_BYTES",
        "CVA_SESSION_HOURS",
        "CVA_SESION_HOURS",
    ]


@pytest.mark.parametrize("name", ["CVA_DATABSE_URL", "CVA_", "CVA_DEBUG"])
def test_a_variable_nobody_knows_is_a_fault(name: str) -> None:
    with pytest.raises(SettingError, match=name):
        read_settings({name: "1"})


@pytest.mark.parametrize("name", VARIABLES)
def test_a_blank_variable_is_as_if_it_were_not_there(name: str) -> None:
    assert read_settings({name: "  "}) == read_settings({})


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "no address", "postgresql"])
def test_a_ledger_is_kept_in_a_file_or_on_a_server(url: str) -> None:
    with pytest.raises(SettingError):
        read_settings({"CVA_DATABASE_URL": url})


def test_postgresql_is_spoken_to_by_psycopg() -> None:
    settings = read_settings({"CVA_DATABASE_URL": "postgresql://cva:secret@db/cva"})
    assert settings.database_url == "postgresql+psycopg://cva:secret@db/cva"
    assert not settings.is_sqlite


def test_cookies_are_secure_behind_tls() -> None:
    assert read_settings({"CVA_PUBLIC_URL": "https://cva.example.org/"}).is_secure
    assert not read_settings({"CVA_PUBLIC_URL": "http://127.0.0.1:8080"}).is_secure
