"""What tests of vouchers do over and over: hand out, claim, look a number up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import select

from cva.core.money import parse
from cva.journal import service as journal
from cva.reports.verification import prove
from cva.societies import service as societies
from cva.vouchers import books, vendors, voucher_states
from cva.vouchers.books import Move, NewBook
from cva.vouchers.models import MoveKind, VoucherState
from cva.vouchers.vendors import NewVendor
from tests.makers import AtWork, sheet


@dataclass
class Shop:
    """A society at work with vouchers."""

    society: AtWork

    def add_vendor(self, code: str, name: str) -> int:
        society = self.society
        new = NewVendor(code, name)
        made = society.do(
            lambda s: vendors.add_vendor(s, society.society_id, new), society.people["field"]
        )
        return made.id

    def add_book(
        self,
        code: str,
        first: str,
        last: str,
        *,
        face: str = "",
        goods: str = "",
        expires: str = "",
        vendor: str = "",
        programme_id: int = 0,
    ) -> int:
        society = self.society

        def add(session: Any) -> int:  # noqa: ANN401
            only = vendors.find_vendor(session, society.society_id, vendor) if vendor else None
            new = NewBook(
                programme_id=programme_id or society.programme_id,
                code=code,
                first=first,
                last=last,
                goods=goods,
                currency="RUB" if face else None,
                face_minor=parse(face, "RUB").minor if face else None,
                expires_on=date.fromisoformat(expires) if expires else None,
                vendor=only,
            )
            return books.add_book(session, new).id

        return society.do(add, society.people["field"])

    def move(self, book_id: int, kind: MoveKind, first: str = "", last: str = "") -> None:
        move = Move(book_id, kind, date(2022, 11, 1), first, last, "Team North")
        self.society.do(lambda s: books.move(s, move), self.society.people["field"])

    def distribution(self, *numbers: str, day: str = "2022-11-05", amount: str = "500") -> bytes:
        lines = [
            f"R-{place} | Person No{place} | {day} | {number} | value | {amount} | RUB"
            for place, number in enumerate(numbers, 1)
        ]
        head = "number | name | day | voucher | type | amount | currency"
        return sheet("\n".join([head, *lines]))

    def hand_out(self, *numbers: str, **said: str) -> int:
        return self.society.approved(self.distribution(*numbers, **said))

    def claim_sheet(self, *rows: Sequence[str]) -> bytes:
        """Rows of number, day, amount (blank for all of it)."""
        lines = [f"{number} | {day} | {amount} | RUB" for number, day, amount in rows]
        return sheet("\n".join(["voucher | redeemed | amount | currency", *lines]))

    def claim(self, *rows: Sequence[str], vendor: str = "V1") -> int:
        """Claim and post, leaving out what is wrong."""
        return self.society.approved(self.claim_sheet(*rows), settled={"vendor": vendor})

    def checked_claim(self, *rows: Sequence[str], vendor: str = "V1") -> int:
        return self.society.checked(self.claim_sheet(*rows), settled={"vendor": vendor})

    def state(self, number: str) -> VoucherState | None:
        query = select(VoucherState).where(
            VoucherState.society_id == self.society.society_id,
            VoucherState.number_key == number.casefold(),
        )
        return self.society.see(lambda s: s.exec(query).one_or_none())

    def is_in_state(self, number: str, state: str) -> bool:
        found = self.state(number)
        return found is not None and found.state == state

    def balances(self) -> dict[str, int]:
        """Minor units by account, where there are any; debits positive."""
        found = self.society.see(lambda s: journal.balances(s, self.society.society_id))
        return {
            each.account: each.debit_minor - each.credit_minor
            for each in found
            if each.debit_minor != each.credit_minor
        }

    def assert_sound(self) -> None:
        society = self.society
        proof = society.see(lambda s: prove(s, societies.get_society(s, society.society_id)))
        assert proof.is_sound, proof.fault
        society.do(lambda s: voucher_states.rebuild(s, society.society_id))
        assert society.see(lambda s: voucher_states.agree(s, society.society_id))


def redeemed_and_paid(society: AtWork) -> None:
    """A programme of its own whose voucher was printed, moved, handed out, claimed and paid."""
    kept, society.programme_id = society.programme_id, society.add_programme("VOUCHERS")
    shop = Shop(society)
    shop.add_vendor("V1", "Corner Shop")
    book_id = shop.add_book("S", "S-1", "S-9", face="500")
    shop.move(book_id, MoveKind.RECEIVED)
    shop.move(book_id, MoveKind.TO_TEAM)
    shop.hand_out("S-1")
    shop.claim(("S-1", "2022-11-07", ""))
    said = {"vendor": "V1", "programme": "VOUCHERS", "amount": "500", "invoice": "1"}
    society.agreed("settle_vendor", by="finance", second="manager", **said)
    society.programme_id = kept
