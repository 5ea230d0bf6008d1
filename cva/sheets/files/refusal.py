"""The one way to turn away a whole file."""


class RefusedError(Exception):
    """The file is not read any further.

    Attributes:
        code: A code of the catalogue of findings.
        details: What its message needs to name, such as the limit and what the file had.
        sheet: The sheet that is at fault, where one is.
        cell: The cell that is at fault, where one is.
    """

    def __init__(
        self,
        code: str,
        details: dict[str, str] | None = None,
        *,
        sheet: str | None = None,
        cell: str | None = None,
    ) -> None:
        super().__init__(code)
        self.code = code
        self.details = details or {}
        self.sheet = sheet
        self.cell = cell


def too_large(
    what: str, limit: int, had: int, *, sheet: str | None = None, cell: str | None = None
) -> RefusedError:
    """A refusal that names the limit and what the file had."""
    details = {"reason": what, "limit": f"{limit:,}", "had": f"{had:,}"}
    return RefusedError("workbook-too-large", details, sheet=sheet, cell=cell)


def unreadable(
    reason: str, part: str | None = None, *, sheet: str | None = None, cell: str | None = None
) -> RefusedError:
    """A refusal that says why the file cannot be read, and which part of it is to blame."""
    details = {"reason": reason} | ({} if part is None else {"part": shown(part)})
    return RefusedError("workbook-unreadable", details, sheet=sheet, cell=cell)


def damaged(part: str = "") -> RefusedError:
    """A refusal that names the damaged part, where one is to blame."""
    return unreadable("damaged-part" if part else "damaged", part)


def unsafe(reason: str, part: str = "") -> RefusedError:
    """A refusal of what no sheet needs, and which part it is in."""
    return RefusedError("workbook-unsafe", {"reason": reason, "part": shown(part)})


def shown(part: str) -> str:
    """The name of a part, fit to be put into a message."""
    return "".join(
        sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in part[:200]
    )
