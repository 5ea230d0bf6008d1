"""The control sheet and the stop list as pages of a workbook."""

from collections.abc import Sequence

from cva.core.words import gettext as _
from cva.sheets.workbook import Column, Page, Value
from cva.vouchers.control import HANDED_OUT, PRINTED, Control, Count, Identity, Line
from cva.vouchers.numbering import number_of
from cva.vouchers.stops import Stop
from cva.vouchers.words import part_name, state_name


def control_pages(control: Control, stops: Sequence[Stop], title: str) -> list[Page]:
    """Where every voucher is, first in pieces, then in value; and what no vendor may take."""
    lines = (title, _("As of {day}").format(day=control.on.isoformat()))
    return [
        Page(_("In pieces"), lines, _columns(), [_pieces(line) for line in control.lines]),
        Page(
            _("In value"),
            lines,
            _columns(),
            [_values(line) for line in control.lines if line.currency],
            currency_column=3,
        ),
        Page(
            _("Stop list"),
            (title, _("No vendor may take these numbers.")),
            [Column(_("Number"), 20), Column(_("State"), 16), Column(_("Since"), 12)],
            [[stop.number, state_name(stop.kind), stop.since] for stop in stops],
        ),
    ]


def _columns() -> list[Column]:
    return [
        Column(_("Book"), 14),
        Column(_("Programme"), 12),
        Column(_("Numbers"), 20),
        Column(_("Currency"), 9),
        Column(_("Face value"), 11),
        Column(_("Expires on"), 12),
        Column(_("Printed"), 11, is_summed=True),
        *(Column(part_name(name), 11, is_summed=True) for name in PRINTED),
        Column(_("Difference"), 11, is_summed=True),
        *(
            Column(_("Handed out: {part}").format(part=part_name(name)), 11, is_summed=True)
            for name in HANDED_OUT
        ),
        Column(_("Difference"), 11, is_summed=True),
    ]


def _about(line: Line) -> list[Value]:
    book = line.book
    if book is None:
        return [_("in no book"), line.programme, "", line.currency or "", None, None]
    numbers = f"{number_of(book, book.first)} – {number_of(book, book.last)}"
    return [
        book.code,
        line.programme,
        numbers,
        line.currency or "",
        line.money(Count(1, book.face_minor or 0)),
        book.expires_on,
    ]


def _pieces(line: Line) -> list[Value]:
    return [*_about(line), *(None if each is None else each.pieces for each in _counts(line))]


def _values(line: Line) -> list[Value]:
    return [*_about(line), *(None if each is None else line.money(each) for each in _counts(line))]


def _counts(line: Line) -> list[Count | None]:
    """Both identities, each followed by its difference; in no book there is only the second."""
    given = line.handed_out
    known = [line.printed.whole, *_parts(line.printed, PRINTED)] if line.printed else None
    nothing: list[Count | None] = [None, *(None for _name in PRINTED), None]
    nothing[1 + PRINTED.index("handed_out")] = given.whole
    return [*(known or nothing), *_parts(given, HANDED_OUT)]


def _parts(identity: Identity, names: Sequence[str]) -> list[Count]:
    return [*(identity.parts[name] for name in names), identity.difference]
