"""What guards the forms, and that looking changes nothing."""

from typing import Any

import pytest
from sqlalchemy import select

from cva.core.audit import Act
from cva.core.ledger import Ledger
from cva.core.permissions import Role
from cva.tables import METADATA
from tests.web.conftest import House
from tests.web.test_rights import FORMS, PAGES, filled
from tests.workbooks import cash_sheet


def _stored(ledger: Ledger) -> dict[str, list[Any]]:
    """All that the database holds, without what is in the trail of rights that were missing."""
    with ledger.engine.connect() as connection:
        stored = {
            table.name: sorted(map(repr, connection.execute(select(table)).all()))
            for table in METADATA.sorted_tables
        }
    trail = stored["audit_event"]
    stored["audit_event"] = [each for each in trail if repr(str(Act.RIGHT_MISSING)) not in each]
    return stored


def _paths(rules: dict[str, set[Role]], sheet_id: int, house: House) -> list[str]:
    return [filled(rule, sheet_id, house.ours.society_id) for rule in rules]


def test_a_form_without_its_token_is_refused_and_nothing_done(house: House) -> None:
    sheet_id = house.submitted(cash_sheet(6, faults=1), round="2022-11")
    before = _stored(house.ledger)
    for role in Role:
        client = house.visitor(role).client
        for path in (*_paths(FORMS, sheet_id, house), "/sign-in", "/sign-out"):
            answer = client.post(path, data={"reason": "x", "kind": "loss"})
            assert answer.status_code in {400, 403}, path
            assert answer.status_code == 400 or role not in FORMS.get(path, ()), path
    assert _stored(house.ledger) == before


def test_a_form_without_its_token_says_what_to_do(house: House) -> None:
    answer = house.visitor(Role.FINANCE).client.post("/sheets/1/approve")
    assert answer.status_code == 400
    assert "This form is too old." in answer.text


def test_the_token_of_another_browser_does_not_serve(house: House) -> None:
    token = house.visitor(Role.FINANCE).token()
    other = house.visitor(Role.FIELD).client
    assert other.post("/sign-out", data={"csrf_token": token}).status_code == 400


def test_a_form_sent_from_another_site_is_refused(house: House) -> None:
    sheet_id = house.submitted()
    finance = house.visitor(Role.FINANCE)
    for origin in ("cross-site", "same-site"):
        answer = finance.client.post(
            f"/sheets/{sheet_id}/approve",
            data={"csrf_token": finance.token()},
            headers={"Sec-Fetch-Site": origin},
        )
        assert answer.status_code == 403
    assert house.state(sheet_id) == "submitted"


#: Whoever takes a file with people's names out is written into the trail.
TAKES_OUT = {
    "/sheets/<int:sheet_id>/marked",
    "/rounds/<int:round_id>/field-list",
    "/rounds/<int:round_id>/field-lists",
    "/people/<person:person_id>",
    "/evidence/<int:evidence_id>",
    "/payment-lists/<int:list_id>/file",
}


@pytest.mark.slow
def test_looking_changes_nothing(house: House) -> None:
    sheet_id = house.submitted(cash_sheet(6, faults=1), round="2022-11")
    only_looked_at = {rule: who for rule, who in PAGES.items() if rule not in TAKES_OUT}
    before = _stored(house.ledger)
    for role in Role:
        client = house.visitor(role).client
        for path in (*_paths(only_looked_at, sheet_id, house), "/", "/sign-in"):
            client.get(path, follow_redirects=True)
        for path in (*_paths(FORMS, sheet_id, house), "/sign-out"):
            assert client.get(path).status_code in {200, 403, 405, 422}, path
    assert _stored(house.ledger) == before
