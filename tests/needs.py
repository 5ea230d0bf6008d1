"""What a test needs from the machine and may not find there."""

import os
from typing import NoReturn

import pytest


def on_ci() -> bool:
    """Whether this is CI, where everything has to run."""
    return os.environ.get("CI", "").lower() in {"1", "true"}


def missing(reason: str) -> NoReturn:
    """Skip the test and say why; on CI, where everything has to run, fail it."""
    if on_ci():
        pytest.fail(f"{reason} With CI=true this is a failure.", pytrace=False)
    pytest.skip(reason)
