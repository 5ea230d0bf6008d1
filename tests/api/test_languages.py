"""The interface in the language that the caller accepts."""

from tests.api.conftest import Api
from tests.makers import sheet

BAD = """
Reg. No. | Family name | First name | Distribution date | Amount (USD)
A-1      | Doe         | Jane       | 2022-11-07        | ten thousand
"""


def test_findings_are_said_in_the_language_that_is_accepted(api: Api) -> None:
    sheet_id = api.checked(content=sheet(BAD))["id"]
    told = {}
    for code in ("en", "ru"):
        answer = api.call("GET", f"/sheets/{sheet_id}", headers={"Accept-Language": code})
        assert answer.json
        told[code] = answer.json["report"]["findings"][0]
    assert "is no amount. Write a number" in told["en"].pop("message")
    assert "— это не сумма. Напишите число" in told["ru"].pop("message")
    assert told["en"] == told["ru"]


def test_errors_keep_their_code(api: Api) -> None:
    answer = api.call("GET", "/sheets/999", headers={"Accept-Language": "fr-FR"})
    told = "Cet enregistrement n’existe pas."
    assert answer.json == {
        "code": "not_found",
        "kind": "not_found",
        "message": told,
        "fields": {},
        "type": "urn:cva:error:not_found",
        "title": "Not Found",
        "status": 404,
        "detail": told,
    }


def test_the_document_says_how_to_ask(api: Api) -> None:
    document = api.call("GET", "/openapi.json", by=None).json
    assert document
    assert "`Accept-Language`" in document["info"]["description"]
    assert "en, ar, es, fa, fr, ru" in document["info"]["description"]
