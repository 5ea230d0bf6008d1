"""The pages of providers and payment lists."""

from cva.core.permissions import Role
from tests.makers import AtWork, answered
from tests.web.conftest import House


def listed(society: AtWork, *more: str) -> int:
    """A round whose list is approved."""
    round_id = society.plan_round()
    society.list_kept("\n".join(["number | name", "R-001 | Anna Orlova", *more]))
    society.list_approved(round_id)
    return round_id


def test_a_list_is_sent_once_and_again_for_a_reason(house: House) -> None:
    finance = house.visitor(Role.FINANCE)
    assert "Mark as sent to the provider" in finance.see("/payment-lists/1")
    assert "Mark as sent" not in house.visitor(Role.FIELD).see("/payment-lists/1")
    assert finance.post("/payment-lists/1/send").status_code == 302
    assert finance.post("/payment-lists/1/send").status_code == 422
    assert finance.post("/payment-lists/1/send", reason="The line broke.").status_code == 302
    assert "The line broke." in finance.see("/payment-lists/1")
    assert finance.carry("/payment-lists/1/file").data.startswith(b"Phone,")


def test_an_advance_is_asked_for_and_a_balance_compared(house: House) -> None:
    finance = house.visitor(Role.FINANCE)
    said = {"day": "2022-11-01", "amount": "100", "currency": "RUB"}
    asked = finance.post(
        "/providers/1/requests", kind="advance_float", slip="S-1", reason="November.", **said
    )
    assert (asked.status_code, asked.location) == (302, "/providers/1")
    page = finance.see("/providers/1")
    assert "waits for a second person: 100.00\N{NO-BREAK SPACE}RUB was sent to Quick Pay" in page
    assert "on 1 Nov 2022, slip S-1" in finance.see("/requests")
    finance.post("/providers/1/balances", source="Statement 11", **said)
    page = finance.see("/providers/1")
    assert "Statement 11" in page
    assert "no</span>" in page


def test_who_stands_in_an_undecided_sheet_is_told_with_its_number(
    house: House, at_work: AtWork
) -> None:
    society, round_id = at_work, listed(at_work, "R-002 | Boris Lebed")
    provider_id = society.add_provider("BANK")
    cash = "number | day | amount | currency\nR-001 | 2022-11-05 | 5000 | RUB"
    sheet_id = society.checked(cash, round_code="2022-11")
    field = house.visitor(Role.FIELD)
    path = f"/providers/{provider_id}/lists"
    answer = field.post(path, round=str(round_id), instead="on")
    assert f"sheet {sheet_id} is approved or withdrawn" in field.see(answer.location)
    refused = field.post(path, round=str(round_id), instead="on")
    assert (refused.status_code, "R-001" in refused.text) == (422, True)


def test_beside_a_balance_that_differs_stands_what_is_not_booked_yet(
    house: House, at_work: AtWork
) -> None:
    society, round_id = at_work, listed(at_work)
    provider_id = society.add_provider("BANK")
    society.payments_sent(provider_id, round_id)
    path = f"/providers/{provider_id}"
    finance = house.visitor(Role.FINANCE)
    society.balance_stated(provider_id, "2022-11-30", "0")
    assert "Not booked by us yet" not in finance.see(path)
    society.balance_stated(provider_id, "2022-12-01", "7")
    page = finance.see(path)
    assert "Not booked by us yet" in page
    assert "<dt>no answer yet</dt>" in page


def test_a_manager_sees_how_far_and_takes_nothing_out(house: House) -> None:
    manager = house.visitor(Role.MANAGER)
    page = manager.see("/payment-lists/1")
    assert "Download" not in page
    assert "Cancel" not in page
    assert "Quick Pay" in manager.see("/providers")
    manager.see("/payment-lists/1/file", 403)


def test_a_list_of_a_round_without_an_approved_list_is_not_made(house: House) -> None:
    answer = house.visitor(Role.FIELD).post("/providers/1/lists", round="1")
    assert answer.status_code in {409, 422}
    assert "not approved yet" in answer.text


def test_an_administrator_adds_a_provider(house: House) -> None:
    admin = house.visitor(Role.ADMIN)
    assert "Add a provider" in admin.see("/setup")
    society = str(house.ours.society_id)
    said = {"society": society, "code": "SB", "mechanism": "bank_transfer", "template": "bank"}
    refused = admin.post("/providers/new", name=" ", **said)
    assert refused.status_code == 422
    assert 'id="fault-name"' in refused.text
    assert admin.post("/providers/new", name="Savings Bank", **said).location == "/setup#providers"
    assert "Savings Bank" in admin.see("/setup")
    again = admin.post("/providers/new", name="Savings Bank", **said)
    assert (again.status_code, 'id="fault-code"' in again.text) == (409, True)
    assert "Savings Bank" in house.visitor(Role.MANAGER).see("/providers")


def test_nobody_is_told_of_a_command_they_cannot_use(house: House) -> None:
    assert "on the server" not in house.visitor(Role.MANAGER).see("/providers")
    assert "on the server" not in house.visitor(Role.AUDITOR).see("/setup")
    assert "on the server" in house.visitor(Role.ADMIN).see("/setup")


def test_who_was_not_paid_is_instructed_anew_once(house: House, at_work: AtWork) -> None:
    society, round_id = at_work, listed(at_work)
    provider_id = society.add_provider("BANK")
    sent = society.payments_sent(provider_id, round_id)
    society.approved(answered([sent["R-001"]], "failed"))
    field = house.visitor(Role.FIELD)
    assert "Instruct them again on a new list" in field.see("/payment-lists/2")
    society.payments_made(provider_id, round_id)
    assert "Instruct them again" not in field.see("/payment-lists/2")


def test_what_is_available_stands_in_the_reconciliation_with_its_row(
    house: House, at_work: AtWork
) -> None:
    society, round_id = at_work, listed(at_work)
    society.payments_sent(society.add_provider("BANK", tells_collection=True), round_id)
    reference = society.references(2)["R-001"]
    sheet_id = society.approved(answered([reference], day="2022-11-06"))
    page = house.visitor(Role.FINANCE).see(f"/rounds/{round_id}/reconciliation")
    assert "available since 6 Nov 2022: 5,000.00" in page
    assert f"sheet {sheet_id}, row 2" in page
