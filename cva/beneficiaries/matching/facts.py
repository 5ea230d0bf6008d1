"""What is known of a person that tells people apart, and how two such records compare."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from functools import lru_cache
from typing import Any

from rapidfuzz.distance import OSA

from cva.beneficiaries.matching.names import NameLikeness, compare_names
from cva.beneficiaries.name_keys import words_of
from cva.beneficiaries.service import name_of, plain_document
from cva.core.identifiers import comparable

#: Numbers of documents that differ by one sign, or two turned, are alike from this length on.
_LONG_ENOUGH = 5
_AGREED = frozenset({NameLikeness.SAME, NameLikeness.PART})
#: So many pairs of settlements are remembered as they compare.
_MOST_PLACES = 20_000


@dataclass(frozen=True, slots=True)
class Facts:
    """What a row or a record says of a person, as it is compared.

    Attributes:
        name: The folded words of the name, in their order.
        born_on: The day of birth, ISO.
        place: The settlement, folded.
    """

    name: tuple[str, ...] = ()
    document: str | None = None
    phone: str | None = None
    born_on: str | None = None
    household: str | None = None
    sex: str | None = None
    place: str = ""

    @property
    def says_nothing(self) -> bool:
        """Whether nobody can be known by it."""
        return not (self.name or self.document or self.phone)


def facts_of(values: Mapping[str, Any]) -> Facts:
    """The facts in what a sheet says of a person, or in a record's identity and columns."""
    document, household = values.get("id_number"), values.get("household_id")
    return Facts(
        name=words_of(name_of(values)),
        document=plain_document(str(document)) if document else None,
        phone=values.get("phone"),
        born_on=values.get("date_of_birth"),
        household=comparable(str(household)) if household else None,
        sex=values.get("sex"),
        place=folded_place(values.get("settlement")),
    )


def folded_place(settlement: object) -> str:
    """A settlement as it is compared."""
    return " ".join(words_of(str(settlement))) if settlement else ""


@lru_cache(_MOST_PLACES)
def are_two_places(one: str, other: str) -> bool:
    """Whether two folded settlements are not the same one, whoever wrote them.

    One that is written in another alphabet, or left out, says nothing.
    """
    if not one or not other or one == other or _alphabets(one).isdisjoint(_alphabets(other)):
        return False
    return compare_names(one.split(), other.split()) in {NameLikeness.OTHER, NameLikeness.LONGER}


def _alphabets(text: str) -> set[str]:
    return {unicodedata.name(sign, "").partition(" ")[0] for sign in text if sign.isalpha()}


class Rule(IntEnum):
    """By what a person is known, the surest first."""

    DOCUMENT = 1
    PHONE = 2
    BIRTH_OR_HOUSEHOLD = 3


class LikenessDoubt(StrEnum):
    """Why a record may be the same person and may be another."""

    #: The same document, and another name or day of birth.
    DOCUMENT = "document"
    #: The same name, and something else that differs.
    DETAILS = "details"
    #: A name that is only alike.
    SPELLING = "spelling"
    #: The same name, and nothing else that is known of both.
    NAME = "name"
    #: The same telephone, of a row or record without a name.
    PHONE = "phone"


def liken(one: Facts, other: Facts) -> Rule | LikenessDoubt | None:
    """How two records compare: the same by a rule, perhaps the same, or two people."""
    name = compare_names(one.name, other.name)
    is_agreed = name in _AGREED
    births_differ = _differ(one.born_on, other.born_on)
    if one.document and one.document == other.document:
        is_other = name in {NameLikeness.OTHER, NameLikeness.LONGER} or births_differ
        return LikenessDoubt.DOCUMENT if is_other else Rule.DOCUMENT
    same_phone = bool(one.phone) and one.phone == other.phone
    if name in {NameLikeness.UNKNOWN, NameLikeness.OTHER}:
        is_unnamed = name == NameLikeness.UNKNOWN and not _differ(one.document, other.document)
        return LikenessDoubt.PHONE if same_phone and is_unnamed else None
    is_contradicted = (
        births_differ or _differ(one.sex, other.sex) or _differ(one.document, other.document)
    )
    same_birth = bool(one.born_on) and one.born_on == other.born_on
    same_home = _share_household(one, other)
    if is_agreed and not is_contradicted:
        if same_phone:
            return Rule.PHONE
        if same_birth or same_home:
            return Rule.BIRTH_OR_HOUSEHOLD
    if same_phone or same_birth or same_home or _documents_alike(one, other):
        return LikenessDoubt.DETAILS if is_agreed else LikenessDoubt.SPELLING
    return _by_name_alone(one, other, name, births_differ=births_differ)


def _by_name_alone(
    one: Facts, other: Facts, name: NameLikeness, *, births_differ: bool
) -> LikenessDoubt | None:
    """What a name says, where nothing else that is known of both is the same."""
    if are_two_places(one.place, other.place) or _differ(one.sex, other.sex):
        return None
    if births_differ and not _days_alike(one.born_on or "", other.born_on or ""):
        return None
    if name in _AGREED:
        return LikenessDoubt.NAME
    if name == NameLikeness.LONGER and not (one.place and other.place):
        return None
    is_contradicted = births_differ or _differ(one.document, other.document)
    return None if is_contradicted else LikenessDoubt.SPELLING


def _differ(one: str | None, other: str | None) -> bool:
    return bool(one) and bool(other) and one != other


def _share_household(one: Facts, other: Facts) -> bool:
    is_elsewhere = _differ(one.place, other.place)
    return bool(one.household) and one.household == other.household and not is_elsewhere


def _documents_alike(one: Facts, other: Facts) -> bool:
    """Whether documents differ by one sign, or by two that were turned."""
    if not one.document or not other.document or len(one.document) < _LONG_ENOUGH:
        return False
    return OSA.distance(one.document, other.document, score_cutoff=1) == 1


def _days_alike(one: str, other: str) -> bool:
    """Whether a day was mistyped: one digit, or the day and the month turned."""
    year, month, day = one.split("-")
    return f"{year}-{day}-{month}" == other or OSA.distance(one, other, score_cutoff=1) == 1
