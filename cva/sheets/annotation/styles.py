"""The styles of a workbook, with those of marked cells and of the findings page added."""

from copy import deepcopy

from lxml import etree

from cva.sheets.annotation.package_parts import Element, OddWorkbookError

#: Colours of these marks alone, so that marks of an earlier time are recognised.
FILLS = {"error": "FFFFC9C2", "warning": "FFFFE9A9", "info": "FFE2ECF9", "head": "FF1F3A57"}
_MARKS = ("error", "warning", "info")


class Styles:
    """Adds cell formats; what was there keeps its number."""

    def __init__(self, root: Element) -> None:
        self.root = root
        self._namespace = etree.QName(root).namespace
        self._fonts, self._fills = self._part("fonts"), self._part("fills")
        self._formats = self._part("cellXfs")
        colours = {FILLS[name] for name in _MARKS}
        self._earlier = {at for at, fill in enumerate(self._fills) if self._colour(fill) in colours}
        self._numbers = {name: self._add_fill(colour) for name, colour in FILLS.items()}
        self._known: dict[tuple[int, str], int] = {}

    def _part(self, name: str) -> Element:
        found = self.root.find(f"{{{self._namespace}}}{name}")
        if found is None:
            raise OddWorkbookError
        return found

    def _tag(self, name: str) -> str:
        return f"{{{self._namespace}}}{name}"

    def _colour(self, fill: Element) -> str | None:
        found = fill.find(f"{self._tag('patternFill')}/{self._tag('fgColor')}")
        return None if found is None else found.get("rgb")

    def _add(self, parent: Element, child: Element) -> int:
        parent.append(child)
        parent.set("count", str(len(parent)))
        return len(parent) - 1

    def _add_fill(self, colour: str) -> int:
        fill = etree.Element(self._tag("fill"))
        pattern = etree.SubElement(fill, self._tag("patternFill"), patternType="solid")
        etree.SubElement(pattern, self._tag("fgColor"), rgb=colour)
        return self._add(self._fills, fill)

    def _format(self, at: int) -> Element:
        return deepcopy(self._formats[at if at < len(self._formats) else 0])

    def marked(self, at: int, severity: str) -> int:
        """The number of a format that is as this one, with the fill of a mark."""
        if (at, severity) not in self._known:
            made = self._format(at)
            made.set("fillId", str(self._numbers[severity]))
            made.set("applyFill", "1")
            self._known[at, severity] = self._add(self._formats, made)
        return self._known[at, severity]

    def unmarked(self) -> dict[int, int]:
        """The formats that carry a mark of an earlier time, each with one that carries none."""
        found = {}
        for at, each in enumerate(list(self._formats)):
            if int(each.get("fillId", "0")) in self._earlier:
                clean = deepcopy(each)
                clean.set("fillId", "0")
                found[at] = self._add(self._formats, clean)
        return found

    def page(self) -> dict[str, int]:
        """Formats of the findings page: title, head, text, link and one for each severity."""
        bold = self._font(bold=True, size="14")
        white = self._font(bold=True, colour="FFFFFFFF")
        blue = self._font(colour="FF0B57A4", underlined=True)
        plain = self._font()
        made = {
            "title": self._text(bold, 0, wraps=False),
            "line": self._text(plain, 0, wraps=False),
            "head": self._text(white, self._numbers["head"]),
            "text": self._text(plain, 0),
            "link": self._text(blue, 0),
        }
        return made | {name: self._text(plain, self._numbers[name]) for name in _MARKS}

    def _font(
        self, *, bold: bool = False, size: str = "11", colour: str = "", underlined: bool = False
    ) -> int:
        font = etree.Element(self._tag("font"))
        if bold:
            etree.SubElement(font, self._tag("b"))
        if underlined:
            etree.SubElement(font, self._tag("u"))
        etree.SubElement(font, self._tag("sz"), val=size)
        if colour:
            etree.SubElement(font, self._tag("color"), rgb=colour)
        etree.SubElement(font, self._tag("name"), val="Calibri")
        return self._add(self._fonts, font)

    def _text(self, font: int, fill: int, *, wraps: bool = True) -> int:
        made = etree.Element(
            self._tag("xf"),
            numFmtId="49",
            fontId=str(font),
            fillId=str(fill),
            borderId="0",
            xfId="0",
            applyNumberFormat="1",
            applyFont="1",
            applyFill="1",
            applyAlignment="1",
        )
        etree.SubElement(
            made, self._tag("alignment"), vertical="top", wrapText="1" if wraps else "0"
        )
        return self._add(self._formats, made)
