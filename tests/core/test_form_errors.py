import pytest

from cva.core.errors import InputError
from cva.core.form_errors import FormErrors
from cva.core.money import Money


def test_an_amount_and_its_currency_are_each_told_at_their_own_field() -> None:
    faults = FormErrors()
    assert faults.money("x", "!!").minor == 0
    with pytest.raises(InputError) as refused:
        faults.refuse()
    assert set(refused.value.fields) == {"amount", "currency"}


@pytest.mark.parametrize(("amount", "minor"), [("150.5", 15_050), ("0", 0)])
def test_an_amount_is_read_in_its_currency(amount: str, minor: int) -> None:
    faults = FormErrors()
    assert faults.money(amount, " rub ") == Money("RUB", minor)
    faults.refuse()
