"""The options of a command, made from the input schema that page and interface load too."""

from collections.abc import Callable, Collection, Mapping
from functools import wraps
from typing import Any

import click
from marshmallow import fields

from cva.core.input_schema import DayText, InputSchema, Text, Tick, Whole

#: What a command passes on, and what it is decorated as.
Command = Callable[..., Any]


def as_texts(_schema: InputSchema, texts: Mapping[str, Any]) -> dict[str, Any]:
    """The texts as they are, for a service that loads them itself."""
    return dict(texts)


def schema_options(
    schema: type[InputSchema],
    *,
    names: Mapping[str, str] | None = None,
    arguments: Collection[str] = (),
    left_out: Collection[str] = (),
    load: Callable[[InputSchema, Mapping[str, Any]], Any] = InputSchema.take,
    into: str = "values",
    options: Mapping[str, dict[str, Any]] | None = None,
) -> Callable[[Command], Command]:
    """Give a command an option for each field of a schema, and call it with what was loaded.

    Args:
        schema: Knows of each option what it is, whether it is required, its choices, its default.
        names: The flags of fields that are called otherwise here.
        arguments: The fields that are arguments, in their order.
        left_out: The fields that the command does not take.
        load: ``InputSchema.read`` where a service has faults to add, ``as_texts`` where it loads.
        into: The parameter that what was loaded is passed as.
        options: By field what ``click.option`` is given instead of what the schema knows.
    """
    declared = {name: each for name, each in schema().fields.items() if name not in left_out}
    flags = {name: flag_of(name, names) for name in declared if name not in arguments}

    def declare(function: Command) -> Command:
        @wraps(function)
        def loaded(*parts: Any, **given: Any) -> Any:  # noqa: ANN401
            texts = {name: _text(given.pop(name)) for name in declared}
            sent = {name: text for name, text in texts.items() if text is not None}
            values = load(schema(exclude=tuple(left_out)), sent)
            return function(*parts, **given, **{into: values})

        command = loaded
        for name, flag in reversed(flags.items()):
            settings = _settings(declared[name]) | (options or {}).get(name, {})
            command = click.option(flag, name, **settings)(command)
        for name in reversed(tuple(arguments)):
            choices = (options or {}).get(name, {}).get("type") or _type(declared[name])
            command = click.argument(name, type=choices)(command)
        return command

    return declare


def flag_of(name: str, names: Mapping[str, str] | None) -> str:
    """The flag of a field: its own name, unless another one is chosen."""
    return (names or {}).get(name) or f"--{name.replace('_', '-')}"


def _text(value: Any) -> str | bool | None:  # noqa: ANN401
    """An option's value as a form would send it; several are lines."""
    if value is None or isinstance(value, bool):
        return value
    return "\n".join(value) if isinstance(value, tuple) else str(value)


def _settings(field: fields.Field[Any]) -> dict[str, Any]:
    """What a field makes of its option."""
    settings: dict[str, Any] = {"help": _help(field)}
    if isinstance(field, Tick):
        return settings | {"is_flag": True}
    settings |= {"required": field.required, "type": _type(field)}
    if isinstance(field, DayText):
        settings["metavar"] = "DAY"
    if isinstance(field, Text) and not field.required and field.blank:
        settings |= {"default": str(field.blank), "show_default": True}
    return settings


def _type(field: fields.Field[Any]) -> Any:  # noqa: ANN401
    if not isinstance(field, Text):
        return int if isinstance(field, fields.Integer) else None
    if field.options():
        return click.Choice(list(field.options()))
    return int if isinstance(field, Whole) or field.control == "number" else None


def _help(field: fields.Field[Any]) -> str:
    """What a field is, what is special about it, and an example."""
    attributes = getattr(field, "attributes", {})
    text = getattr(field, "label", "") or field.metadata.get("description", "")
    example = field.metadata.get("example") or attributes.get("placeholder")
    hint = getattr(field, "hint", "")
    parts = [text.rstrip("."), hint, f"such as {example}" if example else ""]
    shown = ", ".join(part for part in parts if part)
    return f"{shown}." if shown else ""
