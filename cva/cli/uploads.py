"""Uploads that are too large: taken off the line without being kept, so that they get an answer.

A server that hangs up on a caller who is still sending breaks the line: a browser then shows its
own error and never reads why.
"""

from typing import Any

from typing_extensions import override
from waitress.buffers import OverflowableBuffer
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser

#: From this size on a request is not even taken off the line.
MOST_SENT = 1 << 30


class BoundedBuffer(OverflowableBuffer):  # type: ignore[misc]
    """The body of a request, of which nothing is kept once it is too large; it is counted on."""

    buf: Any
    strbuf: bytes

    def __init__(self, overflow: int, most: int) -> None:
        super().__init__(overflow)
        self._most = most
        self._received = 0

    @override
    def __len__(self) -> int:
        return self._received

    @override
    def append(self, s: bytes) -> None:
        self._received += len(s)
        if self._received <= self._most:
            super().append(s)
        elif self.buf is not None or self.strbuf:
            self.close()
            self.buf, self.strbuf, self.overflowed = None, b"", False


def channel_for(most: int) -> type[Any]:
    """The connections of a server that keeps bodies of at most so many bytes.

    A larger one reaches the application with its true length and without its content.
    """

    class Parser(HTTPRequestParser):  # type: ignore[misc]
        @override
        def parse_header(self, header_plus: bytes) -> None:
            super().parse_header(header_plus)
            if self.body_rcv is not None:
                self.body_rcv.buf = BoundedBuffer(self.adj.inbuf_overflow, most)

    class Channel(HTTPChannel):  # type: ignore[misc]
        parser_class = Parser

    return Channel
