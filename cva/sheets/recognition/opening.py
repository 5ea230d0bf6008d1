"""Opens a file with all that is known of the words of sheets."""

from cva.sheets.files.limits import Limits
from cva.sheets.files.parsed_workbook import ParsedBook
from cva.sheets.files.sandbox import read_book
from cva.sheets.vocabulary.currencies import load_words
from cva.sheets.vocabulary.encodings import in_unicode


def open_book(content: bytes, filename: str, limits: Limits) -> ParsedBook:
    """The sheets of a file, and what is said of it as a whole.

    Raises:
        RefusedError: The file as a whole cannot be taken.
    """
    return read_book(content, filename, limits, in_unicode, meanwhile=load_words)
