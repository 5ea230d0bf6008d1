"""Which fields each kind of sheet has, from ``imports/layouts/*.toml``."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import BinaryIO

from cva.core.i18n import gettext as _
from cva.sheets.vocabulary.word_lists import imports_folder

#: Fields in which nothing is read; a second column of one does no harm.
IGNORED = "ignored"


@dataclass(frozen=True, slots=True)
class Layout:
    """One kind of sheet.

    Attributes:
        kind: Its stable name.
        name: What it is called, in English.
        row: What a row is about, in English.
        position: Its place among all kinds.
        turn: When it is tried as a sheet is recognised; 1 is first.
        recognised_by: Groups of fields; of each group the sheet has one.
        recognised_without: Fields that the sheet does not have.
        duplicates: What makes two rows the same: ``people``, ``payments``, ``redemptions`` or
            ``numbers`` of ``duplicate_field``, reported as ``duplicate_finding``.
        always_errors: Field and finding that is an error although the field may stay blank.
        required: Groups of fields; of each group one must be there.
        stand_in: The fields that say who is meant where a sheet has none of the first group.
        types: Field to type: identifier, name, text, date, amount, currency, phone,
            whole_number, approval, ignored, or ``words:`` and a group of words.
        helps: Field to a sentence for the person who fills it in.
        template: The fields that are columns of the template, from the left.
        beside: The fields that a field list has right of them, off the printed page.
        given: The fields of a field list that say what was given; ``given_in_pieces`` where goods
            are handed out.
    """

    kind: str
    name: str
    row: str
    position: int
    turn: int
    recognised_by: tuple[tuple[str, ...], ...]
    recognised_without: frozenset[str]
    duplicates: str
    duplicate_field: str
    duplicate_finding: str
    always_errors: frozenset[tuple[str, str]]
    required: tuple[tuple[str, ...], ...]
    stand_in: tuple[str, ...]
    types: Mapping[str, str]
    helps: Mapping[str, str]
    template: tuple[str, ...]
    beside: tuple[str, ...]
    given: tuple[str, ...]
    given_in_pieces: tuple[str, ...]

    @property
    def required_fields(self) -> frozenset[str]:
        """All fields of the groups that are required."""
        return frozenset(name for group in self.required for name in group)

    def needs(self, field: str) -> bool:
        """Whether what cannot be read in this field is an error."""
        kind, required = self.types.get(field), self.required_fields
        is_currency_needed = kind == "currency" and "amount" in required
        return field in required or kind == "words:receipt" or is_currency_needed

    def is_of(self, fields: frozenset[str]) -> bool:
        """Whether a sheet with these fields may be of this kind."""
        others = {group[0] for group in self.required[1:]}
        if any(fields == {name, *others} for name in self.stand_in):
            return True
        return not fields & self.recognised_without and all(
            fields & set(group) for group in self.recognised_by
        )

    def of_sheet(self, fields: frozenset[str]) -> "Layout":
        """The layout as it is for a sheet with these fields."""
        first, *others = self.required
        instead = tuple(name for name in self.stand_in if name in fields)
        if not instead or fields & set(first):
            return self
        return replace(self, required=(instead, *others))

    def names_without_number(self, fields: frozenset[str]) -> bool:
        """Whether a sheet with these fields says who is meant by something else than a number."""
        first = layout_of(self.kind).required[0]
        is_of_people = first[0] == "registration_no" and bool(self.stand_in)
        return is_of_people and not fields & set(first)


#: Layouts that were added to those of ``imports/layouts``, by kind.
_added: dict[str, Path] = {}


def add_layout(kind: str, file: Path) -> None:
    """Know one more kind of sheet, whose layout lies elsewhere."""
    _added[kind] = file
    _layouts.cache_clear()


def remove_layout(kind: str) -> None:
    """Forget a kind that was added."""
    del _added[kind]
    _layouts.cache_clear()


@cache
def _layouts() -> Mapping[str, Layout]:
    files = [*(imports_folder() / "layouts").glob("*.toml"), *_added.values()]
    read = sorted((_read(file) for file in files), key=lambda layout: layout.position)
    return {layout.kind: layout for layout in read}


def _read(file: Path) -> Layout:
    data = tomllib.loads(file.read_text("utf-8"))
    fields: dict[str, dict[str, str]] = data["fields"]
    given = tuple(data.get("given", ()))
    return Layout(
        kind=data["kind"],
        name=data["name"],
        row=data["row"],
        position=data["position"],
        turn=data["turn"],
        recognised_by=tuple(tuple(group) for group in data["recognised_by"]),
        recognised_without=frozenset(data.get("recognised_without", ())),
        duplicates=data["duplicates"],
        duplicate_field=data.get("duplicate_field", ""),
        duplicate_finding=data.get("duplicate_finding", ""),
        always_errors=frozenset((field, code) for field, code in data.get("always_errors", ())),
        required=tuple(tuple(group) for group in data["required"]),
        stand_in=tuple(data.get("stand_in", ())),
        types={name: about["type"] for name, about in fields.items()},
        helps={name: about["help"] for name, about in fields.items()},
        template=tuple(data["template"]),
        beside=tuple(data.get("beside", ())),
        given=given,
        given_in_pieces=tuple(data.get("given_in_pieces", given)),
    )


def kind_names() -> tuple[str, ...]:
    """The names of all kinds of sheet, in their order."""
    return tuple(_layouts())


def layout_of(kind: str) -> Layout:
    """The layout of a kind.

    Raises:
        KeyError: There is no such kind.
    """
    return _layouts()[kind]


def kind_of(fields: frozenset[str]) -> str:
    """The kind of a sheet with these fields."""
    return next(layout.kind for layout in _by_turn() if layout.is_of(fields))


def kind_without(field: str) -> str:
    """The kind of a sheet that has no column for a field which the usual kind has."""
    return next(layout.kind for layout in _by_turn() if field in layout.recognised_without)


def usual_kind() -> str:
    """What most sheets are: the kind that is meant where the fields show no other."""
    return _by_turn()[-1].kind


def _by_turn() -> list[Layout]:
    return sorted(_layouts().values(), key=lambda layout: layout.turn)


def kind_title(kind: str) -> str:
    """What a kind of sheet is called, in the reader's language."""
    return _(layout_of(kind).name)


def shown_texts(
    layout: BinaryIO, _keywords: object, _comment_tags: object, **_options: object
) -> Iterator[tuple[int, None, str, list[str]]]:
    """What ``pybabel extract`` finds in a layout: names, and the helps shown beside cells.

    It is called as Babel calls every extractor, which decides on the arguments.
    """
    data = tomllib.load(layout)
    yield from ((1, None, data[name], []) for name in ("name", "row"))
    for name in (*data["template"], *data.get("beside", ())):
        field = data["fields"][name]
        if field["type"] != IGNORED:
            yield 1, None, field["help"], []
