"""Reads amounts exactly, or not at all."""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple, TypeGuard

from cva.core.money import LARGEST_OF_ROW_MINOR, digits_of
from cva.sheets.cells.cell_reading import BLANK, NOTE_MARK, Reading, faulty, is_blank
from cva.sheets.files.parsed_workbook import FormattedNumber, ParsedSheet, Value, plain_value, typed
from cva.sheets.vocabulary.currencies import Unit
from cva.sheets.vocabulary.questions import EXAMPLES
from cva.sheets.vocabulary.text_forms import has_note_mark, is_turned, plain_digits

POINT = "point"
COMMA = "comma"
#: A binary fraction this near to a minor unit is that unit: 14.999999999999998 is 15.00.
DUST = Decimal("1e-9")
LARGEST_EXACT = 2**53
THOUSANDS = 3
LEAST_GROUPED = 1000

_GROUPING = dict.fromkeys(map(ord, "'\u2019\u02bc\u066c\u2018`"), "'") | dict.fromkeys(
    map(ord, "\xa0\u202f\u2009\u2007\u2008\u200a \t"), " "
)
_MARKS = _GROUPING | {0x066B: "\u066b", 0x060C: ",", 0xFF0C: ",", 0xFF0E: ".", 0x2212: "-"}
_NUMBER = re.compile(
    r"(?P<sign>[-+]?)(?P<whole>\d+(?:(?P<group>[ ',.])\d{2,3}(?:(?P=group)\d{2,3})*)?)"
    r"(?:(?P<mark>[.,\u066b])(?P<part>\d+))?"
)
_MARK = re.compile(r"[.,]")
_THREES = re.compile(r"\d{1,3}(?:\D\d{3})+")
_LAKHS = re.compile(r"\d{1,2}(?:,\d{2})*,\d{3}")


class ParsedAmount(NamedTuple):
    """A text that has the shape of a number.

    Attributes:
        number: Its value; None where the decimal mark of the column decides.
        mark: The decimal mark that it proves; None where it proves none.
        as_decimal: Its value if its one mark is decimal.
        as_grouped: Its value if its one mark groups thousands.
        one_mark: The one mark that may be either.
    """

    number: Decimal | None
    mark: str | None = None
    as_decimal: Decimal | None = None
    as_grouped: Decimal | None = None
    one_mark: str = ""


_NAMES = {".": POINT, ",": COMMA, "\u066b": COMMA}
_OTHER = {".": COMMA, ",": POINT}


def parse(text: str) -> ParsedAmount | None:
    """The number that a text writes; None where it writes none."""
    if is_turned(text):
        return None
    plain = plain_digits(text).translate(_MARKS).strip()
    found = _NUMBER.fullmatch(plain)
    if found is None or not plain.isprintable():
        return None
    group, mark = found["group"], found["mark"]
    if group and not _grouped(found["whole"], group):
        return _decimal_after_all(found)
    if group and group == mark:
        return None
    if group in _NAMES and mark is None:
        return _grouped_or_decimal(found)
    return _with_mark(found)


def _grouped(whole: str, group: str) -> bool:
    return bool(_THREES.fullmatch(whole) or (group == "," and _LAKHS.fullmatch(whole)))


def _with_mark(found: "re.Match[str]") -> ParsedAmount:
    whole, group, mark, part = found["whole"], found["group"], found["mark"], found["part"]
    number = _number(found["sign"], whole, part or "")
    if mark is None:
        return ParsedAmount(number)
    if group is None and len(part) == THOUSANDS and len(whole) <= THOUSANDS and whole != "0":
        return ParsedAmount(None, None, number, _number(found["sign"], whole + part, ""), mark)
    return ParsedAmount(number, None if mark == "\u066b" else _NAMES[mark])


def _decimal_after_all(found: "re.Match[str]") -> ParsedAmount | None:
    """``75,50`` has the shape of a group of two; it is a decimal."""
    group, whole = found["group"], found["whole"]
    if group not in _NAMES or found["mark"] or whole.count(group) != 1:
        return None
    before, after = whole.split(group)
    return ParsedAmount(_number(found["sign"], before, after), _NAMES[group])


def _grouped_or_decimal(found: "re.Match[str]") -> ParsedAmount:
    group, whole, sign = found["group"], found["whole"], found["sign"]
    grouped = _number(sign, whole, "")
    if whole.count(group) > 1:
        return ParsedAmount(grouped, _OTHER[group])
    before, after = whole.split(group)
    decimal = _number(sign, before, after)
    if before.startswith("0"):
        return ParsedAmount(decimal, _NAMES[group])
    return ParsedAmount(None, None, decimal, grouped, group)


def _number(sign: str, whole: str, part: str) -> Decimal:
    digits = re.sub(r"\D", "", whole)
    return Decimal(f"{sign}{digits}.{part}" if part else f"{sign}{digits}")


class Marks(NamedTuple):
    """What is known of a column's decimal mark.

    Attributes:
        mark: ``point`` or ``comma``; None where the column does not show it.
        open: Whether a cell of the column can only be read with that knowledge.
        settled: Whether a person decided it.
        by_format: Whether formats show decimals that look like thousands.
    """

    mark: str | None
    open: bool
    settled: bool = False
    by_format: bool = False


def marks_of(values: Iterable[Value], settled: str | None) -> Marks:
    """Find a column's decimal mark by the cells that can be read in one way only.

    Where cells with one mark alone, such as ``150,50``, would make of no fewer cells such as
    ``5,000`` numbers with three decimals, it cannot be told which of them are mistyped.
    """
    values = list(values)
    shown = [value for value in values if may_group(value)]
    if shown and settled not in {POINT, COMMA}:
        marks = marks_of([value for value in values if not may_group(value)], None)
        is_free = marks == Marks(None, open=False)
        if marks.mark == POINT or (is_free and any(map(_has_both_marks, shown))):
            return Marks(POINT, open=False)
        return Marks(None, open=True, by_format=True)
    texts = [value for value in values if isinstance(value, str)]
    numbers = [number for number in map(parse, texts) if number is not None]
    if settled in {POINT, COMMA}:
        return Marks(settled, open=False, settled=True)
    proved = {number.mark for number in numbers if number.mark}
    doubtful = [_NAMES[number.one_mark] for number in numbers if number.number is None]
    has_both = any(len(_MARK.findall(text)) > 1 for text in texts)
    if len(proved) == 1:
        mark = proved.pop()
        proofs = sum(number.mark == mark for number in numbers)
        if has_both or doubtful.count(mark) < proofs:
            return Marks(mark, open=False)
        return Marks(None, open=True)
    return Marks(None, open=bool(doubtful) or len(proved) > 1)


def may_group(value: Value) -> TypeGuard[FormattedNumber]:
    """Whether a number is seen with three decimals, as 380.000, which may be meant as thousands."""
    return isinstance(value, FormattedNumber) and value.format.may_group


def _has_both_marks(value: FormattedNumber) -> bool:
    """Whether a format shows a mark between thousands and another before the decimals."""
    return value.format.is_grouped and abs(value.number) >= LEAST_GROUPED


def doubtful_signs(values: Iterable[Value]) -> frozenset[str]:
    """The signs of cells that cannot be read without the decimal mark: a point, a comma or both."""
    values = list(values)
    numbers = [parse(value) for value in values if isinstance(value, str)]
    signs = frozenset(one.one_mark for one in numbers if one and one.number is None)
    return signs | {"."} if any(map(may_group, values)) else signs


def examples_of(values: Iterable[Value]) -> dict[str, tuple[tuple[str, str], ...]]:
    """Texts of a column, and what each decimal mark makes of them.

    Those that can be read in two ways; where cells contradict each other, each under its own mark,
    as the other one makes no number of it.
    """
    seen = ((typed(value).strip(), _seen(value)) for value in values)
    parsed = [(text, number) for text, number in seen if number is not None]
    doubtful = [(text, one) for text, one in parsed if one.number is None][:EXAMPLES]
    return {
        mark: (
            *(
                (text, str(one.as_decimal if mark == _NAMES[one.one_mark] else one.as_grouped))
                for text, one in doubtful
            ),
            *[(text, str(one.number)) for text, one in parsed if one.mark == mark][:EXAMPLES],
        )[:EXAMPLES]
        for mark in (POINT, COMMA)
    }


def _seen(value: Value) -> ParsedAmount | None:
    """What a text writes, or a number whose format shows three decimals."""
    if may_group(value):
        exact = Decimal(repr(value.number)).normalize()
        grouped = exact.scaleb(THOUSANDS)
        return ParsedAmount(None, None, _written_out(exact), _written_out(grouped), ".")
    return parse(value) if isinstance(value, str) else None


def _written_out(number: Decimal) -> Decimal:
    """The number without an exponent."""
    return Decimal(format(number, "f"))


class AmountReader:
    """Reads the cells of one column of amounts."""

    def __init__(self, marks: Marks, *, zero_allowed: bool = False) -> None:
        self._marks = marks
        self._zero_allowed = zero_allowed

    def is_open(self, units: Iterable[Unit]) -> bool:
        """Whether the decimal mark must be asked for amounts in these units."""
        if not self._marks.open:
            return False
        digits = {digits_of(unit.currency) for unit in units}
        if self._marks.by_format and digits != {THOUSANDS}:
            return True
        return not digits or not digits <= {0, THOUSANDS} or len(digits) > 1

    def read(self, value: Value, unit: Unit) -> Reading:
        """The amount in minor units of the currency."""
        number = self.number(value, unit)
        if isinstance(number, Reading):
            return number
        scaled = (number * unit.times).scaleb(digits_of(unit.currency))
        exact = scaled.to_integral_value()
        if scaled != exact and not (isinstance(value, float) and abs(scaled - exact) <= DUST):
            details = {"currency": unit.currency, "digits": str(digits_of(unit.currency))}
            return Reading(None, "amount-too-precise", details)
        if abs(exact) > LARGEST_OF_ROW_MINOR:
            return Reading(None, "amount-too-large")
        if exact < 0 or (exact == 0 and not self._zero_allowed):
            return Reading(None, "amount-not-positive")
        return Reading(int(exact))

    def number(self, value: Value, unit: Unit) -> Decimal | Reading:
        """The number as it is in the cell, before its unit."""
        if is_blank(value):
            return BLANK
        unreadable = Reading(None, "amount-unreadable")
        if fault := faulty(value, "amount-unreadable"):
            return fault
        if isinstance(value, bool) or (isinstance(value, FormattedNumber) and not may_group(value)):
            return unreadable
        if isinstance(value, int | float):
            return _of_number(value)
        number = _seen(value)
        if number is None:
            is_marked = isinstance(value, str) and has_note_mark(value)
            return unreadable._replace(details=NOTE_MARK) if is_marked else unreadable
        return self._of_text(number, unit)

    def _of_text(self, number: ParsedAmount, unit: Unit) -> Decimal | Reading:
        mark = self._marks.mark
        if number.number is not None:
            if number.mark and mark and number.mark != mark:
                return Reading(None, "amount-unreadable")
            return number.number
        decimal = mark == _NAMES[number.one_mark]
        if mark is None:
            digits = digits_of(unit.currency)
            if digits != THOUSANDS and (digits or self._marks.by_format):
                return BLANK
            decimal = digits == THOUSANDS
        found = number.as_decimal if decimal else number.as_grouped
        return found if found is not None else Reading(None, "amount-unreadable")


def _of_number(value: float) -> Decimal | Reading:
    if value != value or abs(value) > LARGEST_EXACT:  # noqa: PLR0124 - NaN is the one unlike itself
        large = value == value and value not in {float("inf"), float("-inf")}  # noqa: PLR0124
        return Reading(None, "amount-too-large" if large else "amount-unreadable")
    return Decimal(repr(value))


def is_number(text: str) -> bool:
    """Whether a text writes a number."""
    return parse(text) is not None


def number_in(sheet: ParsedSheet, row: int, column: int) -> Decimal | None:
    """The number in a cell; None where it is none or can be read in two ways."""
    return bare_number(sheet.columns[column].at(row))


def sum_of(sheet: ParsedSheet, rows: Sequence[int], column: int) -> Decimal | None:
    """The sum of a column's cells; None where one of them cannot be added."""
    here = sheet.columns[column]
    numbers = list(map(bare_number, here.values))
    found = [numbers[at] for at in here.of_rows(rows)]
    known = [number for number in found if number is not None]
    return sum(known, Decimal(0)) if len(known) == len(found) else None


def bare_number(value: Value) -> Decimal | None:
    """The number of a value by itself; None where it is none or can be read in two ways."""
    value = plain_value(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return Decimal(repr(value))
    written = parse(value) if isinstance(value, str) else None
    return written.number if written else None
