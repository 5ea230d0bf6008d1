"""Processes that work on a ledger and say each step, so that a test can kill them.

One of them stays and forks the others, as each would need seconds to begin by itself. It reads
orders, each a line of JSON: what to do (``all`` or ``approve``), for which society, the file or the
number of the sheet, and the settings that say which ledger.
"""

import json
import os
import sys
import traceback
from pathlib import Path

from sqlmodel import Session

from cva.core.db import reading, transaction
from cva.core.errors import ConflictError
from cva.core.ledger import Ledger, open_ledger
from cva.core.settings import read_settings
from cva.core.tenancy import SYSTEM, Actor
from cva.intake import approval as deciding
from cva.intake.checking import check_run
from cva.intake.receiving import NewSheet, receive
from cva.intake.sheet_submission import Submission, submit
from cva.programmes import service as programmes
from cva.sheets.files.limits import Limits
from cva.societies import service as societies


def say(word: str) -> None:
    """Say it at once, in one piece."""
    os.write(1, f"{word}\n".encode())


def main() -> None:
    """Fork a process for each order, and say when it is over."""
    for order in sys.stdin:
        process = os.fork()
        if process:
            _process, status = os.waitpid(process, 0)
            say(f"over {status}")
        else:
            obey(**json.loads(order))


def obey(task: str, code: str, name: str, settings: dict[str, str]) -> None:
    """Do one order and end this process."""
    os.environ.update(settings)
    try:
        work(task, code, name)
    except BaseException:  # noqa: BLE001
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def work(task: str, code: str, name: str) -> None:
    """Bring a sheet from its file to the journal; or only approve one."""
    say(f"begun {os.getpid()}")
    ledger = open_ledger(read_settings(os.environ))
    with reading(ledger.engine, SYSTEM) as session:
        society_id = societies.find_society(session, code).id
        field = societies.actor_by_email(session, f"field@{code.lower()}.example")
        finance = societies.actor_by_email(session, f"finance@{code.lower()}.example")
        programme_id = programmes.find_programme(session, society_id, "CASH").id
    say("open")
    sheet_id = int(name) if task == "approve" else bring(ledger, field, programme_id, Path(name))
    try:
        with transaction(ledger.engine, finance) as session:
            deciding.approve(session, sheet_id)
    except ConflictError as error:
        say(f"told {error}")
    else:
        say("approved")


def bring(ledger: Ledger, field: Actor, programme_id: int, file: Path) -> int:
    """Send, check and submit."""

    def send(session: Session) -> tuple[int, int]:
        received = receive(session, NewSheet(programme_id, file.name, file.read_bytes()))
        return received.sheet_id, received.run_id

    with transaction(ledger.engine, field) as session:
        sheet_id, run_id = send(session)
    say(f"received {sheet_id}")
    check_run(ledger.engine, run_id, Limits())
    say("checked")
    with transaction(ledger.engine, field) as session:
        submit(session, sheet_id, Submission(handed_out=True))
    say("submitted")
    return sheet_id


if __name__ == "__main__":
    main()
