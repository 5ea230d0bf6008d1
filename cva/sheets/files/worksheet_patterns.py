"""What a worksheet's elements look like in bytes, whatever prefix its elements have."""

import re
from functools import lru_cache

Bytes = bytes | bytearray

#: The rest of a cell in which nothing stands.
_EMPTY = rb"[^<>\"']*(?:(?:\"[^\"<>]*\"|'[^'<>]*')[^<>\"']*)*(?<!\?)(?:/>|>\s*</)"
# A reference begins with its letter and nothing else in a sheet does: no need to look for the
# element around it, which would take five times as long.
BEYOND_Z = re.compile(rb"r=[\"']([A-Z]{2,})([0-9]+)[\"'](?!" + _EMPTY + rb")")
#: What stands in a cell, whatever its prefix.
FILLED = re.compile(rb"<(?:[^\s<>/]*:)?(?:v|is|f)[\s/>]")
_NAMELESS = rb"<@c(?=[\s/>])(?![^>]*\br=)"
#: A name that XML allows and that the patterns here do not find. It begins with its letter, which
#: is looked for six times as fast as the edge of a word.
SPACED_NAME = re.compile(rb"r(?<=\br)(?:\s+=\s*|=\s+)[\"']")
REFERENCE = re.compile(rb"\br=[\"']([A-Z]{1,3})([0-9]{1,7})[\"']")
ROW_NUMBER = re.compile(rb"\br=[\"']([0-9]+)[\"']")
HIDDEN = re.compile(rb"\bhidden=[\"'](?:1|true)[\"']")
#: The height of a row, and the width of a column, in which nothing can be seen.
FLAT = re.compile(rb"\bht=[\"'][01]?(?:\.[0-9]+)?[\"']")
NARROW = re.compile(rb"\bwidth=[\"']0?(?:\.[0-9]+)?[\"']")
SPAN = re.compile(rb"\b(min|max)=[\"']([0-9]{1,7})[\"']")
MERGE = re.compile(rb"ref=[\"']([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})[\"']")
_ROOT = re.compile(rb"<(\w+:)?(?:worksheet|sst)\b")
TAG_ENDS = (b">", b" ", b"/", b"\n", b"\r", b"\t")
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)


class Patterns:
    """The patterns for one prefix, such as ``x:``; most files have none."""

    def __init__(self, prefix: bytes) -> None:
        def pattern(text: bytes) -> "re.Pattern[bytes]":
            return re.compile(text.replace(b"@", re.escape(prefix)))

        self.prefix = prefix.decode()
        self.opening_row = b"<" + prefix + b"row"
        self.opening_table = b"<" + prefix + b"sheetData"
        self.opening_cell = b"<" + prefix + b"c"
        self.opening_value = b"<" + prefix + b"v"
        self.opening_formula = b"<" + prefix + b"f"
        self.opening_inline = b"<" + prefix + b"is"
        self.closing_sheet = b"</" + prefix + b"worksheet>"
        self.closing_table = b"</" + prefix + b"sheetData>"
        self.opening_text = b"<" + prefix + b"si"
        self.row = pattern(rb"<@row\b((?:[^>]*?\br=[\"']([0-9]+)[\"'])?[^>]*)>")
        self.column = pattern(rb"<@col\b([^>]*)>")
        self.merge = pattern(rb"<@mergeCell\b([^>]*)>")
        self.error = pattern(
            rb"<@c\b([^>]*\bt=[\"']e[\"'][^>]*)>\s*(?:<@f\b[^>]*/>|<@f\b[^>]*>[^<]*</@f>)?"
            rb"\s*<@v>([^<]*)</@v>"
        )
        self.named_text = pattern(rb"t=[\"']s[\"'][^>]*>\s*(?:<@f[^<]*</@f>)?<@v>([0-9]+)<")
        self.nameless = pattern(_NAMELESS)
        #: A value with a reference such as ``&#50;``, or with something of XML within.
        self.marked_value = pattern(rb"<@v\b[^>]*(?<!/)>[^<&]*(&|<(?!/))")
        self.fraction = pattern(rb"\.([0-9]+)([eE]-?[0-9]+)?</@v>")
        self.spoken = pattern(rb"<@[tv]\b[^>]*>([^<]*)<")

    def cells(self, table: Bytes) -> int:
        """How many cells there are; counting makes nothing that takes memory."""
        return table.count(self.opening_cell)

    def filled(self, table: Bytes) -> int:
        """In how many cells something stands, or a few more."""
        values, formulas = table.count(self.opening_value), table.count(self.opening_formula)
        return max(values, formulas) + table.count(self.opening_inline)


@lru_cache(maxsize=16)
def _of_prefix(prefix: bytes) -> Patterns:
    return Patterns(prefix)


def patterns_of(content: Bytes) -> Patterns:
    """The patterns for the prefix that the part's root has."""
    root = _ROOT.search(content[:4096])
    return _of_prefix((root[1] if root else None) or b"")


def without_comments(content: Bytes) -> Bytes:
    """The part without comments above and below its table; those within it stay."""
    if b"<!--" not in content:
        return content
    table = content.find(b"sheetData>")
    end = content.rfind(b"sheetData>")
    if table < 0:
        return _COMMENT.sub(b"", content)
    return (
        _COMMENT.sub(b"", content[:table]) + content[table:end] + _COMMENT.sub(b"", content[end:])
    )
