"""Results that name only a telephone, matched within the one payment list that they answer."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Select, SQLColumnExpression
from sqlalchemy import select as select_columns
from sqlmodel import Session, col

from cva.beneficiaries.models import Beneficiary
from cva.beneficiaries.service import phone_token
from cva.core.db import rows_among
from cva.core.lookup_keys import tokens_of
from cva.programmes.models import Round
from cva.providers.models import Payment, PaymentList, PaymentListState, Provider
from cva.sheets.checking.checked import Checked
from cva.staging.context import SheetContext
from cva.staging.models import Sheet, StagedRow
from cva.staging.rows import values_of

#: What the sender says, or is asked: such as QP-3, the third list of the provider QP.
PAYMENT_LIST = "payment_list"
_NUMBERS = ("transaction_id", "payment_reference", "registration_no")


def find_payment_list(context: SheetContext, checked: Checked) -> Mapping[str, list[Any]]:
    """Settle which payment list a sheet answers whose rows name only telephones, or ask.

    It is the one sent list of the programme and round that has any of these telephones.
    """
    sheet = context.sheet
    phones = {
        str(row.values["phone"])
        for row in checked.rows
        if row.values.get("phone") and not any(row.values.get(name) for name in _NUMBERS)
    }
    if not phones:
        return {}
    lists = _lists_with(context, phones)
    if sheet.settled.get(PAYMENT_LIST) in lists:
        return {}
    if len(lists) == 1:
        sheet.settled = sheet.settled | {PAYMENT_LIST: next(iter(lists))}
    elif lists:
        sheet.asks = [*sheet.asks, {"choice": PAYMENT_LIST, "options": list(lists), "heading": ""}]
        examples = {name: [[text, ""]] for name, text in lists.items()}
        sheet.ask_examples = (sheet.ask_examples or {}) | {PAYMENT_LIST: examples}
    return {}


def is_list_asked(sheet: Sheet) -> bool:
    """Whether it is not known yet which payment list a sheet answers."""
    return any(ask["choice"] == PAYMENT_LIST for ask in sheet.asks)


def _select_payments(sheet: Sheet, *columns: SQLColumnExpression[Any]) -> Select[Any]:
    """Select of the payments that a sheet may answer: of its society, programme and round."""
    return (
        select_columns(col(Beneficiary.phone_token), *columns)
        .join(Payment, col(Payment.beneficiary_id) == Beneficiary.id)
        .join(PaymentList, col(PaymentList.id) == Payment.list_id)
        .join(Provider, col(Provider.id) == PaymentList.provider_id)
        .join(Round, col(Round.id) == PaymentList.round_id)
        .where(
            col(PaymentList.society_id) == sheet.society_id,
            col(Round.programme_id) == sheet.programme_id,
            *([] if sheet.round_id is None else [col(Round.id) == sheet.round_id]),
        )
    )


def _lists_with(context: SheetContext, phones: Iterable[str]) -> dict[str, str]:
    """The sent lists with any of these telephones, by name: the file of each."""
    sheet = context.sheet
    columns = (col(PaymentList.number), col(PaymentList.filename))
    query = _select_payments(sheet, col(PaymentList.id), col(Provider.code), *columns).where(
        col(PaymentList.state) == PaymentListState.SENT
    )
    tokens = tokens_of(context.session, sheet.society_id)
    wanted = sorted({phone_token(tokens, phone) or "" for phone in phones})
    found = rows_among(context.session, query, Beneficiary.phone_token, wanted)
    lists = {row.id: (f"{row.code}-{row.number}", row.filename) for row in found}
    return dict(lists[each] for each in sorted(lists))


def payments_by_phone(context: SheetContext) -> Mapping[int, set[int]]:
    """By row that names only a telephone, the payments to it on the list of the sheet."""
    session, sheet = context.session, context.sheet
    rows = session.execute(
        select_columns(col(StagedRow.number), col(StagedRow.record)).where(
            col(StagedRow.sheet_id) == sheet.id,
            col(StagedRow.reference_key).is_(None),
            col(StagedRow.transaction_key).is_(None),
            col(StagedRow.registration_key).is_(None),
        )
    )
    phones = {number: values_of(record).get("phone") for number, record in rows}
    if not any(phones.values()):
        return {}
    payments, tokens = _payments_of(session, sheet), tokens_of(session, sheet.society_id)
    return {
        number: payments[phone_token(tokens, str(phone)) or ""]
        for number, phone in phones.items()
        if phone
    }


def _payments_of(session: Session, sheet: Sheet) -> Mapping[str, set[int]]:
    """The payments of the list that a sheet answers, by the telephone."""
    code, _dash, number = sheet.settled.get(PAYMENT_LIST, "").rpartition("-")
    found: dict[str, set[int]] = defaultdict(set)
    if not number.isdecimal():
        return found
    query = _select_payments(sheet, col(Payment.id)).where(
        col(PaymentList.number) == int(number), col(Provider.code) == code
    )
    for digest, payment_id in session.execute(query):
        if digest:
            found[digest].add(payment_id)
    return found
