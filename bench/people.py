"""People without registration numbers: how many are known, asked about, missed, and how fast.

    python bench/people.py [--people 10000] [--register 300000] [--rows 26014]

Made people in four scripts are registered; then comes a list of four fifths of them, typed anew
with errors, among as many new people as the last fifth. Told is of how many rows the right person
was known or among those asked about, and of how many rows that were known it was the right one;
then how long the search takes in a large register.
"""

import argparse
import random
import time
from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta

from databases import DATABASES, fresh_society

from cva.beneficiaries.matching.facts import facts_of
from cva.beneficiaries.matching.register_search import Match, match_rows
from cva.beneficiaries.matching.sheet_groups import SheetGroups
from cva.beneficiaries.service import NewPerson, register
from cva.core.db import in_bulk
from tests.makers import AtWork

Person = dict[str, str]

#: By script: given names, beginnings and ends of family names, and names of fathers. A family name
#: has two beginnings, so that as many people have one name as in a real register.
SCRIPTS: Mapping[str, tuple[str, str, str, str]] = {
    "Latin": (
        "Ana Maria José Carlos Lucía Pedro Sofía Miguel Elena Andrés Rosa Luis Carmen Diego Raúl",
        "Gonz Ram Fern Mart Rodr Herr Men Cast Alv Dom Mor Ort Gut Jim Ben Var Sal Cort Mir Val",
        "ález írez ández ínez íguez era doza illo arez ingo eno ega iérrez énez ítez gas azar és",
        "",
    ),
    "Cyrillic": (
        "Анна Мария Пётр Иван Сергей Ольга Айгуль Бакыт Нурлан Елена Марат Фёдор Азамат Семён",
        "Иван Сидор Токтогул Асан Бекмурат Орл Лебед Кузнец Жумабек Сыдык Мамат Волк Соловь",
        "ов ев ин енко ских алиев бекова улы кызы ова",
        "Ильич Петрович Ивановна Сергеевич Алексеевна Бакытович Маратовна Нурланович Фёдоровна",
    ),
    "Arabic": (
        "محمد أحمد فاطمة علي حسن زينب مريم عمر خالد يوسف إبراهيم سارة نور ليلى هدى كريم سعيد",
        "الحس الخط العب القاس السال الرش النج الحد الشر الكر المص البغ الحم الزع التم",
        "ني يب اسي مي اوي يدي ار اد يف دادي صي وي",
        "محمد أحمد علي حسن عمر خالد يوسف إبراهيم سعيد كريم",
    ),
    "Georgian": (
        "გიორგი ნინო დავით მარიამ ანა ლუკა თამარ ნიკოლოზ სალომე ლევან ეკა ზურაბ მაია ირაკლი",
        "ბერ მახარ ლომ კაპან გელაშ მამულ ჩხე წიკლა ხუცი ნოზა გოგი შარა დოლ კვარა ჯაფა",
        "იძე აძე ური ელია შვილი ვილი იძე ანი ავა უა",
        "",
    ),
}
_VILLAGES = [f"Village {letter}{number}" for letter in "ABCDEFGH" for number in range(12)]
#: Letters that are written for a Georgian or a Cyrillic one by somebody who writes in Latin.
_LATIN = dict(
    pair.split("=")
    for pair in str.split(
        "ა=a ბ=b გ=g დ=d ე=e ვ=v ზ=z თ=t ი=i კ=k ლ=l მ=m ნ=n ო=o პ=p ჟ=zh რ=r ს=s ტ=t უ=u ფ=p ქ=k "
        "ღ=gh ყ=q შ=sh ჩ=ch ც=ts ძ=dz წ=ts ჭ=ch ხ=kh ჯ=j ჰ=h а=a б=b в=v г=g д=d е=e з=z и=i к=k "
        "л=l м=m н=n о=o п=p р=r с=s т=t у=u ф=f х=kh ц=ts ч=ch ш=sh ы=y ж=zh ё=e э=e ю=yu я=ya "
        "й=y щ=shch ь= ъ="
    )
)


def made(script: str, dice: random.Random) -> Person:
    """Somebody."""
    given, begins, ends, fathers = (part.split() for part in SCRIPTS[script])
    words = [_family(begins, ends, dice), dice.choice(given)]
    words += [dice.choice(fathers)] if fathers else []
    if script == "Latin":
        words.append(_family(begins, ends, dice))
    person = {"full_name": " ".join(words), "settlement": dice.choice(_VILLAGES)}
    if _happens(0.6, dice):
        person["id_number"] = f"{dice.choice('ABCDEF')}N{dice.randrange(10**7):07d}"
    if _happens(0.6, dice):
        person["phone"] = f"+9967{dice.randrange(10**8):08d}"
    if _happens(0.5, dice):
        born = date(1940, 1, 1) + timedelta(days=dice.randrange(24_000))
        person["date_of_birth"] = born.isoformat()
    if _happens(0.3, dice):
        person["household_id"] = f"H-{dice.randrange(10**4)}"
    return person


def _happens(share: float, dice: random.Random) -> bool:
    return dice.random() < share


def _family(begins: list[str], ends: list[str], dice: random.Random) -> str:
    return dice.choice(begins) + dice.choice(begins).casefold() + dice.choice(ends)


def typed_anew(person: Person, dice: random.Random) -> Person:
    """The same person as another clerk writes them, with what clerks leave out and mistype."""
    row = dict(person) | {"full_name": _name_typed_anew(person["full_name"], dice)}
    for fact, share in (("id_number", 0.2), ("phone", 0.2), ("date_of_birth", 0.2)):
        if _happens(share, dice):
            row.pop(fact, None)
    if "id_number" in row and _happens(0.05, dice):
        row["id_number"] = _other_digit(row["id_number"], dice)
    if "phone" in row and _happens(0.1, dice):
        row["phone"] = f"+9967{dice.randrange(10**8):08d}"
    if "date_of_birth" in row and _happens(0.03, dice):
        row["date_of_birth"] = row["date_of_birth"][:-1] + str(dice.randrange(1, 9))
    return row


def _name_typed_anew(name: str, dice: random.Random) -> str:
    words = name.split()
    if _happens(0.25, dice):
        dice.shuffle(words)
    if _happens(0.15, dice) and words[2:]:
        words.pop()
    if _happens(0.2, dice):
        at = dice.randrange(len(words))
        words[at] = _slip(words[at], dice)
    if _happens(0.1, dice):
        words = [word.upper() for word in words]
    name = " ".join(words)
    if _happens(0.1, dice):
        name = name.replace("ё", "е").replace("í", "i").replace("أ", "ا").replace("о", "o")
    if _happens(0.03, dice):
        name = "".join(_LATIN.get(letter, letter) for letter in name.casefold())
    return name


def _slip(word: str, dice: random.Random) -> str:
    """A letter left out, doubled, turned with the next, or another one of the word."""
    at = dice.randrange(1, max(2, len(word)))
    return dice.choice(
        [
            word[:at] + word[at + 1 :],
            word[:at] + word[at - 1 :],
            word[: at - 1] + word[at : at + 1] + word[at - 1] + word[at + 1 :],
            word[:at] + dice.choice(word) + word[at + 1 :],
        ]
    )


def _other_digit(number: str, dice: random.Random) -> str:
    at = dice.randrange(2, len(number))
    return number[:at] + str((int(number[at]) + dice.randrange(1, 10)) % 10) + number[at + 1 :]


def main() -> None:
    """Tell how well people are known, and how fast."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--people", type=int, default=10_000)
    asked.add_argument("--register", type=int, default=300_000)
    asked.add_argument("--rows", type=int, default=26_014)
    asked.add_argument("--seed", type=int, default=13)
    options = asked.parse_args()
    _tell_quality(options.people, options.seed)
    for database in DATABASES:
        with fresh_society(database) as society:
            _tell_time(database, society, options.register, options.rows, options.seed)


def _people(count: int, dice: random.Random) -> list[Person]:
    scripts = list(SCRIPTS)
    return [made(scripts[at % len(scripts)], dice) for at in range(count)]


def _registered(society: AtWork, people: list[Person]) -> list[int]:
    sheet_id = society.send(b"x").sheet_id
    ids: list[int] = []
    for first in range(0, len(people), 20_000):
        new = [
            NewPerson(f"R-{at}", at, person, date(2026, 11, 1))
            for at, person in enumerate(people[first : first + 20_000], first + 1)
        ]
        found = society.do(lambda session: register(session, society.society_id, sheet_id, new))  # noqa: B023
        ids += [found[f"r-{person.row_number}"] for person in new]
    return ids


def _matched(society: AtWork, rows: list[Person]) -> list[Match]:
    facts = [facts_of(row) for row in rows]
    return society.see(lambda session: match_rows(session, society.society_id, facts))


def _tell_quality(count: int, seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311 - people for a bench
    people = _people(count, dice)
    with fresh_society(next(iter(DATABASES))) as society:
        ids = _registered(society, people)
        back = dice.sample(range(count), count * 4 // 5)
        rows = [typed_anew(people[at], dice) for at in back]
        strangers = _people(count - len(back), dice)
        matches = _matched(society, [*rows, *strangers])
    outcomes: Counter[str] = Counter()
    by_script: Counter[tuple[str, str]] = Counter()
    for at, match in zip(back, matches, strict=False):
        outcome = _outcome(match, ids[at])
        outcomes[outcome] += 1
        by_script[list(SCRIPTS)[at % len(SCRIPTS)], outcome] += 1
    of_strangers = Counter(_outcome(match, 0) for match in matches[len(back) :])
    known, wrong = outcomes["known"], outcomes["wrong"] + of_strangers["wrong"]
    print(f"{count} people, {len(back)} of them again, {len(strangers)} new")
    print(f"precision {known / (known + wrong):.4f}", f"recall {_found(outcomes):.4f}")
    print("again:", dict(outcomes), " new:", dict(of_strangers))
    for script in SCRIPTS:
        own = Counter({name: by_script[script, name] for name in outcomes})
        print(f"  {script:<10}recall {_found(own):.4f}", dict(own))


def _outcome(match: Match, person_id: int) -> str:
    if match.person_id is not None:
        return "known" if match.person_id == person_id else "wrong"
    if match.doubts:
        return "asked" if not person_id or person_id in match.doubts else "asked about others"
    return "new"


def _found(outcomes: Counter[str]) -> float:
    return (outcomes["known"] + outcomes["asked"]) / max(1, outcomes.total())


def _tell_time(database: str, society: AtWork, registered: int, rows: int, seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311 - people for a bench
    people = _people(registered, dice)
    _registered(society, people)
    lists = {
        "next month": [typed_anew(one, dice) for one in dice.sample(people, rows)],
        "all new": _people(rows, dice),
        "names alone": [
            {"full_name": one["full_name"], "settlement": one["settlement"]}
            for one in dice.sample(people, rows)
        ],
    }
    for name, each in lists.items():
        start, busy = time.perf_counter(), time.process_time()
        with in_bulk():  # as a check does
            facts = [facts_of(row) for row in each]
            SheetGroups(facts)
            society.see(lambda session: match_rows(session, society.society_id, facts))  # noqa: B023
        took, busy = time.perf_counter() - start, time.process_time() - busy
        told = f"{registered:>9,} registered, {rows:,} rows, {name:<12}"
        print(f"{database:<12}{told}{took:>6.2f} s, of them busy {busy:.2f} s")


if __name__ == "__main__":
    main()
