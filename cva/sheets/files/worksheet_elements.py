"""What a worksheet of an .xlsx says beside its values, in one pass over its elements.

The library that reads workbooks gives values only: it drops error cells, formulas that were never
calculated, number formats and struck out text without a word.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache, partial
from typing import NoReturn
from xml.parsers import expat

from cva.sheets.files.cell_addresses import cell, column_of, letter
from cva.sheets.files.refusal import unreadable
from cva.sheets.files.text_runs import LOOKS, RichTexts, TextRun, shown_text
from cva.sheets.files.worksheet_facts import Beside, StyledRun
from cva.sheets.files.worksheet_patterns import Bytes, Patterns

#: Kinds of cells whose value is not a number: an error, a shared text, the text of a formula.
_ERROR, _SHARED, _TEXT = "e", "s", "str"
_KINDS_OF_TEXT = frozenset({_ERROR, _SHARED})
#: The kind of cell with a text in an element of its own, which Excel reads in no other cell.
_OWN_TEXT = "inlineStr"
_TEXTS_IN_VALUES = frozenset({_TEXT, _OWN_TEXT})
_MOST_DIGITS = 9
_NAME = re.compile("[A-Z]+[0-9]+")
#: Signs that XML does not allow and that some programs write all the same; nobody sees them.
_CONTROL_SIGN = re.compile(
    rb"&#(?:0*(?:[0-8]|1[124-9]|2[0-9]|3[01])|x0*(?:[0-8bcef]|1[0-9a-f]));", re.IGNORECASE
)
#: What Excel does not see either; it is no sign of the text, and keeps the place of one.
_UNSEEN_SIGN = b"&#8288;"
_column_of = lru_cache(maxsize=1024)(column_of)


@lru_cache(maxsize=1024)
def _letters_behind(letters: str) -> str:
    """The letters of the column right of another; of the first where there is none."""
    return letter(column_of(letters) + 1)


class TablePass:
    """Goes through the table of one worksheet, element by element.

    Args:
        name: The name of the sheet, for refusals.
        patterns: Those of the part, with what its elements begin with, mostly nothing.
        styles: The numbers of the special styles.
        texts: The texts of which parts look otherwise.
        colours: By the numbers of styles that colour a cell, the colour.
        found: What is filled in.
    """

    def __init__(
        self,
        name: str,
        patterns: Patterns,
        styles: Collection[str],
        texts: RichTexts,
        colours: Mapping[str, str],
        found: Beside,
    ) -> None:
        self._sheet = name
        self._patterns, prefix = patterns, patterns.prefix
        self._styles, self._texts, self._found = styles, texts, found
        self._colours = colours
        self._looks = {*styles, *colours}
        self._elements = {
            f"{prefix}c": self._cell,
            f"{prefix}v": self._value,
            f"{prefix}row": self._row,
            f"{prefix}f": self._formula,
            f"{prefix}is": self._text_of_its_own,
        }
        self._inline = {
            f"{prefix}is": self._inline_text,
            f"{prefix}r": self._run_of_text,
            f"{prefix}rPh": self._pronunciation,
            f"{prefix}t": self._text,
        } | {f"{prefix}{name}": partial(self._look, name) for name in LOOKS}
        self._parser = expat.ParserCreate()
        self._row_number, self._row_name = 0, "0"
        self._columns: set[str] = set()
        self._column_names: set[str] = set()
        self._other_names: set[str] = set()
        self._letters = ""
        self._with_references: Collection[int] = ()
        self._attributes: dict[str, str] = {}
        self._runs: dict[int, StyledRun] = {}
        self._has_value = self._has_text = self._is_special = False
        self._stored: list[str] | None = None
        self._formula_text: list[str] | None = None
        self._runs_of_text: list[TextRun] = []
        self._run: TextRun | None = None
        self._end = 0

    def read(self, content: Bytes) -> Beside:
        """Go through the part.

        Raises:
            RefusedError: Some programs read other cells in it than others do.
            xml.parsers.expat.ExpatError: It is no XML.
        """
        if b"&#" in content:
            content = _CONTROL_SIGN.sub(_UNSEEN_SIGN, content)
        self._end = content.rfind(self._patterns.closing_table)
        if b"rPr" in content:
            self._elements |= self._inline
        parser = self._parser
        parser.buffer_text = True
        parser.StartElementHandler = self._begin
        parser.CommentHandler = parser.StartCdataSectionHandler = self._refuse_within
        parser.ProcessingInstructionHandler = self._refuse_within
        marked = list(self._patterns.marked_value.finditer(content))
        if any(each[1] != b"&" for each in marked):
            self._refuse("odd-markup")
        self._with_references = {each.start() for each in marked}
        parser.Parse(content, True)  # noqa: FBT003 - it has no name
        if self._is_special:
            self._settle()
        return self._found

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        if begin := self._elements.get(name):
            begin(attributes)
        elif name not in self._other_names:
            self._first_of_others(name)
        elif self._is_special and self._parser.CurrentByteIndex > self._end:
            self._settle()  # what is said of headers and footers belongs to no cell

    def _first_of_others(self, name: str) -> None:
        """An element that is no cell; one of the same name and another prefix might be one."""
        if name.rpartition(":")[2] in {"row", "c", "v"}:
            self._refuse("odd-markup")
        self._other_names.add(name)
        if self._is_special and self._parser.CurrentByteIndex > self._end:
            self._settle()

    def _row(self, attributes: dict[str, str]) -> None:
        if self._is_special:
            self._settle()
        number = attributes.get("r")
        self._row_number = int(number) if number else self._row_number + 1
        self._row_name = str(self._row_number)
        self._columns.clear()
        self._letters = ""

    def _cell(self, attributes: dict[str, str]) -> None:
        if self._is_special:
            self._settle()
        self._attributes = attributes
        if (style := attributes.get("s", "0")) in self._looks:
            self._is_special = style in self._styles
            if style in self._colours:
                self._found.colours[self._row_number, self._colours[style]] = None
        self._has_value = self._has_text = False
        name = attributes.get("r")
        if name is None:  # it stands right of the one before
            letters = _letters_behind(self._letters)
            name = letters + self._row_name
        else:
            letters = name.removesuffix(self._row_name)
        if letters in self._columns:
            self._refuse_cell("cell-twice", name)
        if letters not in self._column_names:
            if not letters.isalpha() or not letters.isupper():
                self._refuse_name(name)
            self._column_names.add(letters)
        self._columns.add(letters)
        self._letters = letters

    def _value(self, _attributes: dict[str, str]) -> None:
        if self._has_value or self._has_text:
            self._refuse("odd-markup")
        self._has_value = True
        if self._with_references and self._attributes.get("t") not in _TEXTS_IN_VALUES:
            self._look_within()
        if self._attributes.get("t") in _KINDS_OF_TEXT or self._formula_text is not None:
            self._is_special = True
            self._stored = []
            self._parser.CharacterDataHandler = self._stored.append

    def _look_within(self) -> None:
        """Some programs read a number only up to a reference such as ``&#50;``, but texts whole."""
        if self._parser.CurrentByteIndex in self._with_references:
            self._refuse("odd-markup")

    def _formula(self, _attributes: dict[str, str]) -> None:
        self._is_special = True
        self._formula_text = []
        self._parser.CharacterDataHandler = self._formula_text.append

    def _text_of_its_own(self, _attributes: dict[str, str]) -> None:
        if self._has_value or self._has_text or self._attributes.get("t") != _OWN_TEXT:
            self._refuse("odd-markup")
        self._has_text = True

    def _inline_text(self, attributes: dict[str, str]) -> None:
        self._text_of_its_own(attributes)
        self._is_special = True
        self._runs_of_text, self._run = [], None

    def _run_of_text(self, _attributes: dict[str, str]) -> None:
        self._parser.CharacterDataHandler = None
        self._run = TextRun()
        self._runs_of_text.append(self._run)

    def _pronunciation(self, _attributes: dict[str, str]) -> None:
        """How a text is spoken is no part of it."""
        self._parser.CharacterDataHandler, self._run = None, None

    def _look(self, name: str, attributes: dict[str, str]) -> None:
        if self._run is not None:
            self._run.looks[name] = attributes

    def _text(self, _attributes: dict[str, str]) -> None:
        self._parser.CharacterDataHandler = self._run.texts.append if self._run else None

    def _settle(self) -> None:
        """The cell before is over: note what is special about it."""
        attributes, self._is_special = self._attributes, False
        style = attributes.get("s", "")
        if style in self._styles and (self._has_value or self._has_text):
            self._note_style(style)
        if self._stored is None and self._formula_text is None and not self._runs_of_text:
            return
        self._parser.CharacterDataHandler = None
        kind, stored = attributes.get("t"), _without_indent("".join(self._stored or ()))
        if kind == _ERROR and self._stored is not None:
            self._found.faults[self._place] = ("e", stored)
        elif kind == _SHARED and self._stored is not None:
            self._shared_text(stored)
        elif self._formula_text is not None and not stored.strip():
            if not (kind == _TEXT and self._has_value):
                formula = "=" + _without_indent("".join(self._formula_text))
                self._found.faults[self._place] = ("f", formula)
        elif self._runs_of_text:
            self._rich_text(self._runs_of_text)
        self._stored = self._formula_text = self._run = None
        self._runs_of_text = []

    def _rich_text(self, runs: Sequence[TextRun]) -> None:
        left = self._texts.left(runs, self._attributes.get("s", ""))
        if left is not None:
            self._found.partly_struck[self._place] = left
        if text := shown_text(runs):
            self._found.raised[self._place] = text

    @property
    def _place(self) -> tuple[int, int]:
        return self._row_number, _column_of(self._letters)

    def _note_style(self, style: str) -> None:
        row, column = self._place
        run = self._runs.get(column)
        if run is not None and run.style == style and run.last == row - 1:
            run.last = row
            return
        self._runs[column] = run = StyledRun(style, column, row, row)
        self._found.styled.append(run)

    def _shared_text(self, number: str) -> None:
        """Some programs take a text that is named by anything but a number for the first."""
        if number and not (number.isascii() and number.isdecimal() and len(number) <= _MOST_DIGITS):
            self._refuse_cell("text-number", cell(*self._place))
        if number and (runs := self._texts.shared.get(int(number))):
            self._rich_text(runs)

    def _refuse_within(self, *_texts: str) -> None:
        """Comments and the like within the table: some programs read what others skip."""
        if self._row_number and self._parser.CurrentByteIndex < self._end:
            self._refuse("odd-markup")

    def _refuse_name(self, name: str) -> NoReturn:
        if _NAME.fullmatch(name) is None:
            self._refuse("odd-markup")
        self._refuse_cell("cell-astray", name)

    def _refuse_cell(self, reason: str, name: str) -> NoReturn:
        raise unreadable(reason, name, sheet=self._sheet, cell=name)

    def _refuse(self, reason: str) -> NoReturn:
        raise unreadable(reason, self._sheet)


def _without_indent(text: str) -> str:
    """A value without the line break and the blanks that some programs write behind its element."""
    value, _line_end, rest = text.rpartition("\n")
    return _without_indent(value) if _line_end and not rest.strip() else text
