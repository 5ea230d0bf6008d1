"""Opens one web page, or one workbook in a single XML file, in a process of its own.

Run like ``cva.sheets.files.parser``. Banks and programs of administrations call both .xls.
"""

from cva.sheets.files.file_types import XML
from cva.sheets.files.html_tables import tables_of_page
from cva.sheets.files.limits import Limits
from cva.sheets.files.markup_tables import MarkupTable
from cva.sheets.files.packed_sheet import packed
from cva.sheets.files.parser import message_of, work
from cva.sheets.files.spreadsheet_xml import tables_of_xml


def tables_of(content: bytes, form: str, limits: Limits) -> list[MarkupTable]:
    """The tables of a web page, or the sheets of a workbook in XML, in UTF-8.

    Raises:
        RefusedError: It is damaged or beyond a limit, or has no table with anything in it.
    """
    return tables_of_xml(content, limits) if form == XML else tables_of_page(content, limits)


def answer(content: bytes, form: str, limits: Limits) -> bytes:
    """The file's tables, or the reason why it is refused, as one message."""
    return message_of(
        lambda: ([packed(*table.parsed()) for table in tables_of(content, form, limits)], [])
    )


if __name__ == "__main__":
    work(answer)
