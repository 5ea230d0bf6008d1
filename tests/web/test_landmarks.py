"""Landmarks, by which a screen reader goes about a page: of one role none has another's name."""

from collections import Counter
from html.parser import HTMLParser

import pytest
from typing_extensions import override

from cva.core.permissions import Role
from tests.makers import AtWork
from tests.web.conftest import House
from tests.web.test_rights import PAGES, filled
from tests.workbooks import cash_sheet

#: Elements that are landmarks by themselves, and those that are where they have a name.
ALWAYS = {"nav": "navigation", "aside": "complementary", "main": "main"}
NAMED = {"section": "region", "form": "form"}
ROLES = {*ALWAYS.values(), *NAMED.values(), "search", "banner", "contentinfo"}


class Landmarks(HTMLParser):
    """The landmarks of a page: role, and name or the id of what names it."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self._texts: dict[str, str] = {}
        self._within = ""
        self._found: list[tuple[str, str, str]] = []
        self.feed(page)

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        self._within = said.get("id") or self._within
        label, labelled = said.get("aria-label", ""), said.get("aria-labelledby", "")
        role = said.get("role") or ALWAYS.get(tag, "")
        if not role and (label or labelled):
            role = NAMED.get(tag, "")
        if role in ROLES:
            self._found.append((role, label, labelled))

    @override
    def handle_data(self, data: str) -> None:
        self._texts[self._within] = (self._texts.get(self._within, "") + " " + data).strip()

    def found(self) -> list[tuple[str, str]]:
        """Role and name of each."""
        return [
            (role, label or self._texts[labelled].partition("\n")[0] if labelled else label)
            for role, label, labelled in self._found
        ]


def doubled(page: str) -> list[tuple[str, str]]:
    return [each for each, count in Counter(Landmarks(page).found()).items() if count > 1]


@pytest.mark.parametrize(
    "page",
    [
        '<nav aria-label="a"></nav><nav aria-label="a"></nav>',
        "<nav></nav><nav></nav>",
        '<div role="region" aria-label="a"></div><section aria-label="a"></section>',
        '<section aria-labelledby="x"><b id="x">a</b></section><section aria-label="a"></section>',
    ],
)
def test_two_of_one_name_are_seen(page: str) -> None:
    assert len(doubled(page)) == 1


def test_what_is_no_landmark_or_has_its_own_name_is_none() -> None:
    assert not doubled(
        "<form></form><form></form><section></section><section></section>"
        '<nav aria-label="a"></nav><form aria-label="a"></form><nav aria-label="b"></nav>'
    )


@pytest.mark.slow
def test_every_landmark_of_a_page_has_its_own_name(house: House, at_work: AtWork) -> None:
    sheet_id = house.sheet(cash_sheet(40, faults=2), round="2022-11")
    person_id = house.person()
    house.submitted(cash_sheet(3, first=80))
    house.visitor(Role.FIELD).scan(sheet_id)
    house.add_book()
    at_work.ask("reverse_sheet", sheet=2)
    seen = 0
    for role in Role:
        visitor = house.visitor(role)
        paths = [filled(rule, sheet_id, house.ours.society_id, person_id) for rule in PAGES]
        for path in (*paths, "/", "/?find=november", "/sign-in", "/nowhere"):
            answer = visitor.client.get(path, follow_redirects=True)
            if answer.mimetype == "text/html":
                assert not doubled(answer.text), (role, path)
                seen += answer.status_code == 200
    refused = house.visitor(Role.FIELD).post("/rounds/new")
    assert not doubled(refused.text)
    assert seen > 100
