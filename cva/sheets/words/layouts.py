"""Which fields each kind of sheet has, from ``imports/layouts/*.toml``."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import BinaryIO

from cva.core.words import gettext as _
from cva.sheets.words.vocabulary import imports_folder

KINDS = (
    "beneficiaries",
    "cash_transfers",
    "voucher_distributions",
    "voucher_redemptions",
    "payment_results",
)

#: Fields in which nothing is read; a second column of one does no harm.
IGNORED = "ignored"


@dataclass(frozen=True, slots=True)
class Layout:
    """One kind of sheet.

    Attributes:
        kind: One of ``KINDS``.
        title: What it is, in English.
        required: Groups of fields; of each group one must be there.
        types: Field to type: identifier, name, text, date, amount, currency, phone,
            whole_number, approval, ignored, or ``words:`` and a group of words.
        helps: Field to a sentence for whoever fills it in.
        template: The fields that are columns of the template, from the left.
        beside: The fields that a field list has right of them, off the printed page.
    """

    kind: str
    title: str
    required: tuple[tuple[str, ...], ...]
    types: Mapping[str, str]
    helps: Mapping[str, str]
    template: tuple[str, ...]
    beside: tuple[str, ...]

    @property
    def required_fields(self) -> frozenset[str]:
        """All fields of the groups that are required."""
        return frozenset(name for group in self.required for name in group)

    def needs(self, field: str) -> bool:
        """Whether what cannot be read in this field is an error."""
        return any(field in group for group in self.required) or (
            field in self.types and self._decides(field)
        )

    def _decides(self, field: str) -> bool:
        if self.types[field] == "currency":
            return any("amount" in group for group in self.required)
        return self.types[field] == "words:receipt"


@cache
def layout_of(kind: str) -> Layout:
    """The layout of a kind.

    Raises:
        KeyError: There is no such kind.
    """
    if kind not in KINDS:
        raise KeyError(kind)
    path = imports_folder() / "layouts" / f"{kind}.toml"
    data = tomllib.loads(path.read_text("utf-8"))
    fields: dict[str, dict[str, str]] = data["fields"]
    return Layout(
        kind=kind,
        title=data["title"],
        required=tuple(tuple(group) for group in data["required"]),
        types={name: about["type"] for name, about in fields.items()},
        helps={name: about["help"] for name, about in fields.items()},
        template=tuple(data["template"]),
        beside=tuple(data.get("beside", ())),
    )


def shown_texts(
    layout: BinaryIO, _keywords: object, _comment_tags: object, **_options: object
) -> Iterator[tuple[int, None, str, list[str]]]:
    """What ``pybabel extract`` finds in a layout: the helps shown beside cells to fill in.

    It is called as Babel calls every extractor, which decides on the arguments.
    """
    data = tomllib.load(layout)
    for name in (*data["template"], *data.get("beside", ())):
        field = data["fields"][name]
        if field["type"] != IGNORED:
            yield 1, None, field["help"], []


def kind_of(fields: frozenset[str]) -> str:
    """The kind of a sheet with these fields."""
    if {"voucher_number", "redeemed_on"} <= fields:
        return "voucher_redemptions"
    if "status" in fields and fields & {"transaction_id", "payment_reference"}:
        return "payment_results"
    if fields & {"voucher_number", "voucher_type"}:
        return "voucher_distributions"
    if not fields & {"amount", "distribution_date"}:
        return "beneficiaries"
    return "cash_transfers"


def kind_title(kind: str) -> str:
    """What a kind of sheet is called, in the reader's language."""
    return {
        "beneficiaries": _("People registered"),
        "cash_transfers": _("Cash transfers"),
        "voucher_distributions": _("Vouchers handed out"),
        "voucher_redemptions": _("Vouchers redeemed"),
        "payment_results": _("Payment results"),
    }[kind]
