"""The page on which a template is chosen."""

from cva.core.permissions import Role
from tests.templates_filled import page_of
from tests.web.conftest import House


def test_a_template_is_chosen_and_downloaded(house: House) -> None:
    field = house.visitor(Role.FIELD)
    assert 'href="/sheets/template"' in field.see("/sheets/send")
    page = field.see("/sheets/template")
    assert "Cash for families" in page or "(CASH, RUB)" in page
    assert ">Русский<" in page
    answer = field.post(
        "/sheets/template",
        kind="cash_transfers",
        programme=str(house.ours.programme_id),
        language="ru",
        round="2022-11",
        rows="7",
    )
    assert answer.status_code == 200
    assert ".xlsx" in answer.headers["Content-Disposition"]
    sheet = page_of(answer.data)
    assert "Russian Red Cross (RRC)" in str(sheet["A2"].value)
    assert (sheet["A12"].value, sheet["B13"].value) == (7, "Итого")


def test_a_choice_that_is_missing_is_asked_for(house: House) -> None:
    field = house.visitor(Role.FIELD)
    answer = field.post("/sheets/template", kind="cash_transfers")
    assert answer.status_code == 422
    assert "Choose a programme first." in answer.text


def test_another_societys_programme_is_not_there(house: House) -> None:
    field = house.visitor(Role.FIELD)
    theirs = str(house.theirs.programme_id)
    answer = field.post("/sheets/template", kind="cash_transfers", programme=theirs)
    assert answer.status_code == 404
