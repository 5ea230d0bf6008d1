"""The currency in a heading: known, asked about, never taken for the programme's."""

import pytest

from tests.sheets_made import checked, workbook


@pytest.mark.parametrize(
    ("heading", "currency"),
    [
        ("Сумма, тенге", "KZT"),
        ("Amount (tenge)", "KZT"),
        ("Сумма, сум", "UZS"),
        ("Сумма (лари)", "GEL"),
        ("Amount (naira)", "NGN"),
        ("Amount (som)", "KGS"),
        ("Amount (Kenyan shillings)", "KES"),
        ("Amount, received", "KGS"),
        ("Сумма (цифрами)", "KGS"),
        ("Сумма / Amount (EUR)", "EUR"),
        ("Montant / Amount, USD", "USD"),
        ("Amount (shilling)", None),
        ("Сумма, руб.", None),
        ("Montant (francs)", None),
    ],
)
def test_a_currency_in_the_heading_is_not_the_programmes(heading: str, currency: str) -> None:
    heads = ["Registration number", "Full name", "Distribution date", heading]
    found = checked(workbook(heads, ["A-1", "X Y", "2025-03-04", 100]), currency="KGS")
    assert found.rows[0].values.get("currency") == currency
    assert [question.choice for question in found.ask] == ([] if currency else ["currency"])


def test_what_is_wrong_in_any_currency_is_told_before_it_is_known() -> None:
    heads: list[object] = ["Registration number", "Full name", "Distribution date", "Amount"]
    rows: list[list[object]] = [["A-1", "X", "2025-03-04", 100], ["A-2", "Y", "2025-03-04", "many"]]
    found = checked(workbook(heads, *rows, ["A-3", "Z", "2025-03-04", -5]))
    assert [question.choice for question in found.ask] == ["currency"]
    assert [(each.cell, each.code) for each in found.findings] == [
        ("D3", "amount-unreadable"),
        ("D4", "amount-not-positive"),
    ]
