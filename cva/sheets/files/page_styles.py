"""What a web page says of how its cells look, by attributes and by rules for classes."""

import re
from collections.abc import Mapping

from cva.sheets.files.cell_styles import ORDINARY, CellStyle

_RULE = re.compile(rb"\.([\w-]+)\s*\{([^}]*)\}")
_STYLES = re.compile(rb"<style\b[^>]*>(.*?)</style", re.IGNORECASE | re.DOTALL)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)", re.IGNORECASE)
_STRUCK = re.compile(r"text-decoration[^;]*:[^;]*line-through", re.IGNORECASE)
_WHITE = re.compile(r"(?<![-\w])color\s*:\s*(?:white\b|#fff\b|#ffffff\b)", re.IGNORECASE)
_FILLED = re.compile(
    r"background(?:-color)?\s*:\s*(?!white\b|#fff\b|#ffffff\b|none|transparent)", re.IGNORECASE
)
_MOST_RULES = 10_000


class PageStyles:
    """How the cells of one table look.

    Attributes:
        row: The attributes of the row at hand.
        cell: Those of the cell at hand.
    """

    def __init__(self, rules: Mapping[str, str], table: Mapping[str, str]) -> None:
        self._rules, self._table = rules, table
        self.row: Mapping[str, str] = {}
        self.cell: Mapping[str, str] = {}

    @staticmethod
    def rules_of(content: bytes) -> dict[str, str]:
        """By class what the page's own rules say of it."""
        found: dict[str, str] = {}
        for style in _STYLES.findall(content):
            for name, rule in _RULE.findall(style)[:_MOST_RULES]:
                key = name.decode("utf-8", "replace").lower()
                found[key] = found.get(key, "") + rule.decode("utf-8", "replace") + ";"
        return found

    def is_hidden(self, attributes: Mapping[str, str]) -> bool:
        """Whether something with these attributes is not shown."""
        return bool(_HIDDEN.search(self._look_of(attributes)))

    def of_cell(self, *, is_struck: bool) -> CellStyle:
        """What is special about the cell at hand, which may be struck out by an element in it."""
        if not self.cell and not self.row:
            return CellStyle(is_struck=True) if is_struck else ORDINARY
        return CellStyle(is_struck=is_struck or self._is_struck(), is_unseen=self._is_unseen())

    def _is_struck(self) -> bool:
        return any(_STRUCK.search(self._look_of(each)) for each in (self.cell, self.row))

    def _is_unseen(self) -> bool:
        if not any(_WHITE.search(self._look_of(each)) for each in (self.cell, self.row)):
            return False
        around = (self.cell, self.row, self._table)
        return not any("bgcolor" in each or _FILLED.search(self._look_of(each)) for each in around)

    def _look_of(self, attributes: Mapping[str, str]) -> str:
        if not attributes:
            return ""
        classes = attributes.get("class", "").lower().split()
        rules = "".join(self._rules.get(name, "") for name in classes)
        return f"{rules}{attributes.get('style', '')}"
