"""The demo: loaded once, it holds what the societies reported; loaded again, the same."""

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from sqlmodel import Session, col, func, select

from cva.approvals.models import ApprovalRequest
from cva.core.db import reading
from cva.core.ledger import Ledger
from cva.core.tenancy import SYSTEM
from cva.demo import plans
from cva.demo.loading import PASSWORDS, load
from cva.demo.office import Office
from cva.entitlements.delivery_comparison import Outcome
from cva.programmes import service as programmes
from cva.providers import stated_balances
from cva.providers.models import PaymentStatus, Provider
from cva.reports.control_totals import control_totals
from cva.reports.verification import prove
from cva.rounds.reconciliation import reconcile
from cva.societies import service as societies
from cva.staging.models import Sheet
from cva.tables import TABLES
from cva.transfers.models import Transfer
from cva.vouchers.models import Voucher, VoucherState


def counts(ledger: Ledger) -> dict[str, int]:
    """The rows of every table."""
    with reading(ledger.engine, SYSTEM) as session:
        return {
            table.__name__: session.exec(select(func.count()).select_from(table)).one()
            for table in TABLES
        }


def in_2022(session: Session, code: str) -> tuple[int, int, int]:
    """Transfers, vouchers and people with vouchers of a society in 2022."""
    society_id = societies.find_society(session, code).id
    of_year = func.substr(Voucher.issued_on, 1, 4) == "2022"
    transfers = select(func.count()).where(
        Transfer.society_id == society_id, func.substr(Transfer.paid_on, 1, 4) == "2022"
    )
    vouchers = select(func.count(), func.count(func.distinct(Voucher.beneficiary_id))).where(
        Voucher.society_id == society_id, of_year
    )
    return (session.exec(transfers).one(), *session.exec(vouchers).one())


def test_the_demo_loads_twice_without_doubling(sqlite_ledger: Ledger) -> None:
    told: list[str] = []
    passwords = load(sqlite_ledger, lambda what, *_: told.append(what))
    once, kept = counts(sqlite_ledger), passwords.read_bytes()
    load(sqlite_ledger, lambda *_: None)
    assert counts(sqlite_ledger) == once
    assert passwords == Path(sqlite_ledger.settings.home / PASSWORDS)
    assert passwords.read_bytes() == kept
    assert len(set(told)) > 20
    with reading(sqlite_ledger.engine, SYSTEM) as session:
        assert in_2022(session, "RRC")[:2] == (26_014, 8_712)
        assert in_2022(session, "BRC")[2] == 1_304
        listed = societies.list_societies(session)
        assert len(listed) == 5
        assert {prove(session, each).fault for each in listed} == {None}
        assert {control_totals(session, each.id).tie for each in listed} == {True}
        states = set(session.exec(select(Sheet.state)).all())
        assert_shows_2023(session)
    assert states == {"approved", "submitted", "checked", "kept"}


def assert_shows_2023(session: Session) -> None:
    """A round with differences, one that is paid by a provider, a book, a request that waits."""
    society_id = societies.find_society(session, "RRC").id
    cash = programmes.find_programme(session, society_id, "CASH-2022")
    february = programmes.get_named_round(session, cash, "2023-02")
    found = reconcile(session, february.id)
    assert found.ties
    assert {str(answer): people for answer, people in found.people.items()} == {
        Outcome.AS_PLANNED: 104,
        Outcome.LESS: 6,
        Outcome.NOT_RECEIVED: 2,
        Outcome.OPEN: 8,
    }
    assert Counter(session.exec(select(PaymentStatus.state))) == {
        "paid": 52,
        "failed": 4,
        "instructed": 4,
    }
    provider = session.exec(select(Provider)).one()
    assert [each.difference_minor for each in stated_balances.compared(session, provider)] == [
        -1504500,
        0,
    ]
    of_book = select(VoucherState.state).where(col(VoucherState.book_id).is_not(None))
    assert Counter(session.exec(of_book)) == {"redeemed": 36, "out": 4, "replaced": 1}
    asked = session.exec(select(ApprovalRequest.kind, ApprovalRequest.state)).all()
    assert sorted(asked) == [
        ("advance_float", "confirmed"),
        ("replace_voucher", "confirmed"),
        ("reverse_row", "open"),
    ]


class CutShortError(Exception):
    """Somebody stopped the load."""


def test_a_load_that_is_cut_short_after_any_act_goes_on(
    sqlite_ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The society without its sheets of 2022, one act in each load."""
    largest = replace(plans.societies()[0], sheets=())
    monkeypatch.setattr(plans, "societies", lambda: [largest])
    whole = Office.do
    left: list[str] = []

    def one_act(office: Office, name: str, act: Callable[[Session], object]) -> object:
        if not left:
            raise CutShortError
        left.pop()
        return whole(office, name, act)

    with monkeypatch.context() as cut:
        cut.setattr(Office, "do", one_act)
        loads = 0
        is_whole = False
        while not is_whole:
            loads += 1
            left[:] = ["one act"]
            with suppress(CutShortError):
                load(sqlite_ledger, lambda *_: None)
                is_whole = True
    assert loads > 20
    once = counts(sqlite_ledger)
    load(sqlite_ledger, lambda *_: None)
    assert counts(sqlite_ledger) == once
    with reading(sqlite_ledger.engine, SYSTEM) as session:
        assert_shows_2023(session)
        assert {prove(session, each).fault for each in societies.list_societies(session)} == {None}


def test_the_demo_never_goes_into_a_ledger_in_use(sqlite_society: object) -> None:
    with pytest.raises(Exception, match="in use"):
        load(sqlite_society.ledger, lambda *_: None)  # type: ignore[attr-defined]
