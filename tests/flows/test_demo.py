"""The demo: loaded once, it holds what the societies reported; loaded again, the same."""

from pathlib import Path

import pytest
from sqlmodel import Session, func, select

from cva.core.db import reading
from cva.core.opening import Ledger
from cva.core.scope import SYSTEM
from cva.demo.loading import PASSWORDS, load
from cva.intake.control import control_totals
from cva.intake.models import Sheet
from cva.reports.proof import prove
from cva.societies import service as societies
from cva.tables import TABLES
from cva.transfers.models import Transfer
from cva.vouchers.models import Voucher


def counts(ledger: Ledger) -> dict[str, int]:
    """The rows of every table."""
    with reading(ledger.engine, SYSTEM) as session:
        return {
            table.__name__: session.exec(select(func.count()).select_from(table)).one()
            for table in TABLES
        }


def in_2022(session: Session, code: str) -> tuple[int, int, int]:
    """Transfers, vouchers and people with vouchers of a society in 2022."""
    society_id = societies.id_of(societies.find_society(session, code))
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
        assert {control_totals(session, each.id or 0).tie for each in listed} == {True}
        states = set(session.exec(select(Sheet.state)).all())
    assert states == {"approved", "submitted", "checked"}


def test_the_demo_never_goes_into_a_ledger_in_use(sqlite_society: object) -> None:
    with pytest.raises(Exception, match="in use"):
        load(sqlite_society.ledger, lambda *_: None)  # type: ignore[attr-defined]
