"""The register is searched as people use it, on both databases."""

import pytest

from cva.beneficiaries.register import (
    PEOPLE_PER_PAGE,
    FoundBy,
    RegisteredPerson,
    search_register,
)
from cva.core.audit import Act, AuditEvent
from cva.core.errors import ForbiddenError, NotFoundError
from cva.core.paging import Page
from cva.core.permissions import Role
from tests.makers import AtWork, sheet

PEOPLE = sheet(
    "number | name | phone | document number | settlement\n"
    "R-001 | Иванов Пётр Ильич | +996700123456 | AN 1234567 | Тюп\n"
    "R-002 | Anna Orlova | +996700123457 | AN 7654321 | Ак-Суу\n"
    "R-003 | Boris Orlov | +996700123457 | | тюп"
)


def _search(
    society: AtWork, text: str = "", settlement: str = "", page: int = 1
) -> Page[RegisteredPerson]:
    return society.do(
        lambda session: search_register(session, society.society_id, text, settlement, page)
    )


def _found(society: AtWork, text: str, settlement: str = "") -> list[tuple[str, FoundBy | None]]:
    return [(one.number, one.found_by) for one in _search(society, text, settlement).items]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("r-001", [("R-001", FoundBy.NUMBER)]),
        ("an1234567", [("R-001", FoundBy.DOCUMENT)]),
        ("AN-7654321", [("R-002", FoundBy.DOCUMENT)]),
        ("+996 700 123 457", [("R-002", FoundBy.PHONE), ("R-003", FoundBy.PHONE)]),
        ("Пётр Иванов", [("R-001", FoundBy.NAME)]),
        ("petr ivanov", [("R-001", FoundBy.ALIKE)]),
        ("orlova ana", [("R-002", FoundBy.ALIKE)]),
    ],
)
def test_people_are_found_by_what_is_known_of_them(
    society: AtWork, text: str, found: list[tuple[str, FoundBy | None]]
) -> None:
    society.approved(PEOPLE)
    assert _found(society, text) == found


@pytest.mark.parametrize("text", ["R-009", "Nobody Known", "Orlova", "AN 1234568", "%", "' OR 1"])
def test_what_is_nothing_of_anybody_is_told(society: AtWork, text: str) -> None:
    society.approved(PEOPLE)
    with pytest.raises(NotFoundError, match="Nobody was found"):
        _search(society, text)


def test_a_settlement_narrows_both_a_search_and_the_list(society: AtWork) -> None:
    society.approved(PEOPLE)
    assert _found(society, "+996700123457", "ТЮП") == [("R-003", FoundBy.PHONE)]
    assert _found(society, "", "ТЮП") == [("R-001", None), ("R-003", None)]
    assert _found(society, "", "Nowhere") == []


def test_everybody_is_listed_a_page_at_a_time(society: AtWork) -> None:
    rows = [f"R-{at:03} | Person Number{at}" for at in range(1, PEOPLE_PER_PAGE + 3)]
    society.approved(sheet("\n".join(["number | name", *rows])))
    first, last = _search(society), _search(society, page=9)
    assert (first.total, first.pages, len(first.items)) == (len(rows), 2, PEOPLE_PER_PAGE)
    assert [one.number for one in last.items] == ["R-051", "R-052"]


def test_a_merged_record_is_found_as_the_one_that_stands_for_it(society: AtWork) -> None:
    society.approved(PEOPLE)
    society.agreed("merge_people", keep="R-002", drop="R-003")
    assert _found(society, "R-003") == [("R-002", FoundBy.NUMBER)]
    assert _found(society, "Boris Orlov") == [("R-002", FoundBy.NAME)]
    assert _found(society, "+996700123457") == [("R-002", FoundBy.PHONE)]


def test_the_trail_says_that_somebody_looked_and_not_for_whom(society: AtWork) -> None:
    society.approved(PEOPLE)
    _search(society, "Пётр Иванов")
    [event] = [each for each in society.all_of(AuditEvent) if each.act == Act.REGISTER_SEARCHED]
    assert (event.subject_id, event.detail) == (0, None)


def test_another_society_and_another_role_see_nobody(
    two_societies: tuple[AtWork, AtWork],
) -> None:
    one, other = two_societies
    one.approved(PEOPLE)
    with pytest.raises(NotFoundError):
        _search(other, "R-001")
    manager = one.add_person("manager@arc.example", Role.MANAGER)
    for text in ("R-001", "R-009", ""):
        with pytest.raises(ForbiddenError):
            one.do(lambda session, t=text: search_register(session, one.society_id, t), manager)  # type: ignore[misc]
