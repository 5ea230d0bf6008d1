"""Reads identifiers, phones, words, whole numbers and plain text."""

import datetime as dt
import re
from functools import lru_cache

import phonenumbers

from cva.sheets.cells.cell_reading import (
    BLANK,
    NOTE_MARK,
    Reading,
    faulty,
    is_blank,
    says_nothing,
)
from cva.sheets.files.parsed_workbook import FormattedNumber, TimeOnly, Value, plain_value, typed
from cva.sheets.vocabulary.text_forms import ascii_digits, fold, has_note_mark, identifier, name
from cva.sheets.vocabulary.word_lists import vocabulary

LONGEST_IDENTIFIER = 100
WHICH_TEXT = {"reason": "which-text"}
WHICH_NUMBER = {"reason": "which-number"}
WHICH_PHONE = {"reason": "which-phone"}
_UNKNOWN_TEXT = Reading(None, "value-unknown", WHICH_TEXT)
LONGEST_NAME = 200
LONGEST_TEXT = 2_000
MOST_DIGITS = 15
MOST_COUNT = 1_000_000
MOST_COUNT_DIGITS = 7
_SCIENTIFIC = re.compile(r"[+-]?\d+(?:[.,]\d+)?E\+?\d+", re.IGNORECASE)
_COUNTED = re.compile(r"(\d+)\s*(\D+)")
#: A whole number that a program wrote as a fraction, or that was made a text.
_WHOLE = re.compile(r"'?(\d+)(?:\.0)?")
_NOT_WHOLE = {"not_whole": "1"}
_PHONE_NOISE = re.compile(r"[^\d+]")


def read_identifier(value: Value) -> Reading:
    """A number that names a person or a thing, as text."""
    if isinstance(value, str):
        return _text_identifier(value)
    if isinstance(value, bool):
        return _UNKNOWN_TEXT
    if isinstance(value, int | float):
        return _whole_identifier(value)
    if isinstance(value, FormattedNumber):
        return _formatted_identifier(value)
    if isinstance(value, dt.date | TimeOnly):
        return Reading(None, "number-damaged", {"as_day": "1"})
    return faulty(value, "value-unknown", WHICH_TEXT) or BLANK


def _text_identifier(value: str) -> Reading:
    text = identifier(value)
    if text[:1] == "'" or text[-2:] == ".0":
        text = _WHOLE.sub(r"\1", text) if _WHOLE.fullmatch(text) else text
    if has_note_mark(text):
        return Reading(None, "value-unknown", NOTE_MARK)
    if len(text) > LONGEST_IDENTIFIER:
        return Reading(None, "text-too-long", {"limit": str(LONGEST_IDENTIFIER)})
    if text[:1].isdigit() and _SCIENTIFIC.fullmatch(text) and not text.isalnum():
        return Reading(None, "number-damaged")
    return Reading(text or None)


def _whole_identifier(value: float) -> Reading:
    if not abs(value) < 10**MOST_DIGITS:
        return Reading(None, "number-damaged")
    if value != int(value):
        return Reading(None, "number-damaged", _NOT_WHOLE)
    return Reading(str(int(value)))


def _formatted_identifier(value: FormattedNumber) -> Reading:
    """With the zeros and letters that its format shows; a sign of a currency is none of it."""
    seen = value.format
    if seen.is_percent or seen.thousands:
        return Reading(None, "number-damaged", _NOT_WHOLE)
    whole = _whole_identifier(value.number)
    is_shown = seen.mask != "0" or any(map(str.isalnum, seen.before + seen.after))
    if whole.value is None or seen.places or not is_shown:
        return whole
    return _text_identifier(value.text)


def read_name(value: Value) -> Reading:
    """A name: composed, blanks folded, else as typed; no date, time or truth value."""
    if isinstance(value, bool | dt.date | TimeOnly):
        return _UNKNOWN_TEXT
    return _read_text(value, LONGEST_NAME)


def read_collector(value: Value) -> Reading:
    """Who collected; that the person came in person, or n/a, names nobody else."""
    is_own = isinstance(value, str) and fold(value) in vocabulary().receipt["self"]
    return BLANK if is_own or says_nothing(value) else read_name(value)


def read_text(value: Value) -> Reading:
    """Any other text."""
    return _read_text(value, LONGEST_TEXT)


def _read_text(value: Value, limit: int) -> Reading:
    if is_blank(value):
        return BLANK
    if fault := faulty(value, "value-unknown", WHICH_TEXT):
        return fault
    text = name(typed(value))
    if len(text) > limit:
        return Reading(None, "text-too-long", {"limit": str(limit)})
    return Reading(text or None)


def _without_unit(text: str) -> str:
    """The digits of a count whose people or years are named: 5 persons, 34 лет."""
    found = _COUNTED.fullmatch(text)
    return found[1] if found and fold(found[2]) in vocabulary().rows["counted"] else text


def read_count(value: Value) -> Reading:
    """A whole number of people, years or things."""
    if is_blank(value):
        return BLANK
    if fault := faulty(value, "value-unknown", WHICH_NUMBER):
        return fault
    unknown = Reading(None, "value-unknown", WHICH_NUMBER)
    value = plain_value(value)
    if isinstance(value, str):
        text = _without_unit(ascii_digits(identifier(value)))
        number = (
            float(text)
            if text.isdecimal() and text.isascii() and len(text) <= MOST_COUNT_DIGITS
            else -1
        )
    elif isinstance(value, int | float) and not isinstance(value, bool):
        number = value
    else:
        return unknown
    if not 0 <= number <= MOST_COUNT or number != int(number):
        return unknown
    return Reading(int(number))


@lru_cache(maxsize=4)
def _needs_country(country: str | None) -> bool:
    return country is None or country not in phonenumbers.SUPPORTED_REGIONS


def read_phone(value: Value, country: str | None) -> Reading:
    """A phone number in E.164; a local number without a country is left alone."""
    number = read_identifier(value)
    if number.value is None:
        return number
    text = ascii_digits(str(number.value))
    plain = _PHONE_NOISE.sub("", text)
    if plain.startswith("00"):
        plain = f"+{plain[2:]}"
    if not plain.startswith("+") and _needs_country(country):
        return BLANK
    try:
        found = phonenumbers.parse(plain, country)
    except phonenumbers.NumberParseException:
        return Reading(None, "value-unknown", WHICH_PHONE)
    if not phonenumbers.is_possible_number(found):
        return Reading(None, "value-unknown", WHICH_PHONE)
    return Reading(phonenumbers.format_number(found, phonenumbers.PhoneNumberFormat.E164))
