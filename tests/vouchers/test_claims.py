"""A vendor's claim: checked number by number, posted once, taken back by two people."""

import pytest

from cva.core.errors import InputError, RuleError
from cva.core.i18n import gettext
from cva.intake import sheet_submission
from cva.intake.approval import Approval
from cva.programmes.models import VoucherExpense
from cva.sheets.findings.finding import finding_of, message
from cva.vouchers.models import VoucherEvent
from tests.makers import AtWork
from tests.vouchers.shop import Shop


def test_a_claim_is_posted_and_the_vendor_is_owed(shop: Shop) -> None:
    shop.hand_out("A-001", "A-002", "A-003")
    sheet_id = shop.claim(("A-001", "2022-11-07", ""), ("A-002", "2022-11-08", "120.50"))
    assert shop.society.findings(sheet_id) == []
    assert shop.balances() == {"5010": 62050, "2300": -62050}
    one, two = shop.state("A-001"), shop.state("A-002")
    assert one
    assert two
    assert (one.state, one.redeemed_minor) == ("redeemed", 50000)
    assert (two.state, two.redeemed_minor) == ("out", 12050)
    assert {event.nth for event in shop.society.all_of(VoucherEvent)} == {1}
    shop.assert_sound()


def test_a_row_without_an_amount_stands_with_what_will_be_posted(shop: Shop) -> None:
    shop.hand_out("A-001", "A-002")
    shop.claim(("A-002", "2022-11-06", "400"))
    rows = (("A-001", "2022-11-07", ""), ("A-002", "2022-11-08", ""))
    sheet_id = shop.society.submitted(shop.claim_sheet(*rows), settled={"vendor": "V1"})
    assert shop.society.sheet(sheet_id).submitted_totals == [["RUB", 60000, 2]]
    shop.society.approve(sheet_id)
    assert shop.balances() == {"5010": 100000, "2300": -100000}
    shop.assert_sound()


def test_the_rest_of_a_value_voucher_is_redeemed_later(shop: Shop) -> None:
    shop.hand_out("A-001")
    shop.claim(("A-001", "2022-11-07", "200"))
    shop.claim(("A-001", "2022-11-09", "300"), vendor="V2")
    assert shop.balances() == {"5010": 50000, "2300": -50000}
    third = shop.checked_claim(("A-001", "2022-11-10", "1"))
    assert shop.society.findings(third) == [(2, "voucher-already-redeemed")]
    said = message(finding_of(shop.society.told(third, "voucher-already-redeemed")))
    assert "2022-11-09 already" in said
    assert "2022-11-05 handed out 500.00 RUB (sheet 1, row 2)" in said
    assert "2022-11-07 redeemed 200.00 RUB (sheet 2, row 2)" in said
    shop.assert_sound()


def test_a_value_voucher_is_spent_in_parts_within_one_claim(shop: Shop) -> None:
    shop.hand_out("A-001", "A-002")
    sheet_id = shop.claim(
        ("A-001", "2022-11-07", "200"),
        ("A-001", "2022-11-08", "250"),
        ("A-001", "2022-11-09", "50.01"),
        ("A-002", "2022-11-07", "100"),
        ("A-002", "2022-11-07", "400"),
    )
    assert shop.society.findings(sheet_id) == [(4, "voucher-value-over")]
    told = message(finding_of(shop.society.told(sheet_id, "voucher-value-over")))
    assert gettext("50.00 RUB") in told
    one, two = shop.state("A-001"), shop.state("A-002")
    assert one
    assert two
    assert (one.state, one.redeemed_minor, one.redeemed) == ("out", 45000, 2)
    assert (two.state, two.redeemed_minor, two.redeemed) == ("redeemed", 50000, 2)
    assert shop.balances() == {"5010": 95000, "2300": -95000}
    shop.assert_sound()


def test_the_same_part_is_paid_once(shop: Shop) -> None:
    shop.hand_out("A-001")
    twice = shop.checked_claim(
        ("A-001", "2022-11-07", "100"),
        ("A-001", "2022-11-07", "100"),
        ("A-001", "2022-11-08", ""),
    )
    assert shop.society.findings(twice) == [(3, "duplicate-voucher"), (4, "duplicate-voucher")]
    shop.claim(("A-001", "2022-11-07", "100"))
    again = shop.checked_claim(("A-001", "2022-11-07", "100"), ("A-001", "2022-11-08", "100"))
    assert shop.society.findings(again)[0] == (2, "voucher-already-redeemed")
    elsewhere = shop.checked_claim(
        ("A-001", "2022-11-07", "100"), ("A-001", "2022-11-09", "100"), vendor="V2"
    )
    assert shop.society.findings(elsewhere) == []
    assert "row 2" in message(finding_of(shop.society.told(elsewhere, "voucher-in-parts")))


def test_goods_are_claimed_once_whatever_the_days(shop: Shop) -> None:
    shop.society.programme_id = shop.society.add_programme("GOODS")
    shop.society.approved(
        "number | name | day | voucher | type\nR-1 | Anna Orlova | 2022-11-05 | G-1 | clothes"
    )
    sheet_id = shop.checked_claim(("G-1", "2022-11-07", "30"), ("G-1", "2022-11-08", "40"))
    assert (3, "duplicate-voucher") in shop.society.findings(sheet_id)
    assert "row 2" in message(finding_of(shop.society.told(sheet_id, "duplicate-voucher")))


def test_a_mended_claim_takes_each_part_as_it_was_posted(shop: Shop) -> None:
    society = shop.society
    shop.hand_out("A-001")
    first = shop.claim(("A-001", "2022-11-07", "100"), ("A-001", "2022-11-07", "600"))
    mended = society.checked(
        shop.claim_sheet(("A-001", "2022-11-07", "100"), ("A-001", "2022-11-07", "60")),
        settled={"vendor": "V1"},
        replaces_id=first,
    )
    society.submit(mended)
    assert society.approve(mended).posted_rows == 1
    assert shop.balances() == {"5010": 16000, "2300": -16000}
    shop.assert_sound()


def test_each_number_is_told_what_stands_against_it(shop: Shop) -> None:
    society = shop.society
    shop.add_book("B", "B-01", "B-10", face="500", vendor="V2")
    other = society.add_programme("OTHER")
    shop.hand_out("A-001", "A-002", "A-003", "A-004", "A-005", "A-006", "B-01")
    society.approved(shop.distribution("Z-1"), programme_id=other)
    society.agreed("void_vouchers", first="A-001", on="2022-11-06")
    society.agreed("lose_vouchers", first="A-002", on="2022-11-06")
    shop.claim(("A-003", "2022-11-07", ""))
    sheet_id = shop.checked_claim(
        ("A-001", "2022-11-08", ""),
        ("A-002", "2022-11-08", ""),
        ("A-003", "2022-11-08", ""),
        ("A-004", "2023-01-01", ""),
        ("A-005", "2022-11-08", "500.01"),
        ("A-006", "2022-11-04", ""),
        ("B-01", "2022-11-08", ""),
        ("Z-1", "2022-11-08", ""),
        ("A-050", "2022-11-08", ""),
        ("Q-1", "2022-11-08", ""),
    )
    assert [code for _row, code in society.findings(sheet_id)] == [
        "voucher-void",
        "voucher-lost",
        "voucher-already-redeemed",
        "voucher-expired",
        "voucher-value-over",
        "voucher-redeemed-early",
        "voucher-other-vendor",
        "voucher-other-programme",
        "voucher-not-issued",
        "unknown-voucher",
    ]
    assert "made void" in message(finding_of(society.told(sheet_id, "voucher-void")))
    assert gettext("500.00 RUB") in message(
        finding_of(society.told(sheet_id, "voucher-value-over"))
    )


def test_the_last_day_is_good_even_if_it_is_claimed_later(shop: Shop) -> None:
    shop.hand_out("A-001")
    shop.claim(("A-001", "2022-12-31", ""))
    assert shop.balances()["2300"] == -50000


def test_the_vendor_is_asked_for_where_the_sheet_does_not_say(shop: Shop) -> None:
    society = shop.society
    shop.hand_out("A-001")
    sheet_id = society.checked(shop.claim_sheet(("A-001", "2022-11-07", "")))
    assert [ask["choice"] for ask in society.sheet(sheet_id).asks] == ["vendor"]
    assert society.sheet(sheet_id).asks[0]["options"] == ["V1", "V2"]
    assert society.findings(sheet_id) == []
    run = society.do(
        lambda s: sheet_submission.answer(s, sheet_id, {"vendor": "V2"}), society.people["field"]
    )
    society.check(run)
    society.submit(sheet_id)
    assert society.approve(sheet_id) == Approval(posted_rows=1)
    assert society.all_of(VoucherEvent)[0].vendor_id == 2


def test_the_column_names_the_vendor_by_code_or_name(shop: Shop) -> None:
    society = shop.society
    shop.hand_out("A-001", "A-002", "A-003")
    sheet_id = society.checked(
        """
        voucher | redeemed   | vendor
        A-001   | 2022-11-07 | v1
        A-002   | 2022-11-07 | market hall
        A-003   | 2022-11-07 | Nobody's
        """
    )
    assert society.findings(sheet_id) == [(4, "vendor-unknown")]
    assert society.told(sheet_id, "vendor-unknown")["value"] == "Nobody's"


def test_a_vendor_that_is_not_there_is_refused_at_once(shop: Shop) -> None:
    with pytest.raises(InputError, match="Register the vendor first"):
        shop.checked_claim(("A-001", "2022-11-07", ""), vendor="V9")


def test_of_two_claims_for_one_number_the_second_is_not_posted(shop: Shop) -> None:
    society = shop.society
    shop.hand_out("A-001")
    first = shop.checked_claim(("A-001", "2022-11-07", ""))
    second = shop.checked_claim(("A-001", "2022-11-08", ""), vendor="V2")
    society.submit(first)
    society.submit(second)
    assert society.approve(first).posted_rows == 1
    assert society.approve(second).conflicts == 1
    assert shop.balances() == {"5010": 50000, "2300": -50000}


def test_a_mended_claim_offers_only_what_is_new(shop: Shop) -> None:
    society = shop.society
    shop.hand_out("A-001", "A-002")
    first = shop.claim(("A-001", "2022-11-07", ""), ("A-0002", "2022-11-07", ""))
    rows = shop.claim_sheet(("A-001", "2022-11-07", ""), ("A-002", "2022-11-07", ""))
    again = society.checked(rows, settled={"vendor": "V1"}, replaces_id=first)
    assert society.rows(again) == {2: "posted", 3: "ready"}


def test_a_claim_is_reversed_whole_or_by_row(shop: Shop) -> None:
    society = shop.society
    shop.hand_out("A-001", "A-002")
    sheet_id = shop.claim(("A-001", "2022-11-07", ""), ("A-002", "2022-11-08", ""))
    society.agreed("reverse_row", sheet=sheet_id, row=2)
    assert shop.balances() == {"5010": 50000, "2300": -50000}
    assert shop.is_in_state("A-001", "out")
    society.agreed("reverse_sheet", sheet=sheet_id)
    assert shop.balances() == {}
    shop.claim(("A-001", "2022-11-07", ""))
    shop.assert_sound()


def test_vouchers_outstanding_are_owed_to_the_vendor(shop: Shop) -> None:
    society = shop.society
    programme_id = society.add_programme("HAND", voucher_expense=VoucherExpense.HAND_OVER)
    society.programme_id = programme_id
    shop.add_book("H", "H-1", "H-20", face="100")
    shop.hand_out("H-1", "H-2", "H-3", amount="100")
    assert shop.balances() == {"5010": 30000, "2200": -30000}
    shop.claim(("H-1", "2022-11-07", "40"))
    assert shop.balances() == {"5010": 30000, "2200": -26000, "2300": -4000}
    society.agreed("void_vouchers", first="H-1", on="2022-11-08")
    society.agreed("lose_vouchers", first="H-2", on="2022-11-08")
    assert shop.balances() == {"5010": 14000, "2200": -10000, "2300": -4000}
    shop.assert_sound()


def test_vouchers_bought_ahead_are_redeemed_without_lines(shop: Shop) -> None:
    society = shop.society
    society.programme_id = society.add_programme(
        "AHEAD", voucher_expense=VoucherExpense.BOUGHT_AHEAD
    )
    shop.hand_out("K-1")
    shop.claim(("K-1", "2022-11-07", ""))
    assert shop.balances() == {"5010": 50000, "1300": -50000}
    shop.assert_sound()


def test_a_voucher_for_goods_is_redeemed_once(shop: Shop) -> None:
    society = shop.society
    society.programme_id = society.add_programme("GOODS")
    society.approved(
        "number | name | day | voucher | type\nR-1 | Anna Orlova | 2022-11-05 | G-1 | clothes"
    )
    shop.claim(("G-1", "2022-11-07", "750"))
    assert shop.balances() == {"5010": 75000, "2300": -75000}
    again = shop.checked_claim(("G-1", "2022-11-08", "750"))
    assert society.findings(again) == [(2, "voucher-already-redeemed")]
    shop.assert_sound()


def test_a_paid_claim_is_not_reversed_but_found_false(shop: Shop) -> None:
    society: AtWork = shop.society
    shop.hand_out("A-001", "A-002")
    sheet_id = shop.claim(("A-001", "2022-11-07", ""), ("A-002", "2022-11-07", ""))
    society.agreed(
        "settle_vendor",
        by="finance",
        second="manager",
        vendor="V1",
        programme="CASH",
        amount="700",
        invoice="INV-1",
    )
    assert shop.balances() == {"5010": 100000, "2300": -30000, "1000": -70000}
    with pytest.raises(RuleError, match="was paid for this"):
        society.ask("reverse_sheet", sheet=sheet_id)
    society.agreed("false_redemption", number="A-001")
    assert shop.balances() == {"5010": 50000, "1200": 20000, "1000": -70000}
    assert shop.is_in_state("A-001", "out")
    shop.assert_sound()


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"amount": "500.01"}, "owed 500.00\N{NO-BREAK SPACE}RUB"),
        ({"vendor": "V2"}, "owed 0.00\N{NO-BREAK SPACE}RUB"),
        ({"invoice": ""}, "number of the invoice"),
        ({"amount": "0"}, "above zero"),
        ({"vendor": "V9"}, "Register the vendor first"),
    ],
)
def test_a_vendor_is_paid_what_is_owed_and_no_more(
    shop: Shop, said: dict[str, str], told: str
) -> None:
    shop.hand_out("A-001")
    shop.claim(("A-001", "2022-11-07", ""))
    right = {"vendor": "V1", "programme": "CASH", "amount": "500", "invoice": "INV-1"}
    with pytest.raises((RuleError, InputError), match=told):
        shop.society.ask("settle_vendor", by="finance", **(right | said))


def test_an_invoice_is_paid_once(shop: Shop) -> None:
    shop.hand_out("A-001")
    shop.claim(("A-001", "2022-11-07", ""))
    right = {"vendor": "V1", "programme": "CASH", "amount": "100", "invoice": "INV-1"}
    shop.society.agreed("settle_vendor", by="finance", second="manager", **right)
    with pytest.raises(RuleError, match="paid already"):
        shop.society.ask("settle_vendor", by="finance", **(right | {"invoice": "inv-1"}))
    shop.assert_sound()


def test_of_two_parts_in_one_claim_the_false_one_is_named_by_its_row(shop: Shop) -> None:
    shop.hand_out("A-001")
    sheet_id = shop.claim(("A-001", "2022-11-07", "100"), ("A-001", "2022-11-08", "150"))
    with pytest.raises(RuleError, match="Name sheet and row"):
        shop.society.agreed("false_redemption", number="A-001", claim=str(sheet_id))
    shop.society.agreed("false_redemption", number="A-001", claim=f"{sheet_id}:3")
    state = shop.state("A-001")
    assert state
    assert (state.redeemed_minor, state.redeemed) == (10000, 1)
    shop.assert_sound()
