"""What a web page says of how its cells and texts look, by attributes and by its own rules."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from cva.sheets.files.cell_styles import ORDINARY, CellStyle
from cva.sheets.files.page_rules import PageElement
from cva.sheets.files.text_runs import LOWERED, RAISED

_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all"
    r"|opacity\s*:\s*0*(?:\.0+)?%?\s*(?:;|!|$)",
    re.IGNORECASE,
)
_TINY = re.compile(
    r"font-size\s*:\s*(?:0|[012](?:\.\d+)?(?:px|pt))\s*(?:;|!|$)|(?<![-\w])color\s*:\s*transparent",
    re.IGNORECASE,
)
#: Moved out of the page, or cut to nothing, as for readers that speak.
_AWAY = re.compile(
    r"(?:left|top|right|bottom|indent)\s*:\s*-\d{3}|clip\s*:\s*rect\(\s*[01](?:px)?\b"
    r"|clip-path\s*:\s*inset\(\s*(?:50|100)%",
    re.IGNORECASE,
)
_STRUCK = re.compile(r"text-decoration[^;]*:[^;]*line-through", re.IGNORECASE)
_WHITE = re.compile(r"(?<![-\w])color\s*:\s*(?:white\b|#fff\b|#ffffff\b)", re.IGNORECASE)
_FILLED = re.compile(
    r"background(?:-color)?\s*:\s*(?!white\b|#fff\b|#ffffff\b|none|transparent)", re.IGNORECASE
)
_MOVED = re.compile(r"vertical-align\s*:\s*(super|sub)\b", re.IGNORECASE)
_MOVED_TO = {"super": RAISED, "sub": LOWERED, "sup": RAISED, "rt": RAISED}
_STRUCK_TAGS = frozenset({"s", "strike", "del"})


class Look(NamedTuple):
    """How an element looks.

    Attributes:
        is_hidden: It is not shown. ``is_unseen``: its text is too small, or see-through.
        position: Whether its text is raised or lowered.
    """

    is_hidden: bool = False
    is_struck: bool = False
    is_unseen: bool = False
    is_white: bool = False
    is_filled: bool = False
    position: str = ""


PLAIN_LOOK = Look()


def look_of(tag: str, attributes: Mapping[str, str], element: PageElement | None) -> Look:
    """How an element looks by itself."""
    style = f"{element.declarations if element else ''}{attributes.get('style', '')}"
    is_white = attributes.get("color", "").lower() in {"white", "#fff", "#ffffff"}
    look = _look(style, tag) if style or tag in _STRUCK_TAGS or tag in _MOVED_TO else PLAIN_LOOK
    if "hidden" in attributes or "bgcolor" in attributes or is_white:
        return look._replace(
            is_hidden=look.is_hidden or "hidden" in attributes,
            is_filled=look.is_filled or "bgcolor" in attributes,
            is_white=look.is_white or is_white,
        )
    return look


@lru_cache(maxsize=4096)
def _look(style: str, tag: str) -> Look:
    moved = _MOVED.search(style)
    return Look(
        is_hidden=_HIDDEN.search(style) is not None,
        is_struck=tag in _STRUCK_TAGS or _STRUCK.search(style) is not None,
        is_unseen=(_TINY.search(style) or _AWAY.search(style)) is not None,
        is_white=_WHITE.search(style) is not None,
        is_filled=_FILLED.search(style) is not None,
        position=_MOVED_TO.get(moved[1].lower() if moved else tag, ""),
    )


class PageStyles:
    """How the cells of one table look.

    Attributes:
        row: The look of the row at hand. ``cell``: that of the cell at hand.
    """

    def __init__(self, table: Look) -> None:
        self._table = table
        self.row = self.cell = PLAIN_LOOK

    @property
    def is_filled(self) -> bool:
        """Whether there is a colour behind the text of the cell at hand."""
        return any(each.is_filled for each in (self.cell, self.row, self._table))

    def of_cell(self, *, is_struck: bool, is_unseen: bool) -> CellStyle:
        """What is special about the cell at hand.

        Args:
            is_struck: All of its text is struck out by an element in it.
            is_unseen: None of its text can be seen, for what is in it or for its column.
        """
        looks = self.cell, self.row
        if not is_struck and not is_unseen and looks == (PLAIN_LOOK, PLAIN_LOOK):
            return ORDINARY
        is_white = any(each.is_white for each in looks) and not self.is_filled
        return CellStyle(
            is_struck=is_struck or any(each.is_struck for each in looks),
            is_unseen=is_unseen or is_white or any(each.is_unseen for each in looks),
        )
