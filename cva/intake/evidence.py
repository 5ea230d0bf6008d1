"""Scans of signed lists, on a sheet or a round: kept encrypted, asked for before acceptance."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath

from sqlalchemy import ColumnElement
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from cva.core import audit, clock
from cva.core.errors import ConflictError, InputError, RuleError
from cva.core.i18n import gettext as _
from cva.core.permissions import Permission
from cva.core.tenancy import actor_of, get_record
from cva.intake.receiving import clean_name
from cva.kinds.registry import is_handout
from cva.programmes import planning
from cva.programmes.models import Round
from cva.staging.context import SheetContext
from cva.staging.models import Evidence, Sheet, SheetState
from cva.staging.workflow import get_sheet

#: How the content of each kind begins, and what the kind is called in an answer.
KINDS = {
    "pdf": (b"%PDF-", "application/pdf"),
    "jpeg": (b"\xff\xd8\xff", "image/jpeg"),
    "png": (b"\x89PNG\r\n\x1a\n", "image/png"),
}
_ENDINGS = {"pdf": (".pdf",), "jpeg": (".jpg", ".jpeg"), "png": (".png",)}
#: A page photographed by a phone is some megabytes.
LARGEST_BYTES = 20 * 1024 * 1024
#: So many scans belong to one sheet or round at most.
MOST = 200


@dataclass(frozen=True, slots=True)
class ListedScan:
    """A scan without its content."""

    evidence_id: int
    filename: str
    kind: str
    size_bytes: int
    added_by: int
    added_at: datetime


def add_to_sheet(session: Session, sheet_id: int, filename: str, content: bytes) -> int:
    """Keep a scan with a sheet; return its number.

    Raises:
        InputError: It is no PDF, JPEG or PNG, or too large.
        ConflictError: The very same scan is kept there already.
        RuleError: The sheet came to nothing, or has as many scans as it can have.
    """
    sheet = get_sheet(session, sheet_id, Permission.SEND_SHEETS)
    if sheet.state in {SheetState.WITHDRAWN, SheetState.REFUSED}:
        raise RuleError(
            _("This sheet came to nothing, so nothing is kept with it."), code="scan_sheet_ended"
        )
    return _add(session, sheet, filename, content)


def add_to_round(session: Session, round_id: int, filename: str, content: bytes) -> int:
    """Keep a scan with a round; return its number. Refuses what ``add_to_sheet`` does."""
    found = planning.see_round(session, round_id, Permission.PREPARE)
    return _add(session, found, filename, content)


def _add(session: Session, owner: Sheet | Round, filename: str, content: bytes) -> int:
    kind, digest = _kind_of(content), hashlib.sha256(content).hexdigest()
    place = {"sheet_id" if isinstance(owner, Sheet) else "round_id": owner.id}
    known = session.exec(select(Evidence.sha256).filter_by(**place)).all()
    if len(known) >= MOST:
        raise RuleError(
            _("There are {count} scans here already.").format(count=MOST), code="scan_too_many"
        )
    if digest in known:
        raise ConflictError(_("This very scan is kept here already."), code="scan_kept_already")
    kept = Evidence(
        society_id=owner.society_id,
        **place,
        filename=clean_name(filename),
        kind=kind,
        size_bytes=len(content),
        sha256=digest,
        content=content,
        added_by=actor_of(session).user_id,
        added_at=clock.now(),
    )
    session.add(kept)
    session.flush()
    audit.record_about(session, audit.Act.EVIDENCE_ADDED, kept, kind=kind, size_bytes=len(content))
    return kept.id


def _kind_of(content: bytes) -> str:
    """What a file is, by how it begins."""
    if len(content) > LARGEST_BYTES:
        message = _("A scan has at most {size} MB. Make it smaller, or split it.").format(
            size=LARGEST_BYTES // (1024 * 1024)
        )
        raise InputError(message, {"file": [message]}, code="scan_too_large")
    for kind, (beginning, _type) in KINDS.items():
        if content.startswith(beginning):
            return kind
    message = _("A scan is a PDF, JPEG or PNG file. Choose one of these.")
    raise InputError(message, {"file": [message]}, code="scan_kind")


def _named(filename: str, kind: str) -> str:
    """The name as it was sent, with the ending of what the file is."""
    path, endings = PurePath(filename), _ENDINGS[kind]
    if path.suffix.lower() in endings:
        return filename
    is_scan = path.suffix.lower() in {each for known in _ENDINGS.values() for each in known}
    return f"{path.stem if is_scan else filename}{endings[0]}"


def of_sheet(session: Session, sheet_id: int) -> list[ListedScan]:
    """The scans of a sheet, in the order they were added."""
    return _listed(session, col(Evidence.sheet_id) == sheet_id)


def of_round(session: Session, round_id: int) -> list[ListedScan]:
    """The scans of a round, in the order they were added."""
    return _listed(session, col(Evidence.round_id) == round_id)


def _listed(session: Session, is_there: ColumnElement[bool]) -> list[ListedScan]:
    rows = session.execute(
        select_columns(
            *(col(Evidence.id), col(Evidence.filename), col(Evidence.kind)),
            *(col(Evidence.size_bytes), col(Evidence.added_by), col(Evidence.added_at)),
        )
        .where(is_there)
        .order_by(col(Evidence.id))
    )
    return [
        ListedScan(evidence_id, _named(filename, kind), kind, *rest)
        for evidence_id, filename, kind, *rest in rows
    ]


def take(session: Session, evidence_id: int) -> tuple[str, str, bytes]:
    """Name, media type and content of a scan; who took it out is recorded.

    Raises:
        NotFoundError: There is none within the actor's societies.
        ForbiddenError: The actor's role does not see sheets.
    """
    found = get_record(session, Evidence, evidence_id, Permission.SEE_SHEETS)
    audit.record_about(session, audit.Act.EVIDENCE_READ, found)
    name = _named(found.filename, found.kind)
    return name, KINDS[found.kind][1], found.content


def kept_elsewhere(session: Session, evidence_id: int) -> list[tuple[int | None, str | None]]:
    """Where the society keeps the very same file too: the id of a sheet, or the code of a round.

    Raises:
        NotFoundError: There is no such scan within the actor's societies.
    """
    found = get_record(session, Evidence, evidence_id, Permission.SEE_SHEETS)
    rows = session.execute(
        select_columns(col(Evidence.sheet_id), col(Round.code))
        .join(Round, col(Round.id) == Evidence.round_id, isouter=True)
        .where(
            col(Evidence.society_id) == found.society_id,
            col(Evidence.sha256) == found.sha256,
            col(Evidence.id) != evidence_id,
        )
        .order_by(col(Evidence.id))
    )
    return [(sheet_id, round_code) for sheet_id, round_code in rows]


def refuse_without_evidence(context: SheetContext) -> None:
    """Let a record of hand-out be accepted only with its evidence.

    What vendors claim and providers answer has no signed list.

    Raises:
        RuleError: Neither the sheet nor its round has a scan.
    """
    session, sheet = context.session, context.sheet
    if not is_handout(sheet) or of_sheet(session, sheet.id):
        return
    if sheet.round_id is None or not of_round(session, sheet.round_id):
        raise RuleError(
            _("This programme asks for the signed list. Add a scan of it to the sheet first."),
            code="scan_missing",
        )
