"""A round's list out of an uploaded sheet, and its approval, which registers who is new."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select, true

from cva.beneficiaries import service as beneficiaries
from cva.beneficiaries.models import Registration
from cva.beneficiaries.service import number_of
from cva.core import clock
from cva.core.errors import ConflictError, RuleError
from cva.core.i18n import gettext as _
from cva.core.permissions import Permission
from cva.entitlements.drafts import ToList, replace_draft
from cva.entitlements.list_approval import begin_approval, fix_list
from cva.entitlements.models import DraftRow
from cva.entitlements.service import get_list
from cva.intake.people_without_numbers import registered_since
from cva.journal import entry_posting
from cva.kinds.sheet_entries import registration_entry
from cva.programmes import planning
from cva.sheets.vocabulary.questions import named_rows
from cva.societies import service as societies
from cva.staging.context import load_context
from cva.staging.models import RowState, Sheet, SheetState, StagedRow
from cva.staging.row_names import RowNames
from cva.staging.rows import values_of
from cva.staging.workflow import names_no_numbers

_LISTED = ("amount_minor", "currency", "quantity", "household_size")


def draft_from_sheets(session: Session, round_id: int) -> int:
    """Make the draft of a round's list from the lists that are kept for it; return how many.

    Raises:
        RuleError: No list is kept for the round, or its list is submitted or approved.
        ConflictError: A person stands in them twice.
    """
    planned = planning.see_round(session, round_id, Permission.PREPARE)
    rows = session.execute(
        select_columns(
            *(col(StagedRow.record), col(StagedRow.sheet_id), col(StagedRow.number)),
            *(col(StagedRow.amount_minor), col(StagedRow.currency)),
            col(Registration.beneficiary_id),
        )
        .select_from(StagedRow)
        .join(
            Registration,
            (col(Registration.society_id) == planned.society_id)
            & (col(Registration.number_key) == StagedRow.registration_key),
            isouter=True,
        )
        .where(*is_kept(round_id))
        .order_by(col(StagedRow.sheet_id), col(StagedRow.number))
    )
    people = []
    found = rows.all()
    names = RowNames(session, {sheet_id for _record, sheet_id, *_rest in found})
    for record, sheet_id, row_number, minor, currency, person_id in found:
        values = {**values_of(record), "amount_minor": minor, "currency": currency}
        listed = {name: values.get(name) for name in _LISTED} | {
            "site": _site(values, planned.sites or []),
            "grant": values.get("grant"),
        }
        where = (sheet_id, row_number, names.of(sheet_id, row_number))
        people.append(ToList(number_of(values) or "", person_id, listed, *where))
    if not people:
        raise RuleError(
            _("No list is kept for this round. Send one as a list before hand-out."),
            code="no_list_kept",
        )
    return replace_draft(session, planned, "sheet", people)


def is_kept(round_id: int) -> list[ColumnElement[bool]]:
    """The conditions that a staged row names a person of a list that is kept for a round."""
    return [
        col(Sheet.id) == StagedRow.sheet_id,
        col(Sheet.round_id) == round_id,
        col(Sheet.is_list) == true(),
        col(Sheet.state) == SheetState.KEPT,
        col(StagedRow.state).in_((RowState.READY, RowState.EXCEPTED)),
        col(StagedRow.registration_key).is_not(None),
    ]


def _site(values: Mapping[str, Any], sites: Sequence[str]) -> str | None:
    """The site of a row, as the round spells it; where none is said, a settlement that is one."""
    spelt = {site.casefold(): site for site in sites}
    site = str(values.get("distribution_site") or "").strip()
    place = str(values.get("settlement") or "").strip()
    return spelt.get(site.casefold(), site) or spelt.get(place.casefold())


def approve_list(session: Session, round_id: int, drafts: int | None = None) -> int:
    """Approve a submitted list as the budget holder; return how many entitlements it has.

    People of an uploaded list who are not registered yet are registered with it.

    Raises:
        ForbiddenError: The actor made or submitted the list, or is not the budget holder.
        ConflictError: The list changed since it was shown, somebody was first, or its people
            were registered by another list since they were looked up.
        RuleError: It does not wait for approval.
    """
    planned = planning.see_round(session, round_id, Permission.APPROVE_LISTS)
    found = get_list(session, round_id)
    begin_approval(session, planned, found, drafts)
    registered = _register_new(session, planned.society_id, round_id)
    return fix_list(session, planned, found, registered)


def _register_new(session: Session, society_id: int, round_id: int) -> dict[str, int]:
    """Register who is new on the draft, from the sheet each stands in; ids by number."""
    rows = session.execute(
        select_columns(
            col(DraftRow.number_key),
            col(DraftRow.number),
            col(StagedRow.number),
            col(StagedRow.record),
            col(StagedRow.sheet_id),
            col(Registration.beneficiary_id),
        )
        .join(
            StagedRow,
            (col(StagedRow.sheet_id) == DraftRow.sheet_id)
            & (col(StagedRow.number) == DraftRow.row_number),
        )
        .join(
            Registration,
            (col(Registration.society_id) == society_id)
            & (col(Registration.number_key) == DraftRow.number_key),
            isouter=True,
        )
        .where(
            col(DraftRow.round_id) == round_id,
            col(DraftRow.instalment) == 1,
            col(DraftRow.beneficiary_id).is_(None),
        )
    )
    today = clock.today(societies.get_society(session, society_id).time_zone)
    ids: dict[str, int] = {}
    new: dict[int, list[beneficiaries.NewPerson]] = {}
    for key, number, row_number, record, sheet_id, person_id in rows:
        if person_id is not None:  # registered since the draft was made
            ids[key] = person_id
            continue
        person = beneficiaries.NewPerson(number, row_number, values_of(record), today)
        new.setdefault(sheet_id, []).append(person)
    for sheet_id, people in new.items():
        sheet = session.exec(select(Sheet).where(Sheet.id == sheet_id)).one()
        if names_no_numbers(sheet):
            _refuse_registered(session, sheet)
        made = beneficiaries.register(session, society_id, sheet_id, people)
        ids_of_sheet = list(made.values())
        entry = registration_entry(sheet, today, ids_of_sheet, f"list:{sheet.id}:people")
        entry_posting.post(session, [entry])
        ids |= made
    return ids


def _refuse_registered(session: Session, sheet: Sheet) -> None:
    """Refuse a list whose new people another list or sheet registered since it was checked.

    Raises:
        ConflictError: It has such people.
    """
    found = registered_since(load_context(session, sheet))
    if not found:
        return
    names = RowNames(session, [sheet.id])
    rows = named_rows([names.of(sheet.id, one.row) for one in found if one.row is not None])
    raise ConflictError(
        _(
            "In sheet {sheet} these rows are, or may be, people of another list or registered "
            "meanwhile: {rows}. Take them out, or withdraw the sheet and send it again."
        ).format(sheet=sheet.id, rows=rows),
        code="people_registered_since",
    )
