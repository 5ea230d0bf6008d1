"""Who collected, on whose authority and before whom, walked from the sheet to figures and book."""

from typing import Any

import pytest

from cva.beneficiaries.models import Collector
from cva.reports.person_history import HistoryLine, person_history
from cva.reports.schemas import PersonSchema
from tests.intake.test_merging import person
from tests.intake.test_reversing import assert_sound, november
from tests.makers import AtWork

BY_PROXY = """
number | name | day | Amount RUB | Received by | Relation to recipient | Power of attorney | Witness
R-001  | Anna Orlova | 2022-11-05 | 5000 | Ivan Orlov  | son | 12/2026 | Dora Klein
R-002  | Boris Lebed | 2022-11-05 | 7250 | Lebed Boris |     |         |
"""
MARKED = """
number | name        | day        | Amount RUB | Kind of mark | Witness
R-001  | Anna Orlova | 2022-11-05 | 5000   | thumbprint   | Dora Klein
R-002  | Boris Lebed | 2022-11-05 | 7250   | Signature    |
R-003  | Fay Petrova | 2022-11-05 | 100    | PIN          |
"""
MINOR = """
number | name        | Date of birth | day        | Amount RUB | Authority to collect | Received by
R-001  | Anna Orlova | 2006-11-06    | 2022-11-05 | 5000   | guardian: Ivan Orlov |
R-002  | Boris Lebed | 2004-11-05    | 2022-11-05 | 7250   |                      |
"""


def told(society: AtWork) -> list[dict[str, str]]:
    found = [each.collection for each in society.all_of_key(Collector, "record_id")]
    return sorted(found, key=lambda one: str(sorted(one.items())))


def paid_line(society: AtWork, number: str) -> HistoryLine:
    found = society.see(lambda s: person_history(s, person(society, number)))
    (line,) = [each for each in found.lines if each.what == "paid"]
    return line


def as_json(society: AtWork, number: str) -> dict[str, Any]:
    found = society.see(lambda s: person_history(s, person(society, number)))
    told: dict[str, Any] = PersonSchema().dump(found)
    return told


def warned(society: AtWork, table: str, **said: Any) -> list[tuple[int | None, str]]:  # noqa: ANN401
    return society.findings(society.checked(table, **said), "warning")


def test_a_proxy_collects_and_the_entitled_person_counts(society: AtWork) -> None:
    sheet_id = society.checked(BY_PROXY)
    assert society.findings(sheet_id, "warning") == []
    society.submit(sheet_id)
    society.approve(sheet_id)
    assert told(society) == [
        {
            "received_by": "Ivan Orlov",
            "relation": "son",
            "authority": "12/2026",
            "witness": "Dora Klein",
        }
    ]
    (line,) = [each for each in as_json(society, "R-001")["history"] if each["what"] == "paid"]
    assert line["collected_by"] == ["Ivan Orlov", "son", "Dora Klein"]
    assert line["collection"] == told(society)[0] | {"mark_kind": None}
    assert paid_line(society, "R-002").collection == {}
    assert november(society) == (2, {"RUB": 1225000})
    assert_sound(society)


def test_a_thumbprint_with_its_witness_is_recorded(society: AtWork) -> None:
    sheet_id = society.checked(MARKED)
    assert society.findings(sheet_id, "warning") == []
    society.submit(sheet_id)
    society.approve(sheet_id)
    assert told(society) == [
        {"mark_kind": "code"},
        {"mark_kind": "signature"},
        {"mark_kind": "thumbprint", "witness": "Dora Klein"},
    ]
    assert paid_line(society, "R-001").collection["mark_kind"] == "thumbprint"
    assert november(society) == (3, {"RUB": 1235000})
    assert_sound(society)


def test_a_minor_heads_a_household_and_collects_on_somebodys_authority(society: AtWork) -> None:
    sheet_id = society.checked(MINOR)
    assert society.findings(sheet_id, "warning") == []  # Boris came of age on the very day
    society.submit(sheet_id)
    society.approve(sheet_id)
    assert told(society) == [{"authority": "guardian: Ivan Orlov"}]
    assert paid_line(society, "R-001").is_minor
    assert not paid_line(society, "R-002").is_minor
    assert not as_json(society, "R-001")["is_minor"]  # of age by now
    assert november(society) == (2, {"RUB": 1225000})
    assert_sound(society)


def test_a_minor_without_authority_is_asked_about_as_registered(society: AtWork) -> None:
    bare = MINOR.replace("guardian: Ivan Orlov", "")
    sheet_id = society.checked(bare)
    assert society.findings(sheet_id, "warning") == [(2, "minor-collected")]
    society.submit(sheet_id)
    assert society.approve(sheet_id).posted_rows == 2
    # A later sheet does not tell the day of birth; the register does.
    later = (
        "number | name | day | Amount RUB | Received by\nR-001 | Anna Orlova | 2022-12-05 | 5000|"
    )
    assert warned(society, later) == [(2, "minor-collected")]
    of_age = later.replace("2022-12-05", "2024-11-06")
    assert warned(society, of_age) == []
    by_mother = f"{later} Vera Orlova"
    assert warned(society, by_mother) == [(2, "collector-unexplained")]


def test_an_age_counts_from_the_day_on_which_it_was_told(society: AtWork) -> None:
    society.approved(
        "number | name | Age | day | Amount RUB\nR-001 | Anna | 16 | 2022-11-05 | 5000"
    )
    later = "number | name | day | Amount RUB\nR-001 | Anna | {} | 5000"
    assert warned(society, later.format("2024-11-04")) == [(2, "minor-collected")]
    assert warned(society, later.format("2024-11-05")) == []


@pytest.mark.parametrize(
    ("kind", "witness", "codes"),
    [
        ("thumbprint", "", ["mark-not-witnessed"]),
        ("Thumb print", "Dora Klein", []),
        ("none", "", ["mark-not-witnessed"]),
        ("no signature", "Dora Klein", []),
        ("signed", "", []),
        ("stamp or seal", "", []),
        ("PIN or code", "", []),
        ("", "", []),
        ("by heart", "", ["value-unknown"]),
    ],
)
def test_what_leaves_no_name_on_paper_needs_a_witness(
    sqlite_society: AtWork, kind: str, witness: str, codes: list[str]
) -> None:
    table = (
        "number | name | day | Amount RUB | Kind of mark | Witness\n"
        f"R-001 | Anna Orlova | 2022-11-05 | 5000 | {kind} | {witness}"
    )
    assert [code for _row, code in warned(sqlite_society, table)] == codes


@pytest.mark.parametrize(
    ("by", "relation", "authority", "codes"),
    [
        ("Ivan Orlov", "", "", ["collector-unexplained"]),
        ("Ivan Orlov", "son", "", []),
        ("Ivan Orlov", "", "named on the list", []),
        ("ORLOVA Anna", "", "", []),
        ("", "", "", []),
    ],
)
def test_another_person_collects_as_a_relation_or_on_authority(
    sqlite_society: AtWork, by: str, relation: str, authority: str, codes: list[str]
) -> None:
    head = (
        "number | name | day | Amount RUB | Received by | Relation to recipient |On whose authority"
    )
    table = f"{head}\nR-001 | Anna Orlova | 2022-11-05 | 5000 | {by} | {relation} | {authority}"
    assert [code for _row, code in warned(sqlite_society, table)] == codes


def test_nothing_is_asked_of_who_did_not_come(sqlite_society: AtWork) -> None:
    table = (
        "number | name | Age | day | Amount RUB | Received (Y/N) | Kind of mark\n"
        "R-001 | Anna Orlova | 12 | 2022-11-05 | 5000 | no | none"
    )
    assert warned(sqlite_society, table) == []
    assert warned(sqlite_society, "number | name | Age\nR-001 | Anna Orlova | 12") == []


def test_a_sheet_without_names_is_held_against_the_register(society: AtWork) -> None:
    society.approved("number | name\nR-001 | Anna Orlova\nR-002 | Boris Lebed")
    table = """
    number | day        | Amount RUB | Received by
    R-001  | 2022-11-05 | 5000   | Orlova Anna
    R-002  | 2022-11-05 | 7250   | Ivan Orlov
    """
    sheet_id = society.checked(table)
    assert society.findings(sheet_id, "warning") == [(3, "collector-unexplained")]
    society.submit(sheet_id)
    society.approve(sheet_id)
    assert told(society) == [{"received_by": "Ivan Orlov"}]


def test_vouchers_too_are_collected_by_somebody(society: AtWork) -> None:
    table = """
    number | name        | day        | Amount RUB | voucher | Received by | Kind of mark
    R-001  | Anna Orlova | 2022-11-05 | 5000   | V-1     | Ivan Orlov  | thumbprint
    """
    sheet_id = society.checked(table)
    assert society.findings(sheet_id, "warning") == [
        (2, "collector-unexplained"),
        (2, "mark-not-witnessed"),
    ]
    society.submit(sheet_id)
    society.approve(sheet_id)
    assert told(society) == [{"received_by": "Ivan Orlov", "mark_kind": "thumbprint"}]
    assert_sound(society)


def test_one_proxy_for_many_people_is_asked_about(society: AtWork) -> None:
    head = "number | name | day | Amount RUB | Received by | Relation to recipient"
    rows = [f"R-{n} | Person No{n} | 2022-11-05 | 5000 | Ivan Orlov | aide" for n in range(1, 5)]
    assert warned(society, "\n".join([head, *rows[:3]])) == []
    many = society.checked("\n".join([head, *rows]))
    assert society.findings(many, "warning") == [(2, "collects-for-many")]
    society.submit(many)
    society.approve(many)
    assert november(society) == (4, {"RUB": 2000000})
    assert_sound(society)
