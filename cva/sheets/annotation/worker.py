"""Marks one workbook, in a process of its own.

Run as ``python -m cva.sheets.annotation.worker``. Standard input holds eight bytes with the
length of a request in JSON, the request, and the file; standard output gets the marked workbook.
"""

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from io import BytesIO

from lxml import etree
from python_calamine import CalamineError, CalamineWorkbook

from cva.sheets.annotation.annotation_request import (
    LENGTH_BYTES,
    AnnotationLine,
    AnnotationRequest,
    request_of,
)
from cva.sheets.annotation.findings_sheet import marks_xml, page_xml
from cva.sheets.annotation.notes import note
from cva.sheets.annotation.package_parts import (
    RELATIONS,
    WORKBOOK,
    Element,
    OddWorkbookError,
    PackageParts,
    written,
)
from cva.sheets.annotation.rebuilt_workbook import ONE_SHEET, rebuilt
from cva.sheets.annotation.styles import Styles
from cva.sheets.annotation.worksheet_cells import CellChange, Worksheet
from cva.sheets.files.cell_addresses import place_of
from cva.sheets.files.file_types import TEXT
from cva.sheets.files.limits import OUT_OF_MEMORY
from cva.sheets.files.parser import restrain
from cva.sheets.recognition.opened_workbook import SHEET_NAME, marks_in, rows_of_marks

_LONGEST_NAME = 31
_FILLED = ("error", "warning")  # the graver first


def marked(content: bytes, order: AnnotationRequest) -> bytes:
    """The workbook with its cells marked and a first page of findings."""
    if order.form == TEXT:
        order = _about_the_one_sheet(order)
    if order.form == "xlsx":
        try:
            return _Annotator(content, order).done()
        except (OddWorkbookError, etree.XMLSyntaxError, KeyError, IndexError):
            pass  # built in a way that cannot be patched: written again from its values
    return _Annotator(rebuilt(content, order.form, order.limits), order).done()


def _about_the_one_sheet(order: AnnotationRequest) -> AnnotationRequest:
    """A text file has no sheets to name; the workbook made of it has one."""
    lines = [replace(line, sheet=ONE_SHEET) for line in order.lines]
    own = {ONE_SHEET: order.amended.get("", {})}
    return replace(order, lines=lines, amended=own, beside={ONE_SHEET: order.beside.get("", {})})


class _Annotator:
    def __init__(self, content: bytes, order: AnnotationRequest) -> None:
        self._order = order
        self._parts = PackageParts(content)
        self._parts.drop_macros()
        self._book = self._parts.root(WORKBOOK)
        self._namespace = etree.QName(self._book).namespace
        earlier = _earlier_marks(content)
        self._drop(self._macro_tabs())
        self._drop([SHEET_NAME, earlier.get("findings_sheet", SHEET_NAME)])
        self._page_name = self._free_name(order.name)
        ours = {"marked_from": order.sha256, "findings_sheet": self._page_name}
        self._marks = earlier | ours
        self._styles_name = next(iter(self._parts.related(WORKBOOK, "styles").values()), "")
        self._styles = Styles(self._parts.root(self._styles_name))

    def done(self) -> bytes:
        """The marked workbook."""
        by_sheet: dict[str, list[AnnotationLine]] = {}
        for line in self._order.lines:
            if line.cell and line.severity in _FILLED:
                by_sheet.setdefault(line.sheet, []).append(line)
        earlier = self._styles.unmarked()
        parts = self._parts.related(WORKBOOK, "worksheet")
        for sheet in self._sheets():
            part, name = parts.get(self._key(sheet), ""), sheet.get("name", "")
            if part in self._parts:
                lines, amended = by_sheet.get(name, []), self._order.amended.get(name, {})
                self._mark(part, lines, amended, self._order.beside.get(name, {}), earlier)
        self._add_pages()
        self._parts.put(self._styles_name, written(self._styles.root))
        self._parts.put(WORKBOOK, self._book)
        return self._parts.packed()

    def _mark(
        self,
        part: str,
        lines: Sequence[AnnotationLine],
        amended: Mapping[str, str],
        beside: Mapping[str, str],
        earlier: Mapping[int, int],
    ) -> None:
        sheet = Worksheet(self._parts.take(part))
        sheet.deselect()
        if earlier:
            sheet.restyle_all(earlier)
        texts: dict[str, list[str]] = {}
        severities: dict[str, str] = {}
        for line in lines:
            texts.setdefault(line.cell, []).append(f"{line.word}: {line.text}")
            worst = severities.setdefault(line.cell, line.severity)
            if _FILLED.index(line.severity) < _FILLED.index(worst):
                severities[line.cell] = line.severity
        changes: dict[int, dict[int, CellChange]] = {}
        for cell in {*severities, *amended}:
            row, column = place_of(cell)
            severity = severities.get(cell)
            restyle = partial(self._styles.marked, severity=severity) if severity else None
            changes.setdefault(row, {})[column] = CellChange(restyle, amended.get(cell))
        behind = sheet.columns if beside else 0
        for row_number, text in beside.items() if behind else ():
            changes.setdefault(int(row_number), {})[behind] = CellChange(None, text)
        sheet.change(changes)
        note(
            self._parts,
            part,
            sheet,
            {cell: "\n".join(texts_of_cell) for cell, texts_of_cell in texts.items()},
        )
        self._parts.put(part, sheet.content)

    def _add_pages(self) -> None:
        """Ours first, and the sheet of marks last; what counts sheets by place moves on by one."""
        self._add_sheet(self._page_name, page_xml(self._order, self._styles.page()), 0)
        marks = self._add_sheet(SHEET_NAME, marks_xml(rows_of_marks(self._marks)), None)
        marks.set("state", "veryHidden")
        for name in self._book.iter(self._tag("definedName")):
            if name.get("localSheetId") is not None:
                name.set("localSheetId", str(int(name.get("localSheetId", "0")) + 1))
        for view in self._book.iter(self._tag("workbookView")):
            view.set("activeTab", "0")
            view.attrib.pop("firstSheet", "")

    def _free_name(self, name: str) -> str:
        """The name, or where a sheet of the sender's is called so, one like it."""
        taken = {(sheet.get("name") or "").casefold() for sheet in self._sheets()}
        names = (name, *(f"{name[: _LONGEST_NAME - 4]} {at}" for at in range(2, 1000)))
        return next(each for each in names if each.casefold() not in taken)

    def _add_sheet(self, name: str, content: bytes, place: int | None) -> Element:
        part = self._parts.new_name("xl/worksheets/sheet{}.xml")
        self._parts.put(part, content)
        self._parts.declare(part, "worksheet")
        sheets = self._sheets()
        highest = max((int(each.get("sheetId", "0")) for each in sheets), default=0)
        made = etree.Element(self._tag("sheet"), nsmap={"r": RELATIONS})
        made.set("name", name)
        made.set("sheetId", str(highest + 1))
        made.set(f"{{{RELATIONS}}}id", self._parts.relate(WORKBOOK, "worksheet", part))
        sheets.insert(len(sheets) if place is None else place, made)
        return made

    def _drop(self, names: Sequence[str]) -> None:
        """Take our own pages of an earlier time out, and count the sheets behind them again."""
        sheets = self._sheets()
        parts = self._parts.related(WORKBOOK, "worksheet") | self._parts_of_macros()
        for each in [sheet for sheet in sheets if sheet.get("name") in names]:
            place, key = sheets.index(each), self._key(each)
            sheets.remove(each)
            self._parts.drop(parts.get(key, ""))
            self._parts.unrelate(WORKBOOK, key)
            for name in list(self._book.iter(self._tag("definedName"))):
                local = int(name.get("localSheetId", "-1"))
                if local == place:
                    name.getparent().remove(name)  # type: ignore[union-attr]
                elif local > place:
                    name.set("localSheetId", str(local - 1))

    def _parts_of_macros(self) -> dict[str, str]:
        kinds = ("xlMacrosheet", "xlIntlMacrosheet", "dialogsheet")
        return {k: v for kind in kinds for k, v in self._parts.related(WORKBOOK, kind).items()}

    def _macro_tabs(self) -> list[str]:
        """The tabs that hold macros, which a workbook that ends in .xlsx may not have."""
        keys = self._parts_of_macros()
        return [sheet.get("name") or "" for sheet in self._sheets() if self._key(sheet) in keys]

    def _sheets(self) -> Element:
        found = self._book.find(self._tag("sheets"))
        if found is None:
            raise OddWorkbookError
        return found

    def _key(self, sheet: Element) -> str:
        return sheet.get(f"{{{RELATIONS}}}id") or ""

    def _tag(self, name: str) -> str:
        return f"{{{self._namespace}}}{name}"


def _earlier_marks(content: bytes) -> dict[str, str]:
    """What the workbook says of itself, where it is one of ours."""
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(content))
    except CalamineError:  # it has tabs that are not known there; none of ours has
        return {}
    if SHEET_NAME not in book.sheet_names:
        return {}
    rows = book.get_sheet_by_name(SHEET_NAME).to_python(skip_empty_area=False)
    return marks_in(tuple(map(str, row[:2])) for row in rows)


def main() -> None:
    """Read order and file, write the marked workbook."""
    sent = sys.stdin.buffer.read()
    end = LENGTH_BYTES + int.from_bytes(sent[:LENGTH_BYTES], "big")
    order = request_of(json.loads(sent[LENGTH_BYTES:end]))
    restrain(replace(order.limits, parse_memory_bytes=order.limits.mark_memory_bytes))
    try:
        made = marked(sent[end:], order)
    except MemoryError:
        sys.exit(OUT_OF_MEMORY)
    sys.stdout.buffer.write(made)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
