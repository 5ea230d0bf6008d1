"""Who may open what: every page and every form, for every role."""

import pytest
from werkzeug.routing import Rule

from cva.core.permissions import OPEN, RIGHT_OF_VIEW, ROLE_PERMISSIONS, Role
from tests.web.conftest import House

OFFICE = {Role.FINANCE, Role.MANAGER, Role.AUDITOR}
SEERS = {Role.FIELD, *OFFICE}
PAGES = {
    "/sheets/send": {Role.FIELD, Role.FINANCE},
    "/sheets/template": {Role.FIELD, Role.FINANCE},
    "/sheets/<int:sheet_id>": {Role.FIELD, Role.FINANCE, Role.AUDITOR},
    "/sheets/<int:sheet_id>/progress": {Role.FIELD, Role.FINANCE, Role.AUDITOR},
    "/sheets/<int:sheet_id>/marked": {Role.FIELD, Role.FINANCE, Role.AUDITOR},
    "/sheets/<int:sheet_id>/columns": {Role.FIELD, Role.FINANCE},
    "/sheets/<int:sheet_id>/rows/<int:number>": {Role.FIELD, Role.FINANCE},
    "/rounds/<int:round_id>/reconciliation": SEERS,
    "/rounds/<int:round_id>/reconciliation/workbook": SEERS,
    "/rounds/<int:round_id>/field-list": {Role.FIELD, Role.FINANCE},
    "/rounds/<int:round_id>/field-lists": {Role.FIELD, Role.FINANCE},
    "/headings": {Role.FIELD, Role.FINANCE, Role.AUDITOR},
    "/people": {Role.FIELD, Role.FINANCE, Role.AUDITOR},
    "/people/<person:person_id>": {Role.FIELD, Role.FINANCE, Role.AUDITOR},
    "/people/duplicates": {Role.FIELD, Role.FINANCE, Role.AUDITOR},
    "/people/duplicates/<int:society_id>": {Role.FIELD, Role.FINANCE, Role.AUDITOR},
    "/evidence/<int:evidence_id>": {Role.FIELD, Role.FINANCE, Role.AUDITOR},
    "/rounds": {Role.FIELD, *OFFICE},
    "/rounds/new": {Role.FIELD, Role.FINANCE},
    "/rounds/<int:round_id>": {Role.FIELD, *OFFICE},
    "/rounds/<int:round_id>/plan": {Role.FIELD, Role.FINANCE},
    "/requests": {Role.FIELD, *OFFICE},
    "/requests/<int:request_id>": {Role.FIELD, *OFFICE},
    "/vouchers": SEERS,
    "/vouchers/<int:society_id>": SEERS,
    "/vouchers/<int:society_id>/workbook": SEERS,
    "/vouchers/<int:society_id>/numbers": SEERS,
    "/vouchers/books/<int:book_id>": SEERS,
    "/vendors/<int:vendor_id>": SEERS,
    "/vendors/<int:vendor_id>/workbook": SEERS,
    "/figures": {*OFFICE, Role.PARTNER},
    "/figures/<int:society_id>": {*OFFICE, Role.PARTNER},
    "/figures/together": {*OFFICE, Role.PARTNER},
    "/totals": OFFICE,
    "/totals/<int:society_id>": OFFICE,
    "/providers": SEERS,
    "/providers/new": {Role.ADMIN},
    "/providers/<int:provider_id>": SEERS,
    "/payment-lists/<int:list_id>": SEERS,
    "/payment-lists/<int:list_id>/file": {Role.FIELD, Role.FINANCE},
    "/setup": {Role.AUDITOR, Role.ADMIN},
    "/account": {*Role},
    "/accounts/<int:user_id>": {Role.ADMIN},
}
UNKNOWN = 999_999
SENDERS = {Role.FIELD, Role.FINANCE}
FORMS = {
    "/sheets/send": SENDERS,
    "/sheets/template": SENDERS,
    "/sheets/<int:sheet_id>/check-again": SENDERS,
    "/sheets/<int:sheet_id>/answers": SENDERS,
    "/sheets/<int:sheet_id>/cures": SENDERS,
    "/sheets/<int:sheet_id>/columns": SENDERS,
    "/sheets/<int:sheet_id>/rows/<int:number>": SENDERS,
    "/headings/<int:headings_id>": SENDERS,
    "/headings/<int:headings_id>/forget": SENDERS,
    "/sheets/<int:sheet_id>/submit": SENDERS,
    "/sheets/<int:sheet_id>/withdraw": SENDERS,
    "/vouchers/<int:society_id>/books": SENDERS,
    "/vouchers/<int:society_id>/requests": SENDERS,
    "/vouchers/books/<int:book_id>/moves": SENDERS,
    "/vendors/of/<int:society_id>": SENDERS,
    "/providers/new": {Role.ADMIN},
    "/providers/<int:provider_id>/lists": SENDERS,
    "/providers/<int:provider_id>/requests": SENDERS,
    "/providers/<int:provider_id>/balances": {Role.FINANCE},
    "/payment-lists/<int:list_id>/send": {Role.FINANCE},
    "/payment-lists/<int:list_id>/cancel": SENDERS,
    "/sheets/<int:sheet_id>/approve": {Role.FINANCE},
    "/sheets/<int:sheet_id>/send-back": {Role.FINANCE},
    "/sheets/<int:sheet_id>/rows/<int:number>/exception": {Role.FINANCE},
    "/requests/reverse/<int:sheet_id>": SENDERS,
    "/requests/<int:request_id>/confirm": {Role.FIELD, *OFFICE},
    "/requests/<int:request_id>/refuse": {Role.FIELD, *OFFICE},
    "/requests/<int:request_id>/withdraw": {Role.FIELD, *OFFICE},
    "/people": {Role.FIELD, Role.FINANCE, Role.AUDITOR},
    "/sheets/<int:sheet_id>/evidence": SENDERS,
    "/rounds/<int:round_id>/evidence": SENDERS,
    "/people/<person:person_id>/status": SENDERS,
    "/people/<person:person_id>/merge": SENDERS,
    "/account/password": {*Role},
    "/account/sessions/end": {*Role},
    "/account/tokens/<int:token_id>/revoke": {*Role},
    "/accounts/<int:user_id>/disable": {Role.ADMIN},
    "/accounts/<int:user_id>/enable": {Role.ADMIN},
    "/accounts/<int:user_id>/roles/remove": {Role.ADMIN},
    "/accounts/<int:user_id>/sessions/end": {Role.ADMIN},
    "/accounts/<int:user_id>/tokens/<int:token_id>/revoke": {Role.ADMIN},
    "/accounts/<int:user_id>/password-link": {Role.ADMIN},
    "/rounds/new": SENDERS,
    "/rounds/<int:round_id>/plan": SENDERS,
    "/rounds/<int:round_id>/list": SENDERS,
    "/rounds/<int:round_id>/list/submit": SENDERS,
    "/rounds/<int:round_id>/list/approve": {Role.MANAGER},
    "/rounds/<int:round_id>/list/send-back": {Role.FIELD, *OFFICE},
    "/rounds/<int:round_id>/list/change": SENDERS,
}
#: No record has this number.
NOBODYS = 999_999
#: Requests that somebody made, and files that there are only where a list is approved.
NOT_YET = {
    "/requests/<int:request_id>",
    "/rounds/<int:round_id>/reconciliation/workbook",
    "/rounds/<int:round_id>/field-list",
    "/rounds/<int:round_id>/field-lists",
}
FORMS_FOR_ALL = {"/sign-in", "/sign-out", "/language", "/password/<secret:secret>"}
FOR_ALL = {
    "/",
    "/sign-in",
    "/sign-out",
    "/static/<path:filename>",
    "/password/<secret:secret>",
}


def _rules(house: House, method: str) -> list[Rule]:
    return [
        rule
        for rule in house.app.url_map.iter_rules()
        if method in (rule.methods or ()) and not rule.rule.startswith("/api/")
    ]


def filled(rule: str, sheet_id: int, society_id: int, person_id: int = 1) -> str:
    """An address with its parts filled in; rounds and requests have the number of the sheet."""
    path = rule.replace("<int:sheet_id>", str(sheet_id)).replace("<int:number>", "2")
    for name in ("round_id", "request_id"):
        path = path.replace(f"<int:{name}>", str(sheet_id))
    first = "1" if sheet_id != NOBODYS else str(NOBODYS)
    for name in ("headings", "book", "vendor", "evidence", "provider", "list", "user", "token"):
        path = path.replace(f"<int:{name}_id>", first)
    path = path.replace("<person:person_id>", str(person_id))
    return path.replace("<int:society_id>", str(society_id))


def test_every_page_and_form_is_in_these_tables(house: House) -> None:
    assert {rule.rule for rule in _rules(house, "GET")} == {*PAGES, *FOR_ALL} - {"/sign-out"}
    assert {rule.rule for rule in _rules(house, "POST")} == {*FORMS, *FORMS_FOR_ALL}


def test_addresses_are_kebab_case_with_typed_parts(house: House) -> None:
    for rule in house.app.url_map.iter_rules():
        if rule.rule.startswith(("/api/", "/static/")):
            continue
        for part in rule.rule.strip("/").split("/"):
            is_typed = part.startswith(("<int:", "<person:", "<secret:"))
            assert is_typed or part.replace("-", "").isalpha() or not part, rule.rule
            assert "_" not in part or is_typed


@pytest.mark.slow
def test_each_role_opens_its_own_pages_and_no_other(house: House) -> None:
    sheet_id = house.sheet(round="2022-11")
    person_id = house.person()
    house.visitor(Role.FIELD).scan(sheet_id)
    house.add_book()
    for role in Role:
        visitor = house.visitor(role)
        for rule, allowed in PAGES.items():
            path = filled(rule, sheet_id, house.ours.society_id, person_id)
            answer = visitor.client.get(path, follow_redirects=True)
            found = 404 if rule in NOT_YET else 200
            assert answer.status_code == (found if role in allowed else 403), (role, rule)


@pytest.mark.slow
def test_each_role_sends_its_own_forms_and_no_other(house: House) -> None:
    sheet_id = house.sheet(round="2022-11")
    for role in Role:
        visitor = house.visitor(role)
        for rule, allowed in FORMS.items():
            answer = visitor.post(filled(rule, NOBODYS, 0))
            assert (answer.status_code == 403) == (role not in allowed), (role, rule)
    assert house.state(sheet_id) == "checked"


def test_the_navigation_shows_what_the_role_opens(house: House) -> None:
    for role in Role:
        page = house.visitor(role).client.get("/", follow_redirects=True).text
        for path in ("/sheets/send", "/vouchers", "/figures", "/totals", "/setup"):
            is_shown = f'<a href="{path}"' in page.split("</nav>")[0]
            assert is_shown == (role in PAGES[path]), (role, path)


def test_views_declare_the_rights_they_need(house: House) -> None:
    for rule in _rules(house, "GET") + _rules(house, "POST"):
        right = getattr(house.app.view_functions[rule.endpoint], RIGHT_OF_VIEW)
        expected = PAGES.get(rule.rule) or FORMS.get(rule.rule)
        holders = {role for role in Role if right in ROLE_PERMISSIONS[role]}
        assert right is OPEN if expected is None else holders >= expected, rule.rule


def test_nobody_gets_anywhere_without_signing_in(house: House) -> None:
    sheet_id = house.sheet(round="2022-11")
    stranger = house.visitor()
    for rule in {*PAGES, "/"}:
        answer = stranger.client.get(filled(rule, sheet_id, house.ours.society_id))
        assert answer.status_code == 302, rule
        assert answer.location.startswith("/sign-in?next=")
    for rule in FORMS:
        answer = stranger.post(filled(rule, sheet_id, house.ours.society_id))
        assert (answer.status_code, answer.location) == (302, "/sign-in"), rule


@pytest.mark.slow
def test_another_society_is_answered_like_one_that_does_not_exist(house: House) -> None:
    sheet_id = house.sheet(round="2022-11")
    house.add_book()
    unknown = NOBODYS
    for role in (Role.FIELD, Role.FINANCE):
        visitor = house.visitor(role, house.theirs)
        for rule in {**PAGES, **FORMS}:
            if "<" not in rule or role not in {**FORMS, **PAGES}[rule]:
                continue
            theirs, nobodys = (
                visitor.client.get(path)
                if rule in PAGES
                else visitor.post(path, reason="A reason", kind="loss")
                for path in (
                    filled(rule, sheet_id, house.ours.society_id),
                    filled(rule, unknown, unknown, unknown),
                )
            )
            assert theirs.status_code == nobodys.status_code == 404, rule
            shown = theirs.text.replace(str(sheet_id), "").replace(theirs.request.path, "")
            assert len(shown) - len(nobodys.text) < 10, rule
    assert house.state(sheet_id) == "checked"


def test_a_sheet_is_not_sent_for_anothers_programme(house: House) -> None:
    visitor = house.visitor(Role.FIELD)
    answer = visitor.post("/sheets/send", programme=str(house.theirs.programme_id))
    assert answer.status_code == 404
    sheet_id = house.sheet(round="2022-11")
    stranger = house.visitor(Role.FIELD, house.theirs)
    assert stranger.client.get(f"/sheets/send?replaces={sheet_id}").status_code == 404


def test_a_number_that_no_record_has_is_not_found(house: House) -> None:
    for number in ("0", "99999999999", "9" * 40):
        house.visitor(Role.FINANCE).see(f"/sheets/{number}", 404)
        house.visitor(Role.FINANCE).see(f"/figures/{number}", 404)
