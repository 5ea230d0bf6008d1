"""Books of numbers: registered without overlap, moved step by step, minded by hand-outs."""

from datetime import date

import pytest

from cva.core.errors import CvaError, ForbiddenError
from cva.intake.sheet_submission import Submission, submit
from cva.intake.views import show
from cva.vouchers import books
from cva.vouchers.books import NewBook
from cva.vouchers.models import BookMovement, MoveKind, VoucherBook
from cva.vouchers.numbering import Shelf, number_of, overlap, range_of
from tests.makers import AtWork
from tests.vouchers.shop import Shop


def book(first: str, last: str, number: int = 1) -> VoucherBook:
    found = range_of(first, last)
    return VoucherBook(
        id=number,
        society_id=1,
        programme_id=1,
        code="X",
        code_key="x",
        prefix=found.prefix,
        prefix_key=found.prefix.casefold(),
        width=found.width,
        first=found.first,
        last=found.last,
        made_at=None,  # type: ignore[arg-type]
        made_by=1,
    )


@pytest.mark.parametrize(
    ("one", "other", "is_shared"),
    [
        (("A-001", "A-100"), ("A-100", "A-200"), True),
        (("A-001", "A-100"), ("A-101", "A-200"), False),
        (("A-001", "A-100"), ("a-050", "a-060"), True),
        (("A-001", "A-100"), ("B-001", "B-100"), False),
        (("A-001", "A-100"), ("A-0001", "A-0100"), False),
        (("A1001", "A1999"), ("A-1001", "A-1999"), False),
        (("A1001", "A1999"), ("A1500", "A2500"), True),
        (("7000", "7999"), ("X7000", "X7999"), False),
        (("1", "500"), ("100", "200"), True),
        (("1", "99"), ("100", "200"), False),
    ],
)
def test_books_share_a_number_or_not(
    one: tuple[str, str], other: tuple[str, str], *, is_shared: bool
) -> None:
    assert overlap(book(*one), book(*other)) is is_shared
    assert overlap(book(*other), book(*one)) is is_shared


def test_a_prefix_that_ends_in_digits_is_seen_through() -> None:
    """``A1`` and ``001`` make the same number as ``A`` and ``1001``."""
    odd = book("A0001", "A1500")
    other = book("A1001", "A1999")
    other.prefix, other.prefix_key, other.width, other.first, other.last = "A1", "a1", 3, 1, 999
    assert overlap(odd, other)
    assert overlap(other, odd)
    other.first = 501
    assert not overlap(odd, other)


@pytest.mark.parametrize("number", [1, 99, 100, 500])
def test_a_number_is_found_in_its_book(number: int) -> None:
    for first, last in (("A-001", "A-500"), ("A-1", "A-500"), ("1", "500")):
        made = book(first, last)
        shelf = Shelf([made])
        assert shelf.find(number_of(made, number).casefold()) == (made, number)
        assert (
            shelf.find(f"{made.prefix_key}0{number_of(made, number)[len(made.prefix) :]}") is None
        )


@pytest.mark.parametrize(
    ("first", "last"),
    [("A-1", "B-2"), ("A-", "A-2"), ("A-9", "A-1"), ("A-01", "A-100"), ("1", "9999999"), ("", "")],
)
def test_ranges_that_cannot_be_read_are_refused(first: str, last: str) -> None:
    with pytest.raises(CvaError):
        range_of(first, last)


def test_a_number_is_in_one_book_only(shop: Shop) -> None:
    with pytest.raises(CvaError, match="Book A has some of these numbers"):
        shop.add_book("B", "a-100", "a-150", face="100")
    with pytest.raises(CvaError, match="There is a book a already"):
        shop.add_book("a", "C-100", "C-150", face="100")
    with pytest.raises(CvaError, match="face value, or the goods"):
        shop.add_book("C", "C-100", "C-150")


def test_only_who_prepares_registers_a_book(shop: Shop) -> None:
    society = shop.society
    new = NewBook(society.programme_id, "B", "B-1", "B-9", goods="soap")
    for name in ("manager", "auditor", "partner", "admin"):
        with pytest.raises(ForbiddenError):
            society.do(lambda s: books.add_book(s, new), society.people[name])


def test_vouchers_go_from_printer_to_store_to_team_and_back(shop: Shop) -> None:
    shop.move(1, MoveKind.RECEIVED)
    shop.move(1, MoveKind.TO_TEAM, "A-001", "A-040")
    shop.hand_out("A-001", "A-002")
    shop.move(1, MoveKind.BACK, "A-031", "A-040")
    assert [move.step for move in shop.society.all_of(BookMovement)].sort() is None
    for kind, first, last, told in (
        (MoveKind.RECEIVED, "", "", "A-001 to A-030 are with a team"),
        (MoveKind.TO_TEAM, "A-030", "A-050", "A-030 to A-030 are with a team"),
        (MoveKind.BACK, "A-002", "A-003", "a-?A?-002 is handed out|A-002 is handed out"),
        (MoveKind.BACK, "A-050", "A-050", "are in store"),
        (MoveKind.BACK, "A-099", "A-101", "numbers A-001 to A-100"),
        (MoveKind.BACK, "B-001", "B-002", "numbers A-001 to A-100"),
    ):
        with pytest.raises(CvaError, match=told):
            shop.move(1, kind, first, last)


def test_a_hand_out_keeps_to_the_books(shop: Shop) -> None:
    society: AtWork = shop.society
    society.agreed("void_vouchers", first="A-003")
    society.agreed("lose_vouchers", first="A-004")
    shop.add_book("OLD", "D-1", "D-9", face="500", expires="2022-11-04")
    other = society.add_programme("OTHER")
    shop.add_book("O", "O-1", "O-9", face="500", programme_id=other)
    sheet_id = society.checked(
        """
        number | name  | day        | voucher | type  | amount | currency
        R-1    | An A  | 2022-11-05 | A-001   | value | 500    | RUB
        R-2    | An B  | 2022-11-05 | A-002   | value | 400    | RUB
        R-3    | An C  | 2022-11-05 | A-003   | value | 500    | RUB
        R-4    | An D  | 2022-11-05 | A-004   | value | 500    | RUB
        R-5    | An E  | 2022-11-05 | A-101   | value | 500    | RUB
        R-6    | An F  | 2022-11-05 | D-1     | value | 500    | RUB
        R-7    | An G  | 2022-11-05 | O-1     | value | 500    | RUB
        """
    )
    assert society.findings(sheet_id) == [
        (3, "voucher-face-differs"),
        (4, "voucher-void"),
        (5, "voucher-lost"),
        (6, "voucher-not-in-book"),
        (7, "voucher-expired"),
        (8, "voucher-not-in-book"),
    ]


def test_a_number_that_no_team_took_is_to_be_confirmed_as_typed(shop: Shop) -> None:
    society = shop.society
    shop.move(1, MoveKind.RECEIVED)
    shop.move(1, MoveKind.TO_TEAM, "A-001", "A-001")
    sheet_id = society.checked(shop.distribution("A-001", "A-002", "a-003"))
    codes = [(3, "voucher-in-store"), (4, "voucher-in-store")]
    assert (society.findings(sheet_id), society.findings(sheet_id, "warning")) == ([], codes)
    told = [finding.value for finding in society.see(lambda s: show(s, sheet_id)).changes]
    assert told == ["A-002", "a-003"]
    with pytest.raises(CvaError, match="still in store"):
        society.do(
            lambda s: submit(s, sheet_id, Submission(handed_out=True)), society.people["field"]
        )
    society.submit(sheet_id)
    society.approve(sheet_id)
    shop.assert_sound()


def test_a_book_registered_late_takes_its_numbers_over(shop: Shop) -> None:
    society = shop.society
    society.programme_id = society.add_programme("LATE")
    shop.hand_out("L-1", "L-2")
    with pytest.raises(CvaError, match="another face value"):
        shop.add_book("L", "L-1", "L-9", face="400")
    book_id = shop.add_book("L", "L-1", "L-9", face="500")
    state = shop.state("L-1")
    assert state
    assert (state.book_id, state.serial, state.place) == (book_id, 1, "printer")
    shop.move(book_id, MoveKind.RECEIVED)
    shop.assert_sound()


def test_a_reversed_hand_out_frees_its_numbers(shop: Shop) -> None:
    society = shop.society
    sheet_id = shop.hand_out("A-001", "A-002")
    society.agreed("reverse_row", sheet=sheet_id, row=2)
    assert shop.state("A-001") is None
    shop.hand_out("A-001", day="2022-11-06")
    assert shop.is_in_state("A-001", "out")
    society.agreed("reverse_sheet", sheet=sheet_id)
    assert shop.state("A-002") is None
    shop.assert_sound()


def test_a_redeemed_hand_out_is_not_reversed(shop: Shop) -> None:
    sheet_id = shop.hand_out("A-001", "A-002")
    asked = shop.society.ask("reverse_sheet", sheet=sheet_id)
    claim = shop.claim(("A-001", "2022-11-07", ""))
    with pytest.raises(CvaError, match="Reverse that first"):
        shop.society.confirm(asked)
    with pytest.raises(CvaError, match="Reverse that first"):
        shop.society.ask("reverse_row", sheet=sheet_id, row=2)
    shop.society.agreed("reverse_sheet", sheet=claim)
    shop.society.confirm(asked)
    shop.assert_sound()


def test_the_day_of_a_move_is_kept(shop: Shop) -> None:
    shop.move(1, MoveKind.RECEIVED)
    assert [move.moved_on for move in shop.society.all_of(BookMovement)] == [date(2022, 11, 1)]
