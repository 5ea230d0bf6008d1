"""Words in columns that are for something else: under no heading, among running numbers."""

import datetime as dt
from collections.abc import Sequence

import pytest

from cva.sheets.checking.checked import Checked
from tests.sheets_made import Rows, checked, states, workbook

DAY = dt.date(2025, 3, 1)
HEADS = ["Reg No", "Name", "Date", "Amount (KES)"]
PEOPLE: Rows = [[f"R-10{at}", name, DAY, 500] for at, name in enumerate(["Ann", "Bo", "Cy"], 1)]


def numbered(*numbers: object, heading: str = "#") -> Checked:
    rows = [[number, *one] for number, one in zip(numbers, PEOPLE, strict=True)]
    return checked(workbook([heading, *HEADS], *rows))


def asked(found: Checked) -> Sequence[str]:
    return [question.choice.rpartition(":")[0] or question.choice for question in found.ask]


@pytest.mark.parametrize(
    "word",
    [
        *("void", "CANCELLED", "absent", "not paid", "NOT YET", "X", "-", "аннул.", "снят"),
        *("ملغى", "غائب", "غایب", "مراجعه نکرد", "ANNULÉ", "anulado", "2 (absent)", "2 void"),
    ],
)
@pytest.mark.parametrize("heading", ["#", "S/No.", "No."])
def test_a_word_among_running_numbers_is_asked_about(word: str, heading: str) -> None:
    found = numbered(1, word, 3, heading=heading)
    assert (asked(found), states(found)) == (["word:A"], "ooo")
    done = numbered_again(found, word, heading)
    assert (states(done), done.ask) == ("rnr", [])


def numbered_again(found: Checked, word: str, heading: str) -> Checked:
    rows = [[number, *one] for number, one in zip((1, word, 3), PEOPLE, strict=True)]
    settled = {found.ask[0].choice: "no"}
    return checked(workbook([heading, *HEADS], *rows), settled=settled)


@pytest.mark.parametrize(
    "numbers",
    [
        *((1, 2, 3), ("a", "b", "c"), ("I", "II", "III"), ("1.", "2.", "3."), (1, None, 3)),
        *(("A1", "A2", "A3"), ("1-a", "1-b", "2"), ("№ 1", "№ 2", "№ 3")),
    ],
)
def test_plain_numbers_letters_and_blanks_are_not(numbers: tuple[object, ...]) -> None:
    found = numbered(*numbers)
    assert (asked(found), states(found)) == ([], "rrr")


def test_each_text_is_asked_about_once() -> None:
    rows = [[*one, note] for one, note in zip([*PEOPLE, *PEOPLE], [None, "hold"] * 3, strict=True)]
    people = [[f"R-{at}", *one[1:]] for at, one in enumerate(rows)]
    (question,) = checked(workbook(HEADS, *people)).ask
    assert question.message.endswith("Rows: 3, 5, 7.")


@pytest.mark.parametrize(
    "note",
    [
        *("did not claim", "NOT YET", "hold", "void", "Paid 300", "absent", "later"),
        *("не пришёл", "потом", "annulé", "no vino", "ملغى", "لغو شد"),
    ],
)
@pytest.mark.parametrize("left", [True, False])
def test_a_note_beside_a_row_under_no_heading_is_asked_about(note: str, *, left: bool) -> None:
    rows = [[None, *one, None] for one in PEOPLE]
    rows[1][0 if left else -1] = note
    found = checked(workbook([None, *HEADS], *rows))
    assert (asked(found), states(found)) == ([f"word:{'A' if left else 'F'}"], "ooo")


@pytest.mark.parametrize("texts", [("Bo Diddley", "R-77"), ("new house", "widow"), (12, 3.5)])
def test_names_numbers_and_harmless_notes_are_not(texts: tuple[object, object]) -> None:
    rows = [[*one, None] for one in PEOPLE]
    rows[0][-1], rows[1][-1] = texts
    assert asked(checked(workbook(HEADS, *rows))) == []


def test_a_column_without_blanks_is_one_of_something_else() -> None:
    rows = [[*one, village] for one, village in zip(PEOPLE, ["Kaya", "Osh", "Kaya"], strict=True)]
    assert checked(workbook(HEADS, *rows)).ask == []
    rows[2][-1] = "not yet paid"
    assert asked(checked(workbook(HEADS, *rows))) == ["word:E"]


@pytest.mark.parametrize("text", ["يراجع", "لم يأت بعد", "سافر", "بعداً", "عودت شد", "نیامده بود"])
def test_a_text_of_no_name_in_a_place_to_sign_is_asked_about_in_any_script(text: str) -> None:
    heads = ["رقم التسجيل", "الاسم", "تاريخ الصرف", "المبلغ (جنيه مصري)", "التوقيع"]
    names = ["منى الوادي", "علي النهر", "حسن السهل"]
    signed = [names[0], text, "ابن حسن"]
    rows = [
        [f"E-{at}", name, DAY, 500, sign]
        for at, (name, sign) in enumerate(zip(names, signed, strict=True))
    ]
    found = checked(workbook(heads, *rows))
    assert [letter for letter in states(found) if letter == "r"] == []
    assert asked(found) in (["word:E"], [])  # a plain refusal is read
    assert "n" in states(found) or asked(found)


def test_names_of_others_in_a_place_to_sign_are_how_people_sign() -> None:
    heads = ["رقم التسجيل", "الاسم", "تاريخ الصرف", "المبلغ (جنيه مصري)", "التوقيع"]
    signers = ["سمير", "ليلى", "نادر", "مها", "عمر", "هدى"]
    rows = [[f"E-{at}", "منى الوادي", DAY, 500, sign] for at, sign in enumerate(signers)]
    assert states(checked(workbook(heads, *rows))) == "rrrrrr"


def test_a_word_among_numbers_below_no_makes_them_nobodys_registration_numbers() -> None:
    rows = [
        [number, *one[1:]] for number, one in zip([1, "no se presentó", 3], PEOPLE, strict=True)
    ]
    found = checked(workbook(["Nº", *HEADS[1:]], *rows))
    assert asked(found)[:1] == ["column"]
    assert set(states(found)) == {"o"}
