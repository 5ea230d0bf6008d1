"""The register on its page: searched, listed, turned over; no address holds what was typed."""

import re

from cva.beneficiaries.register import PEOPLE_PER_PAGE
from cva.core.permissions import Role
from tests.makers import sheet
from tests.web.conftest import House


def _registered(house: House, count: int = PEOPLE_PER_PAGE + 1) -> None:
    rows = [f"R-{at:03} | Anna Orlova{at} | +7912000{at:04}" for at in range(1, count + 1)]
    house.approved(sheet("\n".join(["number | name | phone", *rows])))


def test_a_number_leads_to_the_person(house: House) -> None:
    _registered(house, 2)
    field = house.visitor(Role.FIELD)
    location = field.post("/people", text="r-002").location
    assert re.fullmatch(r"/people/\d+", location)
    assert "<small><bdi>Anna Orlova2</bdi></small>" in field.see(location)


def test_everybody_is_listed_and_turned_over(house: House) -> None:
    _registered(house)
    field = house.visitor(Role.FIELD)
    first = field.post("/people", text="")
    assert "Found: 51" in first.text
    assert "Page 1 of 2" in first.text
    assert "R-051" not in first.text
    assert 'name="from_page" value="2"' in first.text
    last = field.post("/people", text="", from_page="2")
    assert "R-051" in last.text
    assert "R-050" not in last.text


def test_what_is_found_says_by_what_and_never_shows_it(house: House) -> None:
    _registered(house, 3)
    page = house.visitor(Role.AUDITOR).post("/people", text="+79120000002").text
    assert "R-002" in page
    assert "<td>phone</td>" in page
    assert page.count("79120000002") == 1  # in the field that it was typed into
