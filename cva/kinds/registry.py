"""Every kind of sheet by its name: what the engine, the rounds and the reports go by."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from sqlmodel import Session

from cva.core.errors import RuleError
from cva.core.i18n import gettext as _
from cva.entitlements.delivery_comparison import Delivery
from cva.journal.entry_proof import EntryProof
from cva.kinds.cash_transfers.kind import CASH_TRANSFERS
from cva.kinds.payment_results.kind import PAYMENT_RESULTS
from cva.kinds.registrations.kind import REGISTRATIONS
from cva.kinds.sheet_kind import PendingDeliveries, SheetKind
from cva.kinds.voucher_distributions.kind import VOUCHER_DISTRIBUTIONS
from cva.kinds.voucher_redemptions.kind import VOUCHER_REDEMPTIONS
from cva.programmes.models import Round
from cva.sheets.vocabulary import layouts
from cva.staging.context import SheetContext
from cva.staging.models import Sheet, SheetState

_KINDS: dict[str, SheetKind] = {
    kind.name: kind
    for kind in (
        REGISTRATIONS,
        CASH_TRANSFERS,
        VOUCHER_DISTRIBUTIONS,
        VOUCHER_REDEMPTIONS,
        PAYMENT_RESULTS,
    )
}


def _refuse_posting(_context: SheetContext) -> int:
    raise RuleError(
        _("Sheets of this kind can be checked, and are not yet posted."), code="kind_not_posted"
    )


#: What stands in for the kind of a sheet that leaves open what it is.
_UNRECOGNISED = SheetKind(
    name="", post=_refuse_posting, entry_days=lambda _context: (), entry_proofs={}
)


@contextmanager
def registered(kind: SheetKind) -> Iterator[None]:
    """Know one more kind of sheet within this block."""
    if kind.layout is not None:
        layouts.add_layout(kind.name, kind.layout)
    _KINDS[kind.name] = kind
    try:
        yield
    finally:
        del _KINDS[kind.name]
        if kind.layout is not None:
            layouts.remove_layout(kind.name)


def kind_of(sheet: Sheet) -> SheetKind:
    """The kind of a sheet; of one that leaves it open, a kind of which nothing is asked."""
    return _KINDS.get(sheet.kind or "", _UNRECOGNISED)


def is_known(sheet: Sheet) -> bool:
    """Whether a sheet was found to be of a kind."""
    return sheet.kind in _KINDS


def is_handout(sheet: Sheet) -> bool:
    """Whether a sheet says who was given something."""
    return kind_of(sheet).is_handout


def names_where(trait: Callable[[SheetKind], bool]) -> Sequence[str]:
    """The names of the kinds that have a trait."""
    return [kind.name for kind in _KINDS.values() if trait(kind)]


def handouts() -> Sequence[str]:
    """The names of the kinds that say who was given something."""
    return names_where(lambda kind: kind.is_handout)


def handout_of(modality: str | None) -> str:
    """The name of the kind that the field lists of a round with this modality come back as."""
    return next(kind.name for kind in _KINDS.values() if modality in kind.modalities)


def paying_entries() -> Sequence[str]:
    """The kinds of entries that pay cash to people or take it back."""
    return sorted(name for kind in _KINDS.values() for name in kind.paying_entries)


def entry_proofs() -> Mapping[str, EntryProof]:
    """What each kind of entry that sheets are posted as is proved from."""
    return {name: proof for kind in _KINDS.values() for name, proof in kind.entry_proofs.items()}


def with_pending(
    session: Session, planned: Round, reported: Iterable[Delivery], states: Sequence[SheetState]
) -> PendingDeliveries:
    """All that was reported of a round, and what sheets in some states report beside it.

    Args:
        session: The caller's session.
        planned: A round.
        reported: What was posted, and what hand-out sheets that are not approved yet report.
        states: Of the sheets that are read.
    """
    found = PendingDeliveries(list(reported), {})
    for kind in _KINDS.values():
        if kind.pending is not None:
            more = kind.pending(session, planned, found.deliveries, states)
            found = PendingDeliveries(more.deliveries, found.available | more.available)
    return found
