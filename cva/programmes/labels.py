"""What the words of plans are called."""

from cva.core.i18n import gettext as _


def plan_name(word: str) -> str:
    """One of the words a round is planned with."""
    return {
        "cash": _("cash"),
        "value_voucher": _("value voucher"),
        "commodity_voucher": _("commodity voucher"),
        "unconditional": _("unconditional"),
        "conditional": _("conditional"),
        "unrestricted": _("unrestricted"),
        "restricted": _("restricted"),
        "fixed": _("the same for each"),
        "per_member": _("for each member of the household"),
        "by_size": _("by the size of the household"),
        "as_listed": _("as the uploaded list says"),
    }.get(word, word)


def mechanism_name(mechanism: str) -> str:
    """A delivery mechanism."""
    return {
        "cash_in_hand": _("cash in hand"),
        "bank_transfer": _("bank transfer"),
        "mobile_money": _("mobile money"),
        "agent_network": _("agent network"),
        "prepaid_card": _("prepaid card"),
        "remittance": _("remittance"),
        "e_voucher": _("e-voucher"),
        "paper_voucher": _("paper voucher"),
        "direct_distribution": _("direct distribution"),
        "service_point": _("service point"),
        "other": _("other"),
    }.get(mechanism, mechanism)
