"""Remarks: what they say of a part, of another person or another day, in eight languages."""

import datetime as dt

import pytest

from cva.sheets.checking.checked import Checked
from cva.sheets.vocabulary.harmless_texts import is_harmless
from tests.sheets_made import checked, errors, states, warnings, workbook

DAY = dt.date(2025, 3, 1)


def remarked(heading: str | None, *remarks: object) -> bytes:
    heads = ["Reg No", "Name", "Date", "Amount (KES)", heading]
    return workbook(heads, *[[f"R{at}", "A", DAY, 50, each] for at, each in enumerate(remarks)])


def asked(found: Checked) -> list[str]:
    """What is asked, without digests of texts."""
    return [":".join(question.choice.split(":")[:2]) for question in found.ask]


OPEN = [
    "got 20 only", "half now", "the rest next week", "cash short", "wrong person",
    "duplicate of R1", "sick; did not come", "on hold", "agent took 5", "card stolen",
    "20", "?", "*",
    "выдано 30", "недодано 20", "только половина", "остаток потом", "дубль", "за двоих",
    "payé 30", "moitié seulement", "doublon", "en voyage", "décalé au 12/11", "voir registre",
    "mitad", "pagó 30", "falta el saldo", "duplicado", "está de viaje",
    "نصف المبلغ", "الباقي لاحقا", "مكرر", "استلم 30", "شخص آخر",
    "نصف", "باقی بعدا", "مهاجرت کرده", "تکراری", "30 گرفت",
    "жарымы", "калганы кийин", "башка адам", "30 алды",
    "палова", "астатак потым", "выдадзена 30", "дубль запісу",
    "отримала 30", "решта потім",
]  # fmt: skip


@pytest.mark.parametrize("remark", OPEN)
def test_what_is_not_known_to_be_harmless_is_asked(remark: str) -> None:
    found = checked(remarked("Remarks", "", remark))
    assert (asked(found), states(found)) == (["word:E"], "oo")


@pytest.mark.parametrize("remark", ["got 20 only", "выдано 30", "blue moon", "paid twice"])
def test_it_is_asked_beside_a_plain_yes_too(remark: str) -> None:
    heads = ["Reg No", "Date", "Amount (KES)", "Received", "Remarks"]
    rows: list[list[object]] = [["R1", DAY, 50, "yes", ""], ["R2", DAY, 50, "yes", remark]]
    assert asked(checked(workbook(heads, *rows))) == ["word:E"]
    rows[1][3] = "no"
    assert states(checked(workbook(heads, *rows))) == "rn"


@pytest.mark.parametrize(
    "remark",
    [
        "OK", "thanks", "widow", "received by her sister", "house no 5", "lives with 3 children",
        "received 02/03/2025", "tel. +254 700 123456", "passport 123456", "collected in person",
        "инвалид II гр.", "дом 5, кв. 12", "получила сестра", "получено 02.03.2025",
        "veuve", "vit chez l'oncle", "reçu par sa fille",
        "viuda", "vive con su hija", "أرملة", "استلم ابنها", "بیوه", "با پسرش زندگی می‌کند",
        "жесир", "баласы менен", "удава", "з дачкой", "вдова, живе з сином",
    ],
)  # fmt: skip
def test_a_harmless_remark_is_not_asked_about(remark: str) -> None:
    found = checked(remarked("Remarks", "", remark))
    assert (asked(found), states(found)) == ([], "rr")


@pytest.mark.parametrize(
    "remark",
    [
        "deceased", "relocated - not paid", "passed away",
        "умер", "умерла", "отказ от помощи", "не пришла", "décédé", "absent / non servi",
        "fallecido", "murió", "متوفى", "تم الإرجاع", "فوت شده", "өлгөн", "памерла", "не з'явилась",
    ],
)  # fmt: skip
def test_a_plain_refusal_is_a_row_that_was_not_received(remark: str) -> None:
    found = checked(remarked("Remarks", "", remark))
    assert (asked(found), states(found)) == ([], "rn")


@pytest.mark.parametrize(("mark", "expected"), [("non", "rn"), ("No", "rn"), ("нет", "rn")])
def test_a_plain_no_where_one_signs_is_a_no(mark: str, expected: str) -> None:
    assert states(checked(remarked("Signature", "/s/", mark))) == expected


@pytest.mark.parametrize(
    "text", ["next week", "voir registre", "à payer le 12", "получит 12.04", "half", "30 only"]
)
def test_words_and_sums_in_a_place_to_sign_are_asked_about(text: str) -> None:
    assert asked(checked(remarked("Signature", "A. Moss", text))) == ["word:E"]


@pytest.mark.parametrize("text", ["A. Moss", "Дубровская", "AA", "PIN 1234", "+254 700 123456"])
def test_a_name_in_a_place_to_sign_is_not_asked_about(text: str) -> None:
    assert asked(checked(remarked("Signature", "/s/", text))) == []


def test_a_yes_with_harmless_words_behind_it_is_a_yes() -> None:
    found = checked(remarked("Reçu (oui/non)", "oui", "Oui, par sa fille", "Oui, à moitié"))
    assert (asked(found), len(found.ask[0].examples[""])) == (["word:E"], 1)
    assert found.ask[0].examples[""][0][0] == "Oui, à moitié"


def test_a_part_is_an_error_until_the_amount_is_written_anew() -> None:
    content = remarked("Remarks", "", "got 20 only")
    choice = checked(content).ask[0].choice
    found = checked(content, settled={choice: "part"})
    assert (states(found), errors(found)) == ("re", [("E3", "receipt-part")])
    mended = checked(content, settled={choice: "part"}, amended={"D3": "20"})
    assert (states(mended), warnings(mended)) == ("rr", [("E3", "receipt-explained")])
    assert mended.rows[1].values["amount_minor"] == 2000


def test_many_remarks_are_one_question_that_lists_them() -> None:
    colours = [f"stripe {letter}" for letter in "bcdefghjklmn"]
    found = checked(remarked("Remarks", *colours, "deceased"))
    assert asked(found) == ["words:E"]
    assert [text for text, _ in found.ask[0].examples[""]] == colours
    settled = checked(remarked("Remarks", *colours), settled={"words:E": "nothing"})
    assert states(settled) == "r" * len(colours)


def test_each_of_many_remarks_may_have_its_own_answer() -> None:
    content = remarked("Remarks", *[f"stripe {letter}" for letter in "bcdefgh"])
    each = {"words:E": "each"}
    found = checked(content, settled=each)
    assert asked(found) == ["word:E"] * 7
    second = found.ask[2].choice
    answers = {one.choice: "no" if one.choice == second else "nothing" for one in found.ask}
    assert states(checked(content, settled=each | answers)) == "rrnrrrr"


@pytest.mark.parametrize(
    ("heading", "texts"),
    [
        ("Noter", ("", "fik kun 30")),
        ("Notatki", ("", "dostała tylko połowę pieniędzy")),
        ("Xtra", ("blue", "absent")),
        ("Xtra", ("", "half now")),
        ("Қосымша", ("", "дубль")),
    ],
)
def test_notes_below_a_heading_that_is_not_known_are_asked_about(
    heading: str, texts: tuple[str, ...]
) -> None:
    content = remarked(heading, *texts)
    found = checked(content)
    assert (asked(found), states(found)) == (["column:E"], "oo")
    assert found.ask[0].options == ("status", "remarks", "none")
    assert asked(checked(content, settled={"column:E": "remarks"})) in ([], ["word:E"])


@pytest.mark.parametrize(
    ("heading", "texts"),
    [("Cohort", ("", "Blue Hill")), ("Tool", ("advance", "one off")), ("Score", ("", "12"))],
)
def test_other_texts_below_a_heading_that_is_not_known_are_not(
    heading: str, texts: tuple[str, ...]
) -> None:
    assert asked(checked(remarked(heading, *texts))) == []


def test_ukrainian_remarks_are_known_by_their_heading() -> None:
    found = checked(remarked("Примітка", "", "не з'явилась", "видано 30"))
    assert (asked(found), found.columns[-1].field) == (["word:E"], "remarks")
    assert [row.state for row in found.rows] == ["open", "not_received", "open"]


@pytest.mark.parametrize(
    ("text", "harmless"),
    [("26'000 is a number", True), ("3 000", False), ("received 30 000 only", False)],
)
def test_a_large_number_in_groups_is_one_number(text: str, *, harmless: bool) -> None:
    assert is_harmless(text) is harmless
