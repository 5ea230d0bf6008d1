"""Sums of a few hand-outs point to a person as a small number of people does."""

from cva.core.dates import Month
from cva.core.money import Money
from cva.reports.values import Figures, Sum
from cva.reports.withholding import withhold_small


def test_a_sum_of_few_hand_outs_is_withheld() -> None:
    one, many = Sum(Money("USD", 10_000), 1), Sum(Money("RUB", 900_000), 40)
    figures = Figures(
        society="RRC",
        society_name="Russian Red Cross",
        month=Month(2022, 11),
        people=40,
        new_people=40,
        transfers=41,
        vouchers_issued=0,
        amounts=(many, one),
        voucher_values=(),
        exceptions=(one,),
    )
    shown = withhold_small(figures)
    assert shown.amounts == (many,)
    assert shown.exceptions == ()
