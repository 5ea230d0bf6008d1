"""Amounts of a field list that were not written: what was planned stands for them."""

from collections.abc import Sequence

from cva.core.identifiers import comparable
from cva.sheets.checking.money_columns import RowMoney
from cva.sheets.checking.table import Table
from cva.sheets.vocabulary.field_list_marks import FieldListEntry


def take_planned(table: Table, money: RowMoney, entries: Sequence[FieldListEntry]) -> None:
    """Put the planned amount where a row says that it was received and its amount is blank.

    It is what was written into the field list, in the currency of the row; each entry stands for
    one row, so that a copied row still has to give its amount itself.
    """
    amounts, numbers = table.fields.get("amount"), table.fields.get("registration_no")
    units, receipt = money.units.get("amount"), table.fields["status"].values
    if amounts is None or numbers is None or units is None:
        return
    planned = {comparable(entry.number): entry for entry in reversed(entries)}
    taken = set()
    for row in amounts.rows_with(amounts.blanks):
        one = units.by_row[row]
        if receipt[row] != "yes" or one is None:
            continue
        entry = planned.pop(comparable(numbers.texts[numbers.index[row]]), None)
        if entry is not None and entry.currency == one.currency:
            amounts.values[row] = entry.amount
            taken.add(row)
    if taken:
        table.as_planned = frozenset(taken)
        table.note_heading("amount", "planned-amount-taken", {"count": str(len(taken))})
