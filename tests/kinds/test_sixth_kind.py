"""A kind of sheet that the product does not know is added by a layout and a value, nothing else."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select as select_columns
from sqlmodel import Session, col

from cva.core.db import TableRows
from cva.core.errors import RuleError
from cva.core.identifiers import new_id
from cva.core.maker_checker import ApprovedRequest
from cva.journal import entry_posting
from cva.journal import service as journal
from cva.journal.accounts import Account
from cva.journal.entry_posting import NewLine
from cva.journal.entry_proof import EntryProof
from cva.journal.row_digests import digest_of_all
from cva.kinds.registry import registered
from cva.kinds.sheet_entries import entry_of
from cva.kinds.sheet_kind import SheetKind
from cva.reports.verification import prove
from cva.sheets.findings.finding import Finding
from cva.sheets.vocabulary.layouts import layout_of
from cva.sheets.writing import template_texts
from cva.sheets.writing.template_workbook import write_template
from cva.societies import service as societies
from cva.staging.context import SheetContext
from cva.staging.models import StagedRow
from cva.staging.rows import days_to_post, rows_to_post, values_by_row
from cva.vouchers import vendors
from cva.vouchers.vendors import NewVendor
from tests.makers import AtWork
from tests.templates_filled import page_of, template_of

NAME, REVERSAL = "delivery_costs", "delivery_costs_reversal"

SHEET = """
theirs | vendor      | day        | amount | currency
B-1    | Corner Shop | 2022-11-05 | 120.50 | RUB
B-2    | Corner Shop | 2022-11-05 | 80     | RUB
B-3    | Nobody Ltd  | 2022-11-06 | 50     | RUB
"""


def _unknown_vendors(context: SheetContext) -> list[Finding]:
    ready = context.session.execute(select_columns(col(StagedRow.number)).where(context.is_ready))
    values = values_by_row(context.session, context.sheet.id, (number for (number,) in ready))
    names = [row["vendor"] for row in values.values()]
    known = vendors.ids_of(context.session, context.sheet.society_id, names)
    return [
        context.locator.finding("vendor-unknown", number, "vendor", name)
        for number, name, vendor_id in zip(values, names, known, strict=True)
        if vendor_id is None
    ]


def _lines(minor: int, currency: str, programme_id: int) -> list[NewLine]:
    dimensions = {"programme_id": programme_id}
    return [
        NewLine(Account.DELIVERY_FEES, currency, minor, dimensions),
        NewLine(Account.PAYABLES, currency, -minor, dimensions),
    ]


def _post(context: SheetContext) -> int:
    rows = rows_to_post(context.session, context.sheet.id)
    sums: dict[date, int] = defaultdict(int)
    for row in rows:
        sums[row.day or context.today] += row.amount_minor or 0
    entries = [
        entry_of(
            context.sheet,
            new_id(),
            day,
            0,
            digest_of_all([]),
            _lines(minor, context.programme.currency, context.programme.id),
        )
        for day, minor in sorted(sums.items())
    ]
    entry_posting.post(context.session, entries)
    return len(rows)


def _days(context: SheetContext) -> Sequence[date]:
    return days_to_post(context.session, context.sheet.id, context.today)


class _Reversal:
    def posted(self, session: Session, sheet_id: int, row_number: int | None) -> TableRows:
        if row_number is not None:
            raise RuleError("Reverse the whole sheet.")
        entries = journal.entries_of(session, sheet_id)
        reversed_ids = journal.reversals_of(session, [each.entry_id for each in entries])
        return [
            {"entry_id": each.entry_id, "number": each.number, "day": each.effective_on}
            for each in entries
            if each.kind == NAME and each.entry_id not in reversed_ids
        ]

    def refuse(self, context: SheetContext, rows: TableRows) -> None:
        pass

    def reverse(self, context: SheetContext, rows: TableRows, request: ApprovedRequest) -> None:
        sums: dict[date, int] = defaultdict(int)
        for row in rows_to_post(context.session, context.sheet.id):
            sums[row.day or context.today] += row.amount_minor or 0
        entry_posting.post(
            context.session, [self._entry(context, row, sums[row["day"]], request) for row in rows]
        )

    def _entry(
        self, context: SheetContext, row: dict[str, Any], minor: int, request: ApprovedRequest
    ) -> entry_posting.NewEntry:
        return entry_posting.NewEntry(
            entry_id=new_id(),
            society_id=context.sheet.society_id,
            effective_on=row["day"],
            kind=REVERSAL,
            key=f"{request.key}:{row['number']}",
            sheet_id=context.sheet.id,
            sent_by=request.asked_by,
            rows=0,
            rows_sha256=digest_of_all([]),
            lines=_lines(-minor, context.programme.currency, context.programme.id),
            reversal_of=row["entry_id"],
        )


DELIVERY_COSTS = SheetKind(
    name=NAME,
    layout=Path(__file__).with_name("delivery_costs.toml"),
    names_people=False,
    compare_records=_unknown_vendors,
    post=_post,
    entry_days=_days,
    reversal=_Reversal(),
    entry_proofs={NAME: EntryProof(()), REVERSAL: EntryProof(())},
)


@pytest.fixture
def sixth_kind() -> Iterator[None]:
    with registered(DELIVERY_COSTS):
        yield


def _balance(society: AtWork, account: Account) -> int:
    found = society.see(lambda s: journal.balances(s, society.society_id))
    return sum(each.debit_minor - each.credit_minor for each in found if each.account == account)


@pytest.mark.usefixtures("sixth_kind")
def test_a_sheet_of_a_sixth_kind_goes_from_upload_to_posted_and_reversed(society: AtWork) -> None:
    new = NewVendor(code="V1", name="Corner Shop")
    society.do(lambda s: vendors.add_vendor(s, society.society_id, new), society.people["field"])

    sheet_id = society.checked(SHEET)
    assert society.sheet(sheet_id).kind == NAME
    assert society.findings(sheet_id) == [(4, "vendor-unknown")]

    society.submit(sheet_id)
    assert society.approve(sheet_id).posted_rows == 2
    assert society.rows(sheet_id) == {2: "ready", 3: "ready", 4: "error"}
    assert _balance(society, Account.DELIVERY_FEES) == 20050
    assert _balance(society, Account.PAYABLES) == -20050

    society.agreed("reverse_sheet", sheet=sheet_id)
    assert society.state(sheet_id) == "reversed"
    assert _balance(society, Account.DELIVERY_FEES) == 0
    assert society.see(lambda s: prove(s, societies.get_society(s, society.society_id))).is_sound


@pytest.mark.usefixtures("sixth_kind")
@pytest.mark.parametrize("language", template_texts.languages())
def test_a_template_of_a_sixth_kind_has_its_columns(language: str) -> None:
    page = page_of(write_template(template_of(NAME, language)))
    columns = layout_of(NAME).template
    assert len(page.data_validations.dataValidation) == len(columns)
