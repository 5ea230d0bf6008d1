"""Who of the register the rows of a sheet are, or may be: looked up in bulk by keyed tokens.

The work grows with the sheet and not with the register: only records that share a document, a
telephone or enough of a name are read, each once.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select as select_columns
from sqlmodel import Session, col, func

from cva.beneficiaries.matching.facts import (
    Facts,
    LikenessDoubt,
    Rule,
    are_two_places,
    facts_of,
    folded_place,
    liken,
)
from cva.beneficiaries.models import Beneficiary, NameToken
from cva.beneficiaries.name_keys import name_token, spelling_tokens
from cva.beneficiaries.service import birth_token, id_number_token, phone_token
from cva.core.db import rows_among
from cva.core.lookup_keys import tokens_of

#: A part of a name that more people than this share says too little to look at them all.
MOST_SHARING = 12


@dataclass(frozen=True, slots=True)
class Match:
    """What the register says of a row.

    Attributes:
        person_id: The one person that it is; None where nobody is known for certain.
        rule: By what the person is known.
        doubts: The people that it may be, each with the reason, the likeliest first.
    """

    person_id: int | None = None
    rule: Rule | None = None
    doubts: Mapping[int, LikenessDoubt] | None = None


NOBODY = Match()
_NO_RECORDS: set[int] = set()
_GRAVITY = tuple(LikenessDoubt)


def decide(row: Facts, records: Iterable[tuple[int, Facts]]) -> Match:
    """Who a row is, of the records that have something in common with it.

    Args:
        row: What the row says.
        records: Each with the person that it stands for.
    """
    same: dict[Rule, set[int]] = {}
    doubts: dict[int, LikenessDoubt] = {}
    for person_id, record in records:
        found = liken(row, record)
        if isinstance(found, Rule):
            same.setdefault(found, set()).add(person_id)
        elif found is not None:
            doubts[person_id] = min(doubts.get(person_id, found), found, key=_GRAVITY.index)
    known = same[min(same)] if same else set()
    if len(known) == 1 and LikenessDoubt.DOCUMENT not in doubts.values():
        return Match(next(iter(known)), min(same))
    if known:  # the same by one rule, and so is another: which of them is for a person to say
        doubts = dict.fromkeys(sorted(known), LikenessDoubt.DETAILS) | {
            person_id: why for person_id, why in doubts.items() if why == LikenessDoubt.DOCUMENT
        }
    ordered = sorted(doubts.items(), key=lambda each: (_GRAVITY.index(each[1]), each[0]))
    return Match(doubts=dict(ordered)) if doubts else NOBODY


def match_rows(session: Session, society_id: int, rows: Sequence[Facts]) -> list[Match]:
    """Who of the register each row is, or may be.

    Args:
        session: The caller's session.
        society_id: Whose register.
        rows: What they say.
    """
    search = _Search(session, society_id)
    matches = [NOBODY] * len(rows)
    for find in (search.with_document, search.sharing_facts, search.spelt_alike):
        left = [at for at, match in enumerate(matches) if match is NOBODY]
        found = find([rows[at] for at in left])
        records = search.records({record for each in found for record in each})
        for at, each in zip(left, found, strict=True):
            if each:
                matches[at] = decide(rows[at], [records[one] for one in each if one in records])
    return matches


class _Search:
    def __init__(self, session: Session, society_id: int) -> None:
        self._session, self._society_id = session, society_id
        self._tokens = tokens_of(session, society_id)
        self._births: dict[str | None, int | None] = {}
        #: By record found by its name: the village, folded, and the token of the day of birth.
        self._places: dict[int, tuple[str, int | None]] = {}

    def with_document(self, rows: Sequence[Facts]) -> list[set[int]]:
        """For each row the records with its document, which settles who most people are."""
        found = self._documented(rows)
        return [found.get(row.document, _NO_RECORDS) for row in rows]

    def sharing_facts(self, rows: Sequence[Facts]) -> list[set[int]]:
        """For each row the records with its document, its telephone or its name."""
        names = {row.name for row in rows if row.name}
        tokens = {name: name_token(self._tokens, name) for name in names}
        named = self._named({*tokens.values()})
        documents = self._documented(rows)
        phones = self._holding(
            Beneficiary.phone_token,
            {row.phone: phone_token(self._tokens, row.phone) for row in rows},
        )
        return [
            documents.get(row.document, _NO_RECORDS)
            | phones.get(row.phone, _NO_RECORDS)
            | self._near(row, named.get(tokens.get(row.name, 0), _NO_RECORDS))
            for row in rows
        ]

    def spelt_alike(self, rows: Sequence[Facts]) -> list[set[int]]:
        """For each row the records whose names share two parts, or a part and an initial."""
        names = {row.name for row in rows}
        tokens = {name: [*spelling_tokens(self._tokens, name)] for name in names}
        named = self._named(
            {token for each in tokens.values() for token in each}, most=MOST_SHARING
        )
        return [
            self._near(row, set().union(*(named[it] for it in tokens[row.name] if it in named)))
            for row in rows
        ]

    def _near(self, row: Facts, records: set[int]) -> set[int]:
        """The records of a name, without those that are elsewhere and were born on another day.

        That is told by columns that need not be decrypted, which most of the work would be.
        """
        if not row.place:
            return records
        born = self._birth(row.born_on)
        return {
            one
            for one in records
            if not are_two_places(row.place, self._places[one][0])
            or (born and born == self._places[one][1])
        }

    def _birth(self, day: str | None) -> int | None:
        if day not in self._births:
            self._births[day] = birth_token(self._tokens, day)
        return self._births[day]

    def _documented(self, rows: Sequence[Facts]) -> dict[str | None, set[int]]:
        tokens = {row.document: id_number_token(self._tokens, row.document) for row in rows}
        return self._holding(Beneficiary.id_number_token, tokens)

    def records(self, people: Iterable[int]) -> dict[int, tuple[int, Facts]]:
        """What is known of records, each with the person that it stands for."""
        query = select_columns(
            *(col(Beneficiary.id), col(Beneficiary.merged_into_id), col(Beneficiary.identity)),
            *(col(Beneficiary.sex), col(Beneficiary.settlement)),
        ).where(col(Beneficiary.society_id) == self._society_id)
        return {
            record_id: (
                merged_into or record_id,
                facts_of(identity | {"sex": sex, "settlement": settlement}),
            )
            for record_id, merged_into, identity, sex, settlement in rows_among(
                self._session, query, Beneficiary.id, people
            )
        }

    def _named(self, tokens: set[int], *, most: int | None = None) -> dict[int, set[int]]:
        found: dict[int, set[int]] = {}
        for token, one, place, born in _people_named(self._session, tokens, most=most):
            found.setdefault(token, set()).add(one)
            if one not in self._places:
                self._places[one] = (folded_place(place), born)
        return found

    def _holding(
        self,
        column: object,
        tokens: Mapping[str | None, str | None],
    ) -> dict[str | None, set[int]]:
        """By the fact that a token stands for, the records that have it."""
        of_token = {token: fact for fact, token in tokens.items() if token}
        query = select_columns(column, col(Beneficiary.id))  # type: ignore[call-overload]
        found: dict[str | None, set[int]] = {}
        for token, record_id in rows_among(self._session, query, column, of_token):
            found.setdefault(of_token[token], set()).add(record_id)
        return found


def _people_named(
    session: Session, tokens: Collection[int], *, most: int | None = None
) -> Iterator[Any]:
    """Tokens with the records that are found by them, their villages and tokens of birth.

    Args:
        session: The caller's session.
        tokens: Of whole names, or of parts.
        most: Tokens that more records share than this are passed over.
    """
    wanted: Collection[int] = tokens
    if most is not None:
        counts = select_columns(col(NameToken.token)).group_by(col(NameToken.token))
        few = counts.having(func.count() <= most)
        wanted = [token for (token,) in rows_among(session, few, NameToken.token, tokens)]
    query = select_columns(
        *(col(NameToken.token), col(NameToken.beneficiary_id)),
        *(col(Beneficiary.settlement), col(Beneficiary.birth_token)),
    ).join(Beneficiary, col(Beneficiary.id) == NameToken.beneficiary_id)
    yield from rows_among(session, query, NameToken.token, wanted)
