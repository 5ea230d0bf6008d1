"""A real Chromium, watched: what it complains of fails the test."""

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.watching import Complaints, watch
from tests.databases import SqliteTemplate
from tests.needs import missing
from tests.serving import ForkedServers, serving

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
USUAL_PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Google/Chrome/Application/chrome.exe",
)

FLAGS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

#: A field officer's phone and an office desk.
SIZES = {"phone": (390, 844), "desk": (1280, 900)}

#: Where this names a folder, ``picture`` keeps what the pages looked like.
PICTURES = "CVA_TEST_PICTURES"

Serve = Callable[[Mapping[str, str]], str]
StartServer = Callable[[Path, Mapping[str, str]], AbstractContextManager[str]]


def chromium() -> str | None:
    """Where this machine keeps a Chromium, or a Chrome."""
    on_path = (shutil.which(name) for name in NAMES)
    usual = (place for place in USUAL_PLACES if Path(place).exists())
    return next(filter(None, on_path), None) or next(usual, None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = chromium()
    if program is None:
        missing("No browser: neither Chromium nor Chrome was found.")
    with sync_playwright() as playwright:
        # Without its sandbox, which root cannot have; it sees no pages but ours.
        launched = playwright.chromium.launch(
            executable_path=program, headless=True, chromium_sandbox=False, args=FLAGS
        )
        yield launched
        launched.close()


@pytest.fixture(params=SIZES)
def size(request: pytest.FixtureRequest) -> str:
    """Each test of a page runs once on each of these."""
    return str(request.param)


@pytest.fixture
def complaints() -> Iterator[Complaints]:
    """What the browser found wrong; none may be left at the end of the test."""
    found = Complaints()
    yield found
    assert not found.left(), "\n".join(found.left())


@pytest.fixture
def page(browser: Browser, size: str, complaints: Complaints) -> Iterator[Page]:
    """A fresh page in a browser without any past, at one of the sizes."""
    width, height = SIZES[size]
    context = browser.new_context(viewport={"width": width, "height": height}, locale="en-GB")
    opened = context.new_page()
    watch(opened, complaints)
    yield opened
    context.close()


@pytest.fixture
def picture(page: Page, request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Keep what the page looks like now, for a person to look at, where a folder is named."""

    def keep(name: str) -> None:
        if folder := os.environ.get(PICTURES):
            file = Path(folder) / f"{name}-{request.getfixturevalue('size')}.png"
            page.screenshot(path=file, full_page=True)

    return keep


@pytest.fixture
def home(sqlite_template: SqliteTemplate, tmp_path: Path) -> Path:
    """What CVA_HOME names: a folder with a fresh ledger."""
    folder = tmp_path / "home"
    folder.mkdir(mode=0o700)
    sqlite_template.copy_to(folder / "cva.db")
    return folder


@pytest.fixture(scope="session")
def start_server() -> Iterator[StartServer]:
    """Start ``cva serve`` over a home: forked where the system can, anew where it cannot."""
    if not hasattr(os, "fork"):
        yield serving
        return
    servers = ForkedServers()
    yield servers.serving
    servers.close()


@pytest.fixture
def serve(home: Path, start_server: StartServer) -> Iterator[Serve]:
    """Start ``cva serve`` with settings, such as another CVA_DATABASE_URL; gives its address."""
    with ExitStack() as stack:
        yield lambda settings: stack.enter_context(start_server(home, settings))


@pytest.fixture
def live_server(serve: Serve) -> str:
    """The address of a running ``cva serve`` over the ledger in ``home``."""
    return serve({})
