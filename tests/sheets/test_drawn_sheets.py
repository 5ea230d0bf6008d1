"""Sheets drawn from a grammar of layouts, with known truth: nothing false is ever ready."""

import ast
from collections import Counter
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reading_here import files_read_here
from tests.sheets.drawn import judging
from tests.sheets.drawn.judging import ASKED, REFUSED, RIGHT, TO_MEND, WRONG, judge
from tests.sheets.drawn.sheets import draw_sheet

#: Of the sheets that leave nothing open so many are read without a question.
_LEAST_RIGHT = 0.7
_MOST_ASKED = 2
_COUNTED = 400


@pytest.mark.slow
@given(st.integers(0, 2**32).map(Random))
def test_nothing_false_is_ever_ready(random: Random) -> None:
    drawn = draw_sheet(random)
    with files_read_here():
        outcome = judge(drawn)
    assert outcome.kind != WRONG, (drawn.features, outcome)


@pytest.mark.slow
def test_most_sheets_are_read_right_and_the_others_ask_little() -> None:
    outcomes: Counter[str] = Counter()
    with files_read_here():
        for seed in range(_COUNTED):
            drawn = draw_sheet(Random(seed))  # noqa: S311
            outcome = judge(drawn)
            outcomes[outcome.kind] += not drawn.doubts
            most = max(_MOST_ASKED, len(drawn.doubts) + 1)
            assert len(outcome.subjects) <= most, (seed, drawn.features, outcome)
    assert outcomes[WRONG] == outcomes[REFUSED] == 0
    assert outcomes[RIGHT] >= _LEAST_RIGHT * outcomes.total(), outcomes
    assert {RIGHT, ASKED} <= set(outcomes) <= {RIGHT, ASKED, TO_MEND, WRONG, REFUSED}


def test_only_the_judge_knows_the_reader() -> None:
    folder = Path(judging.__file__).parent
    knowing = {
        file.name
        for file in folder.glob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom)
        and any(name.startswith("cva") for name in _names(node))
    }
    assert knowing == {"judging.py"}


def _names(node: ast.Import | ast.ImportFrom) -> list[str]:
    if isinstance(node, ast.ImportFrom):
        return [node.module or ""]
    return [alias.name for alias in node.names]
