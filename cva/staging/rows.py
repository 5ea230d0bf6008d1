"""The staged rows of a sheet, written and read by column: the one module that knows their format.

What the ledger compares and adds up is in columns of its own and nowhere else; the cells as
typed and the other values are encrypted together.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select, update

from cva.beneficiaries.service import number_of
from cva.core.db import batches, insert_columns, insert_rows
from cva.core.identifiers import comparable, new_ids
from cva.sheets.checking.checked import Checked, CheckedRow
from cva.sheets.findings.finding import Finding, finding_of
from cva.staging.models import GIVEN, RECORD, RowFinding, RowState, Sheet, StagedRow
from cva.staging.row_names import with_row_names

#: Rows that are prepared between two reports of progress.
_REPORT_ROWS = 1000
#: Values that have columns of their own, and not among the encrypted ones.
_COLUMNS = ("amount_minor", "currency")

#: Rows by column.
Columns = dict[str, list[Any]]
Values = Mapping[str, Any]


def kept_columns(checked: Checked) -> list[int]:
    """Places of the columns that are kept with the rows: those that are read or asked about."""
    asked = frozenset[str]().union(*(question.columns for question in checked.ask))
    return [
        place
        for place, column in enumerate(checked.columns)
        if column.field or column.column in asked
    ]


def prepare_rows(
    checked: Checked,
    progress: Callable[[int, int], None],
    declined: Mapping[int, Sequence[int]] = MappingProxyType({}),
) -> Columns:
    """The rows to keep, ready to be stored; a column that is not read stays in the file alone.

    Encrypting them is most of the work, and no transaction is open meanwhile.

    Args:
        checked: What a check found.
        progress: Called with the rows that are done, and all rows; the first half was the check.
        declined: By number of a row, the records that its person was said not to be.
    """
    kept = kept_columns(checked)
    count = len(checked.rows)
    ids = list(new_ids(count))
    columns: Columns = {"id": ids}
    for start in range(0, count, _REPORT_ROWS):
        part = slice(start, start + _REPORT_ROWS)
        for row_id, row in zip(ids[part], checked.rows[part], strict=True):
            cells = [row.cells[place] for place in kept]
            others = declined.get(row.number)
            for name, value in _prepared(row_id, row, cells, others).items():
                columns.setdefault(name, []).append(value)
        progress((count + min(start + _REPORT_ROWS, count)) // 2, count)
    return columns


def _prepared(
    row_id: int, row: CheckedRow, cells: list[str], declined: Sequence[int] | None
) -> dict[str, Any]:
    values = row.values
    day = values.get("redeemed_on") or values.get("distribution_date")
    secret = {name: value for name, value in values.items() if name not in _COLUMNS}
    return {
        "number": row.number,
        "state": row.state,
        "record": RECORD.sealed([cells, secret, *([declined] if declined else [])], row_id),
        "registration_key": _comparable(number_of(values)),
        "voucher_key": _comparable(values.get("voucher_number")),
        "day": date.fromisoformat(str(day)) if day else None,
        "currency": values.get("currency"),
        "amount_minor": values.get("amount_minor"),
        "reference_key": _comparable(values.get("payment_reference")),
        "transaction_key": _comparable(values.get("transaction_id")),
    }


def _comparable(number: object) -> str | None:
    return comparable(str(number)) if number else None


def write_rows(session: Session, sheet: Sheet, rows: Columns, beside: Mapping[str, Any]) -> None:
    """Store prepared rows; ``beside`` are further columns, of which a kind may know some."""
    usual = {"vendor_id": None, "instalment": None}
    owner = {"society_id": sheet.society_id, "sheet_id": sheet.id}
    insert_columns(session, StagedRow, {**rows, **owner, **usual, **beside})


class RowToPost(NamedTuple):
    """A staged row that is posted with its sheet.

    Attributes:
        number: The row number Excel shows.
        key: The comparable form of the person's registration number.
        values: What was read of it, by field, beside what follows.
        day: None where the row names none.
        amount_minor: Minor units of ``currency``; None where the row is no amount of money.
        exception: How a payment against a rule is booked; None for all others.
        instalment: None where the row names none.
    """

    number: int
    key: str
    values: Values
    day: date | None
    currency: str | None
    amount_minor: int | None
    exception: str | None
    instalment: int | None


def rows_to_post(session: Session, sheet_id: int) -> list[RowToPost]:
    """The rows of a sheet that are ready or recorded as exceptions, from the top."""
    query = (
        select_columns(
            *(col(StagedRow.number), col(StagedRow.registration_key), col(StagedRow.record)),
            *(col(StagedRow.day), col(StagedRow.currency), col(StagedRow.amount_minor)),
            *(col(StagedRow.exception), col(StagedRow.instalment)),
        )
        .where(col(StagedRow.sheet_id) == sheet_id, col(StagedRow.state).in_(GIVEN))
        .order_by(col(StagedRow.number))
    )
    return [
        RowToPost(number, key or "", values_of(record), *rest)
        for number, key, record, *rest in session.execute(query)
    ]


def days_to_post(session: Session, sheet_id: int, otherwise: date) -> Sequence[date]:
    """The days of the rows that are posted with a sheet, each once; of a row without one another.

    Args:
        session: The caller's session.
        sheet_id: A staged sheet.
        otherwise: The day of a row that names none.
    """
    query = select_columns(col(StagedRow.day)).where(
        col(StagedRow.sheet_id) == sheet_id, col(StagedRow.state).in_(GIVEN)
    )
    return sorted({day or otherwise for (day,) in session.execute(query.distinct())})


def values_of(record: Sequence[Any]) -> Values:
    """What was read of a row, by field, without its amount and currency."""
    found: Values = record[1]
    return found


def declined_of(record: Sequence[Any]) -> Sequence[int]:
    """The records that the person of a row was said not to be."""
    found: Sequence[int] = record[2] if len(record) > 2 else ()  # noqa: PLR2004 - cells and values
    return found


def cells_of(record: Sequence[Any]) -> Sequence[str]:
    """The cells of a row as typed, in the order of the sheet's columns."""
    found: Sequence[str] = record[0]
    return found


class StoredRow(NamedTuple):
    """A staged row as it was typed, in the order of the sheet's columns."""

    state: str
    cells: Sequence[str]


def rows_numbered(
    session: Session, sheet_id: int, numbers: Iterable[int] | None = None
) -> dict[int, StoredRow]:
    """Rows of a sheet by their number, from the top; all of them unless some are named."""
    query = (
        select_columns(col(StagedRow.number), col(StagedRow.state), col(StagedRow.record))
        .where(col(StagedRow.sheet_id) == sheet_id)
        .order_by(col(StagedRow.number))
    )
    parts = (
        [query]
        if numbers is None
        else [query.where(col(StagedRow.number).in_(part)) for part in batches(numbers)]
    )
    return {
        number: StoredRow(state, cells_of(record))
        for part in parts
        for number, state, record in session.execute(part)
    }


def values_by_row(session: Session, sheet_id: int, numbers: Iterable[int]) -> dict[int, Values]:
    """What was read of some rows of a sheet, by row number."""
    found: dict[int, Values] = {}
    for part in batches(numbers):
        query = select_columns(col(StagedRow.number), col(StagedRow.record)).where(
            col(StagedRow.sheet_id) == sheet_id, col(StagedRow.number).in_(part)
        )
        found |= {number: values_of(record) for number, record in session.execute(query)}
    return found


def update_rows(
    session: Session,
    sheet_id: int,
    numbers: Iterable[int],
    *conditions: ColumnElement[bool],
    **values: object,
) -> None:
    """Give some rows of a sheet the same values in columns."""
    for part in batches(numbers):
        session.execute(
            update(StagedRow)
            .where(
                col(StagedRow.sheet_id) == sheet_id, col(StagedRow.number).in_(part), *conditions
            )
            .values(**values)
        )


def mark_errors(session: Session, sheet_id: int, numbers: Iterable[int]) -> None:
    """Take rows with an error out of what is ready."""
    is_ready = col(StagedRow.state) == RowState.READY
    update_rows(session, sheet_id, numbers, is_ready, state=RowState.ERROR)


def insert_findings(
    session: Session, sheet: Sheet, findings: Sequence[Finding], *, is_ledger: bool
) -> None:
    """Keep findings about a staged sheet.

    Args:
        session: The caller's transaction.
        sheet: What they are about.
        findings: What was found.
        is_ledger: Found by comparing with the ledger, so found again at approval.
    """
    speaks_of_others = any("other_row" in finding.details for finding in findings)
    named = with_row_names(session, findings) if speaks_of_others else findings
    rows = [
        {
            "id": new,
            "society_id": sheet.society_id,
            "sheet_id": sheet.id,
            "number": finding.row,
            "severity": finding.severity,
            "code": finding.code,
            "is_ledger": is_ledger,
            "finding": finding.as_dict(),
        }
        for new, finding in zip(new_ids(len(named)), named, strict=True)
    ]
    insert_rows(session, RowFinding, rows)


def findings_of(
    session: Session, sheet_id: int, *conditions: ColumnElement[bool], most: int | None = None
) -> list[Finding]:
    """The findings kept about a sheet, or the first of them: about all of it, then by row."""
    query = (
        select(RowFinding.finding)
        .where(RowFinding.sheet_id == sheet_id, *conditions)
        .order_by(col(RowFinding.number).nulls_first(), col(RowFinding.id))
        .limit(most)
    )
    return [finding_of(each) for each in session.exec(query)]
