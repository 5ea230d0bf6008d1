"""Findings about the vouchers of a sheet, each shown with what happened to the voucher so far."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement
from sqlmodel import and_, col

from cva.sheets.findings.finding import Finding
from cva.sheets.findings.voucher_steps import VoucherStep, pack
from cva.staging.context import CellLocator, SheetContext
from cva.staging.models import StagedRow
from cva.staging.rows import values_by_row
from cva.vouchers.models import VoucherEventKind, VoucherState
from cva.vouchers.voucher_history import Happened, histories

#: What the sender names beside the file: the vendor who claims every row that names none.
VENDOR = "vendor"
#: Fields whose text is shown as it was typed.
_TYPED = frozenset({"voucher_number", VENDOR})


@dataclass(frozen=True, slots=True)
class VoucherFinding:
    """A finding about the number of a row, before its history is added."""

    row: int
    number_key: str
    finding: Finding


def voucher_finding(
    locator: CellLocator, code: str, row: int, field: str, value: str, key: str, **details: str
) -> VoucherFinding:
    """A finding about the voucher of a row, at the cell of a field."""
    finding = locator.finding(code, row, field, value, **details)
    return VoucherFinding(row, key, finding)


def has_state(context: SheetContext) -> ColumnElement[bool]:
    """The condition that the state of a voucher is that of a staged row's number."""
    return and_(
        col(VoucherState.society_id) == context.sheet.society_id,
        col(VoucherState.number_key) == StagedRow.voucher_key,
    )


def with_histories(context: SheetContext, found: Sequence[VoucherFinding]) -> list[Finding]:
    """The findings, with what was typed, and what happened to each voucher so far."""
    keys = {each.number_key for each in found}
    known = histories(context.session, context.sheet.society_id, keys)
    return [
        _with_history(each.finding, known.get(each.number_key, []))
        for each in _as_typed(context, found)
    ]


def _as_typed(context: SheetContext, found: Sequence[VoucherFinding]) -> list[VoucherFinding]:
    """Number, or the vendor's code or name, as typed, which only the encrypted row has."""
    sheet = context.sheet
    values = values_by_row(context.session, sheet.id, (each.row for each in found))
    beside = {VENDOR: sheet.settled.get(VENDOR, "")}
    typed = []
    for each in found:
        name = each.finding.field or ""
        if name in _TYPED:
            value = str(values[each.row].get(name) or beside.get(name, ""))
            each = replace(each, finding=replace(each.finding, value=value))  # noqa: PLW2901
        typed.append(each)
    return typed


def _with_history(finding: Finding, happened: Sequence[Happened]) -> Finding:
    if not happened:
        return finding
    details = dict(finding.details) | {"history": pack(map(_step, happened))}
    redeemed = [each for each in happened if each.kind == VoucherEventKind.REDEEMED]
    if finding.code == "voucher-already-redeemed" and redeemed:
        details["day"] = redeemed[-1].happened_on.isoformat()
    return replace(finding, details=details)


def _step(happened: Happened) -> VoucherStep:
    money = happened.money
    return VoucherStep(
        kind=happened.kind,
        day=happened.happened_on.isoformat(),
        sheet=str(happened.sheet_id or ""),
        row=str(happened.row_number or ""),
        amount=str(money or ""),
    )
