"""What the states of sheets and rows are called, and what is done with a sheet."""

from cva.core.audit import Act
from cva.core.i18n import gettext as _


def sheet_state_name(state: str) -> str:
    """The state of a sheet: alone, and after "is" in a sentence."""
    return {
        "received": _("being checked"),
        "checked": _("checked, not submitted"),
        "refused": _("refused"),
        "submitted": _("waiting for approval"),
        "approved": _("approved"),
        "rejected": _("sent back"),
        "withdrawn": _("withdrawn"),
        "kept": _("kept as a list"),
        "reversed": _("reversed"),
    }.get(state, state)


def row_state_name(state: str) -> str:
    """The state of a row."""
    return {
        "ready": _("ready"),
        "error": _("error"),
        "not_received": _("not received"),
        "no_answer": _("no answer yet"),
        "excepted": _("exception"),
        "posted": _("posted before"),
        "reversed": _("reversed"),
        "open": _("open"),
    }.get(state, state)


def sheet_act_name(act: str) -> str:
    """What was done with a sheet."""
    return {
        Act.SHEET_RECEIVED: _("sent"),
        Act.SHEET_CHECKED: _("checked"),
        Act.SHEET_REFUSED: _("refused"),
        Act.SHEET_SUBMITTED: _("submitted"),
        Act.SHEET_KEPT: _("kept as a list"),
        Act.SHEET_APPROVED: _("approved and posted"),
        Act.SHEET_REJECTED: _("sent back"),
        Act.SHEET_WITHDRAWN: _("withdrawn"),
        Act.SHEET_REVERSED: _("reversed"),
        Act.SHEET_FILE_READ: _("downloaded"),
        Act.COLUMNS_MAPPED: _("columns explained"),
        Act.CELL_AMENDED: _("cell mended"),
        Act.ROW_EXCEPTED: _("row recorded as an exception"),
        Act.ROW_REVERSED: _("row reversed"),
    }[Act(act)]
