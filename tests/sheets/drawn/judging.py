"""Holds what the reader makes of a drawn sheet against its truth."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from cva.sheets.checking.check import check
from cva.sheets.checking.checked import ERROR, READY, Checked
from cva.sheets.files.limits import Limits
from cva.sheets.vocabulary.choices import Choices
from cva.sheets.vocabulary.questions import Question
from tests.sheets.drawn.truth import TODAY, DrawnSheet

#: How a sheet ended. ``TO_MEND``: nothing wrong is ready, some cells wait for their sender.
RIGHT, ASKED, TO_MEND, REFUSED, WRONG = "right", "asked", "to mend", "refused", "wrong"
OUTCOMES = (RIGHT, ASKED, TO_MEND, REFUSED, WRONG)
_MOST_TURNS = 6


@dataclass(slots=True)
class Outcome:
    """How a sheet ended.

    Attributes:
        asked: The keys of the questions, in their order.
        why: What is wrong, or what has to be mended.
    """

    kind: str
    asked: list[str] = field(default_factory=list)
    why: str = ""

    @property
    def subjects(self) -> frozenset[str]:
        """What was asked about; an answer such as "the same for everybody" has a second step."""
        found = frozenset(map(_subject, self.asked))
        if "periods" not in found:
            return found
        # Each month has a signature of its own, of which it is asked alike.
        return frozenset(one.partition(" in ")[0] for one in found)


def _subject(choice: str) -> str:
    kind, _, about = choice.partition(":")
    if kind in {"find", "lists", "one", "which"}:
        return about.partition(":")[0]
    if kind in {"line", "word", "words", "blank"}:
        return f"receipt in {about[:1]}"
    return kind


def judge(drawn: DrawnSheet) -> Outcome:
    """Check a sheet, answer what it asks from its truth, and compare."""
    settled: dict[str, str] = {}
    asked: list[str] = []
    found = _checked(drawn, settled)
    for _ in range(_MOST_TURNS):
        if false := _false_rows(found, drawn):
            return Outcome(WRONG, asked, f"ready and not true: {false}")
        if found.refused:
            return Outcome(REFUSED, asked, found.findings[0].code)
        if not found.ask:
            break
        asked += [question.choice for question in found.ask]
        settled |= dict(_answered(drawn, found.ask))
        found = _checked(drawn, settled)
    return _compared(drawn, found, asked)


def _checked(drawn: DrawnSheet, settled: Mapping[str, str]) -> Checked:
    choices = Choices(
        settled=settled,
        sheet=settled.get("sheet"),
        kind=settled.get("kind"),
        currency=drawn.currency,
        today=TODAY,
    )
    return check(drawn.content, drawn.filename, choices, Limits())


def _ready(found: Checked) -> Counter[tuple[object, ...]]:
    fields = ("amount_minor", "currency", "distribution_date")
    rows = [row.values for row in found.rows if row.state == READY]
    # Where no column has numbers of people, they are known by their documents.
    people = [row.get("registration_no", row.get("id_number")) for row in rows]
    return Counter(
        (person, *map(row.get, fields)) for person, row in zip(people, rows, strict=True)
    )


def _false_rows(found: Checked, drawn: DrawnSheet) -> list[tuple[object, ...]]:
    """Rows that are ready and that nobody was paid."""
    is_whole = found.kind == "cash_transfers"
    return sorted(_ready(found) - _paid(drawn), key=str)[:3] if is_whole else []


def _paid(drawn: DrawnSheet) -> Counter[tuple[object, ...]]:
    return Counter(map(tuple, drawn.paid))


def _answered(drawn: DrawnSheet, questions: list[Question]) -> Iterator[tuple[str, str]]:
    for question in questions:
        yield question.choice, _answer(drawn, question)


def _answer(drawn: DrawnSheet, question: Question) -> str:
    """What the sender knows; of what is offered the first where the truth has no answer."""
    kind, _, subject = question.choice.partition(":")
    known = drawn.answers.get(question.choice) or drawn.answers.get(kind)
    if kind == "column":
        known = drawn.fields.get(subject, "none")
    if kind == "word":
        known = next((drawn.words.get(text) for text, _ in question.examples.get("", ())), None)
    if known and (not question.options or known in question.options):
        return known
    if kind == "lists" and f"one:{subject}:1" in drawn.answers:
        return "each"
    for usual in ("one", "none"):
        if usual in question.options:
            return usual
    return question.offered or next(iter(question.options), "")


def _compared(drawn: DrawnSheet, found: Checked, asked: list[str]) -> Outcome:
    if found.ask:
        return Outcome(WRONG, asked, "asks the same again")
    if found.kind != "cash_transfers":
        return Outcome(WRONG, asked, f"taken for {found.kind}")
    missing = list((_paid(drawn) - _ready(found)).elements())
    if not missing:
        return Outcome(ASKED if asked else RIGHT, asked)
    errors = sum(row.state == ERROR for row in found.rows)
    told = Counter(one.code for one in found.findings if one.severity != "info")
    why = f"{len(missing)} of {len(drawn.paid)} missing; {dict(told.most_common(4))}"
    if errors >= len(missing):
        return Outcome(TO_MEND, asked, why)
    skipped = sum(told[code] for code in ("rows-skipped", "household-member"))
    is_told = skipped + errors >= len(missing) or bool(told["sheet-left-out"])
    return Outcome(TO_MEND if is_told else WRONG, asked, why)
