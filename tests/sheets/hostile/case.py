"""What a hostile file is called, how it is made and why it must be refused."""

from collections.abc import Callable
from dataclasses import dataclass

from cva.sheets.findings.finding import message
from tests.sheets_made import checked, refusal

Maker = Callable[[], bytes]


@dataclass(frozen=True)
class Case:
    """A file that is refused.

    Attributes:
        code: The code of its refusal.
        reason: Why, as the message tells it.
        named: What the message must name: a part, a cell, a limit.
        filename: Its name.
    """

    make: Maker
    code: str
    reason: str
    named: str
    filename: str


class Cases(dict[str, Case]):
    """Hostile files by what they are."""

    def refused(
        self, code: str, reason: str = "", *, named: str = "", filename: str = "sheet.xlsx"
    ) -> Callable[[Maker], Maker]:
        """Enter the file that the function makes, under the function's name."""

        def enter(make: Maker) -> Maker:
            name = make.__name__.replace("_", " ").strip()
            assert name not in self
            self[name] = Case(make, f"workbook-{code}", reason, named, filename)
            return make

        return enter

    def enter(self, name: str, content: bytes, code: str, reason: str = "", **more: str) -> None:
        """Enter one of many files that are made alike."""
        case = {"named": "", "filename": "sheet.xlsx"} | more
        assert name not in self
        self[name] = Case(lambda: content, f"workbook-{code}", reason, **case)


def is_refused(case: Case) -> None:
    """Check the file as the ledger does and see why it is turned away."""
    found = checked(case.make(), case.filename)
    finding = found.findings[0]
    assert (refusal(found), finding.details.get("reason", "")) == (case.code, case.reason)
    said = message(finding)
    assert "{" not in said
    assert case.named in said
