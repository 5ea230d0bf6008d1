"""Templates through the JSON interface."""

import pytest

from tests.api.conftest import Api
from tests.templates_filled import page_of


def test_a_template_is_given(api: Api) -> None:
    asked = {"society": "ARC", "programme": "CASH", "language": "ar", "round": "2022-11"}
    answer = api.call("GET", "/templates/voucher_distributions", query_string=asked)
    assert answer.status_code == 200
    assert "voucher_distributions-ARC-CASH-2022-11-ar.xlsx" in answer.headers["Content-Disposition"]
    page = page_of(answer.data)
    assert page.sheet_view.rightToLeft
    assert "(RUB)" in str(page["I5"].value)


@pytest.mark.parametrize(
    ("kind", "asked", "status"),
    [
        ("letters", {"society": "ARC"}, 422),
        ("cash_transfers", {}, 422),
        ("cash_transfers", {"society": "ARC", "language": "xx"}, 422),
        ("cash_transfers", {"society": "ARC", "rows": "many"}, 422),
        ("cash_transfers", {"society": "XXX"}, 404),
        ("cash_transfers", {"society": "ARC", "programme": "NONE"}, 404),
    ],
)
def test_what_cannot_be_given_is_said(
    api: Api, kind: str, asked: dict[str, str], status: int
) -> None:
    answer = api.call("GET", f"/templates/{kind}", query_string=asked)
    assert answer.status_code == status
    assert answer.mimetype == "application/problem+json"


def test_who_sends_no_sheets_gets_no_template(api: Api) -> None:
    asked = {"society": "ARC"}
    answer = api.call("GET", "/templates/cash_transfers", query_string=asked, by="auditor")
    assert answer.status_code == 403
