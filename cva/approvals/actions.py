"""Every action of the ledger that takes two people."""

from cva.approvals.people_merging import MERGE_PEOPLE
from cva.core.errors import InputError
from cva.core.i18n import gettext as _
from cva.core.maker_checker import ApprovalAction
from cva.intake.sheet_reversal import REVERSE_ROW, REVERSE_SHEET
from cva.providers.float_movements import ADVANCE_FLOAT, PROVIDER_FEE, RETURN_FLOAT
from cva.rounds.list_amendments import AMEND_LIST
from cva.vouchers.expiry import EXPIRED
from cva.vouchers.false_claims import REDEMPTION_FALSE
from cva.vouchers.replacements import REPLACED
from cva.vouchers.vendor_payments import PAYMENT_REVERSED, VENDOR_PAID
from cva.vouchers.write_offs import DESTROYED, LOST, VOID

ACTIONS: dict[str, ApprovalAction] = {
    action.kind: action
    for action in (
        *(REVERSE_SHEET, REVERSE_ROW, AMEND_LIST, MERGE_PEOPLE),
        *(VOID, LOST, REPLACED, DESTROYED, EXPIRED),
        *(REDEMPTION_FALSE, VENDOR_PAID, PAYMENT_REVERSED),
        *(ADVANCE_FLOAT, RETURN_FLOAT, PROVIDER_FEE),
    )
}


def action_of(kind: str) -> ApprovalAction:
    """The action of a kind.

    Raises:
        InputError: There is none.
    """
    found = ACTIONS.get(kind)
    if found is None:
        message = _('"{kind}" is nothing that can be asked for. Choose one of: {kinds}.').format(
            kind=kind, kinds=", ".join(ACTIONS)
        )
        raise InputError(message, {"kind": [message]}, code="request_kind_unknown")
    return found
