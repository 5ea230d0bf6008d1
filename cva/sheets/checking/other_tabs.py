"""What tabs that were not taken say of the people of the list: R-102 did not come."""

from collections.abc import Iterator, Sequence

from cva.sheets.checking.named_rows import NamedRows
from cva.sheets.checking.outside_lines import MOST_ROWS, OutsideText
from cva.sheets.checking.table import Table
from cva.sheets.files.parsed_workbook import ParsedSheet
from cva.sheets.findings.finding import Finding, severity_of
from cva.sheets.vocabulary.harmless_texts import has_doubt
from cva.sheets.vocabulary.refusals import may_refuse

CODE = "sheet-left-out"


def lines_of_tabs(table: Table) -> list[OutsideText]:
    """The texts of other tabs that name people of the list and may speak against them.

    Every tab that names some of them is told. Where it names more than half of the list it is one
    of the same people: only what speaks against somebody is about a receipt there.
    """
    texts = {tab.name: list(_texts(tab)) for tab in table.known.beside}
    named = NamedRows(table, [one.text for lines in texts.values() for one in lines])
    found: list[OutsideText] = []
    for name, lines in texts.items():
        rows = {line.text: named.rows_in(line.text) for line in lines}
        about = [line for line in lines if rows[line.text]]
        if about and name not in {*table.known.left_out, *table.known.hidden}:
            sheet, details = table.known.sheet.name, {"other": name}
            table.findings.append(Finding(severity_of(CODE), CODE, sheet, details=details))
        every = frozenset[int]().union(*rows.values())
        found += _against(table, name, about, is_of_all=2 * len(every) > len(table.numbers))
    return found


def _against(
    table: Table, name: str, about: Sequence[OutsideText], *, is_of_all: bool
) -> Sequence[OutsideText]:
    """Those of the texts that have to be asked about."""
    if may_refuse(name):
        return about
    if name in table.known.left_out:
        return ()
    return (
        [line for line in about if may_refuse(line.text) or has_doubt(line.text)]
        if (is_of_all)
        else about
    )


def _texts(tab: ParsedSheet) -> Iterator[OutsideText]:
    for row in range(1, min(tab.rows, MOST_ROWS) + 1):
        for column, text in enumerate(tab.texts(row)):
            if text:
                yield OutsideText(row, column, text, tab=tab)
