"""What a named change does to a list, line by line, and what confirmed changes did."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, true
from sqlalchemy import select as select_columns
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from cva.beneficiaries.service import numbers_of, records_of
from cva.core.db import rows_among
from cva.core.i18n import ngettext
from cva.core.maker_checker import ApprovalLine, ApprovalLines
from cva.core.money import Money
from cva.core.permissions import Permission
from cva.entitlements.models import Entitlement
from cva.programmes import planning


def parts_of(session: Session, details: Mapping[str, Any], most: int) -> ApprovalLines:
    """The lines of a change, each compared with the version of the list that it was asked of."""
    planned = planning.see_round(session, details["round"], Permission.SEE_ROUNDS)
    changes = details["changes"][:most]
    people = sorted({person_id for person_id, _part, _minor in changes})
    before = standing(session, planned.id, people, details["version"])
    numbers, listed = numbers_of(session, people), {person_id for person_id, _part in before}
    lines = []
    for person_id, instalment, minor in changes:
        now = before.get((person_id, instalment))
        currency = (now.currency if now else None) or planned.currency or ""
        lines.append(
            ApprovalLine(
                number=numbers.get(person_id, ""),
                instalment=instalment,
                before=Money(currency, now.amount_minor) if now and now.amount_minor else None,
                after=None if minor is None else Money(currency, minor),
                is_listed=person_id in listed,
            )
        )
    return ApprovalLines(lines, len(details["changes"]), round_id=planned.id)


def standing(
    session: Session, round_id: int, people: Collection[int], version: int
) -> dict[tuple[int, int], Entitlement]:
    """What people were to be given by a version of a list, by person and instalment.

    Of two records made one it stands under the kept one's id, else the first's; see
    ``is_planned``.
    """
    person_of = records_of(session, people)
    found: dict[int, dict[int, dict[int, Entitlement]]] = defaultdict(lambda: defaultdict(dict))
    query = (
        select_columns(Entitlement)
        .where(col(Entitlement.round_id) == round_id, col(Entitlement.version) <= version)
        .order_by(col(Entitlement.version))
    )
    for (row,) in rows_among(session, query, Entitlement.beneficiary_id, person_of):
        found[person_of[row.beneficiary_id]][row.beneficiary_id][row.instalment] = row
    return {
        (person_id, instalment): row
        for person_id, records in found.items()
        for instalment, row in (records.get(person_id) or records[min(records)]).items()
        if not row.is_withdrawn
    }


@dataclass(frozen=True, slots=True)
class Changed:
    """How many instalments a version of a list set, added and took off."""

    set: int = 0
    added: int = 0
    off: int = 0

    @property
    def summary(self) -> str:
        """In words."""
        parts = (
            ngettext("{count} amount set", "{count} amounts set", self.set).format(count=self.set),
            ngettext("{count} added", "{count} added", self.added).format(count=self.added),
            ngettext("{count} taken off", "{count} taken off", self.off).format(count=self.off),
        )
        counts = (self.set, self.added, self.off)
        return ", ".join(part for part, count in zip(parts, counts, strict=True) if count)


def changes_of(session: Session, round_id: int) -> dict[int, Changed]:
    """What each version of a list but the first changed."""
    earlier = aliased(Entitlement)
    was_off = (
        select_columns(col(earlier.is_withdrawn))
        .where(
            col(earlier.society_id) == col(Entitlement.society_id),
            col(earlier.round_id) == col(Entitlement.round_id),
            col(earlier.beneficiary_id) == col(Entitlement.beneficiary_id),
            col(earlier.instalment) == col(Entitlement.instalment),
            col(earlier.version) < col(Entitlement.version),
        )
        .order_by(col(earlier.version).desc())
        .limit(1)
        .scalar_subquery()
    )
    rows = session.execute(
        select_columns(
            col(Entitlement.version),
            col(Entitlement.is_withdrawn),
            func.coalesce(was_off, true()),
        ).where(col(Entitlement.round_id) == round_id, col(Entitlement.version) > 1)
    )
    counts: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for version, is_off, is_new in rows:
        counts[version]["off" if is_off else "added" if is_new else "set"] += 1
    return {version: Changed(**own) for version, own in counts.items()}
