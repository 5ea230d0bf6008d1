"""Receiving a sheet: the file is kept, its check is queued, nothing is read yet."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PureWindowsPath

from sqlmodel import Session, col, delete, select

from cva.core import audit, clock
from cva.core.errors import InputError, NotFoundError, RuleError
from cva.core.i18n import gettext as _
from cva.core.jobs import Job
from cva.core.permissions import Permission
from cva.core.tenancy import actor_of
from cva.programmes import service as programmes
from cva.staging.models import RowFinding, Sheet, SheetFile, SheetState, StagedRow
from cva.staging.workflow import move, require_state
from cva.vouchers import vendors

LONGEST_NAME = 150
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class NewSheet:
    """A file a person sends.

    Attributes:
        round_code: The named round it belongs to; without one it makes a round of its own.
        is_list: A list before hand-out: checked and kept, not posted.
        settled: Choices made beside the file: ``kind``, ``sheet``, ``currency``, ``date_order``,
            ``vendor`` (who claims vouchers)...
        replaces_id: The sheet it was sent to correct.
    """

    programme_id: int
    filename: str
    content: bytes
    round_code: str | None = None
    is_list: bool = False
    settled: Mapping[str, str] = field(default_factory=dict)
    replaces_id: int | None = None


@dataclass(frozen=True, slots=True)
class Received:
    """A sheet that is kept, and the run that will check it."""

    sheet_id: int
    run_id: int


def receive(session: Session, new: NewSheet) -> Received:
    """Keep a file and queue its check.

    Raises:
        NotFoundError: The programme, or the sheet to replace, is not one of the actor's.
        ForbiddenError: The actor's role does not send sheets.
        InputError: No file was chosen.
    """
    programme = programmes.get_programme(session, new.programme_id)
    actor = actor_of(session)
    actor.require(Permission.SEND_SHEETS, programme.society_id)
    if new.settled.get("vendor"):
        vendors.find_vendor(session, programme.society_id, new.settled["vendor"])
    if not new.filename:
        raise InputError(
            _("Choose a file first."), {"file": [_("Choose a file first.")]}, code="file_missing"
        )
    sheet = Sheet(
        society_id=programme.society_id,
        programme_id=new.programme_id,
        round_id=(
            programmes.round_of(session, programme, new.round_code).id if new.round_code else None
        ),
        is_list=new.is_list,
        settled=dict(new.settled),
        filename=clean_name(new.filename),
        size_bytes=len(new.content),
        sha256=hashlib.sha256(new.content).hexdigest(),
        received_at=clock.now(),
        received_by=actor.user_id,
        replaces_id=_replaced(session, new.replaces_id, programme.society_id),
    )
    session.add(sheet)
    session.flush()
    sheet_id = sheet.id
    session.add(SheetFile(society_id=sheet.society_id, sheet_id=sheet_id, content=new.content))
    audit.record_about(session, audit.Act.SHEET_RECEIVED, sheet)
    return Received(sheet_id, queue_check(session, sheet))


def queue_check(session: Session, sheet: Sheet) -> int:
    """Add a run that will check a sheet; return its id."""
    run = Job(
        society_id=sheet.society_id,
        subject_id=sheet.id,
        started_by=actor_of(session).user_id,
    )
    session.add(run)
    session.flush()
    return run.id


def check_once_more(session: Session, sheet: Sheet, settled: Mapping[str, str]) -> int:
    """Drop what the last check staged and queue another; return the run's id.

    Raises:
        RuleError: The sheet is not at this step, or its file was not kept.
    """
    require_state(sheet, SheetState.CHECKED, SheetState.REFUSED)
    sheet_id = sheet.id
    if session.get(SheetFile, sheet_id) is None:
        raise RuleError(_("The file was not kept. Send it again."), code="file_not_kept")
    move(
        session,
        sheet,
        SheetState(sheet.state),
        state=SheetState.RECEIVED,
        settled=dict(settled),
        content_sha256=None,
        asks=[],
        ask_examples=None,
    )
    for table in (RowFinding, StagedRow):
        session.execute(delete(table).where(col(table.sheet_id) == sheet_id))
    return queue_check(session, sheet)


def has_file(session: Session, sheet: Sheet) -> bool:
    """Whether the bytes of a sheet were kept."""
    query = select(SheetFile.sheet_id).where(SheetFile.sheet_id == sheet.id)
    return session.exec(query).first() is not None


def clean_name(filename: str) -> str:
    """The file's own name: no folders, no invisible signs, not too long."""
    name = _UNPRINTABLE.sub("", PureWindowsPath(filename.replace("/", "\\")).name).strip()
    return name[-LONGEST_NAME:] or "sheet"


def _replaced(session: Session, sheet_id: int | None, society_id: int) -> int | None:
    if sheet_id is None:
        return None
    replaced = session.get(Sheet, sheet_id)
    if replaced is None or replaced.society_id != society_id:
        raise NotFoundError(_("There is no such record."))
    return sheet_id
