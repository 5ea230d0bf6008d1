"""Field lists as somebody fills them in."""

from io import BytesIO
from typing import Any

from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from cva.sheets.writing.field_list_workbook import FIRST_ROW


class Filled:
    """A field list that somebody fills in, column by heading and row by registration number."""

    def __init__(self, content: bytes) -> None:
        self.book: Workbook = load_workbook(BytesIO(content))
        self.page = self.book.worksheets[0]
        heads = [cell.value for cell in self.page[FIRST_ROW - 1]]
        self.columns = {str(head).split("\xa0")[0]: at for at, head in enumerate(heads, 1)}

    def row(self, number: str) -> int:
        for at in range(FIRST_ROW, self.page.max_row + 1):
            if self.page.cell(at, self.columns["Registration number"]).value == number:
                return at
        raise AssertionError(number)

    def put(self, number: str, /, **cells: Any) -> "Filled":  # noqa: ANN401
        names = {
            "got": "Received (Y/N)",
            "day": "Distribution date",
            "amount": "Amount received (RUB)",
            "name": "Full name",
            "number": "Registration number",
            "planned": "Planned amount (RUB)",
            "household": "Household size",
            "voucher": "Voucher number",
            "remarks": "Remarks",
            "by": "Received by",
            "relation": "Relation to recipient",
            "authority": "Authority to collect",
            "mark": "Kind of mark",
            "witness": "Witness",
        }
        at = self.row(number)
        for name, value in cells.items():
            self.page.cell(at, self.columns[names[name]]).value = value
        return self

    def paid(self, number: str, amount: float = 5000) -> "Filled":
        return self.put(number, got="yes", day="2022-11-05", amount=amount)

    def content(self) -> bytes:
        content = BytesIO()
        self.book.save(content)
        return content.getvalue()
