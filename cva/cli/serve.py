"""The command that serves pages and API."""

import ipaddress
import signal
import sys
from collections.abc import Callable
from typing import Any

import click
import waitress
from waitress.server import BaseWSGIServer

from cva.cli.context import CommandContext
from cva.cli.uploads import MOST_SENT, channel_for
from cva.core.errors import SettingError
from cva.core.i18n import gettext as _
from cva.core.job_queue import JobQueue
from cva.core.ledger import Ledger
from cva.societies import service as societies

#: How many requests are worked on at once.
THREADS = 8

#: What the body of a request may hold beside a file; the application refuses far less.
_BESIDE_BYTES = 1024 * 1024


def serve_command(
    make_app: Callable[[Ledger], tuple[Callable[..., object], JobQueue]],
) -> click.Command:
    """The command, over the application's factory: doors do not import it."""

    @click.command()
    @click.option("--host", default="127.0.0.1", show_default=True)
    @click.option("--port", default=8080, show_default=True, type=click.IntRange(0, 65535))
    @click.pass_obj
    def serve(command: CommandContext, host: str, port: int) -> None:
        """Serve pages and API until stopped (Ctrl-C or SIGTERM)."""
        _refuse_open_address(command, host)
        app, queue = make_app(command.ledger)
        server = _server(command, app, host, port)
        _greet(command, host, server.effective_port)
        signal.signal(signal.SIGTERM, lambda *_of: sys.exit(0))
        queue.start()
        try:
            server.run()
        finally:
            queue.stop()
            server.close()

    return serve


def _server(command: CommandContext, app: Callable[..., object], host: str, port: int) -> Any:  # noqa: ANN401
    sockets: dict[int, object] = {}
    kept = command.settings.max_sheet_bytes + _BESIDE_BYTES
    try:
        server = waitress.create_server(
            app,
            map=sockets,
            host=host,
            port=port,
            threads=THREADS,
            max_request_body_size=max(MOST_SENT, kept),
            ident=None,
            **_behind_proxy(command),
        )
    except OSError as error:
        raise SettingError(
            _(
                "{host}:{port} cannot be served: {reason}. Try another port, such as --port {next}."
            ).format(host=host, port=port, reason=error.strerror, next=port + 1)
        ) from error
    for each in sockets.values():
        if isinstance(each, BaseWSGIServer):
            each.channel_class = channel_for(kept)
    return server


def _behind_proxy(command: CommandContext) -> dict[str, object]:
    """Over TLS a proxy on this machine stands before us, and is believed about the caller."""
    if not command.settings.is_secure:
        return {}
    return {
        "trusted_proxy": "127.0.0.1",
        "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto"},
        "clear_untrusted_proxy_headers": True,
    }


def _refuse_open_address(command: CommandContext, host: str) -> None:
    is_loopback = host == "localhost" or _is_loopback(host)
    if not is_loopback and not command.settings.is_secure:
        raise SettingError(
            _(
                "Other machines would reach {host} without encryption. Put a TLS proxy before the "
                "ledger and set CVA_PUBLIC_URL to its https address."
            ).format(host=host)
        )


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _has_people(command: CommandContext) -> bool:
    with command.reading() as session:
        return bool(societies.list_members(session))


def _greet(command: CommandContext, host: str, port: int) -> None:
    click.echo(
        _("The ledger is at {url}").format(
            url=command.settings.public_url or f"http://{host}:{port}"
        )
    )
    passwords = command.settings.home / "demo-passwords.txt"
    if passwords.exists():
        click.echo(_("Sign in as one of these (kept in {file}):").format(file=passwords))
        click.echo(passwords.read_text("utf-8").rstrip())
    elif not _has_people(command):
        click.echo(_("Add people with: cva users add EMAIL --society CODE --role ROLE"))
    sys.stdout.flush()
