"""Who does not see a society's people learns nothing of them, and the attempt is in the trail."""

import re

import pytest
from sqlmodel import select

from cva.beneficiaries.models import Beneficiary
from cva.core.audit import Act, AuditEvent
from cva.core.db import reading, transaction
from cva.core.permissions import Role
from cva.core.tenancy import SYSTEM
from cva.societies.models import Membership
from tests.web.conftest import House
from tests.workbooks import cash_sheet

KNOWN, UNKNOWN = "R-1", "R-404"
_TOKEN = re.compile(r'name="csrf_token" value="[^"]+"')


def shown(page: str) -> str:
    """A page without the number that was asked for, and without what ties its forms to a moment."""
    return _TOKEN.sub("", page).replace(UNKNOWN, "").replace(KNOWN, "")


def attempts(house: House) -> list[tuple[int, int, object]]:
    with reading(house.ledger.engine, SYSTEM) as session:
        found = session.exec(select(AuditEvent).where(AuditEvent.act == Act.RIGHT_MISSING))
        return [(each.society_id, each.user_id, each.detail) for each in found]


@pytest.fixture
def registered(house: House) -> House:
    """A house whose field officer is a manager of the other society, where people are known."""
    house.approved(cash_sheet(2))
    officer = house.theirs.people[Role.FIELD]
    with transaction(house.ledger.engine, SYSTEM) as session:
        session.add(
            Membership(society_id=house.ours.society_id, user_id=officer, role=Role.MANAGER)
        )
    return house


def test_a_known_and_an_unknown_number_get_the_same_answer(registered: House) -> None:
    visitor = registered.visitor(Role.FIELD, registered.theirs)
    society = str(registered.ours.society_id)
    known, unknown = (
        visitor.post("/people", society=society, text=number) for number in (KNOWN, UNKNOWN)
    )
    assert known.status_code == unknown.status_code == 403
    assert shown(known.text) == shown(unknown.text)
    attempt = (registered.ours.society_id, registered.theirs.people[Role.FIELD])
    assert attempts(registered) == [(*attempt, {"right": "see sheets"})] * 2


def test_a_record_that_may_not_be_seen_is_as_none(registered: House) -> None:
    with reading(registered.ledger.engine, SYSTEM) as session:
        person = session.exec(select(Beneficiary.id)).first() or 0
    visitor = registered.visitor(Role.FIELD, registered.theirs)
    known, unknown = (visitor.see(f"/people/{number}", 404) for number in (person, person ^ 1))
    assert shown(known) == shown(unknown)
    assert len(attempts(registered)) == 1


def test_who_sees_no_people_anywhere_is_in_the_trail(registered: House) -> None:
    visitor = registered.visitor(Role.MANAGER)
    answers = {visitor.post("/people", text=number).status_code for number in (KNOWN, UNKNOWN)}
    assert answers == {403}
    attempt = (registered.ours.society_id, registered.ours.people[Role.MANAGER])
    assert attempts(registered) == [(*attempt, {"right": "see sheets"})] * 2


def test_a_society_that_one_does_not_belong_to_shows_nobody(registered: House) -> None:
    visitor = registered.visitor(Role.AUDITOR, registered.theirs)
    society = str(registered.ours.society_id)
    known, unknown, none = (
        visitor.post("/people", society=place, text=number)
        for place, number in ((society, KNOWN), (society, UNKNOWN), ("999999", KNOWN))
    )
    assert {each.status_code for each in (known, unknown, none)} == {404}
    assert shown(known.text) == shown(unknown.text)
    attempt = (registered.ours.society_id, registered.theirs.people[Role.AUDITOR])
    assert attempts(registered) == [(*attempt, {"right": "see sheets"})] * 2
