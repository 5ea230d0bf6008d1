"""A round's list: drafted, approved by the budget holder, changed by name, paid in instalments."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import Session, select

from cva.approvals import service as approvals
from cva.beneficiaries.models import Registration
from cva.core.errors import (
    ConflictError,
    CvaError,
    ForbiddenError,
    InputError,
    NotFoundError,
    RuleError,
)
from cva.core.permissions import Role
from cva.entitlements import drafts, list_workflow
from cva.entitlements.drafts import Filter
from cva.entitlements.list_changes import parse_lines
from cva.entitlements.models import Entitlement, ListVersion
from cva.entitlements.service import is_current, planned_of
from cva.programmes import planning
from cva.programmes.input_schemas import PlanSchema, plan_texts, round_of
from cva.programmes.models import Modality, UnknownPeople, ValueRule
from cva.programmes.transfer_values import TransferValue, parse_value
from cva.providers import list_dispatch
from cva.reports.verification import prove
from cva.rounds import list_from_sheets
from cva.societies import service as societies
from tests.makers import AtWork, at_once

LIST = """
number | name        | household | region
R-001  | Anna Orlova | 3         | North
R-002  | Boris Lebed | 1         | South
R-003  | Dora Klein  |           | North
"""
PAID = """
number | name        | day        | amount | currency
R-001  | Anna Orlova | 2022-11-05 | 5000   | RUB
"""


def entitled(society: AtWork, round_id: int) -> dict[str, int | None]:
    """Minor units by registration number and instalment."""
    query = (
        select(Registration.number, Entitlement.instalment, Entitlement.amount_minor)
        .join(Entitlement, Entitlement.beneficiary_id == Registration.beneficiary_id)  # type: ignore[arg-type]
        .where(Entitlement.round_id == round_id, is_current())
    )
    return {
        f"{number}/{part}": minor
        for number, part, minor in society.see(lambda s: s.exec(query).all())
    }


def refused(error: type[CvaError], act: Callable[[], object]) -> str:
    with pytest.raises(error) as caught:
        act()
    return str(caught.value)


def by(society: AtWork, name: str, act: Callable[..., Any], *said: Any) -> Any:  # noqa: ANN401
    return society.do(lambda session: act(session, *said), society.people[name])


def assert_sound(society: AtWork) -> None:
    proof = society.see(lambda s: prove(s, societies.get_society(s, society.society_id)))
    assert proof.is_sound, proof.fault


@pytest.fixture
def listed(society: AtWork) -> int:
    """A round with an approved list of three people, 5,000.00 for each."""
    round_id = society.plan_round()
    society.list_kept(LIST)
    assert society.list_approved(round_id) == 3
    return round_id


def test_an_uploaded_list_becomes_what_people_are_entitled_to(society: AtWork, listed: int) -> None:
    assert entitled(society, listed) == {
        "R-001/1": 500000,
        "R-002/1": 500000,
        "R-003/1": 500000,
    }
    (planned,) = society.see(lambda s: planned_of(s, listed))
    assert (planned.people, planned.minor) == (3, 1500000)
    assert_sound(society)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (TransferValue(ValueRule.PER_MEMBER, 100000), {"R-001/1": 300000, "R-002/1": 100000}),
        (
            TransferValue(ValueRule.BY_SIZE, by_size=((1, 300000), (3, 500000))),
            {"R-001/1": 500000, "R-002/1": 300000},
        ),
    ],
)
def test_the_transfer_value_follows_the_household(
    society: AtWork, value: TransferValue, expected: dict[str, int]
) -> None:
    round_id = society.plan_round(value=value)
    society.list_kept(LIST.replace("R-003  | Dora Klein  |           | North\n", ""))
    society.list_approved(round_id)
    assert entitled(society, round_id) == expected


def test_a_household_without_a_size_is_no_amount_until_it_is_mended(society: AtWork) -> None:
    round_id = society.plan_round(value=TransferValue(ValueRule.PER_MEMBER, 100000))
    society.list_kept(LIST)
    by(society, "field", list_from_sheets.draft_from_sheets, round_id)
    refused(RuleError, lambda: by(society, "field", list_workflow.submit_list, round_id))


def test_people_unknown_to_a_programme_that_refuses_them_are_not_listed(society: AtWork) -> None:
    programme_id = society.add_programme("SHUT", unknown_people=UnknownPeople.REFUSE)
    round_id = society.plan_round(programme_id=programme_id)
    society.list_kept(LIST, programme_id=programme_id)
    by(society, "field", list_from_sheets.draft_from_sheets, round_id)
    refused(RuleError, lambda: by(society, "field", list_workflow.submit_list, round_id))


def test_the_list_takes_two_people_and_the_budget_holder(society: AtWork) -> None:
    round_id = society.plan_round()
    society.list_kept(LIST)
    by(society, "field", list_from_sheets.draft_from_sheets, round_id)
    refused(RuleError, lambda: by(society, "manager", list_from_sheets.approve_list, round_id))
    by(society, "field", list_workflow.submit_list, round_id)
    for name in ("field", "finance", "auditor", "admin"):
        with pytest.raises(ForbiddenError):
            by(society, name, list_from_sheets.approve_list, round_id)
    refused(InputError, lambda: by(society, "manager", list_workflow.send_back, round_id, ""))
    by(society, "manager", list_workflow.send_back, round_id, "Two are missing.")
    by(society, "field", list_workflow.submit_list, round_id)
    by(society, "field", list_workflow.send_back, round_id, "")
    by(society, "field", list_workflow.submit_list, round_id)
    refused(
        ConflictError, lambda: by(society, "manager", list_from_sheets.approve_list, round_id, 99)
    )
    assert by(society, "manager", list_from_sheets.approve_list, round_id) == 3
    refused(RuleError, lambda: by(society, "field", list_from_sheets.draft_from_sheets, round_id))


def test_of_two_budget_holders_at_once_one_approves(society: AtWork) -> None:
    society.add_person("manager2", Role.MANAGER)
    round_id = society.plan_round()
    society.list_kept(LIST)
    by(society, "field", list_from_sheets.draft_from_sheets, round_id)
    by(society, "field", list_workflow.submit_list, round_id)
    results = at_once(
        lambda: by(society, "manager", list_from_sheets.approve_list, round_id),
        lambda: by(society, "manager2", list_from_sheets.approve_list, round_id),
    )
    assert sorted(str(type(result).__name__) for result in results) == ["RuleError", "int"]
    assert len(society.all_of(ListVersion)) == 1
    assert_sound(society)


def test_a_list_from_the_registered_and_from_the_round_before(society: AtWork, listed: int) -> None:
    second = society.plan_round("2022-12")
    found = by(society, "field", drafts.draft_from_filter, second, Filter(region="north"))
    assert found == 2
    assert by(society, "field", drafts.draft_from_round, second, listed) == 3
    by(society, "field", list_workflow.submit_list, second)
    by(society, "manager", list_from_sheets.approve_list, second)
    assert entitled(society, second) == entitled(society, listed)
    assert_sound(society)


def test_a_place_is_found_in_every_script_and_case(society: AtWork) -> None:
    society.approved("number | name | region\nR-1 | Anna | Курская область\nR-2 | Boris | Брянск")
    round_id = society.plan_round()
    draft = drafts.draft_from_filter
    assert by(society, "field", draft, round_id, Filter(region=" курская ОБЛАСТЬ ")) == 1
    refused(RuleError, lambda: by(society, "field", draft, round_id, Filter(region="X")))


def test_a_site_is_taken_from_the_settlement_where_it_is_one(society: AtWork) -> None:
    round_id = society.plan_round(sites=["Kursk", "Rostov"])
    society.list_kept("number | name | Site\nR-1 | Anna | kursk\nR-2 | Boris | Elsewhere")
    society.list_approved(round_id)
    query = select(Entitlement.site).where(Entitlement.round_id == round_id)
    assert set(society.see(lambda s: s.exec(query).all())) == {"Kursk", None}


def test_a_named_change_sets_adds_and_takes_off(society: AtWork, listed: int) -> None:
    changes = "R-001 = 6000\nR-002 = off\nR-003/2 = 2500.50"
    asked = society.ask("amend_list", round=listed, name="Newborns", changes=changes)
    refused(ForbiddenError, lambda: society.confirm(asked, by="finance"))
    society.confirm(asked, by="manager")
    assert entitled(society, listed) == {
        "R-001/1": 600000,
        "R-003/1": 500000,
        "R-003/2": 250050,
    }
    assert [each.name for each in society.all_of(ListVersion)].count("Newborns") == 1
    assert_sound(society)


@pytest.fixture
def in_two_parts(society: AtWork) -> int:
    round_id = society.plan_round(instalments=2)
    society.list_kept(LIST)
    society.list_approved(round_id)
    return round_id


def test_who_is_taken_off_loses_every_instalment_that_was_not_given(
    society: AtWork, in_two_parts: int
) -> None:
    society.approved(PAID, round_code="2022-11")
    changes = "R-001 = off\nR-002 = off\nR-003/2 = off"
    asked = society.ask("amend_list", round=in_two_parts, name="Moved", changes=changes)
    told = society.see(lambda s: approvals.show(s, asked), society.people["manager"]).summary
    assert "4 instalments taken off (people: 3)" in told
    society.confirm(asked, by="manager")
    assert set(entitled(society, in_two_parts)) == {"R-001/1", "R-003/1"}
    assert_sound(society)


def test_what_was_given_since_it_was_asked_for_is_not_taken_off(
    society: AtWork, in_two_parts: int
) -> None:
    asked = society.ask("amend_list", round=in_two_parts, name="Moved", changes="R-001 = off")
    society.approved(PAID, round_code="2022-11")
    said = refused(ConflictError, lambda: society.confirm(asked, by="manager"))
    assert "handed out since" in said
    assert "R-001/1" in entitled(society, in_two_parts)


@pytest.mark.parametrize(
    ("changes", "cure"),
    [
        ("R-001 = 80", "R-001/1 = 2500"),
        ("R-001 = off\nR-001/2 = 80", "stands there twice"),
    ],
)
def test_of_several_instalments_a_change_names_one(
    society: AtWork, in_two_parts: int, changes: str, cure: str
) -> None:
    with pytest.raises(InputError, match=cure):
        society.ask("amend_list", round=in_two_parts, name="Less", changes=changes)


def test_who_was_given_every_instalment_is_taken_off_by_naming_one(
    society: AtWork, in_two_parts: int
) -> None:
    society.approved(PAID, round_code="2022-11")
    society.approved(PAID.replace("-05", "-12"), round_code="2022-11")
    with pytest.raises(InputError, match="R-001/1 = off"):
        society.ask("amend_list", round=in_two_parts, name="Off", changes="R-001 = off")


def test_a_change_takes_nothing_from_whom_a_provider_is_paying(
    society: AtWork, listed: int
) -> None:
    before = society.ask("amend_list", round=listed, name="Before", changes="R-001 = off")
    made = society.payments_made(society.add_provider(), listed)
    for change in ("R-001 = off", "R-001 = 100"):
        with pytest.raises(RuleError, match="payment of R-001 cancelled"):
            society.ask("amend_list", round=listed, name="Less", changes=change)
    refused(RuleError, lambda: society.confirm(before, by="manager"))
    by(society, "finance", list_dispatch.cancel_list, made.list_id)
    society.confirm(before, by="manager")
    assert "R-001/1" not in entitled(society, listed)


def test_a_change_asked_for_before_another_one_is_asked_for_anew(
    society: AtWork, listed: int
) -> None:
    first = society.ask("amend_list", round=listed, name="One", changes="R-001 = 6000")
    second = society.ask("amend_list", round=listed, name="Two", changes="R-001 = 7000")
    society.confirm(first, by="manager")
    refused(ConflictError, lambda: society.confirm(second, by="manager"))
    assert entitled(society, listed)["R-001/1"] == 600000


@pytest.mark.parametrize(
    "changes", ["", "R-001 6000", "R-001 = -5", "R-001 = 5000", "R-099 = 1", "R-001 = 1\nr001 = 2"]
)
def test_a_change_that_says_nothing_clear_is_refused(
    society: AtWork, listed: int, changes: str
) -> None:
    refused(InputError, lambda: society.ask("amend_list", round=listed, name="X", changes=changes))


def test_each_instalment_is_paid_once(society: AtWork) -> None:
    round_id = society.plan_round(instalments=2)
    society.list_kept(LIST)
    society.list_approved(round_id)
    society.approved(PAID, round_code="2022-11")
    society.approved(PAID.replace("-05", "-12"), round_code="2022-11")
    third = society.checked(PAID.replace("-05", "-19"), round_code="2022-11")
    assert society.findings(third) == [(2, "already-paid")]
    assert_sound(society)


def test_the_rest_is_paid_as_an_instalment_of_its_own(society: AtWork, listed: int) -> None:
    society.approved(PAID.replace("5000", "3000"), round_code="2022-11")
    rest = PAID.replace("5000", "2000").replace("-05", "-06")
    refusing = society.checked(rest, round_code="2022-11")
    assert society.findings(refusing) == [(2, "already-paid")]
    society.withdraw(refusing)
    society.agreed(
        "amend_list", second="manager", round=listed, name="The rest", changes="R-001/2 = 2000"
    )
    society.approved(rest, round_code="2022-11")
    assert_sound(society)


def test_a_changed_plan_drops_the_draft_made_by_the_old_one(society: AtWork) -> None:
    field, other = society.people["field"], society.plan_round("2022-12")
    round_id = society.plan_round()
    society.list_kept(LIST)

    def change(changed_id: int, **said: str) -> None:
        def act(session: Session) -> None:
            planned = planning.see_round(session, changed_id)
            texts = plan_texts(session, planned) | said
            plan, faults = PlanSchema().read(texts)
            new = round_of(session, planned.programme_id, plan, faults, instead_of=planned)
            list_workflow.change_plan(session, changed_id, new)

        society.do(act, field)

    society.do(lambda s: list_from_sheets.draft_from_sheets(s, round_id), field)
    change(round_id, amount="100", code="2022-11-b", starts_on="2022-11-06", ends_on="")
    with pytest.raises(NotFoundError):
        society.do(lambda s: list_workflow.submit_list(s, round_id), field)
    assert society.list_approved(round_id) == 3
    assert set(entitled(society, round_id).values()) == {10000}
    with pytest.raises(RuleError, match="approved"):
        change(round_id, amount="200")
    with pytest.raises(ConflictError, match="planned already"):
        change(other, code="2022-11-b")


def test_a_voucher_is_always_restricted(society: AtWork) -> None:
    refused(InputError, lambda: society.plan_round(modality=Modality.VALUE_VOUCHER))


@pytest.mark.parametrize(
    ("rule", "text", "code"),
    [
        (ValueRule.AS_LISTED, "5000", "transfer_value_in_list"),
        (ValueRule.AS_LISTED, "much", "transfer_value_in_list"),
        (ValueRule.FIXED, " ", "transfer_value_missing"),
        (ValueRule.FIXED, "-5", "transfer_value_not_positive"),
        (ValueRule.PER_MEMBER, "0", "transfer_value_not_positive"),
        (ValueRule.FIXED, "much", "amount_unreadable"),
        (ValueRule.BY_SIZE, "1=0", "size_steps_unreadable"),
        (ValueRule.BY_SIZE, "9" * 5_000 + "=5", "size_steps_unreadable"),
    ],
)
def test_a_transfer_value_that_does_not_fit_its_rule_is_told(
    rule: ValueRule, text: str, code: str
) -> None:
    with pytest.raises(CvaError) as refused:
        parse_value(rule, text, "RUB")
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("name", "text"), [("instalments", "9" * 20), ("grants", "G-1 = 33.339"), ("grants", "G-1 = x")]
)
def test_a_plan_is_read_whole_or_refused(name: str, text: str) -> None:
    _values, faults = PlanSchema().read({"code": "x", "starts_on": "2022-11-05", name: text})
    with pytest.raises(InputError) as refused:
        faults.refuse()
    assert set(refused.value.fields) == {name}


def test_instalments_are_counted_from_one() -> None:
    values, _faults = PlanSchema().read({"instalments": "00012"})
    assert values["instalments"] == 12
    for line in ("R-001/0 = 7000", "R-001/99 = 7000"):
        with pytest.raises(InputError) as refused:
            parse_lines(line, "RUB")
        assert refused.value.code == "change_instalment_unknown"
