"""What every answer says to the browser."""

import pytest
from werkzeug.test import TestResponse

from cva.core.permissions import Role
from cva.web import figures
from tests.web.conftest import House
from tests.web.test_forms import _paths
from tests.web.test_rights import FORMS, PAGES

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}


def _is_hardened(answer: TestResponse) -> None:
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
    assert "Strict-Transport-Security" not in answer.headers


@pytest.mark.slow
def test_every_answer_is_hardened(house: House) -> None:
    sheet_id = house.sheet()
    for role in Role:
        client = house.visitor(role).client
        for path in (*_paths(PAGES, sheet_id, house), "/", "/sign-in"):
            _is_hardened(client.get(path))
        for path in (*_paths(FORMS, sheet_id, house), "/sign-in"):
            _is_hardened(client.post(path))


def test_so_is_a_page_that_does_not_exist(house: House) -> None:
    answer = house.visitor(Role.FIELD).client.get("/no-such-page")
    assert answer.status_code == 404
    assert "Look whether the address is right." in answer.text
    _is_hardened(answer)


def test_so_is_a_file_that_is_too_large(house: House) -> None:
    part = b'--cut\r\nContent-Disposition: form-data; name="file"; filename="large.xlsx"\r\n\r\n'
    content = part + b"x" * (house.ledger.settings.max_sheet_bytes + 100_000) + b"\r\n--cut--\r\n"
    answer = house.visitor(Role.FIELD).client.post(
        "/sheets/send", data=content, content_type="multipart/form-data; boundary=cut"
    )
    assert answer.status_code == 413
    assert "Nothing was stored." in answer.text
    assert 'href="/sheets/send"' in answer.text
    _is_hardened(answer)


def test_so_is_a_fault_of_ours_which_tells_nothing_but_its_reference(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_anything: object) -> None:
        raise RuntimeError("the inside of the house")

    monkeypatch.setattr(figures, "figures_shown", fail)
    manager = house.visitor(Role.MANAGER)
    answer = manager.client.get(f"/figures/{house.ours.society_id}")
    assert answer.status_code == 500
    assert "Reference: " in answer.text
    assert "inside of the house" not in answer.text
    _is_hardened(answer)


def test_style_and_scripts_are_kept_under_an_address_of_their_content(house: House) -> None:
    page = house.visitor().see("/sign-in")
    path = page.split('rel="stylesheet" href="')[1].split('"')[0]
    assert "?v=" in path
    answer = house.visitor().carry(path)
    assert answer.cache_control.max_age == 31_536_000
    assert "Set-Cookie" not in answer.headers
