"""What a file is, by its first bytes and not by its name."""

PACKAGES = frozenset({"xlsx", "xlsb", "ods"})
DELIMITED = frozenset({"csv", "tsv", "txt"})
ENDINGS = PACKAGES | DELIMITED | {"xls"}

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


def ending_of(filename: str) -> str:
    """The ending in lower case without its dot; empty where there is none."""
    name = filename.replace("\\", "/").rsplit("/", 1)[-1]
    return name.rsplit(".", 1)[-1].strip().lower() if "." in name else ""


def really(content: bytes) -> str:
    """A word for what the bytes are: ``empty``, ``pdf``, ``page``, ``package``, ``text`` ..."""
    if not content.strip(b"\0 \r\n\t"):
        return "empty"
    for sign, kind in _SIGNS:
        if content.startswith(sign):
            return kind
    start = content[:512].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if start.startswith((b"<!doctype html", b"<html", b"<head", b"<body", b"<table")):
        return "page"
    if start.startswith(b"<?xml"):
        return "xml"
    return "binary" if b"\0" in content[:4096] else "text"


def holds_file(content: bytes) -> bool:
    """Whether a part of a workbook is itself a workbook, a document or an archive."""
    return really(content) in {"package", "old-office", "archive", "pdf"}


#: How a door names the format of the workbooks that we write.
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ARCHIVE = "application/zip"
