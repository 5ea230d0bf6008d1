"""On the pages: who collected, how it was confirmed, who is a minor."""

import pytest

from cva.core.permissions import Role
from tests.makers import sheet
from tests.web.conftest import House

GIVEN = """
number | name | Age | day | voucher | type | amount | currency | Received by | Power of attorney
R-1    | Anna Orlova | 2 | 2022-11-05 | A-01 | value | 500 | RUB | Ivan Smirnov | No. 12/2026
"""


def test_the_history_tells_who_collected_and_that_the_head_is_a_minor(house: House) -> None:
    house.approved(sheet(GIVEN))
    field = house.visitor(Role.FIELD)
    page = field.see(field.post("/people", text="R-1").location)
    assert "collected by <bdi>Ivan Smirnov</bdi>, authority: <bdi>No. 12/2026</bdi>" in page
    assert "minor head of household" in page
    assert "under 18 on this day" in page


def test_who_is_of_age_is_called_no_minor(house: House) -> None:
    house.approved(sheet(GIVEN.replace("Orlova | 2 ", "Orlova | 45 ")))
    field = house.visitor(Role.FIELD)
    page = field.see(field.post("/people", text="R-1").location)
    assert "minor" not in page
    assert "under 18" not in page


@pytest.mark.parametrize(("role", "is_told"), [(Role.FIELD, True), (Role.MANAGER, False)])
def test_a_voucher_names_who_collected_to_those_who_see_sheets(
    house: House, role: Role, *, is_told: bool
) -> None:
    house.approved(sheet(GIVEN))
    page = house.visitor(role).see(f"/vouchers/{house.ours.society_id}/numbers?number=A-01")
    assert ("collected by <bdi>Ivan Smirnov</bdi>" in page) == is_told
    assert ("Ivan Smirnov" in page) == is_told
