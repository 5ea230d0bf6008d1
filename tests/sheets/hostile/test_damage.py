from random import Random

import pytest

from tests.sheets.hostile.damage import flipped, read
from tests.sheets_made import cash, paid

GOOD = cash(*[paid(f"A-{i}") for i in range(3)])
WHOLE = read(GOOD)
CHANCE = Random(7)  # noqa: S311 - the same sample each time
BITS = sorted(CHANCE.sample(range(len(GOOD) * 8), 400))
CUTS = sorted({*CHANCE.sample(range(len(GOOD)), 100), 0, 1, len(GOOD) - 1})


def test_the_file_is_read_before_it_is_damaged() -> None:
    assert WHOLE is not None


@pytest.mark.parametrize("some", [BITS[part::8] for part in range(8)])
def test_a_file_with_a_flipped_bit_is_refused_or_reads_the_same(some: list[int]) -> None:
    wrong = [bit for bit in some if read(flipped(GOOD, bit)) not in (None, WHOLE)]
    assert wrong == []


def test_a_file_that_was_cut_is_refused() -> None:
    assert [cut for cut in CUTS if read(GOOD[:cut]) is not None] == []
