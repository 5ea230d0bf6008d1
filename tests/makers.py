"""A society at work, and the sheets its field officers send: what most tests begin with."""

import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from threading import Barrier
from typing import Any, TypedDict, TypeVar, Unpack

from argon2 import PasswordHasher
from openpyxl import Workbook
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from cva.approvals import service as approvals
from cva.beneficiaries.models import Registration
from cva.core.db import reading, transaction
from cva.core.ledger import Ledger, open_ledger
from cva.core.permissions import ROLE_PERMISSIONS, Role
from cva.core.settings import read_settings
from cva.core.tenancy import SYSTEM, Actor
from cva.entitlements import drafts, list_workflow
from cva.intake import approval as deciding
from cva.intake import evidence, sheet_submission
from cva.intake.approval import Approval
from cva.intake.cell_corrections import amend
from cva.intake.checking import check_run
from cva.intake.column_mapping import map_columns
from cva.intake.receiving import NewSheet, Received, receive
from cva.intake.sheet_submission import Submission
from cva.programmes import planning
from cva.programmes import service as programmes
from cva.programmes.models import UnknownPeople, ValueRule, VoucherExpense
from cva.programmes.planning import NewRound
from cva.programmes.service import Mechanism
from cva.programmes.transfer_values import TransferValue
from cva.providers import list_dispatch, stated_balances
from cva.providers import service as providers
from cva.providers.instructions import Made
from cva.providers.models import Payment
from cva.rounds import list_from_sheets
from cva.rounds.payment_lists import make_list
from cva.sheets.files.limits import Limits
from cva.societies import passwords
from cva.societies import service as societies
from cva.societies.models import Membership, User
from cva.staging.models import RowFinding, RowState, Sheet, StagedRow
from cva.staging.workflow import row_counts
from tests.reading_here import files_read_here

PASSWORD = "four plain words here"  # noqa: S105
#: Hashes a password at the least cost that argon2id has.
WEAK_HASHER = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)

T = TypeVar("T")


class Said(TypedDict, total=False):
    """What may be said beside the file of a new sheet; see ``NewSheet``."""

    programme_id: int
    filename: str
    round_code: str
    is_list: bool
    settled: Mapping[str, str]
    replaces_id: int


#: Short names of columns in tables, and the headings a sheet has for them.
HEADINGS = {
    "number": "Registration number",
    "name": "Full name",
    "day": "Distribution date",
    "amount": "Amount",
    "currency": "Currency",
    "received": "Received (Y/N)",
    "phone": "Phone",
    "document": "National ID",
    "sex": "Sex",
    "region": "Region",
    "household": "Household size",
    "mechanism": "Delivery mechanism",
    "voucher": "Voucher number",
    "type": "Voucher type",
    "redeemed": "Redemption date",
    "vendor": "Vendor",
    "ours": "Our reference",
    "theirs": "Transaction ID",
    "status": "Payment status",
    "fee": "Fee",
    "reason": "Reason",
}

#: Two payments of November that nothing is wrong with.
TWO_PAID = """
number | name         | day        | amount  | currency
R-001  | Anna Orlova  | 2022-11-05 | 5000    | RUB
R-002  | Boris Lebed  | 2022-11-05 | 7250.50 | RUB
"""


def sheet(table: str) -> bytes:
    """A workbook from a table in text: short names of columns, then a row in each line."""
    head, *lines = [line for line in table.strip().splitlines() if line.strip()]
    columns = _cells(head)
    rows = [[_value(*pair) for pair in zip(columns, _cells(line), strict=True)] for line in lines]
    return workbook([[HEADINGS.get(name, name) for name in columns], *rows])


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.split("|")]


def _value(column: str, text: str) -> object:
    if not text:
        return None
    if column in {"day", "redeemed"}:
        return date.fromisoformat(text) if text[:4].isdigit() else text
    if column in {"amount", "household", "fee"} and text.replace(".", "", 1).isdigit():
        return float(text) if "." in text else int(text)
    return text


def workbook(rows: Sequence[Sequence[object]]) -> bytes:
    """A workbook with one sheet of these rows."""
    return tabbed({"Sheet": rows})


def tabbed(tabs: Mapping[str, Sequence[Sequence[object]]]) -> bytes:
    """A workbook with a sheet for each name."""
    book = Workbook()
    for name, rows in tabs.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(list(row))
    book.remove(book.worksheets[0])
    content = BytesIO()
    book.save(content)
    book.close()
    return content.getvalue()


def answered(references: Sequence[str], status: str = "paid", day: str = "2022-11-06") -> bytes:
    """What a provider tells of payments, each with its own reference and a fee of 5."""
    heads = [HEADINGS[name] for name in ("ours", "theirs", "day", "fee", "status")]
    rows = [[each, f"TX-{each}", date.fromisoformat(day), 5, status] for each in references]
    return workbook([heads, *rows])


def many_paid(count: int, *, day: str = "2022-11-05", first: int = 1, amount: int = 5000) -> bytes:
    """A sheet in which so many people, from ``R-<first>`` on, are paid on one day."""
    rows: list[Sequence[object]] = [
        [HEADINGS[name] for name in ("number", "name", "day", "amount", "currency")]
    ]
    rows += [
        [f"R-{number}", f"Person No{number}", date.fromisoformat(day), amount, "RUB"]
        for number in range(first, first + count)
    ]
    return workbook(rows)


def open_at(url: str, home: Path, **variables: str) -> Ledger:
    """Open the ledger in a database, with its key in a folder."""
    return open_ledger(read_settings({"CVA_HOME": str(home), "CVA_DATABASE_URL": url} | variables))


@cache
def _hash(_hasher: object) -> str:
    """Made once with each strength: a hash takes its time, by design."""
    return passwords.hashed(PASSWORD, "")


@dataclass
class AtWork:
    """A society with people in every role and a programme of cash in roubles.

    Attributes:
        people: Who acts, by e-mail name, such as ``"field"`` or ``"finance"``.
        programme_id: Of the programme ``CASH``.
    """

    ledger: Ledger
    code: str
    society_id: int
    programme_id: int
    people: dict[str, Actor] = field(default_factory=dict)

    @property
    def engine(self) -> Engine:
        """The ledger's own."""
        return self.ledger.engine

    def email(self, name: str) -> str:
        """The address of one of its people."""
        return f"{name}@{self.code.lower()}.example"

    def run_from(self, programme_id: int, first: date, last: date) -> None:
        """Let a programme run from a day to another."""
        with transaction(self.engine, SYSTEM) as session:
            programme = programmes.get_programme(session, programme_id)
            programme.starts_on, programme.ends_on = first, last

    def answer(self, sheet_id: int, *, by: str = "field", **answers: str) -> None:
        """Answer what a sheet leaves open and have it checked."""
        act = sheet_submission.answer
        self.check(self.do(lambda session: act(session, sheet_id, answers), self.people[by]))

    def add_person(self, name: str, *roles: Role) -> Actor:
        """Let a person work here, with the password ``PASSWORD``."""
        with transaction(self.engine, SYSTEM) as session:
            user = User(email=self.email(name), password_hash=_hash(passwords._hasher))  # noqa: SLF001
            session.add(user)
            session.flush()
            user_id = user.id
            session.add_all(
                Membership(society_id=self.society_id, user_id=user_id, role=role) for role in roles
            )
        rights = frozenset(right for role in roles for right in ROLE_PERMISSIONS[role])
        self.people[name] = Actor(user_id, {self.society_id: rights})
        return self.people[name]

    def add_programme(
        self,
        code: str,
        *,
        currency: str = "RUB",
        unknown_people: UnknownPeople = UnknownPeople.REGISTER,
        mechanism: Mechanism = Mechanism.CASH_IN_HAND,
        voucher_expense: VoucherExpense = VoucherExpense.REDEMPTION,
    ) -> int:
        """Add a programme; gives its id."""
        with transaction(self.engine, SYSTEM) as session:
            made = programmes.add_programme(
                session,
                self.society_id,
                code,
                f"Programme {code}",
                currency=currency,
                unknown_people=unknown_people,
                mechanism=mechanism,
                voucher_expense=voucher_expense,
            )
            return made.id

    def send(self, table: str | bytes, *, by: str = "field", **said: Unpack[Said]) -> Received:
        """Send a sheet; ``said`` is what a new sheet may name beside its file."""
        content = table if isinstance(table, bytes) else sheet(table)
        new: dict[str, Any] = {"programme_id": self.programme_id, "filename": "sheet.xlsx", **said}
        with transaction(self.engine, self.people[by]) as session:
            return receive(session, NewSheet(content=content, **new))

    def checked(self, table: str | bytes, *, by: str = "field", **said: Unpack[Said]) -> int:
        """Send a sheet and have it checked; gives its id."""
        received = self.send(table, by=by, **said)
        self.check(received.run_id)
        return received.sheet_id

    def check(self, run_id: int) -> None:
        """Do the check that a run stands for."""
        with files_read_here():
            check_run(self.engine, run_id, Limits())

    def submitted(self, table: str | bytes, *, by: str = "field", **said: Unpack[Said]) -> int:
        """A sheet that waits for approval; rows with errors are left out."""
        sheet_id = self.checked(table, by=by, **said)
        self.submit(sheet_id, by=by)
        return sheet_id

    def amend(self, sheet_id: int, *, by: str = "field", **cells: str) -> None:
        """Put other texts into cells of a checked sheet and have it checked."""
        self.check(self.do(lambda session: amend(session, sheet_id, cells), self.people[by]))

    def map_columns(self, sheet_id: int, said: Mapping[str, str], *, by: str = "field") -> None:
        """Say what the columns of a sheet hold and have it checked."""
        self.check(self.do(lambda session: map_columns(session, sheet_id, said), self.people[by]))

    def submit(self, sheet_id: int, *, by: str = "field") -> None:
        """Submit a checked sheet, without the rows with errors; what differs is meant so."""
        with transaction(self.engine, self.people[by]) as session:
            has_absent = bool(row_counts(session, sheet_id).get(RowState.NOT_RECEIVED))
            submission = Submission(
                leave_out_errors=True,
                handed_out=not has_absent,
                others_handed_out=has_absent,
                currency_confirmed=True,
                changes_confirmed=True,
            )
            sheet_submission.submit(session, sheet_id, submission)

    def approved(self, table: str | bytes, *, by: str = "field", **said: Unpack[Said]) -> int:
        """A sheet that is posted."""
        sheet_id = self.submitted(table, by=by, **said)
        approval = self.approve(sheet_id)
        if approval.conflicts:
            raise AssertionError(f"Sheet {sheet_id} was not posted: {approval}")
        return sheet_id

    def approve(
        self, sheet_id: int, *, by: str = "finance", version: int | None = None
    ) -> Approval:
        """Approve a submitted sheet."""
        with transaction(self.engine, self.people[by]) as session:
            return deciding.approve(session, sheet_id, version)

    def reject(
        self, sheet_id: int, *, by: str = "finance", reason: str = "The amounts are not right."
    ) -> None:
        """Send a submitted sheet back."""
        with transaction(self.engine, self.people[by]) as session:
            deciding.reject(session, sheet_id, reason)

    def ask(
        self, kind: str, *, by: str = "field", reason: str = "A slip.", **said: str | int
    ) -> int:
        """Ask for an act that takes two people; gives the number of the request."""
        with transaction(self.engine, self.people[by]) as session:
            texts = {name: str(value) for name, value in said.items()}
            made = approvals.ask(session, self.society_id, kind, texts, reason)
            return made.id

    def confirm(self, request_id: int, *, by: str = "finance") -> None:
        """Confirm what somebody asked for."""
        with transaction(self.engine, self.people[by]) as session:
            approvals.confirm(session, request_id)

    def agreed(
        self, kind: str, *, by: str = "field", second: str = "finance", **said: str | int
    ) -> None:
        """Ask for an act that takes two people, and have it confirmed."""
        texts = {name: str(value) for name, value in said.items()}
        self.confirm(self.ask(kind, by=by, reason="A slip.", **texts), by=second)

    def scanned(self, sheet_id: int, content: bytes = b"%PDF-1.7") -> int:
        """Keep a scan with a sheet; gives its number."""
        with transaction(self.engine, self.people["field"]) as session:
            return evidence.add_to_sheet(session, sheet_id, "list.pdf", content)

    def add_grant(self, code: str) -> str:
        """Add a grant; gives its code."""
        with transaction(self.engine, SYSTEM) as session:
            return planning.add_grant(session, self.society_id, code, "A donor").code

    def plan_round(self, code: str = "2022-11", **said: Any) -> int:  # noqa: ANN401
        """Plan a round of the programme, 5,000.00 for each where nothing else is said."""
        given: dict[str, Any] = {
            "programme_id": self.programme_id,
            "starts_on": date(2022, 11, 5),
            "value": TransferValue(ValueRule.FIXED, 500000),
        }
        with transaction(self.engine, self.people["field"]) as session:
            return planning.plan_round(session, NewRound(code=code, **(given | said))).id

    def list_kept(self, table: str | bytes, code: str = "2022-11", programme_id: int = 0) -> int:
        """A list before hand-out that is kept for a round; gives the sheet's id."""
        programme_id = programme_id or self.programme_id
        return self.submitted(table, programme_id=programme_id, round_code=code, is_list=True)

    def add_provider(
        self, code: str = "QP", *, template: str = "general", tells_collection: bool = False
    ) -> int:
        """Add a provider of mobile money; gives its id."""
        with transaction(self.engine, SYSTEM) as session:
            made = providers.add_provider(
                session,
                self.society_id,
                code,
                f"{code} Pay",
                template=template,
                tells_collection=tells_collection,
            )
            return made.id

    def payments_made(self, provider_id: int, round_id: int, site: str = "") -> Made:
        """A payment list of all in a round who are to be paid."""
        with transaction(self.engine, self.people["field"]) as session:
            return make_list(session, provider_id, round_id, site, instead=True)

    def payments_sent(self, provider_id: int, round_id: int) -> dict[str, str]:
        """A payment list that was sent; gives our references by registration number."""
        made = self.payments_made(provider_id, round_id)
        with transaction(self.engine, self.people["finance"]) as session:
            list_dispatch.send_list(session, made.list_id)
        return self.references(made.list_id)

    def float_advanced(self, provider_id: int, amount: str, slip: str = "SLIP-1") -> None:
        """Money sent to a provider ahead, as two people agreed."""
        self.agreed(
            "advance_float",
            provider=provider_id,
            amount=amount,
            currency="RUB",
            day="2022-11-01",
            slip=slip,
        )

    def balance_stated(self, provider_id: int, day: str, amount: str) -> None:
        """What a provider says it holds."""
        with transaction(self.engine, self.people["finance"]) as session:
            stated_balances.state_balance(
                session, provider_id, date.fromisoformat(day), amount, "RUB", "Statement 11"
            )

    def references(self, list_id: int) -> dict[str, str]:
        """Our references of a payment list, by registration number and instalment."""
        query = (
            select(Registration.number, Payment.instalment, Payment.reference)
            .join(Payment, Payment.beneficiary_id == Registration.beneficiary_id)  # type: ignore[arg-type]
            .where(Payment.list_id == list_id)
        )
        return {
            number if part == 1 else f"{number}/{part}": reference
            for number, part, reference in self.see(lambda session: session.exec(query).all())
        }

    def list_drafted(self, round_id: int, source_id: int) -> int:
        """The draft of a round's list from the list of another round."""
        with transaction(self.engine, self.people["field"]) as session:
            return drafts.draft_from_round(session, round_id, source_id)

    def list_approved(self, round_id: int) -> int:
        """The list of a round, from the lists kept for it, approved by the manager."""
        with transaction(self.engine, self.people["field"]) as session:
            list_from_sheets.draft_from_sheets(session, round_id)
            list_workflow.submit_list(session, round_id)
        with transaction(self.engine, self.people["manager"]) as session:
            return list_from_sheets.approve_list(session, round_id)

    def withdraw(self, sheet_id: int, *, by: str = "field") -> None:
        """Take a sheet back."""
        with transaction(self.engine, self.people[by]) as session:
            sheet_submission.withdraw(session, sheet_id)

    def except_row(self, sheet_id: int, number: int, kind: str) -> None:
        """Let finance record that a row happened against the rules."""
        with transaction(self.engine, self.people["finance"]) as session:
            deciding.except_row(session, sheet_id, number, kind, "The first list was lost.")

    def sheet(self, sheet_id: int) -> Sheet:
        """A sheet as it is stored now."""
        return self.see(
            lambda session: session.exec(select(Sheet).where(Sheet.id == sheet_id)).one()
        )

    def state(self, sheet_id: int) -> str:
        """How far a sheet is."""
        return self.sheet(sheet_id).state

    def wait_until(self, sheet_id: int, state: str, seconds: float = 60) -> None:
        """Wait for a sheet that somebody else works on."""
        end = time.monotonic() + seconds
        while self.state(sheet_id) != state:
            if time.monotonic() > end:
                raise AssertionError(f"Sheet {sheet_id} is {self.state(sheet_id)}, not {state}.")
            time.sleep(0.05)

    def rows(self, sheet_id: int) -> dict[int, str]:
        """The states of a sheet's rows by their number."""
        query = select(StagedRow.number, StagedRow.state).where(StagedRow.sheet_id == sheet_id)
        return dict(self.see(lambda session: session.exec(query).all()))

    def findings(self, sheet_id: int, severity: str = "error") -> list[tuple[int | None, str]]:
        """Row and code of what was found in a sheet, but that its days are long past.

        The days of most tests are of 2022; ``told`` gives that one too.
        """
        query = (
            select(RowFinding.number, RowFinding.code)
            .where(RowFinding.sheet_id == sheet_id, RowFinding.severity == severity)
            .where(RowFinding.code != "days-long-past")
            .order_by(col(RowFinding.number), col(RowFinding.code))
        )
        return list(self.see(lambda session: session.exec(query).all()))

    def told(self, sheet_id: int, code: str) -> dict[str, Any]:
        """The one finding with a code, whole."""
        query = select(RowFinding.finding).where(
            RowFinding.sheet_id == sheet_id, RowFinding.code == code
        )
        return dict(self.see(lambda session: session.exec(query).one()))

    def see(self, look: Callable[[Session], T], actor: Actor = SYSTEM) -> T:
        """What a reading session finds."""
        with reading(self.engine, actor) as session:
            return look(session)

    def do(self, act: Callable[[Session], T], actor: Actor = SYSTEM) -> T:
        """What a transaction yields."""
        with transaction(self.engine, actor) as session:
            return act(session)

    def all_of(self, table: type[T]) -> list[T]:
        """Every record of a table, in the order of their ids."""
        return self.all_of_key(table, "id")

    def all_of_key(self, table: type[T], key: str) -> list[T]:
        """Every record of a table, in the order of a column."""
        query = select(table).order_by(getattr(table, key))
        return list(self.see(lambda session: session.exec(query).all()))


def society_at_work(
    ledger: Ledger, code: str = "ARC", *, currency: str = "RUB", country: str = "RU"
) -> AtWork:
    """Add a society with a person in each role (and a second of finance) and a programme."""
    with transaction(ledger.engine, SYSTEM) as session:
        added = societies.add_society(
            session,
            code,
            f"{code} Red Crescent",
            country=country,
            currency=currency,
            time_zone="Europe/Moscow",
        )
        society_id = added.id
        made = programmes.add_programme(
            session, society_id, "CASH", "Cash for families", currency=currency
        )
        programme_id = made.id
    society = AtWork(ledger, code, society_id, programme_id)
    for role in Role:
        society.add_person(str(role), role)
    society.add_person("finance2", Role.FINANCE)
    return society


def at_once(*acts: Callable[[], T]) -> list[T | Exception]:
    """Do several things at the same moment, each in a thread; what each gave or raised."""
    barrier = Barrier(len(acts))

    def run(act: Callable[[], T]) -> T | Exception:
        barrier.wait()
        try:
            return act()
        except Exception as error:  # noqa: BLE001
            return error

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def settings_of(society: AtWork, **more: str) -> Mapping[str, str]:
    """The variables a process needs that works on the same ledger."""
    settings = society.ledger.settings
    return {"CVA_HOME": str(settings.home), "CVA_DATABASE_URL": settings.database_url} | more
