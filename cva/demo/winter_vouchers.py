"""A book of vouchers from the printer to the shop, one of its vouchers lost and replaced."""

from collections.abc import Sequence
from datetime import date

from sqlmodel import Session

from cva.demo import sheets_of_2023, writing
from cva.demo.office import Office
from cva.demo.plans import DemoSheet
from cva.vouchers import books, vendors
from cva.vouchers.books import Move, NewBook
from cva.vouchers.models import MoveKind
from cva.vouchers.vendors import NewVendor

_PROGRAMME, _BOOK, _VENDOR = "CLOTHES-2022", "W-2023", "SHOP-1"
_PRINTED, _WITH_TEAM, _HANDED_OUT, _CLAIMED = 60, 50, 40, 36
#: The voucher that was lost, and the first one that was not handed out yet.
_LOST, _NEW = "W23-0007", "W23-0041"


def winter_clothes(office: Office) -> None:
    """Printed, handed out from the book, one replaced, most claimed by a shop."""
    _register(office)
    given = _serials(_HANDED_OUT)
    office.bring(
        DemoSheet(
            "rrc-clothes-2023-02.xlsx",
            _PROGRAMME,
            lambda: sheets_of_2023.vouchers(given, date(2023, 2, 6)),
        )
    )
    office.agree(
        "replace_voucher",
        "field",
        {
            "number": _LOST,
            "new_number": _NEW,
            "witness": "Head of the Rostov branch",
            "on": "2023-02-20",
        },
        reason="Lost on the way home.",
        confirmed_by="finance",
    )
    claimed = [serial for serial in given[:_CLAIMED] if serial != _LOST] + [_NEW]
    office.bring(
        DemoSheet(
            "rrc-shop-1-2023-03-claim.xlsx",
            _PROGRAMME,
            lambda: sheets_of_2023.claim(claimed, date(2023, 3, 1)),
            vendor=_VENDOR,
        )
    )


def _serials(count: int) -> Sequence[str]:
    return [f"W23-{number:04d}" for number in range(1, count + 1)]


def _register(office: Office) -> None:
    """The shop, and the book with its way to the team; all of it or nothing."""
    known = office.see(lambda s: books.list_books(s, office.society_id))
    if any(book.code == _BOOK for book in known):
        return
    printed = _serials(_PRINTED)
    new = NewBook(
        office.programme_id(_PROGRAMME),
        _BOOK,
        printed[0],
        printed[-1],
        goods="Winter clothes",
        currency="RUB",
        face_minor=writing.CLOTHES_FACE * 100,
        expires_on=date(2023, 12, 31),
    )

    def register(session: Session) -> None:
        if vendors.find_vendor_by(session, office.society_id, _VENDOR) is None:
            shop = NewVendor(_VENDOR, "Warm House, Rostov", "RRC/2023/014")
            vendors.add_vendor(session, office.society_id, shop)
        book_id = books.add_book(session, new).id
        received = Move(book_id, MoveKind.RECEIVED, date(2023, 1, 23))
        last = printed[_WITH_TEAM - 1]
        team = Move(book_id, MoveKind.TO_TEAM, date(2023, 2, 3), printed[0], last, "Rostov team")
        books.move(session, received)
        books.move(session, team)

    office.do("field", register)
