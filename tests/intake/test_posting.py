"""What posting writes: accounts, days, exceptions; all of it or nothing; nobody's name."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from cva.beneficiaries import service as beneficiaries
from cva.core import audit
from cva.core.append_only import APPEND_ONLY
from cva.core.errors import ForbiddenError, RuleError
from cva.intake.views import show
from cva.journal import entry_posting as book
from cva.journal import service as journal
from cva.journal.models import Entry, Line
from cva.kinds import sheet_entries
from cva.programmes.models import UnknownPeople, VoucherExpense
from cva.programmes.service import Mechanism
from cva.reports.verification import prove
from cva.sheets.findings.finding import message
from cva.societies import service as societies
from cva.staging.models import SheetFile
from cva.tables import METADATA
from cva.transfers import service as transfers
from cva.transfers.models import Transfer
from cva.vouchers.models import Voucher
from tests.makers import TWO_PAID, AtWork

VALUE_VOUCHERS = """
number | name         | day        | voucher | amount | currency
R-001  | Anna Orlova  | 2022-11-05 | V-10    | 300    | RUB
R-001  | Anna Orlova  | 2022-11-05 | V-11    | 200    | RUB
"""


def booked(society: AtWork) -> dict[tuple[str, str], int]:
    """The balance of each account, in minor units; debits positive."""
    found = society.see(lambda session: journal.balances(session, society.society_id))
    return {(each.account, each.currency): each.debit_minor - each.credit_minor for each in found}


def is_sound(society: AtWork) -> bool:
    return society.see(
        lambda session: prove(session, societies.get_society(session, society.society_id)).is_sound
    )


@pytest.mark.parametrize(
    ("mechanism", "account"),
    [
        (Mechanism.CASH_IN_HAND, "1010"),
        (Mechanism.DIRECT_DISTRIBUTION, "1010"),
        (Mechanism.BANK_TRANSFER, "1100"),
        (Mechanism.MOBILE_MONEY, "1100"),
    ],
)
def test_cash_is_booked_against_custody_or_the_providers_float(
    sqlite_society: AtWork, mechanism: Mechanism, account: str
) -> None:
    programme = sqlite_society.add_programme("P", mechanism=mechanism)
    sqlite_society.approved(TWO_PAID, programme_id=programme)
    assert booked(sqlite_society) == {("5000", "RUB"): 1225050, (account, "RUB"): -1225050}


def test_the_rows_own_mechanism_goes_before_the_programmes(society: AtWork) -> None:
    society.approved(
        """
        number | name        | day        | amount | currency | mechanism
        R-001  | Anna Orlova | 2022-11-05 | 50     | RUB      | bank transfer
        R-002  | Boris Lebed | 2022-11-05 | 70     | RUB      |
        """
    )
    assert booked(society) == {
        ("5000", "RUB"): 12000,
        ("1010", "RUB"): -7000,
        ("1100", "RUB"): -5000,
    }


def test_there_is_an_entry_for_each_day_and_two_currencies_are_never_added(
    society: AtWork,
) -> None:
    sheet_id = society.approved(
        """
        number | name        | day        | amount | currency
        R-001  | Anna Orlova | 2022-11-30 | 50     | RUB
        R-002  | Boris Lebed | 2022-12-01 | 70     | RUB
        R-003  | Clara Nagy  | 2022-12-01 | 9.50   | USD
        """
    )
    days = [(each.number, each.effective_on.isoformat()) for each in society.all_of(Entry)]
    assert sorted(days) == [(1, "2022-11-30"), (2, "2022-12-01")]
    assert booked(society) == {
        ("5000", "RUB"): 12000,
        ("1010", "RUB"): -12000,
        ("5000", "USD"): 950,
        ("1010", "USD"): -950,
    }
    entries = society.see(lambda session: journal.entries_of(session, sheet_id))
    assert [entry.number for entry in entries] == [1, 2]
    assert {each.programme_id for each in society.all_of(Line)} == {society.programme_id}
    assert is_sound(society)


@pytest.mark.parametrize(
    ("expense", "lines"),
    [
        (VoucherExpense.REDEMPTION, {}),
        (VoucherExpense.HAND_OVER, {("5010", "RUB"): 50000, ("2200", "RUB"): -50000}),
        (VoucherExpense.BOUGHT_AHEAD, {("5010", "RUB"): 50000, ("1300", "RUB"): -50000}),
    ],
)
def test_a_voucher_becomes_an_expense_when_the_programme_says(
    society: AtWork, expense: VoucherExpense, lines: dict[tuple[str, str], int]
) -> None:
    programme = society.add_programme("FOOD", voucher_expense=expense)
    society.approved(VALUE_VOUCHERS, programme_id=programme)
    assert booked(society) == lines
    assert [each.mechanism for each in society.all_of(Voucher)] == ["paper_voucher"] * 2
    assert is_sound(society)


def test_people_registered_move_no_money(society: AtWork) -> None:
    society.approved("number | name\nR-001 | Anna Orlova\nR-002 | Boris Lebed")
    (entry,) = society.all_of(Entry)
    assert (entry.rows, entry.kind) == (2, "beneficiaries")
    assert society.all_of(Line) == []
    assert is_sound(society)


def test_people_registered_twice_stay_one(society: AtWork) -> None:
    society.approved("number | name\nR-001 | Anna Orlova\nR-002 | Boris Lebed")
    society.approved("number | name\nR-002 | Boris Lebed\nR-003 | Clara Nagy")
    assert is_sound(society)


class TestExceptions:
    """Something that really happened against a rule: recorded by finance, with a reason."""

    AGAIN = """
    number | name        | day        | amount | currency
    R-001  | Anna Orlova | 2022-11-05 | 5000   | RUB
    R-003  | Clara Nagy  | 2022-11-05 | 100    | RUB
    """

    @pytest.mark.parametrize(("kind", "account"), [("recoverable", "1200"), ("loss", "5200")])
    def test_paid_twice_is_booked_as_what_it_is(
        self, society: AtWork, kind: str, account: str
    ) -> None:
        society.approved(TWO_PAID, round_code="1")
        sheet_id = society.submitted(self.AGAIN, round_code="1")
        society.except_row(sheet_id, 2, kind)
        assert society.approve(sheet_id).posted_rows == 2
        assert booked(society) == {
            ("5000", "RUB"): 1225050 + 10000,
            (account, "RUB"): 500000,
            ("1010", "RUB"): -(1225050 + 10000 + 500000),
        }
        excepted = [each for each in society.all_of(Transfer) if each.exception]
        assert [(each.exception, each.instalment) for each in excepted] == [(kind, 2)]
        assert is_sound(society)

    def test_without_a_round_it_can_be_recorded_too(self, society: AtWork) -> None:
        society.approved(TWO_PAID)
        sheet_id = society.submitted(self.AGAIN)
        society.except_row(sheet_id, 2, "recoverable")
        assert society.approve(sheet_id).posted_rows == 2
        assert booked(society)["1200", "RUB"] == 500000
        assert is_sound(society)

    def test_an_unknown_person_who_was_paid_can_be_recorded(self, society: AtWork) -> None:
        closed = society.add_programme("CLOSED", unknown_people=UnknownPeople.REFUSE)
        society.approved("number | name\nR-003 | Clara Nagy")
        sheet_id = society.submitted(self.AGAIN, programme_id=closed)
        society.except_row(sheet_id, 2, "loss")
        assert society.approve(sheet_id).posted_rows == 2
        assert booked(society)["5200", "RUB"] == 500000

    def test_a_mistake_in_a_cell_is_mended_and_not_excepted(self, society: AtWork) -> None:
        sheet_id = society.submitted(self.AGAIN.replace("100 ", "???"))
        with pytest.raises(RuleError):
            society.except_row(sheet_id, 3, "loss")
        with pytest.raises(RuleError):
            society.except_row(sheet_id, 2, "loss")

    def test_a_row_left_out_of_an_approved_sheet_comes_in_a_new_file(self, society: AtWork) -> None:
        society.approved(TWO_PAID, round_code="1")
        sheet_id = society.approved(self.AGAIN, round_code="1")
        with pytest.raises(RuleError, match="Have the row sent in a new file"):
            society.except_row(sheet_id, 2, "loss")
        again = society.checked(self.AGAIN, round_code="1")
        (refused,) = society.see(lambda s: show(s, again)).whole
        assert "left out then, or reversed since: 1. Send those alone" in message(refused)
        alone = self.AGAIN.replace("R-003  | Clara Nagy  | 2022-11-05 | 100    | RUB", "")
        sheet_id = society.checked(alone, round_code="1")
        society.except_row(sheet_id, 2, "loss")
        society.submit(sheet_id)
        assert society.approve(sheet_id).posted_rows == 1
        assert is_sound(society)

    def test_whoever_sent_it_cannot_except_a_row(self, society: AtWork) -> None:
        society.approved(TWO_PAID, round_code="1")
        sheet_id = society.submitted(self.AGAIN, round_code="1", by="finance")
        with pytest.raises(ForbiddenError):
            society.except_row(sheet_id, 2, "loss")


class TestConflicts:
    """Two sheets with the same person: the one approved later goes back, with the rows marked."""

    def test_rows_another_sheet_was_first_with_send_it_back(self, society: AtWork) -> None:
        first = society.submitted(TWO_PAID, round_code="1")
        second = society.submitted(TestExceptions.AGAIN, round_code="1")
        society.approve(first)
        approval = society.approve(second)
        assert (approval.conflicts, approval.posted_rows) == (1, 0)
        assert society.state(second) == "checked"
        assert society.rows(second) == {2: "error", 3: "ready"}
        assert society.findings(second) == [(2, "already-paid")]
        assert len(society.all_of(Transfer)) == 2
        society.submit(second)
        assert society.approve(second).posted_rows == 1

    def test_vouchers_another_sheet_was_first_with_send_it_back(self, society: AtWork) -> None:
        first = society.submitted(VALUE_VOUCHERS)
        second = society.submitted(VALUE_VOUCHERS.replace("V-10", "V-99"))
        society.approve(first)
        assert society.approve(second).conflicts == 1
        assert society.rows(second) == {2: "ready", 3: "error"}


FAILURES = {
    "people": (beneficiaries, "register"),
    "entries": (book, "post"),
    "transfers": (transfers, "record"),
    "keys": (transfers, "insert_columns"),
    "ids": (sheet_entries, "new_ids"),
    "trail": (audit, "record"),
}


@pytest.mark.parametrize("step", FAILURES)
def test_a_failure_in_the_middle_leaves_nothing(
    society: AtWork, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet_id = society.submitted(TWO_PAID)

    def everything() -> list[object]:
        tables = [name for name in METADATA.tables if name != "sheet_file"]
        with society.engine.connect() as connection:
            return [
                sorted(connection.execute(text(f"SELECT * FROM {name}")).all(), key=repr)  # noqa: S608
                for name in sorted(tables)
            ]

    before = everything()

    def fail(*_: object, **__: object) -> None:
        raise OSError("The disk is full.")

    with monkeypatch.context() as broken:
        broken.setattr(*FAILURES[step], fail)
        with pytest.raises(OSError, match="disk"):
            society.approve(sheet_id)
    assert everything() == before
    assert society.approve(sheet_id).posted_rows == 2


CANARIES = ("Xanthippe", "Zzyzxov", "+79161234567", "9161234567", "4509-778899")
CANARY_SHEET = """
number | name              | phone        | document    | day        | amount | currency
R-001  | Xanthippe Zzyzxov | +79161234567 | 4509-778899 | 2022-11-05 | 5000   | RUB
R-001  | Xanthippe Zzyzxov | +79161234567 | 4509-778899 | 2022-11-06 | ???    | RUB
"""


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    with caplog.at_level(logging.DEBUG):
        yield caplog


def test_journal_trail_and_log_know_nobody(
    society: AtWork, log: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    society.approved(CANARY_SHEET)
    with society.engine.connect() as connection:
        stored = repr(
            [
                connection.execute(text(f"SELECT * FROM {table}")).all()  # noqa: S608
                for table in (*APPEND_ONLY, "job", "sheet", "payment_key")
            ]
        )
    said = stored + log.text + "".join(capfd.readouterr())
    assert [canary for canary in CANARIES if canary in said] == []


def test_phones_documents_and_files_lie_encrypted(society: AtWork) -> None:
    """Names lie open in the table of people alone, where they are searched."""
    society.approved(CANARY_SHEET)
    (content,) = society.see(
        lambda session: [kept.content for kept in [session.get(SheetFile, 1)] if kept]
    )
    secrets = [canary.encode() for canary in CANARIES[2:]] + [content[:40], content[-40:]]
    stored = _stored(society)
    assert [secret for secret in secrets if secret in stored] == []
    elsewhere = _stored(society, without="beneficiary")
    assert [name for name in CANARIES if name.encode() in elsewhere] == []


def _stored(society: AtWork, without: str = "") -> bytes:
    """Every value of the database as it lies there; on SQLite its files, to the last byte."""
    if society.engine.dialect.name == "sqlite" and not without:
        database = Path(str(society.engine.url.database))
        return b"".join(file.read_bytes() for file in database.parent.glob("cva.db*"))
    values: list[bytes] = []
    with society.engine.connect() as connection:
        for name in METADATA.tables:
            if name != without:
                for row in connection.execute(text(f"SELECT * FROM {name}")):  # noqa: S608
                    values += [v if isinstance(v, bytes) else str(v).encode() for v in row]
    return b"\n".join(values)
