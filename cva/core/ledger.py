"""Opening the ledger: its database, its key, its walls, all looked at before anything is done."""

from dataclasses import dataclass

from sqlalchemy import Engine, Inspector, inspect
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from cva.core import append_only, crypto, installation, job_queue, migrate
from cva.core.db import engine_for, reading, transaction
from cva.core.errors import SettingError
from cva.core.i18n import gettext as _
from cva.core.settings import Settings
from cva.core.tenancy import SYSTEM


@dataclass(frozen=True, slots=True)
class Ledger:
    """An open ledger."""

    engine: Engine
    settings: Settings


def open_ledger(settings: Settings, *, despite_walls: bool = False) -> Ledger:
    """Open the ledger; an empty database is set up, and its key file made, on the way.

    Args:
        settings: Where it is.
        despite_walls: Open it although triggers are missing, to see what happened (``cva verify``).

    Raises:
        SettingError: The database cannot be reached, is older than the code, has lost its walls,
            or the key is missing or another one.
    """
    settings.home.mkdir(mode=0o700, parents=True, exist_ok=True)
    engine = engine_for(settings.database_url)
    try:
        _make_ready(engine, settings, despite_walls=despite_walls)
    except SettingError:
        engine.dispose()
        raise
    return Ledger(engine, settings)


def _make_ready(engine: Engine, settings: Settings, *, despite_walls: bool) -> None:
    if _is_empty(engine):
        upgrade(settings)
    if not migrate.is_current(engine):
        raise SettingError(_("The database is older than this version. Run: cva db upgrade"))
    keys = _keys(engine, settings)
    crypto.use(keys, settings.key_file)
    with transaction(engine, SYSTEM) as session:
        installation.settle_key(session, keys)
    if not despite_walls:
        _check_triggers(engine)


def upgrade(settings: Settings) -> None:
    """Bring the database to the newest shape, as the owner of its tables.

    Raises:
        SettingError: The database cannot be reached, by its owner or by the application.
    """
    settings.home.mkdir(mode=0o700, parents=True, exist_ok=True)
    owner, worker = make_url(settings.migration_url), make_url(settings.database_url)
    role = worker.username if worker.username != owner.username else None
    engine = owners_engine(settings)
    job_queue.make_tables(settings)  # before the application's role is granted all tables there are
    migrate.upgrade(engine, application_role=role)
    engine.dispose()


def owners_engine(settings: Settings) -> Engine:
    """The database as the owner of its tables, who shapes it.

    Raises:
        SettingError: It cannot be reached.
    """
    engine = engine_for(settings.migration_url)
    _inspector(engine)  # the queue and the migrations take it for granted that somebody answers
    return engine


def _is_empty(engine: Engine) -> bool:
    return not _inspector(engine).has_table("installation")


def _inspector(engine: Engine) -> Inspector:
    try:
        return inspect(engine)
    except SQLAlchemyError as error:
        raise SettingError(
            _(
                "The database {url} cannot be reached. Is it running, and is the address right?"
            ).format(url=engine.url.render_as_string(hide_password=True))
        ) from error


def _keys(engine: Engine, settings: Settings) -> crypto.Keys:
    if not settings.key_file.exists():
        with reading(engine, SYSTEM) as session:
            is_new = installation.find(session) is None
        if is_new:
            crypto.make_key_file(settings.key_file)
    return crypto.read_key_file(settings.key_file)


def _check_triggers(engine: Engine) -> None:
    with engine.connect() as connection:
        missing = append_only.missing_triggers(connection) + append_only.weak_settings(connection)
    if missing:
        raise SettingError(
            _(
                "The database has lost what protects posted records: {names}. Restore a backup."
            ).format(names=", ".join(missing))
        )
