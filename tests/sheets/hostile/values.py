"""Cells as hostile or careless hands leave them, and what must come of each."""

from tests.sheets.hostile.workbooks import text_cell

#: What the cell holds, and the code of its finding; an empty code where it is read.
Told = tuple[str, str, str]
#: In place of a code: nothing is found, and a question is asked.
ASKED = "asked"


def number(value: str, style: int = 0) -> str:
    return f'<c r="@" s="{style}"><v>{value}</v></c>'


def raw(content: str, kind: str = "") -> str:
    return f'<c r="@"{f" t={kind!r}" if kind else ""}>{content}</c>'


def said(text: str) -> str:
    return text_cell("@", text)


AMOUNTS: tuple[Told, ...] = (
    ("a formula that was never calculated", raw("<f>1+1</f>"), "formula-without-value"),
    ("an indented formula that was never calculated", raw("\n <f>1+1</f>\n "),
     "formula-without-value"),
    ("a formula with an empty value", raw("<f>1+1</f><v></v>"), "formula-without-value"),
    ("a formula that gives an empty text", raw('<f>""</f><v></v>', "str"), "required"),
    ("a formula with its value", raw("<f>50+50</f><v>100</v>"), ""),
    ("a formula with its value as text", raw('<f>"100"</f><v>100</v>', "str"), ""),
    ("a reference that is lost", raw("<v>#REF!</v>", "e"), "amount-unreadable"),
    ("a formula with an error", raw("<f>A1</f><v>#N/A</v>", "e"), "amount-unreadable"),
    ("an error newer than the library", raw("<v>#SPILL!</v>", "e"), "amount-unreadable"),
    ("a new error of a formula", raw("<f>A1</f><v>#CALC!</v>", "e"), "amount-unreadable"),
    ("a truth value", raw("<v>1</v>", "b"), "amount-unreadable"),
    ("no number at all", number("NaN"), "amount-unreadable"),
    ("more than any number", number("1E309"), "amount-unreadable"),
    ("infinity", number("inf"), "amount-unreadable"),
    ("less than nothing", number("-5"), "amount-not-positive"),
    ("nothing below zero", number("-0"), "amount-not-positive"),
    ("nothing", number("0"), "amount-not-positive"),
    ("a number with underscores", number("1_000"), "amount-unreadable"),
    ("a number of programmers", number("0x10"), "amount-unreadable"),
    ("a word without a type", number("many"), "amount-unreadable"),
    ("a number in scientific form", number("1.0E2"), ""),
    ("dust of a binary fraction", number("99.999999999999986"), ""),
    ("too many decimals", number("10.005"), "amount-too-precise"),
    ("too many digits", number("12345678901234567"), "amount-too-large"),
    ("scientific form in text", said("1E3"), "amount-unreadable"),
    ("underscores in text", said("1_000"), "amount-unreadable"),
    ("a sign of money", said("$100"), ""),
    ("a unit", said("100 USD"), ""),
    ("another unit", said("100 EUR"), "currency-mismatch"),
    ("a percentage", said("5%"), "amount-unreadable"),
    ("a duration", said("1:30"), "amount-unreadable"),
    ("a fraction", said("½"), "amount-unreadable"),
    ("a raised digit", said("100²"), "amount-unreadable"),
    ("Roman digits", said("Ⅷ"), "amount-unreadable"),
    ("Chinese words", said("一百"), "amount-unreadable"),
    ("two marks in disorder", said("1.234,567.8"), "amount-unreadable"),
    ("nineteen digits", said("9" * 19), "amount-too-large"),
    ("a number shown backwards", said("\u202e001"), "amount-unreadable"),
    ("a number kept from turning", said("\u202d100"), "amount-unreadable"),
    ("nothing but invisible signs", said("\u200b\ufeff\xa0"), "required"),
    ("a number with invisible signs", said("\u200f100\u200b"), ""),
    ("a number in text", said("100"), ""),
    ("Arabic digits", said("١٠٠"), ""),
    ("Persian digits", said("۱۰۰"), ""),
    ("wide digits", said("１００"), ""),
    ("Devanagari digits", said("१००"), ""),
    ("blanks around", said("\xa0 100\t"), ""),
)  # fmt: skip

#: Style 1 shows a day.
DAYS: tuple[Told, ...] = (
    ("the day zero", number("0", 1), "date-unreadable"),
    ("a day before all days", number("-5", 1), "date-unreadable"),
    ("the day that never was", number("60", 1), "date-unreadable"),
    ("a day beyond all days", number("99999999", 1), "date-unreadable"),
    ("a day after the last one", number("2958466", 1), "date-unreadable"),
    ("a time without a day", number("0.5", 1), "date-unreadable"),
    ("a number that shows no day", number("45000"), ASKED),
    ("a truth value", raw("<v>1</v>", "b"), "date-unreadable"),
    ("an error", raw("<v>#VALUE!</v>", "e"), "date-unreadable"),
    ("a typed day that does not exist", raw("<v>2024-02-31</v>", "d"), "date-unreadable"),
    ("a typed day", raw("<v>2025-03-04</v>", "d"), ""),
    ("a day with a time", number("45720.75", 1), ""),
    ("the thirtieth of February", said("2024-02-30"), "date-unreadable"),
    ("the thirty-first of November", said("31.11.2022"), "date-unreadable"),
    ("the hour twenty-five", said("2025-03-04T25:00"), "date-unreadable"),
    ("a year alone", said("2025"), "date-unreadable"),
    ("digits in a row", said("20250304"), ""),
    ("a day counted by Excel, as text", said("45720"), ASKED),
    ("a word", said("today"), "date-unreadable"),
    ("a year of the Hijra", said("1446/09/04"), "date-other-calendar"),
    ("a year of Iran in another sheet", said("1403/12/14"), "date-other-calendar"),
    ("a year of Buddha", said("2568-03-04"), "date-other-calendar"),
    ("a day shown backwards", said("\u202e40.30.5202"), "date-unreadable"),
    ("tomorrow", said("2025-12-02"), "date-in-future"),
    ("blanks", said("  "), "required"),
    ("an English month", said("4 March 2025"), ""),
    ("an English month first", said("March 4th, 2025"), ""),
    ("a month as Excel writes it", said("4-Mar-25"), ""),
    ("a Russian month", said("4 марта 2025 г."), ""),
    ("a French month", said("4 mars 2025"), ""),
    ("a Spanish month", said("4 de marzo de 2025"), ""),
    ("an Arabic month", said("٤ مارس ٢٠٢٥"), ""),
    ("an Arabic month of Iraq", said("4 آذار 2025"), ""),
    ("a Kyrgyz month", said("4-март 2025"), ""),
    ("a month that is none", said("4 Marchember 2025"), "date-unreadable"),
    ("a day that its month has not", said("31 April 2025"), "date-unreadable"),
)  # fmt: skip

NUMBERS: tuple[Told, ...] = (
    ("a number that lost its digits", number("1.23E+16"), "number-damaged"),
    ("sixteen digits", number("1234567890123456"), "number-damaged"),
    ("a fraction", number("17.5"), "number-damaged"),
    ("scientific form in text", said("2.54708E+11"), "number-damaged"),
    ("a number that became a day", number("45000", 1), "number-damaged"),
    ("no number at all", number("NaN"), "value-unknown"),
    ("a truth value", raw("<v>1</v>", "b"), "value-unknown"),
    ("an error", raw("<v>#N/A</v>", "e"), "value-unknown"),
    ("a text of a hundred and one", said("9" * 101), "text-too-long"),
    ("a Cyrillic letter among Latin ones", said("АB-17"), "mixed-letters"),
    ("leading zeros in text", said("0017"), ""),
    ("a formula in text", said("=1+1"), ""),
    ("fifteen digits", number("123456789012345"), ""),
    ("four bytes for a sign", said("😀-17"), ""),
)  # fmt: skip

#: As typed, and as it is kept.
KEPT = (
    ("invisible signs", said("\ufeffA\u200b-\u200f17\u202e"), "A-17"),
    ("a non-breaking blank", said("A-17\xa0"), "A-17"),
    ("a letter of two signs", said("е\u0308-17"), "ё-17"),
    ("control signs", raw("<is><t>A&#1;-_x0000_17&#13;</t></is>", "inlineStr"), "A-17"),
    ("an escaped return", raw("<is><t>A-17_x000D_</t></is>", "inlineStr"), "A-17"),
    ("rich text", raw("<is><r><t>A-</t></r><r><t>17</t></r></is>", "inlineStr"), "A-17"),
    ("a reading beside it", raw("<is><t>A-17</t><rPh><t>x</t></rPh></is>", "inlineStr"), "A-17"),
    ("a line break", said("A\n17"), "A 17"),
)

NAMES = tuple(
    (what, said(text), text)
    for what, text in (
        ("a formula", "=HYPERLINK(A1)"), ("a plus", "+1"), ("a minus", "-1"), ("an at", "@SUM(1)"),
        ("a wide equals", "＝1+1"), ("a script", "<script>alert(1)</script>"),
        ("a picture", '"><img src=x onerror=alert(1)>'), ("a template", "{{ 7*7 }}{% x %}"),
        ("braces", "{0.__class__} {value}"), ("SQL", "x'; DROP TABLE staged_row; --"),
        ("a percent sign", "%s %(name)s %n"), ("an emoji", "😀"), ("joiners", "می\u200cخواهم"),
    )
)  # fmt: skip
