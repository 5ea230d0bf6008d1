"""What the catalogue says of one code."""

from collections.abc import Mapping
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
    """

    title: str
    level: str
    template: str


def entries(level: str, texts: Mapping[str, tuple[str, str]]) -> dict[str, CatalogueEntry]:
    """Codes of one level, each with its title and its template."""
    return {
        code: CatalogueEntry(title, level, template) for code, (title, template) in texts.items()
    }
