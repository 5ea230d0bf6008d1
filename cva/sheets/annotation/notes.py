"""Notes on cells, which Excel keeps in two parts: their texts, and a drawing of their boxes."""

import re
from collections.abc import Mapping

from lxml import etree

from cva.sheets.annotation.package_parts import MAIN, Element, PackageParts, written
from cva.sheets.annotation.worksheet_cells import Worksheet, printable
from cva.sheets.files.cell_addresses import place_of
from cva.sheets.files.cell_notes import AUTHOR

_NEW_COMMENTS = etree.fromstring(
    f'<comments xmlns="{MAIN}"><authors/><commentList/></comments>'.encode()
)
_NEW_DRAWING = (
    b'<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:'
    b'office" xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit">'
    b'<o:idmap v:ext="edit" data="1"/></o:shapelayout></xml>'
)
_SHAPE_TYPE = (
    b'<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" '
    b'path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
    b'<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_SHAPE = re.compile(rb"<v:shape\b(?:(?!</v:shape>).)*</v:shape>", re.DOTALL)
_ROW = re.compile(rb"<x:Row>\s*([0-9]+)\s*</x:Row>")
_COLUMN = re.compile(rb"<x:Column>\s*([0-9]+)\s*</x:Column>")
#: Numbers of our boxes begin here, above those that Excel gives.
_FIRST_SHAPE = 60_000
_COLUMNS_WIDE = 4


def note(parts: PackageParts, name: str, sheet: Worksheet, texts: Mapping[str, str]) -> None:
    """Put notes on cells of a worksheet; ours of an earlier time go, those of others stay."""
    comments = next(iter(parts.related(name, "comments").values()), None)
    drawing = next(iter(parts.related(name, "vmlDrawing").values()), None)
    if not texts and comments is None:
        return
    root = parts.root(comments) if comments else etree.fromstring(etree.tostring(_NEW_COMMENTS))
    forgotten = _forget(root)
    added = _write(root, texts)
    if comments is None:
        comments = parts.new_name("xl/comments{}.xml")
        parts.declare(comments, "comments")
        parts.relate(name, "comments", comments)
    parts.put(comments, written(root))
    boxes = parts.get(drawing) if drawing else _NEW_DRAWING
    if drawing is None:
        drawing = parts.new_name("xl/drawings/vmlDrawing{}.vml")
        parts.declare_drawings()
        sheet.refer_to_drawing(parts.relate(name, "vmlDrawing", drawing))
    parts.put(drawing, _drawn(boxes, forgotten, added))


def _forget(root: Element) -> set[str]:
    """Take our notes out; give back whose boxes go with them."""
    authors, listed = root[0], root[1]
    ours = {str(at) for at, author in enumerate(authors) if author.text == AUTHOR}
    forgotten = set()
    for comment in [each for each in listed if each.get("authorId") in ours]:
        forgotten.add(comment.get("ref", ""))
        listed.remove(comment)
    return forgotten


def _write(root: Element, texts: Mapping[str, str]) -> list[str]:
    """Add notes; give back the cells that had none and need a box."""
    namespace = etree.QName(root).namespace
    authors, listed = root[0], root[1]
    author = etree.SubElement(authors, f"{{{namespace}}}author")
    author.text = AUTHOR
    here = {comment.get("ref"): comment for comment in listed}
    added = []
    for cell, text in texts.items():
        if (theirs := here.get(cell)) is not None:
            _append_text(theirs[0], f"\n{AUTHOR}: {text}")
            continue
        comment = etree.SubElement(listed, f"{{{namespace}}}comment")
        comment.set("ref", cell)
        comment.set("authorId", str(len(authors) - 1))
        _append_text(etree.SubElement(comment, f"{{{namespace}}}text"), text)
        added.append(cell)
    return added


def _append_text(parent: Element, text: str) -> None:
    namespace = etree.QName(parent).namespace
    run = etree.SubElement(parent, f"{{{namespace}}}r")
    text_element = etree.SubElement(run, f"{{{namespace}}}t")
    text_element.text = printable(text)
    text_element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _drawn(boxes: bytes, forgotten: set[str], added: list[str]) -> bytes:
    places = {place_of(cell) for cell in forgotten}
    boxes = _SHAPE.sub(lambda match: b"" if _place(match[0]) in places else match[0], boxes)
    shapes = [_shape(at, cell) for at, cell in enumerate(added, _FIRST_SHAPE)]
    if shapes and b"_x0000_t202" not in boxes:
        shapes.insert(0, _SHAPE_TYPE)
    end = boxes.rfind(b"</xml>")
    return boxes[:end] + b"".join(shapes) + boxes[end:]


def _place(shape: bytes) -> tuple[int, int] | None:
    row, column = _ROW.search(shape), _COLUMN.search(shape)
    return (int(row[1]) + 1, int(column[1])) if row and column else None


def _shape(number: int, cell: str) -> bytes:
    row, column = place_of(cell)
    row -= 1
    anchor = (
        f"{column + 1}, 12, {max(row - 1, 0)}, 4, {column + 1 + _COLUMNS_WIDE}, 12, {row + 4}, 4"
    )
    return (
        f'<v:shape id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;'
        'visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/>'
        '<v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
        '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
        '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
        f"<x:Anchor>{anchor}</x:Anchor><x:AutoFill>False</x:AutoFill>"
        f"<x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
    ).encode()
