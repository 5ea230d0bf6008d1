"""What the catalogue says of one code."""

from dataclasses import dataclass

ERROR = "error"
WARNING = "warning"
INFO = "info"
#: An error in a required field, else a warning.
CELL = "cell"


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """One code of the catalogue.

    Attributes:
        title: A few words.
        level: ``error``, ``warning``, ``info``, or ``cell``: an error in a required field only.
        template: The message, with the names of the finding's details in braces.
        refuses: Whether it turns the whole file away.
    """

    title: str
    level: str
    template: str
    refuses: bool = False
