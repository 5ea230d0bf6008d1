"""A named change of an approved list: as it is asked for, and as it is confirmed."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from cva.beneficiaries.models import Beneficiary, Registration
from cva.core import audit
from cva.core.deeds import Agreed, record_number
from cva.core.errors import ConflictError, InputError, RuleError
from cva.core.money import parse
from cva.core.numbers import comparable
from cva.core.rights import Right
from cva.core.words import gettext as _
from cva.core.words import ngettext
from cva.entitlements.approving import post_version
from cva.entitlements.models import Entitlement, ListState
from cva.entitlements.service import get_list, is_current
from cva.programmes import planning
from cva.programmes.models import Round

#: ``R-001 = 5000``, ``R-001/2 = 2500`` (the second instalment), ``R-001 = off``.
_LINE = re.compile(r"^(?P<number>.+?)(?:/(?P<part>[0-9]{1,2}))?\s*=\s*(?P<what>\S+)$")
OFF = "off"
MOST_LINES = 20_000


@dataclass(frozen=True, slots=True)
class _Change:
    """One line of a change; ``minor`` is None where the person is taken off."""

    number: str
    instalment: int
    minor: int | None


def read(session: Session, society_id: int, said: Mapping[str, str]) -> dict[str, Any]:
    """What would be changed, of what somebody said as texts; ``changes`` as ``_kept`` gives them.

    Raises:
        InputError: It has no name, cannot be read, or changes nothing.
        RuleError: The list is not approved, or belongs to another society.
    """
    planned = planning.see_round(session, record_number(said, "round"), Right.PREPARE)
    if planned.society_id != society_id:
        raise RuleError(_("The round belongs to another society."))
    found = get_list(session, planned.id or 0)
    if found.state != ListState.APPROVED:
        raise RuleError(_("The list is not approved yet, so its draft can still be made anew."))
    name = said.get("name", "").strip()
    if not name:
        message = _("Give the change a name, for example: newborns of November.")
        raise InputError(message, {"name": [message]})
    changes = _parse(said.get("changes", ""), planned.currency or "")
    kept = _kept(session, planned, changes)
    if not kept:
        raise InputError(_("Nothing would change: the list says this already."))
    return {"round": planned.id, "name": name, "version": found.version, "changes": kept}


def _kept(
    session: Session, planned: Round, changes: Sequence[_Change]
) -> list[tuple[int, int, int | None]]:
    """Person, instalment and amount of the lines that change something."""
    people = _people(session, planned.society_id, changes)
    now = _now(session, planned.id or 0, list(people.values()))
    kept = []
    for change in changes:
        person_id = people[comparable(change.number)]
        current = now.get((person_id, change.instalment))
        if change.minor is None and current is None:
            told = _("{number} is not on the list.").format(number=change.number)
            raise InputError(told, {"changes": [told]})
        if current is None or current.amount_minor != change.minor:
            kept.append((person_id, change.instalment, change.minor))
    return kept


def _parse(text: str, currency: str) -> list[_Change]:
    """Read the lines of a change.

    Raises:
        InputError: A line cannot be read, or names a person and instalment twice.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not 1 <= len(lines) <= MOST_LINES:
        message = _("Write one line for each person, for example: R-001 = 5000")
        raise InputError(message, {"changes": [message]})
    changes = [_parse_line(line, currency) for line in lines]
    seen: set[tuple[str, int]] = set()
    for change in changes:
        key = (comparable(change.number), change.instalment)
        if key in seen:
            message = _("{number} stands there twice.").format(number=change.number)
            raise InputError(message, {"changes": [message]})
        seen.add(key)
    return changes


def _parse_line(line: str, currency: str) -> _Change:
    match = _LINE.match(line)
    if match is None:
        message = _(
            '"{line}" cannot be read. Write number = amount, for example R-001 = 5000, '
            "or R-001 = off to take a person off the list."
        ).format(line=line[:60])
        raise InputError(message, {"changes": [message]})
    what = match["what"]
    minor = None if what.casefold() == OFF else parse(what, currency).minor
    if minor is not None and minor <= 0:
        message = _("Write an amount above zero, or off to take {number} off the list.").format(
            number=match["number"]
        )
        raise InputError(message, {"changes": [message]})
    return _Change(match["number"].strip(), int(match["part"] or 1), minor)


def _people(session: Session, society_id: int, changes: Sequence[_Change]) -> dict[str, int]:
    """Ids of the people named, by comparable number."""
    wanted = {comparable(change.number): change.number for change in changes}
    found: dict[str, int] = {}
    keys = sorted(wanted)
    for start in range(0, len(keys), 10_000):
        part = keys[start : start + 10_000]
        rows = session.exec(
            select(Registration.number_key, Registration.beneficiary_id).where(
                Registration.society_id == society_id, col(Registration.number_key).in_(part)
            )
        )
        found |= dict(rows.all())
    missing = [number for key, number in wanted.items() if key not in found]
    if missing:
        message = _("Nobody is registered under {number}.").format(number=missing[0])
        raise InputError(message, {"changes": [message]})
    return found


def _now(
    session: Session, round_id: int, people: Sequence[int]
) -> dict[tuple[int, int], Entitlement]:
    """What these people are entitled to now, by person and instalment."""
    now: dict[tuple[int, int], Entitlement] = {}
    for start in range(0, len(people), 10_000):
        part = people[start : start + 10_000]
        rows = session.exec(
            select(Entitlement).where(
                Entitlement.round_id == round_id,
                col(Entitlement.beneficiary_id).in_(part),
                is_current(),
            )
        )
        now |= {(row.beneficiary_id, row.instalment): row for row in rows}
    return now


def amend(session: Session, agreed: Agreed) -> None:
    """Post the change as a new version of the list.

    Raises:
        ConflictError: The list changed since.
    """
    details = agreed.details
    planned = planning.see_round(session, details["round"])
    found = get_list(session, details["round"])
    if found.version != details["version"]:
        raise ConflictError(_("The list changed since this was asked for. Ask for it anew."))
    people = sorted({person_id for person_id, _part, _minor in details["changes"]})
    now = _now(session, details["round"], people)
    sizes = _sizes(session, people)
    rows = [
        _row(planned, now.get((person_id, part)), person_id, part, minor, sizes.get(person_id))
        for person_id, part, minor in details["changes"]
    ]
    post_version(
        session,
        planned,
        rows,
        version=found.version + 1,
        name=details["name"],
        made_by=agreed.asked_by,
    )
    audit.record(
        session,
        audit.Act.LIST_AMENDED,
        society_id=agreed.society_id,
        subject_id=details["round"],
        rows=len(rows),
    )


def _row(
    planned: Round,
    now: Entitlement | None,
    person_id: int,
    instalment: int,
    minor: int | None,
    size: int | None,
) -> dict[str, Any]:
    return {
        "beneficiary_id": person_id,
        "instalment": instalment,
        "site": now.site if now else None,
        "currency": now.currency if now else planned.currency,
        "amount_minor": now.amount_minor if now and minor is None else minor,
        "quantity": now.quantity if now else None,
        "household_size": now.household_size if now else size,
        "grant_id": now.grant_id if now else None,
        "is_withdrawn": minor is None,
        "sheet_id": None,
        "row_number": None,
    }


def _sizes(session: Session, people: Sequence[int]) -> dict[int, int | None]:
    sizes: dict[int, int | None] = {}
    for start in range(0, len(people), 10_000):
        part = people[start : start + 10_000]
        rows = session.exec(
            select(Beneficiary.id, Beneficiary.household_size).where(col(Beneficiary.id).in_(part))
        )
        sizes |= dict(rows.all())
    return sizes


def tell(session: Session, details: Mapping[str, Any]) -> str:
    """The change in a sentence."""
    planned = planning.see_round(session, details["round"], Right.SEE_ROUNDS)
    off = sum(1 for _person, _part, minor in details["changes"] if minor is None)
    count = len(details["changes"]) - off
    parts = [
        ngettext("{count} amount set", "{count} amounts set", count).format(count=count),
        ngettext("{count} person taken off", "{count} people taken off", off).format(count=off),
    ]
    told = ", ".join(part for part, number in zip(parts, (count, off), strict=True) if number)
    return _("Change the list of round {code}, {name}: {changes}.").format(
        code=planned.code, name=details["name"], changes=told
    )
