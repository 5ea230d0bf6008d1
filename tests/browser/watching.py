"""What a browser complains of while a test uses it."""

from playwright.sync_api import ConsoleMessage, Error, Page, Response

_FAULT = 500
_LOADING = "Failed to load resource"


class Complaints:
    """Errors on the console (violations of the CSP are), of scripts and of the server."""

    def __init__(self) -> None:
        self._found: list[str] = []
        self._expected: list[str] = []

    def add(self, complaint: str) -> None:
        self._found.append(complaint)

    def expect(self, part: str) -> None:
        """A complaint with this in it is what the test is about."""
        self._expected.append(part)

    def left(self) -> list[str]:
        """What nobody expected."""
        return [one for one in self._found if not any(part in one for part in self._expected)]


def watch(page: Page, complaints: Complaints) -> None:
    """Collect what this page complains of, from now on.

    A page answered with 4xx is no fault by itself (a form sent back to its user is one), though
    the browser logs it; a script, style or picture that is refused or not there is.
    """

    def on_console(message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(_LOADING):
            complaints.add(f"console: {message.text}")

    def on_error(error: Error) -> None:
        complaints.add(f"script: {error}")

    def on_response(response: Response) -> None:
        is_page = response.request.resource_type == "document"
        if response.status >= (_FAULT if is_page else 400):
            complaints.add(f"server: {response.status} for {response.url}")

    page.on("console", on_console)
    page.on("pageerror", on_error)
    page.on("response", on_response)
