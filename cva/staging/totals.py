"""Sums of a sheet's staged rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select as select_columns
from sqlmodel import Session, col, func

from cva.core.money import Money
from cva.sheets.checking.checked import RowTotal
from cva.staging.models import GIVEN, RowState, StagedRow, is_summed


@dataclass(frozen=True, slots=True)
class AnswerTotal:
    """The rows of payment results that say one thing, in one currency.

    Attributes:
        answer: What is recorded, such as ``"paid"``; ``"pending"`` where there is no answer yet.
        money: None for rows that only report a fee.
    """

    answer: str
    money: Money | None
    rows: int


#: In this order answers are shown.
_ANSWERS = ("paid", "available", "collected", "failed", "expired", "returned", "fee", "pending")


def answers_of(session: Session, sheet_id: int) -> list[AnswerTotal]:
    """What the rows without an error say, to be compared with the provider's own totals."""
    minor = func.sum(StagedRow.amount_minor)
    query = (
        select_columns(col(StagedRow.answer), col(StagedRow.currency), minor, func.count())
        .where(
            col(StagedRow.sheet_id) == sheet_id,
            col(StagedRow.state).in_([RowState.READY, RowState.EXCEPTED, RowState.NO_ANSWER]),
            col(StagedRow.answer).in_(_ANSWERS),
        )
        .group_by(col(StagedRow.answer), col(StagedRow.currency))
    )
    found: dict[tuple[str, str], AnswerTotal] = {}
    for answer, currency, total, rows in session.execute(query):
        has_amount = answer != "fee" and currency is not None and total is not None
        money = Money(currency, int(total)) if has_amount else None
        key = (answer, money.currency if money else "")
        before = found[key].rows if key in found else 0
        found[key] = AnswerTotal(answer, money, rows + before)
    return [found[key] for key in sorted(found, key=lambda key: (_ANSWERS.index(key[0]), key[1]))]


def totals_of(session: Session, sheet_id: int, states: Sequence[str]) -> list[RowTotal]:
    """Sums of a sheet's rows in some states, per currency; two currencies are never added."""
    return totals_by_sheet(session, [sheet_id], states).get(sheet_id, [])


def totals_by_sheet(
    session: Session, sheet_ids: Sequence[int], states: Sequence[str]
) -> dict[int, list[RowTotal]]:
    """The same for many sheets at once."""
    query = (
        select_columns(
            col(StagedRow.sheet_id),
            col(StagedRow.currency),
            func.sum(StagedRow.amount_minor),
            func.count(),
        )
        .where(
            col(StagedRow.sheet_id).in_(sheet_ids),
            col(StagedRow.state).in_(states),
            col(StagedRow.amount_minor).is_not(None),
            col(StagedRow.currency).is_not(None),
            is_summed(),
        )
        .group_by(col(StagedRow.sheet_id), col(StagedRow.currency))
        .order_by(col(StagedRow.sheet_id), col(StagedRow.currency))
    )
    found: dict[int, list[RowTotal]] = {}
    for sheet_id, currency, minor, rows in session.execute(query):
        found.setdefault(sheet_id, []).append(RowTotal(Money(currency, int(minor)), int(rows)))
    return found


def control_totals_of(session: Session, sheet_id: int) -> list[list[Any]]:
    """``[currency, minor units, rows]`` of the rows that a sheet is posted with, per currency.

    Rows that are no amounts of money are under a blank currency.
    """
    currency = func.coalesce(col(StagedRow.currency), "")
    query = (
        select_columns(currency, func.coalesce(func.sum(StagedRow.amount_minor), 0), func.count())
        .where(col(StagedRow.sheet_id) == sheet_id, col(StagedRow.state).in_(GIVEN))
        .group_by(currency)
        .order_by(currency)
    )
    return [[code, int(minor), int(rows)] for code, minor, rows in session.execute(query)]


def rows_by_sheet(
    session: Session, sheet_ids: Sequence[int], states: Sequence[str]
) -> dict[int, int]:
    """How many rows of each sheet are in some states, with an amount or without."""
    query = (
        select_columns(col(StagedRow.sheet_id), func.count())
        .where(col(StagedRow.sheet_id).in_(sheet_ids), col(StagedRow.state).in_(states))
        .group_by(col(StagedRow.sheet_id))
    )
    return {sheet_id: int(rows) for sheet_id, rows in session.execute(query)}
