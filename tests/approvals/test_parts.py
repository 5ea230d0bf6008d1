"""What a request says it would do to each person, before the second person confirms it."""

from cva.approvals import service as approvals
from cva.approvals.labels import line_text
from cva.approvals.schemas import RequestSchema
from cva.approvals.service import ALL_PARTS, FEW_PARTS, Shown
from cva.core.i18n import reading_in
from cva.core.maker_checker import ApprovalLine
from cva.core.money import Money
from cva.entitlements.change_effects import changes_of
from cva.entitlements.service import requests_of
from cva.rounds.views import show_round
from tests.makers import TWO_PAID, AtWork, many_paid

LIST = "number | name\nA-004 | Anna Orlova\nA-007 | Boris Lebed\nA-011 | Dora Klein"
CHANGES = "A-004/2 = 6000\nA-007/3 = 5\nA-011 = off\nA-012/1 = 1500"


def round_of(society: AtWork) -> int:
    round_id = society.plan_round(instalments=2)
    society.list_kept(LIST)
    society.list_approved(round_id)
    society.approved("number | name | day | amount\nA-012 | Egor Klein | 2022-10-05 | 100")
    return round_id


def shown(society: AtWork, request_id: int, by: str) -> Shown:
    return society.see(lambda s: approvals.show(s, request_id, ALL_PARTS), society.people[by])


def rub(minor: int) -> Money:
    return Money("RUB", minor)


def test_a_change_of_the_list_says_what_each_is_given_now_and_would_be(society: AtWork) -> None:
    round_id = round_of(society)
    asked = society.ask("amend_list", round=round_id, name="x", changes=CHANGES)
    told = shown(society, asked, "manager")
    expected = [
        ApprovalLine("A-004", 2, rub(500000), rub(600000)),
        ApprovalLine("A-007", 3, None, rub(500)),
        ApprovalLine("A-011", 1, rub(500000), None),
        ApprovalLine("A-011", 2, rub(500000), None),
        ApprovalLine("A-012", 1, None, rub(150000), is_listed=False),
    ]
    assert (list(told.parts.shown), told.parts.round_id) == (expected, round_id)
    lines = [line_text(part) for part in told.parts.shown]
    assert lines[0] == "A-004/2  5000.00 RUB → 6000.00 RUB"
    assert lines[1] == "A-007/3  – → 5.00 RUB  new instalment 3"
    assert lines[2] == "A-011/1  5000.00 RUB → –"
    assert lines[4] == "A-012/1  – → 1500.00 RUB  new on the list"
    made = RequestSchema().dump(told)
    assert (made["round"], made["parts"][1]["is_new"], made["parts"][1]["before"]) == (
        round_id,
        True,
        None,
    )
    society.confirm(asked, by="manager")
    assert list(shown(society, asked, "manager").parts.shown) == expected


def test_a_round_says_what_each_version_changed_and_by_which_request(society: AtWork) -> None:
    round_id = round_of(society)
    refused = society.ask("amend_list", round=round_id, name="No", changes="A-004/2 = 1")
    asked = society.ask("amend_list", round=round_id, name="x", changes=CHANGES)
    society.confirm(asked, by="manager")
    again = society.ask("amend_list", round=round_id, name="y", changes="A-011/1 = 7\nA-007/3 = 6")
    society.confirm(again, by="manager")
    manager = society.people["manager"]
    changes = society.see(lambda s: changes_of(s, round_id), manager)
    assert {version: each.summary for version, each in changes.items()} == {
        2: "1 amount set, 2 added, 2 taken off",
        3: "1 amount set, 1 added",
    }
    assert society.see(lambda s: show_round(s, round_id), manager).changes == changes
    assert society.see(lambda s: requests_of(s, [round_id]), manager) == {
        (round_id, 2): asked,
        (round_id, 3): again,
    }
    assert refused not in {asked, again}


def test_a_reversal_says_whose_row_and_how_much(society: AtWork) -> None:
    sheet_id = society.approved(TWO_PAID)
    asked = society.ask("reverse_row", sheet=sheet_id, row=3)
    row = ApprovalLine("R-002", before=rub(725050), sheet_id=sheet_id, row=3, row_name="3")
    assert list(shown(society, asked, "finance").parts.shown) == [row]
    assert line_text(row) == f"R-002  7250.50 RUB  {sheet_id}:3"
    society.confirm(asked)
    assert list(shown(society, asked, "finance").parts.shown) == [row]


def test_a_long_reversal_tells_its_first_rows_and_all_money(society: AtWork) -> None:
    sheet_id = society.approved(many_paid(FEW_PARTS + 5))
    society.ask("reverse_sheet", sheet=sheet_id)
    finance = society.people["finance"]
    (told,) = society.see(lambda s: approvals.list_requests(s, is_open=True), finance)
    assert (len(told.parts.shown), told.parts.more) == (FEW_PARTS, 5)
    assert list(told.parts.totals) == [rub((FEW_PARTS + 5) * 500000)]
    assert shown(society, told.request.id, "finance").parts.more == 0


def test_codes_keep_their_order_in_a_sentence_from_the_right(society: AtWork) -> None:
    round_id = round_of(society)
    asked = society.ask("amend_list", round=round_id, name="Winter rise", changes="A-004/1 = 6000")
    with reading_in("ar"):
        tells = shown(society, asked, "manager").summary
    assert "\u20682022-11\u2069" in tells
    assert "\u2068Winter rise\u2069" in tells


def test_only_an_open_request_is_confirmed_or_withdrawn(society: AtWork) -> None:
    round_id = round_of(society)
    asked = society.ask("amend_list", round=round_id, name="x", changes="A-004/1 = 6000")

    def offered(by: str) -> tuple[bool, bool]:
        request = shown(society, asked, by)
        return request.may_confirm, request.may_withdraw

    assert [offered("field"), offered("manager")] == [(False, True), (True, False)]
    society.confirm(asked, by="manager")
    assert [offered("field"), offered("manager")] == [(False, False), (False, False)]
