import datetime as dt
import zipfile
from io import BytesIO

import pytest
import xlwt

from cva.sheets.checking.checked import Checked, row_totals
from tests.sheets_made import checked, errors, part, refusal, repacked, states, warnings

HEADS = "Референс;Рег. номер;Сумма;Комиссия;Статус;Дата платежа;Причина"
LINES = [
    "Банк: Пример;;;;;;",
    HEADS,
    "TX1;R-1;10 000,00;25,00;Исполнен;01.11.2022;",
    "TX2;R-2;10 000,00;25,00;Отклонён;02.11.2022;Счёт закрыт",
    "TX3;R-3;10 000,00;0,00;???;03.11.2022;",
]


def totals(found: Checked) -> list[tuple[str, int]]:
    return [(str(total.money), total.rows) for total in row_totals(found.rows)]


@pytest.mark.parametrize("encoding", ["cp1251", "utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_statement_is_read_in_any_encoding(encoding: str, end: str) -> None:
    found = checked(end.join(LINES).encode(encoding), "statement.csv", currency="RUB")
    assert (found.kind, found.header_row, states(found)) == ("payment_results", 2, "rre")
    assert errors(found) == [("E5", "value-unknown")]
    assert [row.values["status"] for row in found.rows[:2]] == ["paid", "failed"]
    assert found.rows[2].values["fee_minor"] == 0


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(delimiter: str) -> None:
    rows = [["Reg. No.", "Date", "Amount (USD)"], ["A-1", "2025-03-04", "1250.50"]]
    text = "\n".join(delimiter.join(row) for row in rows)
    assert states(checked(text.encode(), "list.txt")) == "r"


@pytest.mark.parametrize(
    ("encoding", "heads", "name"),
    [
        ("cp1252", "N° d'enregistrement;Prénom;Date;Montant (EUR)", "Hélène"),
        ("mac_roman", "N.º de registro;Prénom;Date;Montant (EUR)", "Hélène"),
        ("cp1256", "رقم التسجيل;الاسم الأول;تاريخ الصرف;المبلغ (USD)", "مثال"),
    ],
)
def test_old_encodings_are_told_apart(encoding: str, heads: str, name: str) -> None:
    text = f"{heads}\nA-1;{name};2025-03-04;12,50\n"
    found = checked(text.encode(encoding), "list.csv")
    assert found.rows[0].values["first_name"] == name


def test_a_quotation_mark_that_never_ends_is_told() -> None:
    text = 'Reg. No.,Date,Amount (USD)\n"A-1,2025-03-04,5\n'
    assert refusal(checked(text.encode(), "list.csv")) == "workbook-unreadable"


def test_no_text_is_refused() -> None:
    assert refusal(checked(bytes(range(256)) * 20, "list.csv")) == "workbook-unreadable"


def test_an_old_workbook_is_read() -> None:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("Тизме")
    day = xlwt.easyxf(num_format_str="DD.MM.YYYY")
    for at, head in enumerate(["№", "Каттоо номери", "Таратуу күнү", "Суммасы", "Валюта"]):
        sheet.write(0, at, head)
    for row in (1, 2):
        for at, value in enumerate([row, f"K-{row}", dt.date(2025, 5, row), 4500, "сом"]):
            sheet.write(row, at, value, day) if at == 2 else sheet.write(row, at, value)
    target = BytesIO()
    book.save(target)
    found = checked(target.getvalue(), "list.xls")
    assert totals(found) == [("9000.00 KGS", 2)]
    assert found.rows[0].values["distribution_date"] == "2025-05-01"


def ods(rows: list[list[str]], manifest: str = "") -> bytes:
    names = (
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    )
    body = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{text}</text:p>'
            "</table:table-cell>"
            for text in row
        )
        + "</table:table-row>"
        for row in rows
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {names}><office:body>'
        f'<office:spreadsheet><table:table table:name="List">{body}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", kind)
        package.writestr("content.xml", content)
        package.writestr("META-INF/manifest.xml", f"<manifest>{manifest}</manifest>")
    return target.getvalue()


def test_an_open_document_is_read() -> None:
    rows = [["Reg. No.", "Date", "Amount (USD)"], ["A-1", "2025-03-04", "12.50"]]
    assert states(checked(ods(rows), "list.ods")) == "r"


def with_typed(*cells: str) -> Checked:
    """A list of open-document cells of amounts, one in each row."""
    rows = [["Reg. No.", "Date", "Amount (USD)"]]
    rows += [[f"A-{at}", "2025-03-04", f"@{at}@"] for at, _cell in enumerate(cells)]
    rows.append(["Total", "", f"@{len(cells)}@"])
    content = part(ods(rows), "content.xml").decode()
    for at, cell in enumerate((*cells, dollars(100 * len(cells)))):
        text = f'<table:table-cell office:value-type="string"><text:p>@{at}@</text:p>'
        assert text in content
        content = content.replace(text, f"{cell}<text:p>shown</text:p>")
    return checked(repacked(ods(rows), {"content.xml": content.encode()}), "list.ods")


def dollars(value: object, currency: str = "USD") -> str:
    return (
        f'<table:table-cell office:value-type="currency" office:currency="{currency}" '
        f'office:value="{value}">'
    )


def test_a_currency_of_cells_of_an_open_document_is_read() -> None:
    found = with_typed(dollars(100), dollars("100.00"), '<table:table-cell office:value="100" '
                       'office:currency="USD" office:value-type="currency">')  # fmt: skip
    assert (states(found), warnings(found), found.ask) == ("rrr", [], [])
    assert totals(found) == [("300.00 USD", 3)]


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (dollars(100, "KES"), "currency-mismatch"),
        ('<table:table-cell office:value-type="percentage" office:value="5">', "amount-unreadable"),
    ],
)
def test_another_unit_in_a_cell_of_an_open_document_is_no_amount(cell: str, code: str) -> None:
    found = with_typed(dollars(100), cell, '<table:table-cell office:value-type="float" '
                       'office:value="100">')  # fmt: skip
    assert (states(found), errors(found)) == ("rer", [("C3", code)])


def test_a_protected_open_document_is_told() -> None:
    assert refusal(checked(ods([], "<encryption-data/>"), "list.ods")) == "workbook-encrypted"
