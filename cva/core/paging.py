"""A page of a list."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """A page of a list.

    Attributes:
        total: Items on all pages.
        number: Which page it is, from 1.
        pages: How many there are, at least one.
    """

    items: Sequence[Item]
    total: int
    number: int
    pages: int


def place_of_page(number: int, total: int, size: int) -> tuple[int, int]:
    """The number of the page that is shown, and how many there are; the last one is the limit."""
    pages = max(1, -(-total // size))
    return min(max(1, number), pages), pages


def page_of(items: Sequence[Item], number: int, size: int) -> Page[Item]:
    """A page of a list that is at hand; beyond the last page is the last page."""
    number, pages = place_of_page(number, len(items), size)
    return Page(items[(number - 1) * size : number * size], len(items), number, pages)
