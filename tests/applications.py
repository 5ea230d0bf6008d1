"""The web application: built once in each worker, then handed each test's ledger.

Building it reads every route and template anew, which takes longer than most tests of a page. What
it is built from is the code alone; what belongs to a ledger stands in its configuration.
"""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from flask import Flask

from cva.app import create_app
from cva.core import crypto
from cva.core.job_queue import JobQueue
from cva.core.ledger import Ledger
from cva.core.settings import Settings


@dataclass(frozen=True)
class _Built:
    """An application as it came out of the factory, before any test had it."""

    app: Flask
    config: dict[str, Any]
    views: dict[str, Any]


_built: dict[Settings, _Built] = {}


def app_over(ledger: Ledger, queue: JobQueue) -> Flask:
    """The application over a ledger, as ``create_app`` would build it; one test has it at a time.

    What the test before changed in its configuration or its views is gone.
    """
    shape = replace(
        ledger.settings, home=Path(), database_url="", migration_url="", key_file=Path()
    )
    if shape not in _built:
        app = create_app(ledger, queue)
        _built[shape] = _Built(app, dict(app.config), dict(app.view_functions))
    built = _built[shape]
    of_ledger = {
        "LEDGER": ledger,
        "QUEUE": queue,
        "SECRET_KEY": crypto.keys().derive("cva/cookies"),
    }
    built.app.config.clear()
    built.app.config.update(built.config | of_ledger)
    built.app.view_functions = dict(built.views)
    return built.app
