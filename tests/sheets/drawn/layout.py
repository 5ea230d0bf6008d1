"""Puts people and columns onto the tabs of a workbook."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import groupby
from random import Random

from tests.sheets.drawn.columns import Column
from tests.sheets.drawn.notes import LINES, lines_about, lines_that_agree, word_for
from tests.sheets.drawn.people import Person
from tests.sheets.drawn.plans import Plan
from tests.sheets.drawn.truth import BLANK, Cell, Tab
from tests.sheets.drawn.values import amount_cell, day_cell

_PEOPLE_OF_A_PAGE = 3
_PHANTOM_ROWS = (400, 30_000, 1_048_576)
_HEADED_COLUMNS = {"number", "name", "document", "village", "phone", "size", "district"}


@dataclass(slots=True)
class Page:
    """A tab that is being written.

    Attributes:
        left: How many columns are free on the left.
    """

    plan: Plan
    columns: Sequence[Column]
    random: Random
    tab: Tab
    left: int = 0
    running: int = 0
    sums: dict[str, int] = field(default_factory=dict)

    def line(self, text: str) -> None:
        """A line with one text."""
        self.tab.rows.append([*[BLANK] * self.left, Cell(text)])

    def blank(self) -> None:
        """A line with nothing in it."""
        self.tab.rows.append([])

    @property
    def next_row(self) -> int:
        """The number of the row that is written next."""
        return len(self.tab.rows) + 1


def tabs_of(
    plan: Plan, columns: Sequence[Column], people: Sequence[Person], random: Random
) -> list[Tab]:
    """The tabs of the workbook, of which the first may be the only one."""
    by_village = [list(group) for _, group in groupby(people, key=lambda one: one.village)]
    if plan.shape in {"tabs", "tabs headed once"}:
        return [
            _village_tab(
                Page(
                    plan,
                    _order_of(plan, columns, random) if at else columns,
                    random,
                    _tab(plan, _name_of_tab(plan, village[0])),
                ),
                village,
                at,
            )
            for at, village in enumerate(by_village)
        ]
    page = Page(plan, columns, random, _tab(plan, random.choice(["List", "Sheet1", "2025"])))
    _above(page)
    if plan.shape == "beside":
        _beside(page, by_village)
        return [page.tab]
    if plan.shape == "stacked":
        _stacked(page, by_village)
    elif plan.shape == "tables below":
        _tables_below(page, by_village)
    elif plan.shape == "villages":
        _villages(page, by_village)
    else:
        _headings(page)
        _people(page, people)
    _below(page, people)
    return [page.tab, *_tab_of_notes(page, people)]


def _tab_of_notes(page: Page, people: Sequence[Person]) -> Iterator[Tab]:
    """A tab beside the list with notes about some of its people."""
    if page.plan.receipt == "tab of notes":
        notes = Tab(page.plan.language.tab_of_notes)
        notes.rows += [[Cell(text)] for text in lines_about(page.plan, people, page.random)]
        yield notes


def _order_of(plan: Plan, columns: Sequence[Column], random: Random) -> Sequence[Column]:
    """The columns of a later tab, which may stand in another order under headings of their own."""
    is_free = plan.shape == "tabs" and plan.order == "mixed"
    return random.sample(list(columns), len(columns)) if is_free else columns


def _name_of_tab(plan: Plan, first: Person) -> str:
    """The name of a village, and of its day where it stands there."""
    if plan.days != "tab name":
        return first.village
    day = f"{first.day.day:02}.{first.day.month:02}"
    return f"{first.village[:20]} {day}" if len(first.name) % 2 else f"{day} {first.village[:20]}"


def _own_lines(page: Page, first: Person) -> None:
    """What stands above a list of its own: its village and day, or its currency."""
    if page.plan.days == "own title":
        day = day_cell(first.day, "d.m.y", page.plan.language).value
        page.line(f"{first.village}, {day}")
    if page.plan.currency_in == "own line":
        page.line(page.plan.language.in_currency[0].format(first.currency))


def _village_tab(page: Page, village: Sequence[Person], at: int) -> Tab:
    """A tab of its own for a village, of which only the first may have headings."""
    if not at or page.plan.shape == "tabs":
        _above(page)
        _own_lines(page, village[0])
        _headings(page)
    _people(page, village)
    return page.tab


def _stacked(page: Page, villages: Sequence[Sequence[Person]]) -> None:
    """A table below the other for each village, with the headings again."""
    for at, village in enumerate(villages):
        if at:
            page.blank()
        _own_lines(page, village[0])
        _headings(page)
        _people(page, village)


def _tables_below(page: Page, villages: Sequence[Sequence[Person]]) -> None:
    """A table below the other for each village, with its columns in an order of its own."""
    usual = page.columns
    for at, village in enumerate(villages):
        if at:
            page.columns = page.random.sample(list(usual), len(usual))
            page.blank()
            page.line(village[0].village)
        _headings(page)
        _people(page, village)
    page.columns = usual


def _villages(page: Page, villages: Sequence[Sequence[Person]]) -> None:
    """One table with the name of each village above its people, and perhaps their sum below."""
    _headings(page)
    for village in villages:
        page.line(village[0].village)
        _people(page, village)
        if page.plan.below.startswith("total"):
            _total(page, village, page.plan.language.subtotal)
        if page.plan.below == "named sums":
            _total(page, village, village[0].village, of_names=True)


def _tab(plan: Plan, name: str) -> Tab:
    return Tab(f"{name} {plan.currency}" if plan.currency_in == "tab name" else name)


def _above(page: Page) -> None:
    plan, words, random = page.plan, page.plan.language, page.random
    lines = list(_lines(plan, random))
    if plan.above == "line of one":
        lines.append(words.of_one)
    if plan.above in {"title", "day and place"}:
        lines.insert(0, words.titles[0])
    elif plan.above == "lines":
        lines = [*words.titles, *lines]
    for text in lines:
        page.line(text)
    if lines and random.random() < 0.5:
        page.blank()


def _lines(plan: Plan, random: Random) -> Iterator[str]:
    """What the lines above a list say of its day, place, currency and unit."""
    words = plan.language
    if plan.above == "day and place":
        yield words.villages[0]
    if plan_has_legend(plan) and plan.above != "nothing":
        yield words.legend
    if plan.currency_in == "line":
        yield random.choice(words.in_currency[:1]).format(plan.currency)
    if plan.currency_in == "title":
        yield f"{words.titles[0]} ({plan.currency})"
    if plan.currency_in == "two places":
        yield words.in_currency[0].format("EUR" if plan.currency == "USD" else "USD")
    if plan.scale == "line":
        yield f"{words.titles[1]} ({random.choice(words.thousands)} {plan.currency})"


def _headings(page: Page) -> None:
    plan, columns = page.plan, page.columns
    texts = [column.heading for column in columns]
    if plan.heads == "two headings":
        _groups(page)
    page.tab.rows.append([*[BLANK] * page.left, *map(Cell, texts)])
    if plan.heads == "numbered":
        page.tab.rows.append([*[BLANK] * page.left, *map(Cell, range(1, len(texts) + 1))])


def _groups(page: Page) -> None:
    """A row of headings above the headings, each merged over those of one group."""
    row, at = page.next_row, 0
    cells: list[Cell] = []
    for is_person, group in groupby(page.columns, key=lambda one: one.name in _HEADED_COLUMNS):
        size = len(list(group))
        text = page.plan.language.groups[0 if is_person else 1]
        cells += [Cell(text), *[BLANK] * (size - 1)]
        if size > 1:
            page.tab.merged.append((row, at + 1, row, at + size))
        at += size
    page.tab.rows.append(cells)


def plan_has_legend(plan: Plan) -> bool:
    """Whether a line explains the rows in yellow."""
    return plan.receipt == "legend"


def _people(page: Page, people: Sequence[Person]) -> None:
    start = page.next_row
    if page.plan.receipt == "line between":
        people = sorted(people, key=lambda one: not one.is_paid)
    for at, person in enumerate(people):
        if page.plan.below == "sums of pages" and at and at % _PEOPLE_OF_A_PAGE == 0:
            _bare_sum(page, people[at - _PEOPLE_OF_A_PAGE : at])
        page.running += 1
        _line_between(page, people, at)
        row = page.next_row
        cells = [_cell(page, column, person) for column in page.columns]
        if person.is_struck:
            cells = [cell._replace(is_struck=True) for cell in cells]
        if not person.is_paid and (plan_has_legend(page.plan) or page.plan.receipt in LINES):
            is_yellow = plan_has_legend(page.plan)
            cells = [cell._replace(is_yellow=is_yellow) for cell in cells]
            page.tab.explained_rows.append(row)
        if person.is_hidden:
            page.tab.hidden_rows.add(row)
        page.tab.rows.append([*[BLANK] * page.left, *cells])
        for member in person.members:
            page.tab.rows.append([column.member(member) for column in page.columns])
        if page.plan.merged == "household" and person.members:
            _merge(page, row, {"number", "amount", "day", "currency", "document"})
    if page.plan.merged in {"district", "day"}:
        _merge(page, start, {page.plan.merged})
    page.tab.hidden_columns |= {
        page.left + at for at, column in enumerate(page.columns, 1) if column.name == "hidden"
    }


def _line_between(page: Page, people: Sequence[Person], at: int) -> None:
    """A line above those who did not receive."""
    is_first = not people[at].is_paid and people[at - 1].is_paid
    if page.plan.receipt == "line between" and is_first:
        page.line(page.random.choice(page.plan.language.refusals))


def _cell(page: Page, column: Column, person: Person) -> Cell:
    if column.name != "running":
        return column.cell(person)
    is_word = page.plan.receipt == "number words" and not person.is_paid
    return word_for(person, page.plan, page.random) if is_word else Cell(page.running)


def _merge(page: Page, top: int, names: set[str]) -> None:
    """Merge the cells of some columns from a row down to the last that is written."""
    bottom = page.next_row - 1
    for at, column in enumerate(page.columns, 1):
        if column.name in names and bottom > top:
            page.tab.merged.append((top, at, bottom, at))
            for row in page.tab.rows[top:bottom]:
                row[at - 1] = BLANK


def _beside(page: Page, villages: Sequence[Sequence[Person]]) -> None:
    """Two lists side by side, a free column between them."""
    half = len(villages) // 2 or 1
    groups = [villages[:half], villages[half:]]
    written = []
    for at, group in enumerate(groups):
        part = Page(page.plan, page.columns, page.random, Tab("part"))
        _own_lines(part, group[0][0])
        _headings(part)
        _people(part, [person for village in group for person in village])
        written.append((at * (len(page.columns) + 1), part.tab.rows))
    for row in range(max(len(rows) for _, rows in written)):
        cells: list[Cell] = []
        for left, rows in written:
            cells += [BLANK] * (left - len(cells))
            cells += rows[row] if row < len(rows) else []
        page.tab.rows.append(cells)


def _below(page: Page, people: Sequence[Person]) -> None:
    plan = page.plan
    if plan.below.startswith("total"):
        _total(page, people, page.random.choice(plan.language.total))
    if plan.below == "cash lines":
        _cash_lines(page, people)
    if plan.below.endswith("signatures"):
        page.blank()
        for text in plan.language.signers:
            page.line(text)
    if plan.below == "note":
        page.blank()
        page.line(f"* {plan.language.titles[1]}")
    if plan_has_legend(plan) and plan.above == "nothing":
        page.blank()
        page.line(plan.language.legend)
    notes = lines_about(plan, people, page.random) if plan.receipt != "tab of notes" else ()
    for text in (*notes, *lines_that_agree(plan, people, page.random)):
        page.line(text)
    if plan.below == "phantom":
        page.tab.phantom_row = page.random.choice(_PHANTOM_ROWS)


def _cash_lines(page: Page, people: Sequence[Person]) -> None:
    """What was withdrawn, paid out and left, below a list."""
    paid, left = sum(person.minor for person in people), people[0].minor
    page.blank()
    sums = zip(page.plan.language.cash_lines, (paid + left, paid, left), strict=True)
    for text, minor in sums:
        _sum_line(page, minor, text)


def _total(page: Page, people: Sequence[Person], word: str, *, of_names: bool = False) -> None:
    """A row that states the sum of what was paid."""
    total = sum(person.payment.minor for person in people if person.payment)
    _sum_line(page, total, word, of_names=of_names)


def _sum_line(page: Page, total: int, word: str, *, of_names: bool = False) -> None:
    """A text and a sum, the text among the names or in the first column that takes one."""
    cells = [
        amount_cell(total, page.plan) if column.name == "amount" else BLANK
        for column in page.columns
    ]
    names = [column.name for column in page.columns]
    at = next(at for at, name in enumerate(names) if name not in {"running", "amount"})
    at = names.index("name") if of_names or page.plan.below == "cash lines" else at
    cells[at] = Cell(word)
    page.tab.rows.append([*[BLANK] * page.left, *cells])


def _bare_sum(page: Page, people: Sequence[Person]) -> None:
    """The sum of a page, without a word for it."""
    total = sum(person.minor for person in people)
    cells = [
        amount_cell(total, page.plan) if column.name == "amount" else BLANK
        for column in page.columns
    ]
    page.tab.rows.append([*[BLANK] * page.left, *cells])


def months_of(plan: Plan, random: Random) -> Sequence[Column]:
    """A column for each of some months, of what everybody got in it, and perhaps who signed."""
    first, count = random.randint(0, 8), random.randint(2, 3)
    names = list(plan.language.months)
    if plan.receipt != "month signatures" and random.random() < 0.4:
        names[first : first + count] = plan.language.rounds[:count]
    unit = f" ({plan.currency})" if plan.currency_in in {"heading", "two places"} else ""
    months = range(first + 1, first + count + 1)
    amounts = [
        Column(f"month {at}", f"{names[at - 1]}{unit}", lambda p: _sum_of(p, plan)) for at in months
    ]
    if plan.receipt != "month signatures":
        return amounts
    heading = random.choice(plan.language.headings["signature"])
    is_named = random.random() < 0.5
    names = [f"{heading} {plan.language.months[at - 1]}" if is_named else heading for at in months]
    signatures = [
        Column(f"signed {at}", name, partial(_signature_of, month=at))
        for at, name in zip(months, names, strict=True)
    ]
    return [column for pair in zip(amounts, signatures, strict=True) for column in pair]


def _signature_of(person: Person, month: int) -> Cell:
    return Cell("x") if person.signed_in(month) else BLANK


def _sum_of(person: Person, plan: Plan) -> Cell:
    return amount_cell(person.minor, plan)


def letters_of(columns: Sequence[Column], left: int = 0) -> Mapping[str, str]:
    """By what a column holds its letter."""
    return {column.name: chr(ord("A") + left + at) for at, column in enumerate(columns)}
