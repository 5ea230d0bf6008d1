"""Result files in as many parts as they come: any order and overlap, on the database itself."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cva.providers.floats import float_of
from cva.providers.service import see_provider
from cva.reports.control_totals import control_totals
from cva.reports.verification import prove
from cva.societies import service as societies
from cva.transfers.models import Transfer
from tests.databases import SqliteTemplate
from tests.makers import AtWork, open_at, society_at_work, workbook

PEOPLE = 6
STATUS = ("paid", "paid", "failed", "paid", "available", "failed")


def society_in(folder: Path, template: SqliteTemplate) -> AtWork:
    return society_at_work(open_at(template.copy_to(folder / "cva.db"), folder))


@pytest.mark.slow
@settings(max_examples=12)
@given(st.lists(st.lists(st.integers(0, PEOPLE - 1), min_size=1, unique=True), max_size=5))
def test_parts_in_any_order_and_overlap_pay_each_once_and_the_float_ties(
    sqlite_template: SqliteTemplate, parts: list[list[int]]
) -> None:
    with TemporaryDirectory() as folder:
        society = society_in(Path(folder), sqlite_template)
        try:
            pay_in_parts(society, parts)
        finally:
            society.engine.dispose()


def pay_in_parts(society: AtWork, parts: list[list[int]]) -> None:
    round_id = society.plan_round()
    heads = ["Registration number", "Full name"]
    rows = [[f"R-{number}", f"Person No{number}"] for number in range(PEOPLE)]
    society.list_kept("\n".join(" | ".join(row) for row in [heads, *rows]))
    society.list_approved(round_id)
    provider_id = society.add_provider()
    references = sorted(society.payments_sent(provider_id, round_id).values())
    society.float_advanced(provider_id, "30000")
    for part in parts:
        sheet_id = society.checked(_part(references, part))
        if "ready" in society.rows(sheet_id).values():
            society.submit(sheet_id)
            assert not society.approve(sheet_id).conflicts
    told = {place for part in parts for place in part}
    paid = [place for place in told if STATUS[place] == "paid"]
    assert len(society.all_of(Transfer)) == len(paid)
    fees = 500 * sum(STATUS[place] != "pending" for place in told)
    (statement,) = society.see(lambda s: float_of(s, see_provider(s, provider_id)))
    assert statement.closing_minor == 3000000 - 500000 * len(paid) - fees
    assert society.see(lambda s: control_totals(s, society.society_id)).tie
    assert society.see(lambda s: prove(s, societies.get_society(s, society.society_id))).is_sound


def _part(references: list[str], places: list[int]) -> bytes:
    heads = ["Our reference", "Transaction ID", "Fee", "Payment status"]
    rows = [[references[place], f"TX-{place}", 5, STATUS[place]] for place in places]
    return workbook([heads, *rows])
