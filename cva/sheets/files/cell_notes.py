"""Notes on the cells of an .xlsx, which stand in parts of their own."""

import posixpath
import re
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree as ET

from cva.sheets.files.cell_addresses import place_of

#: The author of our own notes in a workbook that was given back to be mended.
AUTHOR = "CVA ledger"
#: The parts with notes, and those that say which sheet they belong to.
OF_NOTES = re.compile(
    r"(?i:xl/worksheets/_rels/[^/]*\.rels|xl/comments[^/]*\.xml|xl/comments/[^/]*\.xml)"
)
MOST_NOTES = 2_000
LONGEST = 300
_CELL = re.compile(r"[A-Z]{1,3}[1-9][0-9]{0,6}")
#: What Excel writes above a note that is answered, for programs that do not know such notes.
_THREADED = re.compile(r"^\s*\[[^\]]*\].*?:\s*\n\s*(?=[^\n]*\S)", re.DOTALL)

NotesPart = bytes | bytearray
Notes = dict[tuple[int, int], str]


def notes_by_sheet(places: Mapping[str, str], parts: Mapping[str, NotesPart]) -> dict[str, Notes]:
    """By tab the texts of the notes on its cells, without ours.

    Args:
        places: By tab the name of its part.
        parts: The parts that ``OF_NOTES`` names.
    """
    if not parts:
        return {}
    return {name: found for name, place in places.items() if (found := _of_sheet(place, parts))}


def _of_sheet(place: str, parts: Mapping[str, NotesPart]) -> Notes:
    folder, name = posixpath.split(place)
    found: Notes = {}
    for relation in _elements(parts.get(f"{folder}/_rels/{name}.rels")):
        target = relation.get("Target", "")
        if relation.get("Type", "").endswith("/comments"):
            path = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
            found |= dict(_notes(parts.get(posixpath.normpath(path))))
    return found


def _notes(part: NotesPart | None) -> Iterator[tuple[tuple[int, int], str]]:
    authors: list[str] = []
    left = MOST_NOTES
    for element in _elements(part):
        kind = element.tag.rpartition("}")[2]
        if kind == "author":
            authors.append((element.text or "").strip())
        elif kind == "comment" and left and _CELL.fullmatch(element.get("ref", "")):
            number = element.get("authorId", "")
            author = (
                authors[int(number)] if number.isdecimal() and int(number) < len(authors) else ""
            )
            if author != AUTHOR and (text := _text(element, author)):
                left -= 1
                yield place_of(element.get("ref", "")), text


def _text(comment: ET.Element, author: str) -> str:
    """What somebody wrote, without the name of the author above it and without our notes below."""
    text = "".join(each.text or "" for each in comment.iter() if each.tag.endswith("}t"))
    text = _THREADED.sub("", text).partition(f"\n{AUTHOR}:")[0]
    if author:
        text = text.strip().removeprefix(f"{author}:")
    return " ".join(text.split())[:LONGEST]


def _elements(part: NotesPart | None) -> Iterator[ET.Element]:
    """All elements of a part; none where it is missing or no XML, as nothing else depends on it."""
    try:
        root = ET.fromstring(part or b"<none/>")  # noqa: S314 - DOCTYPE and entities were refused
    except ET.ParseError:
        return
    yield from root.iter()
