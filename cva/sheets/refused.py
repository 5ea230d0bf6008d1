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
