"""Tells days of calendars that are not read: Hijri and Buddhist ones, and what may be Jalali."""

import datetime as dt
import re

from cva.sheets.vocabulary.text_forms import fold, plain_digits

HIJRI, ISLAMIC, BUDDHIST = "hijri", "islamic", "buddhist"
_HIJRI_MONTH = re.compile(
    "محرم|صفر|ربیع|جمادی|رجب|شعبان|رمضان|شوال|القعده|الحجه|ذوالحج|ذیالحج|"
    r"\b(?:muhar|moharr|safar|rabi|jumad|djoumad|yumad|rajab|rayab|sha'?b[ae]n|ramad|ramaz|shaww|"
    r"chaww|dhu|zul|мухаррам|сафар|раби|джумад|раджаб|шаабан|шабан|рамад|рамаз|шаввал|зуль)"
)
_YEAR = re.compile(r"(?<!\d)(?:1[34]|2[45])\d\d(?!\d)")
_DAY = re.compile(r"\d{1,4}\s*[-./ ]\s*\d{1,2}\s*[-./ ]\s*\d{1,4}")
_HIJRI_SIGN = re.compile(r"\d\s*(?:ه(?!\w)|h$|ah$|a h$)")
#: A Hijri year is about 33/32 of a solar one shorter, and began in 622.
_BEGAN, _HIJRI_PER_SOLAR = 621.57, 1.0307
_SOLAR_BEGAN = 621
_NEAR = 3
BUDDHIST_YEARS = range(2400, 2600)


def other_calendar(text: str, today: dt.date) -> str | None:
    """Of which calendar a text is a day that cannot be read; None where it is no such day."""
    plain = fold(plain_digits(text))
    year = _YEAR.search(plain)
    if year is None:
        return None
    if _HIJRI_MONTH.search(plain):
        return HIJRI
    if not (_DAY.search(plain) or _HIJRI_SIGN.search(plain)):
        return None
    if int(year[0]) in BUDDHIST_YEARS:
        return BUDDHIST
    if _HIJRI_SIGN.search(plain):
        return HIJRI
    is_recent = abs(int(year[0]) - hijri_year(today)) <= _NEAR
    return HIJRI if is_recent or int(year[0]) > today.year - _SOLAR_BEGAN else ISLAMIC


def hijri_year(today: dt.date) -> int:
    """The Hijri year of a day, to a year."""
    return round((today.year - _BEGAN) * _HIJRI_PER_SOLAR)
