"""How old a person was on a day; worked out whenever it is asked, never stored."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from cva.beneficiaries.models import Beneficiary

OF_AGE = 18


@dataclass(frozen=True, slots=True)
class Age:
    """What is known of a person's age.

    Attributes:
        age: As told on ``age_on``; used where no day of birth is known.
    """

    born_on: date | None = None
    age: int | None = None
    age_on: date | None = None

    def was_minor(self, on: date) -> bool:
        """Whether the person was under 18; no where nothing is known of the age.

        An age that was reported may have passed since: only whole years are counted.
        """
        if self.born_on is not None:
            return _years(self.born_on, on) < OF_AGE
        if self.age is None or self.age_on is None:
            return False
        passed = _years(self.age_on, on) if on >= self.age_on else -_years(on, self.age_on)
        return self.age + passed < OF_AGE


def age_of(person: Beneficiary) -> Age:
    """What the register knows of a person's age."""
    return age_in(person.identity)


def age_in(identity: Mapping[str, Any]) -> Age:
    """What the identity of a person says of their age."""
    return Age(_day(identity, "date_of_birth"), identity.get("age"), _day(identity, "age_on"))


def _day(identity: Mapping[str, Any], name: str) -> date | None:
    return date.fromisoformat(text) if (text := identity.get(name)) else None


def _years(first: date, last: date) -> int:
    """Whole years; who was born on 29 February is a year older on 1 March."""
    return last.year - first.year - ((last.month, last.day) < (first.month, first.day))
