"""The examples beside the layouts say what they are there to say."""

from datetime import date
from pathlib import Path

import pytest

from cva.sheets.checking.check import check
from cva.sheets.files.limits import Limits
from cva.sheets.vocabulary.choices import Choices

EXAMPLES = sorted((Path(__file__).parents[2] / "imports" / "examples").glob("*.xlsx"))


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_an_example_is_sound_unless_it_is_there_to_be_mended(file: Path) -> None:
    checked = check(file.read_bytes(), file.name, Choices(today=date(2026, 11, 1)), Limits())
    errors = {finding.code for finding in checked.findings if finding.severity == "error"}
    assert checked.kind == file.stem.removesuffix("-to-mend")
    assert bool(errors) == file.stem.endswith("-to-mend"), errors
