"""The people of a sheet without a column of numbers: known, new, or asked about.

Who is new is given a number of the ledger's own, and from then on the row is like any other.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

from sqlalchemy import select as select_columns
from sqlmodel import col

from cva.beneficiaries import service as beneficiaries
from cva.beneficiaries.matching.facts import Facts, LikenessDoubt, facts_of
from cva.beneficiaries.matching.register_search import match_rows
from cva.beneficiaries.matching.sheet_groups import SheetGroups
from cva.beneficiaries.models import Beneficiary, Registration
from cva.beneficiaries.registration_numbers import draw_numbers
from cva.core.crypto import keys
from cva.core.db import rows_among
from cva.core.identifiers import comparable
from cva.intake.people_questions import (
    ONE_OF_SEVERAL,
    DoubtfulPair,
    DoubtfulRow,
    PeopleQuestions,
)
from cva.sheets.checking.checked import NOT_RECEIVED, OPEN, READY, Checked, CheckedRow
from cva.sheets.checking.duplicate_rows import repeated_payments
from cva.sheets.files.sheet_parts import row_name
from cva.sheets.findings.finding import Finding
from cva.sheets.vocabulary.layouts import layout_of
from cva.sheets.vocabulary.questions import NEW
from cva.staging.context import SheetContext
from cva.staging.models import GIVEN, StagedRow
from cva.staging.rows import Columns, declined_of, prepare_rows, values_of
from cva.staging.workflow import parts_of

#: So many people are offered where one row may be any of them.
_MOST_SHOWN = 10
#: So many signs of a digest name a row in the key of a question.
_DIGEST = 8


def with_numbers(context: SheetContext, checked: Checked, rows: Columns) -> tuple[Checked, Columns]:
    """The rows with the numbers of their people, once nothing is left open.

    What has to be asked is added to the questions of the sheet, and its rows wait.

    Args:
        context: A sheet that has no column of numbers, whose book is locked.
        checked: What its check found.
        rows: What ``prepare_rows`` made of it.
    """
    rows = rows | {"registration_key": [None] * len(checked.rows)}
    if context.sheet.asks:
        return checked, rows
    people = _People(context, checked.rows)
    if people.questions.open:
        _ask(context, people)
        is_open = people.undecided
        states = [
            OPEN if at in is_open and row.state == READY else row.state
            for at, row in enumerate(checked.rows)
        ]
        return checked, rows | {"state": states}
    numbered = [
        row._replace(values={**row.values, "registration_no": number})
        for row, number in zip(checked.rows, people.numbers(), strict=True)
    ]
    done = replace(checked, rows=numbered)
    return done, prepare_rows(done, lambda _done, _rows: None, people.declined)


def _ask(context: SheetContext, people: "_People") -> None:
    sheet = context.sheet
    sheet.asks = [
        {"choice": one.choice, "options": list(one.options), "details": dict(one.details)}
        for one in people.questions.open
    ]
    sheet.ask_examples = {
        one.choice: {option: list(map(list, pairs)) for option, pairs in one.examples.items()}
        for one in people.questions.open
    }


class _People:
    """Who the rows of a sheet are about.

    Attributes:
        undecided: Rows, counted from 0, that wait for an answer.
        declined: By number of a row, the records that it was said not to be.
    """

    def __init__(self, context: SheetContext, rows: Sequence[CheckedRow]) -> None:
        self._context, self._rows = context, rows
        self.questions = PeopleQuestions(context.sheet.settled, self._digest)
        self._facts = [facts_of(row.values) for row in rows]
        self._groups = SheetGroups(self._facts)
        self._matches = match_rows(context.session, context.sheet.society_id, self._facts)
        self.undecided: set[int] = set()
        self.declined: dict[int, Sequence[int]] = {}
        self._join_pairs()
        self._persons = self._settle()

    def numbers(self) -> list[str]:
        """The number of each row's person; who is new is given one."""
        firsts = [self._groups.first_of(at) for at in range(len(self._rows))]
        new = sorted({first for first in firsts if self._persons.get(first) is None})
        session, society_id = self._context.session, self._context.sheet.society_id
        given = dict(zip(new, draw_numbers(session, society_id, len(new)), strict=True))
        known = {person for person in self._persons.values() if person is not None}
        numbers = beneficiaries.numbers_of(session, known)
        of_persons = {
            first: numbers[person] for first, person in self._persons.items() if person is not None
        }
        of_first = of_persons | given
        return [of_first[first] for first in firsts]

    def _join_pairs(self) -> None:
        """Take rows for one person that may be, where the sender said so."""
        pairs = [
            pair
            for pair in sorted(self._groups.doubts)
            if not any(self._matches[at].person_id for at in pair)
        ]
        shown = [self._pair(one, other) for one, other in pairs]
        for pair, is_one in zip(pairs, self.questions.pairs_that_are_one(shown), strict=True):
            if is_one:
                self._groups.join(*pair)
            elif is_one is None:
                self.undecided.update(pair)

    def _settle(self) -> dict[int, int | None]:
        """By the first row of each person who it is; None for somebody new."""
        groups: dict[int, list[int]] = {}
        for at in range(len(self._rows)):
            groups.setdefault(self._groups.first_of(at), []).append(at)
        persons: dict[int, int | None] = {}
        doubtful: dict[int, Mapping[int, LikenessDoubt]] = {}
        for first, group in groups.items():
            known = {person for at in group if (person := self._matches[at].person_id)}
            doubts: dict[int, LikenessDoubt] = {}
            for at in group:
                doubts |= self._matches[at].doubts or {}
            if len(known) > 1:
                doubts = dict.fromkeys(sorted(known), LikenessDoubt.DETAILS)
            persons[first] = next(iter(known)) if len(known) == 1 else None
            if doubts and len(known) != 1:
                doubtful[first] = doubts
        return persons | self._answered(doubtful, groups)

    def _answered(
        self,
        doubtful: Mapping[int, Mapping[int, LikenessDoubt]],
        groups: Mapping[int, Sequence[int]],
    ) -> dict[int, int | None]:
        """Who the doubtful rows are, as far as the sender said."""
        records = self._records({person for doubts in doubtful.values() for person in doubts})
        rows = [self._doubtful_row(at, doubts, records) for at, doubts in doubtful.items()]
        persons: dict[int, int | None] = {}
        of_number = {number: person for person, (number, _text) in records.items()}
        for (first, doubts), number in zip(
            doubtful.items(), self.questions.numbers_of(rows), strict=True
        ):
            persons[first] = of_number.get(number or "")
            if number is None:
                self.undecided.update(groups[first])
            elif number == NEW:
                self.declined |= {self._rows[at].number: list(doubts) for at in groups[first]}
        return persons

    def _records(self, people: set[int]) -> dict[int, tuple[str, str]]:
        """Of each person the number, and what is shown of the record."""
        session = self._context.session
        numbers = beneficiaries.numbers_of(session, people)
        query = select_columns(
            col(Beneficiary.id), col(Beneficiary.identity), col(Beneficiary.settlement)
        )
        return {
            person: (numbers[person], f"{numbers[person]}: {_shown(identity, place)}")
            for person, identity, place in rows_among(session, query, Beneficiary.id, people)
        }

    def _doubtful_row(
        self,
        at: int,
        doubts: Mapping[int, LikenessDoubt],
        records: Mapping[int, tuple[str, str]],
    ) -> DoubtfulRow:
        row = self._rows[at]
        is_one = len(doubts) == 1
        people = " ".join(map(str, sorted(doubts)))
        shown = list(doubts)[:_MOST_SHOWN]
        return DoubtfulRow(
            name=self._name(at),
            text=_written(row),
            candidates=dict(records[person] for person in shown),
            doubt=next(iter(doubts.values())) if is_one else ONE_OF_SEVERAL,
            digest=self._digest(f"{row.number} {self._facts[at]} {people}"),
        )

    def _pair(self, one: int, other: int) -> DoubtfulPair:
        first, second = (_written(self._rows[at]) for at in (one, other))
        facts = " ".join(f"{self._rows[at].number} {self._facts[at]}" for at in (one, other))
        return DoubtfulPair(
            (self._name(one), self._name(other)), (first, second), self._digest(facts)
        )

    def _name(self, at: int) -> str:
        return row_name(self._parts, self._rows[at].number)

    @cached_property
    def _parts(self) -> Sequence[Any]:
        return parts_of(self._context.sheet)

    def _digest(self, text: str) -> str:
        """Stands for what is asked about in a key, which is stored in plain."""
        digest = keys().digest(f"people of a sheet of {self._context.sheet.society_id}", text)
        return digest[:_DIGEST]


def _written(row: CheckedRow) -> str:
    """What is shown of a row: also what the sheet itself says of document and telephone."""
    values = row.values
    own = [values[name] for name in ("id_number", "phone") if values.get(name)]
    return ", ".join(map(str, [_shown(values, values.get("settlement")), *own]))


def _shown(values: Mapping[str, Any], place: object) -> str:
    """What is shown of a person, so that somebody can tell whether it is the same one."""
    parts = (beneficiaries.name_of(values), values.get("date_of_birth"), place)
    return ", ".join(str(part) for part in parts if part) or "?"


def repeated_rows(context: SheetContext, rows: Sequence[CheckedRow]) -> list[Finding]:
    """Rows that are about somebody whom another row of the sheet is about, as in any sheet."""
    people = [_key_of(row) for row in rows]
    rule = layout_of(context.sheet.kind or "").duplicates
    if len(set(people)) == len(people) or rule not in {"people", "payments"}:
        return []
    found: Iterable[tuple[int, int, str]]
    if rule == "people":
        first: dict[str | None, int] = {}
        pairs = ((at, first.setdefault(key, at)) for at, key in enumerate(people) if key)
        found = [(at, before, "duplicate-row") for at, before in pairs if at != before]
    else:
        rounds, days, amounts = (
            [row.values.get(name) for row in rows]
            for name in ("round", "distribution_date", "amount_minor")
        )
        keys_of_rounds = [comparable(str(each)) if each else None for each in rounds]
        absent = {at for at, row in enumerate(rows) if row.state == NOT_RECEIVED}
        found = repeated_payments(people, keys_of_rounds, days, amounts, absent)
    parts = parts_of(context.sheet)
    return [
        context.locator.at_number(
            code,
            rows[at].number,
            beneficiaries.name_of(rows[at].values) or str(rows[at].values["registration_no"]),
            other_row=row_name(parts, rows[before].number),
        )
        for at, before, code in found
    ]


def _key_of(row: CheckedRow) -> str | None:
    """The comparable number of a row's person."""
    number = row.values.get("registration_no")
    return comparable(str(number)) if number else None


def registered_since(context: SheetContext) -> list[Finding]:
    """Rows of new people who are, or may be, somebody registered since the sheet was checked."""
    query = (
        select_columns(
            col(StagedRow.number), col(StagedRow.registration_key), col(StagedRow.record)
        )
        .join(Registration, context.is_registered, isouter=True)
        .where(
            col(StagedRow.sheet_id) == context.sheet.id,
            col(StagedRow.state).in_(GIVEN),
            col(Registration.id).is_(None),
        )
        .order_by(col(StagedRow.number))
    )
    rows = context.session.execute(query).all()
    facts: list[Facts] = [facts_of(values_of(record)) for _number, _key, record in rows]
    found: list[Finding] = []
    matches = match_rows(context.session, context.sheet.society_id, facts)
    for (number, _key, record), match in zip(rows, matches, strict=True):
        others = {*(match.doubts or ()), *([match.person_id] if match.person_id else [])}
        if others - set(declined_of(record)):
            name = beneficiaries.name_of(values_of(record))
            found.append(context.locator.at_number("registered-since", number, name))
    return found
