"""What the catalogue says of one code."""

from collections.abc import Callable
from dataclasses import dataclass

ERROR = "error"
WARNING = "warning"
INFO = "info"
#: An error in a required field, else a warning.
CELL = "cell"

#: Marks a text for translation; it is translated when it is shown.
N_: Callable[[str], str] = str


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
