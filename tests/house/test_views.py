"""Every view declares a right, and who lacks it does not get in."""

import re

import pytest
from flask import Flask

from cva.app import create_app
from cva.core.audit import Act
from cva.core.permissions import RIGHT_OF_VIEW, ROLE_PERMISSIONS, Permission, Role
from cva.core.settings import VARIABLES
from cva.intake.checking import queue_for
from cva.societies import sign_in, tokens
from cva.web import home
from cva.web.cookies import signed_in_cookie
from tests.applications import app_over
from tests.house.source import PROJECT
from tests.makers import TWO_PAID, AtWork, open_at, society_at_work


@pytest.fixture
def app(sqlite_society: AtWork) -> Flask:
    made = app_over(sqlite_society.ledger, queue_for(sqlite_society.ledger))
    made.config["WTF_CSRF_ENABLED"] = False
    return made


def test_an_application_handed_on_is_as_the_factory_builds_it(sqlite_society: AtWork) -> None:
    """Tests share one, see ``app_over``: nothing of the ledger before, nor of the test, is left."""
    ledger, queue = sqlite_society.ledger, queue_for(sqlite_society.ledger)
    app_over(ledger, queue).config["WTF_CSRF_ENABLED"] = False
    app_over(ledger, queue).view_functions.clear()
    other = society_at_work(open_at(ledger.settings.database_url, ledger.settings.home), "BRC")
    shared, fresh = app_over(other.ledger, queue), create_app(other.ledger, queue)
    for app in (shared, fresh):  # telling it writes down in the configuration what it was told with
        app.test_client().get("/api/v1/openapi.json")
    assert shared.config == fresh.config
    assert list(shared.view_functions) == list(fresh.view_functions)
    other.engine.dispose()


def routes(app: Flask) -> list[tuple[str, str, Permission | None]]:
    """Method, path for record 1, and right of every route."""
    return [
        (
            method,
            re.sub(r"<((int|person|secret):)?\w+>", "1", rule.rule),
            getattr(app.view_functions[rule.endpoint], RIGHT_OF_VIEW),
        )
        for rule in app.url_map.iter_rules()
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
    ]


def test_every_view_declares_a_right(app: Flask) -> None:
    assert len(routes(app)) > 20
    assert [
        name for name, view in app.view_functions.items() if not hasattr(view, RIGHT_OF_VIEW)
    ] == []


def test_an_undeclared_view_is_found_at_the_start(
    sqlite_society: AtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(home.show, RIGHT_OF_VIEW)
    with pytest.raises(RuntimeError, match=r"home\.show"):
        create_app(sqlite_society.ledger, queue_for(sqlite_society.ledger))


def test_open_are_the_way_in_and_what_holds_no_record(app: Flask) -> None:
    open_paths = {path for _method, path, right in routes(app) if right is None}
    assert {
        path
        for path in open_paths
        if not path.startswith(("/api/v1/docs", "/static", "/api/v1/openapi"))
    } <= {"/", "/sign-in", "/sign-out", "/language", "/health", "/password/1"}


def test_parts_of_addresses_are_numbers_months_kinds_or_names_of_files(app: Flask) -> None:
    loose = {
        rule.rule
        for rule in app.url_map.iter_rules()
        for name in rule.arguments
        if not re.search(rf"<(int|person|secret):{name}>", rule.rule)
    }
    assert {
        rule for rule in loose if not re.search("static|docs|month|society|filename|kind", rule)
    } == set()


@pytest.mark.slow
@pytest.mark.parametrize("role", list(Role))
def test_a_role_gets_in_where_its_rights_let_it(
    app: Flask, sqlite_society: AtWork, role: Role
) -> None:
    """A role without the right is refused before anything is looked at; a form by the cookie."""
    society = sqlite_society
    society.submitted(TWO_PAID)
    email = society.email(str(role))
    token = society.do(lambda session: tokens.add_token(session, email))
    wrong = []
    # Those of accounts end the session or the token that the others need.
    for method, path, right in sorted(
        routes(app), key=lambda route: route[1].startswith("/account")
    ):
        client = app.test_client()
        if path.startswith("/api/"):
            headers = {"Authorization": f"Bearer {token}"}
        else:
            headers = {}
            secret = society.do(
                lambda session: sign_in.sign_in(session, email, "four plain words here", "x")
            )
            client.set_cookie(signed_in_cookie(society.ledger.settings), secret or "")
        if right is None:
            continue
        answer = client.open(path, method=method, headers=headers)
        is_refused = answer.status_code == 403
        may = right in ROLE_PERMISSIONS[role]
        if is_refused and may and method == "GET":
            wrong.append((method, path, answer.status_code))
        if not may and answer.status_code != 403:
            wrong.append((method, path, answer.status_code))
    assert wrong == []


def test_nobody_gets_in_without_signing_in(app: Flask) -> None:
    for method, path, right in routes(app):
        if right is not None:
            answer = app.test_client().open(path, method=method)
            assert answer.status_code in {302, 401}, (method, path)
            if answer.status_code == 302:
                assert answer.headers["Location"].startswith("/sign-in")


def test_every_setting_is_documented() -> None:
    text = (PROJECT / "docs/settings.md").read_text("utf-8")
    assert [name for name in VARIABLES if f"`{name}`" not in text] == []
    assert set(re.findall(r"CVA_[A-Z_]+", text)) - {"CVA_TEST_POSTGRES_URL"} <= set(VARIABLES)


@pytest.mark.parametrize("act", list(Act))
def test_an_act_is_a_subject_and_a_verb(act: Act) -> None:
    assert re.fullmatch(r"[a-z_]+:[a-z_]+", act)


def test_no_bulk_insert_passes_by_the_scope() -> None:
    """SQLAlchemy's old bulk calls ask no listener; ours is ``insert_columns``."""
    found = [
        str(file.relative_to(PROJECT))
        for file in (PROJECT / "cva").rglob("*.py")
        if re.search(
            r"\.bulk_(save_objects|insert_mappings|update_mappings)\(", file.read_text("utf-8")
        )
    ]
    assert found == []
