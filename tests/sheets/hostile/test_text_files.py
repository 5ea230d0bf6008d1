import pytest

from tests.sheets.hostile.case import Cases, is_refused
from tests.sheets_made import checked, errors, states

HEADS = "Registration number,Family name,Date,Amount (USD)\n"
MIB = 1 << 20
CASES = Cases()
for _name, _content, _code, _reason in (
    ("a text of a web page", b"<!DOCTYPE html><table></table>", "unreadable", "is-page"),
    ("a text of a picture", bytes.fromhex("89504e470d0a1a0a"), "unreadable", "is-picture"),
    ("a text with a zero byte", f"{HEADS}A-1,B\0,2025-03-04,5\n".encode(), "unreadable",
     "no-text"),
    ("chance", bytes(range(256)) * 20, "unreadable", "no-text"),
    ("a text whose mark lies", b"\xef\xbb\xbf\xff\xfe\xfa", "unreadable", "damaged"),
    ("half a sign at the end", b"\xff\xfea\0b", "unreadable", "damaged"),
    ("a quote that never ends", f'{HEADS}"A-1,x,2025-03-04,5\n'.encode(), "unreadable",
     "quotes"),
    ("a cell beyond all bounds", f'{HEADS}"{"x" * 40_000}",y,2025-03-04,5\n'.encode(),
     "too-large", "line"),
    ("quotes alone", b'"' * (19 * MIB), "too-large", "line"),
    ("too many cells in a line", b"x," * (9 * MIB), "too-large", "columns"),
    ("too many lines", HEADS.encode() + b"A,B,2025-03-04,5\n" * MIB, "too-large", "rows"),
    ("line ends alone", b"\n" * (19 * MIB), "too-large", "rows"),
    ("returns alone", b"\r" * (19 * MIB), "too-large", "rows"),
    ("too large a file", b"x" * (21 * MIB), "too-large", "file"),
):  # fmt: skip
    CASES.enter(_name, _content, _code, _reason, filename="list.csv")


@pytest.mark.parametrize("name", CASES)
def test_a_hostile_text_file_is_refused(name: str) -> None:
    is_refused(CASES[name])


def _told(*lines: str) -> list[tuple[str | None, str]]:
    return errors(checked((HEADS + "\n".join(lines)).encode(), "list.csv"))


def test_a_line_that_is_short_or_cut_is_told() -> None:
    assert _told("A-1,B,2025-03-04", "A-2,B,2025-0") == [
        ("D2", "required"), ("C3", "date-unreadable"), ("D3", "required"),
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@x", "＝1"])
def test_our_apostrophe_before_a_formula_is_taken_off(name: str) -> None:
    found = checked(f"{HEADS}A-1,'{name},2025-03-04,5\n".encode(), "list.csv")
    assert found.rows[0].values["family_name"] == name


@pytest.mark.parametrize("name", ["'Aziz", "'", "O'Neill"])
def test_any_other_apostrophe_stays(name: str) -> None:
    found = checked(f"{HEADS}A-1,{name},2025-03-04,5\n".encode(), "list.csv")
    assert found.rows[0].values["family_name"] == name


def test_one_letter_of_an_old_encoding_is_told_from_another_alphabet() -> None:
    found = checked(f"{HEADS}A-1,Jürgen,2025-03-04,5\n".encode("cp1252"), "list.csv")
    assert found.rows[0].values["family_name"] == "Jürgen"
    assert states(found) == "r"
