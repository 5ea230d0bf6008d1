"""Who collected a hand-out, on whose authority, before whom: what the sheet leaves open."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from cva.beneficiaries.ages import Age
from cva.beneficiaries.proxies import other_collector
from cva.beneficiaries.service import name_of, number_of
from cva.core.identifiers import comparable
from cva.sheets.checking.checked import NO_ANSWER, NOT_RECEIVED, CheckedRow
from cva.sheets.findings.finding import Finding
from cva.staging.context import CellLocator, SheetContext

#: Whoever collects in one sheet for more people than these is asked about.
MOST_COLLECTED_FOR = 3
#: Marks that nobody can compare with a document: somebody has to have seen them made.
_TO_BE_WITNESSED = frozenset({"thumbprint", "none"})
_NOBODY: Mapping[str, Any] = {}


def compare_collecting(
    context: SheetContext, rows: Sequence[CheckedRow], known: Mapping[str, Mapping[str, Any]]
) -> list[Finding]:
    """Warnings about the hand-outs of a sheet; ``known`` are registered people by number."""
    if context.sheet.is_list:
        return []
    locator = context.locator
    found: list[Finding] = []
    collected: dict[str, list[CheckedRow]] = defaultdict(list)
    for row in rows:
        if row.state in {NOT_RECEIVED, NO_ANSWER}:
            continue
        person = known.get(comparable(number_of(row.values) or ""), _NOBODY)
        other = _collector(row.values, person) if row.values.get("received_by") else None
        if other:
            collected[" ".join(sorted(other.casefold().split()))].append(row)
        found += _unwitnessed(row, locator)
        found += _without_authority(row, person, other, locator)
    return [*found, *_for_many(collected, locator)]


def _collector(values: Mapping[str, Any], person: Mapping[str, Any]) -> str | None:
    """Who collected in the place of the person that the row names, or else the register."""
    return other_collector(values, values if name_of(values) else person)


def _unwitnessed(row: CheckedRow, locator: CellLocator) -> Iterator[Finding]:
    if row.values.get("mark_kind") in _TO_BE_WITNESSED and not row.values.get("witness"):
        field = _first_of(locator, "witness", "mark_kind")
        yield locator.finding("mark-not-witnessed", row.number, field, "")


def _without_authority(
    row: CheckedRow, person: Mapping[str, Any], other: str | None, locator: CellLocator
) -> Iterator[Finding]:
    """Somebody else, or a minor alone, with nothing that says why they may collect."""
    values = row.values
    if values.get("authority"):
        return
    if other and not values.get("relation"):
        yield locator.finding("collector-unexplained", row.number, "received_by", other)
    day_text = values.get("distribution_date")
    day = date.fromisoformat(str(day_text)) if day_text else None
    if not other and day and _age(values, person, day).was_minor(day):
        cell = (row.number, _first_of(locator, "authority", "registration_no"))
        number = number_of(values) or ""
        yield locator.finding("minor-collected", *cell, number, day=day)


def _first_of(locator: CellLocator, missing: str, otherwise: str) -> str:
    """Where to write what is missing; a sheet without such a column shows what it tells."""
    return missing if missing in locator.columns else otherwise


def _age(values: Mapping[str, Any], person: Mapping[str, Any], day: date) -> Age:
    """As registered; of a new person, or registered without an age, as the row says."""
    registered: Age = person.get("age") or Age()
    if registered.born_on is None and values.get("date_of_birth"):
        return Age(date.fromisoformat(str(values["date_of_birth"])))
    if registered != Age():
        return registered
    return Age(age=values.get("age"), age_on=day)


def _for_many(
    collected: Mapping[str, Sequence[CheckedRow]], locator: CellLocator
) -> Iterator[Finding]:
    """One person who collected for many others; reported once, at the first of them."""
    for own in collected.values():
        people = {comparable(number_of(row.values) or "") for row in own}
        if len(people) > MOST_COLLECTED_FOR:
            at = (own[0].number, "received_by", str(own[0].values["received_by"]))
            yield locator.finding("collects-for-many", *at, count=len(people))
