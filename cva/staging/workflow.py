"""A sheet at its step: found, seen as it is, and moved on by exactly one of two at once."""

from sqlmodel import Session, col, func, select, update

from cva.core.errors import ConflictError, ForbiddenError, RuleError
from cva.core.i18n import gettext as _
from cva.core.permissions import Permission
from cva.core.secret_columns import in_row
from cva.core.tenancy import actor_of, get_record
from cva.sheets.files.sheet_parts import SheetPart
from cva.sheets.vocabulary.layouts import kind_names, layout_of
from cva.sheets.vocabulary.questions import Question
from cva.staging.labels import sheet_state_name
from cva.staging.models import Amendment, Sheet, SheetState, StagedRow


def get_sheet(session: Session, sheet_id: int, right: Permission = Permission.SEE_SHEETS) -> Sheet:
    """A sheet the actor has a right over.

    Raises:
        NotFoundError: There is none within the actor's societies.
        ForbiddenError: The actor's role does not hold the right there.
    """
    return get_record(session, Sheet, sheet_id, right)


def questions_of(sheet: Sheet) -> list[Question]:
    """What the sheet leaves open, with examples out of it."""
    examples = sheet.ask_examples or {}
    return [
        Question(
            choice=ask["choice"],
            options=tuple(ask["options"]),
            heading=ask.get("heading", ""),
            details=ask.get("details", {}),
            offered=ask.get("offered", ""),
            examples={
                option: tuple((text, reading) for text, reading in pairs)
                for option, pairs in examples.get(ask["choice"], {}).items()
            },
        )
        for ask in sheet.asks
    ]


def names_no_numbers(sheet: Sheet) -> bool:
    """Whether a sheet has no column of registration numbers, so that the ledger gives them."""
    if sheet.kind not in kind_names():
        return False
    fields = frozenset(column["field"] for column in sheet.columns if column["field"])
    return layout_of(sheet.kind).names_without_number(fields)


def parts_of(sheet: Sheet) -> list[SheetPart]:
    """The lists of its workbook that were taken together; none where it is one list."""
    return [SheetPart(*part) for part in sheet.parts or ()]


def row_counts(session: Session, sheet_id: int) -> dict[str, int]:
    """How many rows of a sheet are in each state."""
    return dict(
        session.exec(
            select(StagedRow.state, func.count())
            .where(StagedRow.sheet_id == sheet_id)
            .group_by(col(StagedRow.state))
        ).all()
    )


def refuse_own(session: Session, sheet: Sheet) -> None:
    """A person who sent, submitted or corrected a sheet does not decide about it.

    Raises:
        ForbiddenError: The actor did.
    """
    if is_own(session, sheet):
        raise ForbiddenError(
            _("You sent or mended this sheet. Somebody else decides about it."),
            code="own_sheet_decided",
        )


def is_own(session: Session, sheet: Sheet) -> bool:
    """Whether the actor sent or submitted a sheet, or corrected a cell of it."""
    user_id = actor_of(session).user_id
    if user_id in {sheet.received_by, sheet.submitted_by}:
        return True
    corrections = select(Amendment.id).where(
        Amendment.sheet_id == sheet.id, Amendment.made_by == user_id
    )
    return session.exec(corrections.limit(1)).first() is not None


def move(
    session: Session,
    sheet: Sheet,
    expected: SheetState,
    *,
    version: int | None = None,
    **values: object,
) -> None:
    """Change a sheet that is still where it was seen; of two at once exactly one succeeds."""
    statement = update(Sheet).where(col(Sheet.id) == sheet.id, col(Sheet.state) == expected)
    if version is not None:
        statement = statement.where(col(Sheet.version) == version)
    result = session.execute(
        statement.values(version=Sheet.version + 1, **in_row(Sheet, sheet.id, values))
    )
    session.refresh(sheet)
    if result.rowcount == 1:  # type: ignore[attr-defined]
        return
    if sheet.state == expected:
        raise ConflictError(
            _("This sheet changed while you looked at it. Reload, then decide."),
            code="sheet_changed",
        )
    if sheet.decided_by == actor_of(session).user_id and expected == SheetState.SUBMITTED:
        raise ConflictError(
            _("You decided this already: the sheet is {state}.").format(
                state=sheet_state_name(sheet.state)
            ),
            code="decided_already",
        )
    if sheet.decided_by is not None and expected == SheetState.SUBMITTED:
        raise ConflictError(
            _("Somebody else was first: this sheet is {state}.").format(
                state=sheet_state_name(sheet.state)
            ),
            code="decided_by_other",
        )
    raise RuleError(wrong_step(sheet), code="sheet_wrong_step")


def require_state(sheet: Sheet, *states: SheetState) -> None:
    """Go on only with a sheet in one of these states.

    Raises:
        RuleError: The sheet is at another step.
    """
    if sheet.state not in states:
        raise RuleError(wrong_step(sheet), code="sheet_wrong_step")


def wrong_step(sheet: Sheet) -> str:
    """The message where a sheet is not at the step that was asked for."""
    return _("Sheet {sheet} is {state}, so this cannot be done now.").format(
        sheet=sheet.id, state=sheet_state_name(sheet.state)
    )
