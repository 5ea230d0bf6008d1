"""Payment lists: made of an approved list, only what the provider needs, sent once."""

from collections.abc import Callable
from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from cva.approvals import people_merging
from cva.beneficiaries.models import PersonEventKind
from cva.core.audit import Act, AuditEvent
from cva.core.errors import ConflictError, CvaError, ForbiddenError, InputError, RuleError
from cva.providers import list_dispatch
from cva.providers import service as providers
from cva.providers.list_dispatch import Taken
from cva.providers.models import ListSending, Payment
from cva.providers.views import show_list
from cva.rounds.payment_lists import make_list
from cva.sheets.writing.payment_file import LEFT_BLANK, OF_PAYMENT, OF_PERSON, payment_templates
from tests.intake.test_situations import say
from tests.makers import AtWork, answered, at_once

LIST = """
number | name          | phone         | Account number | Distribution site | day        | amount
R-001  | Anna Orlova   | +79991234501  | 40817          | North             | 2022-11-05 | 5000
R-002  | +Boris Lebed  | +79991234502  | 40818          | South             | 2022-11-05 | 5000
R-003  | Dora Klein    |               |                | North             | 2022-11-05 | 5000
"""


def refused(error: type[CvaError], act: Callable[[], object]) -> str:
    with pytest.raises(error) as caught:
        act()
    return str(caught.value)


@pytest.fixture
def listed(society: AtWork) -> int:
    """A round with an approved list of three people, 5,000.00 for each."""
    round_id = society.plan_round()
    society.list_kept(LIST)
    assert society.list_approved(round_id) == 3
    return round_id


def take(society: AtWork, list_id: int, by: str = "field") -> Taken:
    return society.do(lambda s: list_dispatch.take_file(s, list_id), society.people[by])


def send(society: AtWork, list_id: int, reason: str = "", by: str = "finance") -> int:
    return society.do(lambda s: list_dispatch.send_list(s, list_id, reason), society.people[by])


def test_a_round_of_cash_in_hand_is_paid_by_a_provider_only_where_that_is_said(
    society: AtWork, listed: int
) -> None:
    provider_id = society.add_provider()

    def make(*, instead: bool) -> int:
        return society.do(
            lambda s: make_list(s, provider_id, listed, instead=instead).list_id,
            society.people["field"],
        )

    assert "QP Pay pays it all the same" in refused(InputError, lambda: make(instead=False))
    first = make(instead=True)
    society.do(lambda s: list_dispatch.cancel_list(s, first), society.people["field"])
    assert make(instead=False) > first


def test_a_list_holds_what_its_template_names_and_nothing_else(
    society: AtWork, listed: int
) -> None:
    made = society.payments_made(society.add_provider(), listed)
    assert made.payments == 3
    assert [str(total) for total in made.totals] == ["15000.00 RUB"]
    taken = take(society, made.list_id)
    assert taken.filename == "QP-2022-11-1.xlsx"
    page = load_workbook(BytesIO(taken.content)).worksheets[0]
    head, *rows = page.iter_rows(values_only=True)
    assert head[:6] == ("Our reference", "Full name", "Phone", "Account", "Amount", "Currency")
    references = society.references(made.list_id)
    assert rows[1][:6] == (
        references["R-002"], "+Boris Lebed", "+79991234502", "40818", 5000, "RUB",
    )  # fmt: skip
    assert page["B3"].data_type == "s"
    assert "R-001" not in str(rows)


def test_mobile_money_is_paid_by_phone_and_who_has_none_is_told(
    society: AtWork, listed: int
) -> None:
    made = society.payments_made(society.add_provider(template="mobile_money"), listed)
    references = society.references(made.list_id)
    assert [(each.number, each.fields) for each in made.lacking] == [("R-003", ("phone",))]
    assert take(society, made.list_id).content.decode("utf-8-sig").splitlines() == [
        "Phone,Amount,Our reference",
        f"79991234501,5000.00,{references['R-001']}",
        f"79991234502,5000.00,{references['R-002']}",
    ]


def test_nobody_stands_on_two_lists(society: AtWork, listed: int) -> None:
    first, second = society.add_provider("QP"), society.add_provider("BANK")
    made = society.payments_made(first, listed, site="North")
    assert made.payments == 2
    assert society.payments_made(second, listed).payments == 1
    refused(RuleError, lambda: society.payments_made(second, listed))
    society.do(lambda s: list_dispatch.cancel_list(s, made.list_id), society.people["field"])
    assert society.payments_made(second, listed).payments == 2
    refused(RuleError, lambda: send(society, made.list_id))


def test_of_several_instalments_the_first_that_is_left_is_paid(society: AtWork) -> None:
    round_id = society.plan_round(instalments=2)
    society.list_kept(LIST)
    society.list_approved(round_id)
    provider_id = society.add_provider()
    first = society.payments_made(provider_id, round_id)
    assert sorted(society.references(first.list_id)) == ["R-001", "R-002", "R-003"]
    second = society.payments_made(provider_id, round_id)
    assert sorted(society.references(second.list_id)) == ["R-001/2", "R-002/2", "R-003/2"]


def test_of_two_who_make_a_list_at_once_one_has_the_people(society: AtWork, listed: int) -> None:
    pair = [society.add_provider("QP"), society.add_provider("BANK")]
    results = at_once(*(lambda p=p: society.payments_made(p, listed) for p in pair))
    assert sorted(type(each).__name__ for each in results) == ["Made", "RuleError"]
    assert len(society.all_of(Payment)) == 3


def test_only_an_approved_list_is_paid(society: AtWork) -> None:
    round_id = society.plan_round()
    society.list_kept(LIST)
    refused(RuleError, lambda: society.payments_made(society.add_provider(), round_id))


def test_a_list_is_sent_once_and_again_only_for_a_reason(society: AtWork, listed: int) -> None:
    made = society.payments_made(society.add_provider(), listed)
    first = take(society, made.list_id)
    for name in ("field", "manager", "auditor", "admin", "partner"):
        refused(ForbiddenError, lambda name=name: send(society, made.list_id, by=name))  # type: ignore[misc]
    assert send(society, made.list_id) == 1
    refused(InputError, lambda: send(society, made.list_id))
    assert send(society, made.list_id, "The bank lost the file.") == 2
    assert take(society, made.list_id) == first
    refused(ConflictError, lambda: society.do(lambda s: list_dispatch.cancel_list(s, made.list_id)))
    sendings = society.all_of(ListSending)
    reasons = {each.turn: each.reason for each in sendings}
    assert reasons == {1: "", 2: "The bank lost the file."}


def test_who_takes_a_list_is_written_down_and_no_name_with_it(society: AtWork, listed: int) -> None:
    made = society.payments_made(society.add_provider(), listed)
    take(society, made.list_id)
    for name in ("manager", "auditor", "admin", "partner"):
        refused(ForbiddenError, lambda name=name: take(society, made.list_id, by=name))  # type: ignore[misc]
    trail = [each for each in society.all_of(AuditEvent) if each.act.startswith("payment_list:")]
    assert [each.act for each in trail] == [Act.PAYMENT_LIST_MADE, Act.PAYMENT_LIST_READ]
    assert "Orlova" not in str([each.detail for each in trail])


def test_a_provider_pays_in_a_way_and_by_a_template_that_there_is(society: AtWork) -> None:
    def add(code: str = "X", **said: str) -> None:
        society.do(
            lambda s: providers.add_provider(s, society.society_id, code, "X Pay", **said)  # type: ignore[arg-type]
        )

    refused(InputError, lambda: add(mechanism="cash_in_hand"))
    refused(InputError, lambda: add(template="none"))
    refused(InputError, lambda: add(" "))
    add()
    refused(ConflictError, lambda: add("x"))


def test_every_template_names_columns_that_a_payment_has() -> None:
    assert set(payment_templates()) >= {"general", "mobile_money", "bank"}
    for template in payment_templates().values():
        assert template.fields <= {*OF_PAYMENT, *OF_PERSON, *LEFT_BLANK}
        assert "reference" in template.fields
        assert set(template.required) <= template.fields


def test_a_list_that_would_pay_who_is_gone_or_paid_is_made_anew(
    society: AtWork, listed: int
) -> None:
    provider_id = society.add_provider()
    made = society.payments_made(provider_id, listed)
    say(society, "R-001", PersonEventKind.DECEASED, date(2022, 11, 4), "field")
    say(society, "R-003", PersonEventKind.MOVED, date(2022, 11, 6), "field")
    for act in (take, send):
        told = refused(RuleError, lambda act=act: act(society, made.list_id))  # type: ignore[misc]
        assert "R-001, R-003 died" in told
    society.do(lambda s: list_dispatch.cancel_list(s, made.list_id), society.people["field"])
    anew = society.payments_made(provider_id, listed)
    assert send(society, anew.list_id) == 1
    say(society, "R-002", PersonEventKind.MOVED, date(2022, 11, 4), "field")
    assert take(society, anew.list_id).content


def test_a_list_with_somebody_merged_into_who_was_paid_is_made_anew(
    society: AtWork, listed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    cash = "number | name | day | amount\nR-001 | Anna Orlova | 2022-11-05 | 5000"
    society.approved(cash, round_code="2022-11")
    provider_id = society.add_provider()
    made = society.payments_made(provider_id, listed)
    # Merged at a time when nobody asked what was under way.
    monkeypatch.setattr(people_merging, "refuse_under_way", lambda *_: None)
    society.agreed("merge_people", keep="R-001", drop="R-002")
    for act in (take, send):
        assert "R-001" in refused(RuleError, lambda act=act: act(society, made.list_id))  # type: ignore[misc]
    society.do(lambda s: list_dispatch.cancel_list(s, made.list_id), society.people["field"])
    assert society.payments_made(provider_id, listed).payments == 1


CASH = """
number | name        | day        | amount | currency
R-001  | Anna Orlova | 2022-11-05 | 5000   | RUB
R-002  | Boris Lebed | 2022-11-05 | 5000   | RUB
"""


def test_who_stands_in_a_sheet_that_is_not_decided_is_left_off(
    society: AtWork, listed: int
) -> None:
    provider_id = society.add_provider()
    waiting = society.submitted(CASH, round_code="2022-11")
    one = "\n".join(line for line in CASH.splitlines() if "Boris" not in line)
    checked = society.checked(one.replace("-05 ", "-06 "), round_code="2022-11")
    made = society.payments_made(provider_id, listed)
    assert list(society.references(made.list_id)) == ["R-003"]
    assert made.in_sheets == {waiting: ["R-001", "R-002"]}

    told = refused(RuleError, lambda: society.payments_made(provider_id, listed))
    assert f"until sheet {waiting} is approved or withdrawn" in told
    assert "R-001, R-002" in told
    society.withdraw(waiting)
    assert f"until sheet {checked} is" in refused(
        RuleError, lambda: society.payments_made(provider_id, listed, site="North")
    )
    again = society.payments_made(provider_id, listed)
    assert list(society.references(again.list_id)) == ["R-002"]
    assert again.in_sheets == {checked: ["R-001"]}


def test_who_did_not_receive_or_stands_in_a_decided_sheet_is_not_held_back(
    society: AtWork, listed: int
) -> None:
    society.approved(CASH, round_code="2022-11")
    society.agreed("reverse_row", sheet=2, row=3)
    made = society.payments_made(society.add_provider(), listed)
    assert sorted(society.references(made.list_id)) == ["R-002", "R-003"]
    assert made.in_sheets == {}
    paid_out = "Everybody of this round"
    assert paid_out in refused(RuleError, lambda: society.payments_made(1, listed))


def test_who_was_not_paid_is_due_anew_until_paid_or_being_paid_again(
    society: AtWork, listed: int
) -> None:
    provider_id = society.add_provider()
    sent = society.payments_sent(provider_id, listed)

    def is_due_anew() -> bool:
        return society.see(lambda session: show_list(session, 1)).is_due_anew

    assert not is_due_anew()
    society.approved(answered([sent["R-001"], sent["R-002"]], "failed"))
    assert is_due_anew()
    anew = society.payments_made(provider_id, listed)
    assert not is_due_anew()
    society.do(lambda s: list_dispatch.cancel_list(s, anew.list_id), society.people["field"])
    assert is_due_anew()
    society.approved(CASH, round_code="2022-11")
    assert not is_due_anew()
