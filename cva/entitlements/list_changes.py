"""A named change of an approved list: as people write it, as it is asked for and confirmed."""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select as select_columns
from sqlmodel import Session, col

from cva.beneficiaries.models import Beneficiary, Registration
from cva.core import audit
from cva.core.db import rows_among
from cva.core.errors import ConflictError, InputError, RuleError
from cva.core.i18n import apart, ngettext
from cva.core.i18n import gettext as _
from cva.core.identifiers import comparable
from cva.core.maker_checker import ApprovedRequest, record_number
from cva.core.money import parse
from cva.core.permissions import Permission
from cva.entitlements.change_effects import standing
from cva.entitlements.list_approval import post_version
from cva.entitlements.models import Entitlement, ListState
from cva.entitlements.service import get_list
from cva.programmes import planning
from cva.programmes.models import Round

#: ``R-001 = 5000``, ``R-001/2 = 2500`` (the second instalment), ``R-001 = off`` (all that was not
#: given yet), ``R-001/2 = off`` (one instalment).
_LINE = re.compile(r"^(?P<number>.+?)(?:/(?P<part>[0-9]{1,2}))?\s*=\s*(?P<what>\S+)$")
OFF = "off"
MOST_LINES = 20_000


@dataclass(frozen=True, slots=True)
class ListChange:
    """One line of a change.

    Attributes:
        instalment: None where the line names none.
        minor: None where the person is taken off.
    """

    number: str
    instalment: int | None
    minor: int | None


def parse_lines(text: str, currency: str) -> list[ListChange]:
    """Read the lines of a change.

    Raises:
        InputError: A line cannot be read.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not 1 <= len(lines) <= MOST_LINES:
        message = _("Write one line for each person, for example: R-001 = 5000")
        raise InputError(message, {"changes": [message]}, code="change_empty")
    return [_parse_line(line, currency) for line in lines]


def _parse_line(line: str, currency: str) -> ListChange:
    match = _LINE.match(line)
    if match is None:
        message = _(
            '"{line}" cannot be read. Write number = amount, for example R-001 = 5000, '
            "or R-001 = off to take a person off the list."
        ).format(line=line[:60])
        raise InputError(message, {"changes": [message]}, code="change_line_unreadable")
    what = match["what"]
    minor = None if what.casefold() == OFF else parse(what, currency).minor
    if minor is not None and minor <= 0:
        message = _("Write an amount above zero, or off to take {number} off the list.").format(
            number=match["number"]
        )
        raise InputError(message, {"changes": [message]}, code="change_amount_zero")
    part = int(match["part"]) if match["part"] else None
    if part is not None and not 1 <= part <= planning.MOST_INSTALMENTS:
        message = _("{line}: instalments are counted from 1 to {most}.").format(
            line=line[:60], most=planning.MOST_INSTALMENTS
        )
        raise InputError(message, {"changes": [message]}, code="change_instalment_unknown")
    return ListChange(match["number"].strip(), part, minor)


#: The instalments of a round that were given, each with its person.
Given = Callable[[Session, int], Collection[tuple[int, int]]]


def read(
    session: Session, society_id: int, texts: Mapping[str, str], given: Given
) -> dict[str, Any]:
    """What would be changed, of what somebody said as texts; ``changes`` as ``_kept`` gives them.

    ``in_parts`` says whether some of its people are given several instalments; ``not_given`` names
    what is taken off only because it was not given yet.

    Raises:
        InputError: It has no name, cannot be read, or changes nothing.
        RuleError: The list is not approved, or belongs to another society.
    """
    planned = planning.see_round(session, record_number(texts, "round"), Permission.PREPARE)
    if planned.society_id != society_id:
        raise RuleError(_("The round belongs to another society."), code="society_differs")
    found = get_list(session, planned.id)
    if found.state != ListState.APPROVED:
        raise RuleError(
            _("The list is not approved yet, so its draft can still be made anew."),
            code="list_draft",
        )
    name = texts.get("name", "").strip()
    if not name:
        message = _("Give the change a name, for example: newborns of November.")
        raise InputError(message, {"name": [message]}, code="change_name_missing")
    changes = parse_lines(texts.get("changes", ""), planned.currency or "")
    people = _people(session, planned.society_id, changes)
    now = standing(session, planned.id, people.values(), found.version)
    takes_off = any(each.minor is None and each.instalment is None for each in changes)
    parts = _Parts(planned, now, given(session, planned.id) if takes_off else ())
    kept = _kept(changes, people, now, parts)
    if not kept:
        raise InputError(
            _("Nothing would change: the list says this already."), code="change_nothing"
        )
    in_parts = any(parts.are_several(person) or part > 1 for person, part, _minor in kept)
    return {
        "round": planned.id,
        "name": name,
        "version": found.version,
        "in_parts": in_parts,
        "not_given": parts.not_given,
        "changes": kept,
    }


class _Parts:
    """Which instalments a line means."""

    def __init__(
        self,
        planned: Round,
        now: Collection[tuple[int, int]],
        given: Collection[tuple[int, int]],
    ) -> None:
        self._is_in_instalments = (planned.instalments or 1) > 1
        self._given = given
        #: What lines without an instalment take off, as it was not given yet.
        self.not_given: list[tuple[int, int]] = []
        self._listed: dict[int, list[int]] = defaultdict(list)
        for person, part in sorted(now):
            self._listed[person].append(part)

    def are_several(self, person: int) -> bool:
        """Whether somebody has, or in this round is to have, more than one."""
        return self._is_in_instalments or self._listed.get(person, [1]) != [1]

    def of(self, change: ListChange, person: int) -> list[int]:
        """The instalments that a line of a person changes."""
        if change.instalment is not None:
            return [change.instalment]
        if change.minor is None:
            return self._to_take_off(change.number, person)
        if self.are_several(person):
            message = _(
                "Name the instalment, for example {number}/1 = 2500: "
                "{number} is given more than one in this round."
            ).format(number=change.number)
            raise InputError(message, {"changes": [message]}, code="change_instalment_unsaid")
        return [1]

    def _to_take_off(self, number: str, person: int) -> list[int]:
        listed = self._listed.get(person, [])
        if len(listed) <= 1:
            return listed or [1]
        left = [part for part in listed if (person, part) not in self._given]
        if not left:
            message = _(
                "{number} was given every instalment already. To take one off the list all the "
                "same, name it: {number}/1 = off"
            ).format(number=number)
            raise InputError(message, {"changes": [message]}, code="change_all_given")
        self.not_given += [(person, part) for part in left]
        return left


def _kept(
    changes: Sequence[ListChange],
    people: Mapping[str, int],
    now: Mapping[tuple[int, int], Entitlement],
    parts: _Parts,
) -> list[tuple[int, int, int | None]]:
    """Person, instalment and amount of the lines that change something.

    Raises:
        InputError: A person and instalment stands there twice, or not on the list.
    """
    kept = []
    seen: set[tuple[int, int]] = set()
    for change in changes:
        person_id = people[comparable(change.number)]
        for part in parts.of(change, person_id):
            if (person_id, part) in seen:
                message = _("{number} stands there twice.").format(number=change.number)
                raise InputError(message, {"changes": [message]}, code="change_person_twice")
            seen.add((person_id, part))
            current = now.get((person_id, part))
            if change.minor is None and current is None:
                message = _("{number} is not on the list.").format(number=change.number)
                raise InputError(message, {"changes": [message]}, code="change_person_not_listed")
            if current is None or current.amount_minor != change.minor:
                kept.append((person_id, part, change.minor))
    return kept


def _people(session: Session, society_id: int, changes: Sequence[ListChange]) -> dict[str, int]:
    """Ids of the people named, by comparable number."""
    wanted = {comparable(change.number): change.number for change in changes}
    query = select_columns(col(Registration.number_key), col(Registration.beneficiary_id)).where(
        col(Registration.society_id) == society_id
    )
    found: dict[str, int] = dict(rows_among(session, query, Registration.number_key, wanted))
    missing = [number for key, number in wanted.items() if key not in found]
    if missing:
        message = _("Nobody is registered under {number}.").format(number=missing[0])
        raise InputError(message, {"changes": [message]}, code="person_unknown")
    return found


def amend(session: Session, request: ApprovedRequest) -> None:
    """Post the change as a new version of the list.

    Raises:
        ConflictError: The list changed since.
    """
    details = request.details
    planned = planning.see_round(session, details["round"])
    found = get_list(session, details["round"])
    if found.version != details["version"]:
        raise ConflictError(_changed(), code="list_changed_since")
    people = sorted({person_id for person_id, _part, _minor in details["changes"]})
    now = standing(session, planned.id, people, found.version)
    sizes = _sizes(session, people)
    records = {person_id: each.beneficiary_id for (person_id, _part), each in now.items()}
    rows = [
        _row(planned, now.get((person_id, part)), part, minor, sizes[person_id])
        | {"beneficiary_id": records.get(person_id, person_id)}
        for person_id, part, minor in details["changes"]
    ]
    post_version(
        session,
        planned,
        rows,
        version=found.version + 1,
        name=details["name"],
        made_by=request.asked_by,
        request_id=request.request_id,
    )
    audit.record_about(session, audit.Act.LIST_AMENDED, planned, rows=len(rows))


def _row(
    planned: Round,
    now: Entitlement | None,
    instalment: int,
    minor: int | None,
    size: int | None,
) -> dict[str, Any]:
    return {
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
    """Household sizes by person.

    Raises:
        ConflictError: One of them was made one with another record since the change was read.
    """
    query = select_columns(col(Beneficiary.id), col(Beneficiary.household_size)).where(
        col(Beneficiary.merged_into_id).is_(None)
    )
    sizes: dict[int, int | None] = dict(rows_among(session, query, Beneficiary.id, people))
    if len(sizes) < len(people):
        raise ConflictError(_changed(), code="list_changed_since")
    return sizes


def _changed() -> str:
    return _("The list changed since this was asked for. Ask for it anew.")


def describe(session: Session, details: Mapping[str, Any]) -> str:
    """The change in a sentence."""
    planned = planning.see_round(session, details["round"], Permission.SEE_ROUNDS)
    off = [person for person, _part, minor in details["changes"] if minor is None]
    count = len(details["changes"]) - len(off)
    parts = [
        ngettext("{count} amount set", "{count} amounts set", count).format(count=count),
        _taken_off(off, in_parts=details.get("in_parts", False)),
    ]
    message = _(", ").join(
        part for part, number in zip(parts, (count, len(off)), strict=True) if number
    )
    return _("Change the list of round {code}, {name}: {changes}.").format(
        code=apart(planned.code), name=apart(details["name"]), changes=message
    )


def _taken_off(people: Sequence[int], *, in_parts: bool) -> str:
    """What is taken off, of each instalment its person."""
    count = len(people)
    if in_parts:
        return ngettext(
            "{count} instalment taken off (people: {people})",
            "{count} instalments taken off (people: {people})",
            count,
        ).format(count=count, people=len(set(people)))
    return ngettext("{count} person taken off", "{count} people taken off", count).format(
        count=count
    )
