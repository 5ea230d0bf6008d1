"""What each kind of request is asked for with, for the interface's own document."""

#: By kind, the names in ``details``; what is in brackets may be left out.
DETAILS = {
    "reverse_sheet": "sheet",
    "reverse_row": "sheet, row",
    "amend_list": "round, name, changes (lines such as R-001 = 6000, R-001 = off)",
    "merge_people": "keep, drop, [money: recoverable or loss, where both were paid in one round]",
    "void_vouchers": "first, [last], [on]",
    "lose_vouchers": "first, [last], [on]",
    "destroy_vouchers": "first, [last], witnesses, [on]",
    "replace_voucher": "number, new_number, witness, [on]",
    "release_expired": "book, [on]",
    "false_redemption": "number, [claim: 12 or 12:4, sheet and row], [on]",
    "settle_vendor": "vendor, programme, amount, [currency], invoice, [on]",
    "reverse_vendor_payment": "vendor, invoice, [on]",
    "advance_float": "provider (its number), amount, currency, day, slip",
    "return_float": "provider (its number), amount, currency, day, slip",
    "provider_fee": "provider (its number), amount, currency, day, slip, [paid: later or bank]",
}


def described() -> str:
    """All of them as one text in Markdown."""
    listed = "\n".join(f"- `{kind}`: {names}" for kind, names in DETAILS.items())
    return f"Texts by name, and which depends on the kind (days as 2026-11-05):\n\n{listed}"
