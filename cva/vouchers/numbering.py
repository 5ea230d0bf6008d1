"""Numbers of vouchers as they are printed, and the book that a number is of."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cva.core.errors import InputError
from cva.core.i18n import gettext as _
from cva.core.identifiers import comparable
from cva.vouchers.models import VoucherBook

#: So many vouchers one book may have.
MOST_PRINTED = 1_000_000
_NUMBER = re.compile(r"(.*?)([0-9]{1,15})", re.ASCII | re.DOTALL)


@dataclass(frozen=True, slots=True)
class NumberRange:
    """The numbers of a book; ``width`` is 0 where they are not filled up with zeros."""

    prefix: str
    width: int
    first: int
    last: int


def range_of(first: str, last: str) -> NumberRange:
    """Read ``("A-0001", "A-0500")``, as they stand on the first and the last voucher.

    Raises:
        InputError: They do not end in digits, begin differently, or run backwards.
    """
    found = [_NUMBER.fullmatch(text.strip()) for text in (first, last)]
    if found[0] is None or found[1] is None:
        message = _("Write the numbers as they are printed, ending in digits: A-0001.")
        raise InputError(message, {"first": [message]}, code="numbers_unreadable")
    (prefix, low), (other, high) = (match.groups() for match in found if match)
    if comparable(prefix) != comparable(other):
        message = _("The first and the last number begin differently. Register two books.")
        raise InputError(message, {"last": [message]}, code="numbers_other_prefix")
    width = len(low) if len(low) == len(high) else 0
    if not width and (low.startswith("0") or high.startswith("0")) and low != "0":
        message = _("Write the first and the last number with as many digits.")
        raise InputError(message, {"last": [message]}, code="numbers_other_length")
    if not 0 <= int(high) - int(low) < MOST_PRINTED:
        message = _("The last number is below the first, or more than a million above it.")
        raise InputError(message, {"last": [message]}, code="numbers_reversed")
    return NumberRange(prefix, width, int(low), int(high))


def number_of(book: VoucherBook | NumberRange, serial: int) -> str:
    """The number as it is printed."""
    return f"{book.prefix}{serial:0{book.width}d}" if book.width else f"{book.prefix}{serial}"


def key_of(book: VoucherBook, serial: int) -> str:
    """The number as it is compared."""
    return comparable(number_of(book, serial))


def overlap(one: VoucherBook, other: VoucherBook) -> bool:
    """Whether two books have a number in common."""
    return any(_share(a, b) for a in _parts(one) for b in _parts(other))


_Part = tuple[str, int, int, int]


def _parts(book: VoucherBook) -> Iterator[_Part]:
    """Prefix, digits, first and last; a book of unfilled numbers is one part for each length."""
    if book.width:
        yield book.prefix_key, book.width, book.first, book.last
        return
    for digits in range(len(str(book.first)), len(str(book.last)) + 1):
        low, high = 10 ** (digits - 1) if digits > 1 else 0, 10**digits - 1
        yield book.prefix_key, digits, max(book.first, low), min(book.last, high)


def _share(one: _Part, other: _Part) -> bool:
    if len(one[0]) > len(other[0]):
        one, other = other, one
    (prefix, digits, first, last), (longer, fewer, low, high) = one, other
    more = longer[len(prefix) :]
    if not longer.startswith(prefix) or digits != fewer + len(more):
        return False
    if more and not _is_digits(more):
        return False
    base = int(f"{more}{'0' * fewer}")
    return first <= base + high and base + low <= last


def _is_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


class Shelf:
    """Books, to find the one that a number is of."""

    def __init__(self, books: Iterable[VoucherBook]) -> None:
        self.books = {book.id: book for book in books}
        self._groups: dict[tuple[str, int], list[VoucherBook]] = defaultdict(list)
        for book in self.books.values():
            self._groups[book.prefix_key, book.width].append(book)

    def find(self, number_key: str) -> tuple[VoucherBook, int] | None:
        """The book of a number, as numbers are compared, and its place in it."""
        for (prefix, width), books in self._groups.items():
            digits = number_key[len(prefix) :]
            if not (number_key.startswith(prefix) and _is_digits(digits)):
                continue
            if len(digits) != width and (width or digits != str(int(digits))):
                continue
            serial = int(digits)
            for book in books:
                if book.first <= serial <= book.last:
                    return book, serial
        return None

    def of_programme(self, programme_id: int) -> bool:
        """Whether a programme has a book."""
        return any(book.programme_id == programme_id for book in self.books.values())
