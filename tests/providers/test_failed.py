"""Whose payment failed stands in the reconciliation of the round as not received, until paid."""

from cva.entitlements.answers import Answer
from cva.reconciliation.service import reconcile
from tests.makers import AtWork, answered

LIST = "number | name\nR-001 | Anna Orlova\nR-002 | Boris Lebed"


def answers(society: AtWork, round_id: int) -> dict[str, Answer]:
    found = society.see(lambda session: reconcile(session, round_id))
    return {found.number(line): line.answer for line in found.lines}


def test_a_failed_payment_is_not_received_until_it_is_paid(society: AtWork) -> None:
    round_id = society.plan_round()
    society.list_kept(LIST)
    society.list_approved(round_id)
    provider = society.add_provider()
    sent = society.payments_sent(provider, round_id)
    assert set(answers(society, round_id).values()) == {Answer.OPEN}

    society.approved(answered([sent["R-001"]]))
    society.approved(answered([sent["R-002"]], status="failed"))
    assert answers(society, round_id) == {
        "R-001": Answer.AS_PLANNED,
        "R-002": Answer.NOT_RECEIVED,
    }

    again = society.payments_sent(provider, round_id)
    assert answers(society, round_id)["R-002"] == Answer.OPEN
    society.approved(answered([again["R-002"]]))
    assert set(answers(society, round_id).values()) == {Answer.AS_PLANNED}
