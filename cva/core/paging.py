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


def page_of(items: Sequence[Item], number: int, size: int) -> Page[Item]:
    """A page of a list that is at hand; beyond the last page is the last page."""
    pages = max(1, -(-len(items) // size))
    number = min(number, pages)
    return Page(items[(number - 1) * size : number * size], len(items), number, pages)
