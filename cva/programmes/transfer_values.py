"""How much one household is given: the transfer value by a round's rule."""

from collections.abc import Sequence
from dataclasses import dataclass

from cva.core.errors import InputError
from cva.core.i18n import gettext as _
from cva.core.money import parse
from cva.programmes.models import ValueRule

#: No household has more members than this many digits write.
MOST_DIGITS = 3


@dataclass(frozen=True, slots=True)
class TransferValue:
    """A rule and its amounts, in minor units of one currency; see ``Round``."""

    rule: ValueRule
    amount_minor: int | None = None
    by_size: Sequence[Sequence[int]] = ()

    def for_household(self, size: int | None, listed_minor: int | None) -> int | None:
        """What a household is given in one instalment; None where that cannot be said.

        Args:
            size: Members, where known.
            listed_minor: What the uploaded list says, where it does.
        """
        if self.rule == ValueRule.AS_LISTED:
            return listed_minor
        if self.rule == ValueRule.FIXED:
            return self.amount_minor
        if not size:
            return None
        if self.rule == ValueRule.PER_MEMBER:
            return None if self.amount_minor is None else self.amount_minor * size
        fitting = [minor for members, minor in self.by_size if members <= size]
        return fitting[-1] if fitting else None


def parse_value(rule: ValueRule, text: str, currency: str) -> TransferValue:
    """Read an amount as people write it: ``"5000"``, or by size ``"1=3000 3=5000 5=7000"``.

    Raises:
        InputError: It does not fit the rule.
        RuleError: An amount is no plain amount of the currency.
    """
    if rule == ValueRule.AS_LISTED:
        if text.strip():
            message = _("Leave this blank, as the list says the amounts; or choose another rule.")
            raise InputError(message, {"amount": [message]}, code="transfer_value_in_list")
        return TransferValue(rule)
    if rule == ValueRule.BY_SIZE:
        return TransferValue(rule, by_size=_steps(text, currency))
    if not text.strip():
        message = _("Write the transfer value, for example 5000.")
        raise InputError(message, {"amount": [message]}, code="transfer_value_missing")
    minor = parse(text, currency).minor
    if minor <= 0:
        message = _("Write an amount above zero.")
        raise InputError(message, {"amount": [message]}, code="transfer_value_not_positive")
    return TransferValue(rule, minor)


def _steps(text: str, currency: str) -> list[list[int]]:
    message = _("Write members and amount in pairs, for example: 1=3000 3=5000 5=7000.")
    steps = []
    for pair in text.replace(",", " ").split():
        members, _equals, amount = pair.partition("=")
        if not (members.isascii() and members.isdigit() and len(members) <= MOST_DIGITS and amount):
            raise InputError(message, {"amount": [message]}, code="size_steps_unreadable")
        steps.append([int(members), parse(amount, currency).minor])
    sizes = [members for members, _minor in steps]
    is_sorted = sizes == sorted(set(sizes)) and all(minor > 0 for _members, minor in steps)
    if not steps or not is_sorted or sizes[0] < 1:
        raise InputError(message, {"amount": [message]}, code="size_steps_unreadable")
    return steps
