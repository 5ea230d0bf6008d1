"""Vouchers on the pages: registered, moved, asked for, looked up."""

from datetime import date

from sqlmodel import select

from cva.core.db import transaction
from cva.core.permissions import Role
from cva.core.tenancy import SYSTEM
from cva.programmes.models import Programme, VoucherExpense
from cva.vouchers.models import VoucherBook
from tests.makers import sheet
from tests.web.conftest import House

GIVEN = """
number | name        | day        | voucher | type  | amount | currency
R-1    | Anna Orlova | 2022-11-05 | A-01    | value | 500    | RUB
R-2    | Boris Lebed | 2022-11-05 | A-02    | value | 500    | RUB
"""
CLAIM = """
voucher | redeemed   | amount | currency
A-01    | 2022-11-07 | 200    | RUB
A-09    | 2022-11-07 |        |
"""


def handed_out_and_claimed(house: House) -> None:
    house.add_book()
    house.approved(sheet(GIVEN))
    house.approved(sheet(CLAIM), vendor="Corner Shop")


def test_the_control_sheet_begins_with_nothing(house: House) -> None:
    page = house.visitor(Role.FIELD).client.get("/vouchers", follow_redirects=True).text
    assert "No voucher is registered or handed out yet." in page
    assert "Register the first book below." in page
    manager = house.visitor(Role.MANAGER).client.get("/vouchers", follow_redirects=True).text
    assert "Register the first book below." not in manager


def test_a_manager_sees_every_voucher_and_no_name(house: House) -> None:
    handed_out_and_claimed(house)
    visitor, society_id = house.visitor(Role.MANAGER), house.ours.society_id
    control = visitor.see(f"/vouchers/{society_id}")
    assert "Every voucher is accounted for" in control
    number = visitor.see(f"/vouchers/{society_id}/numbers?number=a-01")
    assert "R-1" in number
    assert "handed out" in number
    book, vendor = visitor.see("/vouchers/books/1"), visitor.see("/vendors/1")
    assert "The voucher was not handed out" in vendor
    for page in (control, number, book, vendor):
        assert "Orlova" not in page
        assert "Ask to" not in page
    assert visitor.carry(f"/vouchers/{society_id}/workbook").data.startswith(b"PK")
    statement = visitor.carry("/vendors/1/workbook")
    assert statement.data.startswith(b"PK")
    assert "vendor-V1.xlsx" in statement.headers["Content-Disposition"]
    visitor.see(f"/vouchers/{society_id}/numbers?number=Z-1", 404)


def test_a_voucher_is_asked_for_on_its_page(house: House) -> None:
    handed_out_and_claimed(house)
    assert "claimed by <bdi>V1</bdi>" in house.visitor(Role.FINANCE).see("/sheets/2")
    visitor, society_id = house.visitor(Role.FIELD), house.ours.society_id
    path = f"/vouchers/{society_id}/requests"
    said = {"kind": "lose_vouchers", "first": "A-02", "reason": "The river", "on": "2022-11-08"}
    answer = visitor.post(path, **said)
    assert answer.location == f"/vouchers/{society_id}/numbers?number=A-02"
    assert "a second person confirms it: Report lost: A-02." in visitor.see(answer.location)
    assert visitor.post(path, **(said | {"reason": ""})).status_code == 422
    assert visitor.post(path, **said).status_code == 409


def test_a_payment_is_asked_for_on_the_vendors_page(house: House) -> None:
    handed_out_and_claimed(house)
    visitor, society_id = house.visitor(Role.FINANCE), house.ours.society_id
    said = {"kind": "settle_vendor", "vendor": "V1", "programme": "CASH", "amount": "200"}
    said |= {"invoice": "INV-1", "reason": "As agreed"}
    answer = visitor.post(f"/vouchers/{society_id}/requests", **said)
    assert answer.location == "/vendors/1"
    assert "Pay vendor V1 200.00\N{NO-BREAK SPACE}RUB against invoice INV-1." in visitor.see(
        "/vendors/1"
    )
    assert "Take back a payment" not in visitor.see("/vendors/1")
    manager = house.visitor(Role.MANAGER)
    manager.post("/requests/1/confirm")
    assert "Take back a payment" in visitor.see("/vendors/1")
    said = {"kind": "reverse_vendor_payment", "vendor": "V1", "invoice": "INV-1", "reason": "Slip"}
    visitor.post(f"/vouchers/{society_id}/requests", **said)
    told = (
        "Take back the payment of 200.00\N{NO-BREAK SPACE}RUB to vendor V1 against invoice INV-1."
    )
    assert told in visitor.see("/vendors/1")
    manager.post("/requests/2/confirm")
    page = visitor.see("/vendors/1")
    assert "Taken back on" in page
    assert "Take back a payment" not in page


def test_a_lost_voucher_is_replaced_on_its_page(house: House) -> None:
    handed_out_and_claimed(house)
    visitor, society_id = house.visitor(Role.FIELD), house.ours.society_id
    said = {"kind": "lose_vouchers", "first": "A-02", "reason": "The river", "on": "2022-11-08"}
    visitor.post(f"/vouchers/{society_id}/requests", **said)
    house.visitor(Role.FINANCE).post("/requests/1/confirm")
    page = visitor.see(f"/vouchers/{society_id}/numbers?number=A-02")
    assert "Replace it by another" in page
    assert "Report it lost" not in page


def test_what_expired_is_released_on_the_books_page(house: House) -> None:
    handed_out_and_claimed(house)
    visitor = house.visitor(Role.FIELD)
    assert "Expired vouchers" not in visitor.see("/vouchers/books/1")
    with transaction(house.ledger.engine, SYSTEM) as session:
        session.exec(select(VoucherBook)).one().expires_on = date(2022, 11, 30)
        for programme in session.exec(select(Programme)):
            programme.voucher_expense = VoucherExpense.HAND_OVER
    assert "still counts as an expense" in visitor.see("/vouchers/books/1")
    said = {"kind": "release_expired", "book": "A", "reason": "Over"}
    visitor.post(f"/vouchers/{house.ours.society_id}/requests", **said)
    house.visitor(Role.FINANCE).post("/requests/1/confirm")
    assert "Expired vouchers" not in visitor.see("/vouchers/books/1")


def test_a_movement_is_recorded_on_the_books_page(house: House) -> None:
    house.add_book()
    visitor = house.visitor(Role.FIELD)
    answer = visitor.post("/vouchers/books/1/moves", kind="received", last="A-30", first="A-01")
    assert answer.location == "/vouchers/books/1"
    page = visitor.see("/vouchers/books/1")
    assert "received in store" in page
    assert "A-31 – A-50" in page


def test_a_book_is_registered_with_what_it_is_for_and_for_one_vendor(house: House) -> None:
    house.add_book()
    visitor, path = house.visitor(Role.FIELD), f"/vouchers/{house.ours.society_id}/books"
    said = {"programme": "CASH", "code": "B", "first": "B-01", "last": "B-09", "goods": "Boots"}
    answer = visitor.post(path, kind="clothes", vendor="v1", **said)
    assert answer.location == "/vouchers/books/2", answer.text
    page = visitor.see("/vouchers/books/2")
    assert "clothes" in page
    assert "V1" in page
