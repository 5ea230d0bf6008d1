"""What the states and the parts of a request are called."""

from cva.core.i18n import gettext as _
from cva.core.maker_checker import ApprovalLine


def line_text(part: ApprovalLine) -> str:
    """A part as a line: whom it is about, and what is given now and would be."""
    about = part.number if part.instalment is None else f"{part.number}/{part.instalment}"
    texts = [about, f"{part.before or '–'} → {part.after or '–'}", novelty_text(part)]
    if part.row is not None:
        texts = [about, str(part.before or ""), f"{part.sheet_id}:{part.row_name}"]
    return "  ".join(each for each in texts if each)


def novelty_text(part: ApprovalLine) -> str:
    """That the person gets an instalment more, or comes on the list; blank where neither."""
    if not part.is_new:
        return ""
    if not part.is_listed:
        return _("new on the list")
    return _("new instalment {number}").format(number=part.instalment)


def request_state_name(state: str) -> str:
    """How far a request is."""
    return {
        "open": _("waits for a second person"),
        "confirmed": _("confirmed"),
        "refused": _("refused"),
        "withdrawn": _("withdrawn"),
    }[state]
