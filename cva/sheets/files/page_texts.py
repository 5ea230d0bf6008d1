"""What is printed at the head and the foot of the pages of a worksheet."""

import html
import re
from itertools import count

from cva.sheets.files.worksheet_facts import Beside

_TEXT = re.compile(rb"<(?:\w+:)?(?:odd|even|first)(Header|Footer)>([^<]+)</")
#: A font, its size, its look or colour, and what a program fills in: the page, the day, the tab.
_CODE = re.compile(r'&(?:"[^"]*"|\d+|K[0-9A-Fa-f]{6}|K\d\d[+-]\d{3}|[BIUSEXYPNDTAFZGH])')
_SECTION = re.compile(r"&[LCR]|[\r\n]+")
LONGEST = 300
#: Stands for an ampersand that is no code.
_AND = "\ufffc"


def note_page_texts(tail: bytes, last_row: int, found: Beside) -> None:
    """Take a page's head for a note at the top of the sheet, its foot for one below the last row.

    Args:
        tail: What stands behind the table in the part.
        last_row: The last row of the table.
        found: Where the notes are put.
    """
    for place, content in _TEXT.findall(tail):
        text = html.unescape(content.decode("utf-8", "replace")).replace("&&", _AND)
        for section in _SECTION.split(text):
            plain = " ".join(_CODE.sub("", section).replace(_AND, "&").split())
            if any(map(str.isalpha, plain)):
                row = 1 if place == b"Header" else last_row + 1
                notes = found.notes
                column = next(at for at in count() if (row, at) not in notes)
                if plain not in notes.values():
                    notes[row, column] = plain[:LONGEST]
