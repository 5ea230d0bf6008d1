"""Amounts whose decimals stand behind a dash, an equals sign or the Arabic mark."""

import pytest

from tests.sheets_made import checked, errors, states, workbook

HEADS = ["Registration number", "Full name", "Distribution date", "Amount (RUB)"]


def sheet_of(*amounts: object, heading: str = HEADS[3]) -> bytes:
    rows = [[f"A-{at}", f"Example {at}", "2025-03-04", one] for at, one in enumerate(amounts, 1)]
    return workbook([*HEADS[:3], heading], *rows)


@pytest.mark.parametrize(
    ("text", "minor"),
    [("5000-00", 500_000), ("7500=50", 750_050), ("7 500=00", 750_000), ("5000 – 00", 500_000)],
)
def test_roubles_and_kopecks_are_read(text: str, minor: int) -> None:
    found = checked(sheet_of(text))
    assert (found.ask, [row.values["amount_minor"] for row in found.rows]) == ([], [minor])


@pytest.mark.parametrize("text", ["1200-50", "10-20", "2026-05", "5000-0"])
def test_what_may_be_a_range_or_a_month_is_no_amount(text: str) -> None:
    assert errors(checked(sheet_of(text))) == [("D2", "amount-unreadable")]


def test_three_decimals_behind_the_arabic_mark_are_asked_about() -> None:
    content = sheet_of("١٢٫٥٠٠", "٢٠٫٠٠٠", heading="Amount (SDG)")
    found = checked(content)
    assert ([ask.choice for ask in found.ask], states(found)) == (["decimal_mark"], "oo")
    read = checked(content, settled={"decimal_mark": "point"})
    assert [row.values["amount_minor"] for row in read.rows] == [1_250_000, 2_000_000]
    assert checked(sheet_of("١٢٫٥٠")).ask == []
    assert checked(sheet_of("١٢٫٥٠٠", heading="Amount (KWD)")).ask == []


@pytest.mark.parametrize(
    ("heading", "currency"),
    [
        ("Amount (Tshs)", "TZS"), ("Amount NRs.", "NPR"), ("Amount (L.L.)", "LBP"),
        ("Amount (NLe)", "SLE"), ("Сумма (дин.)", "RSD"), ("Kiasi / Amount (Tshs)", "TZS"),
    ],
)  # fmt: skip
def test_currencies_by_their_names_at_home_are_known(heading: str, currency: str) -> None:
    found = checked(sheet_of(100, heading=heading))
    assert (found.ask, [row.values["currency"] for row in found.rows]) == ([], [currency])
