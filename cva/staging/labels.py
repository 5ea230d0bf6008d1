"""What the states of sheets and rows are called, and what is done with a sheet."""

from cva.core.audit import Act
from cva.core.i18n import N_
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


#: Acts whose subject is a sheet, each with what was done.
SHEET_ACTS = {
    Act.SHEET_RECEIVED: N_("sent"),
    Act.SHEET_CHECKED: N_("checked"),
    Act.SHEET_REFUSED: N_("refused"),
    Act.SHEET_SUBMITTED: N_("submitted"),
    Act.SHEET_KEPT: N_("kept as a list"),
    Act.SHEET_APPROVED: N_("approved and posted"),
    Act.SHEET_REJECTED: N_("sent back"),
    Act.SHEET_WITHDRAWN: N_("withdrawn"),
    Act.SHEET_REVERSED: N_("reversed"),
    Act.SHEET_FILE_READ: N_("downloaded"),
    Act.COLUMNS_MAPPED: N_("columns explained"),
    Act.CELL_AMENDED: N_("cell mended"),
    Act.ROW_EXCEPTED: N_("row recorded as an exception"),
    Act.ROW_REVERSED: N_("row reversed"),
}


def sheet_act_name(act: str) -> str:
    """What was done with a sheet."""
    return _(SHEET_ACTS[Act(act)])
