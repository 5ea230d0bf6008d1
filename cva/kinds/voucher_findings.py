"""Findings about the vouchers of a sheet, each shown with what happened to the voucher so far."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlalchemy import ColumnElement
from sqlmodel import and_, col

from cva.sheets.findings.finding import Finding
from cva.sheets.findings.voucher_steps import VoucherStep, pack
from cva.staging.context import SheetContext
from cva.staging.models import Sheet, StagedRow
from cva.staging.row_names import RowNames
from cva.staging.rows import Values, values_by_row
from cva.vouchers.models import VoucherEventKind, VoucherState
from cva.vouchers.voucher_history import Happened, histories

#: What the sender names beside the file: the vendor who claims every row that names none.
VENDOR = "vendor"
#: Fields whose text is shown as it was typed.
_TYPED = frozenset({"voucher_number", VENDOR})


#: A finding about a voucher, behind the comparable form of the voucher's number.
VoucherFinding = tuple[str, Finding]


def has_state(context: SheetContext) -> ColumnElement[bool]:
    """The condition that the state of a voucher is that of a staged row's number."""
    return and_(
        col(VoucherState.society_id) == context.sheet.society_id,
        col(VoucherState.number_key) == StagedRow.voucher_key,
    )


def with_histories(context: SheetContext, found: Sequence[VoucherFinding]) -> list[Finding]:
    """The findings, with what was typed, and what happened to each voucher so far."""
    session, sheet = context.session, context.sheet
    known = histories(session, sheet.society_id, {key for key, _finding in found})
    values = values_by_row(session, sheet.id, (finding.row or 0 for _key, finding in found))
    happened = [each for steps in known.values() for each in steps]
    names = RowNames(session, [each.sheet_id for each in happened])
    return [
        _with_history(_as_typed(sheet, finding, values), known.get(key, []), names)
        for key, finding in found
    ]


def _as_typed(sheet: Sheet, finding: Finding, values: Mapping[int, Values]) -> Finding:
    """Number, or the vendor's code or name, as typed, which only the encrypted row has."""
    name = finding.field or ""
    if name not in _TYPED:
        return finding
    beside = sheet.settled.get(VENDOR) if name == VENDOR else None
    return replace(finding, value=str(values[finding.row or 0].get(name) or beside or ""))


def _with_history(finding: Finding, happened: Sequence[Happened], names: RowNames) -> Finding:
    if not happened:
        return finding
    details = dict(finding.details) | {"history": pack(_step(each, names) for each in happened)}
    redeemed = [each for each in happened if each.kind == VoucherEventKind.REDEEMED]
    if finding.code == "voucher-already-redeemed" and redeemed:
        details["day"] = redeemed[-1].happened_on.isoformat()
    return replace(finding, details=details)


def _step(happened: Happened, names: RowNames) -> VoucherStep:
    money, sheet_id, row = happened.money, happened.sheet_id, happened.row_number
    return VoucherStep(
        kind=happened.kind,
        day=happened.happened_on.isoformat(),
        sheet=str(sheet_id or ""),
        row=names.of(sheet_id, row) if row else "",
        amount=str(money or ""),
    )
