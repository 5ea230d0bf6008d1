"""What is asked about the people of a sheet without numbers, and what was answered."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from cva.beneficiaries.matching.facts import LikenessDoubt
from cva.sheets.vocabulary.questions import (
    EACH,
    MOST_LISTED,
    NEW,
    SAME,
    SEVERAL,
    Question,
    named_rows,
)

#: Questions about one row, about many that raise the same doubt, and about rows of one sheet.
PERSON, PEOPLE, TWICE = "person", "people", "twice"
#: The doubt about a row that may be one of several people.
ONE_OF_SEVERAL = "several"


@dataclass(frozen=True, slots=True)
class DoubtfulRow:
    """A row that may be about somebody who is registered.

    Attributes:
        name: The row as it is found in the workbook.
        text: What it says of the person, to be shown.
        candidates: By registration number who it may be, to be shown.
        doubt: What kind of doubt it is.
        digest: Stands for the row and the candidates in the key of a question.
    """

    name: str
    text: str
    candidates: Mapping[str, str]
    doubt: str
    digest: str


@dataclass(frozen=True, slots=True)
class DoubtfulPair:
    """Two rows that may be about one person; ``texts`` are shown."""

    names: tuple[str, str]
    texts: tuple[str, str]
    digest: str


class PeopleQuestions:
    """Questions that are open, and the answers to the others."""

    def __init__(self, settled: Mapping[str, str], digest: Callable[[str], str]) -> None:
        self._settled, self._digest = settled, digest
        self.open: list[Question] = []

    def pairs_that_are_one(self, pairs: Sequence[DoubtfulPair]) -> list[bool | None]:
        """Of each pair whether it is one person; None where that is asked."""
        if not pairs:
            return []
        if len(pairs) == 1:
            return [self._pair(pairs[0])]
        choice = f"{TWICE}:{self._digest(' '.join(pair.digest for pair in pairs))}"
        answer = self._settled.get(choice)
        if answer == EACH:
            return [self._pair(pair) for pair in pairs]
        if answer is None:
            listed = tuple(_shown(pair) for pair in pairs[:MOST_LISTED])
            rows = list(dict.fromkeys(name for pair in pairs for name in pair.names))
            self._ask(choice, (SAME, SEVERAL, EACH), {SAME: listed}, rows)
            return [None] * len(pairs)
        return [answer == SAME] * len(pairs)

    def _pair(self, pair: DoubtfulPair) -> bool | None:
        choice = f"{TWICE}:{pair.digest}"
        answer = self._settled.get(choice)
        if answer is None:
            self._ask(choice, (SAME, SEVERAL), {SAME: (_shown(pair),)}, pair.names)
            return None
        return answer == SAME

    def numbers_of(self, rows: Sequence[DoubtfulRow]) -> list[str | None]:
        """The number of each row's person, ``new`` where it is nobody known; None where asked."""
        found: dict[str, str | None] = {}
        for doubt in (*LikenessDoubt, ONE_OF_SEVERAL):
            alike = [row for row in rows if row.doubt == doubt]
            found |= self._alike(doubt, alike)
        return [found[row.digest] for row in rows]

    def _alike(self, doubt: str, rows: Sequence[DoubtfulRow]) -> dict[str, str | None]:
        """The same for rows that raise one kind of doubt: they may be settled together."""
        if len(rows) < 2:  # noqa: PLR2004 - one is asked about by itself
            return {row.digest: self._person(row) for row in rows}
        choice = f"{PEOPLE}:{doubt}-{self._digest(' '.join(row.digest for row in rows))}"
        answer = self._settled.get(choice)
        if answer == EACH:
            return {row.digest: self._person(row) for row in rows}
        if answer is None:
            shown = tuple(
                (f"{row.name}: {row.text}", " / ".join(row.candidates.values()))
                for row in rows[:MOST_LISTED]
            )
            options = (NEW, EACH) if doubt == ONE_OF_SEVERAL else (SAME, NEW, EACH)
            under = EACH if doubt == ONE_OF_SEVERAL else SAME
            self._ask(choice, options, {under: shown}, [row.name for row in rows], about=doubt)
            return dict.fromkeys((row.digest for row in rows), None)
        return {row.digest: next(iter(row.candidates)) if answer == SAME else NEW for row in rows}

    def _person(self, row: DoubtfulRow) -> str | None:
        choice = f"{PERSON}:{row.digest}"
        answer = self._settled.get(choice)
        if answer is None:
            examples = {number: ((text, ""),) for number, text in row.candidates.items()}
            examples[""] = ((f"{row.name}: {row.text}", ""),)
            self._ask(choice, (*row.candidates, NEW), examples, [row.name], about=row.doubt)
        return answer

    def _ask(
        self,
        choice: str,
        options: tuple[str, ...],
        examples: Mapping[str, tuple[tuple[str, str], ...]],
        rows: Sequence[str],
        *,
        about: str = "",
    ) -> None:
        details = {"rows": named_rows(rows), "count": str(len(rows))}
        details |= {f"{choice.partition(':')[0]}_{about}": "1"} if about else {}
        if len(self.open) < MOST_LISTED:
            self.open.append(Question(choice, options, examples=examples, details=details))


def _shown(pair: DoubtfulPair) -> tuple[str, str]:
    one, other = (f"{name}: {text}" for name, text in zip(pair.names, pair.texts, strict=True))
    return one, other
