"""Two records of one person made one: either number resolves, money paid twice is booked so."""

from typing import Any

import pytest

from cva.approvals import people_merging
from cva.approvals import service as approvals
from cva.beneficiaries.possible_duplicates import find_duplicates
from cva.beneficiaries.status import find_person
from cva.core.errors import ConflictError, InputError, RuleError
from cva.reports.person_history import person_history
from cva.transfers.models import Transfer
from tests.intake.test_reversing import assert_sound, november, spent
from tests.makers import AtWork
from tests.providers.results import paid, result

TWICE = """
number | name        | day        | amount | currency
R-001  | Anna Orlova | 2022-11-05 | 5000   | RUB
R-901  | Orlova Anna | 2022-11-05 | 5000   | RUB
R-002  | Boris Lebed | 2022-11-05 | 700    | RUB
"""


LATER = """
number | name        | day        | amount | currency
R-901  | Orlova Anna | 2022-11-25 | 5000   | RUB
"""


def paid_under_two_numbers(society: AtWork) -> int:
    """Anna in two sheets of November, Boris in one; gives the second sheet."""
    society.approved(TWICE.replace("R-901  | Orlova Anna | 2022-11-05 | 5000   | RUB\n", ""))
    return society.approved(LATER)


def person(society: AtWork, number: str) -> Any:  # noqa: ANN401
    return society.see(lambda s: find_person(s, society.society_id, number).id)


def test_either_number_resolves_and_the_person_counts_once(society: AtWork) -> None:
    sheet_id = paid_under_two_numbers(society)
    assert november(society) == (3, {"RUB": 1070000})
    society.agreed("merge_people", keep="R-001", drop="R-901")
    assert person(society, "R-001") == person(society, "r-901")
    assert november(society) == (2, {"RUB": 1070000})
    assert_sound(society)
    society.agreed("reverse_sheet", sheet=sheet_id)
    assert_sound(society)


@pytest.mark.parametrize("money", ["recoverable", "loss"])
def test_what_was_paid_twice_in_a_round_is_no_assistance(society: AtWork, money: str) -> None:
    society.approved(TWICE, round_code="2022-11")
    with pytest.raises(InputError):
        society.ask("merge_people", keep="R-001", drop="R-901")
    society.agreed("merge_people", keep="R-001", drop="R-901", money=money)
    assert november(society) == (2, {"RUB": 570000})
    assert spent(society) == {"RUB": 570000}
    assert_sound(society)
    again = society.checked(TWICE.replace("-05", "-06"), round_code="2022-11")
    assert society.findings(again) == [
        (2, "already-paid"),
        (3, "already-paid"),
        (4, "already-paid"),
    ]


def test_reversing_what_was_paid_twice_takes_it_off_the_receivable(society: AtWork) -> None:
    sheet_id = society.approved(TWICE, round_code="2022-11")
    society.agreed("merge_people", keep="R-001", drop="R-901", money="recoverable")
    society.agreed("reverse_sheet", sheet=sheet_id)
    assert november(society) == (0, {})
    assert spent(society) == {"RUB": 0}
    assert_sound(society)


def test_a_merged_record_is_not_merged_again(society: AtWork) -> None:
    paid_under_two_numbers(society)
    society.agreed("merge_people", keep="R-001", drop="R-901")
    with pytest.raises(InputError):
        society.ask("merge_people", keep="R-001", drop="R-901")
    society.agreed("merge_people", keep="R-002", drop="R-001", money="loss")
    assert len({person(society, number) for number in ("R-001", "R-002", "R-901")}) == 1
    assert november(society) == (1, {"RUB": 570000})


SHARED = """
number | name        | phone         | document
R-001  | Anna Orlova | +79160000001  | AB 123
R-002  | Boris Lebed | +79160000002  | CD-456
R-003  | Dora Klein  | +79160000001  | ab 123
R-004  | Egor Klein  | +79160000002  | EF 789
"""


def shared(society: AtWork) -> list[tuple[str, list[str]]]:
    """What is shared, and by which numbers."""
    groups = society.see(
        lambda s: find_duplicates(s, society.society_id), society.people["auditor"]
    )
    return [(group.shared, [each.number for each in group.people]) for group in groups]


def test_who_shares_a_document_or_a_phone_is_found(society: AtWork) -> None:
    society.approved(SHARED)
    phones = [("phone", ["R-001", "R-003"]), ("phone", ["R-002", "R-004"])]
    assert [shared(society)[0], *sorted(shared(society)[1:])] == [
        ("document", ["R-001", "R-003"]),
        *phones,
    ]
    society.agreed("merge_people", keep="R-001", drop="R-003")
    assert shared(society) == [("phone", ["R-002", "R-004"])]


def test_after_a_merge_a_list_is_told_once_and_payments_when_recorded(society: AtWork) -> None:
    round_id = society.plan_round()
    society.list_kept("number | name\nR-001 | Anna Orlova\nR-901 | Orlova Anna")
    society.list_approved(round_id)
    paid_under_two_numbers(society)
    society.agreed("merge_people", keep="R-001", drop="R-901")
    person_id = person(society, "R-001")
    finance = society.people["finance"]
    found = society.see(lambda s: person_history(s, person_id), finance)
    assert [line.what for line in found.lines].count("listed") == 1
    paid = next(line for line in found.lines if line.what == "paid")
    assert paid.recorded_at is not None
    assert found.people[paid.recorded_by or 0] == society.email("finance")
    merged = next(line for line in found.lines if line.what == "merged")
    agreements = society.see(lambda s: approvals.agreements(s, [merged.request_id]), finance)
    agreement = agreements[merged.request_id or 0]
    assert agreement.asked_by == society.email("field")
    assert agreement.confirmed_by == society.email("finance")


TWO_LISTED = "number | name\nR-001 | Anna Orlova\nR-901 | Orlova Anna"


def asked_in_vain(society: AtWork, **said: str) -> str:
    """What whoever asks for the merge of R-901 into R-001 is told."""
    with pytest.raises(RuleError) as caught:
        society.ask("merge_people", keep="R-001", drop="R-901", **said)
    return str(caught.value)


def test_who_is_being_paid_in_a_round_twice_is_not_merged(society: AtWork) -> None:
    round_id = society.plan_round()
    society.list_kept(TWO_LISTED)
    society.list_approved(round_id)
    early = society.ask("merge_people", keep="R-001", drop="R-901")
    ours = society.payments_sent(society.add_provider(), round_id)
    told = asked_in_vain(society)
    assert "R-901" in told
    assert "R-001" in told
    assert "payment list 1" in told
    with pytest.raises(RuleError):
        society.confirm(early)
    society.approved(result(paid(ours["R-001"])))
    assert "R-901 is being paid" in asked_in_vain(society, money="loss")
    society.approved(result(paid(ours["R-901"], status="failed")))
    society.confirm(early)
    assert_sound(society)


def test_who_has_the_cash_and_is_being_paid_is_not_merged(society: AtWork) -> None:
    round_id = society.plan_round()
    society.list_kept(TWO_LISTED)
    society.list_approved(round_id)
    cash = "number | name | day | amount\nR-001 | Anna Orlova | 2022-11-05 | 5000"
    society.approved(cash, round_code="2022-11")
    society.payments_sent(society.add_provider(), round_id)
    assert "R-901 is being paid" in asked_in_vain(society)


def test_what_one_is_being_paid_stands_for_both_after_a_merge(society: AtWork) -> None:
    round_id = society.plan_round()
    society.list_kept("number | name\nR-901 | Orlova Anna")
    society.list_approved(round_id)
    society.approved("number | name | day | amount\nR-001 | Anna Orlova | 2022-12-05 | 100")
    ours = society.payments_sent(society.add_provider(), round_id)
    society.agreed("merge_people", keep="R-001", drop="R-901")
    cash = "number | name | day | amount\nR-001 | Anna Orlova | 2022-11-05 | 5000"
    under_way = society.checked(cash, round_code="2022-11")
    assert (2, "payment-under-way") in society.findings(under_way)
    society.approved(result(paid(ours["R-901"])))
    after = society.checked(cash.replace("-05", "-06"), round_code="2022-11")
    assert (2, "already-paid") in society.findings(after)
    assert_sound(society)


def test_of_two_records_made_one_only_one_payment_is_posted(
    society: AtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    round_id = society.plan_round()
    society.list_kept(TWO_LISTED)
    society.list_approved(round_id)
    ours = society.payments_sent(society.add_provider(), round_id)
    # Merged at a time when nobody asked what was under way.
    monkeypatch.setattr(people_merging, "refuse_under_way", lambda *_: None)
    monkeypatch.setattr(people_merging, "move_under_way", lambda *_: None)
    society.agreed("merge_people", keep="R-001", drop="R-901")
    together = society.checked(result(paid(ours["R-001"]), paid(ours["R-901"])))
    assert society.findings(together) == [(3, "already-paid")]
    society.submit(together)
    society.approve(together)
    later = society.checked(result(paid(ours["R-901"]), paid(ours["R-001"])))
    assert society.findings(later) == [(2, "already-paid")]
    assert len(society.all_of(Transfer)) == 1
    assert_sound(society)


@pytest.mark.slow
def test_two_records_made_one_are_instructed_once(society: AtWork) -> None:
    round_id = society.plan_round()
    society.list_kept(TWO_LISTED)
    society.list_approved(round_id)
    society.agreed("merge_people", keep="R-001", drop="R-901")
    assert society.payments_made(society.add_provider(), round_id).payments == 1


def test_the_same_merge_is_asked_for_once(society: AtWork) -> None:
    paid_under_two_numbers(society)
    asked = society.ask("merge_people", keep="R-001", drop="R-901")
    for said in ({"keep": "r-001", "drop": " r-901"}, {"keep": "R-901", "drop": "R-001"}):
        with pytest.raises(ConflictError, match="asked for already"):
            society.ask("merge_people", money="loss", **said)
    society.confirm(asked)
