"""The pages in the language of the reader."""

import re

import pytest

from cva.core.i18n import LANGUAGES
from cva.core.permissions import Role
from tests.web.conftest import House, Visitor

OWN_NAMES = {
    "en": "English",
    "ru": "Русский",
    "fr": "Français",
    "es": "Español",
    "ar": "العربية",
    "fa": "فارسی",
}
PAGES = ("/", "/sheets/send", "/figures/{society}", "/totals/{society}", "/setup", "/nowhere")


def language_of(page: str) -> str:
    found = re.search(r'<html lang="(\w+)"', page)
    assert found
    return found[1]


def choose(visitor: Visitor, code: str, before: str = "") -> str:
    data = {"csrf_token": visitor.token(), "language": code}
    answer = visitor.client.post(
        "/language", data=data, headers={"Referer": f"http://localhost{before}"}
    )
    assert answer.status_code == 302, answer.text
    return answer.location


def test_every_language_is_offered_by_its_own_name(house: House) -> None:
    page = house.visitor().see("/sign-in")
    assert list(LANGUAGES) == sorted(OWN_NAMES, key=lambda code: (code != "en", code))
    for code, name in OWN_NAMES.items():
        assert re.search(rf'value="{code}" lang="{code}"[^>]*>{name}</button>', page)
    assert re.findall(r'value="(\w+)"[^>]* aria-current="true"', page) == ["en"]


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_choice_holds_on_every_page(house: House, code: str) -> None:
    visitor = house.visitor()
    assert choose(visitor, code, "/sign-in?next=/totals") == "/sign-in?next=/totals"
    page = visitor.see("/sign-in")
    assert language_of(page) == code
    assert ('dir="rtl"' in page) == (code in {"ar", "fa"})
    for role in (Role.FIELD, Role.AUDITOR):
        person = house.visitor(role)
        choose(person, code)
        for path in PAGES:
            answer = person.client.get(path.format(society=house.ours.society_id))
            assert language_of(answer.text) == code, path


def test_a_choice_outweighs_the_browser(house: House) -> None:
    visitor = house.visitor()
    french = {"Accept-Language": "fr-CH, fr;q=0.9, en;q=0.8"}
    assert language_of(visitor.client.get("/sign-in", headers=french).text) == "fr"
    choose(visitor, "es")
    assert language_of(visitor.client.get("/sign-in", headers=french).text) == "es"


@pytest.mark.parametrize(
    ("asked", "read"),
    [
        ("ru-RU", "ru"),
        ("fa-AF,fa;q=0.8", "fa"),
        ("ky,ru;q=0.7,en;q=0.3", "ru"),
        ("be", "en"),
        ("ar;q=0.1,en;q=0.9", "en"),
        ("", "en"),
        ("§§§;q=x", "en"),
    ],
)
def test_the_browser_asks_for_a_language(house: House, asked: str, read: str) -> None:
    answer = house.visitor().client.get("/sign-in", headers={"Accept-Language": asked})
    assert language_of(answer.text) == read


@pytest.mark.parametrize("before", ["/sheets/1/approve", "/language", "//elsewhere.example/", ""])
def test_what_is_no_page_to_open_is_not_gone_back_to(house: House, before: str) -> None:
    assert choose(house.visitor(), "ru", before) == "/"


def test_a_language_that_is_not_there_is_refused(house: House) -> None:
    answer = house.visitor().post("/language", language="tlh")
    assert answer.status_code == 422
    assert "There is no such language here." in answer.text


def test_one_reader_does_not_change_what_another_reads(house: House) -> None:
    russian, english = house.visitor(), house.visitor()
    choose(russian, "ru")
    assert language_of(english.see("/sign-in")) == "en"
    assert language_of(russian.see("/sign-in")) == "ru"


def test_a_file_of_ours_hangs_on_no_cookie(house: House) -> None:
    answer = house.visitor().carry("/static/style.css")
    assert "Cookie" not in answer.headers.get("Vary", "")


def test_every_page_offers_the_languages_of_pages_and_no_other(house: House) -> None:
    field = house.visitor(Role.FIELD)
    for path in ("/", "/sheets/send", "/sheets/template", "/headings"):
        footer = field.see(path).rpartition("<footer")[2]
        assert re.findall(r'value="(\w\w)"', footer) == list(LANGUAGES), path
