"""What a command declares: whose records it works on, and whether it reads or changes them.

A command so declared takes the open session first, then its options. One that reads gives what is
printed, in lines or as JSON; one that changes gives the message that is printed once all is kept.
Each takes ``--language``, and one that changes for a person ``--as``.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

import click
from marshmallow import Schema
from sqlmodel import Session

from cva.cli.context import CommandContext, as_option, json_option, language_option, print_json
from cva.cli.schema_options import Command
from cva.core.i18n import N_
from cva.core.i18n import gettext as _
from cva.programmes.planning import round_named
from cva.societies import service as societies

#: ``--society CODE``; the command is given the number of the society, as ``society_id``.
society_option = click.option("--society", "of_society", required=True, metavar="CODE")


def society_filter(shown: str = "Only of this society.") -> Callable[[Command], Command]:
    """``--society CODE`` where it may be left out; ``society_id`` is None then."""
    return click.option("--society", "of_society", metavar="CODE", help=shown)


def round_argument(function: Command) -> Command:
    """``ROUND``: its number, or ``PROGRAMME/CODE`` with ``--society``; given as ``round_id``."""
    narrowed = society_filter("Where ROUND is PROGRAMME/CODE.")(function)
    return click.argument("of_round", metavar="ROUND")(narrowed)


def _found(session: Session, options: dict[str, Any]) -> dict[str, Any]:
    """The options, with the numbers of the society and the round that they name."""
    if "of_society" not in options:
        return options
    code = options.pop("of_society")
    if "of_round" in options:
        return options | {"round_id": round_id_of(session, options.pop("of_round"), code)}
    return options | {"society_id": _society_id(session, code)}


def _society_id(session: Session, code: str | None) -> int | None:
    return societies.find_society(session, code).id if code else None


def round_id_of(session: Session, named: str, society: str | None) -> int:
    """The number of the round that was named."""
    return round_named(session, named, _society_id(session, society)).id


def reads(
    printer: Callable[[Any], None],
    schema: Schema | None = None,
    *,
    is_recorded: bool = False,
    is_sound: Callable[[Any], bool] | None = None,
) -> Callable[[Command], Command]:
    """The command reads something and prints it.

    Args:
        printer: Prints what the command gives, in lines.
        schema: Dumps it for ``--json``; without one the command gives what is dumped already.
        is_recorded: Who reads it is written into the trail.
        is_sound: Where it gives False, the command ends with status 1.
    """

    def declare(function: Command) -> Command:
        @wraps(function)
        def read(
            command: CommandContext,
            /,
            *,
            as_json: bool,
            email: str | None = None,
            **options: Any,  # noqa: ANN401
        ) -> None:
            with (command.writing if is_recorded else command.reading)(email) as session:
                found = function(session, **_found(session, options))
                dumped = schema.dump(found) if schema is not None and as_json else found
            if as_json:
                print_json(dumped)
            else:
                printer(found)
            if is_sound is not None and not is_sound(found):
                click.get_current_context().exit(1)

        declared: Command = language_option(json_option(click.pass_obj(read)))
        return declared

    return declare


#: What is printed where there is nothing to list.
NONE_YET = N_("None yet.")


def row_values(row: dict[str, Any]) -> str:
    """The line of a list that shows all there is."""
    return "  ".join(map(str, row.values()))


def lists(
    schema: type[Schema], line: Callable[[dict[str, Any]], str], when_empty: str = ""
) -> Callable[[Command], Command]:
    """The command lists things: each as the schema dumps it, or in a line made of that."""

    def print_lines(rows: list[dict[str, Any]]) -> None:
        for row in rows:
            click.echo(line(row))
        if not rows and when_empty:
            click.echo(_(when_empty))

    def declare(function: Command) -> Command:
        @wraps(function)
        def dumped(session: Session, /, **options: Any) -> Any:  # noqa: ANN401
            return schema(many=True).dump(function(session, **options))

        return reads(print_lines)(dumped)

    return declare


def changes(function: Command) -> Command:
    """The command changes something for a person, and prints the message it gives."""
    declared: Command = as_option(sets_up(function))
    return declared


def sets_up(function: Command) -> Command:
    """The same, for who runs commands on the server: in one transaction of the ledger itself."""

    @wraps(function)
    def change(command: CommandContext, /, *, email: str | None = None, **options: Any) -> None:  # noqa: ANN401
        with command.writing(email) as session:
            message = function(session, **_found(session, options))
        click.echo(message)

    declared: Command = language_option(click.pass_obj(change))
    return declared
