"""Whether a template came back where it was made for."""

from collections.abc import Iterator, Mapping

from cva.sheets.findings.finding import Finding, severity_of

CODE = "template-elsewhere"


def made_elsewhere(
    marks: Mapping[str, str], sheet_name: str | None, sent_for: tuple[str, str, str]
) -> Iterator[Finding]:
    """A warning where a template was made for another society, programme or round.

    Args:
        marks: What the workbook says of itself.
        sheet_name: The sheet that was read.
        sent_for: The codes of society, programme and round; the last blank where none is named.
    """
    if not marks.get("template"):
        return
    made_for = tuple(marks.get(name, "") for name in ("society", "programme", "round"))
    pairs = zip(made_for, sent_for, strict=True)
    if any(made and made.casefold() != sent.casefold() for made, sent in pairs):
        details = {"made_for": _told(made_for), "sent_for": _told(sent_for)}
        yield Finding(severity_of(CODE), CODE, sheet_name, details=details)


def _told(codes: tuple[str, ...]) -> str:
    return " / ".join(code for code in codes if code)
