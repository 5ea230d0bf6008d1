"""Who of the register the rows of a sheet are, or may be: looked up in bulk by keyed tokens.

The work grows with the sheet and not with the register: only records that share a document, a
telephone or enough of a name are read, each once.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select as select_columns
from sqlmodel import Session, col, func

from cva.beneficiaries.matching.facts import Facts, LikenessDoubt, Rule, facts_of, liken
from cva.beneficiaries.models import Beneficiary, NameToken
from cva.beneficiaries.name_keys import name_token, spelling_tokens
from cva.beneficiaries.service import id_number_token, phone_token
from cva.core.db import rows_among
from cva.core.lookup_keys import tokens_of

#: A part of a name that more people than this share says too little to look at them all.
MOST_SHARING = 20


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
    candidates = search.sharing_facts(rows)
    records = search.records({person for found in candidates for person in found})
    matches = [
        decide(row, search.of(found, records)) for row, found in zip(rows, candidates, strict=True)
    ]
    left = [at for at, match in enumerate(matches) if match is NOBODY and rows[at].name]
    if not left:
        return matches
    alike = search.spelt_alike([rows[at] for at in left])
    records = search.records({person for found in alike for person in found})
    for at, found in zip(left, alike, strict=True):
        matches[at] = decide(rows[at], search.of(found, records))
    return matches


class _Search:
    def __init__(self, session: Session, society_id: int) -> None:
        self._session, self._society_id = session, society_id
        self._tokens = tokens_of(session, society_id)

    def sharing_facts(self, rows: Sequence[Facts]) -> list[set[int]]:
        """For each row the records with its document, its telephone or its name."""
        names = {row.name for row in rows if row.name}
        tokens = {name: name_token(self._tokens, name) for name in names}
        named = self._named({*tokens.values()})
        documents = self._holding(
            Beneficiary.id_number_token,
            {row.document: id_number_token(self._tokens, row.document) for row in rows},
        )
        phones = self._holding(
            Beneficiary.phone_token,
            {row.phone: phone_token(self._tokens, row.phone) for row in rows},
        )
        nobody: set[int] = set()
        return [
            documents.get(row.document, nobody)
            | phones.get(row.phone, nobody)
            | named.get(tokens.get(row.name, 0), nobody)
            for row in rows
        ]

    def spelt_alike(self, rows: Sequence[Facts]) -> list[set[int]]:
        """For each row the records whose names share two parts, or a part and an initial."""
        names = {row.name for row in rows}
        tokens = {name: [*spelling_tokens(self._tokens, name)] for name in names}
        named = self._named(
            {token for each in tokens.values() for token in each}, most=MOST_SHARING
        )
        nobody: set[int] = set()
        return [
            set[int]().union(*(named.get(token, nobody) for token in tokens[row.name]))
            for row in rows
        ]

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

    @staticmethod
    def of(
        found: Iterable[int], records: Mapping[int, tuple[int, Facts]]
    ) -> Iterable[tuple[int, Facts]]:
        """The records that were found and are of the society."""
        return [records[record] for record in found if record in records]

    def _named(self, tokens: set[int], *, most: int | None = None) -> dict[int, set[int]]:
        found: dict[int, set[int]] = {}
        for token, record_id in _people_named(self._session, tokens, most=most):
            found.setdefault(token, set()).add(record_id)
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
) -> Iterator[tuple[int, int]]:
    """Tokens with the records that are found by them.

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
    query = select_columns(col(NameToken.token), col(NameToken.beneficiary_id))
    yield from rows_among(session, query, NameToken.token, wanted)
