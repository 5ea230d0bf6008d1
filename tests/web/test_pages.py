"""What all pages keep to: nothing inline, nothing foreign, little to carry, all of it escaped."""

import re
from html.parser import HTMLParser
from itertools import product

import pytest
from typing_extensions import override
from werkzeug.test import TestResponse

from cva.core.db import transaction
from cva.core.permissions import Role
from cva.core.tenancy import SYSTEM
from cva.programmes import service as programmes
from tests.web.conftest import House
from tests.workbooks import HEADINGS, cash_rows, cash_sheet, workbook

CORPUS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'><svg onload=alert(1)>",
    "</textarea></title><iframe src=//x>",
    "javascript:alert(1)",
    "{{ 7*7 }}{% raw %}",
    "&lt;script&gt;&#x3c;b&#x3e;",
)
PAGE_BYTES = 30_000


class Elements(HTMLParser):
    """The elements of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def _is_clean(page: str) -> None:
    for tag, attributes in Elements(page).found:
        assert tag not in {"img", "iframe", "style", "object", "embed"}, tag
        assert not [name for name in attributes if name.startswith("on") or name == "style"], tag
        if tag == "script":
            assert (attributes.get("src") or "").startswith("/static/"), page
        for name in ("src", "href", "action"):
            assert (attributes.get(name) or "/").startswith(("/", "#")), attributes


@pytest.mark.slow
def test_what_people_type_is_shown_and_never_run(house: House) -> None:
    with transaction(house.ledger.engine, SYSTEM) as session:
        for number, text in enumerate(CORPUS):
            programmes.add_programme(
                session, house.ours.society_id, f"P{number}{text}", text, currency="RUB"
            )
    rows = cash_rows(2 * len(CORPUS))
    for row, text in zip(rows, CORPUS * 2, strict=True):
        row[1], row[2], row[4] = text, text, text
    for row, text in zip(rows[len(CORPUS) :], CORPUS, strict=True):
        row[6] = text
    headings = [*HEADINGS, *CORPUS]
    sheet_id = house.submitted(
        workbook([[*row, *CORPUS] for row in rows], headings), round=CORPUS[1]
    )
    refused = house.sheet(workbook([["x"]], CORPUS))
    finance = house.visitor(Role.FINANCE)
    pages = [
        finance.see("/"),
        finance.see("/sheets/send"),
        finance.see(f"/sheets/{sheet_id}"),
        finance.see(f"/sheets/{sheet_id}?show=all"),
        finance.see(f"/sheets/{refused}/columns"),
    ]
    finance.post(f"/sheets/{sheet_id}/approve")
    other = house.submitted(cash_sheet(2, first=50))
    finance.post(f"/sheets/{other}/send-back", reason=" ".join(CORPUS))
    pages += [
        finance.see(f"/sheets/{other}"),
        finance.see(f"/figures/{house.ours.society_id}"),
        finance.see(f"/totals/{house.ours.society_id}"),
        house.visitor(Role.ADMIN).see("/setup"),
    ]
    for page in pages:
        _is_clean(page)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in pages[3]
    assert "{{ 7*7 }}" in pages[3]


def test_what_stands_in_an_address_is_shown_and_never_run(house: House) -> None:
    finance = house.visitor(Role.FINANCE)
    figures = f"/figures/{house.ours.society_id}"
    for path, text in product(("/sheets/send", "/sign-in", figures, "/nothing"), CORPUS):
        answer = finance.client.get(
            path, query_string={"month": text, "replaces": text, "next": text}
        )
        assert answer.status_code < 500
        _is_clean(answer.text)


def test_the_whole_upload_page_is_light(house: House) -> None:
    field = house.visitor(Role.FIELD)
    page = field.see("/sheets/send")
    parts = [
        value
        for tag, attributes in Elements(page).found
        if tag in {"script", "link"} and (value := attributes.get("src") or attributes.get("href"))
    ]
    assert len(parts) == 3
    carried = len(page.encode()) + sum(len(field.carry(part).data) for part in parts)
    assert carried < PAGE_BYTES


def test_a_person_without_a_role_is_told_whom_to_ask(house: House) -> None:
    visitor = house.visitor(Role.FIELD)
    answer = visitor.client.get("/")
    assert "No sheet has been sent yet." in answer.text


def test_the_form_of_a_round_says_what_its_amount_is_for(house: House) -> None:
    page = house.visitor(Role.FIELD).see("/rounds/new")
    assert "The amount is for each instalment." in page


def _title(answer: TestResponse) -> str:
    heading = re.search("<h1>(.*?)</h1>", answer.text)
    title = re.search("<title>(.*?) – CVA ledger</title>", answer.text)
    assert heading
    assert title
    assert heading[1] == title[1]
    return title[1]


def test_the_page_of_an_error_is_called_what_happened(house: House) -> None:
    sheet_id = house.submitted()
    field, finance = house.visitor(Role.FIELD), house.visitor(Role.FINANCE)
    untied = field.client.post(f"/sheets/{sheet_id}/withdraw")
    assert [
        _title(answer)
        for answer in (
            field.client.get("/nowhere"),
            field.client.get("/sheets/999"),
            field.client.get("/totals"),
            field.client.put("/sheets/send"),
            untied,
        )
    ] == [
        "There is no such page",
        "There is no such record",
        "Not for your role",
        "This cannot be done here",
        "This form is too old",
    ]
    refused = field.post("/rounds/new", page="/totals").text
    assert "<title>Something has to be corrected – Plan a round" in refused
    assert "<h2>Something has to be corrected</h2>" in refused
    finance.post(f"/sheets/{sheet_id}/approve")
    again = finance.post(f"/sheets/{sheet_id}/approve")
    assert "<h2>Something changed</h2>" in again.text
    again = field.post(f"/sheets/{sheet_id}/withdraw")
    assert "<h2>This cannot be done</h2>" in again.text
