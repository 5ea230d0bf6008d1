"""A month of several societies on the command line, as the person acted for may see it."""

from cva.core.db import transaction
from cva.core.permissions import Role
from cva.core.tenancy import SYSTEM
from cva.societies import service as societies
from tests.cli.conftest import Shell
from tests.makers import TWO_PAID, many_paid, society_at_work

COMMAND = ("figures-together", "--month", "2022-11", "--as")
TWICE, SHORT = " (may count twice)", " (at least, may count twice)"


def test_each_society_and_all_together(shell: Shell) -> None:
    here, there = shell.society, society_at_work(shell.society.ledger, "BRC")
    here.approved(many_paid(40))
    there.approved(TWO_PAID)
    society_at_work(here.ledger, "CRC").approved(many_paid(30))
    with transaction(here.engine, SYSTEM) as session:
        for role in (Role.MANAGER, Role.PARTNER):
            email = here.email(str(role))
            societies.add_member(session, there.society_id, email, role, "")

    told = shell.ok(*COMMAND, "manager@arc.example").splitlines()
    assert told == [
        "ARC Red Crescent, 2022-11",
        "People 40, of them new 40; cash transfers 40; vouchers 0",
        "Cash: 200000.00 RUB (40)",
        "BRC Red Crescent, 2022-11",
        "People 2, of them new 2; cash transfers 2; vouchers 0",
        "Cash: 12250.50 RUB (2)",
        "Together",
        f"People 42{TWICE}, of them new 42{TWICE}; cash transfers 42; vouchers 0",
        "Cash: 212250.50 RUB (42)",
    ]
    told = shell.ok(*COMMAND, "partner@arc.example").splitlines()
    assert told[3:] == [
        "BRC Red Crescent, 2022-11",
        "People ·, of them new ·; cash transfers ·; vouchers ·",
        "Cash: ·",
        "Voucher values: ·",
        "Together",
        f"People 40{SHORT}, of them new 40{SHORT}; cash transfers 40 (at least); vouchers ·",
        "Cash: 200000.00 RUB (at least)",
        "Voucher values: ·",
        "Numbers of fewer than five people are withheld (·).",
    ]


def test_who_sees_no_figures_is_refused(shell: Shell) -> None:
    done = shell(*COMMAND, "field@arc.example")
    assert (done.exit_code, done.output) == (1, "Your role cannot do this.\n")
