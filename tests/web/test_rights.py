"""Who may open what: every page and every form, for every role."""

from werkzeug.routing import Rule

from cva.core.rights import OPEN, RIGHT_OF_VIEW, RIGHTS, Role
from tests.web.conftest import House

OFFICE = {Role.FINANCE, Role.MANAGER, Role.AUDITOR}
SEERS = {*OFFICE, Role.FIELD}
PAGES = {
    "/sheets/send": {Role.FIELD, Role.FINANCE},
    "/sheets/template": {Role.FIELD, Role.FINANCE},
    "/sheets/<int:sheet_id>": {Role.FIELD, Role.FINANCE, Role.AUDITOR},
    "/sheets/<int:sheet_id>/progress": {Role.FIELD, Role.FINANCE, Role.AUDITOR},
    "/sheets/<int:sheet_id>/marked": {Role.FIELD, Role.FINANCE, Role.AUDITOR},
    "/sheets/<int:sheet_id>/columns": {Role.FIELD, Role.FINANCE},
    "/sheets/<int:sheet_id>/rows/<int:number>": {Role.FIELD, Role.FINANCE},
    "/headings": {Role.FIELD, Role.FINANCE, Role.AUDITOR},
    "/figures": {*OFFICE, Role.PARTNER},
    "/figures/<int:society_id>": {*OFFICE, Role.PARTNER},
    "/totals": OFFICE,
    "/totals/<int:society_id>": OFFICE,
    "/providers": SEERS,
    "/providers/<int:provider_id>": SEERS,
    "/payment-lists/<int:list_id>": SEERS,
    "/payment-lists/<int:list_id>/file": {Role.FIELD, Role.FINANCE},
    "/setup": {Role.AUDITOR, Role.ADMIN},
}
UNKNOWN = 999_999
SENDERS = {Role.FIELD, Role.FINANCE}
FORMS = {
    "/sheets/send": SENDERS,
    "/sheets/template": SENDERS,
    "/sheets/<int:sheet_id>/check-again": SENDERS,
    "/sheets/<int:sheet_id>/answers": SENDERS,
    "/sheets/<int:sheet_id>/columns": SENDERS,
    "/sheets/<int:sheet_id>/rows/<int:number>": SENDERS,
    "/headings/<int:headings_id>": SENDERS,
    "/headings/<int:headings_id>/forget": SENDERS,
    "/sheets/<int:sheet_id>/submit": SENDERS,
    "/sheets/<int:sheet_id>/withdraw": SENDERS,
    "/providers/<int:provider_id>/lists": SENDERS,
    "/providers/<int:provider_id>/requests": SENDERS,
    "/providers/<int:provider_id>/balances": {Role.FINANCE},
    "/payment-lists/<int:list_id>/send": {Role.FINANCE},
    "/payment-lists/<int:list_id>/cancel": SENDERS,
    "/sheets/<int:sheet_id>/approve": {Role.FINANCE},
    "/sheets/<int:sheet_id>/send-back": {Role.FINANCE},
    "/sheets/<int:sheet_id>/rows/<int:number>/exception": {Role.FINANCE},
}
FORMS_FOR_ALL = {"/sign-in", "/sign-out", "/language"}
FOR_ALL = {"/", "/sign-in", "/sign-out", "/static/<path:filename>"}


def _rules(house: House, method: str) -> list[Rule]:
    return [
        rule
        for rule in house.app.url_map.iter_rules()
        if method in (rule.methods or ()) and not rule.rule.startswith("/api/")
    ]


def _filled(rule: str, sheet_id: int, society_id: int) -> str:
    for name in ("provider_id", "list_id"):
        rule = rule.replace(f"<int:{name}>", "1" if sheet_id < UNKNOWN else str(sheet_id))
    filled = rule.replace("<int:sheet_id>", str(sheet_id)).replace("<int:number>", "2")
    filled = filled.replace("<int:headings_id>", "1")
    return filled.replace("<int:society_id>", str(society_id))


def test_every_page_and_form_is_in_these_tables(house: House) -> None:
    assert {rule.rule for rule in _rules(house, "GET")} == {*PAGES, *FOR_ALL} - {"/sign-out"}
    assert {rule.rule for rule in _rules(house, "POST")} == {*FORMS, *FORMS_FOR_ALL}


def test_addresses_are_kebab_case_with_typed_parts(house: House) -> None:
    for rule in house.app.url_map.iter_rules():
        if rule.rule.startswith(("/api/", "/static/")):
            continue
        for part in rule.rule.strip("/").split("/"):
            is_typed = part.startswith("<int:")
            assert is_typed or part.replace("-", "").isalpha() or not part, rule.rule
            assert "_" not in part or is_typed


def test_each_role_opens_its_own_pages_and_no_other(house: House) -> None:
    sheet_id = house.sheet()
    for role in Role:
        visitor = house.visitor(role)
        for rule, allowed in PAGES.items():
            path = _filled(rule, sheet_id, house.ours.society_id)
            answer = visitor.client.get(path, follow_redirects=True)
            assert answer.status_code == (200 if role in allowed else 403), (role, rule)


def test_each_role_sends_its_own_forms_and_no_other(house: House) -> None:
    sheet_id = house.sheet()
    for role in Role:
        visitor = house.visitor(role)
        for rule, allowed in FORMS.items():
            answer = visitor.post(_filled(rule, UNKNOWN, 0))
            assert (answer.status_code == 403) == (role not in allowed), (role, rule)
    assert house.state(sheet_id) == "checked"


def test_the_navigation_shows_what_the_role_opens(house: House) -> None:
    for role in Role:
        page = house.visitor(role).client.get("/", follow_redirects=True).text
        for path in ("/sheets/send", "/figures", "/totals", "/setup"):
            is_shown = f'<a href="{path}"' in page.split("</nav>")[0]
            assert is_shown == (role in PAGES[path]), (role, path)


def test_views_declare_the_rights_they_need(house: House) -> None:
    for rule in _rules(house, "GET") + _rules(house, "POST"):
        right = getattr(house.app.view_functions[rule.endpoint], RIGHT_OF_VIEW)
        expected = PAGES.get(rule.rule) or FORMS.get(rule.rule)
        holders = {role for role in Role if right in RIGHTS[role]}
        assert right is OPEN if expected is None else holders >= expected, rule.rule


def test_nobody_gets_anywhere_without_signing_in(house: House) -> None:
    sheet_id = house.sheet()
    stranger = house.visitor()
    for rule in {*PAGES, "/"}:
        answer = stranger.client.get(_filled(rule, sheet_id, house.ours.society_id))
        assert answer.status_code == 302, rule
        assert answer.location.startswith("/sign-in?next=")
    for rule in FORMS:
        answer = stranger.post(_filled(rule, sheet_id, house.ours.society_id))
        assert (answer.status_code, answer.location) == (302, "/sign-in"), rule


def test_another_society_is_answered_like_one_that_does_not_exist(house: House) -> None:
    sheet_id = house.sheet()
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
                    _filled(rule, sheet_id, house.ours.society_id),
                    _filled(rule, UNKNOWN, UNKNOWN),
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
    sheet_id = house.sheet()
    stranger = house.visitor(Role.FIELD, house.theirs)
    assert stranger.client.get(f"/sheets/send?replaces={sheet_id}").status_code == 404


def test_a_number_that_no_record_has_is_not_found(house: House) -> None:
    for number in ("0", "99999999999", "9" * 40):
        house.visitor(Role.FINANCE).see(f"/sheets/{number}", 404)
        house.visitor(Role.FINANCE).see(f"/figures/{number}", 404)
