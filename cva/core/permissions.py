"""Roles people hold in a society, and what each role may do there."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar

from cva.core.i18n import gettext as _


class Role(StrEnum):
    """What a person is in one society."""

    FIELD = "field"
    FINANCE = "finance"
    MANAGER = "manager"
    AUDITOR = "auditor"
    PARTNER = "partner"
    ADMIN = "admin"


class Permission(StrEnum):
    """One thing a person may do. Routes and services name these, never roles."""

    SEND_SHEETS = "send sheets"
    SEE_SHEETS = "see sheets"
    DECIDE_SHEETS = "approve sheets or send them back"
    SEE_ROUNDS = "see rounds, vouchers and payments"
    PREPARE = "prepare rounds, lists, vouchers and payments"
    APPROVE_LISTS = "approve a round's list before it is paid"
    SEE_SOCIETIES = "see which societies and programmes there are"
    SEE_FIGURES = "see figures"
    SEE_TOTALS = "see totals"
    SEE_SETUP = "see people and programmes"
    MANAGE_SETUP = "manage people and programmes"


#: Where the right is noted on a view.
RIGHT_OF_VIEW = "needs_right"
#: A view's declaration that anybody may see it, signed in or not.
OPEN = None

DeclaredView = TypeVar("DeclaredView", bound=Callable[..., Any])


def needing(right: Permission | None, view: DeclaredView) -> DeclaredView:
    """Declare the right a view needs (in any society; the service asks for the very one).

    The application refuses to start with a view that declares nothing.
    """
    setattr(view, RIGHT_OF_VIEW, right)
    return view


class RoutesByRight:
    """Of a blueprint: each address is declared with the right that its view needs."""

    def route(self, rule: str, *, needs: Permission | None, **options: Any) -> Any:  # noqa: ANN401
        """Declare an address, and what is asked of who opens it."""
        register = super().route(rule, **options)  # type: ignore[misc]
        return lambda view: register(needing(needs, view))


#: Finance may send a sheet too, for a colleague on leave, and never approves it. The manager is
#: the budget holder: approves what is to be paid, where finance accepts what was paid.
#: An administrator holds no right over sheets or money; a partner sees figures and nothing else.
_HOLDERS: dict[Permission, tuple[Role, ...]] = {
    Permission.SEND_SHEETS: (Role.FIELD, Role.FINANCE),
    Permission.SEE_SHEETS: (Role.FIELD, Role.FINANCE, Role.AUDITOR),
    Permission.DECIDE_SHEETS: (Role.FINANCE,),
    Permission.SEE_ROUNDS: (Role.FIELD, Role.FINANCE, Role.MANAGER, Role.AUDITOR),
    Permission.PREPARE: (Role.FIELD, Role.FINANCE),
    Permission.APPROVE_LISTS: (Role.MANAGER,),
    Permission.SEE_SOCIETIES: tuple(Role),
    Permission.SEE_FIGURES: (Role.FINANCE, Role.MANAGER, Role.AUDITOR, Role.PARTNER),
    Permission.SEE_TOTALS: (Role.FINANCE, Role.MANAGER, Role.AUDITOR),
    Permission.SEE_SETUP: (Role.AUDITOR, Role.ADMIN),
    Permission.MANAGE_SETUP: (Role.ADMIN,),
}
ROLE_PERMISSIONS = {
    role: frozenset(right for right, holders in _HOLDERS.items() if role in holders)
    for role in Role
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


def roles_with(right: Permission) -> str:
    """Who holds a right, as a text: the names of the roles."""
    return _(", ").join(role_name(role) for role in _HOLDERS[right])
