"""Files of the tests' own read in this process, where the test is about what happens afterwards.

The product has each file read by a process that can only harm itself. To start it takes as long as
a short sheet's whole check. The tests of the reader, of the doors, of faults and of the flows start
it as the product does; those of services, which get their sheets checked by ``AtWork.check``, have
the same function of the reader called here.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from cva.sheets.files import parser, sandbox
from cva.sheets.files.limits import Limits
from cva.sheets.files.sandbox import ask_child

_here: ContextVar[bool] = ContextVar("files_read_here", default=False)


@contextmanager
def files_read_here() -> Iterator[None]:
    """Whatever file this thread has read meanwhile is read without a process of its own."""
    before = _here.set(True)
    try:
        yield
    finally:
        _here.reset(before)


def _ask(
    module: str,
    sent: bytes,
    limits: Limits,
    *arguments: str,
    meanwhile: Callable[[], object] = bool,
) -> bytes:
    if not _here.get() or module != parser.__name__:
        return ask_child(module, sent, limits, *arguments, meanwhile=meanwhile)
    meanwhile()
    order = json.loads(arguments[0])
    return parser.answer(sent, order["form"], Limits(**order["limits"]))


def allow_reading_here() -> None:
    """Let ``files_read_here`` decide; without it nothing is other than in the product."""
    sandbox.ask_child = _ask
