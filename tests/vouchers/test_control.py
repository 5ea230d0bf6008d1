"""The control sheet: both identities hold at every moment, whatever is done."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import update
from sqlmodel import col, select

from cva.core.errors import CvaError
from cva.core.identifiers import new_id
from cva.core.maker_checker import ApprovedRequest
from cva.journal import entry_posting
from cva.journal.row_digests import with_ids
from cva.reports.verification import prove
from cva.societies import service as societies
from cva.vouchers import reversals, voucher_events, voucher_states
from cva.vouchers import service as vouchers
from cva.vouchers.control_sheet import ControlCount, ControlSheet, control
from cva.vouchers.models import MoveKind, Voucher, VoucherEventKind, VoucherState
from tests.makers import AtWork
from tests.vouchers.shop import Shop

_numbers = count(1)
SIZE = 12


def seen(society: AtWork) -> ControlSheet:
    return society.see(lambda s: control(s, society.society_id), society.people["manager"])


def test_every_voucher_is_somewhere(shop: Shop) -> None:
    society = shop.society
    shop.move(1, MoveKind.RECEIVED, "A-001", "A-090")
    shop.move(1, MoveKind.TO_TEAM, "A-001", "A-040")
    shop.hand_out("A-001", "A-002", "A-003", "A-004")
    shop.claim(("A-001", "2022-11-07", ""), ("A-002", "2022-11-07", "100"))
    society.agreed("void_vouchers", first="A-003", on="2022-11-08")
    society.agreed("destroy_vouchers", first="A-080", last="A-090", witnesses="Two")
    (line,) = seen(society).lines
    assert line.printed
    assert {name: part.pieces for name, part in line.printed.parts.items()} == {
        "printer": 10,
        "store": 39,
        "team": 36,
        "handed_out": 4,
        "void": 0,
        "lost": 0,
        "destroyed": 11,
    }
    parts = line.handed_out.parts
    assert parts["redeemed"] == ControlCount(1, 60000)
    assert parts["expired"] == ControlCount(2, 90000)  # the book ended long ago
    assert parts["void"] == ControlCount(1, 50000)
    assert line.holds
    assert line.printed.whole == ControlCount(100, 5_000_000)


def test_what_does_not_add_up_is_seen(shop: Shop) -> None:
    shop.hand_out("A-001")
    shop.society.do(lambda s: s.execute(update(VoucherState).values(voucher_id=None, state="out")))
    (line,) = seen(shop.society).lines
    assert not line.holds
    assert line.printed
    assert line.printed.difference == ControlCount(1, 50000)
    society = shop.society
    proof = society.see(lambda s: prove(s, societies.get_society(s, society.society_id)))
    assert proof.fault
    assert "What vouchers are said to be" in proof.fault.message
    society.do(lambda s: voucher_states.rebuild(s, society.society_id))
    shop.assert_sound()


def test_vouchers_without_a_book_have_a_line_of_their_programme(shop: Shop) -> None:
    society = shop.society
    society.programme_id = society.add_programme("FREE")
    shop.hand_out("F-1", "F-2")
    shop.claim(("F-1", "2022-11-07", ""))
    line = seen(society).lines[-1]
    assert (line.book, line.programme, line.printed) == (None, "FREE", None)
    assert line.handed_out.parts["outstanding"] == ControlCount(1, 50000)
    assert line.holds


@dataclass
class Model:
    """A book as it should be: by number where it is, or what became of it."""

    places: list[str] = field(default_factory=lambda: ["printer"] * SIZE)
    fates: dict[int, str] = field(default_factory=dict)
    redeemed: Counter[int] = field(default_factory=Counter)
    given: set[int] = field(default_factory=set)


ACTS = st.lists(
    st.tuples(
        st.sampled_from(
            [
                "received",
                "to_team",
                "back",
                "hand_out",
                "redeem",
                "void",
                "lost",
                "replace",
                "destroy",
                "false",
                "reverse",
            ]
        ),
        st.integers(1, SIZE),
        st.integers(1, SIZE),
    ),
    max_size=25,
)


class Play:
    """One book, and acts upon it; what the ledger refuses does not happen in the model either."""

    def __init__(self, shop: Shop) -> None:
        self.shop, self.society = shop, shop.society
        self.prefix = f"P{next(_numbers)}-"
        self.book_id = shop.add_book(self.prefix, self.number(1), self.number(SIZE), face="10")
        self.model = Model()

    def number(self, serial: int) -> str:
        return f"{self.prefix}{serial:02d}"

    def do(self, act: str, one: int, other: int) -> None:
        first, last = sorted((one, other))
        try:
            getattr(self, act)(first, last)
        except CvaError:
            return

    def _moved(self, kind: MoveKind, first: int, last: int, place: str) -> None:
        self.shop.move(self.book_id, kind, self.number(first), self.number(last))
        self.model.places[first - 1 : last] = [place] * (last - first + 1)

    def received(self, first: int, last: int) -> None:
        self._moved(MoveKind.RECEIVED, first, last, "store")

    def to_team(self, first: int, last: int) -> None:
        self._moved(MoveKind.TO_TEAM, first, last, "team")

    def back(self, first: int, last: int) -> None:
        self._moved(MoveKind.BACK, first, last, "store")

    def hand_out(self, first: int, _last: int) -> None:
        if first in self.model.given or first in self.model.fates:
            return
        society, entry_id = self.society, new_id()
        like = society.all_of(Voucher)[0]
        row = {name: getattr(like, name) for name in vouchers.COLUMNS} | {
            "number": self.number(first),
            "amount_minor": 1000,
            "entry_id": entry_id,
        }
        rows = with_ids([row])

        def act(session: Any) -> None:  # noqa: ANN401
            entry_posting.post(session, [self._entry(entry_id, "voucher_distributions", rows)])
            vouchers.record(session, rows)

        society.do(act, society.people["finance"])
        self.model.given.add(first)

    def _entry(self, entry_id: int, kind: str, rows: Any) -> entry_posting.NewEntry:  # noqa: ANN401
        behind = vouchers.BEHIND if kind == "voucher_distributions" else voucher_events.BEHIND
        return entry_posting.NewEntry(
            entry_id=entry_id,
            society_id=self.society.society_id,
            effective_on=date(2022, 11, 5),
            kind=kind,
            key=f"{kind}:{entry_id}",
            sheet_id=None,
            sent_by=1,
            rows=1,
            rows_sha256=behind.digest(rows),
            lines=[],
        )

    def _voucher_id(self, serial: int) -> int:
        key = self.number(serial).casefold()
        query = select(VoucherState.voucher_id).where(VoucherState.number_key == key)
        return self.society.see(lambda s: s.exec(query).first()) or 0

    def _happened(self, session: Any, rows: Any, kind: str, entry_id: int) -> None:  # noqa: ANN401
        entry_posting.post(session, [self._entry(entry_id, kind, rows)])
        voucher_events.record(session, self.society.society_id, rows)

    def redeem(self, first: int, last: int) -> None:
        left = 1000 - self.model.redeemed[first]
        if first not in self.model.given or first in self.model.fates or not left:
            return
        minor, entry_id = min(left, last * 100), new_id()
        event = {
            "number_key": self.number(first).casefold(),
            "voucher_id": self._voucher_id(first),
            "kind": str(VoucherEventKind.REDEEMED),
            "happened_on": date(2022, 11, 6),
            "currency": "RUB",
            "amount_minor": minor,
            "vendor_id": 1,
            "entry_id": entry_id,
        }

        def act(session: Any) -> None:  # noqa: ANN401
            rows = voucher_events.numbered(session, self.society.society_id, [event])
            self._happened(session, rows, "voucher_redemptions", entry_id)

        self.society.do(act, self.society.people["finance"])
        self.model.redeemed[first] += minor

    def void(self, first: int, _last: int) -> None:
        self.society.agreed("void_vouchers", first=self.number(first))
        self.model.fates[first] = "void"

    def lost(self, first: int, _last: int) -> None:
        self.society.agreed("lose_vouchers", first=self.number(first))
        self.model.fates[first] = "lost"

    def destroy(self, first: int, last: int) -> None:
        self.society.agreed(
            "destroy_vouchers",
            first=self.number(first),
            last=self.number(last),
            witnesses="Two",
        )
        self.model.fates |= dict.fromkeys(range(first, last + 1), "destroyed")

    def replace(self, first: int, last: int) -> None:
        self.society.agreed(
            "replace_voucher",
            number=self.number(first),
            new_number=self.number(last),
            witness="One",
        )
        self.model.fates[first] = "replaced"
        self.model.given.add(last)

    def false(self, first: int, _last: int) -> None:
        redeemed = self.society.see(
            lambda s: voucher_events.redemptions(s, voucher_id=self._voucher_id(first) or -1)
        )
        self.society.agreed("false_redemption", number=self.number(first))
        self.model.redeemed[first] -= sum(row["amount_minor"] for row in redeemed)

    def reverse(self, first: int, _last: int) -> None:
        if first not in self.model.given:
            return
        society, entry_id = self.society, new_id()
        voucher_id = self._voucher_id(first)
        query = select(Voucher).where(col(Voucher.id) == voucher_id)
        found = society.see(lambda s: s.exec(query).one())
        row = {name: getattr(found, name) for name in vouchers.COLUMNS}
        agreed = ApprovedRequest(1, society.society_id, {}, "", 1)

        def act(session: Any) -> None:  # noqa: ANN401
            reversals.refuse_changed(session, society.society_id, [row])
            rows = reversals.hand_outs_undone(session, [row], agreed, {found.entry_id: entry_id})
            self._happened(session, rows, "voucher_reversal", entry_id)

        society.do(act, society.people["finance"])
        self.model.given.discard(first)

    def check(self) -> None:
        line = next(
            each
            for each in seen(self.society).lines
            if each.book is not None and each.book.id == self.book_id
        )
        assert line.holds
        assert line.printed
        model = self.model
        untouched = set(range(1, SIZE + 1)) - model.given - set(model.fates)
        expected = Counter(model.places[serial - 1] for serial in untouched)
        expected["handed_out"] = len(model.given)
        for serial, fate in model.fates.items():
            if serial not in model.given:
                expected[fate] += 1
        assert {name: part.pieces for name, part in line.printed.parts.items()} == {
            name: expected[name] for name in line.printed.parts
        }
        assert line.handed_out.parts["redeemed"].minor == sum(model.redeemed.values())
        fates = Counter(model.fates[serial] for serial in model.given & set(model.fates))
        for fate in ("void", "lost", "replaced"):
            assert line.handed_out.parts[fate].pieces == fates[fate]


@pytest.mark.slow
def test_both_identities_hold_whatever_is_done(shop: Shop) -> None:
    shop.hand_out("A-001")  # whose person, round and sheet the others are given to

    @given(ACTS)
    @example([("hand_out", 1, 1), ("void", 1, 1), ("reverse", 1, 1)])  # refused, like the next
    @example([("hand_out", 1, 1), ("redeem", 1, 1), ("reverse", 1, 1)])
    @settings(
        max_examples=12,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
    )
    def play(acts: list[tuple[str, int, int]]) -> None:
        game = Play(shop)
        for act in acts:
            game.do(*act)
            game.check()

    play()
    assert shop.society.see(lambda s: voucher_states.agree(s, shop.society.society_id))
