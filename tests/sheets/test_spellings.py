"""Any amount and any day, in any spelling that is accepted, is read as exactly that."""

import datetime as dt

from babel.dates import format_date
from hypothesis import assume, example, given
from hypothesis import strategies as st

from cva.core.money import LARGEST_OF_ROW_MINOR, digits_of
from cva.sheets.cells.amount_cells import AmountReader, marks_of
from cva.sheets.cells.date_cells import DateReader
from cva.sheets.cells.date_orders import date_order_of
from cva.sheets.vocabulary.currencies import Reader, Unit
from cva.sheets.vocabulary.word_lists import vocabulary

TODAY = dt.date(2025, 12, 1)
SCRIPTS = (
    "0123456789",
    "٠١٢٣٤٥٦٧٨٩",
    "۰۱۲۳۴۵۶۷۸۹",
    "०१२३४५६७८९",
    "০১২৩৪৫৬৭৮৯",
    "０１２３４５６７８９",
)
GROUPS = ("", " ", "\xa0", "\u202f", "\u2009", "'", "\u2019", "\u02bc", "\u066c", ",", ".", "lakh")
MARKS = {".": "point", ",": "comma", "\u066b": None}
AROUND = ("", " ", "\u200f", "\u200e", "\u200b", "\ufeff", "\xa0")

scripts = st.sampled_from(SCRIPTS).map(lambda digits: str.maketrans(SCRIPTS[0], digits))


def grouped(whole: int, group: str) -> str:
    if group != "lakh":
        return f"{whole:,}".replace(",", group)
    text = str(whole)
    head, tail = text[:-3], text[-3:]
    pairs = [head[max(at - 2, 0) : at] for at in range(len(head), 0, -2)]
    return ",".join([*reversed(pairs), tail])


def read(text: str, unit: Unit, mark: str | None) -> int | str | None:
    found = AmountReader(marks_of([text], mark)).read(text, unit)
    return found.problem or found.value


@given(
    currency=st.sampled_from(["USD", "RUB", "IRR", "JPY", "XAF", "JOD", "KWD", "CLF"]),
    minor=st.integers(min_value=1, max_value=LARGEST_OF_ROW_MINOR),
    group=st.sampled_from(GROUPS),
    mark=st.sampled_from(list(MARKS)),
    digits=scripts,
    sign=st.sampled_from(["", "+"]),
    around=st.tuples(st.sampled_from(AROUND), st.sampled_from(AROUND)),
)
@example("JOD", 1000, ",", "\u066b", str.maketrans("", ""), "", ("", ""))
@example("USD", 7 * 10**12, ".", ",", str.maketrans("", ""), "", ("", ""))
def test_an_amount_is_read_however_it_is_spelled(
    currency: str, minor: int, group: str, mark: str, digits: dict[int, int], sign: str,
    around: tuple[str, str],
) -> None:  # fmt: skip
    assume(mark != ("," if group == "lakh" else group))
    places = digits_of(currency)
    whole, part = divmod(minor, 10**places)
    text = sign + grouped(whole, group) + (f"{mark}{part:0{places}d}" if places else "")
    text = around[0] + text.translate(digits) + around[1]
    # Before three decimals the Arabic mark is asked about like a comma.
    settled = MARKS[mark] or {".": "comma", ",": "point", "lakh": "point"}.get(group)
    settled = "comma" if mark == "\u066b" and places else settled
    assert read(text, Unit(currency), settled) == minor


@given(
    st.integers(min_value=1, max_value=LARGEST_OF_ROW_MINOR // 100), st.sampled_from(GROUPS[:-1])
)
def test_a_whole_amount_may_leave_its_decimals_out(whole: int, group: str) -> None:
    settled = {".": "comma", ",": "point"}.get(group)
    assert read(grouped(whole, group), Unit("USD"), settled) == whole * 100


def _names() -> list[tuple[str, str]]:
    found = vocabulary().currencies.items()
    return sorted((name, next(iter(codes))) for name, codes in found if len(codes) == 1)


@given(st.sampled_from(_names()), st.sampled_from(AROUND), st.sampled_from(["", "."]))
def test_a_currency_is_known_by_every_name_that_is_its_own(
    name: tuple[str, str], around: str, dot: str
) -> None:
    text, code = name
    said = Reader().unit(around + text + dot)
    assert said == (Unit("IRR", 10) if code == "IRT" else Unit(code))


ORDERS = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%d.%m.%Y", "%d/%m/%Y", "%d-%m-%Y", "%m/%d/%Y")
LANGUAGES = ("ar", "ar_IQ", "be", "en", "es", "fa", "fr", "ky", "ru")
days = st.dates(min_value=dt.date(1940, 1, 1), max_value=TODAY)


def day_of(text: str, settled: str | None) -> str | int | None:
    order = date_order_of([text], "Date", settled)
    return DateReader(order, jalali=False, today=TODAY).read(text).value


@given(days, st.sampled_from(ORDERS), scripts, st.sampled_from(AROUND))
def test_a_day_is_read_however_it_is_spelled(
    day: dt.date, order: str, digits: dict[int, int], around: str
) -> None:
    settled = "mdy" if order.startswith("%m") else "dmy"
    text = around + day.strftime(order).translate(digits) + around
    assert day_of(text, settled) == day.isoformat()


@given(days, st.sampled_from(LANGUAGES), st.sampled_from(["d MMMM y", "d MMM y"]))
def test_a_day_is_read_with_the_name_of_its_month(
    day: dt.date, language: str, pattern: str
) -> None:
    assert day_of(format_date(day, pattern, locale=language), None) == day.isoformat()
