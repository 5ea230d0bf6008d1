"""The control sheet and the stop list as pages of a workbook."""

from collections.abc import Sequence

from cva.core.words import gettext as _
from cva.sheets.writing.workbook import Column, Page, Value
from cva.vouchers.control import HANDED_OUT, PRINTED, Control, Count, Line
from cva.vouchers.numbering import number_of
from cva.vouchers.stops import Stop
from cva.vouchers.words import part_name, state_name


def control_pages(control: Control, stops: Sequence[Stop], title: str) -> list[Page]:
    """Both identities of every book, in pieces and in value; and what no vendor may take."""
    lines = (title, _("As of {day}").format(day=control.on.isoformat()))
    printed = [line for line in control.lines if line.printed]
    return [
        _page(_("Printed"), lines, "printed", PRINTED, printed),
        _page(_("Printed, value"), lines, "printed", PRINTED, printed, in_value=True),
        _page(_("Handed out"), lines, "handed_out", HANDED_OUT, control.lines),
        _page(
            _("Handed out, value"), lines, "handed_out", HANDED_OUT, control.lines, in_value=True
        ),
        Page(
            _("Stop list"),
            (title, _("No vendor may take these numbers.")),
            [Column(_("Number"), 20), Column(_("State"), 16), Column(_("Since"), 12)],
            [[stop.number, state_name(stop.kind), stop.since] for stop in stops],
        ),
    ]


def _page(
    title: str,
    above: Sequence[str],
    whole: str,
    parts: Sequence[str],
    lines: Sequence[Line],
    *,
    in_value: bool = False,
) -> Page:
    """One identity of all books: the whole, its parts, and what they lack."""
    width = 16 if in_value else 11
    headings = [part_name(whole), *map(part_name, parts), _("Difference")]
    columns = [
        Column(_("Book"), 14),
        Column(_("Programme"), 13),
        Column(_("Numbers"), 22),
        Column(_("Currency"), 10),
        Column(_("Face value"), 12),
        Column(_("Expires on"), 13),
        *(Column(heading, width, is_summed=True) for heading in headings),
    ]
    rows: list[Sequence[Value]] = []
    for line in lines:
        identity = line.printed if whole == "printed" else line.handed_out
        if identity is None or (in_value and not line.currency):
            continue
        counts = [identity.whole, *(identity.parts[name] for name in parts), identity.difference]
        rows.append([*_about(line), *(line.money(c) if in_value else c.pieces for c in counts)])
    return Page(title, above, columns, rows, currency_column=3)


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
