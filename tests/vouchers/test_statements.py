"""A vendor's statement: it agrees with the book, names each rejected number, and prints."""

from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from cva.core.errors import CvaError
from cva.programmes.models import VoucherExpense
from cva.reports.schemas import StatementSchema
from cva.reports.vendor_statement import Statement, statement, statement_pages
from cva.sheets.writing.table_workbook import write_workbook
from cva.vouchers import control_sheet, stop_lists
from cva.vouchers.control_workbook import control_pages
from tests.vouchers.shop import Shop


def of_vendor(shop: Shop, vendor_id: int = 1) -> Statement:
    society = shop.society
    return society.see(lambda s: statement(s, vendor_id), society.people["manager"])


def test_a_statement_agrees_with_the_book(shop: Shop) -> None:
    society = shop.society
    shop.hand_out("A-001", "A-002", "A-003")
    first = shop.claim(
        ("A-001", "2022-11-07", ""), ("A-002", "2022-11-09", "100"), ("A-099", "2022-11-09", "5")
    )
    second = shop.claim(("A-003", "2022-11-10", ""))
    paid = {"vendor": "V1", "programme": "CASH", "amount": "600", "invoice": "INV-1"}
    society.agreed("settle_vendor", by="finance", second="manager", **paid)
    society.agreed("reverse_sheet", sheet=second)
    society.agreed("false_redemption", number="A-001")

    found = of_vendor(shop)

    assert [(line.sheet_id, line.claimed, line.accepted, line.undone) for line in found.claims] == [
        (first, 3, 2, 1),
        (second, 1, 1, 1),
    ]
    (rejected,) = found.rejected
    assert (rejected.number, rejected.row, rejected.finding.code) == (
        "A-099",
        4,
        "voucher-not-issued",
    )
    (due,) = found.dues
    assert (due.accepted_minor, due.undone_minor, due.paid_minor) == (110000, 100000, 60000)
    assert due.due_minor == due.booked_minor == -50000
    assert found.holds
    assert StatementSchema().dump(found)["due"][0]["amount"] == "-500.00"


def test_a_payment_booked_wrongly_is_taken_back_and_paid_anew(shop: Shop) -> None:
    society = shop.society
    shop.hand_out("A-001")
    shop.claim(("A-001", "2022-11-07", ""))
    paid = {"vendor": "V1", "programme": "CASH", "invoice": "INV-1", "on": "2022-11-10"}
    society.agreed("settle_vendor", by="finance", second="manager", amount="300", **paid)
    before = {"vendor": "V1", "invoice": "inv-1", "on": "2022-11-09"}
    with pytest.raises(CvaError, match="paid later"):
        society.ask("reverse_vendor_payment", by="finance", **before)
    back = {"vendor": "V1", "invoice": "inv-1", "on": "2022-11-11"}
    society.agreed("reverse_vendor_payment", by="finance", second="manager", **back)

    found = of_vendor(shop)
    assert [(each.invoice, each.reversed_on) for each in found.payments] == [
        ("INV-1", date(2022, 11, 11))
    ]
    assert [(due.paid_minor, due.due_minor, due.holds) for due in found.dues] == [(0, 50000, True)]
    with pytest.raises(CvaError, match="No payment against this invoice"):
        society.ask("reverse_vendor_payment", by="finance", **back)

    society.agreed("settle_vendor", by="finance", second="manager", amount="500", **paid)
    with pytest.raises(CvaError, match="paid already"):
        society.ask("settle_vendor", by="finance", amount="1", **paid)
    found = of_vendor(shop)
    assert [(due.paid_minor, due.due_minor, due.holds) for due in found.dues] == [(50000, 0, True)]
    assert [each["reversed_on"] for each in StatementSchema().dump(found)["payments"]] == [
        "2022-11-11",
        None,
    ]
    book = load_workbook(BytesIO(write_workbook(statement_pages(found))))
    assert "Taken back on" in [cell.value for row in book["Payments"] for cell in row]
    shop.assert_sound()


def test_a_claim_of_which_nothing_was_accepted_is_not_posted(shop: Shop) -> None:
    assert of_vendor(shop).claims == []
    assert of_vendor(shop).holds


def test_vouchers_bought_ahead_are_not_due(shop: Shop) -> None:
    society = shop.society
    society.programme_id = society.add_programme(
        "AHEAD", voucher_expense=VoucherExpense.BOUGHT_AHEAD
    )
    shop.hand_out("K-1")
    shop.claim(("K-1", "2022-11-07", ""))
    found = of_vendor(shop)
    assert [line.accepted for line in found.claims] == [1]
    assert found.holds


def test_statement_and_control_sheet_are_workbooks(shop: Shop) -> None:
    society = shop.society
    shop.hand_out("A-001", "A-002")
    shop.claim(("A-001", "2022-11-07", ""), ("A-099", "2022-11-07", ""))
    society.agreed("lose_vouchers", first="A-002", on="2022-11-08")
    book = load_workbook(BytesIO(write_workbook(statement_pages(of_vendor(shop)))))
    assert book.sheetnames == ["Claims", "Rejected", "Payments", "Due"]
    assert book["Claims"]["I5"].value == 500
    assert book["Claims"]["I6"].value == "=SUM($I$5:$I$5)"
    assert book["Rejected"]["A5"].value == "A-099"

    seen = society.see(lambda s: control_sheet.control(s, society.society_id))
    stopped = society.see(lambda s: stop_lists.stop_list(s, society.society_id))
    assert [(stop.number, stop.kind) for stop in stopped] == [("A-002", "lost")]
    paper = load_workbook(BytesIO(write_workbook(control_pages(seen, stopped, "Vouchers"))))
    assert paper.sheetnames == [
        "Printed",
        "Printed, value",
        "Handed out",
        "Handed out, value",
        "Stop list",
    ]
    head = [cell.value for cell in paper["Printed"][4]]
    assert [cell.value for cell in paper["Printed"][5]][head.index("Printed")] == 100
    assert paper["Stop list"]["A5"].value == "A-002"
