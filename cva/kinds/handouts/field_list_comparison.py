"""A field list that came back, compared with what was written into it and with the list now."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from sqlmodel import Session, col, select

from cva.beneficiaries.models import Beneficiary
from cva.core.crypto import keys
from cva.core.identifiers import comparable
from cva.core.money import plain
from cva.entitlements import service as entitlements
from cva.entitlements.list_rows import list_rows
from cva.kinds.handouts.list_comparison import amount_text
from cva.programmes.models import Round
from cva.sheets.checking.checked import Checked, CheckedRow
from cva.sheets.findings.finding import Finding
from cva.sheets.vocabulary.field_list_marks import (
    DIGEST,
    LIST,
    VERSION,
    FieldListEntry,
    entries_in,
    sealed,
)
from cva.sheets.vocabulary.text_forms import fold
from cva.staging.context import CellLocator, SheetContext
from cva.staging.models import Sheet

_MOST_NAMED = 50
#: Digits of the largest number of a record.
_MOST_DIGITS = 9


def follow_field_list(session: Session, sheet: Sheet, checked: Checked) -> None:
    """A field list whose sender named no round is for the round that it was written for."""
    number = checked.marks.get(LIST, "")
    is_number = number.isdecimal() and len(number) <= _MOST_DIGITS
    if sheet.round_id is not None or sheet.is_list or not is_number:
        return
    found = session.exec(
        select(Round.id).where(
            Round.id == int(number),
            Round.society_id == sheet.society_id,
            Round.programme_id == sheet.programme_id,
        )
    ).one_or_none()
    sheet.round_id = found


def digest_of(marks: Mapping[str, str]) -> str:
    """The keyed digest over what a field list says of itself: nobody else can make it."""
    return keys().digest(LIST, sealed(marks))


def compare_field_list(context: SheetContext, checked: Checked) -> list[Finding]:
    """Everything that differs between a returned field list and what was written into it."""
    marks, sheet, locator = checked.marks, context.sheet, context.locator
    if not marks.get(LIST) or sheet.is_list:
        return []
    found = []
    if not keys().is_digest(marks.get(DIGEST), LIST, sealed(marks)):
        found.append(locator.about_sheet("field-list-altered"))
    matched = _match(checked, entries_in(marks))
    found += _missing(matched.missing, locator)
    for row in matched.added:
        number = str(row.values.get("registration_no") or "")
        found.append(locator.at_number("list-row-added", row.number, number))
    for row, entry in matched.pairs:
        found += _locked(row, entry, checked, locator)
    if marks[LIST] == str(sheet.round_id):
        found += _outdated(context, marks, matched)
    return found


def instalments_named(context: SheetContext, checked: Checked) -> dict[str, list[int | None]]:
    """For each row the instalment that a field list of the sheet's round was written for."""
    if checked.marks.get(LIST) != str(context.sheet.round_id):
        return {}
    pairs = _match(checked, entries_in(checked.marks)).pairs
    named = {row.number: entry.instalment for row, entry in pairs}
    return {"instalment": [named.get(row.number) for row in checked.rows]}


@dataclass(frozen=True, slots=True)
class _Matched:
    """Rows with what was written for them, rows nobody wrote, and what is gone."""

    pairs: Sequence[tuple[CheckedRow, FieldListEntry]]
    added: Sequence[CheckedRow]
    missing: Sequence[FieldListEntry]


def _match(checked: Checked, entries: Sequence[FieldListEntry]) -> _Matched:
    """By registration number, wherever the row stands now; else by its place in the sheet.

    Where another number and another name stand at a place, another person does.
    """
    waiting: dict[str, list[FieldListEntry]] = defaultdict(list)
    for entry in reversed(entries):
        waiting[comparable(entry.number)].append(entry)
    pairs, strangers = [], []
    for row in checked.rows:
        own = waiting.get(comparable(str(row.values.get("registration_no") or "")))
        if own:
            pairs.append((row, own.pop()))
        else:
            strangers.append(row)
    missing_entries = {entry.row: entry for left in waiting.values() for entry in left}
    added = []
    for row in strangers:
        entry_there = missing_entries.get(row.number)
        if entry_there is None or _is_somebody_else(row, entry_there, checked):
            added.append(row)
        else:
            pairs.append((row, missing_entries.pop(row.number)))
    return _Matched(pairs, added, [missing_entries[at] for at in sorted(missing_entries)])


def _is_somebody_else(row: CheckedRow, entry: FieldListEntry, checked: Checked) -> bool:
    """Of a row under another number: whether its name is another one too."""
    name = _typed(row, checked).get("full_name", "")
    return bool(name.strip() and entry.name) and not _is_same("full_name", name, entry.name)


def _typed(row: CheckedRow, checked: Checked) -> dict[str, str]:
    return {
        column.field: row.cells[at] for at, column in enumerate(checked.columns) if column.field
    }


def _missing(missing: Sequence[FieldListEntry], locator: CellLocator) -> Iterator[Finding]:
    if missing:
        named = ", ".join(entry.number for entry in missing[:_MOST_NAMED])
        if len(missing) > _MOST_NAMED:
            named += " …"
        yield locator.about_sheet("list-row-missing", count=len(missing), numbers=named)


def _locked(
    row: CheckedRow, entry: FieldListEntry, checked: Checked, locator: CellLocator
) -> Iterator[Finding]:
    """The locked cells of a row in which something else stands than was written."""
    typed = _typed(row, checked)
    written = {
        "registration_no": entry.number,
        "full_name": entry.name,
        "household_size": entry.household_size,
        "distribution_site": entry.site,
        "planned_amount": plain(entry.currency, entry.amount),
        "instalment": str(entry.instalment),
    }
    for name, before in written.items():
        if name in typed and not _is_same(name, typed[name], before):
            yield locator.finding(
                "locked-cell-changed", row.number, name, typed[name], before=before or "–"
            )


def _is_same(name: str, typed: str, written: str) -> bool:
    if name == "registration_no":
        return comparable(typed) == comparable(written)
    if name in {"full_name", "distribution_site"} or not (typed.strip() and written):
        return fold(typed) == fold(written)
    try:
        return Decimal(typed.strip()) == Decimal(written)
    except InvalidOperation:
        return False


def _outdated(
    context: SheetContext, marks: Mapping[str, str], matched: _Matched
) -> Iterator[Finding]:
    """What was decided about the list since this one was written."""
    session, locator = context.session, context.locator
    round_id = context.sheet.round_id or 0
    known = entitlements.list_of(session, round_id)
    version = marks.get(VERSION, "")
    if known is None or str(known.version) == version:
        return
    yield locator.about_sheet("list-outdated", made=version, now=known.version)
    people: dict[str, int] = dict(session.execute(context.registered(col(Beneficiary.id))).all())
    now = {
        (row.planned.person, row.planned.instalment): row for row in list_rows(session, round_id)
    }
    for row, entry in matched.pairs:
        person = people.get(comparable(entry.number))
        current = now.get((person, entry.instalment)) if person is not None else None
        planned = current and (current.planned.currency, current.planned.amount)
        if person is not None and planned != (entry.currency, entry.amount):
            details = {"before": amount_text(entry.currency, entry.amount)}
            if current is None:
                details["taken_off"] = "1"
            else:
                details["now"] = amount_text(current.planned.currency, current.planned.amount)
            field = "planned_amount"
            yield locator.finding("plan-changed", row.number, field, entry.number, **details)
