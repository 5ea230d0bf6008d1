"""A sheet sent again: which one it mends, and which of its rows are posted already."""

from sqlalchemy import ColumnElement, Select, exists, or_
from sqlalchemy import select as select_columns
from sqlalchemy.orm import aliased
from sqlmodel import Session, and_, col, select, update

from cva.beneficiaries.models import Beneficiary, Registration
from cva.sheets.checking.check import Checked
from cva.sheets.findings.finding import Finding
from cva.staging.check_context import locator_of
from cva.staging.models import RowState, Sheet, SheetState, StagedRow
from cva.transfers.models import Transfer
from cva.transfers.service import is_live
from cva.vouchers.models import Voucher, VoucherEvent, VoucherEventKind, VoucherKey

#: So many versions of one sheet are looked at.
LONGEST_CHAIN = 100
_BATCH = 10_000


def follow_mark(session: Session, sheet: Sheet, checked: Checked) -> None:
    """Know a marked file again: it mends the sheet whose file was marked, in the same round."""
    digest = checked.marks.get("marked_from")
    if digest and sheet.replaces_id is None:
        found = session.exec(
            select(Sheet)
            .where(
                Sheet.society_id == sheet.society_id,
                Sheet.programme_id == sheet.programme_id,
                Sheet.is_list == sheet.is_list,
                Sheet.sha256 == digest,
                Sheet.id != sheet.id,
                Sheet.state != SheetState.WITHDRAWN,
            )
            .order_by(col(Sheet.id).desc())
        ).first()
        sheet.replaces_id = found.id if found else None
    if sheet.replaces_id is not None and sheet.round_id is None:
        replaced = session.get(Sheet, sheet.replaces_id)
        if replaced is not None and replaced.programme_id == sheet.programme_id:
            sheet.round_id = replaced.round_id


def mark_posted(session: Session, sheet: Sheet) -> list[Finding]:
    """Take the rows out that an earlier version of the sheet posted.

    A row is the same if person, day, amount and currency are, or the voucher and its holder. A
    row posted with other values stays, and is compared like every other.

    Returns:
        Rows of cash that were posted for a number that is gone from the sheet: most likely the
        number was changed, and the same money would be paid again.
    """
    earlier = _earlier(session, sheet)
    if not earlier:
        return []
    _take_out_the_same(session, sheet, earlier)
    return _renamed(session, sheet, earlier) if sheet.kind == "cash_transfers" else []


def _take_out_the_same(session: Session, sheet: Sheet, earlier: list[int]) -> None:
    if sheet.kind == "voucher_redemptions":
        _take_out(session, sheet, _redeemed_the_same(sheet, earlier))
        return
    same = {
        "cash_transfers": _same_transfer,
        "voucher_distributions": _same_voucher,
        "beneficiaries": _same_person,
    }.get(sheet.kind or "")
    if same is None:
        return
    table, condition = same(sheet)
    query = (
        select_columns(col(StagedRow.number))
        .join(
            Registration,
            and_(
                col(Registration.society_id) == sheet.society_id,
                col(Registration.number_key) == StagedRow.registration_key,
            ),
        )
        .join(table, condition)
        .where(
            col(StagedRow.sheet_id) == sheet.id,
            col(StagedRow.state) == RowState.READY,
            col(table.sheet_id).in_(earlier),
        )
        .distinct()
    )
    _take_out(session, sheet, query)


def _redeemed_the_same(sheet: Sheet, earlier: list[int]) -> Select[int]:
    undone = aliased(VoucherEvent)
    return (
        select_columns(col(StagedRow.number))
        .join(
            VoucherEvent,
            and_(
                col(VoucherEvent.society_id) == sheet.society_id,
                col(VoucherEvent.number_key) == StagedRow.voucher_key,
                col(VoucherEvent.kind) == VoucherEventKind.REDEEMED,
                col(VoucherEvent.happened_on) == StagedRow.day,
                or_(
                    col(StagedRow.amount_minor).is_(None),
                    col(VoucherEvent.amount_minor) == StagedRow.amount_minor,
                    col(VoucherEvent.row_number) == StagedRow.number,
                ),
                ~exists().where(col(undone.undoes_id) == col(VoucherEvent.id)),
            ),
        )
        .where(
            col(StagedRow.sheet_id) == sheet.id,
            col(StagedRow.state) == RowState.READY,
            col(VoucherEvent.sheet_id).in_(earlier),
        )
        .distinct()
    )


def _take_out(session: Session, sheet: Sheet, query: Select[int]) -> None:
    numbers = [number for (number,) in session.execute(query)]
    for start in range(0, len(numbers), _BATCH):
        session.execute(
            update(StagedRow)
            .where(
                col(StagedRow.sheet_id) == sheet.id,
                col(StagedRow.number).in_(numbers[start : start + _BATCH]),
            )
            .values(state=RowState.POSTED)
        )


def _renamed(session: Session, sheet: Sheet, earlier: list[int]) -> list[Finding]:
    here = aliased(StagedRow)
    is_here = exists().where(
        col(here.sheet_id) == sheet.id,
        col(here.registration_key) == Registration.number_key,
    )
    rows = session.exec(
        select(StagedRow.number, Registration.number, Transfer.sheet_id)
        .join(
            Transfer,
            and_(
                col(Transfer.sheet_id).in_(earlier),
                col(Transfer.row_number) == StagedRow.number,
                col(Transfer.paid_on) == StagedRow.day,
                col(Transfer.currency) == StagedRow.currency,
                col(Transfer.amount_minor) == StagedRow.amount_minor,
            ),
        )
        .join(Registration, col(Registration.beneficiary_id) == Transfer.beneficiary_id)
        .where(
            StagedRow.sheet_id == sheet.id,
            StagedRow.state == RowState.READY,
            Registration.society_id == sheet.society_id,
            ~is_here,
            is_live(),
        )
        .order_by(col(StagedRow.number))
    )
    places = locator_of(sheet)
    return [
        places.finding(
            "error",
            "already-paid",
            number,
            "registration_no",
            posted,
            sheet_id=str(sheet_id),
            other_row=str(number),
        )
        for number, posted, sheet_id in rows
    ]


def _earlier(session: Session, sheet: Sheet) -> list[int]:
    """Ids of the versions before this one."""
    found: list[int] = []
    before = sheet.replaces_id
    while before is not None and before not in found and len(found) < LONGEST_CHAIN:
        found.append(before)
        one = session.get(Sheet, before)
        before = one.replaces_id if one else None
    return found


Same = tuple[type[Transfer] | type[Voucher] | type[Beneficiary], ColumnElement[bool]]


def _same_transfer(sheet: Sheet) -> Same:
    return Transfer, and_(
        col(Transfer.society_id) == sheet.society_id,
        col(Transfer.beneficiary_id) == Registration.beneficiary_id,
        col(Transfer.paid_on) == StagedRow.day,
        col(Transfer.currency) == StagedRow.currency,
        col(Transfer.amount_minor) == StagedRow.amount_minor,
        is_live(),
    )


def _same_voucher(sheet: Sheet) -> Same:
    return Voucher, and_(
        col(Voucher.society_id) == sheet.society_id,
        col(Voucher.beneficiary_id) == Registration.beneficiary_id,
        col(Voucher.issued_on) == StagedRow.day,
        col(Voucher.amount_minor).is_not_distinct_from(col(StagedRow.amount_minor)),
        exists().where(
            col(VoucherKey.society_id) == sheet.society_id,
            col(VoucherKey.voucher_id) == Voucher.id,
            col(VoucherKey.number_key) == StagedRow.voucher_key,
        ),
    )


def _same_person(sheet: Sheet) -> Same:
    return Beneficiary, and_(
        col(Beneficiary.society_id) == sheet.society_id,
        col(Beneficiary.id) == Registration.beneficiary_id,
    )
