"""A sheet's way through the pages."""

import re
from datetime import date

import pytest

from cva.core.permissions import Role
from cva.web import formats
from tests.makers import AtWork, sheet
from tests.web.conftest import House
from tests.workbooks import HEADINGS, Cell, cash_rows, cash_sheet, workbook


def test_a_sheet_goes_from_the_field_to_the_month(house: House) -> None:
    field, finance = house.visitor(Role.FIELD), house.visitor(Role.FINANCE)
    sheet_id = house.sheet(cash_sheet(6, faults=2))
    page = field.see(f"/sheets/{sheet_id}")
    assert "2 rows need attention" in page
    assert "Leave out 2 rows with errors" in page
    assert "&#34;ten thousand&#34; is no amount." in page
    field.post(f"/sheets/{sheet_id}/submit", leave_out_errors="on", handed_out="on")
    assert house.state(sheet_id) == "submitted"
    assert "november.xlsx" in finance.see("/")
    assert "Approve and post" in finance.see(f"/sheets/{sheet_id}")
    finance.post(f"/sheets/{sheet_id}/approve")
    page = field.see(f"/sheets/{sheet_id}")
    assert "Approved and posted" in page
    assert "In the book under no. <bdi>1–4</bdi>." in page
    assert formats.runs([3, 5, 6, 7, 9]) == "<bdi>3, 5–7, 9</bdi>"
    month = house.visitor(Role.MANAGER).see(f"/figures/{house.ours.society_id}")
    assert "Russian Red Cross, November 2022" in month
    assert re.search(r"People, each once</dt><dd>4<", month)


def test_nobody_approves_their_own_sheet(house: House) -> None:
    finance = house.visitor(Role.FINANCE)
    sheet_id = finance.send(cash_sheet(), programme=str(house.ours.programme_id))
    finance.post(f"/sheets/{sheet_id}/submit", handed_out="on")
    page = finance.see(f"/sheets/{sheet_id}")
    assert "You sent or mended this sheet" in page
    assert "Approve and post" not in page
    assert finance.post(f"/sheets/{sheet_id}/approve").status_code == 403
    assert finance.post(f"/sheets/{sheet_id}/send-back", reason="no").status_code == 403
    assert house.state(sheet_id) == "submitted"


def test_errors_stand_until_left_out_or_mended(house: House) -> None:
    sheet_id = house.sheet(cash_sheet(6, faults=1))
    field = house.visitor(Role.FIELD)
    answer = field.post(f"/sheets/{sheet_id}/submit", handed_out="on")
    assert answer.status_code == 422
    assert "1 row has an error" in answer.text
    assert "1 row needs attention" in answer.text
    mended = house.sheet(cash_sheet(6), replaces=str(sheet_id))
    assert house.state(sheet_id) == "withdrawn"
    assert "6 rows are ready" in field.see(f"/sheets/{mended}")


def test_receipt_is_declared_where_no_column_says_it(house: House) -> None:
    sheet_id = house.sheet()
    field = house.visitor(Role.FIELD)
    assert 'name="handed_out"' in field.see(f"/sheets/{sheet_id}")
    assert field.post(f"/sheets/{sheet_id}/submit").status_code == 422
    assert field.post(f"/sheets/{sheet_id}/submit", handed_out="on").status_code == 302


def with_marks(heading: str, *marks: Cell) -> bytes:
    """Cash transfers with one more column."""
    rows = [[*row, mark] for row, mark in zip(cash_rows(len(marks)), marks, strict=True)]
    return workbook(rows, [*HEADINGS, heading])


def test_only_the_others_are_declared_where_a_row_was_not_received(house: House) -> None:
    sheet_id = house.sheet(with_marks("Signature", "/s/", "absent"))
    field = house.visitor(Role.FIELD)
    page = field.see(f"/sheets/{sheet_id}")
    assert 'name="handed_out"' not in page
    assert 'name="others_handed_out"' in page
    assert field.post(f"/sheets/{sheet_id}/submit", handed_out="on").status_code == 422
    assert field.post(f"/sheets/{sheet_id}/submit", others_handed_out="on").status_code == 302
    approver = house.visitor(Role.FINANCE).see(f"/sheets/{sheet_id}?show=all")
    assert "all other rows were handed out" in approver
    assert "absent" in approver


def test_a_doubtful_remark_is_asked_on_the_page_and_shown_beside_its_row(house: House) -> None:
    sheet_id = house.sheet(with_marks("Remarks", "moved to Kyiv", ""))
    field = house.visitor(Role.FIELD)
    page = field.see(f"/sheets/{sheet_id}")
    assert "moved to Kyiv" in page
    assert "it says nothing about that" in page
    name = re.findall(r'name="(word:[A-Z]+:[0-9a-f]{8})"', page)[0]
    assert field.post(f"/sheets/{sheet_id}/answers", **{name: "nothing"}).status_code == 302
    assert "so the sender answered" in field.see(f"/sheets/{sheet_id}")


def test_a_stated_total_that_differs_is_confirmed(house: House) -> None:
    rows: list[list[Cell]] = [*cash_rows(3), ["Total", None, None, None, None, None, 1]]
    sheet_id = house.sheet(workbook(rows))
    field = house.visitor(Role.FIELD)
    page = field.see(f"/sheets/{sheet_id}")
    assert "the rows above add up to" in page
    assert 'name="totals_confirmed"' in page
    path = f"/sheets/{sheet_id}/submit"
    assert field.post(path, handed_out="on").status_code == 422
    assert field.post(path, handed_out="on", totals_confirmed="on").status_code == 302


def test_a_currency_that_only_the_programme_tells_is_confirmed(house: House) -> None:
    heads = ["Registration number", "Family name", "Distribution date", "Amount"]
    sheet_id = house.sheet(workbook([["R-1", "Example", "2022-11-05", 5000]], heads))
    field = house.visitor(Role.FIELD)
    page = field.see(f"/sheets/{sheet_id}")
    assert "The amounts are in RUB, though the sheet does not say so" in page
    path = f"/sheets/{sheet_id}/submit"
    assert field.post(path, handed_out="on").status_code == 422
    assert field.post(path, handed_out="on", currency_confirmed="on").status_code == 302


def test_a_list_is_kept_and_not_posted(house: House) -> None:
    sheet_id = house.sheet(None, **{"is": "list"})
    field = house.visitor(Role.FIELD)
    assert "Keep this list" in field.see(f"/sheets/{sheet_id}")
    field.post(f"/sheets/{sheet_id}/submit")
    assert house.state(sheet_id) == "kept"
    assert "Nothing of it is posted." in field.see(f"/sheets/{sheet_id}")


def test_a_file_that_cannot_be_used_says_the_one_reason(house: House) -> None:
    sheet_id = house.sheet(b"no workbook at all")
    page = house.visitor(Role.FIELD).see(f"/sheets/{sheet_id}")
    assert "This sheet cannot be used" in page
    assert f'href="/sheets/send?replaces={sheet_id}"' in page
    assert page.count('class="note bad"') == 1


def test_a_question_is_answered_and_the_kept_file_checked_again(house: House) -> None:
    rows = cash_rows(3)
    for row in rows:
        row[5] = "03/04/2022"
    sheet_id = house.sheet(workbook(rows))
    field = house.visitor(Role.FIELD)
    page = field.see(f"/sheets/{sheet_id}")
    assert "The sheet leaves one thing open" in page
    assert 'name="date_order" value="dmy"' in page
    assert field.post(f"/sheets/{sheet_id}/answers").status_code == 422
    assert field.post(f"/sheets/{sheet_id}/answers", date_order="ymd").status_code == 422
    more = {"date_order": "dmy", "which:amount": "ZZZ"}
    assert field.post(f"/sheets/{sheet_id}/answers", **more).status_code == 422
    field.post(f"/sheets/{sheet_id}/answers", date_order="dmy")
    assert "3 rows are ready" in field.see(f"/sheets/{sheet_id}")


def test_while_a_sheet_is_checked_its_page_reloads_without_script(house: House) -> None:
    house.queue.is_stopped = True
    sheet_id = house.sheet()
    field = house.visitor(Role.FIELD)
    page = field.see(f"/sheets/{sheet_id}")
    assert '<noscript><meta http-equiv="refresh"' in page
    assert "<progress" in page
    told = field.client.get(f"/sheets/{sheet_id}/progress").get_json()
    assert told == {"stage": "checking", "done": 0, "total": 0}


def test_a_submitted_sheet_is_sent_back_with_a_word(house: House) -> None:
    sheet_id = house.submitted()
    finance = house.visitor(Role.FINANCE)
    assert finance.post(f"/sheets/{sheet_id}/send-back", reason=" ").status_code == 422
    finance.post(f"/sheets/{sheet_id}/send-back", reason="Page 2 is missing.")
    page = house.visitor(Role.FIELD).see(f"/sheets/{sheet_id}")
    assert "Page 2 is missing." in page
    assert "Send a mended file" in page


def test_a_sheet_that_changed_since_it_was_shown_is_not_decided(house: House) -> None:
    sheet_id = house.submitted()
    answer = house.visitor(Role.FINANCE).post(f"/sheets/{sheet_id}/approve", version="1")
    assert answer.status_code == 409
    assert house.state(sheet_id) == "submitted"


def test_a_page_that_names_no_version_decides_nothing(house: House) -> None:
    sheet_id = house.submitted()
    answer = house.visitor(Role.FINANCE).post(f"/sheets/{sheet_id}/approve", version="")
    assert answer.status_code == 422
    assert "This form is too old." in answer.text
    assert house.state(sheet_id) == "submitted"


def test_what_another_sheet_was_first_with_goes_back_marked(house: House) -> None:
    first = house.submitted(cash_sheet(3), round="2022-11")
    second = house.submitted(cash_sheet(4, first=2), round="2022-11")
    finance = house.visitor(Role.FINANCE)
    finance.post(f"/sheets/{first}/approve")
    finance.post(f"/sheets/{second}/approve")
    page = finance.see(f"/sheets/{second}")
    assert "other sheets were first with 2 rows" in page
    assert house.state(second) == "checked"


def test_what_really_happened_is_recorded_as_an_exception(house: House) -> None:
    house.approved(cash_sheet(2), round="2022-11")
    sheet_id = house.submitted(cash_sheet(3), round="2022-11")
    finance = house.visitor(Role.FINANCE)
    assert "This really happened" in finance.see(f"/sheets/{sheet_id}")
    path = f"/sheets/{sheet_id}/rows/2/exception"
    assert finance.post(path, kind="loss", reason=" ").status_code == 422
    finance.post(path, kind="recoverable", reason="Paid twice at the second site.")
    page = finance.see(f"/sheets/{sheet_id}")
    assert "Paid twice at the second site." in page
    finance.post(f"/sheets/{sheet_id}/approve")
    month = finance.see(f"/figures/{house.ours.society_id}")
    assert "1 payment against a rule" in month


def test_a_withdrawn_sheet_can_be_sent_again(house: House) -> None:
    sheet_id = house.sheet()
    house.visitor(Role.FIELD).post(f"/sheets/{sheet_id}/withdraw")
    assert house.state(sheet_id) == "withdrawn"
    assert house.state(house.sheet()) == "checked"


def test_long_sheets_are_shown_fifty_rows_at_a_time(house: House) -> None:
    sheet_id = house.sheet(cash_sheet(60))
    field = house.visitor(Role.FIELD)
    page = field.see(f"/sheets/{sheet_id}")
    assert "Page 1 of 2" in page
    assert page.count('<th scope="row" class="at">') == 50
    page = field.see(f"/sheets/{sheet_id}?show=all&page=2")
    assert ">61<" in page
    assert "Page 2 of 2" in field.see(f"/sheets/{sheet_id}?show=all&page=99999999999999999999")


@pytest.mark.parametrize("field", ["programme", "replaces"])
def test_a_number_that_no_record_has_is_no_fault_of_ours(house: House, field: str) -> None:
    fields = {"programme": str(house.ours.programme_id), field: "9" * 30}
    answer = house.visitor(Role.FIELD).post("/sheets/send", **fields)
    assert answer.status_code == 422


def test_sending_without_a_file_says_so(house: House) -> None:
    programme = str(house.ours.programme_id)
    answer = house.visitor(Role.FIELD).post("/sheets/send", programme=programme)
    assert answer.status_code == 422
    assert "Choose a file first." in answer.text


def test_the_day_of_hand_out_is_told_as_people_say_it(house: House) -> None:
    rows = cash_rows(1)
    rows[0][5] = date(2022, 11, 7)
    sheet_id = house.submitted(workbook(rows, HEADINGS))
    assert "1 entry, of 7 Nov 2022." in house.visitor(Role.FINANCE).see(f"/sheets/{sheet_id}")


def test_a_file_sent_twice_leads_to_the_sheet_it_already_is(house: House) -> None:
    sheet_id = house.sheet()
    page = house.visitor(Role.FIELD).see(f"/sheets/{house.sheet()}")
    assert "This sheet cannot be used" in page
    assert f'<a href="/sheets/{sheet_id}">Open sheet {sheet_id}</a>' in page


def test_a_kept_list_tells_how_many_rows_are_ready(house: House) -> None:
    list_id = house.sheet(
        sheet("number | name\nR-1 | Anna Orlova\nR-2 | Boris Lebed"), **{"is": "list"}
    )
    field = house.visitor(Role.FIELD)
    assert field.post(f"/sheets/{list_id}/submit").status_code == 302
    assert house.state(list_id) == "kept"
    assert '<td class="number">2 rows</td>' in field.see("/")


def test_the_entry_of_who_did_not_receive_is_no_day_of_hand_out(
    house: House, at_work: AtWork
) -> None:
    round_id = at_work.plan_round()
    at_work.list_kept("number | name\nR-001 | Anna Orlova\nR-002 | Boris Lebed")
    at_work.list_approved(round_id)
    sheet_id = at_work.submitted(
        "number | day | amount | currency | received\n"
        "R-001 | 2022-11-05 | 5000 | RUB | yes\nR-002 | | | RUB | no",
        round_code="2022-11",
    )
    page = house.visitor(Role.FINANCE).see(f"/sheets/{sheet_id}")
    assert "Will be posted as 1 entry, of 5 Nov 2022." in page
    assert "Who did not receive is kept by an entry of its own, of " in page
