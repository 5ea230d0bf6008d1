"""What the columns of a sheet hold, decided by a person and remembered for the next such sheet."""

from collections.abc import Mapping, Sequence

from sqlmodel import Session, col, delete, select

from cva.core import audit, clock
from cva.core.errors import InputError, RuleError
from cva.core.i18n import gettext as _
from cva.core.permissions import Permission
from cva.core.tenancy import actor_of, get_record
from cva.intake.receiving import check_once_more, has_file
from cva.sheets.checking.checked import Checked
from cva.sheets.files.cell_addresses import letter
from cva.sheets.recognition.headings import meaning, names_of
from cva.sheets.recognition.open_fields import chosen_columns
from cva.sheets.vocabulary.choices import Choices, Remembered
from cva.sheets.vocabulary.layouts import kind_names, layout_of
from cva.sheets.vocabulary.questions import NOTHING
from cva.staging.models import KnownHeadings, RowFinding, Sheet, SheetState
from cva.staging.workflow import get_sheet, wrong_step

COLUMN = "column:"
#: A sheet refused for one of these can be used once a person says what its columns hold.
CURABLE = ("no-heading-row", "no-data-rows", "column-missing")
_ABOUT_COLUMNS = ("kind", "sheet", "header_row")


def may_map(session: Session, sheet: Sheet) -> bool:
    """Whether a person can still say what the columns of a sheet hold."""
    if sheet.state == SheetState.CHECKED:
        return True
    if sheet.state != SheetState.REFUSED or not has_file(session, sheet):
        return False
    codes = session.exec(select(RowFinding.code).where(RowFinding.sheet_id == sheet.id)).all()
    return bool(codes) and set(codes) <= set(CURABLE)


def map_columns(session: Session, sheet_id: int, choices: Mapping[str, str]) -> int:
    """Say what the columns of a sheet hold and queue its check again; return the run's id.

    Once the check has understood the sheet, the decision is remembered for its headings.

    Args:
        session: The caller's transaction.
        sheet_id: A sheet that is checked, or was refused for its headings.
        choices: ``column:C`` to a field or ``none``; also ``kind``, ``sheet`` and ``header_row``.

    Raises:
        InputError: A field does not exist in this kind of sheet, or is given to two columns.
        RuleError: The sheet is not at this step.
    """
    sheet = get_sheet(session, sheet_id, Permission.SEND_SHEETS)
    if not may_map(session, sheet):
        raise RuleError(wrong_step(sheet), code="sheet_wrong_step")
    columns = {name: field for name, field in choices.items() if name.startswith(COLUMN) and field}
    about = {
        name: choices[name].strip() for name in _ABOUT_COLUMNS if choices.get(name, "").strip()
    }
    kind = about.get("kind") or sheet.kind
    if kind is None or kind not in kind_names():
        text = _("Say what kind of sheet it is: {kinds}.").format(kinds=", ".join(kind_names()))
        raise InputError(text, {"kind": [text]}, code="sheet_kind_unsaid")
    if not about.get("header_row", "1").isdecimal():
        raise InputError(
            _("The row of headings is a number."),
            {"header_row": [_("A number.")]},
            code="header_row_unreadable",
        )
    _refuse_odd(kind, columns)
    kept = {name: value for name, value in sheet.settled.items() if not name.startswith(COLUMN)}
    audit.record_about(session, audit.Act.COLUMNS_MAPPED, sheet, columns=len(columns))
    return check_once_more(session, sheet, kept | about | {"kind": kind} | columns)


def _refuse_odd(kind: str, columns: Mapping[str, str]) -> None:
    known, seen = set(layout_of(kind).types), set[str]()
    for column, field in columns.items():
        if field == NOTHING:
            continue
        if field not in known:
            text = _(
                '"{field}" is no field of this kind of sheet. The fields are: {fields}.'
            ).format(field=field, fields=", ".join(sorted(known)))
            raise InputError(text, {column: [text]}, code="field_unknown")
        if field in seen and layout_of(kind).types[field] != "ignored":
            text = _('Two columns are said to hold "{field}". Choose one.').format(field=field)
            raise InputError(text, {column: [text]}, code="field_twice")
        seen.add(field)


def _explained(settled: Mapping[str, str], checked: Checked) -> dict[str, str]:
    """What a person said of columns: each by itself, or which one of several holds a field."""
    choices = Choices(settled=settled)
    chosen = {letter(at): field for at, field in chosen_columns(choices).items()}
    passed = {
        column.column: NOTHING
        for column in checked.columns
        if column.field is None and meaning(column.heading).fields & set(chosen.values())
    }
    own = {
        column.column: settled[COLUMN + column.column]
        for column in checked.columns
        if COLUMN + column.column in settled
    }
    is_without_amounts = settled.get("find:amount") == NOTHING
    without = {column.column: "" for column in checked.columns[:1] if is_without_amounts}
    return without | passed | chosen | own


def remember(session: Session, sheet: Sheet, checked: Checked) -> None:
    """Keep what a person decided about this sheet's columns, once the sheet is understood."""
    explained = _explained(sheet.settled, checked) if sheet.settled else {}
    is_open = any(question.blocks for question in checked.ask)
    if not explained or is_open or checked.headings_key is None or checked.kind is None:
        return
    found = session.exec(
        select(KnownHeadings).where(
            KnownHeadings.society_id == sheet.society_id, KnownHeadings.key == checked.headings_key
        )
    ).one_or_none()
    before = {name: field for _heading, name, field in found.columns} if found else {}
    names = names_of(column.heading for column in checked.columns)
    after = [
        [column.heading, name, explained.get(column.column, before.get(name, ""))]
        for column, name in zip(checked.columns, names, strict=True)
    ]
    known = found or KnownHeadings(
        society_id=sheet.society_id,
        key=checked.headings_key,
        kind=checked.kind,
        columns=[],
        made_at=clock.now(),
        made_by=sheet.received_by,
    )
    known.kind = checked.kind
    _set_columns(known, [each for each in after if each[2]], sheet.received_by)
    session.add(known)


def _set_columns(known: KnownHeadings, columns: list[list[str]], user_id: int) -> None:
    known.columns, known.made_at, known.made_by = columns, clock.now(), user_id


def remembered(session: Session, society_id: int) -> dict[str, Remembered]:
    """All that was decided about headings in a society, by their key."""
    rows = session.exec(select(KnownHeadings).where(KnownHeadings.society_id == society_id))
    return {
        row.key: Remembered(row.kind, {name: field for _heading, name, field in row.columns})
        for row in rows
    }


def list_headings(session: Session, society_id: int | None = None) -> Sequence[KnownHeadings]:
    """What is remembered in the societies where the actor sees sheets; the newest first."""
    actor = actor_of(session)
    query = select(KnownHeadings).order_by(col(KnownHeadings.id).desc())
    if society_id is not None:
        query = query.where(KnownHeadings.society_id == society_id)
    found = session.exec(query).all()
    return [each for each in found if actor.may(Permission.SEE_SHEETS, each.society_id)]


def get_headings(session: Session, headings_id: int) -> KnownHeadings:
    """One set of headings the actor may change.

    Raises:
        NotFoundError: There is none within the actor's societies.
        ForbiddenError: The actor does not send sheets there.
    """
    return get_record(session, KnownHeadings, headings_id, Permission.SEND_SHEETS)


def change_headings(session: Session, headings_id: int, fields: Sequence[str]) -> None:
    """Change what remembered headings hold, in their order; sheets sent from now on follow.

    Raises:
        InputError: A field does not exist, or is given to two columns.
    """
    known = get_headings(session, headings_id)
    if len(fields) != len(known.columns):
        raise InputError(_("Say of every heading what it holds."), code="headings_incomplete")
    _refuse_odd(known.kind, {f"{COLUMN}{at}": field for at, field in enumerate(fields)})
    columns = [
        [heading, name, field]
        for (heading, name, _before), field in zip(known.columns, fields, strict=True)
    ]
    _set_columns(known, columns, actor_of(session).user_id)
    audit.record_about(session, audit.Act.HEADINGS_CHANGED, known)


def forget_headings(session: Session, headings_id: int) -> None:
    """Forget what was decided about a set of headings; sheets already checked stay as they are."""
    known = get_headings(session, headings_id)
    audit.record_about(session, audit.Act.HEADINGS_FORGOTTEN, known)
    session.execute(delete(KnownHeadings).where(col(KnownHeadings.id) == headings_id))
