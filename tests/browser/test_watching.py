"""The watch itself: a fault it lets pass would pass in every other test here."""

from collections.abc import Callable, Iterable, Iterator

import pytest
from playwright.sync_api import Page

from tests.browser.watching import Complaints
from tests.serving import serving_app

Start = Callable[[str, list[tuple[str, str]]], object]

_PAGES = {
    "/sound": "<p>All is well.</p>",
    "/inline": "<script>document.title = 'never'</script>",
    "/script": "<script src=/broken.js></script>",
    "/nothing": "<img src=/none.png alt=''>",
    "/broken.js": "throw new Error('out of order')",
    "/favicon.ico": "",
}


def _site(environ: dict[str, object], start: Start) -> Iterable[bytes]:
    path = str(environ["PATH_INFO"])
    content = _PAGES.get(path, "")
    policy = ("Content-Security-Policy", "default-src 'self'")
    if path.endswith(".js"):
        start("200 OK", [("Content-Type", "text/javascript"), policy])
        return [content.encode()]
    status = "500 Fault" if path == "/fault" else "200 OK" if path in _PAGES else "404 Not Found"
    start(status, [("Content-Type", "text/html"), policy])
    return [f"<!doctype html><title>A page</title>{content}".encode()]


@pytest.fixture
def site() -> Iterator[str]:
    with serving_app(_site) as address:
        yield address


@pytest.mark.parametrize("path", ["/sound", "/not-there"])
def test_a_sound_page_and_a_page_refused_to_its_user_are_no_complaint(
    page: Page, site: str, path: str
) -> None:
    page.goto(site + path)
    assert page.title() == "A page"


@pytest.mark.parametrize(
    ("path", "complaint"),
    [
        ("/inline", "violates the following Content Security Policy"),
        ("/script", "out of order"),
        ("/nothing", "server: 404 for"),
        ("/fault", "server: 500 for"),
    ],
)
def test_what_is_wrong_is_a_complaint(
    page: Page, complaints: Complaints, site: str, path: str, complaint: str
) -> None:
    page.goto(site + path)
    page.wait_for_load_state("networkidle")
    assert any(complaint in one for one in complaints.left())
    complaints.expect("")
