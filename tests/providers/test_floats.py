"""The float of a provider: two people, one slip once, its balance compared to the unit."""

from collections.abc import Callable
from datetime import date

import pytest

from cva.core.errors import ConflictError, CvaError, ForbiddenError, InputError, RuleError
from cva.journal.accounts import Account
from cva.providers import floats, stated_balances
from cva.providers.service import see_provider
from tests.makers import AtWork, answered
from tests.providers.results import assert_sound, balance

SLIP = {"amount": "20000", "currency": "RUB", "day": "2022-11-01", "slip": "SLIP-1"}


def refused(error: type[CvaError], act: Callable[[], object]) -> str:
    with pytest.raises(error) as caught:
        act()
    return str(caught.value)


def test_money_goes_out_comes_back_and_is_charged(society: AtWork, listed: int) -> None:
    provider_id = society.add_provider()
    society.agreed("advance_float", provider=provider_id, **SLIP)
    references = society.payments_sent(provider_id, listed)
    society.approved(answered(list(references.values())))
    society.agreed("return_float", provider=provider_id, **{**SLIP, "amount": "4000"})
    society.agreed("provider_fee", provider=provider_id, **{**SLIP, "amount": "300"})
    (found,) = society.see(lambda s: floats.float_of(s, see_provider(s, provider_id)))
    assert (found.advanced_minor, found.paid_minor, found.fees_minor) == (2000000, -1500000, -1500)
    assert (found.given_back_minor, found.closing_minor) == (-400000, 98500)
    assert balance(society, Account.PAYABLES) == -30000
    assert balance(society, Account.BANK) == -1600000
    assert_sound(society)


def test_a_slip_is_recorded_once(society: AtWork) -> None:
    provider_id = society.add_provider()
    first = society.ask("advance_float", provider=provider_id, **SLIP)
    second = society.ask("advance_float", provider=provider_id, **{**SLIP, "amount": "1"})
    society.confirm(first)
    refused(ConflictError, lambda: society.confirm(second))
    refused(ConflictError, lambda: society.ask("advance_float", provider=provider_id, **SLIP))
    society.agreed("return_float", provider=provider_id, **SLIP)
    assert_sound(society)


def test_it_takes_two_people_and_what_is_needed(society: AtWork) -> None:
    provider_id = society.add_provider()
    for wrong in ({"slip": " "}, {"day": ""}, {"day": "2999-01-01"}, {"amount": "0"}):
        said = SLIP | wrong
        refused(
            InputError,
            lambda said=said: society.ask("advance_float", provider=provider_id, **said),  # type: ignore[misc]
        )
    refused(
        RuleError,
        lambda: society.ask("advance_float", provider=provider_id, **{**SLIP, "amount": "1,5"}),
    )
    asked = society.ask("advance_float", by="finance", provider=provider_id, **SLIP)
    for name in ("finance", "field"):
        refused(ForbiddenError, lambda name=name: society.confirm(asked, by=name))  # type: ignore[misc]


def test_a_stated_balance_is_compared_to_the_unit(society: AtWork) -> None:
    provider_id = society.add_provider()
    society.float_advanced(provider_id, "20000")
    society.float_advanced(provider_id, "0.01", slip="SLIP-2")
    society.balance_stated(provider_id, "2022-10-31", "0")
    society.balance_stated(provider_id, "2022-11-30", "20000")
    after, before = society.see(lambda s: stated_balances.compared(s, see_provider(s, provider_id)))
    assert (before.difference_minor, list(before.candidates)) == (0, [])
    assert after.difference_minor == -1
    assert [each.minor for each in after.candidates] == [1]
    society.balance_stated(provider_id, "2022-12-01", "19999.99")
    society.balance_stated(provider_id, "2022-12-02", "7")
    other, half, *_earlier = society.see(
        lambda s: stated_balances.compared(s, see_provider(s, provider_id))
    )
    assert (half.difference_minor, [each.minor for each in half.candidates]) == (-2, [1])
    assert list(other.candidates) == []
    refused(
        ForbiddenError,
        lambda: society.do(
            lambda s: stated_balances.state_balance(
                s, provider_id, date(2022, 11, 30), "1", "RUB", "x"
            ),
            society.people["field"],
        ),
    )


def test_no_more_is_given_back_than_the_provider_holds(society: AtWork) -> None:
    provider_id = society.add_provider()
    society.float_advanced(provider_id, "20000", slip="SLIP-9")

    def back(amount: str, slip: str) -> int:
        said = SLIP | {"amount": amount, "slip": slip}
        return society.ask("return_float", provider=provider_id, **said)

    told = refused(RuleError, lambda: back("20000.01", "BACK-1"))
    assert "the provider holds 20,000.00\N{NO-BREAK SPACE}RUB" in told
    other = SLIP | {"amount": "1", "currency": "USD"}
    refused(RuleError, lambda: society.ask("return_float", provider=provider_id, **other))
    first, second = back("15000", "BACK-1"), back("5000.01", "BACK-2")
    society.confirm(first)
    assert "holds 5,000.00" in refused(RuleError, lambda: society.confirm(second))
    (found,) = society.see(lambda s: floats.float_of(s, see_provider(s, provider_id)))
    assert found.closing_minor == 500000
    society.agreed("provider_fee", provider=provider_id, **SLIP | {"amount": "30000"})
    assert_sound(society)


def test_a_balance_of_a_day_to_come_is_refused(society: AtWork) -> None:
    provider_id = society.add_provider()
    told = refused(InputError, lambda: society.balance_stated(provider_id, "2999-01-01", "0"))
    assert "lies in the future" in told
    assert society.see(lambda s: stated_balances.compared(s, see_provider(s, provider_id))) == []
