"""The sender's own workbook, given back with every bad cell filled and explained."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from types import MappingProxyType

from cva.core.i18n import direction
from cva.core.i18n import gettext as _
from cva.sheets.annotation.annotation_request import LENGTH_BYTES, AnnotationLine, AnnotationRequest
from cva.sheets.files.limits import Limits
from cva.sheets.files.sandbox import ask_child, prepared
from cva.sheets.findings.finding import LONGEST_VALUE_SHOWN, Finding, message
from cva.sheets.labels import severity_name
from cva.sheets.vocabulary.encodings import in_unicode

#: As many signs as Excel allows in the name of a tab.
_LONGEST_TAB = 31


def mark_file(
    content: bytes,
    filename: str,
    sha256: str,
    findings: Sequence[Finding],
    amended: Mapping[str, Mapping[str, str]],
    limits: Limits,
    beside: Mapping[str, Mapping[int, str]] = MappingProxyType({}),
) -> bytes:
    """An .xlsx with the findings in it, in the language of the moment (``reading_in``).

    What the sender's .xlsx holds stays as it is: formulas and their values, pictures, widths,
    other sheets. Other formats, and a rare .xlsx that cannot be added to, are written again from
    their values.

    Args:
        content: The file as it was sent.
        filename: Its name; the ending says its format.
        sha256: Its digest, by which the workbook is known when it comes back.
        findings: What is wrong in it.
        amended: By sheet, the texts of cells that were corrected since.
        limits: How long it may take.
        beside: By sheet and row, the texts of one more column, which begins with its heading.

    Raises:
        RefusedError: It took too long or too much memory.
    """
    content, form, _notes = prepared(content, filename, limits, in_unicode)
    request = AnnotationRequest(
        sha256=sha256,
        form=form,
        limits=limits,
        amended={sheet: dict(cells) for sheet, cells in amended.items()},
        beside={
            sheet: {str(row): text for row, text in texts.items()}
            for sheet, texts in beside.items()
        },
        name=_("Findings")[:_LONGEST_TAB],
        preamble=[
            _("What to mend in {file}").format(file=filename),
            _("Mend the marked cells in this workbook, save it and send it again."),
            _("Leave this page as it is: it is not read."),
        ],
        headings=[_("How grave"), _("Cell"), _("Column"), _("Value"), _("What to do")],
        lines=[_line(finding) for finding in findings],
        is_right_to_left=direction() == "rtl",
    )
    order = json.dumps(asdict(request)).encode()
    sent = len(order).to_bytes(LENGTH_BYTES, "big") + order + content
    return ask_child("cva.sheets.annotation.worker", sent, limits)


def _line(finding: Finding) -> AnnotationLine:
    bare = replace(finding, sheet=None, cell=None)
    return AnnotationLine(
        severity=finding.severity,
        word=severity_name(finding.severity),
        sheet=finding.sheet or "",
        cell=finding.cell or "",
        heading=" ".join((finding.heading or "").split()),
        value=finding.value[:LONGEST_VALUE_SHOWN],
        text=message(bare),
    )
