"""Taking back what a results sheet posted."""

from collections import Counter
from collections.abc import Mapping

import pytest

from cva.core.errors import ConflictError, RuleError
from cva.journal.accounts import Account
from cva.journal.models import Line
from cva.transfers.models import Transfer
from tests.makers import AtWork
from tests.providers.conftest import LIST
from tests.providers.results import (
    assert_sound,
    balance,
    keys,
    paid,
    result,
    states,
)


@pytest.fixture
def sent(society: AtWork, listed: int) -> Mapping[str, str]:
    return society.payments_sent(society.add_provider(), listed)


def test_a_sheet_of_answers_is_taken_back_whole(society: AtWork, sent: Mapping[str, str]) -> None:
    sheet_id = society.approved(
        result(
            paid(sent["R-001"], "TX-1", fee="25"),
            paid(sent["R-002"], "TX-2", status="failed"),
            paid(sent["R-003"], status="available"),
        )
    )
    society.agreed("reverse_sheet", sheet=sheet_id)
    assert set(states(society).values()) == {"instructed"}
    for account in (Account.CASH_ASSISTANCE, Account.DELIVERY_FEES, Account.PROVIDER_ADVANCES):
        assert balance(society, account) == 0
    assert_sound(society)
    society.approved(result(paid(sent["R-002"], "TX-1", fee="25")))
    assert states(society)["R-002"] == "paid"
    assert_sound(society)


def test_one_row_is_taken_back_and_told_as_it_was(society: AtWork, sent: Mapping[str, str]) -> None:
    sheet_id = society.approved(result(paid(sent["R-001"]), paid(sent["R-002"])))
    society.agreed("reverse_row", sheet=sheet_id, row=3)
    assert states(society)["R-002"] == "instructed"
    assert_sound(society)
    society.approved(result(paid(sent["R-002"], status="failed")))
    assert states(society)["R-002"] == "failed"
    society.agreed("reverse_sheet", sheet=sheet_id)
    assert keys(society) == 0
    assert_sound(society)


def test_a_fee_is_taken_back_from_the_grants_that_carried_it(society: AtWork) -> None:
    """To the unit that was left over of the shares."""
    codes = [society.add_grant(code) for code in ("G-1", "G-2", "G-3")]
    round_id = society.plan_round(grants=list(zip(codes, (3_334, 3_333, 3_333), strict=True)))
    society.list_kept(LIST)
    society.list_approved(round_id)
    ours = society.payments_sent(society.add_provider(), round_id)
    fees = ("0.05", "0.07", "0.10")
    sheet_id = society.approved(
        result(*(paid(ours[f"R-00{n}"], f"TX-{n}", fee=fee) for n, fee in enumerate(fees, 1)))
    )
    society.agreed("reverse_row", sheet=sheet_id, row=3)
    society.agreed("reverse_sheet", sheet=sheet_id)
    left: Counter[tuple[str, int | None]] = Counter()
    for line in society.all_of(Line):
        left[line.account, line.grant_id] += line.amount_minor
    assert set(left.values()) == {0}
    assert_sound(society)


def test_a_failure_is_not_taken_back_once_somebody_is_instructed_anew(
    society: AtWork, listed: int, sent: Mapping[str, str]
) -> None:
    sheet_id = society.approved(result(paid(sent["R-001"], status="failed")))
    asked = society.ask("reverse_row", sheet=sheet_id, row=2)
    society.payments_sent(society.add_provider("BANK"), listed)
    with pytest.raises(ConflictError):
        society.confirm(asked)
    with pytest.raises(ConflictError, match="instructed anew"):
        society.ask("reverse_sheet", sheet=sheet_id)
    assert_sound(society)


def test_a_return_is_taken_back_before_the_payment(
    society: AtWork, sent: Mapping[str, str]
) -> None:
    first = society.approved(result(paid(sent["R-001"])))
    asked = society.ask("reverse_sheet", sheet=first)
    second = society.approved(result(f"{sent['R-001']} | | | 2022-12-01 | | | returned"))
    assert keys(society) == 0
    with pytest.raises(RuleError):
        society.confirm(asked)
    with pytest.raises(RuleError, match="came back since"):
        society.ask("reverse_row", sheet=first, row=2)
    society.agreed("reverse_sheet", sheet=second)
    assert (states(society)["R-001"], keys(society)) == ("paid", 1)
    assert_sound(society)
    society.confirm(asked)
    assert balance(society, Account.PROVIDER_ADVANCES) == 0
    assert_sound(society)


def test_a_return_of_cash_is_taken_back(society: AtWork, listed: int) -> None:
    table = "number | name | day | amount | currency\nR-001 | Anna Orlova | 2022-11-05 | 5000 | RUB"
    handed_out = society.approved(table, round_code="2022-11")
    asked = society.ask("reverse_sheet", sheet=handed_out)
    back = result(" | TX-1 | R-001 | 2022-11-20 | | | returned")
    returned = society.approved(back, round_code="2022-11")
    with pytest.raises(RuleError):
        society.confirm(asked)
    with pytest.raises(RuleError, match="came back since"):
        society.ask("reverse_row", sheet=handed_out, row=2)
    society.agreed("reverse_row", sheet=returned, row=2)
    assert (balance(society, Account.CASH_IN_CUSTODY), keys(society)) == (-500000, 1)
    assert len(society.all_of(Transfer)) == 1
    assert_sound(society)
    assert listed


def test_a_return_is_not_taken_back_once_somebody_is_paid_anew(
    society: AtWork, listed: int
) -> None:
    table = "number | name | day | amount | currency\nR-001 | Anna Orlova | 2022-11-05 | 5000 | RUB"
    society.approved(table, round_code="2022-11")
    back = result(" | TX-1 | R-001 | 2022-11-20 | | | returned")
    returned = society.approved(back, round_code="2022-11")
    society.approved(table.replace("-05", "-25"), round_code="2022-11")
    with pytest.raises(ConflictError, match="paid or instructed anew"):
        society.ask("reverse_sheet", sheet=returned)
    assert listed
