"""Payment lists as files: the columns of a template in ``imports/providers``, and no other."""

import csv
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from io import StringIO

from cva.core.money import plain
from cva.sheets.vocabulary.word_lists import imports_folder
from cva.sheets.writing.plain_workbook import neutral, write_table

#: What of a payment or a person may leave in a payment list.
OF_PAYMENT = ("reference", "registration_no", "amount", "currency", "site")
OF_PERSON = ("full_name", "phone", "account", "id_number")
#: What the provider fills in.
LEFT_BLANK = ("status", "transaction_id", "distribution_date", "fee", "reason")
_WIDTH = 16
_WIDTHS = {"full_name": 30, "account": 26, "phone": 18, "currency": 10, "reason": 30}


@dataclass(frozen=True, slots=True)
class PaymentTemplate:
    """What a provider's payment lists look like.

    Attributes:
        name: Of the file.
        ending: ``"xlsx"`` or ``"csv"``; ``delimiter`` is that of the latter.
        has_plain_phones: Phones have digits only, no plus.
        required: What a person must have.
        columns: Field and heading, from the left.
    """

    name: str
    title: str
    ending: str
    delimiter: str
    has_plain_phones: bool
    required: tuple[str, ...]
    columns: tuple[tuple[str, str], ...]

    @property
    def fields(self) -> frozenset[str]:
        """What leaves in such a list."""
        return frozenset(field for field, _heading in self.columns)


@cache
def payment_templates() -> Mapping[str, PaymentTemplate]:
    """All of them, by name."""
    paths = sorted((imports_folder() / "providers").glob("*.toml"))
    return {path.stem: _template(path.stem, path.read_text("utf-8")) for path in paths}


def _template(name: str, text: str) -> PaymentTemplate:
    data = tomllib.loads(text)
    return PaymentTemplate(
        name=name,
        title=data["title"],
        ending=data["format"],
        delimiter=data.get("delimiter", ","),
        has_plain_phones=data.get("phone") == "digits",
        required=tuple(data["required"]),
        columns=tuple((column["field"], column["heading"]) for column in data["columns"]),
    )


def write_payment_file(template: PaymentTemplate, rows: Iterable[Mapping[str, object]]) -> bytes:
    """The file of a payment list; no text in it is ever run as a formula.

    Args:
        template: What it looks like.
        rows: What is known of each payment, by field; ``amount`` in minor units.
    """
    headings = [heading for _field, heading in template.columns]
    cells = [[_cell(template, row, field) for field, _heading in template.columns] for row in rows]
    if template.ending == "xlsx":
        widths = [_WIDTHS.get(field, _WIDTH) for field, _heading in template.columns]
        return write_table(template.title, (), headings, cells, widths=widths)
    return _delimited(template.delimiter, [headings, *cells])


def _cell(template: PaymentTemplate, row: Mapping[str, object], field: str) -> str | Decimal | None:
    value = row.get(field)
    if value is None:
        return None
    if field == "amount":
        return Decimal(plain(str(row["currency"]), int(str(value))))
    if field == "phone" and template.has_plain_phones:
        return str(value).removeprefix("+")
    return str(value)


def _delimited(delimiter: str, rows: Sequence[Sequence[object]]) -> bytes:
    text = StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
    for row in rows:
        writer.writerow([neutral(cell) if isinstance(cell, str) else cell for cell in row])
    return text.getvalue().encode("utf-8-sig")
