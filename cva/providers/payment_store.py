"""Keeping a payment list: its payments with our references, and its file."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from sqlmodel import Session, col, func, select

from cva.core import audit, clock
from cva.core.db import insert_rows
from cva.core.identifiers import comparable, new_ids
from cva.core.tenancy import actor_of
from cva.programmes.models import Round
from cva.providers.models import (
    Payment,
    PaymentFile,
    PaymentList,
    PaymentState,
    PaymentStatus,
    Provider,
)
from cva.providers.service import template_of
from cva.sheets.writing.payment_file import write_payment_file


def store(
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
