"""What a file is, by its first bytes and not by its name."""

import re

from cva.sheets.files.refusal import unreadable

#: By ending the form of a workbook that is a package of parts.
_PACKAGES = {"xlsx": "xlsx", "xlsm": "xlsx", "xlsb": "xlsb", "ods": "ods"}
DELIMITED = frozenset({"csv", "tsv", "txt"})
_MARKUP = frozenset({"html", "htm", "xml"})
_OLD = "xls"
#: Endings of files that may turn out to be text: many programs call a web page or a text .xls.
_PERHAPS_TEXT = DELIMITED | _MARKUP | {_OLD}
ENDINGS = frozenset(_PACKAGES) | _PERHAPS_TEXT
#: Forms of files that are text.
TEXT, PAGE, XML = "text", "page", "xml"

OLD_OFFICE = bytes.fromhex("d0cf11e0a1b11ae1")
ZIP = b"PK\x03\x04"
_SIGNS = (
    (b"%PDF", "pdf"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"\x1f\x8b", "archive"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"PK\x05\x06", "archive"),
    (OLD_OFFICE, "old-office"),
    (ZIP, "package"),
)
#: How a web page begins, whatever stands above its table.
_PAGE = re.compile(
    rb"(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body|table|thead|tbody|tr|meta|style|title"
    rb"|div|center|font|p|h[1-6]|script|link|span|b)\b",
    re.IGNORECASE | re.DOTALL,
)
_SPREADSHEET = re.compile(rb"<(?:\w+:)?Workbook\b")


def ending_of(filename: str) -> str:
    """The ending in lower case without its dot; empty where there is none."""
    name = filename.replace("\\", "/").rsplit("/", 1)[-1]
    return name.rsplit(".", 1)[-1].strip().lower() if "." in name else ""


def really(content: bytes) -> str:
    """A word for what the bytes are: ``empty``, ``pdf``, ``page``, ``package``, ``text`` ..."""
    if _is_blank(content):
        return "empty"
    for sign, kind in _SIGNS:
        if content.startswith(sign):
            return kind
    start = content[:4096].lstrip(b"\xef\xbb\xbf \r\n\t")
    if _PAGE.match(start):
        return "page"
    if start.startswith(b"<?xml") or _SPREADSHEET.match(start):
        return "xml"
    return "binary" if b"\0" in content[:4096] else "text"


def may_be_text(content: bytes, ending: str) -> bool:
    """Whether its ending and its first bytes allow a file to be text."""
    if ending in DELIMITED and _is_blank(content):
        return True
    return ending in _PERHAPS_TEXT and really(content) in {TEXT, PAGE, XML, "binary"}


def form_of(content: bytes, ending: str) -> str:
    """How a file is to be read: a kind of workbook, ``text``, ``page`` or ``xml``.

    Args:
        content: The file; where it is text, in UTF-8.
        ending: Its ending, one of ``ENDINGS``.

    Raises:
        RefusedError: It is nothing that this ending may stand for.
    """
    if form := _PACKAGES.get(ending):
        return form
    kind = really(content)
    if kind in {TEXT, PAGE, XML}:
        return kind
    if kind == "empty" and ending in DELIMITED:
        return TEXT
    if ending == _OLD and kind == "old-office":
        return _OLD
    raise unreadable(f"is-{kind}")


def _is_blank(content: bytes) -> bool:
    return not content.strip(b"\0 \r\n\t")


def holds_file(content: bytes) -> bool:
    """Whether a part of a workbook is itself a workbook, a document or an archive."""
    return really(content) in {"package", "old-office", "archive", "pdf"}


#: How a door names the format of the workbooks that we write.
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ARCHIVE = "application/zip"
