"""Writes a binary workbook (.xlsb) of one sheet, which no library does."""

import datetime as dt
import struct
import zipfile
from collections.abc import Sequence
from io import BytesIO

_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="bin" '
    'ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/>'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_FIRST_DAY = dt.datetime(1899, 12, 30)  # noqa: DTZ001 - a cell has no time zone
_BIFF = {"rows": 0, "real": 5, "text": 6, "shared": 7, "true": 4, "item": 19, "format": 44}
_DATE = 1
#: By so much the number of a cell without its column is above that of one with it.
_SHORTER = 11


def _record(number: int, data: bytes = b"") -> bytes:
    name = bytes([number]) if number < 0x80 else bytes([number & 0x7F | 0x80, number >> 7])
    size, length = b"", len(data)
    while length >= 0x80:
        size, length = size + bytes([length & 0x7F | 0x80]), length >> 7
    return name + size + bytes([length]) + data


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text.encode("utf-16-le")) // 2) + text.encode("utf-16-le")


def _cell(column: int, value: object, shared: list[str] | None, *, is_short: bool) -> bytes:
    if value is None:
        return b""
    place = struct.pack("<II", column, _DATE if isinstance(value, dt.date) else 0)
    more = _SHORTER if is_short else 0
    place = place[4:] if is_short else place
    if isinstance(value, bool):
        return _record(_BIFF["true"] + more, place + bytes([value]))
    if isinstance(value, dt.date):
        moment = dt.datetime(value.year, value.month, value.day)  # noqa: DTZ001
        value = (moment - _FIRST_DAY).days
    if isinstance(value, int | float):
        return _record(_BIFF["real"] + more, place + struct.pack("<d", value))
    if shared is None:
        return _record(_BIFF["text"] + more, place + _wide(str(value)))
    if value not in shared:
        shared.append(str(value))
    return _record(_BIFF["shared"] + more, place + struct.pack("<I", shared.index(str(value))))


def _sheet(rows: Sequence[Sequence[object]], shared: list[str] | None, *, short: bool) -> bytes:
    size = struct.pack("<IIII", 0, len(rows) - 1, 0, max(map(len, rows)) - 1)
    body = _record(129) + _record(148, size) + _record(145)
    for at, row in enumerate(rows):
        body += _record(_BIFF["rows"], struct.pack("<I", at) + bytes(21))
        body += b"".join(
            _cell(at, value, shared, is_short=short and at > 0 and row[at - 1] is not None)
            for at, value in enumerate(row)
        )
    return body + _record(146) + _record(130)


def _styles() -> bytes:
    kinds = [struct.pack("<HH", 0xFFFF, code) + bytes(12) for code in (0, 164)]
    formats = _record(_BIFF["format"], struct.pack("<H", 164) + _wide("dd.mm.yyyy"))
    cells = _record(617, struct.pack("<I", len(kinds))) + b"".join(_record(47, k) for k in kinds)
    return (
        _record(278) + _record(615, struct.pack("<I", 1)) + formats + _record(616)
        + cells + _record(618) + _record(279)
    )  # fmt: skip


def xlsb(
    *rows: Sequence[object], title: str = "List", inline: bool = False, short: bool = False
) -> bytes:
    """A binary workbook.

    Args:
        rows: Its cells.
        title: The name of its one sheet.
        inline: Texts stand in the cells themselves, not in the table that cells share.
        short: Cells beside each other are written without their column.
    """
    shared: list[str] | None = None if inline else []
    sheet = _sheet(rows, shared, short=short)
    named = struct.pack("<II", 0, 1) + _wide("rId1") + _wide(title)
    book = _record(131) + _record(143) + _record(156, named) + _record(144) + _record(132)
    texts = b"".join(_record(_BIFF["item"], b"\0" + _wide(text)) for text in shared or ())
    count = struct.pack("<II", len(shared or ()), len(shared or ()))
    related = {"worksheet": "worksheets/sheet1.bin", "styles": "styles.bin",
               "sharedStrings": "sharedStrings.bin"}  # fmt: skip
    links = "".join(
        f'<Relationship Id="rId{at}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for at, (kind, target) in enumerate(related.items(), 1)
    )
    top = f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.bin"/>'
    outer = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", _TYPES)
        package.writestr("_rels/.rels", f"{outer}{top}</Relationships>")
        package.writestr("xl/_rels/workbook.bin.rels", f"{outer}{links}</Relationships>")
        package.writestr("xl/workbook.bin", book)
        package.writestr("xl/worksheets/sheet1.bin", sheet)
        package.writestr("xl/styles.bin", _styles())
        package.writestr("xl/sharedStrings.bin", _record(159, count) + texts + _record(160))
    return target.getvalue()
