"""Making a payment list: who of a round is to be paid by a provider, as one file."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, exists
from sqlalchemy import select as select_columns
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, select

from cva.beneficiaries import service as beneficiaries
from cva.beneficiaries.models import Beneficiary, Registration
from cva.beneficiaries.status import departed_by_now, successors_of
from cva.core import audit, clock
from cva.core.db import insert_rows
from cva.core.errors import InputError, RuleError
from cva.core.i18n import gettext as _
from cva.core.identifiers import comparable, new_ids
from cva.core.money import Money
from cva.core.permissions import Permission
from cva.core.tenancy import actor_of, get_record
from cva.entitlements import service as entitlements
from cva.entitlements.models import Entitlement
from cva.entitlements.service import is_planned
from cva.journal.entry_posting import lock_book
from cva.programmes.models import Programme, Round
from cva.programmes.planning import see_round
from cva.programmes.service import is_by_hand
from cva.providers.labels import left_off
from cva.providers.models import (
    Payment,
    PaymentFile,
    PaymentList,
    PaymentState,
    PaymentStatus,
    Provider,
)
from cva.providers.service import see_provider, template_of
from cva.sheets.writing.payment_file import PaymentTemplate, write_payment_file
from cva.transfers.models import PaymentKey
from cva.transfers.service import is_same_instalment

#: So many people who lack something are named.
MOST_SHOWN = 200
#: As many where nobody is left at all.
MOST_NAMED = 5
_OF_PERSON = ("phone", "account", "id_number")


@dataclass(frozen=True, slots=True)
class Lacking:
    """Somebody who cannot be paid this way yet.

    Attributes:
        fields: What the provider needs and nobody wrote down.
    """

    number: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Made:
    """A payment list that was just made.

    Attributes:
        lacking: People of the round who are not on it, for want of something.
        departed: Numbers of who died or moved since the list was approved: their entitlements stop.
        successors: By number, who receives for the household instead, where one was named.
        in_sheets: Numbers of who stands in a hand-out sheet that is not decided yet, by sheet.
    """

    list_id: int
    payments: int
    totals: Sequence[Money]
    lacking: Sequence[Lacking]
    departed: Sequence[str]
    successors: Mapping[str, str]
    in_sheets: Mapping[int, Sequence[str]]


def make_list(
    session: Session,
    provider_id: int,
    round_id: int,
    site: str = "",
    *,
    instead: bool = False,
    standing_in: Callable[[Session, int], Mapping[int, int]],
) -> Made:
    """Make a payment list of all in a round who are neither paid nor under way.

    Of several instalments it takes the first that is left of each person, as a field list does.
    A round that was planned to be handed out is paid by a provider only where ``instead`` says so.

    Args:
        session: The caller's transaction.
        provider_id: Who pays.
        round_id: A round whose list is approved.
        site: Only people of this site; blank for all.
        instead: The provider pays what was planned to be handed out.
        standing_in: Asked for the undecided hand-out sheets of the round in which people stand.

    Raises:
        InputError: The round is planned to be handed out, and ``instead`` is not said.
        RuleError: The round's list is not approved, or there is no one left to pay.
        NotFoundError: Provider or round is not one of the actor's.
        ForbiddenError: The actor's role does not prepare payments.
    """
    provider = see_provider(session, provider_id, Permission.PREPARE)
    planned = see_round(session, round_id, Permission.PREPARE)
    if planned.society_id != provider.society_id:
        raise RuleError(_("The round belongs to another society."), code="society_differs")
    lock_book(session, provider.society_id)
    if not entitlements.is_approved(session, round_id):
        raise RuleError(
            _("The list of this round is not approved yet, so nobody is paid by it."),
            code="list_not_approved",
        )
    if not instead:
        _refuse_handed_out(session, provider, planned)
    template = template_of(provider)
    listed = _due(session, planned, site.strip())
    left = departed_by_now(session, planned.society_id, planned.starts_on)
    departed: dict[int, str] = {}
    sheets = standing_in(session, round_id)
    in_sheets: dict[int, list[str]] = defaultdict(list)
    due = []
    for row in listed:
        person = row["beneficiary_id"]
        if person in left:
            departed[person] = row["registration_no"]
        elif person in sheets:
            in_sheets[sheets[person]].append(row["registration_no"])
        else:
            due.append(row)
    named = successors_of(session, planned.society_id, departed)
    successors = {departed[person_id]: number for person_id, number in named.items()}
    lacking = [found for row in due if (found := _lacks(template, row))]
    people = {found.number for found in lacking}
    payable = [row for row in due if row["registration_no"] not in people]
    if not payable:
        others = left_off(
            list(departed.values())[:MOST_NAMED],
            successors,
            {each: in_sheets[each][:MOST_NAMED] for each in sorted(in_sheets)[:MOST_NAMED]},
        )
        raise RuleError(_nobody(lacking, others), code="nobody_to_pay")
    made = _keep(session, provider, planned, site.strip(), payable)
    sums: Counter[str] = Counter()
    for row in payable:
        sums[row["currency"]] += row["amount"]
    return Made(
        list_id=made.id,
        payments=made.payments,
        totals=[Money(currency, minor) for currency, minor in sorted(sums.items())],
        lacking=lacking[:MOST_SHOWN],
        departed=list(departed.values())[:MOST_SHOWN],
        successors=successors,
        in_sheets={sheet_id: in_sheets[sheet_id][:MOST_SHOWN] for sheet_id in sorted(in_sheets)},
    )


def _refuse_handed_out(session: Session, provider: Provider, planned: Round) -> None:
    """Ask once, at the first payment list of a round that the society hands out itself."""
    programme = get_record(session, Programme, planned.programme_id)
    before = session.exec(select(PaymentList.id).where(PaymentList.round_id == planned.id)).first()
    if before is not None or not is_by_hand(planned, programme):
        return
    message = _(
        "This round is planned to be handed out. Say that {provider} pays it all the same, or "
        "hand it out by its field list."
    ).format(provider=provider.name)
    raise InputError(message, {"instead": [message]}, code="round_handed_out")


def _nobody(lacking: Sequence[Lacking], others: Sequence[str]) -> str:
    """Why there is no one left to pay; ``others`` is who is left off for other reasons."""
    if lacking:
        missing = _("Nobody can be paid this way: {fields} is missing for {numbers}.").format(
            fields=", ".join(lacking[0].fields),
            numbers=", ".join(each.number for each in lacking[:MOST_NAMED]),
        )
        return " ".join([missing, *others])
    if not others:
        return _("Everybody of this round is paid, or is being paid.")
    return " ".join([_("Nobody is left to pay."), *others])


def _due(session: Session, planned: Round, site: str) -> list[dict[str, Any]]:
    """The first instalment of each person that is neither paid nor live at a provider.

    Two records made one are one person, who is due once.
    """
    listed = aliased(Beneficiary)
    stands_for = (
        select_columns(col(listed.merged_into_id))
        .where(col(listed.id) == col(Entitlement.beneficiary_id))
        .correlate(Entitlement)
        .scalar_subquery()
    )
    person = func.coalesce(stands_for, col(Entitlement.beneficiary_id))
    is_paid = exists().where(is_same_instalment(PaymentKey, Entitlement, person))
    is_under_way = exists().where(
        is_same_instalment(PaymentStatus, Entitlement, person), col(PaymentStatus.is_live)
    )
    number = (
        select_columns(col(Registration.number))
        .where(col(Registration.id) == person)  # as the first number of a person
        .scalar_subquery()
        .label("registration_no")
    )
    query = (
        select_columns(
            person.label("beneficiary_id"),
            col(Entitlement.instalment),
            col(Entitlement.currency),
            col(Entitlement.amount_minor).label("amount"),
            col(Entitlement.site),
            number,
            col(Beneficiary.identity),
        )
        .join(Beneficiary, col(Beneficiary.id) == person)
        .where(
            and_(col(Entitlement.round_id) == planned.id, is_planned(), ~is_paid, ~is_under_way),
            col(Entitlement.amount_minor).is_not(None),
            col(Entitlement.currency).is_not(None),
        )
        .order_by(number, col(Entitlement.instalment), col(Entitlement.id))
    )
    if site:
        query = query.where(col(Entitlement.site) == site)
    first: dict[int, dict[str, Any]] = {}
    for row in map(dict, session.execute(query).mappings()):
        identity = row.pop("identity")
        row["full_name"] = beneficiaries.name_of(identity) or None
        row |= {name: identity.get(name) for name in _OF_PERSON}
        first.setdefault(row["beneficiary_id"], row)
    return list(first.values())


def _lacks(template: PaymentTemplate, row: Mapping[str, Any]) -> Lacking | None:
    missing = tuple(field for field in template.required if not row.get(field))
    return Lacking(row["registration_no"], missing) if missing else None


def _keep(
    session: Session,
    provider: Provider,
    planned: Round,
    site: str,
    rows: Sequence[dict[str, Any]],
) -> PaymentList:
    """Keep a list of those who are payable, with the file its provider's template makes of it."""
    number = session.exec(
        select(func.count()).select_from(PaymentList).where(PaymentList.provider_id == provider.id)
    ).one()
    template = template_of(provider)
    made = PaymentList(
        society_id=provider.society_id,
        provider_id=provider.id,
        round_id=planned.id,
        number=number + 1,
        site=site or None,
        payments=len(rows),
        filename=f"{provider.code}-{planned.code}-{number + 1}.{template.ending}",
        sha256="",
        made_by=actor_of(session).user_id,
        made_at=clock.now(),
    )
    session.add(made)
    session.flush()
    payments = _payments(session, made, rows)
    content = write_payment_file(
        template,
        [row | {"reference": each["reference"]} for row, each in zip(rows, payments, strict=True)],
    )
    made.sha256 = hashlib.sha256(content).hexdigest()
    insert_rows(session, Payment, payments)
    insert_rows(session, PaymentStatus, [_status(each) for each in payments])
    session.add(PaymentFile(society_id=provider.society_id, list_id=made.id, content=content))
    audit.record_about(session, audit.Act.PAYMENT_LIST_MADE, made, payments=len(rows))
    return made


def _payments(
    session: Session, made: PaymentList, rows: Sequence[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    before = _attempts(session, made.round_id)
    payments = []
    for place, (row, new) in enumerate(zip(rows, new_ids(len(rows)), strict=True), 1):
        reference = f"P{made.id}-{place:05d}"
        who = (row["beneficiary_id"], row["instalment"])
        payments.append(
            {
                "id": new,
                "society_id": made.society_id,
                "list_id": made.id,
                "provider_id": made.provider_id,
                "round_id": made.round_id,
                "beneficiary_id": who[0],
                "instalment": who[1],
                "attempt": before.get(who, 0) + 1,
                "reference": reference,
                "reference_key": comparable(reference),
                "currency": row["currency"],
                "amount_minor": row["amount"],
            }
        )
    return payments


def _attempts(session: Session, round_id: int) -> dict[tuple[int, int], int]:
    """How often each person and instalment of a round was instructed before."""
    query = (
        select(Payment.beneficiary_id, Payment.instalment, func.max(Payment.attempt))
        .where(Payment.round_id == round_id)
        .group_by(col(Payment.beneficiary_id), col(Payment.instalment))
    )
    return {(person_id, part): attempt for person_id, part, attempt in session.exec(query)}


def _status(payment: Mapping[str, Any]) -> dict[str, Any]:
    taken = ("society_id", "list_id", "round_id", "beneficiary_id", "instalment")
    return {
        "payment_id": payment["id"],
        **{name: payment[name] for name in taken},
        "state": str(PaymentState.INSTRUCTED),
        "is_live": True,
    }
