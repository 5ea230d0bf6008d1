"""Several societies side by side and together: a sum, what it may count twice, what it hides."""

from datetime import date

import pytest

from cva.beneficiaries import status
from cva.beneficiaries.models import PersonEventKind
from cva.core.dates import Month
from cva.core.db import transaction
from cva.core.errors import ForbiddenError
from cva.core.permissions import Role
from cva.core.tenancy import SYSTEM, Actor
from cva.reports.multi_society import SocietiesTogether, figures_together
from cva.reports.schemas import TogetherSchema
from cva.societies import service as societies
from tests.intake.test_merging import person
from tests.makers import AtWork, many_paid, society_at_work

PAID = "number | name | day | amount | currency\n{} | Anna Orlova | {} | {} | {}"
NOVEMBER = Month(2022, 11)


def works_for(*roles: tuple[AtWork, Role]) -> Actor:
    """Somebody with a role in each of these societies."""
    (first, role), *others = roles
    first.add_person("several", role)
    email = first.email("several")
    with transaction(first.engine, SYSTEM) as session:
        for society, other in others:
            societies.add_member(session, society.society_id, email, other, "")
        return societies.actor_by_email(session, email)


def november(society: AtWork, actor: Actor) -> SocietiesTogether:
    return society.see(lambda session: figures_together(session, NOVEMBER), actor)


def money(found: SocietiesTogether, name: str = "amounts") -> dict[str, int]:
    return {each.money.currency: each.money.minor for each in found.sums[name]}


def test_who_moves_counts_in_each_society_and_the_total_says_so(
    two_societies: tuple[AtWork, AtWork],
) -> None:
    here, there = two_societies
    here.approved(PAID.format("R-1", "2022-11-05", 5000, "RUB"))
    here.do(
        lambda s: status.say(
            s, person(here, "R-1"), PersonEventKind.MOVED, date(2022, 11, 10), "Told by her son."
        ),
        here.people["field"],
    )
    later = here.checked(PAID.format("R-1", "2022-11-25", 5000, "RUB"))
    assert (2, "person-not-active") in here.findings(later, "warning")
    there.approved(PAID.format("B-77", "2022-11-20", 4000, "RUB"))

    found = november(here, works_for((here, Role.MANAGER), (there, Role.MANAGER)))
    assert [(each.society, each.people, each.new_people) for each in found.societies] == [
        ("ARC", 1, 1),
        ("BRC", 1, 1),
    ]
    assert found.counts == {"people": 2, "new_people": 2, "transfers": 2, "vouchers_issued": 0}
    assert found.may_count_twice
    assert money(found) == {"RUB": 900000}
    assert not found.lacks("people")


def test_people_of_one_society_alone_count_once(two_societies: tuple[AtWork, AtWork]) -> None:
    here, there = two_societies
    here.approved(many_paid(2))
    found = november(here, works_for((here, Role.MANAGER), (there, Role.MANAGER)))
    assert (found.counts["people"], found.may_count_twice) == (2, False)


def test_two_currencies_stand_apart_and_cash_beside_vouchers(
    two_societies: tuple[AtWork, AtWork],
) -> None:
    here, there = two_societies
    here.approved(PAID.format("R-1", "2022-11-05", 50, "USD"))
    there.approved(PAID.format("B-1", "2022-11-05", 70, "RUB"))
    there.approved(PAID.format("B-2", "2022-11-05", 30, "USD"))
    head = "number | name | day | voucher | type | amount | currency"
    for society, code in ((here, "V-1"), (there, "V-2")):
        society.approved(f"{head}\nN-9 | Dora Klein | 2022-11-06 | {code} | food | 20 | USD")
    found = november(here, works_for((here, Role.AUDITOR), (there, Role.FINANCE)))
    assert money(found) == {"RUB": 7000, "USD": 8000}
    assert money(found, "voucher_values") == {"USD": 4000}
    assert [each.count for each in found.sums["amounts"]] == [1, 2]
    assert found.counts["vouchers_issued"] == 2


def test_only_societies_whose_figures_a_person_may_see_are_there(
    two_societies: tuple[AtWork, AtWork],
) -> None:
    here, there = two_societies
    third = society_at_work(here.ledger, "CRC")
    for society in (*two_societies, third):
        society.approved(many_paid(6))
    partner = works_for((here, Role.PARTNER), (there, Role.PARTNER))
    found = november(here, partner)
    assert [each.society for each in found.societies] == ["ARC", "BRC"]
    assert found.counts["people"] == 12
    # A field officer of another society does not see its figures, here as little as there.
    mixed = works_for((third, Role.FIELD), (there, Role.MANAGER))
    assert [each.society for each in november(here, mixed).societies] == ["BRC"]


@pytest.mark.parametrize("role", [Role.FIELD, Role.ADMIN])
def test_without_the_right_there_is_nothing(society: AtWork, role: Role) -> None:
    with pytest.raises(ForbiddenError):
        november(society, society.people[role])
    with pytest.raises(ForbiddenError):
        november(society, Actor(0))


def test_what_is_withheld_does_not_come_out_of_the_total(
    two_societies: tuple[AtWork, AtWork],
) -> None:
    here, there = two_societies
    here.approved(many_paid(40))
    there.approved(many_paid(3))
    partner = works_for((here, Role.PARTNER), (there, Role.PARTNER))
    found = november(here, partner)
    assert [each.people for each in found.societies] == [40, None]
    assert found.counts == {
        "people": 40,
        "new_people": 40,
        "transfers": 40,
        "vouchers_issued": None,
    }
    assert money(found) == {"RUB": 40 * 500000}
    assert all(found.lacks(name) for name in found.counts)
    assert found.lacks_sum("amounts", "RUB")
    assert TogetherSchema().dump(found)["together"] == {
        "people": 40,
        "new_people": 40,
        "transfers": 40,
        "vouchers_issued": None,
        "amounts": [
            {"currency": "RUB", "amount": "200000.00", "transfers": None, "at_least": True}
        ],
        "voucher_values": [],
        "at_least": [
            "people",
            "new_people",
            "transfers",
            "vouchers_issued",
            "amounts",
            "voucher_values",
        ],
        "may_count_twice": True,
    }
    # Whoever is of the small society sees it whole; the other's partner still sees no more there.
    whole = november(here, works_for((there, Role.MANAGER), (here, Role.PARTNER)))
    assert whole.counts["people"] == 43
    assert not whole.lacks("people")


def test_a_few_dollars_of_many_people_are_withheld_from_row_and_total(
    two_societies: tuple[AtWork, AtWork],
) -> None:
    here, there = two_societies
    here.approved(many_paid(40))
    here.approved(PAID.format("R-99", "2022-11-05", 50, "USD"))
    there.approved(many_paid(10))
    found = november(here, works_for((here, Role.PARTNER), (there, Role.PARTNER)))
    assert money(found) == {"RUB": 50 * 500000}
    assert found.hides("amounts")
    assert found.societies[0].withholds("amounts")
    assert not found.lacks_sum("amounts", "RUB")
    assert not found.hides("voucher_values")
    # 41 transfers are shown: how many of them were in roubles would tell the rest.
    assert [each.count for each in found.sums["amounts"]] == [None]
