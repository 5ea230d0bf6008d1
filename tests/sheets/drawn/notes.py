"""Draws notes about people who got nothing, where no column of the list is for them."""

from collections.abc import Iterator, Sequence
from random import Random

from tests.sheets.drawn.people import Person
from tests.sheets.drawn.plans import Plan
from tests.sheets.drawn.truth import BLANK, Cell

#: Where a line outside the list says who did not receive, or that some did not.
LINES = frozenset({"line names", "line counts", "tab of notes"})
#: Where a word does, in a column that is for something else, or for nothing.
WORDS = frozenset({"number words", "free column"})


def lines_about(plan: Plan, people: Sequence[Person], random: Random) -> Iterator[str]:
    """Lines below a list about those who did not receive."""
    unpaid = [person for person in people if not person.is_paid]
    if plan.receipt in {"line names", "tab of notes"}:
        for person in unpaid:
            yield random.choice(plan.language.about_one).format(_called(person, random))
    elif plan.receipt == "line counts":
        count = len(people) - len(unpaid)
        yield random.choice(plan.language.counted).format(count, len(people))


def lines_that_agree(plan: Plan, people: Sequence[Person], random: Random) -> Iterator[str]:
    """Lines below a list that say nothing against it, though they name or count its people."""
    if plan.below == "made by one of them":
        yield plan.language.made_by.format(people[0].name)
    elif plan.below == "all counted":
        yield random.choice(plan.language.counted).format(len(people), len(people))


def word_for(person: Person, plan: Plan, random: Random) -> Cell:
    """What stands beside somebody who did not receive."""
    return BLANK if person.is_paid else Cell(random.choice(plan.language.refusals))


def _called(person: Person, random: Random) -> str:
    """A person, as a note names one: by name, by number, by name and initial."""
    first, last = person.name.split()
    ways = [person.name, f"{last} {first}"]
    if any(map(str.isalpha, person.number)):
        ways.append(person.number)
    if first.lower() != first.upper():  # Arabic has no initials
        ways += [f"{first[0]}. {last}", f"{last} {first[0]}."]
    return random.choice(ways)
