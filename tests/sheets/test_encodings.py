"""Texts in the encodings that programs still write, told apart by what sheets are known to say."""

import pytest

from cva.sheets.files.refusal import RefusedError
from cva.sheets.vocabulary.encodings import EIGHT_BIT, in_unicode
from tests.sheets_made import checked, refusal, states, warnings

HEADS = "Registration number;Family name;Date;Amount (USD)"
RUSSIAN = "Рег. номер;ФИО;Дата выдачи;Сумма;Валюта\nR-1;Пример Анна;15.03.2025;1250,50;RUB\n"
TEXTS = {
    "russian": (RUSSIAN, ("cp1251", "koi8_r", "cp866", "mac_cyrillic")),
    "russian in capitals": (RUSSIAN.upper(), ("cp1251", "koi8_r", "cp866", "mac_cyrillic")),
    "a russian name under english headings": (
        f"{HEADS}\nR-1;Ёлкин Яков;2025-03-04;5\n",
        ("cp1251", "koi8_r", "cp866", "mac_cyrillic"),
    ),
    "ukrainian": ("Reg;Прізвище\nR-1;Їжакевич Євген\n", ("cp1251", "koi8_u")),
    "french": (
        "N° d'enregistrement;Prénom;Montant (EUR)\nA-1;Hélène;12,50\n",
        ("cp1252", "mac_roman", "cp850"),
    ),
    "french in capitals": ("NO;PRÉNOM\nA-1;HÉLÈNE\n", ("cp1252", "mac_roman", "cp850")),
    "one french letter": (f"{HEADS}\nA-1;Élodie;2025-03-04;5\n", ("cp1252", "mac_roman", "cp850")),
    "one german letter": (f"{HEADS}\nA-1;Jürgen;2025-03-04;5\n", ("cp1252", "mac_roman", "cp850")),
    "spanish": ("Registro;Apellidos;Año\nA-1;Núñez Ibáñez;2025\n", ("cp1252", "mac_roman")),
    "turkish": (f"{HEADS}\nA-1;Işık Yıldız;2025-03-04;5\n", ("cp1254",)),
    "polish": (f"{HEADS}\nA-1;Łukasz Wójcik;2025-03-04;5\n", ("cp1250",)),
    "arabic": (
        "رقم التسجيل;الاسم الأول;تاريخ الصرف\nA-1;مثال;2025-03-04\n",
        ("cp1256", "iso8859_6", "cp720"),
    ),
    "an arabic name under english headings": (
        f"{HEADS}\nA-1;مثال علي;2025-03-04;5\n",
        ("cp1256", "iso8859_6", "cp720"),
    ),
}


@pytest.mark.parametrize(
    ("name", "encoding"), [(name, each) for name, (_text, all_) in TEXTS.items() for each in all_]
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_short_text_is_read_in_its_encoding_or_in_none(
    name: str, encoding: str, end: str
) -> None:
    text = TEXTS[name][0].replace("\n", end)
    content, notes = in_unicode(text.encode(encoding))
    assert content.decode() == text
    assert [note.code for note in notes] == ["encoding-found"]
    assert text.encode(encoding).decode(encoding) == text
    assert notes[0].details["encoding"] in EIGHT_BIT.values()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_nothing_is_said_of_an_encoding_that_is_sure(encoding: str) -> None:
    content, notes = in_unicode(RUSSIAN.encode(encoding))
    assert (content.decode(), notes) == (RUSSIAN, [])


def test_the_encoding_that_was_taken_is_told() -> None:
    found = checked(RUSSIAN.replace("\n", "\r").encode("mac_cyrillic"), "list.csv")
    assert states(found) == "r"
    assert [(f.code, f.severity, dict(f.details)) for f in found.findings] == [
        ("encoding-found", "info", {"encoding": "Mac Cyrillic"})
    ]


@pytest.mark.parametrize(
    "content",
    [
        f"{HEADS}\nA-1;".encode() + bytes(range(0x80, 0x100)) + b";2025-03-04;5",
        f"{HEADS}\nA-1;山田;2025-03-04;5".encode("shift_jis"),
        f"{HEADS}\nA-1;Šķēle Ģirts;2025-03-04;5".encode("cp775"),
    ],
)
def test_what_makes_no_words_is_refused_in_words_about_encodings(content: bytes) -> None:
    with pytest.raises(RefusedError) as refused:
        in_unicode(content)
    assert refused.value.details["reason"] in {"encoding-unknown", "encoding-unclear"}
    assert refusal(checked(content, "list.csv")) == "workbook-unreadable"


@pytest.mark.parametrize("taken_for", ["cp1252", "latin-1", "cp1251", "mac_roman", "cp1256"])
@pytest.mark.parametrize("name", ["russian", "french", "spanish", "arabic"])
def test_letters_that_were_written_twice_are_mended_and_told(name: str, taken_for: str) -> None:
    text = TEXTS[name][0]
    twice = "".join(_sign(byte, taken_for) for byte in text.encode())
    content, notes = in_unicode(twice.encode())
    assert content.decode() == text
    assert [note.code for note in notes] == ["letters-mended"]


def test_a_sheet_with_mended_letters_is_read_with_a_warning() -> None:
    found = checked(RUSSIAN.encode().decode("mac_roman").encode(), "list.csv")
    assert (states(found), warnings(found)) == ("r", [(None, "letters-mended")])
    assert found.rows[0].values["full_name"] == "Пример Анна"


def _sign(byte: int, encoding: str) -> str:
    """How a program shows a byte; where its encoding has no sign for it, by its number."""
    try:
        return bytes([byte]).decode(encoding)
    except UnicodeDecodeError:
        return chr(byte)


@pytest.mark.parametrize(
    "text", ["Ã alone", "Ñandú é", "à la carte; déjà", "Рёбра Сёмин", "£5 £6", "25 °C №5", "محمد"]
)
def test_letters_that_only_look_odd_are_left_alone(text: str) -> None:
    assert in_unicode(text.encode()) == (text.encode(), [])


@pytest.mark.parametrize("said", ["sep=;", '"sep=;"', "SEP=;", "sep=;;;;"])
def test_a_line_that_names_the_delimiter_is_no_row(said: str) -> None:
    text = (
        f"{said}\nRegistration number;Date;Amount (USD)\nA-1;2025-03-04;1,5|2,5\nA-2;2025-03-04;5"
    )
    found = checked(text.encode(), "list.csv")
    assert (found.header_row, [row.number for row in found.rows]) == (2, [3, 4])


def test_a_text_that_is_called_a_workbook_is_read() -> None:
    text = "Registration number\tFamily name\tDate\tAmount (USD)\nA-1\tПример\t2025-03-04\t5\n"
    for encoding in ("utf-8", "utf-16", "cp1251"):
        found = checked(text.encode(encoding), "list.xls")
        assert found.rows[0].values["family_name"] == "Пример"


@pytest.mark.parametrize("sign", ["Nº", "N.º", "N°"])
def test_a_sign_for_numbers_is_no_letter_of_another_language(sign: str) -> None:
    heads = f"{sign};Código de beneficiario;Nombre completo;Fecha;Monto (EUR)"
    text = f"{heads}\n1;A-1;Inés Río;2025-03-04;5\n"
    found = checked(text.encode("cp1252"), "list.csv")
    assert (states(found), found.columns[0].heading) == ("r", sign)
