"""A sheet without registration numbers on its page: who is known, who is new, what is asked."""

import re

from cva.core.permissions import Role
from tests.makers import sheet
from tests.web.conftest import House

PEOPLE = """
No | name        | Village | day        | amount | currency
1  | Anna Orlova | Tyup    | 2022-11-05 | 5000   | RUB
2  | Boris Lebed | Tyup    | 2022-11-05 | 5000   | RUB
"""


def _posted(house: House) -> int:
    sheet_id = house.sheet(sheet(PEOPLE))
    house.visitor(Role.FIELD).post(f"/sheets/{sheet_id}/submit", handed_out="on")
    house.visitor(Role.FINANCE).post(f"/sheets/{sheet_id}/approve")
    assert house.state(sheet_id) == "approved"
    return sheet_id


def test_who_approves_sees_who_is_new(house: House) -> None:
    sheet_id = house.sheet(sheet(PEOPLE))
    house.visitor(Role.FIELD).post(f"/sheets/{sheet_id}/submit", handed_out="on")
    finance = house.visitor(Role.FINANCE)
    page = finance.see(f"/sheets/{sheet_id}")
    assert re.search(r"New people</dt><dd>2<", page)
    assert re.search(r"Known people</dt><dd>0<", page)
    new = finance.see(f"/sheets/{sheet_id}?show=new")
    assert "Anna Orlova" in new
    assert "RRC-00000" in new


def test_what_is_doubtful_is_asked_with_both_records(house: House) -> None:
    _posted(house)
    sheet_id = house.sheet(sheet(PEOPLE.replace("2022-11-05", "2022-12-05")))
    field = house.visitor(Role.FIELD)
    page = field.see(f"/sheets/{sheet_id}")
    assert "2 rows have the name of somebody who is registered" in page
    told = re.sub("<[^>]+>", "", page)
    assert re.search(r"2: Anna Orlova, Tyup\W+RRC-00000\d+: Anna Orlova, Tyup", told)
    assert "yes, each is the person named beside it" in page
    [choice] = set(re.findall(r'name="(people:[\w-]+)"', page))
    field.post(f"/sheets/{sheet_id}/answers", **{choice: "same"})
    assert re.search(r"Known people</dt><dd>2<", field.see(f"/sheets/{sheet_id}"))


def test_a_sheet_whose_people_were_registered_since_is_checked_again(house: House) -> None:
    sheet_id = house.sheet(sheet(PEOPLE.replace("5000", "4000")))
    field = house.visitor(Role.FIELD)
    field.post(f"/sheets/{sheet_id}/submit", handed_out="on")
    _posted(house)
    house.visitor(Role.FINANCE).post(f"/sheets/{sheet_id}/approve")
    assert house.state(sheet_id) == "checked"
    page = field.see(f"/sheets/{sheet_id}")
    assert "was registered after this sheet was checked" in page
    assert "Check again" in page
    field.post(f"/sheets/{sheet_id}/check-again")
    assert "2 rows have the name of somebody" in field.see(f"/sheets/{sheet_id}")
