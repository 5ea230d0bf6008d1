"""A society at work that is there in a test's ledger from the beginning."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from cva.core.ledger import Ledger
from cva.societies import passwords
from tests.databases import migrate
from tests.makers import WEAK_HASHER, AtWork, open_at, society_at_work


class Furnished:
    """Puts a society into the template of a database; knows it in every copy.

    Args:
        home: Where the key is kept that the template is written with; each copy needs it.
    """

    def __init__(self, home: Path) -> None:
        self._home = home
        self._society: AtWork | None = None

    def fill(self, url: str) -> None:
        """Migrate an empty database and add the society."""
        migrate(url)
        opened = open_at(url, self._home)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(passwords, "_hasher", WEAK_HASHER)
            self._society = society_at_work(opened)
        opened.engine.dispose()

    def lend_key(self, home: Path) -> None:
        """Put the key where a copy is opened."""
        shutil.copy2(self._home / "cva.key", home / "cva.key")

    def society(self, ledger: Ledger) -> AtWork:
        """The society in a copy, as ``society_at_work`` would have added it."""
        assert self._society is not None
        return replace(self._society, ledger=ledger, people=dict(self._society.people))
