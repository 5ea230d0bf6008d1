"""Writes numbers, days and amounts as people write them into cells."""

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from random import Random

import jdatetime

from tests.sheets.drawn.plans import Plan
from tests.sheets.drawn.truth import BLANK, Cell
from tests.sheets.drawn.words import CURRENCIES, Language

_OWN_DIGITS = {
    "ar": str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"),
    "fa": str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"),
}
#: Group and decimal mark of texts that show both.
_MARKS = {
    "1 234,50": (" ", ","),
    "1,234.50": (",", "."),
    "1.234,50": (".", ","),
    "1'234.50": ("'", "."),
}
_DAY_FORMATS = ("yyyy-mm-dd", "d mmm yyyy", "mm/dd/yyyy", "[$-419]d mmmm yyyy")
#: Excel counts days from here.
_DAY_ZERO = dt.date(1899, 12, 30)


def number_cell(style: str, at: int, random: Random) -> tuple[str, Cell]:
    """The number of the person at a place, and the cell that shows it."""
    serial = 1000 + at
    if style == "number":
        return str(serial), Cell(serial)
    if style == "long number":
        return str(29_000_000_000 + serial), Cell(29_000_000_000 + serial, "0")
    if style == "shown zeros":
        return f"{serial:06}", Cell(serial, "000000")
    written = {
        "text": f"R-{serial}",
        "long text": f"RC-25-{serial:06}",
        "slashes": f"AB/{serial}/25",
        "zeros": f"00{serial}",
        "dashes mixed": f"R{random.choice('-–—')}{serial}",
        "nowhere": f"P{random.randint(100000, 999999)}{serial}",
    }[style]
    return written, Cell(written)


def day_cell(day: dt.date, style: str, language: Language) -> Cell:
    """A day as it stands in a cell."""
    if style == "cell":
        return Cell(day, "dd.mm.yyyy")
    if style in _DAY_FORMATS:
        return Cell(day, style)
    if style == "serial":
        return Cell((day - _DAY_ZERO).days)
    return Cell(_DAYS[style](day, language))


def _month_name(day: dt.date, language: Language) -> str:
    if language.code == "fa":
        there = jdatetime.date.fromgregorian(date=day)
        return f"{there.day} {language.months[there.month - 1]} {there.year}"
    name = language.months[day.month - 1]
    if language.code == "es":
        return f"{day.day} de {name} de {day.year}"
    if language.code == "ru":
        return f"{day.day} {name} {day.year} г."
    return f"{day.day} {name} {day.year}"


def _jalali(day: dt.date) -> str:
    return str(jdatetime.date.fromgregorian(date=day).strftime("%Y/%m/%d"))


_DAYS: Mapping[str, Callable[[dt.date, Language], str]] = {
    "ditto": lambda day, _language: day.isoformat(),
    "ISO": lambda day, _language: day.isoformat(),
    "d.m.y": lambda day, _language: f"{day.day:02}.{day.month:02}.{day.year}",
    "d.m.yy": lambda day, _language: f"{day.day}.{day.month}.{day.year % 100}",
    "d/m/y": lambda day, _language: f"{day.day:02}/{day.month:02}/{day.year}",
    "d/m/y open": lambda day, _language: f"{day.day}/{day.month}/{day.year}",
    "m/d/y": lambda day, _language: f"{day.month}/{day.day}/{day.year}",
    "m/d/y open": lambda day, _language: f"{day.month:02}/{day.day:02}/{day.year}",
    "yy.mm.dd": lambda day, _language: f"{day.year % 100}.{day.month:02}.{day.day:02}",
    "d-m-y": lambda day, _language: f"{day.day:02}-{day.month:02}-{day.year}",
    "month name": _month_name,
    "Jalali": lambda day, _language: _jalali(day),
    "Jalali digits": lambda day, _language: _jalali(day).translate(_OWN_DIGITS["fa"]),
    "own digits": lambda day, language: f"{day.day:02}/{day.month:02}/{day.year}".translate(
        _OWN_DIGITS[language.code]
    ),
}


def amount_cell(minor: int, plan: Plan, currency: str = "") -> Cell:
    """An amount as it stands in a cell."""
    digits, names = CURRENCIES[currency or plan.currency]
    major = Decimal(minor).scaleb(-digits)
    if plan.scale in {"heading", "line"}:
        major /= 1000
    if plan.scale == "cents":
        major = Decimal(minor).scaleb(2 - digits)
    if plan.amounts in {"number", "shown grouped", "currency format"}:
        return Cell(float(major) if major % 1 else int(major), _format(plan))
    if plan.amounts == "text with currency":
        name = names[minor // 100 % len(names)] if plan.programme == "same" else plan.currency
        text = _plain(major, digits)
        return Cell(f"{text} {name}" if len(name) > 1 else f"{name}{text}")
    return Cell(_text(major, digits, plan))


def _plain(major: Decimal, digits: int) -> str:
    return f"{major:.{digits}f}" if major % 1 else str(int(major))


def _text(major: Decimal, digits: int, plan: Plan) -> str:
    """An amount as a text, in one of the notations of the trade."""
    style = plan.amounts
    if style in {"1.234", "1,234"}:
        return f"{int(major):,}".replace(",", style[1])
    if style in _MARKS:
        group, mark = _MARKS[style]
        plain = f"{major:,.{digits}f}"
        return plain.replace(",", "\0").replace(".", mark).replace("\0", group)
    if style == "own digits":
        digits_of = _OWN_DIGITS[plan.language.code]
        return _plain(major, digits).replace(".", "٫").translate(digits_of)
    if style == "1,234/-":
        return f"{major:,.{digits}f}/-" if major % 1 else f"{int(major):,}/-"
    return _plain(major, digits)


def _format(plan: Plan) -> str:
    if plan.scale == "thousands in format":
        return "#,##0.0,"
    if plan.amounts == "shown grouped":
        return "#,##0.00"
    if plan.amounts != "currency format":
        return "General"
    shown = {
        "USD": "[$$-409]#,##0.00" if plan.programme == "same" else '#,##0.00" USD"',
        "EUR": "#,##0.00\\ [$€-407]",
        "RUB": '#,##0.00\\ "руб."' if plan.programme == "same" else "#,##0.00\\ [$RUB]",
        "KGS": '#,##0.00" сом"',
    }
    return shown.get(plan.currency, f"[${plan.currency}]\\ #,##0.00")


def faulty(cell: Cell, fault: str, column: str) -> Cell:
    """The cell as its sender has to mend it."""
    faults = {
        ("percent", "amount"): Cell(0.5, "0%"),
        ("amount in words", "amount"): Cell("see Anna"),
        ("no amount", "amount"): BLANK,
        ("negative", "amount"): Cell(-50),
        ("zero", "amount"): Cell(0),
        ("future day", "day"): Cell("2026-02-03"),
        ("raised mark", "amount"): Cell(f"{cell.value}", struck_part="1", look="raised"),
        ("raised mark on number", "number"): Cell(f"{cell.value}", struck_part="2", look="raised"),
        ("no number", "number"): BLANK,
        ("two numbers", "number"): Cell(f"{cell.value} / R-7"),
        ("no day", "day"): BLANK,
        ("impossible day", "day"): Cell("31.02.2025"),
    }
    return faults.get((fault, column), cell)
