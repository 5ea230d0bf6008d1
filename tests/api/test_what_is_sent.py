"""What cannot be read of a call is told in plain words, in the language of who calls."""

import pytest

from tests.api.conftest import Api
from tests.makers import TWO_PAID, at_once


def test_what_is_no_json_is_told_as_that(api: Api) -> None:
    answer = api.call("POST", "/rounds", data='{"code": ', content_type="application/json")
    assert answer.status_code == 400
    assert answer.json is not None
    assert answer.json["code"] == "request_incomplete"
    assert answer.json["message"].startswith("This is no JSON.")


def test_another_form_than_json_is_refused(api: Api) -> None:
    answer = api.call("POST", "/rounds", data="code=2022-12", content_type="text/plain")
    assert answer.status_code == 415


def test_what_an_address_takes_stands_beside_the_refusal(api: Api) -> None:
    answer = api.call("DELETE", "/sheets")
    assert answer.status_code == 405
    assert {"GET", "POST"} <= set(answer.headers["Allow"].split(", "))


def test_faults_are_told_in_our_words_and_in_the_language_of_who_calls(api: Api) -> None:
    faults = api.call("GET", "/sheets?page=0&per_page=x").json
    assert faults is not None
    assert faults["fields"] == {
        "page": ["Write a number from 1 to 1000000."],
        "per_page": ["Write a whole number."],
    }
    missing = api.call("POST", "/rounds", json={"programme": "CASH"}).json
    assert missing is not None
    assert missing["fields"]["society"] == ["Fill this in."]
    russian = api.call("GET", "/sheets?page=0", headers={"Accept-Language": "ru"}).json
    assert russian is not None
    assert russian["fields"]["page"] != faults["fields"]["page"]


def test_a_fault_of_a_value_in_a_mapping_is_told_at_its_name(api: Api) -> None:
    asked = {"society": "ARC", "kind": "advance_float", "reason": "x", "details": {"amount": 5000}}
    answer = api.call("POST", "/requests", json=asked).json
    assert answer is not None
    assert answer["fields"] == {"details.amount": ["Write a text."]}


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("[" * 100_000, 400),
        ('{"version": ' + "9" * 5_000 + "}", 400),
        ('{"version": ' + "9" * 30 + "}", 422),
        ('{"version": 9223372036854775808}', 422),
        ('{"version": "x"}', 422),
        ('{"reason": "\\u0000"}', 422),
        ('{"reason": "\\ud800"}', 422),
        ('{"\\udfff": 1}', 422),
    ],
)
def test_what_no_database_can_keep_is_refused_and_nothing_done(
    api: Api, body: str, status: int
) -> None:
    sheet_id = api.society.submitted(TWO_PAID)
    for act in ("approve", "reject"):
        answer = api.call(
            "POST",
            f"/sheets/{sheet_id}/{act}",
            by="finance",
            data=body,
            content_type="application/json",
        )
        assert answer.status_code == status, answer.text
    assert api.society.state(sheet_id) == "submitted"


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ("society=ARC&society=BRC", "parameter_twice"),
        ("society=%00", "sign_unstorable"),
        ("provider=99999999999999999999999", "input_invalid"),
    ],
)
def test_a_parameter_that_cannot_be_meant_is_refused(api: Api, asked: str, code: str) -> None:
    answer = api.call("GET", f"/payment-lists?{asked}", by="finance")
    assert answer.status_code == 422
    assert answer.json is not None
    assert answer.json["code"] == code


def test_equal_calls_at_once_are_answered_alike(api: Api) -> None:
    """Whoever was second finds the sheet decided, and the answer of the first kept."""
    sheet_id = api.society.submitted(TWO_PAID)
    api.token("finance")
    headers = {"Idempotency-Key": "once"}
    answers = at_once(
        *[
            lambda: api.call("POST", f"/sheets/{sheet_id}/approve", by="finance", headers=headers)
            for _ in range(6)
        ]
    )
    assert {getattr(answer, "status_code", answer) for answer in answers} == {200}
    assert len({getattr(answer, "text", "") for answer in answers}) == 1
