"""What a template looks like, and that its own words and headings are read back."""

import pytest
from openpyxl.utils import get_column_letter

from cva.core.i18n import gettext, reading_in
from cva.sheets.cells.word_cells import WordReader
from cva.sheets.recognition.headings import meaning
from cva.sheets.vocabulary.currencies import Reader, Unit
from cva.sheets.vocabulary.layouts import IGNORED, kind_names, kind_title, layout_of
from cva.sheets.writing import template_texts as texts
from cva.sheets.writing.template_cells import LONGEST_PROMPT
from cva.sheets.writing.template_workbook import write_template
from tests.sheets_made import checked
from tests.templates_filled import FIRST, choices, page_of, template_of

LANGUAGES = texts.languages()
GROUPS = {
    "sex": ["female", "male"],
    "receipt": ["yes", "no"],
    "payment_status": ["paid", "failed", "returned", "pending"],
    "mark_kind": ["signature", "thumbprint", "stamp", "code", "none"],
}


def test_there_are_templates_in_every_language_of_the_headings() -> None:
    assert LANGUAGES == ("en", "ar", "be", "es", "fa", "fr", "ky", "ru")


@pytest.mark.parametrize("kind", kind_names())
def test_a_template_has_the_columns_that_its_kind_requires(kind: str) -> None:
    layout = layout_of(kind)
    assert set(layout.template) <= set(layout.types)
    assert all(set(group) & set(layout.template) for group in layout.required)


@pytest.mark.parametrize("kind", kind_names())
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_heading_is_read_as_its_field_and_no_other(kind: str, language: str) -> None:
    layout = layout_of(kind)
    for name in layout.template:
        heading = texts.heading(language, layout, name, "KES")
        found = meaning(heading)
        assert found.fields == {name}, heading
        assert language in found.languages
        if layout.types[name] == "amount":
            assert Reader().unit_in_heading(heading) == Unit("KES")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_offered_means_one_thing_whatever_else_the_column_says(language: str) -> None:
    for group, meanings in GROUPS.items():
        assert list(texts.offered(language, group).values()) == meanings
    for group in (*GROUPS, "delivery_mechanism"):
        words = texts.offered(language, group)
        assert len(set(words.values())) == len(words)
        for word, said in words.items():
            assert WordReader(group, [word], frozenset()).read(word).value == said, word


@pytest.mark.parametrize("kind", kind_names())
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_excel_bounds_is_kept(kind: str, language: str) -> None:
    page = page_of(write_template(template_of(kind, language)))
    assert len(page.title) <= 31
    for rule in page.data_validations.dataValidation:
        assert 0 < len(rule.promptTitle or "") <= 32
        assert 0 < len(rule.prompt or "") <= 255
        assert len(str(rule.formula1)) <= 255
        assert rule.allow_blank
        assert rule.showInputMessage


@pytest.mark.parametrize("kind", kind_names())
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_cut_to_fit_into_excel(kind: str, language: str) -> None:
    layout = layout_of(kind)
    page = page_of(write_template(template_of(kind, language)))
    with reading_in(language):
        assert page.title == kind_title(kind)
        helps = {name: gettext(layout.helps[name]) for name in layout.template}
    rules = {str(rule.sqref).split(":")[0]: rule for rule in page.data_validations.dataValidation}
    for at, name in enumerate(layout.template, 1):
        if layout.types[name] == IGNORED:
            continue
        rule = rules[f"{get_column_letter(at)}{FIRST}"]
        heading = texts.heading(language, layout, name, "KES")
        assert rule.promptTitle == heading.removesuffix(texts.STAR)
        assert str(rule.prompt).startswith(helps[name])
        assert len(str(rule.prompt)) < LONGEST_PROMPT  # one that was cut has as many
        assert 0 < len(str(rule.error)) <= 225
        assert len(rule.errorTitle or "") <= 32


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_names_of_sheets_are_such_as_excel_takes(language: str) -> None:
    with reading_in(language):
        names = [*(kind_title(kind) for kind in kind_names()), gettext("Findings")]
    assert [name for name in names if len(name) > 31 or set(name) & set("[]:*?/\\'")] == []


def test_cells_to_fill_in_are_open_and_the_rest_is_locked() -> None:
    person = {"registration_no": "0012", "full_name": "Amina Otieno", "amount_minor": 1250050}
    page = page_of(write_template(template_of("cash_transfers", people=[person])))
    assert page.protection.sheet
    assert page.protection.password is None
    assert page["B5"].protection.locked
    assert page["A1"].protection.locked
    locked = [page.cell(FIRST, at).protection.locked for at in range(1, 13)]
    assert locked == [True, True, True, *[False] * 9]
    below = [page.cell(FIRST + 1, at).protection.locked for at in range(1, 13)]
    assert below == [True, *[False] * 11]
    assert (page["B6"].value, page["B6"].number_format) == ("0012", "@")
    assert (page["G6"].value, page["G6"].number_format) == (12500.50, "#,##0.00")
    assert page["F6"].number_format == "yyyy-mm-dd"


def test_drop_downs_speak_the_language() -> None:
    page = page_of(write_template(template_of("cash_transfers", "ru")))
    assert choices(page, "cash_transfers", "sex") == ["женский", "мужской"]
    assert choices(page, "cash_transfers", "status") == ["да", "нет"]
    assert choices(page, "cash_transfers", "delivery_mechanism")[0] == "наличные"
    assert choices(page, "cash_transfers", "remarks") == []


@pytest.mark.parametrize(
    ("currency", "number_format"), [("JPY", "#,##0"), ("USD", "#,##0.00"), ("JOD", "#,##0.000")]
)
def test_amounts_show_the_decimals_that_the_currency_has(currency: str, number_format: str) -> None:
    page = page_of(write_template(template_of("cash_transfers", currency=currency)))
    assert page["G6"].number_format == number_format
    assert page["G5"].value == f"Amount ({currency}){texts.STAR}"
    assert page["G16"].value == "=SUM(G6:G15)"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sheet_is_ready_for_the_screen_and_for_paper(language: str) -> None:
    page = page_of(write_template(template_of("cash_transfers", language)))
    assert page.sheet_view.rightToLeft == (language in {"ar", "fa"})
    assert page.freeze_panes == "D6"
    assert page.print_title_rows == "$5:$5"
    assert page.page_setup.orientation == "landscape"
    assert (page.page_setup.fitToWidth, page.page_setup.fitToHeight) == (1, 0)
    assert "&P / &N" in str(page.HeaderFooter.oddFooter)
    assert "Kenya Red Cross (KRC)" in str(page["A2"].value)


def test_nothing_that_is_filled_in_before_becomes_a_formula() -> None:
    person = {"registration_no": "=1+1", "full_name": "+Anna\x07"}
    page = page_of(
        write_template(template_of("cash_transfers", people=[person], society_name="=HYPERLINK()"))
    )
    assert (page["B6"].value, page["B6"].data_type) == ("=1+1", "s")
    assert (page["C6"].value, page["C6"].data_type) == ("+Anna", "s")


def test_names_are_filled_in_and_documents_and_phones_never() -> None:
    person: dict[str, str | int] = {
        "registration_no": "A-1",
        "full_name": "Amina Otieno",
        "phone": "+254700000000",
        "id_number": "12345678",
        "date_of_birth": "1990-01-01",
        "sex": "female",
        "household_size": 5,
    }
    page = page_of(write_template(template_of("beneficiaries", people=[person])))
    shown = [page.cell(FIRST, at).value for at in range(2, 12)]
    assert shown == ["A-1", "Amina Otieno", "female", None, 5, None, None, None, None, None]


def test_a_template_without_a_row_filled_in_holds_no_rows() -> None:
    found = checked(write_template(template_of("cash_transfers")))
    assert [finding.code for finding in found.findings] == ["no-data-rows"]


@pytest.mark.parametrize(
    ("language", "country", "currency", "mark"),
    [
        ("en", "KE", "KES", "point"),
        ("ru", "RU", "RUB", "comma"),
        ("es", "MX", "MXN", "point"),
        ("es", "CO", "COP", "comma"),
        ("ky", "KE", "KES", "comma"),
        ("fr", "TN", "TND", None),
        ("fr", "SN", "XOF", None),
    ],
)
def test_the_decimal_mark_is_that_of_the_country(
    language: str, country: str, currency: str, mark: str | None
) -> None:
    assert texts.decimal_mark(language, country, currency) == mark


def test_payment_results_start_with_the_reference_that_they_are_matched_by() -> None:
    page = page_of(write_template(template_of("payment_results", "en")))
    headings = [cell.value for cell in page[FIRST - 1]]
    assert headings[1] == "Our reference"
