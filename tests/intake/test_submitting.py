"""Submitting: what has to be settled before a sheet may wait for approval."""

import pytest

from cva.core.errors import ConflictError, InputError, RuleError
from cva.intake import approval as deciding
from cva.intake import sheet_submission
from cva.intake.sheet_submission import Submission, UnconfirmedError
from cva.intake.views import show
from tests.makers import TWO_PAID, AtWork, sheet

RECEIVED = """
number | name         | day        | amount | currency | received
R-001  | Anna Orlova  | 2022-11-05 | 5000   | RUB      | yes
R-002  | Boris Lebed  | 2022-11-05 | 7250   | RUB      | no
"""
ONE_WRONG = TWO_PAID.replace("5000", "many")


def submit(society: AtWork, sheet_id: int, submission: Submission) -> str:
    return society.do(
        lambda session: sheet_submission.submit(session, sheet_id, submission),
        society.people["field"],
    )


def test_all_rows_were_not_handed_out_where_one_says_otherwise(society: AtWork) -> None:
    signed = """
        Reg. No | Name         | Date       | Amount | Currency | Signature
        R-001   | Anna Example | 2022-11-05 | 5000   | RUB      | A. E.
        R-002   | Boris Lebed  | 2022-11-05 | 7250   | RUB      | did not come
        """
    sheet_id = society.checked(signed)
    with pytest.raises(UnconfirmedError) as undeclared:
        submit(society, sheet_id, Submission())
    assert undeclared.value.field == "others_handed_out"
    with pytest.raises(RuleError, match="1 row says that it was not received"):
        submit(society, sheet_id, Submission(handed_out=True))
    submit(society, sheet_id, Submission(others_handed_out=True))
    assert society.approve(sheet_id).posted_rows == 1


def test_a_column_of_a_receipt_needs_no_declaration_and_bears_no_other(society: AtWork) -> None:
    sheet_id = society.checked(RECEIVED)
    with pytest.raises(RuleError, match="not all rows were handed out"):
        submit(society, sheet_id, Submission(handed_out=True))
    assert submit(society, sheet_id, Submission()) == "submitted"


def test_rows_with_errors_are_mended_or_left_out(society: AtWork) -> None:
    sheet_id = society.checked(ONE_WRONG)
    with pytest.raises(RuleError, match="1 row has an error"):
        submit(society, sheet_id, Submission(handed_out=True))
    assert society.state(sheet_id) == "checked"
    assert submit(society, sheet_id, Submission(leave_out_errors=True, handed_out=True)) == (
        "submitted"
    )
    assert society.approve(sheet_id).posted_rows == 1


def test_a_list_with_other_names_than_registered_is_confirmed(society: AtWork) -> None:
    society.approved(TWO_PAID)
    listed = "number | name\nR-001 | Anna Orlova\nR-002 | Viktor Hahn"
    sheet_id = society.checked(listed, round_code="2022-12", is_list=True)
    told = society.told(sheet_id, "identity-differs")["details"]
    assert told == {"here": "Viktor Hahn", "registered": "Boris Lebed"}
    with pytest.raises(RuleError, match="registered under other names"):
        submit(society, sheet_id, Submission())
    assert len(society.see(lambda session: show(session, sheet_id)).changes) == 1
    assert submit(society, sheet_id, Submission(changes_confirmed=True)) == "kept"


def test_where_no_column_says_who_received_the_sender_declares_it(society: AtWork) -> None:
    sheet_id = society.checked(TWO_PAID)
    with pytest.raises(RuleError, match="who received"):
        submit(society, sheet_id, Submission())
    submit(society, sheet_id, Submission(handed_out=True))
    assert society.sheet(sheet_id).receipt_declared


def test_where_a_column_says_who_received_nothing_is_declared(society: AtWork) -> None:
    sheet_id = society.checked(RECEIVED)
    assert society.rows(sheet_id) == {2: "ready", 3: "not_received"}
    submit(society, sheet_id, Submission())
    assert not society.sheet(sheet_id).receipt_declared
    assert society.approve(sheet_id).posted_rows == 1


def test_a_sheet_in_which_nobody_received_is_not_submitted(society: AtWork) -> None:
    sheet_id = society.checked(RECEIVED.replace("yes", "no"))
    with pytest.raises(RuleError, match="nothing to submit"):
        submit(society, sheet_id, Submission(handed_out=True))


def test_a_list_is_kept_and_never_approved(society: AtWork) -> None:
    sheet_id = society.checked(TWO_PAID, is_list=True)
    assert submit(society, sheet_id, Submission()) == "kept"
    with pytest.raises(RuleError):
        society.approve(sheet_id)


def test_an_open_question_is_answered_first(society: AtWork) -> None:
    table = TWO_PAID.replace("2022-11-05", "05/06/2022")
    sheet_id = society.checked(sheet(table))
    assert [ask["choice"] for ask in society.sheet(sheet_id).asks] == ["date_order"]
    with pytest.raises(RuleError, match="Answer"):
        submit(society, sheet_id, Submission(handed_out=True))
    field = society.people["field"]
    with pytest.raises(InputError):
        society.do(
            lambda session: sheet_submission.answer(session, sheet_id, {"date_order": "x"}), field
        )
    run_id = society.do(
        lambda session: sheet_submission.answer(session, sheet_id, {"date_order": "dmy"}), field
    )
    assert society.rows(sheet_id) == {}
    society.check(run_id)
    society.submit(sheet_id)
    assert society.approve(sheet_id).posted_rows == 2


def test_a_total_that_differs_is_corrected_or_the_rows_confirmed(society: AtWork) -> None:
    sheet_id = society.checked(TWO_PAID + "Total  |  |  | 99999 | \n")
    assert "total-mismatch" in {code for _row, code in society.findings(sheet_id, "warning")}
    with pytest.raises(RuleError, match="total"):
        submit(society, sheet_id, Submission(handed_out=True))
    submit(society, sheet_id, Submission(handed_out=True, totals_confirmed=True))


def test_a_currency_that_only_the_programme_tells_is_confirmed(society: AtWork) -> None:
    sheet_id = society.checked(
        "number | name | day | amount\nR-1 | Anna Orlova | 2022-11-05 | 5000"
    )
    assert (None, "currency-assumed") in society.findings(sheet_id, "warning")
    with pytest.raises(RuleError, match="currency"):
        submit(society, sheet_id, Submission(handed_out=True))
    submit(society, sheet_id, Submission(handed_out=True, currency_confirmed=True))


def test_what_changed_since_it_was_seen_is_not_submitted(society: AtWork) -> None:
    sheet_id = society.checked(TWO_PAID)
    seen = society.sheet(sheet_id).version
    with pytest.raises(ConflictError, match="changed"):
        submit(society, sheet_id, Submission(handed_out=True, version=seen + 1))
    submit(society, sheet_id, Submission(handed_out=True, version=seen))


def test_a_submitted_sheet_is_not_submitted_again(society: AtWork) -> None:
    sheet_id = society.submitted(TWO_PAID)
    with pytest.raises(RuleError, match="waiting for approval"):
        submit(society, sheet_id, Submission(handed_out=True))


@pytest.mark.parametrize("until", ["checked", "submitted"])
def test_what_is_not_decided_can_be_withdrawn(society: AtWork, until: str) -> None:
    sheet_id = getattr(society, until)(TWO_PAID)
    society.withdraw(sheet_id)
    assert society.state(sheet_id) == "withdrawn"
    with pytest.raises(RuleError):
        society.approve(sheet_id)


def test_what_is_posted_cannot_be_withdrawn(society: AtWork) -> None:
    sheet_id = society.approved(TWO_PAID)
    with pytest.raises(RuleError, match="approved"):
        society.withdraw(sheet_id)


def test_a_sheet_is_sent_back_with_a_word_and_by_another_person(society: AtWork) -> None:
    sheet_id = society.submitted(TWO_PAID)
    finance = society.people["finance"]
    with pytest.raises(InputError):
        society.do(lambda session: deciding.reject(session, sheet_id, "  "), finance)
    society.reject(sheet_id)
    told = society.sheet(sheet_id)
    assert (told.state, told.decision_reason) == ("rejected", "The amounts are not right.")
    with pytest.raises(ConflictError):
        society.approve(sheet_id)


def test_an_approval_names_the_version_it_was_shown(society: AtWork) -> None:
    sheet_id = society.submitted(TWO_PAID)
    seen = society.sheet(sheet_id).version
    with pytest.raises(ConflictError, match="changed"):
        society.approve(sheet_id, version=seen - 1)
    assert society.approve(sheet_id, version=seen).posted_rows == 2


def test_a_list_before_the_hand_out_needs_no_day(society: AtWork) -> None:
    planned = "number | name | amount | currency\nR-001 | Anna Orlova | 5000 | RUB\n"
    sheet_id = society.checked(planned, is_list=True, round_code="2022-11")
    assert society.rows(sheet_id) == {2: "ready"}
    handed_out = society.checked(planned.replace("R-001", "R-002"))
    assert society.rows(handed_out) == {2: "open"}


def test_who_decides_sends_back_and_does_not_withdraw(society: AtWork) -> None:
    sheet_id = society.submitted(TWO_PAID)
    with pytest.raises(RuleError):
        society.withdraw(sheet_id, by="finance")
    society.withdraw(sheet_id)
    assert society.state(sheet_id) == "withdrawn"
