"""The control sheet and the stop list as pages of a workbook."""

from collections.abc import Sequence

from cva.core.i18n import gettext as _
from cva.sheets.writing.table_workbook import TableColumn, TablePage, TableValue
from cva.vouchers.control_sheet import HANDED_OUT, PRINTED, ControlCount, ControlLine, ControlSheet
from cva.vouchers.labels import part_name, voucher_state_name
from cva.vouchers.numbering import number_of
from cva.vouchers.stop_lists import Stop


def control_pages(control: ControlSheet, stops: Sequence[Stop], title: str) -> list[TablePage]:
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
        TablePage(
            _("Stop list"),
            (title, _("No vendor may take these numbers.")),
            [
                TableColumn(_("Number"), 20),
                TableColumn(_("State"), 16),
                TableColumn(_("Since"), 12),
            ],
            [[stop.number, voucher_state_name(stop.kind), stop.since] for stop in stops],
        ),
    ]


def _page(
    title: str,
    above: Sequence[str],
    whole: str,
    parts: Sequence[str],
    lines: Sequence[ControlLine],
    *,
    in_value: bool = False,
) -> TablePage:
    """One identity of all books: the whole, its parts, and what they lack."""
    width = 16 if in_value else 11
    headings = [part_name(whole), *map(part_name, parts), _("Difference")]
    columns = [
        TableColumn(_("Book"), 14),
        TableColumn(_("Programme"), 13),
        TableColumn(_("Numbers"), 22),
        TableColumn(_("Currency"), 10),
        TableColumn(_("Face value"), 12),
        TableColumn(_("Expires on"), 13),
        *(TableColumn(heading, width, is_summed=True) for heading in headings),
    ]
    rows: list[Sequence[TableValue]] = []
    for line in lines:
        identity = line.printed if whole == "printed" else line.handed_out
        if identity is None or (in_value and not line.currency):
            continue
        counts = [identity.whole, *(identity.parts[name] for name in parts), identity.difference]
        rows.append([*_about(line), *(line.money(c) if in_value else c.pieces for c in counts)])
    return TablePage(title, above, columns, rows, currency_column=3)


def _about(line: ControlLine) -> list[TableValue]:
    book = line.book
    if book is None:
        return [_("in no book"), line.programme, "", line.currency or "", None, None]
    numbers = f"{number_of(book, book.first)} – {number_of(book, book.last)}"
    return [
        book.code,
        line.programme,
        numbers,
        line.currency or "",
        line.money(ControlCount(1, book.face_minor or 0)),
        book.expires_on,
    ]
