"""Registration numbers that the ledger gives: a prefix, six digits or more, two check digits.

The check digits are those of ISO 7064, MOD 97-10: a digit that was mistyped, and two that were
turned, are found by the number alone.
"""

import re
from collections.abc import Iterator, Sequence

from sqlmodel import Session, col, select, update

from cva.beneficiaries.models import Registration
from cva.core.db import rows_among
from cva.core.identifiers import comparable
from cva.societies.models import Society

_DIGITS = 6
_MODULUS = 97
#: Cyrillic letters that look like Latin ones.
_TO_LATIN = str.maketrans("авсекмнорстхіјѕ", "abcekmhopctxijs")


def number_with(prefix: str, count: int) -> str:
    """The number of a count, such as ``RRC-00000183``."""
    digits = f"{count:0{_DIGITS}d}"
    return f"{prefix}-{digits}{_check_digits(prefix + digits)}"


def is_like_given(number: str, prefix: str) -> bool:
    """Whether a comparable number is written like one that the ledger gives.

    Letters that look alike, another dash and signs around it do not count: where nobody is
    registered under it, it was mistyped. One digit, and two that were turned, never make it the
    number of somebody else: that is what the check digits are for.
    """
    plain = number.translate(_TO_LATIN)
    start = re.escape(prefix.casefold())
    return re.fullmatch(rf"\W*{start}[\W_]*\d{{{_DIGITS + 2},}}\D*", plain) is not None


def _check_digits(text: str) -> str:
    value = int("".join(str(int(sign, 36)) for sign in text)) * 100
    return f"{_MODULUS + 1 - value % _MODULUS:02d}"


def draw_numbers(session: Session, society_id: int, count: int) -> list[str]:
    """Numbers that nobody of the society has; what is drawn is never drawn again.

    Args:
        session: A transaction that holds the lock of the society's book.
        society_id: Whose numbers.
        count: How many.
    """
    found: list[str] = []
    while len(found) < count:
        found += _free(session, society_id, [*_next(session, society_id, count - len(found))])
    return found


def _next(session: Session, society_id: int, count: int) -> Iterator[str]:
    society = session.exec(
        select(Society).where(Society.id == society_id).execution_options(populate_existing=True)
    ).one()
    first = society.numbered + 1
    session.execute(
        update(Society)
        .where(col(Society.id) == society_id)
        .values(numbered=Society.numbered + count)
    )
    for number in range(first, first + count):
        yield number_with(society.number_prefix, number)


def _free(session: Session, society_id: int, numbers: Sequence[str]) -> list[str]:
    """The numbers under which nobody was registered by a sheet of their own."""
    query = select(Registration.number_key, Registration.society_id).where(
        Registration.society_id == society_id
    )
    taken = {
        key
        for key, _society in rows_among(
            session, query, Registration.number_key, map(comparable, numbers)
        )
    }
    return [number for number in numbers if comparable(number) not in taken]
