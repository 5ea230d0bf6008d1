"""A form that is refused is shown again: what was typed stands in it, each fault at its field."""

import re
from typing import NoReturn

import pytest
from werkzeug.test import TestResponse

from cva.core.errors import InputError, RuleError
from cva.core.form_errors import FormErrors
from cva.core.permissions import Role
from cva.web.forms import CARRIED
from tests.makers import workbook
from tests.web.conftest import House, Visitor
from tests.web.form_parsing import FormControl, FormPage, PageForm
from tests.web.test_rights import FORMS
from tests.workbooks import cash_sheet

WRONG = "This is wrong & so <is> that."
#: Forms without a field, or that wait for an act of others first.
NOT_SEEN_HERE = {
    *(rule for rule in FORMS if rule.startswith("/account") and rule != "/account/password"),
    "/sheets/<int:sheet_id>/cures",
    "/sheets/<int:sheet_id>/check-again",
    "/sheets/<int:sheet_id>/withdraw",
    "/sheets/<int:sheet_id>/approve",
    "/providers/<int:provider_id>/lists",
    "/headings/<int:headings_id>",
    "/headings/<int:headings_id>/forget",
    "/payment-lists/<int:list_id>/send",
    "/payment-lists/<int:list_id>/cancel",
    "/requests/<int:request_id>/confirm",
    "/requests/<int:request_id>/refuse",
    "/requests/<int:request_id>/withdraw",
    "/rounds/<int:round_id>/list/submit",
    "/rounds/<int:round_id>/list/approve",
    "/rounds/<int:round_id>/list/send-back",
    "/rounds/<int:round_id>/list/change",
}


def _text_for(control: FormControl) -> str:
    """Something to type that the page does not hold by itself."""
    if control.kind == "select":
        return control.options[-1]
    kinds = {"date": "2021-02-03", "number": "7", "month": "2021-02"}
    value = control.text or "on"
    return value if control.is_ticked else kinds.get(control.kind, f'{control.name} "&amp;" <b>')


def _typed(form: PageForm) -> dict[str, str]:
    typed = {}
    for control in form.controls:
        if control.kind == "hidden":
            typed[control.name] = control.text
        elif control.kind not in {"file", "password"}:
            typed[control.name] = _text_for(control)
    return typed


def _refusal(house: House, rule: str, names: list[str]) -> None:
    """Have a form refused at every field."""
    endpoint = next(
        each.endpoint
        for each in house.app.url_map.iter_rules()
        if each.rule == rule and "POST" in (each.methods or ())
    )

    def refuse(**_parts: object) -> NoReturn:
        raise InputError(WRONG, {name: [WRONG] for name in names})

    refuse.__dict__.update(vars(house.app.view_functions[endpoint]))
    house.app.view_functions[endpoint] = refuse


def _rule_of(house: House, path: str) -> str:
    adapter = house.app.url_map.bind("localhost")
    rule, _parts = adapter.match(path, "POST", return_rule=True)
    return str(rule)


def _pages(house: House) -> list[tuple[Visitor, str]]:
    """Pages with a form, each with somebody who may send it."""
    asks = workbook(
        [
            ["Registration number", "Full name", "Distribution date", "Amount (USD)"],
            ["R-1", "Anna Example", "03/04/2022", "1.234"],
        ]
    )
    field, finance = house.visitor(Role.FIELD), house.visitor(Role.FINANCE)
    asking, person_id = house.sheet(asks), house.person()
    faulty = house.sheet(cash_sheet(6, faults=1), round="2022-11")
    planned = {"code": "2022-12", "starts_on": "2022-12-05", "rule": "as_listed"}
    round_page = field.post("/rounds/new", programme=str(house.ours.programme_id), **planned)
    submitted, approved = house.submitted(cash_sheet(3)), house.approved(cash_sheet(4))
    house.add_book()
    society = house.ours.society_id
    of_field = (
        "/sheets/send",
        "/sheets/template",
        f"/sheets/{asking}",
        f"/sheets/{asking}/columns",
        f"/sheets/{faulty}",
        f"/sheets/{faulty}/rows/2",
        f"/sheets/{approved}",
        "/account",
        "/people",
        f"/people/{person_id}",
        "/rounds/new",
        round_page.location,
        f"{round_page.location}/plan",
        f"/vouchers/{society}",
        f"/vouchers/{society}/numbers?number=A-01",
        "/vouchers/books/1",
        "/providers/1",
    )
    of_finance = (f"/sheets/{submitted}", "/providers/1", "/vendors/1", "/payment-lists/1")
    admin = [(house.visitor(Role.ADMIN), "/providers/new")]
    return admin + [(field, page) for page in of_field] + [(finance, page) for page in of_finance]


@pytest.mark.slow
def test_what_was_typed_comes_back_in_every_form(house: House) -> None:
    seen = set()
    for visitor, path in _pages(house):
        for at, form in enumerate(FormPage(visitor.see(path)).forms):
            sent_to = form.action
            names = [each.name for each in form.controls if each.kind != "hidden" and each.name]
            if sent_to in {"/language", "/sign-out"} or not names:
                continue
            seen.add(rule := _rule_of(house, sent_to))
            _refusal(house, rule, names)
            typed = _typed(form)
            answer = visitor.client.post(sent_to, data=typed)
            assert answer.status_code == 422, (path, sent_to)
            again = FormPage(answer.text)
            assert len(again.forms) >= at, (path, sent_to)
            for control in again.forms[at].controls:
                if control.name in CARRIED or control.kind in {"file", "password"}:
                    continue
                if control.is_ticked:
                    is_typed = typed[control.name] == (control.text or "on")
                    assert ("checked" in control.attributes) == is_typed, (path, control.name)
                else:
                    assert control.text == typed[control.name], (path, control)
                if control.kind != "hidden":
                    assert f'id="fault-{control.name}"' in answer.text
    assert seen == set(FORMS) - NOT_SEEN_HERE


def _field_value(answer: TestResponse, name: str) -> str | None:
    found = re.search(rf'<input name="{name}"[^>]* value="([^"]*)"', answer.text)
    return found[1] if found else None


@pytest.mark.parametrize("is_chosen", [True, False])
def test_all_faults_of_a_round_are_told_at_once(house: House, *, is_chosen: bool) -> None:
    field = house.visitor(Role.FIELD)
    answer = field.post(
        "/rounds/new",
        programme=str(house.ours.programme_id) if is_chosen else "",
        code="2022-12",
        starts_on="5 December",
        modality="value_voucher",
        restriction="unrestricted",
        rule="fixed",
        amount="1,50",
        instalments="two",
        grants="G-1",
    )
    assert answer.status_code == 422
    named = ("starts_on", "restriction", "amount", "instalments", "grants")
    for name in named if is_chosen else ("programme", *named):
        assert f'id="fault-{name}"' in answer.text, name
        assert f'href="#field-{name}"' in answer.text, name
    assert _field_value(answer, "code") == "2022-12"
    assert _field_value(answer, "amount") == "1,50"
    assert 'role="alert"' in answer.text


def test_a_blank_field_that_is_needed_is_told_with_the_other_faults(house: House) -> None:
    programme = str(house.ours.programme_id)
    answer = house.visitor(Role.FIELD).post("/rounds/new", programme=programme, rule="fixed")
    assert '<a href="#field-code"><bdi>Code of the round</bdi>: Fill this in.</a>' in answer.text
    assert '<a href="#field-starts_on"><bdi>First day</bdi>: ' in answer.text
    assert 'id="fault-code"' in answer.text


def test_a_code_that_is_taken_is_told_with_the_other_faults(house: House) -> None:
    field = house.visitor(Role.FIELD)
    planned = {"code": "2022-12", "rule": "fixed", "amount": "150", "starts_on": "2022-12-05"}
    said = planned | {"programme": str(house.ours.programme_id)}
    assert field.post("/rounds/new", **said).status_code == 302
    answer = field.post("/rounds/new", **(said | {"amount": "1,5,0", "starts_on": ""}))
    assert answer.status_code == 422
    assert "Round 2022-12 is planned already." in answer.text
    assert 'id="fault-starts_on"' in answer.text
    assert field.post("/rounds/new", **said).status_code == 409


def test_a_plan_is_changed_until_its_list_is_submitted(house: House) -> None:
    field = house.visitor(Role.FIELD)
    planned = {"code": "2022-12", "rule": "fixed", "amount": "150", "starts_on": "2022-12-05"}
    more = {"programme": str(house.ours.programme_id), "sites": "School\nTown hall"}
    path = field.post("/rounds/new", **planned, **more).location
    form = field.see(f"{path}/plan")
    assert 'value="2022-12-05"' in form
    assert "School\nTown hall</textarea>" in form
    refused = field.post(f"{path}/plan", **(planned | {"starts_on": "0201-12-05"}))
    assert refused.status_code == 422
    assert "four digits" in refused.text
    changed = planned | {"code": "2022-12-a", "amount": "175.50", "instalments": "2"}
    assert field.post(f"{path}/plan", **changed).status_code == 302
    page = field.see(path)
    assert "2022-12-a" in page
    assert "175.50" in page
    assert "2 instalments" in page


def test_a_rule_of_the_ledger_is_told_on_the_page_of_the_form(house: House) -> None:
    field = house.visitor(Role.FIELD)
    answer = field.post("/people", text="R-NOBODY")
    assert answer.status_code == 404
    assert _field_value(answer, "text") == "R-NOBODY"
    assert "Nobody was found" in answer.text


def test_a_password_never_comes_back(house: House) -> None:
    said = {"email": "vera@rrc.example", "password": "not this one"}
    answer = house.visitor().post("/sign-in", **said)
    assert answer.status_code == 422
    assert "vera@rrc.example" in answer.text
    assert "not this one" not in answer.text
    assert "<h2>You are not signed in</h2>" in answer.text
    assert "<title>You are not signed in – Sign in – CVA ledger</title>" in answer.text


@pytest.mark.parametrize("page", ["//elsewhere.example/", "/api/v1/providers", "/nowhere", "x"])
def test_no_form_says_a_page_that_is_not_ours(house: House, page: str) -> None:
    programme = str(house.ours.programme_id)
    answer = house.visitor(Role.FIELD).post("/rounds/new", programme=programme, page=page)
    assert answer.status_code == 422
    assert "Plan a round" in answer.text


def test_a_page_that_the_role_does_not_open_is_not_shown(house: House) -> None:
    answer = house.visitor(Role.FIELD).post("/rounds/new", page="/totals", code="2022-12")
    assert answer.status_code == 422
    assert "Something has to be corrected" in answer.text
    assert "Totals</h1>" not in answer.text


def test_one_fault_stays_the_error_it_was() -> None:
    faults = FormErrors()

    def forbid() -> int:
        raise RuleError(WRONG)

    assert faults.read("amount", forbid, 0) == 0
    with pytest.raises(RuleError) as told:
        faults.refuse()
    assert told.value.fields == {"amount": [WRONG]}
    faults.add("amount", "another")
    faults.add("day", "no day")
    with pytest.raises(InputError) as all_told:
        faults.refuse()
    assert all_told.value.fields == {"amount": [WRONG], "day": ["no day"]}
