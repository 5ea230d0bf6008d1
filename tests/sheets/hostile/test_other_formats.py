from random import Random

import pytest

from cva.sheets.files.limits import Limits
from cva.sheets.files.parser import answer
from tests.sheets.hostile.case import is_refused
from tests.sheets.hostile.measuring import is_small
from tests.sheets.hostile.other_formats import CASES, OLD, ods

CHANCE = Random(11)  # noqa: S311 - the same sample each time


@pytest.mark.parametrize("name", CASES)
def test_a_hostile_workbook_of_another_format_is_refused(name: str) -> None:
    is_refused(CASES[name])


@pytest.mark.parametrize("name", [name for name in CASES if "repeats" in name or "giga" in name])
def test_a_hostile_workbook_of_another_format_takes_little_memory(name: str) -> None:
    is_small(CASES[name])


@pytest.mark.parametrize(("content", "ending"), [(OLD, "xls"), (ods(""), "ods")])
def test_damage_of_another_format_is_answered(content: bytes, ending: str) -> None:
    for _ in range(100):
        damaged = bytearray(content)
        for _ in range(CHANCE.randrange(1, 8)):
            damaged[CHANCE.randrange(len(damaged))] = CHANCE.randrange(256)
        assert answer(bytes(damaged[: CHANCE.randrange(len(damaged))]), ending, Limits())
        assert answer(bytes(damaged), ending, Limits())
