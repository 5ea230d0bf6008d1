"""What the parts of an address may be."""

from urllib.parse import urlsplit

from werkzeug.routing import BaseConverter, IntegerConverter, Map

#: The largest number a record can have; a larger one in an address is simply not there.
LARGEST_ID = 2**31 - 1


class RecordNumberPart(IntegerConverter):
    """A whole number that a record can have."""

    def __init__(
        self,
        url_map: Map,
        fixed_digits: int = 0,
        min: int | None = None,  # noqa: A002
        max: int | None = LARGEST_ID,  # noqa: A002
        signed: bool = False,  # noqa: FBT001, FBT002
    ) -> None:
        super().__init__(url_map, fixed_digits, min, max, signed)


class PersonNumber(IntegerConverter):
    """The random number of a person's record, of 63 bits."""

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map, max=2**63 - 1)


def own_path(address: str) -> str | None:
    """The address if it is a path of this site, so that nobody is sent elsewhere."""
    parts = urlsplit(address.replace("\\", "/"))
    is_path = address.startswith("/") and not parts.scheme and not parts.netloc
    return address if is_path and address.isprintable() else None


class Secret(BaseConverter):
    """What a link that works once is known by."""

    regex = r"[A-Za-z0-9_-]{20,100}"
