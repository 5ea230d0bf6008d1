"""A named change of an approved list: it takes nothing from who was given, or is being paid.

What is lacking where less was given is proposed as such a change, which would carry it on.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import func
from sqlalchemy import select as select_columns
from sqlmodel import Session, col

from cva.beneficiaries.models import Beneficiary
from cva.beneficiaries.service import numbers_of
from cva.core.errors import ConflictError, RuleError
from cva.core.i18n import gettext as _
from cva.core.maker_checker import ApprovalAction, ApprovedRequest
from cva.core.money import plain
from cva.core.permissions import Permission
from cva.entitlements import change_effects, list_changes
from cva.entitlements.delivery_comparison import ComparedLine, Outcome, compare
from cva.entitlements.list_rows import list_rows
from cva.journal.entry_posting import lock_book
from cva.kinds.handouts.deliveries import given_in
from cva.programmes import planning
from cva.providers.models import UNDER_WAY, Payment, PaymentStatus


def carry_over_of(session: Session, round_id: int) -> list[str]:
    """The lines of a named change, two for each person: what was given, and the rest.

    ``R-001/1 = 3000`` and ``R-001/2 = 2000`` where 5,000 were planned: the plan stays what it was
    in sum. Only what is posted counts; what is not reported yet is not carried.
    """
    planning.see_round(session, round_id, Permission.SEE_ROUNDS)
    plans = [row.planned for row in list_rows(session, round_id)]
    given = given_in(session, round_id)
    last: dict[int, int] = defaultdict(int)
    numbered = [(one.person, one.instalment) for one in plans]
    numbered += [(one.person, one.instalment or 0) for one in given]
    for person, part in numbered:
        last[person] = max(last[person], part)
    less = [line for line in compare(plans, given) if _is_carried(line)]
    numbers = numbers_of(session, [line.person for line in less])
    lines: list[str] = []
    for line in less:
        planned, delivery, number = line.planned, line.delivery, numbers[line.person]
        if planned and delivery:
            currency, given_minor = planned.currency or "", delivery.amount
            last[line.person] += 1
            lines += [
                f"{number}/{planned.instalment} = {plain(currency, given_minor)}",
                f"{number}/{last[line.person]} = {plain(currency, planned.amount - given_minor)}",
            ]
    return lines


def _is_carried(line: ComparedLine) -> bool:
    planned, delivery = line.planned, line.delivery
    if line.answer != Outcome.LESS or planned is None or delivery is None:
        return False
    return planned.currency is not None and planned.currency == delivery.currency


_Changes = Sequence[tuple[int, int, int | None]]


def _read(session: Session, society_id: int, texts: Mapping[str, str]) -> dict[str, Any]:
    details = list_changes.read(session, society_id, texts, _given)
    _refuse_under_way(session, details["round"], details["changes"])
    return details


def _amend(session: Session, request: ApprovedRequest) -> None:
    lock_book(session, request.society_id)
    _refuse_under_way(session, request.details["round"], request.details["changes"])
    _refuse_given_since(session, request.details)
    list_changes.amend(session, request)


def _refuse_given_since(session: Session, details: Mapping[str, Any]) -> None:
    off = {(person, part) for person, part in details.get("not_given", ())}
    if off and off & _given(session, details["round"]):
        raise ConflictError(
            _("An instalment was handed out since this was asked for. Ask for it anew."),
            code="given_since",
        )


def _given(session: Session, round_id: int) -> set[tuple[int, int]]:
    """The instalments of a list of which something was given and kept, each with its person."""
    plans = [row.planned for row in list_rows(session, round_id)]
    return {
        (line.planned.person, line.planned.instalment)
        for line in compare(plans, given_in(session, round_id))
        if line.planned and line.delivery and line.delivery.is_kept
    }


def _refuse_under_way(session: Session, round_id: int, change_effects: _Changes) -> None:
    paid = _under_way(session, round_id)
    for person_id, instalment, minor in change_effects:
        payment = paid.get((person_id, instalment))
        if payment is not None and (minor is None or minor < payment[0]):
            message = _(
                "Have the payment of {number} cancelled first: it stands on payment list {list}. "
                "Cancel that list if it was not sent; else let the provider cancel it, and send "
                "its answer."
            )
            number = numbers_of(session, [person_id]).get(person_id, "")
            raise RuleError(
                message.format(number=number, list=payment[1]), code="payment_under_way"
            )


def _under_way(session: Session, round_id: int) -> dict[tuple[int, int], tuple[int, int]]:
    """Amount and list of the payments under way, by person and instalment."""
    rows = session.execute(
        select_columns(
            func.coalesce(col(Beneficiary.merged_into_id), col(Payment.beneficiary_id)),
            col(Payment.instalment),
            col(Payment.amount_minor),
            col(Payment.list_id),
        )
        .join(PaymentStatus, col(PaymentStatus.payment_id) == Payment.id)
        .join(Beneficiary, col(Beneficiary.id) == Payment.beneficiary_id)
        .where(
            col(Payment.round_id) == round_id,
            col(PaymentStatus.is_live),
            col(PaymentStatus.state).in_(UNDER_WAY),
        )
    )
    return {(person, part): (minor, list_id) for person, part, minor, list_id in rows}


AMEND_LIST = ApprovalAction(
    "amend_list",
    Permission.PREPARE,
    Permission.APPROVE_LISTS,
    _read,
    _amend,
    list_changes.describe,
    lines=change_effects.parts_of,
)
