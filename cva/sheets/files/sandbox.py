"""Has one of our modules work on a stranger's file, in a process that can only harm itself."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path

from cva.sheets.files.file_types import ENDINGS, PAGE, XML, ending_of, form_of, may_be_text
from cva.sheets.files.limits import MIB, OUT_OF_MEMORY, Limits
from cva.sheets.files.parsed_workbook import FileNote, ParsedBook, book_of
from cva.sheets.files.refusal import RefusedError, damaged, too_large, unreadable
from cva.sheets.files.transport import unpack

SOURCE = Path(__file__).parents[3]
#: Gives a text of any encoding in UTF-8, and says what it took it for.
ToUnicode = Callable[[bytes], tuple[bytes, list[FileNote]]]
_KEPT = ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH", "TMPDIR", "TEMP", "TMP")


def ask_child(
    module: str,
    sent: bytes,
    limits: Limits,
    *arguments: str,
    meanwhile: Callable[[], object] = bool,
) -> bytes:
    """What ``python -m module`` answers to what it is sent.

    It knows no setting and no key of ours.

    Args:
        module: One of ours; it bounds itself by the same limits.
        sent: For its standard input.
        limits: How long it may take.
        arguments: Of its command line.
        meanwhile: Called once while it works.

    Raises:
        RefusedError: It took too long or too much memory, or met damage.
    """
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    ours = {"PYTHONPATH": str(SOURCE), "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    with subprocess.Popen(  # noqa: S603 - our own module, the file goes in by standard input
        [sys.executable, "-P", "-m", module, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=kept | ours,
    ) as child:
        try:
            with ThreadPoolExecutor(1) as second:
                talk = second.submit(child.communicate, sent, limits.parse_seconds)
                meanwhile()
                answer, _ = talk.result()
        except subprocess.TimeoutExpired as error:
            child.kill()
            details = {"reason": "seconds", "limit": str(limits.parse_seconds), "had": "?"}
            raise RefusedError("workbook-too-large", details) from error
    if child.returncode:
        raise _died(child.returncode, limits)
    return answer


def _died(status: int, limits: Limits) -> RefusedError:
    """A child that was killed ran out of something; one that gave up met damage."""
    if status < 0 or status == OUT_OF_MEMORY:
        details = {"reason": "memory", "limit": str(limits.parse_memory_bytes // MIB), "had": "?"}
        return RefusedError("workbook-too-large", details)
    return damaged()


def parser_of(form: str) -> str:
    """The module that opens files of a form."""
    return f"{__package__}.{'markup_parser' if form in {PAGE, XML} else 'parser'}"


def prepared(
    content: bytes, filename: str, limits: Limits, to_unicode: ToUnicode
) -> tuple[bytes, str, list[FileNote]]:
    """A file as it is opened, in UTF-8 where it is text, its form, and what is said of it.

    Raises:
        RefusedError: It is too large, or no file of the kind that its ending says.
    """
    ending = ending_of(filename)
    if ending not in ENDINGS:
        raise RefusedError("format-unknown", {"ending": ending[:20] or "?"})
    if len(content) > limits.max_file_bytes:
        raise too_large("file", limits.max_file_bytes, len(content))
    if not content:
        raise unreadable("is-empty")
    notes: list[FileNote] = []
    if may_be_text(content, ending):
        content, notes = to_unicode(content)
    return content, form_of(content, ending), notes


def read_book(
    content: bytes,
    filename: str,
    limits: Limits,
    to_unicode: ToUnicode,
    meanwhile: Callable[[], object] = bool,
) -> ParsedBook:
    """The sheets of a file.

    Args:
        content: The file.
        filename: Its name; only the ending counts.
        limits: How large it may be.
        to_unicode: Gives a text of any encoding in UTF-8, and says what it took it for.
        meanwhile: Called once while the child works.

    Raises:
        RefusedError: The file as a whole cannot be taken.
    """
    content, form, notes = prepared(content, filename, limits, to_unicode)
    order = json.dumps({"form": form, "limits": asdict(limits)})
    message = ask_child(parser_of(form), content, limits, order, meanwhile=meanwhile)
    try:
        header, columns = unpack(message)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise damaged() from error
    if "refused" in header:
        details = {str(key): str(value) for key, value in header["details"].items()}
        raise RefusedError(header["refused"], details, sheet=header["sheet"], cell=header["cell"])
    notes += [FileNote(code, details) for code, details in header["notes"]]
    return ParsedBook(book_of(header, columns), notes)
