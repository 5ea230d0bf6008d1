"""What every command shares: the open ledger, the person acted for, plain errors, options."""

import json
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

import click
from sqlmodel import Session
from typing_extensions import override

from cva.core.db import reading, transaction
from cva.core.errors import CvaError, InputError
from cva.core.i18n import LANGUAGES, reading_in
from cva.core.i18n import gettext as _
from cva.core.ledger import Ledger, open_ledger
from cva.core.schemas import RefusalSchema
from cva.core.settings import Settings, read_settings
from cva.core.tenancy import SYSTEM, Actor
from cva.societies import service as societies

#: The help of a command that names its file itself.
OWN_NAME = "Where to write it; in this folder, under a name of its own, unless given."


class CommandContext:
    """Where a command works: settings read and ledger opened when first needed."""

    def __init__(self, arguments: list[str]) -> None:
        self.arguments = arguments

    @cached_property
    def settings(self) -> Settings:
        """The settings of this installation."""
        return read_settings(os.environ)

    @cached_property
    def ledger(self) -> Ledger:
        """The open ledger."""
        return open_ledger(self.settings)

    def open_unprotected(self) -> None:
        """Open the ledger although what protects posted records is missing."""
        self.__dict__["ledger"] = open_ledger(self.settings, despite_walls=True)

    def close(self) -> None:
        """Let go of the ledger, if it was opened."""
        if "ledger" in self.__dict__:
            self.ledger.engine.dispose()

    @contextmanager
    def writing(self, email: str | None = None) -> Iterator[Session]:
        """A transaction for a person, or for the ledger itself."""
        with transaction(self.ledger.engine, self.actor(email)) as session:
            yield session

    @contextmanager
    def reading(self, email: str | None = None) -> Iterator[Session]:
        """What a person sees; without one the whole ledger: who runs commands here is trusted."""
        with reading(self.ledger.engine, self.actor(email)) as session:
            yield session

    def actor(self, email: str | None) -> Actor:
        """The person with an e-mail address, with their rights; without one the ledger itself."""
        if email is None:
            return SYSTEM
        with self.reading() as session:
            return societies.actor_by_email(session, email)


class LedgerGroup(click.Group):
    """Commands that print an error in one line and never show a traceback for it."""

    @override
    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except CvaError as error:
            if ctx.obj is not None and "--json" in ctx.obj.arguments:
                print_json(RefusalSchema().dump(error))
            else:
                click.echo(click.style(str(error), fg="red"), err=True)
            ctx.exit(1)


def write_workbook(path: Path, content: bytes) -> None:
    """Write a workbook to the path that was named.

    Raises:
        InputError: It cannot be written there.
    """
    try:
        path.write_bytes(content)
    except OSError as error:
        raise InputError(
            _("{file} cannot be written: {why}").format(file=path, why=error.strerror or error),
            code="file_not_writable",
        ) from error


def print_json(value: object) -> None:
    """Print a value as JSON."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=1))


def json_option(command: Any) -> Any:  # noqa: ANN401
    """``--json``: print JSON."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON.")(command)


def _read_in(context: click.Context, _parameter: click.Parameter, code: str | None) -> None:
    if code is None:
        return
    if code not in LANGUAGES:
        raise click.BadParameter(
            _("there is no catalogue for it; the languages are {codes}").format(
                codes=", ".join(LANGUAGES)
            )
        )
    # The outermost command ends last, whatever fails in this one.
    context.find_root().with_resource(reading_in(code))


def language_option(command: Any) -> Any:  # noqa: ANN401
    """``--language CODE``: findings and errors in this language; codes stay as they are."""
    return click.option(
        "--language",
        metavar="CODE",
        is_eager=True,  # what else is wrong with the arguments is reported in it
        expose_value=False,
        callback=_read_in,
        help=f"The language of messages: {', '.join(LANGUAGES)}.",
    )(command)


def one_of(words: Iterable[str]) -> click.Choice[str]:
    """A choice among stored words, as they are stored."""
    return click.Choice([str(each) for each in words])


def output_option(shown: str, *, is_required: bool = False) -> Callable[[Any], Any]:
    """``-o FILE``: where to write, with its help."""
    return click.option(
        "-o",
        "--output",
        required=is_required,
        type=click.Path(dir_okay=False, path_type=Path),
        metavar="FILE",
        help=shown,
    )


def as_option(command: Any) -> Any:  # noqa: ANN401
    """``--as EMAIL``: act for a person."""
    return click.option(
        "--as", "email", required=True, metavar="EMAIL", help="Act for this person."
    )(command)
