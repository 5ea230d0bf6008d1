"""Pages, style, scripts and JSON leave compressed where the client takes it.

What another site had a browser ask for is not: from the length of a compressed page one who
can choose a part of it learns the rest, letter by letter (decision 21).
"""

import gzip
from functools import lru_cache

from flask import Response, request

#: What is text and shrinks; workbooks, archives and scans are compressed already.
_KINDS = {
    "application/json",
    "image/svg+xml",
    "text/css",
    "text/html",
    "text/javascript",
}

#: Below this, compressing saves no packet.
_LEAST_BYTES = 1_000

#: Files that are the same for everybody, so that their compressed form may be kept.
_FILES = {"static", "api_page.static", "api_page.file"}


def compress(response: Response) -> Response:
    """Compress an answer that is worth it."""
    is_download = response.headers.get("Content-Disposition", "").startswith("attachment")
    if response.mimetype not in _KINDS or is_download:
        return response
    response.vary.add("Accept-Encoding")
    is_file = request.endpoint in _FILES
    is_taken = request.accept_encodings.quality("gzip") > 0
    if response.status_code == 206 or not is_taken:  # noqa: PLR2004
        return response
    if is_file:
        _weaken_tag(response)
    elif not _is_asked_by_ourselves():
        return response
    response.direct_passthrough = False
    content = response.get_data()
    if len(content) >= _LEAST_BYTES and "Content-Encoding" not in response.headers:
        response.set_data(_kept_compressed(content) if is_file else _compressed(content))
        response.headers["Content-Encoding"] = "gzip"
    return response


def _is_asked_by_ourselves() -> bool:
    """Whether no other site can have had this asked for with the cookie of a person."""
    is_own = request.headers.get("Sec-Fetch-Site") in {"same-origin", "none"}
    return is_own or not request.cookies


def _weaken_tag(response: Response) -> None:
    """The same content in other bytes has a tag of its own."""
    tag, _is_weak = response.get_etag()
    if tag is not None:
        response.set_etag(tag, weak=True)


def _compressed(content: bytes) -> bytes:
    return gzip.compress(content, compresslevel=6, mtime=0)


_kept_compressed = lru_cache(maxsize=32)(_compressed)
