"""Every act of the ledger that takes two people."""

from cva.core.deeds import Deed
from cva.core.errors import InputError
from cva.core.words import gettext as _
from cva.intake.deciding.amending import AMEND_LIST
from cva.intake.deciding.merging import MERGE_PEOPLE
from cva.intake.deciding.reversing import REVERSE_ROW, REVERSE_SHEET
from cva.providers.moving import ADVANCE_FLOAT, PROVIDER_FEE, RETURN_FLOAT
from cva.vouchers.ending import DESTROYED, LOST, VOID
from cva.vouchers.expiring import EXPIRED
from cva.vouchers.false_claims import REDEMPTION_FALSE
from cva.vouchers.replacing import REPLACED
from cva.vouchers.settling import PAYMENT_REVERSED, VENDOR_PAID

DEEDS: dict[str, Deed] = {
    deed.kind: deed
    for deed in (
        *(REVERSE_SHEET, REVERSE_ROW, AMEND_LIST, MERGE_PEOPLE),
        *(VOID, LOST, REPLACED, DESTROYED, EXPIRED),
        *(REDEMPTION_FALSE, VENDOR_PAID, PAYMENT_REVERSED),
        *(ADVANCE_FLOAT, RETURN_FLOAT, PROVIDER_FEE),
    )
}


def deed_of(kind: str) -> Deed:
    """The deed of a kind.

    Raises:
        InputError: There is none.
    """
    found = DEEDS.get(kind)
    if found is None:
        message = _('"{kind}" is nothing that can be asked for. Choose one of: {kinds}.').format(
            kind=kind, kinds=", ".join(DEEDS)
        )
        raise InputError(message, {"kind": [message]})
    return found
