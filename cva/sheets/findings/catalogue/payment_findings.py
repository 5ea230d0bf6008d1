"""What is told of a row of payment results."""

from cva.core.i18n import N_
from cva.sheets.findings.catalogue.entry import ERROR, INFO, entries

_ERROR_TEXTS = {
    "unknown-payment": (
        N_("No such payment"),
        N_(
            'No payment list of this programme and round has "{value}". Correct the reference, or '
            "send the sheet for the right round."
        ),
    ),
    "payment-not-sent": (
        N_("The payment was never sent"),
        N_(
            '"{value}" stands on a payment list that was not sent to the provider. Mark the list '
            "as sent first."
        ),
    ),
    "payment-under-way": (
        N_("A provider is paying this person"),
        N_(
            '"{value}" stands on payment list {list} for the same. Wait for the answer of the '
            "provider, so that nobody is paid twice."
        ),
    ),
    "payment-currency": (
        N_("Another currency than was instructed"),
        N_("The payment is in {currency}, this row is not. Correct the currency."),
    ),
    "answer-contradicts": (
        N_("The provider said something else before"),
        N_(
            'It says "{value}" here and {before} in row {other_row} of sheet {sheet_id}. Ask the '
            "provider which is right; a wrong row that is posted can be reversed."
        ),
    ),
    "paid-again": (
        N_("Perhaps paid twice"),
        N_(
            'Ask the provider whether it paid twice: it says transaction "{value}" here and '
            '"{before}" in row {other_row} of sheet {sheet_id}. If it did, finance records this '
            "row as an exception."
        ),
    ),
    "returned-too-much": (
        N_("More came back than was paid"),
        N_('"{value}" is more than is left of what was paid. Correct the amount.'),
    ),
    "part-returned": (
        N_("Only a part came back of what nobody collected"),
        N_(
            "Ask the provider what was paid or collected. Send that amount in place of this row "
            '(finance records it as an exception), or the return of the whole. "{value}" is only '
            "a part of the payment."
        ),
    ),
    "reference-reused": (
        N_("The reference of another payment"),
        N_('"{value}" belongs to the payment of somebody else. Correct the reference.'),
    ),
}
_INFO_TEXTS = {
    "answered-before": (
        N_("Told before"),
        N_(
            '"{value}" was answered the same in row {other_row} of sheet {sheet_id}, and is not '
            "posted again."
        ),
    ),
}
PAYMENTS = entries(ERROR, _ERROR_TEXTS) | entries(INFO, _INFO_TEXTS)
