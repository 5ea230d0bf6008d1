"""Roles people hold in a society, and what each role may do there."""

from collections.abc import Callable
from enum import StrEnum
from typing import TypeVar

from cva.core.words import gettext as _


class Role(StrEnum):
    """What a person is in one society."""

    FIELD = "field"
    FINANCE = "finance"
    MANAGER = "manager"
    AUDITOR = "auditor"
    PARTNER = "partner"
    ADMIN = "admin"


class Right(StrEnum):
    """One thing a person may do. Routes and services name these, never roles."""

    SEND_SHEETS = "send sheets"
    SEE_SHEETS = "see sheets"
    DECIDE_SHEETS = "approve sheets or send them back"
    SEE_ROUNDS = "see rounds, vouchers and payments"
    PREPARE = "prepare rounds, lists, vouchers and payments"
    APPROVE_LISTS = "approve a round's list before it is paid"
    SEE_FIGURES = "see figures"
    SEE_TOTALS = "see totals"
    SEE_SETUP = "see people and programmes"
    MANAGE_SETUP = "manage people and programmes"


#: Where ``needs`` notes the right on a view.
RIGHT_OF_VIEW = "needs_right"
#: A view's declaration that anybody may see it, signed in or not.
OPEN = None

View = TypeVar("View", bound=Callable[..., object])


def needs(right: Right | None) -> Callable[[View], View]:
    """Declare the right a view needs (in any society; the service asks for the very one).

    The application refuses to start with a view that declares nothing.
    """

    def declare(view: View) -> View:
        setattr(view, RIGHT_OF_VIEW, right)
        return view

    return declare


#: Finance may send a sheet too (somebody on leave), and never approves the own one. The manager is
#: the budget holder: approves what is to be paid, where finance accepts what was paid.
#: An administrator holds no right over sheets or money; a partner sees figures and nothing else.
RIGHTS: dict[Role, frozenset[Right]] = {
    Role.FIELD: frozenset({Right.SEND_SHEETS, Right.SEE_SHEETS, Right.SEE_ROUNDS, Right.PREPARE}),
    Role.FINANCE: frozenset(
        {
            Right.SEND_SHEETS,
            Right.SEE_SHEETS,
            Right.DECIDE_SHEETS,
            Right.SEE_ROUNDS,
            Right.PREPARE,
            Right.SEE_FIGURES,
            Right.SEE_TOTALS,
        }
    ),
    Role.MANAGER: frozenset(
        {Right.SEE_ROUNDS, Right.APPROVE_LISTS, Right.SEE_FIGURES, Right.SEE_TOTALS}
    ),
    Role.AUDITOR: frozenset(
        {
            Right.SEE_SHEETS,
            Right.SEE_ROUNDS,
            Right.SEE_FIGURES,
            Right.SEE_TOTALS,
            Right.SEE_SETUP,
        }
    ),
    Role.PARTNER: frozenset({Right.SEE_FIGURES}),
    Role.ADMIN: frozenset({Right.SEE_SETUP, Right.MANAGE_SETUP}),
}


def role_name(role: str) -> str:
    """What a person is in a society."""
    return {
        "field": _("field officer"),
        "finance": _("finance officer"),
        "manager": _("manager"),
        "auditor": _("auditor"),
        "partner": _("partner"),
        "admin": _("administrator"),
    }.get(role, role)


def roles_with(right: Right) -> str:
    """Who holds a right, as a text: the names of the roles."""
    return _(", ").join(role_name(role) for role, held in RIGHTS.items() if right in held)
