"""Workbooks that are well made, and that the library which reads workbooks takes wrongly.

Each is given to it in the form that it knows; what stands in the cells stays what it is.
"""

import re
import struct
from collections.abc import Mapping

from cva.sheets.files.binary_records import with_columns
from cva.sheets.files.workbook_parts import with_parts
from cva.sheets.files.worksheet_patterns import Bytes

#: An open document whose elements stand on lines of their own. No text holds an element of tables.
_INDENTED = re.compile(rb"(?<=>)\s+(?=</?table:)|(?<=</text:p>)\s+(?=</table:)")
_INDENT_OF_TEXT = re.compile(rb"(<table:(?:covered-)?table-cell\b[^<>]*>)\s+(?=<text:p\b)")
_WITH_UNIT = re.compile(
    rb"<table:table-cell\b[^<>]*\soffice:value-type=[\"'](currency|percentage)[\"'][^<>]*>"
)
_VALUE_TYPE = re.compile(rb"\soffice:value-type=[\"'][a-z]+[\"']")
_NUMBER = re.compile(rb"\soffice:value=[\"'](-?[0-9]{1,15}(?:\.[0-9]{1,15})?)[\"']")
_CURRENCY = re.compile(rb"\soffice:currency=[\"']([A-Z]{3})[\"']")
CONTENT = "content.xml"
#: How the globals of a workbook of Excel 97 and later begin: their texts are always Unicode.
_BOOK = bytes.fromhex("09081000000605 00")
_CODE_PAGE, _UNICODE = 0x42, (1200).to_bytes(2, "little")
_HEAD = struct.Struct("<HH")
_RECORDS = 60


def readable(content: bytes, form: str, parts: Mapping[str, Bytes]) -> bytes:
    """A workbook as the library reads it; itself where it is so already.

    Args:
        content: The workbook.
        form: Its form.
        parts: Its worksheets, or of an open document its content.

    Raises:
        RefusedError: A worksheet is cut short.
    """
    if form == "xls":
        return with_unicode(content)
    if form == "xlsb":
        return with_columns(content, parts)
    part = parts.get(CONTENT, b"")
    mended = with_units(without_indent(part))
    return content if mended is part else with_parts(content, {CONTENT: bytes(mended)})


def without_indent(part: Bytes) -> Bytes:
    """An open document without blanks between the elements of its tables.

    Gnumeric and SheetJS write them; the library gives up over them.
    """
    if not _INDENTED.search(part):
        return part
    return _INDENT_OF_TEXT.sub(rb"\1", _INDENTED.sub(b"", part))


def with_units(part: Bytes) -> Bytes:
    """An open document whose numbers of a currency, or in percent, are texts that say so.

    The library gives the numbers alone, and 500 dollars would be 500 of what the heading names.
    """
    return _WITH_UNIT.sub(_as_text, part) if _WITH_UNIT.search(part) else part


def _as_text(found: "re.Match[bytes]") -> bytes:
    opening = found[0]
    number, currency = _NUMBER.search(opening), _CURRENCY.search(opening)
    if number is None or (found[1] == b"currency" and currency is None):
        return opening
    value = number[1]
    text = currency[1] + b" " + value if currency else b"%.10g%%" % (100 * float(value))
    opening = _NUMBER.sub(b' office:string-value="' + text + b'"', opening)
    return _VALUE_TYPE.sub(b' office:value-type="string"', opening)


def with_unicode(content: bytes) -> bytes:
    """An old workbook that says of its texts what they are.

    Libraries of Perl and PHP name the code page of Windows there, and write Unicode all the same.
    The library believes them, so that every letter is followed by a zero or a wrong sign.
    """
    at = content.find(_BOOK)
    if at < 0:
        return content
    for _record in range(_RECORDS):
        if at + _HEAD.size > len(content):
            return content
        kind, length = _HEAD.unpack_from(content, at)
        at += _HEAD.size
        if kind == _CODE_PAGE and length == len(_UNICODE):
            return content[:at] + _UNICODE + content[at + length :]
        at += length
    return content
