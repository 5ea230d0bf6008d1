"""The labels that templates call as ``names.kind_name(...)``: those of every capability."""

from types import ModuleType, SimpleNamespace

from cva.approvals import labels as approvals
from cva.beneficiaries import labels as beneficiaries
from cva.core import permissions
from cva.entitlements import labels as entitlements
from cva.journal import labels as journal
from cva.programmes import labels as programmes
from cva.providers import labels as providers
from cva.reports import labels as reports
from cva.sheets import labels as sheets
from cva.staging import labels as staging

_MODULES = (
    approvals,
    beneficiaries,
    entitlements,
    journal,
    programmes,
    providers,
    reports,
    sheets,
    staging,
)


def _declared(module: ModuleType) -> dict[str, object]:
    return {
        name: value
        for name, value in vars(module).items()
        if getattr(value, "__module__", "") == module.__name__
    }


def _all() -> SimpleNamespace:
    found: dict[str, object] = {"role_name": permissions.role_name}
    for module in _MODULES:
        declared = _declared(module)
        if twice := found.keys() & declared.keys():
            raise RuntimeError(f"Two labels have one name: {sorted(twice)}")
        found |= declared
    return SimpleNamespace(**found)


#: Every label, by its name.
NAMES = _all()
