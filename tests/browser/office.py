"""People who use the pages: signing in and sending sheets as they do it."""

from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import FilePayload, Locator, Page, expect

from cva.core.db import transaction
from cva.core.permissions import Role
from cva.core.tenancy import SYSTEM
from cva.programmes import service as programmes
from cva.societies import service as societies
from tests.society import open_test_ledger

PASSWORD = "four plain words here"  # noqa: S105


@dataclass(frozen=True)
class Office:
    """A society at work.

    Attributes:
        address: Where its ledger is served.
    """

    address: str

    def sign_in(self, page: Page, role: Role) -> None:
        """Sign in as the person with a role, whoever was signed in before."""
        page.context.clear_cookies()
        page.goto(self.address)
        page.get_by_label("E-mail").fill(email(role))
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        expect(page.locator(".who")).to_be_attached()

    def send(self, page: Page, content: bytes | Path, name: str = "november.xlsx") -> None:
        """Choose a file and send it: one of this content, or one that lies somewhere."""
        go(page, "Send a sheet")
        chosen = content if isinstance(content, Path) else file_of(name, content)
        page.get_by_label("File").set_input_files(chosen)
        page.get_by_role("button", name="Send and check").click()


def open_menu(page: Page) -> None:
    """Have the places to go to in view; a phone folds them."""
    menu = page.locator(".fold")
    if menu.is_visible():
        menu.click()


def go(page: Page, name: str) -> None:
    """Go to a place of the navigation."""
    open_menu(page)
    ways = page.get_by_role("navigation", name="Pages")
    ways.get_by_role("link", name=name, exact=True).click()


def file_of(name: str, content: bytes) -> FilePayload:
    """A file to choose."""
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


def email(role: Role) -> str:
    """The address of the person with a role."""
    return f"{role}@rrc.example"


def open_office(home: Path) -> None:
    """Add a society, a programme and a person for each role who can sign in."""
    ledger = open_test_ledger(home, f"sqlite:///{home / 'cva.db'}")
    with transaction(ledger.engine, SYSTEM) as session:
        society = societies.add_society(
            session,
            "RRC",
            "Russian Red Cross",
            country="RU",
            currency="RUB",
            time_zone="Europe/Moscow",
        )
        society_id = society.id
        programmes.add_programme(session, society_id, "CASH", "Cash for families", currency="RUB")
        for role in Role:
            societies.add_member(session, society_id, email(role), role, PASSWORD)
    ledger.engine.dispose()


def is_in_sight(page: Page, found: Locator) -> None:
    """It is seen without a step sideways."""
    found.scroll_into_view_if_needed()
    box, shown = found.bounding_box(), page.viewport_size
    assert box is not None
    assert shown is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= shown["width"]


def is_within_the_page(page: Page) -> None:
    """The page does not scroll sideways."""
    widths = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert widths[0] <= widths[1], page.url
