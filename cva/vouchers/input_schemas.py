"""Books and movements as forms, programs and commands say them: texts by name."""

from collections.abc import Mapping

from sqlmodel import Session

from cva.core.dates import parse_day
from cva.core.errors import InputError
from cva.core.form_errors import FormErrors
from cva.core.i18n import gettext as _
from cva.core.money import parse
from cva.programmes import service as programmes
from cva.vouchers import vendors
from cva.vouchers.books import Move, NewBook, get_book
from cva.vouchers.models import MoveKind
from cva.vouchers.request_texts import day_said


def book_said(session: Session, society_id: int, said: Mapping[str, str]) -> NewBook:
    """A book to register: ``programme``, ``code``, ``first``, ``last``, and ``face`` or ``goods``.

    Raises:
        InputError: Something is missing or cannot be read.
        NotFoundError: The society has no such programme.
    """
    programme = programmes.find_programme(session, society_id, said.get("programme", ""))
    currency = said.get("currency", "").strip().upper() or programme.currency
    face, vendor = said.get("face", "").strip(), said.get("vendor", "").strip()
    faults = FormErrors()
    new = NewBook(
        programme_id=programme.id,
        code=said.get("code", ""),
        first=said.get("first", ""),
        last=said.get("last", ""),
        kind=said.get("kind", ""),
        goods=said.get("goods", ""),
        currency=currency if face else None,
        face_minor=faults.read("face", lambda: parse(face, currency).minor, 0) if face else None,
        expires_on=faults.read("expires_on", lambda: parse_day(said.get("expires_on", "")), None),
        vendor=vendors.find_vendor(session, society_id, vendor) if vendor else None,
    )
    faults.refuse()
    return new


def move_said(session: Session, book_id: int, said: Mapping[str, str]) -> Move:
    """Numbers that moved: ``kind``, ``on``, ``first``, ``last``, ``team``.

    Raises:
        InputError: The kind is none, or the day cannot be read or lies in the future.
    """
    book = get_book(session, book_id)
    kind = said.get("kind", "")
    if kind not in set(MoveKind):
        message = _("Choose one of: {kinds}.").format(kinds=", ".join(MoveKind))
        raise InputError(message, {"kind": [message]})
    return Move(
        book_id=book_id,
        kind=MoveKind(kind),
        moved_on=day_said(session, book.society_id, said),
        first=said.get("first", ""),
        last=said.get("last", ""),
        team=said.get("team", ""),
    )
