"""The words of the languages that sheets are drawn in; ``words.toml`` holds them."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Language:
    """The words of one language.

    Attributes:
        headings: By what a column holds, the headings that people write.
        currencies: Currencies that are paid out where the language is spoken.
        months: As they stand in a date; the Persian ones are those of the Persian calendar.
        yes: Words for received.
        no: At the same places the words for not received.
        refusals: Remarks that say that a person got nothing.
        remarks: Remarks that say nothing of the kind.
        open_remarks: Remarks that speak of a part, another person or another day.
        legend: A line that says that rows in yellow were not received.
        about_one: Lines that say of a person that something was not paid.
        counted: Lines that say how many of how many were paid.
        made_by: A line that says who made the list.
        tab_of_notes: What a tab of such lines is called.
        per_person: How a heading says that its amounts are for each person.
        titles: Lines above a list.
        cents: How a heading says that it counts in hundredths.
        thousands: How a line or a heading says that it counts in thousands.
        in_currency: How a line says what the amounts are in.
        signers: What stands below a list, to sign at.
        rounds: What numbered payments are called in words.
        cash_lines: What stands below a list of money withdrawn, paid out and left.
        of_one: A line that says that the amounts are for one person or week.
        groups: Headings over several columns: the person, the payment.
    """

    code: str
    headings: Mapping[str, Sequence[str]]
    currencies: Sequence[str]
    months: Sequence[str]
    yes: Sequence[str]
    no: Sequence[str]
    refusals: Sequence[str]
    remarks: Sequence[str]
    open_remarks: Sequence[str]
    legend: str
    about_one: Sequence[str]
    counted: Sequence[str]
    made_by: str
    tab_of_notes: str
    per_person: str
    titles: Sequence[str]
    thousands: Sequence[str]
    cents: Sequence[str]
    in_currency: Sequence[str]
    total: Sequence[str]
    subtotal: str
    signers: Sequence[str]
    people: Sequence[str]
    villages: Sequence[str]
    groups: Sequence[str]
    rounds: Sequence[str]
    cash_lines: Sequence[str]
    of_one: str


#: By code: the decimals, and how the currency is written beside an amount.
CURRENCIES: Mapping[str, tuple[int, Sequence[str]]] = {
    "USD": (2, ("USD", "$")),
    "EUR": (2, ("EUR", "€")),
    "KES": (2, ("KES", "KSh")),
    "RUB": (2, ("руб.", "RUB", "₽")),
    "KGS": (2, ("сом", "KGS")),
    "BYN": (2, ("BYN",)),
    "XOF": (0, ("FCFA", "XOF")),
    "GTQ": (2, ("GTQ",)),
    "PEN": (2, ("PEN",)),
    "JOD": (3, ("JOD",)),
    "YER": (2, ("YER",)),
    "AFN": (2, ("AFN",)),
    "IRR": (2, ("IRR", "ریال")),
}


def _languages() -> Sequence[Language]:
    data = tomllib.loads((Path(__file__).parent / "words.toml").read_text("utf-8"))
    return [Language(code=code, **words) for code, words in data.items()]


LANGUAGES = _languages()
#: What stands behind a heading of another language where a list has two.
ENGLISH_HEADINGS = {
    "number": "Registration number",
    "name": "Full name",
    "day": "Distribution date",
    "amount": "Amount",
    "village": "Village",
    "signature": "Signature",
}
