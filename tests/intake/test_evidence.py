"""Scans of signed lists: what is taken, and where acceptance waits for one."""

import pytest

from cva.core.errors import ConflictError, ForbiddenError, InputError, RuleError
from cva.intake import evidence
from cva.intake.views import show
from cva.programmes import service as programmes
from cva.staging.models import Evidence
from tests.makers import TWO_PAID, AtWork
from tests.vouchers.shop import Shop

PDF = b"%PDF-1.7\n..."
PNG = b"\x89PNG\r\n\x1a\n..."


def add(society: AtWork, sheet_id: int, content: bytes = PDF, by: str = "field") -> int:
    return society.do(
        lambda s: evidence.add_to_sheet(s, sheet_id, "list/../Анна Орлова.pdf", content),
        society.people[by],
    )


def strict(society: AtWork) -> int:
    return society.do(
        lambda s: (
            programmes.add_programme(
                s, society.society_id, "PROOF", "Proof", currency="RUB", needs_evidence=True
            ).id
            or 0
        )
    )


def test_a_hand_out_is_accepted_with_its_scan(society: AtWork) -> None:
    sheet_id = society.submitted(TWO_PAID, programme_id=strict(society))
    with pytest.raises(RuleError):
        society.approve(sheet_id)
    kept = add(society, sheet_id)
    society.approve(sheet_id)
    name, media_type, content = society.do(
        lambda s: evidence.take(s, kept), society.people["auditor"]
    )
    assert (name, media_type, content) == ("Анна Орлова.pdf", "application/pdf", PDF)


def test_what_vendors_claim_needs_no_signed_list(society: AtWork) -> None:
    shop = Shop(society)
    shop.add_vendor("V1", "Corner Shop")
    society.programme_id = strict(society)
    shop.add_book("P", "P-1", "P-9", face="500")
    given = society.submitted(shop.distribution("P-1"))
    with pytest.raises(RuleError, match="signed list"):
        society.approve(given)
    add(society, given)
    society.approve(given)
    claim = shop.claim(("P-1", "2022-11-07", ""))
    assert society.state(claim) == "approved"
    assert not society.see(lambda s: show(s, claim)).needs_evidence
    assert society.see(lambda s: show(s, given)).needs_evidence


def test_a_scan_of_the_round_serves_all_its_sheets(society: AtWork) -> None:
    programme_id = strict(society)
    round_id = society.plan_round(programme_id=programme_id)
    society.list_kept(TWO_PAID, programme_id=programme_id)
    society.list_approved(round_id)
    sheet_id = society.submitted(TWO_PAID, programme_id=programme_id, round_code="2022-11")
    society.do(lambda s: evidence.add_to_round(s, round_id, "x.png", PNG), society.people["field"])
    society.approve(sheet_id)
    assert society.state(sheet_id) == "approved"


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"<svg/>", b"GIF89a", b" %PDF-1.7"])
def test_nothing_but_pdf_jpeg_and_png_is_taken(society: AtWork, content: bytes) -> None:
    sheet_id = society.submitted(TWO_PAID)
    with pytest.raises(InputError):
        add(society, sheet_id, content)
    assert society.all_of(Evidence) == []


def test_a_scan_that_is_too_large_or_there_already_is_refused(
    society: AtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet_id = society.submitted(TWO_PAID)
    add(society, sheet_id)
    with pytest.raises(ConflictError):
        add(society, sheet_id)
    monkeypatch.setattr(evidence, "LARGEST_BYTES", 5)
    with pytest.raises(InputError):
        add(society, sheet_id, PNG)


def test_who_sees_no_sheets_sees_no_scan(society: AtWork) -> None:
    kept = add(society, society.submitted(TWO_PAID))
    for name in ("manager", "partner", "admin"):
        with pytest.raises(ForbiddenError):
            society.do(lambda s: evidence.take(s, kept), society.people[name])


def test_at_rest_it_is_encrypted(society: AtWork) -> None:
    add(society, society.submitted(TWO_PAID))
    with society.engine.connect() as connection:
        (stored,) = connection.exec_driver_sql("SELECT content FROM evidence").one()
    assert PDF not in bytes(stored)
