"""The history of a voucher inside a finding: kept as data, shown in the reader's language."""

from collections.abc import Iterable
from dataclasses import dataclass

from cva.core.i18n import gettext as _

#: Between the steps of a history, and between the parts of a step.
_STEPS, _PARTS = ";", "|"


@dataclass(frozen=True, slots=True)
class VoucherStep:
    """One thing that happened.

    Attributes:
        kind: ``"handed_out"``, or the kind of an event.
        day: ISO text.
        sheet: The number of the sheet that reported it, or empty. ``row``: its row.
        amount: Such as ``"250.00 RUB"``, or empty.
    """

    kind: str
    day: str
    sheet: str = ""
    row: str = ""
    amount: str = ""


def pack(steps: Iterable[VoucherStep]) -> str:
    """A history as the detail of a finding."""
    return _STEPS.join(
        _PARTS.join((step.kind, step.day, step.sheet, step.row, step.amount)) for step in steps
    )


def history_text(packed: str) -> str:
    """A history in words, the oldest first."""
    parts = [step.split(_PARTS) for step in packed.split(_STEPS) if step]
    return "; ".join(_step_text(VoucherStep(*part)) for part in parts)


def _step_text(step: VoucherStep) -> str:
    what = " ".join(filter(None, (step.day, word(step.kind), step.amount)))
    if not step.sheet:
        return what
    where = _("sheet {sheet}, row {row}").format(sheet=step.sheet, row=step.row)
    return f"{what} ({where})"


def word(kind: str) -> str:
    """What happened, in a word or two."""
    return {
        "handed_out": _("handed out"),
        "redeemed": _("redeemed"),
        "void": _("made void"),
        "lost": _("reported lost"),
        "replaced": _("replaced by another"),
        "destroyed": _("destroyed"),
        "expired": _("expired"),
        "reversed": _("hand-out reversed"),
        "redemption_reversed": _("redemption reversed"),
        "redemption_false": _("redemption found false"),
    }.get(kind, kind)
