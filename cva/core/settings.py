"""Settings from the environment, all read and checked at start, all faults reported at once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from cva.core.errors import SettingError
from cva.core.i18n import gettext as _

T = TypeVar("T")

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Settings:
    """How this installation is set up.

    Attributes:
        home: Folder of the SQLite ledger, the queue, the key file and the demo's passwords.
        database_url: What the application works with.
        migration_url: The owner of the tables; the same unless the two roles are kept apart.
        public_url: Where people reach the pages; ``https`` makes cookies secure and allows other
            addresses than loopback.
        session_idle_minutes: A signed-in person who does nothing for so long signs in again.
        session_hours: No person stays signed in for longer.
    """

    home: Path
    database_url: str
    migration_url: str
    key_file: Path
    public_url: str | None = None
    max_sheet_bytes: int = 20 * MIB
    session_idle_minutes: int = 30
    session_hours: int = 8

    @property
    def is_secure(self) -> bool:
        """Whether people reach the pages over TLS."""
        return self.public_url is not None and self.public_url.startswith("https://")

    @property
    def is_sqlite(self) -> bool:
        """Whether the ledger is a file of its own."""
        return self.database_url.startswith("sqlite")


#: Every variable that is read; ``docs/settings.md`` describes each.
VARIABLES = (
    "CVA_HOME",
    "CVA_DATABASE_URL",
    "CVA_MIGRATION_URL",
    "CVA_KEY_FILE",
    "CVA_PUBLIC_URL",
    "CVA_MAX_SHEET_BYTES",
    "CVA_SESSION_IDLE_MINUTES",
    "CVA_SESSION_HOURS",
)


def read_settings(environ: Mapping[str, str]) -> Settings:
    """Read the settings.

    Raises:
        SettingError: One message with every fault.
    """
    faults: list[str] = []

    def read(name: str, default: T, parse: Callable[[str], T]) -> T:
        text = environ.get(name, "").strip()
        if not text:
            return default
        try:
            return parse(text)
        except ValueError as error:
            faults.append(f"{name}: {error}")
            return default

    home = read("CVA_HOME", Path("cva-home"), Path).absolute()
    database_url = read("CVA_DATABASE_URL", f"sqlite:///{home / 'cva.db'}", _database_url)
    settings = Settings(
        home=home,
        database_url=database_url,
        migration_url=read("CVA_MIGRATION_URL", database_url, _database_url),
        key_file=read("CVA_KEY_FILE", home / "cva.key", Path).absolute(),
        public_url=read("CVA_PUBLIC_URL", None, _web_url),
        max_sheet_bytes=read("CVA_MAX_SHEET_BYTES", 20 * MIB, _positive),
        session_idle_minutes=read("CVA_SESSION_IDLE_MINUTES", 30, _positive),
        session_hours=read("CVA_SESSION_HOURS", 8, _positive),
    )
    faults += [
        _("{name}: there is no such setting. Settings are {names}.").format(
            name=name, names=", ".join(VARIABLES)
        )
        for name in sorted(environ)
        if name.startswith("CVA_") and name not in VARIABLES and not name.startswith("CVA_TEST_")
    ]
    if faults:
        raise SettingError("\n".join(faults))
    return settings


def _database_url(text: str) -> str:
    try:
        url = make_url(text)
    except ArgumentError as error:
        raise ValueError(_("this is no database address.")) from error
    backend = url.get_backend_name()
    if backend not in {"sqlite", "postgresql"}:
        raise ValueError(_("the ledger runs on sqlite and postgresql."))
    if backend == "postgresql":
        url = url.set(drivername="postgresql+psycopg")
    elif url.database in {None, "", ":memory:"}:
        raise ValueError(_("name a file, for example sqlite:////srv/cva/cva.db."))
    return url.render_as_string(hide_password=False)


def _web_url(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError(_("write an address such as https://cva.example.org."))
    return text.rstrip("/")


def _positive(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text)):
        raise ValueError(_("write a whole number above zero."))
    return int(text)
