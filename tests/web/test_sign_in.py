"""Signing in and out through the pages."""

import re
from pathlib import Path

import pytest

from cva.app import create_app
from cva.core.db import transaction
from cva.core.permissions import Role
from cva.core.tenancy import SYSTEM
from cva.societies import service as societies
from cva.societies.sign_in import TRIES_FOR_PERSON_FROM_ADDRESS
from cva.web.url_parts import own_path
from tests.society import open_test_ledger
from tests.web.conftest import AtOnce, House, Visitor

pytestmark = pytest.mark.full_hashes

EMAIL, PASSWORD = "vera@rrc.example", "four plain words here"


@pytest.fixture
def visitor(house: House) -> Visitor:
    """The browser of somebody who has a password."""
    with transaction(house.ledger.engine, SYSTEM) as session:
        societies.add_member(session, house.ours.society_id, EMAIL, Role.FIELD, PASSWORD)
    return house.visitor()


def test_a_person_signs_in_and_is_led_where_they_were_going(visitor: Visitor) -> None:
    answer = visitor.client.get("/sheets/send?replaces=")
    assert answer.location == "/sign-in?next=/sheets/send?replaces%3D"
    assert 'name="next" value="/sheets/send?replaces="' in visitor.see(answer.location)
    answer = visitor.post(
        "/sign-in", email=f" {EMAIL.upper()} ", password=PASSWORD, next="/sheets/send"
    )
    assert (answer.status_code, answer.location) == (302, "/sheets/send")
    assert "Send a sheet" in visitor.see("/sheets/send")


def test_the_cookie_is_for_the_server_alone(visitor: Visitor) -> None:
    answer = visitor.post("/sign-in", email=EMAIL, password=PASSWORD)
    cookie = next(c for c in answer.headers.getlist("Set-Cookie") if "signed-in" in c)
    assert {"HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))
    assert "Secure" not in cookie


def test_over_tls_the_cookies_are_bound_to_the_host(house: House, tmp_path: Path) -> None:
    url = house.ledger.settings.database_url
    ledger = open_test_ledger(tmp_path, url, CVA_PUBLIC_URL="https://cva.example.org")
    with transaction(ledger.engine, SYSTEM) as session:
        societies.add_member(session, house.ours.society_id, EMAIL, Role.FIELD, PASSWORD)
    client = create_app(ledger, AtOnce(ledger)).test_client()
    visitor = Visitor(client)
    client.environ_base["wsgi.url_scheme"] = "https"
    token = visitor.token()
    answer = client.post(
        "/sign-in",
        data={"csrf_token": token, "email": EMAIL, "password": PASSWORD},
        headers={"Referer": "https://localhost/sign-in"},
    )
    assert answer.status_code == 302, answer.text
    cookies = answer.headers.getlist("Set-Cookie")
    assert any(c.startswith("__Host-cva-signed-in=") and "Secure" in c for c in cookies)
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
    ledger.engine.dispose()


def test_each_sign_in_has_a_secret_of_its_own(visitor: Visitor) -> None:
    found = set()
    for _time in range(2):
        visitor.post("/sign-in", email=EMAIL, password=PASSWORD)
        cookie = visitor.client.get_cookie("cva-signed-in")
        assert cookie is not None
        found.add(cookie.value)
    assert len(found) == 2


def test_signing_out_ends_the_session_everywhere(visitor: Visitor, house: House) -> None:
    visitor.post("/sign-in", email=EMAIL, password=PASSWORD)
    cookie = visitor.client.get_cookie("cva-signed-in")
    assert cookie is not None
    answer = visitor.post("/sign-out")
    assert answer.location == "/sign-in"
    assert visitor.client.get_cookie("cva-signed-in") is None
    thief = house.visitor()
    thief.client.set_cookie("cva-signed-in", cookie.value)
    assert thief.client.get("/").status_code == 302


def test_whoever_is_unknown_is_answered_like_a_wrong_password(visitor: Visitor) -> None:
    answers = [
        visitor.post("/sign-in", email=email, password="a wrong word")  # noqa: S106
        for email in (EMAIL, "nobody@rrc.example")
    ]
    assert {answer.status_code for answer in answers} == {422}
    wrong, unknown = (answer.text for answer in answers)
    assert "E-mail and password do not fit." in wrong
    assert _without_token(wrong, EMAIL) == _without_token(unknown, "nobody@rrc.example")


def _without_token(page: str, email: str) -> str:
    return re.sub(r'name="csrf_token" value="[^"]+"', "", page.replace(email, ""))


def test_after_some_tries_a_person_waits(visitor: Visitor) -> None:
    for _time in range(TRIES_FOR_PERSON_FROM_ADDRESS):
        visitor.post("/sign-in", email=EMAIL, password="a wrong word")  # noqa: S106
    answer = visitor.post("/sign-in", email=EMAIL, password=PASSWORD)
    assert answer.status_code == 429
    assert "Wait 15 minutes" in answer.text


@pytest.mark.parametrize(
    "address",
    [
        "https://elsewhere.example/",
        "//elsewhere.example/",
        "/\\elsewhere.example/",
        "\\\\elsewhere.example",
        "javascript:alert(1)",
        "/sheets\r\nSet-Cookie: a=b",
        "/\t/elsewhere.example",
        "sheets",
        "",
    ],
)
def test_what_is_no_path_of_ours_is_not_followed(address: str) -> None:
    assert own_path(address) is None


def test_nobody_is_led_to_another_site(visitor: Visitor) -> None:
    address = "//elsewhere.example/"
    assert "elsewhere" not in visitor.see(f"/sign-in?next={address}")
    answer = visitor.post("/sign-in", email=EMAIL, password=PASSWORD, next=address)
    assert answer.location == "/"


@pytest.mark.parametrize("address", ["/", "/sheets/3?show=all&page=2", "/figures/1?month=2022-11"])
def test_a_path_of_ours_is_followed(address: str) -> None:
    assert own_path(address) == address


def test_only_the_demo_says_where_its_passwords_are(house: House) -> None:
    assert "demo-passwords.txt" not in house.visitor().see("/sign-in")
