"""Draws whole sheets with their truth; knows nothing of the reader."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from random import Random

from tests.sheets.drawn.columns import Column, columns_of
from tests.sheets.drawn.files import written
from tests.sheets.drawn.layout import letters_of, months_of, tabs_of
from tests.sheets.drawn.notes import WORDS
from tests.sheets.drawn.people import Person, draw_people
from tests.sheets.drawn.plans import OWN_DAYS, Plan, draw_plan
from tests.sheets.drawn.truth import DrawnSheet, Payment, Tab
from tests.sheets.drawn.words import CURRENCIES, Language

#: The product's fields, by what this grammar calls a column.
FIELDS = {
    "number": "registration_no",
    "document": "id_number",
    "name": "full_name",
    "day": "distribution_date",
    "amount": "amount",
    "currency": "currency",
    "village": "settlement",
    "district": "district",
    "phone": "phone",
    "size": "household_size",
    "running": "row_no",
    "remarks": "remarks",
    "signature": "signature",
    "received": "status",
    "denied": "not_received",
    "status": "status",
}

#: Amounts with a comma before their decimals, or a point between thousands.
_COMMA = {"1.234", "1.234,50", "1 234,50"}


def draw_sheet(random: Random) -> DrawnSheet:
    """A sheet as somebody of the field might send it."""
    plan = draw_plan(random)
    people = draw_people(plan, random)
    columns = list(columns_of(plan, random))
    if plan.shape == "months":
        columns += months_of(plan, random)
    if plan.days == "title":
        titles = plan.language.titles
        day = f"{people[0].day.day:02}.{people[0].day.month:02}.{people[0].day.year}"
        words = replace(plan.language, titles=(f"{titles[0]} {day}", *titles[1:]))
        plan = replace(plan, language=words, above="title")
    tabs = tabs_of(plan, columns, people, random)
    name, content = written(plan, tabs, random)
    letters = letters_of(columns)
    return DrawnSheet(
        filename=name,
        content=content,
        features=plan.features,
        paid=_paid(plan, people, columns),
        doubts=frozenset(plan.doubts),
        answers={**_answers(plan, people, letters), **_legend(tabs)},
        fields={letter: FIELDS.get(name, "none") for name, letter in letters.items()},
        words=_words(plan.language),
        currency={"same": plan.currency, "none": None}.get(plan.programme, "GBP"),
    )


def _paid(plan: Plan, people: Sequence[Person], columns: Sequence[Column]) -> Sequence[Payment]:
    paid = [person.payment for person in people if person.payment]
    if plan.shape != "months":
        return paid
    months = [int(column.name.split()[1]) for column in columns if column.name.startswith("month ")]
    is_signed = plan.receipt == "month signatures"
    return [
        person.payment._replace(day=_day_of(month))
        for person in people
        if person.payment
        for month in months
        if not is_signed or person.signed_in(month)
    ]


def _day_of(month: int) -> str:
    return f"2025-{month:02}-{10 + month:02}"


def _words(language: Language) -> Mapping[str, str]:
    said = dict.fromkeys(("☑", "✓", *language.yes), "yes")
    said |= dict.fromkeys(
        ("☐", "✗", *language.no, *language.refusals, *language.open_remarks), "no"
    )
    return said | dict.fromkeys(language.remarks, "nothing")


def _legend(tabs: Sequence[Tab]) -> Mapping[str, str]:
    """The rows that a line is about, where there are any."""
    rows = [str(row) for tab in tabs for row in tab.explained_rows]
    return {"legend": ", ".join(rows)} if rows else {}


def _answers(plan: Plan, people: Sequence[Person], letters: Mapping[str, str]) -> Mapping[str, str]:
    """What the sender knows, by the kind of question or its whole key."""
    first = people[0]
    major = first.minor / 10 ** CURRENCIES[plan.currency][0]
    found = {
        "currency": "lists" if plan.currency_in == "own line" else plan.currency,
        "lists": "own",
        "date_order": {"m/d": "mdy", "yy.": "ymd"}.get(plan.days[:3], "dmy"),
        "decimal_mark": "comma" if plan.amounts in _COMMA else "point",
        "sheet": "*",
        "line": "no",
        "words": "no" if plan.receipt in WORDS else "",
        "beside": "*",
        "household": "one",
        "scale": {"none": "1", "cents": "0.01"}.get(plan.scale, "1000"),
        "struck": "out",
        "struck_text": "left",
        "alike": "several",
        "ditto": "yes",
        "serial": "yes",
        "blank": "yes" if plan.receipt.startswith("signature") else "no",
        "periods": "each",
        "per_person": "times",
        "per_unit": "row",
        "one:amount": f"{major:.2f}",
        "one:distribution_date": first.day.isoformat(),
    }
    days = list(dict.fromkeys(person.day.isoformat() for person in people))
    if plan.days in OWN_DAYS:
        found |= {f"one:distribution_date:{at}": day for at, day in enumerate(days, 1)}
    named = {FIELDS[name]: letter for name, letter in letters.items() if name in FIELDS}
    for field, letter in named.items():
        found |= {f"which:{field}": letter, f"find:{field}": letter}
    for name, letter in letters.items():
        if name.startswith("month "):
            found[f"day:{letter}"] = _day_of(int(name.split()[1]))
    return found
