"""A filled template reads without a question, in every language and by whatever wrote it."""

import datetime as dt
import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from cva.sheets.checking.checked import Checked
from cva.sheets.recognition.opened_workbook import SHEET_NAME
from cva.sheets.vocabulary.layouts import kind_names, layout_of
from cva.sheets.writing import template_texts as texts
from cva.sheets.writing.template_workbook import Template, write_template
from tests.sheets_made import checked, errors, saved, states, warnings
from tests.templates_filled import FIRST, choices, filled, page_of, template_of

LANGUAGES = texts.languages()
#: The same day as people write it, and one as Excel keeps it.
DAYS: list[tuple[object, str]] = [
    (dt.date(2025, 4, 3), "2025-04-03"),
    ("2025-04-03", "2025-04-03"),
    ("03/04/2025", "2025-04-03"),
    ("3.4.2025", "2025-04-03"),
]
AMOUNTS: dict[str, list[tuple[object, int]]] = {
    "point": [(1234, 123400), (0.1, 10), ("1,234", 123400), ("1,234.50", 123450)],
    "comma": [(1234, 123400), (0.1, 10), ("1.234", 123400), ("1 234,50", 123450)],
}
WHO = ["Amina Otieno", "Пётр Лебедев", "مریم رضایی", "José Núñez"]


def _good_rows(template: Template) -> tuple[dict[int, dict[str, object]], list[dict[str, object]]]:
    """Rows as people fill them in, and what they should be read as."""
    layout, page = layout_of(template.kind), page_of(write_template(template))
    mark = texts.decimal_mark(template.language, template.country, template.currency) or "point"
    rows: dict[int, dict[str, object]] = {}
    meant: list[dict[str, object]] = []
    for at in range(4):
        written, read = rows.setdefault(at * 2, {}), dict[str, object]()
        for name in layout.template:
            kind = layout.types[name]
            if kind == "date":
                written[name], read[name] = DAYS[at]
            elif kind == "amount":
                written[name], read[f"{name}_minor"] = AMOUNTS[mark][at]
            elif kind.startswith("words:"):
                offered = choices(page, template.kind, name)
                written[name] = offered[at % len(offered)]
                said = texts.offered(template.language, kind.removeprefix("words:"))
                read[name] = said[str(written[name])]
            elif kind == "identifier":
                written[name] = read[name] = f"00{at}-{name}"
            elif name == "full_name":
                written[name] = read[name] = WHO[at]
            elif kind == "whole_number":
                written[name] = read[name] = at + 1
        meant.append(read)
    return rows, meant


def _values(found: Checked, names: set[str]) -> list[dict[str, object]]:
    return [{name: row.values[name] for name in names if name in row.values} for row in found.rows]


@pytest.mark.parametrize("kind", kind_names())
@pytest.mark.parametrize("language", LANGUAGES)
def test_it_reads_as_it_was_meant(kind: str, language: str) -> None:
    template = template_of(kind, language)
    rows, meant = _good_rows(template)
    found = checked(filled(template, rows))
    assert found.kind == kind
    assert not found.ask
    assert [(f.code, f.cell) for f in found.findings] == []
    assert [row.number for row in found.rows] == [FIRST, FIRST + 2, FIRST + 4, FIRST + 6]
    if layout_of(kind).types.get("status") == "words:receipt":
        received = [read.pop("status") for read in meant]
        assert received == ["yes", "no", "yes", "no"]
        assert states(found) == "rnrn"
    else:
        assert states(found) == "rrrr"
    assert _values(found, set(meant[0])) == meant


PEOPLE = [
    {"registration_no": f"00{at}", "full_name": WHO[at % 4], "amount_minor": 500000}
    for at in range(5)
]


@pytest.mark.parametrize("count", [1, 2, 5])
def test_people_who_were_filled_in_before_need_a_day_each(count: int) -> None:
    template = template_of("cash_transfers", people=PEOPLE)
    days = {at: {"distribution_date": dt.date(2025, 4, 3)} for at in range(count)}
    found = checked(filled(template, days))
    assert not found.ask
    assert states(found) == "r" * count + "e" * (5 - count)
    assert {code for _cell, code in errors(found)} <= {"required"}
    assert not warnings(found)
    assert [row.values["registration_no"] for row in found.rows] == [
        person["registration_no"] for person in PEOPLE
    ]


def test_every_prepared_row_may_be_filled_in() -> None:
    template = template_of("cash_transfers")
    day = dt.date(2025, 4, 3)
    rows: dict[int, dict[str, object]] = {
        at: {"registration_no": f"A-{at}", "distribution_date": day, "amount": at + 1}
        for at in range(10)
    }
    found = checked(filled(template, rows))
    assert states(found) == "r" * 10
    assert not found.findings


def test_a_persian_template_takes_days_of_both_calendars() -> None:
    days = ("1404/01/14", "۱۴۰۴/۰۱/۱۴", dt.date(2025, 4, 3))
    rows: dict[int, dict[str, object]] = {
        at: {"registration_no": f"A-{at}", "distribution_date": day, "amount": 5}
        for at, day in enumerate(days)
    }
    found = checked(filled(template_of("cash_transfers", "fa"), rows))
    assert (found.ask, found.findings) == ([], [])
    assert {row.values["distribution_date"] for row in found.rows} == {"2025-04-03"}


def test_a_total_that_leaves_rows_out_is_told() -> None:
    template = template_of("cash_transfers", people=PEOPLE)
    days = {at: {"distribution_date": dt.date(2025, 4, 3)} for at in range(5)}
    book = load_workbook(BytesIO(filled(template, days)))
    book.worksheets[0]["G21"] = "=SUM(G7:G20)"
    assert warnings(checked(saved(book))) == [("G21", "formula-without-value")]


@pytest.mark.parametrize("version", ["0", "999"])
def test_another_version_reads_too(version: str) -> None:
    template = template_of("cash_transfers", people=PEOPLE[:1])
    book = load_workbook(BytesIO(filled(template, {0: {"distribution_date": "03/04/2025"}})))
    for name, value in book[SHEET_NAME].iter_rows(max_col=2):
        if name.value == "version":
            value.value = version
    found = checked(saved(book))
    assert found.marks["version"] == version
    assert (states(found), found.ask, found.findings) == ("r", [], [])


def test_it_says_for_whom_it_was_made() -> None:
    found = checked(write_template(template_of("cash_transfers", "ru", people=PEOPLE[:1])))
    assert found.marks == {
        "template": "cash_transfers",
        "version": "1",
        "language": "ru",
        "society": "KRC",
        "programme": "CASH-25",
        "round": "2025-03",
        "currency": "KES",
        "date_order": "dmy",
        "decimal_mark": "comma",
    }


@pytest.fixture(scope="session")
def office() -> str:
    """LibreOffice, where the machine has it."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        pytest.skip("No LibreOffice was found.")
    return program


#: A CSV in UTF-8; else it would be written in whatever the machine's own language needs.
FILTERS = {"csv": "csv:Text - txt - csv (StarCalc):44,34,76"}


@pytest.mark.parametrize("ending", ["xlsx", "ods", "xls", "csv"])
def test_it_reads_when_libreoffice_saved_it(office: str, ending: str, tmp_path: Path) -> None:
    files = [tmp_path / "en.xlsx", tmp_path / "ar.xlsx"]
    for file in files:
        template = template_of("cash_transfers", file.stem, people=PEOPLE)
        days = {at: {"distribution_date": dt.date(2025, 4, 3)} for at in range(5)}
        file.write_bytes(filled(template, days))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    how = ["--headless", "--convert-to", FILTERS.get(ending, ending), "--outdir", "out"]
    words = [office, profile, *how, *(file.name for file in files)]
    subprocess.run(words, check=True, capture_output=True, cwd=tmp_path)
    for file in files:
        saved_again = tmp_path / "out" / f"{file.stem}.{ending}"
        found = checked(saved_again.read_bytes(), saved_again.name)
        findings = [each for each in found.findings if each.code != "looks-unread"]
        assert (found.kind, found.ask, findings) == ("cash_transfers", [], [])
        assert states(found) == "rrrrr"
        assert {row.values["amount_minor"] for row in found.rows} == {500000}
        numbers = [row.values["registration_no"] for row in found.rows]
        assert numbers == [person["registration_no"] for person in PEOPLE]
