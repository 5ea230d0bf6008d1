"""The columns of a drawn list: what each holds, its heading and its cells."""

from collections.abc import Callable, Sequence
from random import Random
from typing import NamedTuple

from tests.sheets.drawn.notes import LINES, WORDS, word_for
from tests.sheets.drawn.people import Person, members_of
from tests.sheets.drawn.plans import OWN_DAYS, Plan
from tests.sheets.drawn.truth import BLANK, TODAY, Cell
from tests.sheets.drawn.values import amount_cell, day_cell, faulty
from tests.sheets.drawn.words import CURRENCIES, ENGLISH_HEADINGS

_PAIRS = {
    "boxes": ("☑", "☐"),
    "ticks": ("✓", "✗"),
    "tick or blank": ("✓", ""),
    "crossed": ("", "x"),
}
#: By the kind of marks the column in which they stand, where it is another than that of answers.
_MARKED_IN = {
    "status": "status",
    "date": "receipt_day",
    "signature blank": "signature",
    "signature words": "signature",
    "remarks": "remarks",
    "remarks harmless": "remarks",
    "remarks open": "remarks",
    "crossed": "denied",
}


#: Kinds of marks that stand in no column of the list that is for them.
_OUTSIDE_COLUMNS = LINES | {"none", "month signatures", "legend", "line between", "names"}


class Column(NamedTuple):
    """A column of a list.

    Attributes:
        name: What it holds, in the words of this grammar.
        cell: The cell of a person.
        member: The cell of a member of the person's household.
    """

    name: str
    heading: str
    cell: Callable[[Person], Cell]
    member: Callable[[str], Cell] = lambda _name: BLANK


def columns_of(plan: Plan, random: Random) -> Sequence[Column]:
    """All columns, from the left."""
    made = _Columns(plan, random)
    person = [*made.names(), *made.about_people()]
    payment = [*made.payments(), *made.marks()]
    found = [*person, *payment]
    if plan.order == "mixed":
        random.shuffle(found)
    has_running = random.random() < 0.6 or plan.receipt == "number words"
    running = [made.running()] if has_running else []
    bare = [made.bare()] if plan.extra != "none" else []
    return [*running, *found, *bare]


class _Columns:
    def __init__(self, plan: Plan, random: Random) -> None:
        self._plan = plan
        self._random = random
        self._words = plan.language

    def _head(self, name: str) -> str:
        return self._random.choice(self._words.headings[name])

    def _column(self, name: str, cell: Callable[[Person], Cell]) -> Column:
        heading = self._dressed(self._head(name), name)
        return Column(name, heading, lambda person: faulty(cell(person), person.fault, name))

    def _dressed(self, heading: str, name: str) -> str:
        if self._plan.heads == "stars" and name in {"number", "amount", "day"}:
            return f"{heading} *"
        english = ENGLISH_HEADINGS.get(name)
        if self._plan.heads == "two languages" and english and self._words.code != "en":
            return f"{heading} / {english}"
        return heading

    def running(self) -> Column:
        """The running number; the list fills it in."""
        return Column("running", self._head("running"), lambda _person: BLANK)

    def bare(self) -> Column:
        """Numbers beside people, of which no heading says what they are."""
        return Column("bare", "", lambda person: Cell(len(person.name) * 3))

    def names(self) -> Sequence[Column]:
        """The number and the name of a person."""
        name = Column(
            "name",
            self._dressed(self._head("name"), "name"),
            self._name,
            Cell,
        )
        if self._plan.numbers == "nowhere":
            return [name, self._column("document", lambda person: person.number_cell)]
        number = self._column("number", lambda person: person.number_cell)
        return [number, name] if self._random.random() < 0.8 else [name, number]

    def _name(self, person: Person) -> Cell:
        """A name; where nothing was received somebody may have noted why behind it."""
        if self._plan.receipt != "names" or person.is_paid:
            return Cell(person.name)
        refusal = self._words.refusals[0]
        has_sign = len(person.name) % 2
        return Cell(f"{person.name} ({refusal})" if has_sign else f"{person.name} {refusal}")

    def about_people(self) -> Sequence[Column]:
        """Some of what lists say of people beside their names."""
        random, at = self._random, 0
        size = random.randint(1, 7)
        known = [
            self._column("village", lambda person: Cell(person.village)),
            self._column("phone", lambda person: Cell(f"+2547000{len(person.name):05}")),
            self._column("size", lambda person: Cell(size + len(person.name) % 3)),
            self._column("unknown", lambda person: Cell(len(person.name) * 7 % 40 + at)),
        ]
        if self._plan.money_columns == "per person":
            known[2] = self._column("size", lambda person: Cell(members_of(person.name)))
        found = random.sample(known, random.randint(0, len(known)))
        if self._plan.money_columns == "per person" and known[2] not in found:
            found.append(known[2])
        if self._plan.merged == "district":
            found.insert(0, self._column("district", lambda _person: Cell(self._words.villages[0])))
        if self._plan.hidden == "column":
            found.append(Column("hidden", "x1", lambda person: Cell(len(person.name))))
        return found

    def payments(self) -> Sequence[Column]:
        """The day, the amount and the currency."""
        plan, found = self._plan, []
        if plan.days not in {"nowhere", "title", *OWN_DAYS}:
            found.append(self._column("day", self._day))
        if plan.shape == "months":
            return found
        if plan.amounts != "nowhere":
            found += self._amounts()
        if plan.currency_in in {"column", "mixed column"}:
            found.append(self._column("currency", lambda person: Cell(person.currency)))
        return found

    def _day(self, person: Person) -> Cell:
        if self._plan.days != "ditto" or person.is_first:
            return day_cell(person.day, self._plan.days, self._words)
        return Cell('"')

    def _amounts(self) -> Sequence[Column]:
        plan, random = self._plan, self._random
        amount = self._column("amount", self._amount)
        if plan.money_columns == "per person":
            heading = plan.language.per_person.format(self._head("amount"))
            return [amount._replace(heading=self.with_unit(heading))]
        amount = amount._replace(heading=self.with_unit(amount.heading))
        if plan.money_columns == "planned and paid":
            planned = self._column("planned", lambda p: amount_cell(p.minor * 2, plan))
            planned = planned._replace(heading=self.with_unit(planned.heading))
            return [planned, amount] if random.random() < 0.5 else [amount, planned]
        if plan.money_columns == "two currencies":
            other = "EUR" if plan.currency == "USD" else "USD"
            beside = Column(
                "amount in another currency",
                f"{self._head('amount')} ({other})",
                lambda p: Cell(round(p.minor / 9000, 2)),
            )
            return [amount, beside] if random.random() < 0.5 else [beside, amount]
        return [amount]

    def _amount(self, person: Person) -> Cell:
        if not person.is_paid and self._random.random() < 0.3:
            return BLANK
        is_part = self._plan.money_columns == "per person"
        minor = person.minor // members_of(person.name) if is_part else person.minor
        cell = amount_cell(minor, self._plan, person.currency)
        if self._plan.struck == "struck parts" and len(person.name) % 2 == 0:
            return Cell(f" {cell.value}", struck_part="77")
        if self._plan.struck == "unseen parts" and len(person.name) % 2 == 0:
            look = self._random.choice(["white", "tiny"])
            return Cell(f" {cell.value}", struck_part="77", look=look)
        return cell

    def with_unit(self, heading: str) -> str:
        """The heading of the amount with what it says of the unit."""
        plan, random = self._plan, self._random
        name = plan.currency
        if plan.programme == "same" and random.random() < 0.5:
            name = random.choice(CURRENCIES[plan.currency][1])
        unit = name if plan.currency_in in {"heading", "two places"} else ""
        if plan.scale == "heading":
            unit = f"{random.choice(plan.language.thousands)} {unit}".strip()
        if plan.scale == "cents":
            unit = random.choice(plan.language.cents)
        if not unit:
            return heading
        return f"{heading} ({unit})" if random.random() < 0.6 else f"{heading}, {unit}"

    def marks(self) -> Sequence[Column]:
        """What is marked on handing out: received or not, signature, remarks."""
        plan, words, random = self._plan, self._words, self._random
        kind = plan.receipt
        answer = random.choice(list(zip(words.yes, words.no, strict=False)))
        refusal, remark = random.choice(words.refusals), random.choice(words.remarks)
        name = _MARKED_IN.get(kind, "received")
        if kind in WORDS:
            is_free = kind == "free column"
            return [Column("free", "", self._word)] if is_free else []
        if kind in _OUTSIDE_COLUMNS:
            return []
        if kind == "remarks open":
            refusal = random.choice(words.open_remarks)
        if kind == "date":
            return [self._column(name, self._receipt_day)]
        if name == "remarks":
            return [self._column(name, lambda person: _remark(person, refusal, remark))]
        pairs = {"signature blank": ("", ""), "signature words": ("", refusal)}
        return [self._marked(name, _PAIRS.get(kind) or pairs.get(kind) or answer)]

    def _word(self, person: Person) -> Cell:
        return word_for(person, self._plan, self._random)

    def _marked(self, name: str, pair: tuple[str, str]) -> Column:
        return self._column(name, lambda person: Cell(pair[not person.is_paid] or None))

    def _receipt_day(self, person: Person) -> Cell:
        """The day of receipt, blank where nothing was received."""
        style = "cell" if self._plan.container != "csv" else "ISO"
        day = min(person.day, TODAY)
        return day_cell(day, style, self._words) if person.is_paid else BLANK


def _remark(person: Person, refusal: str, remark: str) -> Cell:
    if not person.is_paid:
        return Cell(refusal)
    return Cell(remark) if len(person.name) % 2 else BLANK
