"""What every shape of the JSON has in common, and the shapes that are parts of many.

A schema is declared once, beside what it shows; the interface and ``--json`` both dump it. Amounts
are decimal texts, days and months ISO texts.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from marshmallow import RAISE, Schema, fields
from typing_extensions import override

from cva.core.money import plain


def value_of(read: Callable[[Any], object]) -> Any:  # noqa: ANN401
    """The ``attribute`` of a field whose value is computed from the object that is shown."""
    return read


class OutputSchema(Schema):
    """Something as programs read it: every key is always there, and no other.

    A field takes its value by name, by a path such as ``society.code`` (None where a part of it
    is), or by what ``value_of`` computes. A value that is not there is an error, never a lost key.
    """

    class Meta:
        """The interface's document says that there are no other keys."""

        unknown = RAISE

    @override
    def on_bind_field(self, field_name: str, field_obj: fields.Field[Any]) -> None:
        field_obj.required = True

    @override
    def get_attribute(self, obj: Any, attr: Any, default: Any) -> Any:
        if callable(attr):
            return attr(obj)
        for name in attr.split("."):
            if obj is None:
                return None
            obj = obj[name] if isinstance(obj, Mapping) else getattr(obj, name)
        return obj


class MinorUnits(fields.String):
    """Minor units of the object's ``currency`` as a plain decimal text; None without one."""

    @override
    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> str | None:
        return plain(obj.currency, value) if obj.currency and value is not None else None


class Moment(fields.DateTime):
    """A moment to the second."""

    @override
    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> Any:
        return value.isoformat(timespec="seconds") if isinstance(value, datetime) else None


class OpenMapping(fields.Dict):
    """A mapping whose keys are data, such as codes; the type of its values is always declared."""

    def __init__(self, values: fields.Field[Any], **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(keys=fields.String(), values=values, **kwargs)


def counts_schema(name: str, keys: Iterable[str]) -> type[OutputSchema]:
    """A schema of counts under known names; what is not counted is 0."""
    declared: dict[str, Any] = {
        key: fields.Integer(attribute=value_of(partial(_count, key))) for key in keys
    }
    return type(name, (OutputSchema,), declared)


def _count(key: str, counts: Mapping[str, int]) -> int:
    return counts.get(key, 0)


class RefusalSchema(OutputSchema):
    """Why something cannot be done; ``fields`` says what is wrong by field of the input."""

    code = fields.String(
        metadata={"description": "Names this very refusal for ever; docs/errors.md says which."}
    )
    kind = fields.String(
        metadata={"description": "input_invalid, rule, conflict, forbidden, not_found, ..."}
    )
    message = fields.String(metadata={"description": "In the reader's language."})
    fields_ = OpenMapping(fields.List(fields.String()), data_key="fields", attribute="fields")


class MoneySchema(OutputSchema):
    """An amount in one currency."""

    currency = fields.String(metadata={"example": "RUB"})
    amount = fields.String(metadata={"example": "500.00"})
