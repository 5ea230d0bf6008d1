"""Results that name only a telephone, as systems of the trade send them."""

from collections.abc import Mapping

import pytest

from cva.intake.views import report_of
from cva.providers.models import Payment, PaymentEvent, PaymentList
from cva.sheets.findings.finding import message
from tests.makers import AtWork, society_at_work, workbook
from tests.providers.results import assert_sound, states

PHONES = {"R-001": "+79991234501", "R-002": "+79991234502", "R-003": "+79991234503"}
LIST = "number | name | phone\n" + "\n".join(
    f"{number} | {name} | {PHONES[number]}"
    for number, name in {"R-001": "Anna Orlova", "R-002": "Boris Lebed", "R-003": "Dora K"}.items()
)

FOUR = f"{LIST}\nR-004 | Egor Petrov | +79991234504"


def results(answers: Mapping[str, str]) -> bytes:
    """By telephone what became of the payment."""
    return workbook([["phoneNumber", "status"], *(list(pair) for pair in answers.items())])


def round_of(society: AtWork, code: str = "2022-11", people: str = LIST) -> int:
    """A round with an approved list, whose people have telephones."""
    round_id = society.plan_round(code)
    society.list_kept(people, code)
    society.list_approved(round_id)
    return round_id


@pytest.fixture
def provider(society: AtWork) -> int:
    return society.add_provider()


def test_a_telephone_that_stands_once_on_the_list_is_its_payment(
    society: AtWork, provider: int
) -> None:
    society.payments_sent(provider, round_of(society))
    answers = {PHONES["R-001"]: "success", "8 999 123-45-02": "error"}
    sheet_id = society.checked(results(answers))
    assert society.sheet(sheet_id).kind == "payment_results"
    assert society.sheet(sheet_id).asks == []
    society.submit(sheet_id)
    assert society.approve(sheet_id).posted_rows == 2
    assert states(society) == {"R-001": "paid", "R-002": "failed", "R-003": "instructed"}
    assert_sound(society)


def test_one_that_stands_twice_or_nowhere_is_an_error_with_its_cure(
    society: AtWork, provider: int
) -> None:
    shared = LIST.replace(PHONES["R-002"], PHONES["R-001"])
    society.payments_sent(provider, round_of(society, people=shared))
    said = dict.fromkeys([PHONES["R-001"], PHONES["R-003"], "+79990000000"], "success")
    sheet_id = society.checked(results(said))
    assert society.findings(sheet_id) == [(2, "unknown-payment"), (4, "unknown-payment")]
    found = society.see(lambda session: report_of(session, society.sheet(sheet_id)).findings)
    (twice, nowhere) = (each for each in found if each.code == "unknown-payment")
    assert (twice.cell, twice.details, nowhere.details) == ("A2", {"to_phone": "2"}, {})
    assert "2 payments of the list went to" in message(twice)
    society.submit(sheet_id)
    assert society.approve(sheet_id).posted_rows == 1


def test_which_of_several_lists_is_asked_once_and_never_another_one_matched(
    society: AtWork, provider: int
) -> None:
    society.payments_sent(provider, round_of(society))
    society.payments_sent(provider, round_of(society, "2022-12", FOUR))
    second = max(each.id for each in society.all_of(PaymentList))
    sheet_id = society.checked(results({PHONES["R-001"]: "success"}))
    (asked,) = society.sheet(sheet_id).asks
    assert (asked["choice"], asked["options"]) == ("payment_list", ["QP-1", "QP-2"])
    society.answer(sheet_id, payment_list="QP-2")
    society.submit(sheet_id)
    society.approve(sheet_id)
    (event,) = society.all_of(PaymentEvent)
    payments = {each.id: each.list_id for each in society.all_of(Payment)}
    assert payments[event.payment_id] == second


def test_a_round_that_is_named_settles_it(society: AtWork, provider: int) -> None:
    society.payments_sent(provider, round_of(society))
    society.payments_sent(provider, round_of(society, "2022-12", FOUR))
    sheet_id = society.checked(results({PHONES["R-001"]: "success"}), round_code="2022-12")
    assert society.sheet(sheet_id).asks == []
    assert society.sheet(sheet_id).settled == {"payment_list": "QP-2"}


def test_nothing_of_another_society_or_of_a_list_that_was_not_sent_is_matched(
    society: AtWork, provider: int
) -> None:
    other = society_at_work(society.ledger, "BRC")
    other.payments_sent(other.add_provider(), round_of(other))
    society.payments_made(provider, round_of(society))
    sheet_id = society.checked(results({PHONES["R-001"]: "success"}))
    assert society.findings(sheet_id) == [(2, "unknown-payment")]
    assert society.rows(sheet_id) == {2: "error"}


def test_beside_a_reference_the_telephone_decides_nothing(society: AtWork, provider: int) -> None:
    references = society.payments_sent(provider, round_of(society))
    heads = ["Payment reference", "Phone", "Status"]
    rows = [[references["R-001"], PHONES["R-002"], "paid"], ["", PHONES["R-003"], "paid"]]
    sheet_id = society.checked(workbook([heads, *rows]))
    assert society.findings(sheet_id) == [(3, "required")]
    society.submit(sheet_id)
    society.approve(sheet_id)
    assert states(society)["R-001"] == "paid"
