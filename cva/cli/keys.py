"""Commands about the key that secrets are written with."""

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from cva.cli.context import CommandContext
from cva.core import key_rotation
from cva.core.i18n import gettext as _
from cva.core.ledger import owners_engine


@click.group("keys")
def key_group() -> None:
    """Change the key that personal data is encrypted with."""


@key_group.command("rotate")
@click.pass_obj
def rotate(command: CommandContext) -> None:
    """Encrypt everything with a new key, while the ledger is used; broken off, run it again."""
    command.ledger  # noqa: B018
    engine = owners_engine(command.settings)
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
    ) as bar:
        task = bar.add_task(_("Encrypting"), total=None)

        def report(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        unreadable = key_rotation.rotate(engine, command.settings.key_file, report)
    engine.dispose()
    if unreadable:
        message = _("{count} values cannot be read where they stand. Run: cva verify")
        click.echo(message.format(count=unreadable))
    click.echo(
        _(
            "Everything is under the newest key of {file}. Back the file up now, apart from the "
            "database. The older key reads older backups: keep it with them, and remove it here "
            "after an hour with: cva keys forget"
        ).format(file=command.settings.key_file)
    )


@key_group.command("forget")
@click.pass_obj
def forget(command: CommandContext) -> None:
    """Delete the older keys from the key file, once nothing is under them."""
    command.ledger  # noqa: B018
    engine = owners_engine(command.settings)
    key_rotation.forget_older_keys(engine, command.settings.key_file)
    engine.dispose()
    click.echo(_("The key file holds the newest key alone."))
