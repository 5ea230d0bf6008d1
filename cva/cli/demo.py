"""The command that loads the demo."""

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from cva.cli.context import CommandContext
from cva.core.i18n import gettext as _
from cva.demo.loading import load


@click.command()
@click.pass_obj
def demo(command: CommandContext) -> None:
    """Load the demo: five societies with invented people. Running it again doubles nothing."""
    console = Console(stderr=True)
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=console,
    ) as bar:
        task = bar.add_task(_("Loading the demo"), total=None)

        def show_progress(what: str, done: int, total: int) -> None:
            bar.update(task, description=what or _("Loaded"), completed=done, total=total)

        passwords = load(command.ledger, show_progress)
    click.echo(_("The demo is loaded. Its people and passwords ({file}):").format(file=passwords))
    click.echo(passwords.read_text("utf-8").rstrip())
