"""How field teams mark who came and who did not."""

import datetime as dt
import re
from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from cva.sheets.checking.checked import Checked
from cva.sheets.vocabulary.word_lists import vocabulary
from tests.sheets_made import checked, errors, fill, saved, states, warnings, workbook

DAY = dt.date(2025, 3, 1)


def marked(heading: str | None, *marks: object) -> bytes:
    heads = ["Reg No", "Name", "Date", "Amount (KES)", heading]
    return workbook(heads, *[[f"R{at}", "A", DAY, 5, mark] for at, mark in enumerate(marks)])


@pytest.mark.parametrize(
    ("heading", "marks", "expected"),
    [
        ("Received?", ("P", "A", "P"), "rnr"),
        ("Attendance", ("Present", "Absent"), "rn"),
        ("Collected (yes/no)", ("Yes", "No"), "rn"),
        ("Yes/No", ("yes", "No"), "rn"),
        ("Paid", ("√", "x", "√"), "rnr"),
        ("Paid", ("x", "x"), "rr"),
        ("Delivered", ("TRUE", False), "rn"),
        ("Status", ("Paid", "Unpaid"), "rn"),
        ("Отметка о получении", ("получ.", "отсутств.", "неяв."), "rnn"),
        ("Получил (да/нет)", ("да", "нет"), "rn"),
        ("Получил/не получил", ("получил", "не получил"), "rn"),
        ("Получил", ("да", "нет"), "rn"),
        ("Выдано", ("да", "нет"), "rn"),
        ("Reçu (oui/non)", ("oui", "non"), "rn"),
        ("Présence", ("P", "A"), "rn"),
        ("¿Recibió?", ("Sí", "No"), "rn"),
        ("استلم / لم يستلم", ("استلم", "لم يستلم"), "rn"),
        ("هل استلم؟", ("نعم", "لا"), "rn"),
        ("دریافت کرد؟", ("بله", "خیر"), "rn"),
        ("Алды/албады", ("алды", "албады"), "rn"),
    ],
)
def test_who_did_not_receive_is_not_paid(
    heading: str, marks: tuple[object, ...], expected: str
) -> None:
    found = checked(marked(heading, *marks))
    assert (states(found), errors(found)) == (expected, [])


@pytest.mark.parametrize("heading", ["Signature", "Signature / Received", "Подпись (да/нет)"])
def test_a_mark_to_sign_with_is_no_answer(heading: str) -> None:
    found = checked(marked(heading, "√", "Amina K."))
    assert (states(found), found.has_receipt) == ("rr", False)
    assert found.columns[-1].field == "signature"


def test_people_who_sign_in_small_letters_are_not_asked_about() -> None:
    names = ("anna", "boris", "clara", "dora", "egor", "fanny")
    found = checked(marked("Signature", *names))
    assert (states(found), found.ask) == ("rrrrrr", [])


def table(headings: list[str], *rows: list[object]) -> bytes:
    heads = ["Reg No", "Name", "Date", "Amount (KES)", *headings]
    return workbook(heads, *[[f"R{at}", "A", DAY, 5, *row] for at, row in enumerate(rows)])


def asked(found: Checked) -> list[str]:
    """What is asked, without digests of texts."""
    return [":".join(question.choice.split(":")[:2]) for question in found.ask]


@pytest.mark.parametrize(
    ("heading", "marks", "expected"),
    [
        ("Received", ("☑", "☐", "☒"), "rnn"),
        ("Received", ("✅", "❌", "✔️", "👎🏽"), "rnrn"),
        ("دریافت", ("☑", "☐"), "rn"),
        ("Получено", ("да", "☐"), "rn"),
        ("Status", ("thumb print", "signed", "did not come"), "rrn"),
        ("Status", ("money returned", "paid"), "nr"),
        ("Отметка о выдаче", ("подпись", "деньги возвращены"), "rn"),
        ("Подпись", ("/подпись/", "не явился", "отказался"), "rnn"),
        ("توقيع", ("بصمة", "غائب", "رفض"), "rnn"),
        ("Émargement", ("✓", "n'est pas venue"), "rn"),
        ("Remarks", ("collected by her son", "did not receive"), "rn"),
        ("Примечание", ("возврат", ""), "nr"),
        ("ملاحظات", ("لم يحضر", "ok"), "nr"),
        ("توضیحات", ("مراجعه نکرد", "ok"), "nr"),
        ("Колу", ("келген жок", "X"), "nr"),
        ("Получил", ("Иванова Анна", "не явилась"), "rn"),
        ("Received", (dt.date(2025, 3, 2), "absent"), "rn"),
        ("Signature", ("/s/", "ABSENT!"), "rn"),
        ("Received", ("Yes / Oui", "No / Non"), "rn"),
        ("Received", ("Yes - thumbprint", "No - absent", "YES!"), "rnr"),
        ("Received", ("[x]", "[ ]"), "rn"),
        ("Received", ("●", "○"), "rn"),
        ("Received", ("🟢", "🔴"), "rn"),
        ("Comments", ("not-received", "n/a"), "nr"),
        ("Remarks", ("house no 5", "- did not come -"), "rn"),
    ],
)
def test_whoever_says_that_nothing_was_received_is_heard(
    heading: str, marks: tuple[object, ...], expected: str
) -> None:
    found = checked(marked(heading, *marks))
    assert (states(found), asked(found), errors(found)) == (expected, [], [])
    assert found.columns[-1].field


@pytest.mark.parametrize(
    ("heading", "marks", "expected"),
    [
        ("Status", ("Received", "gone home", "gone home"), ["word:E"]),
        ("Received", ("☒", "☐"), ["word:E", "word:E"]),
        ("Received", ("ü", "û"), ["word:E", "word:E"]),
        ("Received", ("P", "O"), ["word:E", "word:E"]),
        ("Received", ("\uf0fe", "\uf0a8"), ["word:E", "word:E"]),
        ("Signature", ("✓", "✗"), ["word:E"]),
        ("Émargement", ("Sawadogo M.", "à revenir"), ["word:E"]),
        ("Firma", ("Ana P.", "enferma"), ["word:E"]),
        ("Подпись", ("Орлова", "в отъезде"), ["word:E"]),
        ("Recibí conforme", ("Ana P.", ""), ["blank:E"]),
        ("Pour acquit", ("Sawadogo M.", ""), ["blank:E"]),
        ("Подпись", ("V", "Х", "V"), ["word:E"]),
        ("Collected by", ("self", "nobody"), ["word:E"]),
        ("Выдано", ("да", "возврат в кассу, подпись"), ["word:E"]),
        ("Received", ("Yes", "Yes - absent"), ["word:E"]),
        ("Signature date", (DAY, None), ["column:E"]),
        ("Remarks", ("moved to Kyiv", "blue house"), ["word:E"]),
        ("Remarks", ("❌ see file", "blue house"), ["word:E"]),
        ("Примечание", ("умерла в ноябре", "дом 5"), ["word:E"]),
        ("Observations", ("pas de téléphone", ""), ["word:E"]),
        ("Signature", ("/s/", "", "......"), ["blank:E"]),
        ("Received", ("✓", "", "", "", ""), ["blank:E"]),
        ("Why absent", ("", "travel"), ["column:E"]),
        ("Feedback", ("nice", "did not receive"), ["column:E"]),
        ("Kit received by", ("yes", "no"), ["column:E"]),
        ("Received", (100, 250), ["which:amount"]),
        ("Paid", (5, 3, 0), ["which:amount"]),
        (None, ("", "did not receive"), ["word:E"]),
    ],
)
def test_what_cannot_be_told_is_asked(
    heading: str | None, marks: tuple[object, ...], expected: list[str]
) -> None:
    found = checked(marked(heading, *marks))
    assert asked(found) == expected
    assert not errors(found)
    assert "r" not in states(found)


def test_a_question_shows_its_text_and_rows_and_keeps_no_text_in_its_name() -> None:
    question = checked(marked("Remarks", "moved to Kyiv", "", "Moved to Kyiv")).ask[0]
    assert "Remarks" in question.message
    assert "2, 4" in question.message
    assert question.examples == {"": (("moved to Kyiv", ""), ("Moved to Kyiv", ""))}
    assert re.fullmatch(r"word:E:[0-9a-f]{8}", question.choice)


@pytest.mark.parametrize(
    ("answer", "expected", "noted"),
    [("no", "nr", []), ("nothing", "rr", [("E2", "receipt-explained")])],
)
def test_an_answer_about_a_text_holds_for_all_its_rows(
    answer: str, expected: str, noted: list[tuple[str, str]]
) -> None:
    content = marked("Remarks", "moved to Kyiv", "blue house")
    choice = checked(content).ask[0].choice
    found = checked(content, settled={choice: answer})
    assert (states(found), found.ask, warnings(found)) == (expected, [], noted)


def test_a_status_that_says_nothing_about_the_receipt_decides_nothing() -> None:
    content = marked("Payment status", "enrolled", "enrolled")
    choice = checked(content).ask[0].choice
    found = checked(content, settled={choice: "nothing"})
    assert (states(found), found.has_receipt) == ("rr", False)
    content = marked("Payment status", "enrolled", "paid")
    found = checked(content, settled={choice: "nothing"})
    assert (states(found), errors(found)) == ("er", [("E2", "receipt-doubtful")])


def test_many_texts_are_asked_about_together() -> None:
    content = marked("Remarks", *[f"not at house {at}x" for at in "abcdefgh"], "blue house")
    found = checked(content)
    assert asked(found) == ["word:E"] * 4 + ["words:E"]
    answers = {question.choice: "nothing" for question in found.ask}
    assert states(checked(content, settled=answers)) == "r" * 9
    found = checked(content, settled=answers | {"words:E": "each"})
    assert asked(found) == ["word:E"] * 4
    answers |= {question.choice: "no" for question in found.ask}
    assert states(checked(content, settled=answers | {"words:E": "each"})) == "rrrrnnnnr"


@pytest.mark.parametrize(("answer", "expected"), [("yes", "rrn"), ("no", "rnn"), ("each", "ren")])
def test_blank_signatures_among_filled_ones_are_one_question(answer: str, expected: str) -> None:
    found = checked(marked("Signature", "/s/", None, "absent"), settled={"blank:E": answer})
    assert states(found) == expected


@pytest.mark.parametrize(
    "heads",
    [("Signature", "Thumbprint"), ("Firma", "Huella digital"), ("Empreinte", "Signature")],
)
def test_two_places_to_sign_are_one_question(heads: tuple[str, str]) -> None:
    rows = (["AB", None], [None, "x x"], [None, None], ["CD", "o"])
    content = table(["Remarks", *heads], *([None, *row] for row in rows))
    found = checked(content)
    assert [one.choice for one in found.ask] == ["blank:F"]
    assert found.ask[0].details["rows"] == "4"
    assert states(checked(content, settled={"blank:F": "no"})) == "rrnr"


def test_who_paid_signs_for_nobody_else() -> None:
    heads = ["Remarks", "Signature", "Signature of the cashier"]
    rows = (["AB", "Z"], [None, "Z"], ["CD", "Z"])
    found = checked(table(heads, *([None, *row] for row in rows)))
    assert [one.choice for one in found.ask] == ["blank:F"]


def test_a_signature_that_is_blank_everywhere_says_nothing() -> None:
    found = checked(marked("Signature", None, None, "absent"))
    assert (states(found), found.ask, found.has_receipt) == ("rrn", [], False)


@pytest.mark.parametrize(
    ("row", "cell"),
    [
        (["yes", "/s/", "money returned"], "G3"),
        (["no", "✓", ""], "E3"),
        (["yes", "absent", ""], "F3"),
        (["not received", "", "received"], "E3"),
    ],
)
def test_cells_that_contradict_each_other_are_an_error(row: list[object], cell: str) -> None:
    found = checked(table(["Status", "Signature", "Remarks"], ["yes", "/s/", "ok"], row))
    assert (states(found), errors(found)) == ("re", [(cell, "receipt-contradicted")])


def test_a_remark_settles_a_blank_status() -> None:
    found = checked(table(["Status", "Remarks"], ["yes", ""], ["", "did not come"]))
    assert (states(found), errors(found), found.ask) == ("rn", [], [])


def test_a_remark_beside_a_yes_is_shown_or_asked_about() -> None:
    rows: list[list[object]] = [["yes", "not enough change"], ["no", "moved"], ["yes", ""]]
    found = checked(table(["Status", "Remarks"], *rows))
    assert (states(found), found.ask) == ("rnr", [])
    assert warnings(found) == [("F2", "receipt-remark")]
    for remark in ("sum refunded", "sick, did not come", "لم يستلم المبلغ", "لذلك ولم يستلم"):
        found = checked(table(["Status", "Remarks"], ["yes", remark], ["yes", ""]))
        assert asked(found) == ["word:F"], remark


def test_two_columns_of_a_receipt_are_both_read() -> None:
    found = checked(table(["Received", "Paid"], ["yes", "yes"], ["yes", "no"], ["", "no"]))
    assert (states(found), errors(found)) == ("ren", [("F3", "receipt-contradicted")])
    assert [column.field for column in found.columns[-2:]] == ["status", "other_receipt"]


def test_a_second_status_of_a_registration_is_not_taken_over() -> None:
    found = checked(workbook(["Reg No", "Name", "Status", "Received"], ["R1", "A", "yes", "no"]))
    assert found.columns[-1].field is None


def test_vouchers_are_asked_about_like_cash() -> None:
    heads = ["Reg No", "Voucher no", "Date", "Value (KES)", "Signature", "Remarks"]
    rows = [["R1", "V1", DAY, 5, "/s/", ""], ["R2", "V2", DAY, 5, "absent", ""]]
    found = checked(workbook(heads, *rows, ["R3", "V3", DAY, 5, "/s/", "lost his card"]))
    assert (found.kind, states(found), asked(found)) == ("voucher_distributions", "ono", ["word:F"])


def test_a_day_of_receipt_that_is_blank_is_asked_about() -> None:
    heads = ["Reg No", "Date received", "Amount (KES)"]
    content = workbook(heads, ["R1", DAY, 5], ["R2", None, 5], ["R3", "absent", 5])
    found = checked(content)
    assert asked(found) == ["blank:B"]
    assert states(checked(content, settled={"blank:B": "no"})) == "rnn"
    assert states(checked(content, settled={"blank:B": "yes"})) == "ren"


def test_letters_in_a_font_of_signs_are_what_it_shows() -> None:
    book = load_workbook(BytesIO(marked("Received", "ü", "û", "¨", "ü")))
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for row in range(2, 6):
        sheet.cell(row, 5).font = Font(name="Wingdings")
    assert states(checked(saved(book))) == "rnnr"


def words_for_no() -> list[str]:
    """All texts by which a sheet may say that nothing was received, in any language."""
    words, not_paid = vocabulary().words, {"no", "failed", "returned", "expired"}
    said = {
        text
        for group in ("receipt", "payment_status")
        for one in words[group]
        for text, meaning in one.meanings.items()
        if meaning in not_paid and len(text) > 2
    }
    return sorted(said)


@pytest.mark.parametrize(
    ("heading", "other"),
    [("Signature", "/s/"), ("Remarks", "blue house"), ("Reason", ""), ("Collected by", "Amina")],
)
def test_no_word_for_no_is_passed_over(heading: str, other: str) -> None:
    said = words_for_no()
    content = marked(heading, other, *said)
    answers = {question.choice: "no" for question in checked(content).ask}
    found = checked(content, settled=answers)
    assert [row.cells[4] for row in found.rows if row.state == "ready"] == [other]
    assert len(said) > 300


def test_a_list_before_the_hand_out_is_not_asked() -> None:
    found = checked(marked("Signature", "✓", ""), is_list=True)
    assert (states(found), found.ask) == ("rr", [])


def test_a_heading_that_is_not_known_over_words_of_receipt_is_asked() -> None:
    found = checked(marked("Feedback", "Received", "Absent"))
    assert [(one.choice, one.options) for one in found.ask] == [("column:E", ("status", "none"))]
    assert states(found) == "oo"
    settled = checked(marked("Feedback", "Received", "Absent"), settled={"column:E": "status"})
    assert states(settled) == "rn"


def test_a_status_of_something_else_is_asked() -> None:
    found = checked(marked("Status", "Enrolled", "Active"))
    assert [one.choice for one in found.ask] == ["column:E"]
    assert states(checked(marked("Status", "Idp", "Host"), settled={"column:E": "none"})) == "rr"


def test_who_collected_stays_a_name() -> None:
    found = checked(marked("Получил", "Иванова Анна", "Петров Олег"))
    assert found.columns[-1].field == "received_by"
    assert checked(marked("Получил", None, None)).columns[-1].field == "received_by"


def test_a_yes_of_something_else_is_not_asked() -> None:
    found = checked(marked("Pregnant", "yes", "no"))
    assert (states(found), found.ask) == ("rr", [])


def with_two_days(*received: object) -> bytes:
    heads = ["Reg No", "Name", "Distribution date", "Amount (KES)", "Date received"]
    return workbook(heads, *[[f"R{at}", "A", DAY, 5, day] for at, day in enumerate(received)])


def test_a_day_of_receipt_beside_the_day_of_the_list_is_asked_about_where_it_is_blank() -> None:
    found = checked(with_two_days(DAY, None, DAY))
    assert ([ask.choice for ask in found.ask], states(found)) == (["blank:E"], "ooo")
    assert states(checked(with_two_days(DAY, None, DAY), settled={"blank:E": "no"})) == "rnr"


def test_two_days_that_differ_are_a_question_and_so_is_a_blank_in_the_other() -> None:
    content = with_two_days(DAY, None, dt.date(2025, 3, 2))
    found = checked(content)
    assert [ask.choice for ask in found.ask] == ["which:distribution_date"]
    chosen = {"which:distribution_date": "C"}
    assert [ask.choice for ask in checked(content, settled=chosen).ask] == ["blank:E"]


@pytest.mark.parametrize("letters", ["AA", "NN", "AB"])
def test_a_letter_for_no_that_no_letter_for_yes_stands_beside_is_asked_about(letters: str) -> None:
    heads = ("Reg No", "Date", "Amount (USD)", "Status")
    rows = [[f"R{at}", DAY, 5, letter] for at, letter in enumerate(letters)]
    found = checked(workbook(heads, *rows))
    assert {row.state for row in found.rows} == {"open"}
    assert all(ask.choice.startswith(("word", "column")) for ask in found.ask)


def test_a_row_without_any_sign_of_receipt_is_asked_about_once() -> None:
    heads = ["Reg No", "Name", "Date", "Amount (KES)", "Date received", "Signature"]
    rows = [[f"R{at}", "A", DAY, 5, DAY, "x"] for at in range(3)]
    content = workbook(heads, *rows, ["R3", "A", DAY, 5, None, None])
    assert [one.choice for one in checked(content).ask] == ["blank:E"]
    assert states(checked(content, settled={"blank:E": "no"})) == "rrrn"
    assert states(checked(content, settled={"blank:E": "yes"})) == "rrrr"


def test_a_day_merged_over_rows_is_filled_in_each_of_them_and_asked_about_nowhere() -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    fill(
        sheet,
        [
            ["Reg No", "Name", "Date", "Amount (KES)", "Date received"],
            ["R1", "A", DAY, 5, DAY],
            ["R2", "A", None, 5, DAY],
            ["R3", "A", None, 5, None],
        ],
    )
    sheet.merge_cells("C2:C4")
    found = checked(saved(book))
    assert [(one.choice, one.heading) for one in found.ask] == [("blank:E", "Date received")]
    assert found.ask[0].message.count("4") == 1
    done = checked(saved(book), settled={"blank:E": "no"})
    assert (states(done), errors(done)) == ("rrn", [])
    assert done.rows[1].values["distribution_date"] == DAY.isoformat()


def test_a_day_of_receipt_merged_over_rows_is_that_of_each_of_them() -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    heads = ["Reg No", "Name", "Date", "Amount (KES)", "Date received"]
    fill(sheet, [heads, *[[f"R{at}", "A", DAY, 5, None if at else DAY] for at in range(3)]])
    sheet.merge_cells("E2:E4")
    assert (states(checked(saved(book))), checked(saved(book)).ask) == ("rrr", [])
