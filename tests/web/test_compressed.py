"""What leaves compressed, what does not, and what a browser keeps of it."""

import gzip
import json

import pytest
from werkzeug.test import TestResponse

from cva.core.permissions import Role
from cva.societies import tokens
from tests.makers import AtWork
from tests.web.conftest import House
from tests.workbooks import cash_sheet

TAKES = {"Accept-Encoding": "gzip, deflate, br"}
OWN = {**TAKES, "Sec-Fetch-Site": "same-origin"}


def _opened(answer: TestResponse) -> str:
    assert answer.headers["Content-Encoding"] == "gzip"
    assert int(answer.headers["Content-Length"]) == len(answer.data)
    return gzip.decompress(answer.data).decode()


def _is_plain(answer: TestResponse) -> bool:
    return "Content-Encoding" not in answer.headers


def _style(house: House) -> str:
    page = house.visitor().see("/sign-in")
    return page.split('rel="stylesheet" href="')[1].split('"')[0]


def test_a_page_is_compressed_for_a_page_of_ours(house: House) -> None:
    client = house.visitor(Role.FIELD).client
    plain, answer = client.get("/"), client.get("/", headers=OWN)
    assert _is_plain(plain)
    assert "<h1>" in _opened(answer)
    assert len(answer.data) < len(plain.data) / 2
    for each in (plain, answer):
        assert {"Accept-Encoding", "Cookie"} <= set(each.vary)
        assert each.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("site", ["cross-site", "same-site", None])
def test_no_page_is_that_another_site_may_have_asked_for(house: House, site: str | None) -> None:
    headers = TAKES | ({"Sec-Fetch-Site": site} if site else {})
    assert _is_plain(house.visitor(Role.FIELD).client.get("/", headers=headers))


@pytest.mark.parametrize("takes", ["", "identity", "br", "gzip;q=0"])
def test_nothing_is_for_who_does_not_take_it(house: House, takes: str) -> None:
    headers = {"Accept-Encoding": takes, "Sec-Fetch-Site": "none"}
    assert _is_plain(house.visitor(Role.FIELD).client.get("/", headers=headers))
    assert _is_plain(house.visitor().client.get(_style(house), headers=headers, buffered=True))


def test_style_is_compressed_for_everybody_and_confirmed_when_kept(house: House) -> None:
    client, address = house.visitor(Role.FIELD).client, _style(house)
    plain = client.get(address, buffered=True)
    answer = client.get(address, headers=TAKES, buffered=True)
    assert _opened(answer) == plain.text
    assert answer.cache_control.max_age == 31_536_000
    tag = answer.headers["ETag"]
    assert tag == f"W/{plain.headers['ETag']}"
    again = client.get(address, headers=TAKES | {"If-None-Match": tag}, buffered=True)
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", tag)
    assert _is_plain(again)
    part = client.get(address, headers=TAKES | {"Range": "bytes=0-1999"}, buffered=True)
    assert (part.status_code, part.data) == (206, plain.data[:2000])


def test_a_form_that_is_refused_is_shown_again_compressed(house: House) -> None:
    field = house.visitor(Role.FIELD)
    said = {"csrf_token": field.token(), "filename": "x"}
    answer = field.client.post("/rounds/new", data=said, headers=OWN)
    assert answer.status_code == 422
    assert "Plan a round" in _opened(answer)


def test_workbooks_stay_as_they_are(house: House) -> None:
    house.add_book()
    address = f"/vouchers/{house.ours.society_id}/workbook"
    answer = house.visitor(Role.FIELD).client.get(address, headers=OWN)
    assert answer.data.startswith(b"PK")
    assert _is_plain(answer)
    assert "Accept-Encoding" not in answer.vary


@pytest.mark.slow
def test_json_is_compressed_for_a_program(house: House, at_work: AtWork) -> None:
    for count in range(2, 10):
        house.sheet(cash_sheet(count))
    token = at_work.do(lambda session: tokens.add_token(session, "field@rrc.example"))
    headers = TAKES | {"Authorization": f"Bearer {token}"}
    answer = house.app.test_client().get("/api/v1/sheets", headers=headers)
    assert json.loads(_opened(answer))["total"] == 8
