"""Finds rows that are in a sheet twice."""

from collections.abc import Callable, Container, Hashable, Iterator, Mapping, Sequence

from cva.core.identifiers import comparable
from cva.sheets.checking.table import Table


def note_duplicates(table: Table) -> None:
    """Of every pair the later row has the finding, naming the first."""
    _note_phones(table)
    _RULES[table.known.layout.duplicates](table)


def _values(table: Table, name: str) -> Sequence[str | int | None]:
    column = table.fields.get(name)
    return column.values if column else [None] * len(table.numbers)


def _keys(table: Table, name: str) -> list[str | None]:
    return [None if value is None else _key(str(value)) for value in _values(table, name)]


def _key(number: str) -> str:
    """What ``comparable`` gives, without its work where there is none to do."""
    plain = number.isascii() and number.isprintable() and " " not in number
    return number.lower() if plain else comparable(number)


def _note_second(table: Table, row: int, first: int, name: str, code: str) -> None:
    table.note(row, name, code, {"other_row": table.row_name(first)})


def _note_numbers(table: Table) -> None:
    layout = table.known.layout
    name, code = layout.duplicate_field, layout.duplicate_finding
    first: dict[str, int] = {}
    for row, key in enumerate(_keys(table, name)):
        if key is None or row in table.not_received:
            continue
        if first.setdefault(key, row) != row:
            _note_second(table, row, first[key], name, code)


def _note_redemptions(table: Table) -> None:
    """By number, day and amount: a value voucher is spent in parts, each with its own amount.

    Where one of two rows names no amount it claims all that is left, so they are the same twice.
    """
    numbers = _keys(table, "voucher_number")
    if len(set(numbers)) == len(numbers):
        return
    days, amounts = _values(table, "redeemed_on"), _values(table, "amount")
    first: dict[str, int] = {}
    parts: dict[Hashable, int] = {}
    for row, number in enumerate(numbers):
        if number is None:
            continue
        before = first.setdefault(number, row)
        part = (number, days[row], amounts[row])
        same = parts.setdefault(part, row)
        if before == row:
            continue
        if same != row or amounts[row] is None or amounts[before] is None:
            other = same if same != row else before
            code = "duplicate-voucher"
        else:
            other, code = before, "voucher-in-parts"
        _note_second(table, row, other, "voucher_number", code)


def _note_phones(table: Table) -> None:
    """One phone with several people: reported once, at the second of them."""
    phones = _values(table, "phone")
    if len(set(phones)) == len(phones):
        return
    people = list(zip(_keys(table, "registration_no"), _keys(table, "source_id"), strict=True))
    first: dict[str | int, int] = {}
    noted = set()
    for row, (phone, person) in enumerate(zip(phones, people, strict=True)):
        if phone is None or not any(person) or phone in noted:
            continue
        before = first.setdefault(phone, row)
        if people[before] != person:
            noted.add(phone)
            table.note(row, "phone", "phone-shared", {"first_row": table.row_name(before)})


def _note_people(table: Table) -> None:
    by_source = _keys(table, "source_id")
    by_number = _keys(table, "registration_no")
    first: dict[tuple[str, str], int] = {}
    for row, (source, number) in enumerate(zip(by_source, by_number, strict=True)):
        name, key = ("source_id", source) if source else ("registration_no", number)
        if key and first.setdefault((name, key), row) != row:
            _note_second(table, row, first[name, key], name, "duplicate-row")


def _note_payments(table: Table) -> None:
    people = _keys(table, "registration_no")
    if len(set(people)) == len(people):
        return
    days, amounts = _values(table, "distribution_date"), _values(table, "amount")
    found = repeated_payments(people, _keys(table, "round"), days, amounts, table.not_received)
    for row, first, code in found:
        _note_second(table, row, first, "registration_no", code)


def repeated_payments(
    people: Sequence[str | None],
    rounds: Sequence[str | None],
    days: Sequence[object],
    amounts: Sequence[object],
    not_received: Container[int],
) -> Iterator[tuple[int, int, str]]:
    """Rows that pay somebody again, by person and round, else by person, day and amount.

    Returns:
        The row, the one before it, and what is found.
    """
    first: dict[Hashable, int] = {}
    seen: dict[Hashable, int] = {}
    for row, person in enumerate(people):
        if person is None or row in not_received:
            continue
        here = (person, rounds[row])
        key = here if rounds[row] else (person, days[row], amounts[row])
        readable = rounds[row] or (days[row] is not None and amounts[row] is not None)
        if readable and first.setdefault(key, row) != row:
            yield row, first[key], "duplicate-row"
        elif seen.setdefault(here, row) != row:
            yield row, seen[here], "possible-duplicate"


_RULES: Mapping[str, Callable[[Table], None]] = {
    "people": _note_people,
    "payments": _note_payments,
    "redemptions": _note_redemptions,
    "numbers": _note_numbers,
}
