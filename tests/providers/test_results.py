"""What providers tell of payments: posted once, whatever comes in whatever parts."""

from collections.abc import Mapping
from datetime import date, timedelta

import pytest

from cva.beneficiaries.models import PersonEventKind
from cva.core import clock
from cva.core.dates import Month
from cva.core.errors import RuleError
from cva.intake import sheet_submission
from cva.intake.sheet_submission import Submission
from cva.intake.views import report_of, show
from cva.journal.accounts import Account
from cva.journal.models import Entry
from cva.providers.views import list_payment_lists, under_way
from cva.reports.monthly import figures
from cva.rounds.reconciliation import reconcile
from cva.sheets.findings.finding import finding_of
from cva.sheets.findings.finding import message as message_of
from cva.staging.workflow import get_sheet
from cva.transfers.models import Transfer, TransferEvent
from tests.intake.test_situations import say
from tests.makers import AtWork
from tests.providers.results import assert_sound, balance, keys, kinds, paid, result, states

_NAMES = {1: "Anna Orlova", 2: "Boris Lebed"}


@pytest.fixture
def sent(society: AtWork, listed: int) -> Mapping[str, str]:
    """Our references of the three, by number; the provider pays as soon as it is told to."""
    return society.payments_sent(society.add_provider(), listed)


def test_what_was_paid_is_posted_and_what_failed_is_free_again(
    society: AtWork, listed: int, sent: Mapping[str, str]
) -> None:
    society.approved(
        result(
            paid(sent["R-001"], "TX-1", fee="25"),
            f"{sent['R-002']} | TX-2 | | 2022-11-05 | | | failed | Wallet closed",
            f"{sent['R-003']} | | | | | | pending",
        )
    )
    assert states(society) == {"R-001": "paid", "R-002": "failed", "R-003": "instructed"}
    assert balance(society, Account.CASH_ASSISTANCE) == 500000
    assert balance(society, Account.DELIVERY_FEES) == 2500
    assert balance(society, Account.PROVIDER_ADVANCES) == -502500
    assert kinds(society)["payment_results"] == kinds(society)["payment_fees"] == 1
    (transfer,) = society.all_of(Transfer)
    assert (transfer.instalment, transfer.mechanism) == (1, "mobile_money")
    assert_sound(society)

    again = society.payments_sent(society.add_provider("BANK"), listed)
    assert list(again) == ["R-002"]
    society.approved(result(paid(again["R-002"])))
    assert states(society)["R-002"] == "paid"
    assert_sound(society)


def test_parts_that_overlap_pay_each_once(society: AtWork, sent: Mapping[str, str]) -> None:
    rows = {number: paid(reference, f"TX-{number}") for number, reference in sent.items()}
    society.approved(result(rows["R-001"], rows["R-002"]))
    second = society.checked(result(rows["R-002"], rows["R-003"]))
    assert society.findings(second, "info") == [(2, "answered-before")]
    assert society.told(second, "answered-before")["details"] == {"sheet_id": "2", "other_row": "3"}
    society.submit(second)
    assert society.approve(second).posted_rows == 1
    assert len(society.all_of(Transfer)) == keys(society) == 3
    assert_sound(society)


def test_the_entries_to_come_are_told_as_they_are_posted(
    society: AtWork, sent: Mapping[str, str]
) -> None:
    society.approved(result(paid(sent["R-001"])))
    sheet_id = society.submitted(
        result(
            paid(sent["R-001"], fee="5"),
            paid(sent["R-002"], fee="5"),
            paid(sent["R-001"], status="returned"),
            f"{sent['R-003']} | | | 2022-11-06 | | | failed",
        )
    )
    told = society.see(lambda session: show(session, sheet_id)).days
    society.approve(sheet_id)
    posted = [each for each in society.all_of(Entry) if each.sheet_id == sheet_id]
    assert list(told) == sorted(each.effective_on for each in posted)
    assert not society.sheet(sheet_id).receipt_declared
    assert len(told) == 4


def test_parts_that_wait_for_approval_at_once_pay_each_once(
    society: AtWork, sent: Mapping[str, str]
) -> None:
    rows = [paid(reference) for reference in sent.values()]
    first, second = society.submitted(result(*rows[:2])), society.submitted(result(*rows[1:]))
    assert society.approve(first).posted_rows == 2
    assert society.approve(second).conflicts == 1
    assert society.state(second) == "checked"
    society.submit(second)
    assert society.approve(second).posted_rows == 1
    assert len(society.all_of(Transfer)) == 3
    assert_sound(society)


def test_another_amount_names_its_cure_and_is_an_exception_before_it_is_submitted(
    society: AtWork, sent: Mapping[str, str]
) -> None:
    sheet_id = society.checked(result(f"{sent['R-002']} | | | 2022-11-05 | 4000 | | paid"))
    message = message_of(finding_of(society.told(sheet_id, "amount-differs")))
    assert "Check with the provider" in message
    assert "finance records it as an exception" in message
    society.except_row(sheet_id, 2, "recoverable")
    society.submit(sheet_id)
    assert society.approve(sheet_id).posted_rows == 1
    assert_sound(society)


def test_a_second_transaction_is_refused_and_posted_as_an_exception_where_it_is_true(
    society: AtWork, listed: int, sent: Mapping[str, str]
) -> None:
    society.approved(result(paid(sent["R-001"], "T11", fee="10")))
    again = paid(sent["R-001"], "T11-again", fee="10")
    second = society.checked(result(again, paid(sent["R-002"], "T12")))
    assert society.rows(second) == {2: "error", 3: "ready"}
    told = message_of(finding_of(society.told(second, "paid-again")))
    assert "Ask the provider" in told
    assert '"T11-again" here and "T11" in row 2 of sheet 2' in told

    society.except_row(second, 2, "recoverable")
    assert money_of(society, listed) == (1500000, 1500000, 500000)
    society.submit(second)
    assert society.approve(second).posted_rows == 2
    assert balance(society, Account.CASH_ASSISTANCE) == 1000000
    assert balance(society, Account.RECEIVABLES) == 500000
    assert balance(society, Account.DELIVERY_FEES) == 2000
    assert money_of(society, listed) == (1500000, 1500000, 1500000)
    assert_sound(society)

    third = society.checked(result(again.replace("-05", "-06"), paid(sent["R-001"], "T13")))
    assert society.findings(third, "info") == [(2, "answered-before")]
    assert society.findings(third) == [(3, "paid-again")]
    society.approved(result(f"{sent['R-001']} | | | 2022-11-08 | 5000 | | returned"))
    assert balance(society, Account.RECEIVABLES) == 0
    assert_sound(society)


def test_a_second_transaction_is_taken_back_by_itself(
    society: AtWork, sent: Mapping[str, str]
) -> None:
    first = society.approved(result(paid(sent["R-001"], "T11", fee="10")))
    second = society.checked(result(paid(sent["R-001"], "T12", fee="10")))
    society.except_row(second, 2, "loss")
    society.submit(second)
    society.approve(second)
    society.agreed("reverse_sheet", sheet=second)
    assert balance(society, Account.PROVIDER_ADVANCES) == -501000
    assert_sound(society)
    society.agreed("reverse_sheet", sheet=first)
    assert states(society)["R-001"] == "instructed"
    assert balance(society, Account.PROVIDER_ADVANCES) == 0
    assert_sound(society)


def test_of_two_parts_that_wait_the_other_transaction_is_found_when_it_is_approved(
    society: AtWork, sent: Mapping[str, str]
) -> None:
    first, second = (society.submitted(result(paid(sent["R-001"], at))) for at in ("T1", "T2"))
    assert society.approve(first).posted_rows == 1
    assert society.approve(second).conflicts == 1
    assert society.findings(second) == [(2, "paid-again")]
    both = society.checked(result(paid(sent["R-002"], "T3"), paid(sent["R-002"], "T4")))
    assert society.findings(both) == [(3, "paid-again")]


def money_of(society: AtWork, round_id: int) -> tuple[int, int, int]:
    """Planned, told and confirmed of a round."""
    found = society.see(lambda session: reconcile(session, round_id))
    assert found.ties
    (sums,) = found.sums
    return sums.planned, sums.told, sums.confirmed


@pytest.mark.parametrize("tells_collection", [False, True])
def test_the_fee_of_a_transaction_is_one_whatever_word_stands_beside_it(
    society: AtWork, listed: int, *, tells_collection: bool
) -> None:
    sent = society.payments_sent(society.add_provider(tells_collection=tells_collection), listed)
    reference = sent["R-001"]
    society.approved(result(paid(reference, "T24", status="collected", fee="10")))
    again = society.checked(result(paid(reference, "T24", fee="10")))
    assert society.rows(again) == {2: "posted"}
    assert balance(society, Account.DELIVERY_FEES) == 1000
    other = f"{reference} | T25 | | 2022-11-09 | 5000 | 10 | returned"
    society.approved(result(other))
    assert balance(society, Account.DELIVERY_FEES) == 2000
    assert_sound(society)


def test_a_payment_of_the_future_is_refused(society: AtWork, sent: Mapping[str, str]) -> None:
    future = paid(sent["R-001"]).replace("2022-11-05", "2999-05-01")
    sheet_id = society.checked(result(future, f"{sent['R-002']} | | | | 5000 | | paid"))
    assert society.findings(sheet_id) == [(2, "date-in-future")]
    assert society.rows(sheet_id) == {2: "error", 3: "ready"}


def test_pending_is_no_answer_yet(society: AtWork, sent: Mapping[str, str]) -> None:
    rows = [paid(sent["R-001"]), f"{sent['R-002']} | | | | | | pending"]
    society.approved(result(*rows))
    second = society.checked(result(*rows, paid(sent["R-003"])))
    assert society.rows(second) == {2: "posted", 3: "no_answer", 4: "ready"}
    counts = society.see(lambda s: report_of(s, get_sheet(s, second))).counts
    assert counts == {"posted": 1, "no_answer": 1, "ready": 1}


def test_each_answer_is_told_with_its_rows_and_amount(society: AtWork, listed: int) -> None:
    sent = society.payments_sent(society.add_provider(tells_collection=True), listed)
    first, second, third = (sent[number] for number in ("R-001", "R-002", "R-003"))
    rows = [paid(first), f"{second} | | | | | | failed", f"{third} | | | | | | pending"]
    sheet_id = society.checked(result(*rows, paid(first, status="collected")))
    assert _answers(society, sheet_id) == [
        ("available", "5000.00", 1),
        ("collected", "5000.00", 1),
        ("failed", "5000.00", 1),
        ("pending", "5000.00", 1),
    ]
    society.submit(sheet_id)
    assert society.approve(sheet_id).posted_rows == 3
    fee = paid(first, status="collected", fee="5")
    late = society.submitted(result(fee, f"{first} | | | 2022-11-07 | | | returned"))
    assert _answers(society, late) == [("returned", "5000.00", 1), ("fee", None, 1)]
    assert society.approve(late).posted_rows == 2
    assert_sound(society)


def _answers(society: AtWork, sheet_id: int) -> list[tuple[str, str | None, int]]:
    told = society.see(lambda s: report_of(s, get_sheet(s, sheet_id))).answers
    return [(each.answer, each.money.amount if each.money else None, each.rows) for each in told]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("P9-00001 | | | 2022-11-05 | 5000 | | paid", "unknown-payment"),
        ("P9-00001 | {R-002} | | 2022-11-05 | 5000 | | paid", "unknown-payment"),
        (" | TX-9 | R-099 | 2022-11-05 | 5000 | | paid", "unknown-payment"),
        ("{R-002} | | | 2022-11-05 | 4000 | | paid", "amount-differs"),
        ("{R-001} | | | 2022-11-06 | 5000 | | failed", "answer-contradicts"),
        ("{R-001} | | | 2022-11-06 | 4000 | | paid", "answer-contradicts"),
        ("{R-001} | | | 2022-11-06 | 5001 | | returned", "returned-too-much"),
        ("{R-002} | TX-1 | | 2022-11-05 | 5000 | | paid", "reference-reused"),
        ("{R-002} | TX-2 | R-001 | 2022-11-05 | 5000 | | paid", "reference-reused"),
    ],
)
def test_what_cannot_be_is_told_and_not_posted(
    society: AtWork, sent: Mapping[str, str], row: str, code: str
) -> None:
    society.approved(result(paid(sent["R-001"], "TX-1")))
    row = row.replace("{R-001}", sent["R-001"]).replace("{R-002}", sent["R-002"])
    sheet_id = society.checked(result(row))
    assert society.findings(sheet_id) == [(2, code)]
    assert society.rows(sheet_id) == {2: "error"}


def test_an_answer_for_a_list_that_was_not_sent_is_refused(society: AtWork, listed: int) -> None:
    made = society.payments_made(society.add_provider(), listed)
    reference = society.references(made.list_id)["R-001"]
    assert society.findings(society.checked(result(paid(reference)))) == [(2, "payment-not-sent")]


@pytest.mark.parametrize(
    "row",
    [
        " | {ours} | | 2022-11-05 | 5000 | | paid",
        " | TX-1 | R-001 | 2022-11-05 | 5000 | | paid",
        " | | R-001 | 2022-11-05 | | | paid",
    ],
)
def test_a_payment_is_found_by_reference_or_person(
    society: AtWork, sent: Mapping[str, str], row: str
) -> None:
    row = row.replace("{ours}", sent["R-001"])
    society.approved(result(row), round_code="2022-11")
    assert states(society)["R-001"] == "paid"
    later = society.checked(result(row.replace("2022-11-05", "2022-11-06")), round_code="2022-11")
    assert society.findings(later, "info") == [(2, "answered-before")]
    assert_sound(society)


def test_sent_is_not_collected_where_the_provider_tells(society: AtWork, listed: int) -> None:
    sent = society.payments_sent(society.add_provider(tells_collection=True), listed)
    first, second, third = (sent[number] for number in ("R-001", "R-002", "R-003"))
    society.approved(result(paid(first), paid(second, status="available"), paid(third)))
    assert set(states(society).values()) == {"available"}
    assert society.all_of(Transfer) == []
    society.approved(result(paid(first, status="collected"), paid(second, status="expired")))
    assert states(society) == {"R-001": "collected", "R-002": "expired", "R-003": "available"}
    assert balance(society, Account.CASH_ASSISTANCE) == 500000
    assert_sound(society)
    again = society.payments_made(society.add_provider("BANK"), listed)
    assert list(society.references(again.list_id)) == ["R-002"]


def test_a_part_that_nobody_collected_names_its_cure_and_frees_nothing(
    society: AtWork, listed: int
) -> None:
    sent = society.payments_sent(society.add_provider(tells_collection=True), listed)
    society.approved(result(*(paid(each, status="available") for each in sent.values())))
    part = society.checked(result(f"{sent['R-001']} | | | 2022-11-06 | 2000 | | returned"))
    message = message_of(finding_of(society.told(part, "part-returned")))
    assert "Ask the provider what was paid or collected" in message
    assert '"2000.00 RUB" is only a part' in message
    assert society.rows(part) == {2: "error"}
    assert states(society)["R-001"] == "available"

    collected = society.checked(result(f"{sent['R-001']} | | | 2022-11-06 | 3000 | | collected"))
    society.except_row(collected, 2, "recoverable")
    society.submit(collected)
    society.approve(collected)
    assert states(society)["R-001"] == "collected"
    assert balance(society, Account.CASH_ASSISTANCE) == 300000

    rest = society.checked(result(f"{sent['R-001']} | | | 2022-11-07 | 2000 | | returned"))
    message = message_of(finding_of(society.told(rest, "rest-returned")))
    assert "the 2000.00 RUB that nobody collected" in message
    with pytest.raises(RuleError, match="never have been paid"):
        society.do(
            lambda s: sheet_submission.submit(s, rest, Submission()), society.people["field"]
        )
    more = society.checked(result(f"{sent['R-001']} | | | 2022-11-07 | 2500 | | returned"))
    society.submit(more)
    society.approve(more)
    assert balance(society, Account.CASH_ASSISTANCE) == 50000
    assert_sound(society)


def test_less_that_is_available_is_an_exception_and_no_difference_when_collected(
    society: AtWork, listed: int
) -> None:
    sent = society.payments_sent(society.add_provider(tells_collection=True), listed)
    row = f"{sent['R-001']} | | | 2022-11-05 | 4500 | | paid"
    sheet_id = society.checked(result(row))
    assert society.findings(sheet_id) == [(2, "amount-differs")]
    society.except_row(sheet_id, 2, "recoverable")
    society.submit(sheet_id)
    society.approve(sheet_id)
    assert states(society)["R-001"] == "available"
    standing = society.see(lambda s: under_way(list_payment_lists(s)))
    assert [(each.state, str(each.money), each.payments) for each in standing] == [
        ("available", "4500.00 RUB", 1),
        ("instructed", "10000.00 RUB", 2),
    ]
    assert_sound(society)
    again = society.checked(result(row, f"{sent['R-001']} | | | 2022-11-06 | 4500 | | collected"))
    assert society.rows(again) == {2: "posted", 3: "ready"}
    society.submit(again)
    society.approve(again)
    assert states(society)["R-001"] == "collected"
    assert balance(society, Account.CASH_ASSISTANCE) == 450000
    assert_sound(society)


def test_money_that_came_back_is_apart_and_may_be_paid_anew(
    society: AtWork, listed: int, sent: Mapping[str, str]
) -> None:
    reference = sent["R-001"]
    society.approved(result(paid(reference)))
    society.approved(result(f"{reference} | | | 2022-12-03 | 2000 | | returned"))
    assert states(society)["R-001"] == "paid"
    assert balance(society, Account.PROVIDER_ADVANCES) == -300000
    assert_sound(society)
    society.approved(result(f"{reference} | | | 2022-12-04 | | | returned"))
    assert states(society)["R-001"] == "returned"
    assert balance(society, Account.CASH_ASSISTANCE) == 0
    assert_sound(society)

    again = society.payments_sent(society.add_provider("BANK"), listed)
    assert list(again) == ["R-001"]
    society.approved(result(f"{again['R-001']} | | | 2022-12-05 | 5000 | | paid"))
    assert_sound(society)
    november, december = (
        society.see(lambda s, m=m: figures(s, society.society_id, Month.parse(m)))  # type: ignore[misc]
        for m in ("2022-11", "2022-12")
    )
    assert (november.people, november.returned) == (1, ())
    assert [(each.money.minor, each.count) for each in december.returned] == [(500000, 2)]


def test_cash_without_a_round_for_whom_a_provider_is_paying_is_shown(
    society: AtWork, sent: Mapping[str, str]
) -> None:
    society.approved(result(paid(sent["R-002"])))
    head = "number | name | day | amount | currency\n"
    rows = [f"R-00{at} | {name} | 2022-11-20 | 700 | RUB" for at, name in _NAMES.items()]
    sheet_id = society.checked(head + "\n".join(rows))
    assert (2, "paid-by-provider") in society.findings(sheet_id, "warning")
    assert society.told(sheet_id, "paid-by-provider")["details"] == {
        "list": "1",
        "round": "2022-11",
    }
    assert society.findings(sheet_id) == []


@pytest.mark.usefixtures("listed")
def test_cash_in_hand_comes_back_by_person(society: AtWork) -> None:
    table = "number | name | day | amount | currency\nR-001 | Anna Orlova | 2022-11-05 | 5000 | RUB"
    society.approved(table, round_code="2022-11")
    back = "number | day | amount | currency | theirs | status\n"
    row = "R-001 | 2022-11-20 | 2000 | RUB | | returned"
    society.approved(back + row, round_code="2022-11")
    assert balance(society, Account.CASH_IN_CUSTODY) == -300000
    again = society.checked(back.replace("theirs", "ours") + row, round_code="2022-11")
    assert society.findings(again, "info") == [(2, "answered-before")]
    rest = back + "R-001 | 2022-11-21 | | | | returned"
    society.approved(rest, round_code="2022-11")
    assert balance(society, Account.CASH_IN_CUSTODY) == 0
    assert keys(society) == 0
    assert len(society.all_of(TransferEvent)) == 2
    assert_sound(society)


def test_nobody_is_paid_in_cash_while_a_provider_pays(
    society: AtWork, sent: Mapping[str, str]
) -> None:
    table = "number | name | day | amount | currency\nR-001 | Anna Orlova | 2022-11-05 | 5000 | RUB"
    sheet_id = society.checked(table, round_code="2022-11")
    assert society.findings(sheet_id) == [(2, "payment-under-way")]
    society.withdraw(sheet_id)
    society.approved(result(paid(sent["R-001"])))
    sheet_id = society.checked(table, round_code="2022-11")
    assert society.findings(sheet_id) == [(2, "already-paid")]


def test_another_amount_that_was_really_paid_is_an_exception(
    society: AtWork, sent: Mapping[str, str]
) -> None:
    more = f"{sent['R-001']} | | | 2022-11-05 | 6000 | | paid"
    less = f"{sent['R-002']} | | | 2022-11-05 | 4000 | | paid"
    sheet_id = society.checked(result(more, less, paid(sent["R-003"])))
    society.submit(sheet_id)
    society.except_row(sheet_id, 2, "recoverable")
    society.except_row(sheet_id, 3, "loss")
    assert society.approve(sheet_id).posted_rows == 3
    assert balance(society, Account.RECEIVABLES) == 100000
    assert balance(society, Account.CASH_ASSISTANCE) == 1400000
    assert_sound(society)
    society.approved(result(f"{sent['R-001']} | | | 2022-11-09 | 1000 | | returned"))
    assert balance(society, Account.RECEIVABLES) == 0
    assert_sound(society)


def test_the_same_file_twice_is_refused_by_the_sheet_it_was(
    society: AtWork, sent: Mapping[str, str]
) -> None:
    content = result(paid(sent["R-001"]))
    first = society.checked(content)
    again = society.checked(content)
    assert society.state(again) == "refused"
    assert society.told(again, "already-received")["details"]["sheet_id"] == str(first)


def test_what_bounced_was_not_paid(society: AtWork, sent: Mapping[str, str]) -> None:
    society.approved(result(paid(sent["R-001"], status="returned")))
    assert states(society)["R-001"] == "failed"
    assert society.all_of(Transfer) == []
    assert_sound(society)


def test_who_was_paid_after_death_or_after_moving_is_asked_about(
    society: AtWork, sent: Mapping[str, str]
) -> None:
    say(society, "R-001", PersonEventKind.DECEASED, date(2022, 11, 4), "field")
    say(society, "R-002", PersonEventKind.MOVED, date(2022, 11, 6), "field")
    say(society, "R-003", PersonEventKind.MOVED, date(2022, 11, 5), "field")
    rows = result(
        paid(sent["R-001"]),
        paid(sent["R-002"], status="collected"),
        paid(sent["R-003"], status="failed"),
    )
    sheet_id = society.checked(rows)
    assert society.findings(sheet_id, "warning") == [(2, "person-not-active")]
    assert society.told(sheet_id, "person-not-active")["details"] == {"day": "2022-11-04"}
    named = " | TX-1 | R-001 | 2022-11-05 | 5000 | | paid"
    assert society.findings(society.checked(result(named)), "warning") == [(2, "person-not-active")]
    society.submit(sheet_id)
    society.approve(sheet_id)
    assert_sound(society)


def test_a_result_is_not_older_than_its_payment(society: AtWork, sent: Mapping[str, str]) -> None:
    early = paid(sent["R-001"]).replace("2022-11-05", "2022-06-01")
    sheet_id = society.checked(result(early, paid(sent["R-002"])))
    assert society.findings(sheet_id) == [(2, "result-before-list")]
    found = society.told(sheet_id, "result-before-list")
    assert (found["field"], found["value"]) == ("distribution_date", "2022-06-01")
    assert found["details"] == {"first": "2022-11-05"}


def test_the_first_day_is_that_of_the_list_where_it_was_made_before_the_round(
    society: AtWork,
) -> None:
    today = clock.today("Europe/Moscow")
    round_id = society.plan_round("late", starts_on=today + timedelta(days=30))
    society.list_kept("number | name\nR-001 | Anna Orlova", "late")
    society.list_approved(round_id)
    sent = society.payments_sent(society.add_provider(), round_id)
    row = paid(sent["R-001"])
    yesterday = row.replace("2022-11-05", (today - timedelta(days=2)).isoformat())
    assert society.findings(society.checked(result(yesterday))) == [(2, "result-before-list")]
    same_day = row.replace("2022-11-05", today.isoformat())
    assert society.findings(society.checked(result(same_day))) == []
