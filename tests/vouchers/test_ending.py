"""Vouchers that end: void, lost, destroyed, replaced; two people, one issue in the figures."""

import pytest

from cva.approvals import service as approvals
from cva.core.dates import Month
from cva.core.errors import ConflictError, CvaError, ForbiddenError, NotFoundError, RuleError
from cva.programmes.models import VoucherExpense
from cva.reports.control_totals import control_totals
from cva.reports.monthly import figures
from cva.vouchers.control_sheet import control
from cva.vouchers.models import VoucherEvent
from cva.vouchers.stop_lists import stop_list
from tests.vouchers.shop import Shop


def test_a_lost_voucher_is_exchanged_and_counts_once(shop: Shop) -> None:
    society = shop.society
    shop.hand_out("A-001")
    society.agreed(
        "replace_voucher",
        number="A-001",
        new_number="A-050",
        witness="Vera Tikhonova",
        on="2022-11-06",
    )

    assert shop.is_in_state("A-001", "replaced")
    assert shop.is_in_state("A-050", "out")
    found = society.see(lambda s: figures(s, society.society_id, Month.parse("2022-11")))
    assert (found.people, found.vouchers_issued) == (1, 1)
    late = shop.checked_claim(("A-001", "2022-11-06", ""))
    assert society.findings(late) == [(2, "voucher-void")]
    shop.claim(("A-050", "2022-11-07", ""))
    totals = society.see(lambda s: control_totals(s, society.society_id))
    assert totals.tie


@pytest.mark.parametrize("expense", VoucherExpense)
def test_a_voucher_reported_lost_is_exchanged_later(shop: Shop, expense: VoucherExpense) -> None:
    society = shop.society
    society.programme_id = society.add_programme("V-22", voucher_expense=expense)
    shop.add_book("L", "L-001", "L-009", face="500")
    shop.hand_out("L-001")
    before = shop.balances()
    society.agreed("lose_vouchers", first="l-001", on="2022-11-06")
    society.agreed(
        "replace_voucher", number="L-001", new_number="L-005", witness="Vera", on="2022-11-07"
    )

    assert shop.balances() == before
    assert (shop.is_in_state("L-001", "replaced"), shop.is_in_state("L-005", "out")) == (True, True)
    found = society.see(lambda s: figures(s, society.society_id, Month.parse("2022-11")))
    assert (found.people, found.vouchers_issued) == (1, 1)
    (given,) = [
        each.handed_out
        for each in society.see(lambda s: control(s, society.society_id)).lines
        if each.book and each.book.code == "L"
    ]
    parts = {name: count.pieces for name, count in given.parts.items() if count.pieces}
    assert parts == {"replaced": 1, "outstanding": 1}
    late = shop.checked_claim(("L-001", "2022-11-06", ""))
    assert society.findings(late) == [(2, "voucher-void")]
    stops = society.see(lambda s: stop_list(s, society.society_id))
    assert [(each.number, each.kind) for each in stops] == [("L-001", "replaced")]
    shop.claim(("L-005", "2022-11-08", ""))
    with pytest.raises(CvaError, match='"L-001" is replaced already'):
        society.ask("replace_voucher", number="l-001", new_number="L-006", witness="Vera")
    shop.assert_sound()


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"witness": ""}, "witness"),
        ({"number": "A-002"}, "not handed out"),
        ({"number": "Z-1"}, "no voucher"),
        ({"new_number": "A-001"}, "handed out, void or lost already"),
        ({"new_number": "Z-9"}, "no book of this programme"),
        ({"new_number": "B-1"}, "another face value"),
        ({"on": "2999-01-01"}, "future"),
    ],
)
def test_what_cannot_be_exchanged_is_told(shop: Shop, said: dict[str, str], told: str) -> None:
    shop.add_book("B", "B-1", "B-9", face="100")
    shop.hand_out("A-001")
    right = {"number": "A-001", "new_number": "A-050", "witness": "Vera", "on": "2022-11-06"}
    with pytest.raises(CvaError, match=told):
        shop.society.ask("replace_voucher", **(right | said))


def test_a_run_of_numbers_is_void_at_once(shop: Shop) -> None:
    shop.hand_out("A-002")
    shop.society.agreed("void_vouchers", first="A-001", last="A-010", on="2022-11-06")
    assert len(shop.society.all_of(VoucherEvent)) == 10
    assert shop.is_in_state("A-010", "void")
    with pytest.raises(CvaError, match="void already"):
        shop.society.ask("lose_vouchers", first="A-010")
    shop.assert_sound()


def test_destroyed_is_what_nobody_was_given_before_witnesses(shop: Shop) -> None:
    society = shop.society
    shop.hand_out("A-002")
    with pytest.raises(CvaError, match="witnesses"):
        society.ask("destroy_vouchers", first="A-003")
    with pytest.raises(CvaError, match="is handed out"):
        society.ask("destroy_vouchers", first="A-001", last="A-005", witnesses="Two people")
    society.agreed("destroy_vouchers", first="A-090", last="A-100", witnesses="Two people")
    assert shop.is_in_state("A-095", "destroyed")
    shop.assert_sound()


def test_what_changed_between_asking_and_confirming_is_seen(shop: Shop) -> None:
    society = shop.society
    shop.hand_out("A-001")
    asked = society.ask("void_vouchers", first="A-001", on="2022-11-06")
    shop.claim(("A-001", "2022-11-07", ""))
    with pytest.raises(CvaError, match="redeemed already"):
        society.confirm(asked)


def test_it_takes_a_second_person_with_the_right(shop: Shop) -> None:
    society = shop.society
    asked = society.ask("void_vouchers", first="A-001")
    for name, refusal in (("field", ForbiddenError), ("manager", NotFoundError)):
        with pytest.raises(refusal):
            society.confirm(asked, by=name)
    with pytest.raises(ConflictError):
        society.ask("void_vouchers", first="A-001")
    with pytest.raises(ForbiddenError):
        society.ask("void_vouchers", first="A-002", by="manager")


def test_each_request_tells_the_second_person_what_would_be_done(shop: Shop) -> None:
    society = shop.society
    shop.hand_out("A-001", "A-002")
    shop.claim(("A-002", "2022-11-07", ""))
    ids = [
        society.ask("void_vouchers", first="A-010", last="A-012"),
        society.ask("lose_vouchers", first="A-013"),
        society.ask("destroy_vouchers", first="A-014", witnesses="Two people"),
        society.ask(
            "replace_voucher", number="A-001", new_number="A-020", witness="W", on="2022-11-06"
        ),
        society.ask("false_redemption", number="A-002"),
        society.ask(
            "settle_vendor", by="finance", vendor="V1", programme="CASH", amount="1", invoice="7"
        ),
    ]
    told = [
        society.see(lambda s, each=each: approvals.show(s, each).summary, society.people["finance"])  # type: ignore[misc]
        for each in ids
    ]
    assert told == [
        "Make void: A-010 to A-012.",
        "Report lost: A-013.",
        "Record as destroyed before witnesses: A-014.",
        (
            "Replace voucher A-001 by A-020 on 6 Nov 2022, before a witness. "
            "The old one was good until 31 Dec 2022."
        ),
        "Record that the redemption of voucher A-002 was false.",
        "Pay vendor V1 1.00\N{NO-BREAK SPACE}RUB against invoice 7.",
    ]


def test_a_voucher_waits_to_be_replaced_once(shop: Shop) -> None:
    shop.add_book("E", "E-01", "E-09", face="500", expires="2022-12-31")
    shop.hand_out("E-01")
    said = {"witness": "Vera", "on": "2022-11-07"}
    asked = shop.society.ask("replace_voucher", number="E-01", new_number="E-02", **said)
    with pytest.raises(ConflictError, match="asked for already"):
        shop.society.ask("replace_voucher", number="e-01", new_number="E-03", **said)
    shown = shop.society.see(lambda s: approvals.show(s, asked), shop.society.people["finance"])
    assert shown.summary.endswith(
        "on 7 Nov 2022, before a witness. The old one was good until 31 Dec 2022."
    )
    voided = shop.society.ask("void_vouchers", first="E-01", on="2022-11-07")
    shop.society.confirm(asked)
    with pytest.raises(RuleError, match="is replaced already"):
        shop.society.confirm(voided)
    with pytest.raises(RuleError, match="is replaced already"):
        shop.society.ask("replace_voucher", number="E-01", new_number="E-03", **said)
