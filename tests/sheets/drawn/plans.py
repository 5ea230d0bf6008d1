"""Draws what a sheet is like, dimension by dimension, so that all of it goes together."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from random import Random

from tests.sheets.drawn.words import CURRENCIES, LANGUAGES, Language

#: How often a sheet leaves nothing, one thing or two things for a question.
DOUBTS_WEIGHTS = (62, 30, 8)
FORMATTED = "xlsx"
#: What takes several tabs, merged cells, looks of cells or number formats.
_OF_XLSX = frozenset(
    {
        "serial",
        "tabs",
        "tabs headed once",
        "beside",
        "tab name",
        "household",
        "struck rows",
        "struck parts",
        "unseen parts",
        "format",
        "legend",
        "tab of notes",
    }
    | {"thousands in format", "two headings", "shown zeros", "merged"}
)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a sheet is like; each of these is a dimension of the grammar.

    Attributes:
        shape: How the people stand: one list, villages below each other, tabs, months.
        numbers: How numbers of people are written.
        days: How days are written, or where the one day stands.
        amounts: How amounts are written.
        currency_in: Where the currency stands.
        scale: Where it says that amounts are counted in thousands, or in cents.
        receipt: How it is marked who got the money.
        extra: What stands beside the list.
        fault: A cell that its sender has to mend.
        doubts: What has to be asked, by the names of this grammar.
    """

    language: Language
    container: str = FORMATTED
    shape: str = "one list"
    heads: str = "plain"
    above: str = "nothing"
    numbers: str = "text"
    days: str = "cell"
    amounts: str = "number"
    currency: str = "USD"
    currency_in: str = "column"
    programme: str = "same"
    scale: str = "none"
    receipt: str = "none"
    merged: str = "none"
    struck: str = "none"
    hidden: str = "none"
    money_columns: str = "one"
    order: str = "usual"
    below: str = "nothing"
    fault: str = "none"
    extra: str = "none"
    doubts: tuple[str, ...] = ()

    @property
    def digits(self) -> int:
        """How many decimals the currency has."""
        return CURRENCIES[self.currency][0]

    @property
    def features(self) -> Mapping[str, str]:
        """The dimensions by name, with what was drawn of each."""
        found = {name: str(value) for name, value in _plain(self).items() if name != "doubts"}
        return found | {"asks": " and ".join(sorted(self.doubts)) or "nothing"}


def _plain(plan: Plan) -> Mapping[str, object]:
    return {**asdict(replace(plan, language=plan.language)), "language": plan.language.code}


#: What a sheet may leave open, and what it is like then.
DOUBTFUL: Mapping[str, Sequence[Mapping[str, str]]] = {
    "order of days": [{"days": "d/m/y open"}, {"days": "m/d/y open"}, {"days": "yy.mm.dd"}],
    "decimal mark": [{"amounts": "1.234"}, {"amounts": "1,234"}],
    "thousands": [
        {"scale": "heading"},
        {"scale": "line"},
        {"scale": "cents"},
        {"scale": "thousands in format"},
    ],
    "day": [{"days": "nowhere"}, {"days": "title"}, {"days": "ditto"}, {"days": "serial"}],
    "amount": [{"amounts": "nowhere"}],
    "currency": [{"currency_in": "nowhere"}, {"currency_in": "two places"}],
    "lists": [
        {"shape": "tabs"},
        {"shape": "tabs headed once"},
        {"shape": "beside"},
        {"shape": "tables below"},
    ],
    "own days": [
        {"shape": "tabs", "days": "own title"},
        {"shape": "tabs", "days": "tab name"},
        {"shape": "beside", "days": "own title"},
        {"shape": "stacked", "days": "own title"},
    ],
    "own currencies": [{"shape": "tabs", "currency_in": "own line"}],
    "months": [{"shape": "months"}, {"shape": "months", "receipt": "month signatures"}],
    "household": [{"merged": "household"}, {"merged": "members below"}],
    "struck": [{"struck": "struck rows"}, {"struck": "struck parts"}, {"struck": "unseen parts"}],
    "which amount": [{"money_columns": "planned and paid"}, {"money_columns": "two currencies"}],
    "number": [{"numbers": "nowhere"}],
    "receipt": [
        {"receipt": "signature words"},
        {"receipt": "remarks"},
        {"receipt": "date"},
        {"receipt": "remarks open"},
        {"receipt": "line between"},
        {"receipt": "names"},
    ],
    "legend": [
        {"receipt": "legend", "shape": "one list"},
        {"receipt": "line names", "shape": "one list"},
        {"receipt": "line counts", "shape": "one list"},
        {"receipt": "tab of notes", "shape": "one list"},
    ],
    "notes": [
        {"receipt": "number words", "shape": "one list"},
        {"receipt": "free column", "shape": "one list"},
    ],
    "members": [{"money_columns": "per person"}],
    "line of one": [{"above": "line of one"}],
}
#: Where the day of each list stands that has no column of days.
OWN_DAYS = frozenset({"own title", "tab name"})
#: Dimensions of which two in one sheet would be about the same cells.
_TOGETHER_NEVER: Mapping[str, frozenset[str]] = {
    "amount": frozenset({"decimal mark", "thousands", "currency", "receipt", "day"}),
    "months": frozenset(
        {"day", "order of days", "lists", "household", "amount", "which amount", "struck"}
        | {"receipt", "thousands"}
    ),
    "own days": frozenset(
        {"day", "order of days", "lists", "household", "months", "own currencies", "number"}
        | {"receipt", "struck", "currency"}
    ),
    "own currencies": frozenset(
        {"currency", "lists", "household", "months", "amount", "which amount", "thousands"}
        | {"struck", "decimal mark", "receipt"}
    ),
    "which amount": frozenset({"amount", "currency", "thousands", "decimal mark"}),
    "household": frozenset(
        {"struck", "lists", "amount", "receipt", "which amount", "number", "day"}
    ),
    "struck": frozenset({"amount", "decimal mark", "thousands"}),
    "thousands": frozenset({"decimal mark", "currency"}),
    "day": frozenset({"order of days"}),
    "lists": frozenset({"currency", "legend"}),
    "legend": frozenset(
        {"receipt", "lists", "months", "household", "struck", "amount"}
        | {"own days", "own currencies"}
    ),
    "notes": frozenset(
        {"receipt", "legend", "lists", "months", "household", "struck", "amount"}
        | {"own days", "own currencies"}
    ),
    "line of one": frozenset(
        {"lists", "months", "household", "own days", "own currencies", "amount", "decimal mark"}
        | {"thousands", "day", "members", "legend", "which amount", "struck"}
        | {"notes"}
    ),
    "members": frozenset(
        {"amount", "months", "household", "which amount", "decimal mark", "thousands", "struck"}
    ),
}


def draw_plan(random: Random) -> Plan:
    """A sheet's traits, of which none contradicts another."""
    doubts = _doubts(random)
    traits = [random.choice(DOUBTFUL[doubt]) for doubt in doubts]
    fixed = {name: value for each in traits for name, value in each.items()}
    if fixed.get("receipt") == "month signatures":
        doubts = (*doubts, "signatures")
    language = random.choice(LANGUAGES)
    container = random.choice(_CONTAINERS)
    if _OF_XLSX & set(fixed.values()):
        container = FORMATTED
    plan = Plan(language, container, currency=random.choice(language.currencies), doubts=doubts)
    plan = replace(plan, **fixed)  # type: ignore[arg-type]
    if plan.amounts in {"1.234", "1,234"} and plan.digits != 2:  # other decimals settle it
        plan = replace(plan, currency="USD")
    for name, draw in _DIMENSIONS:
        if name not in fixed:
            options = [
                one for one in draw(plan) if plan.container == FORMATTED or one not in _OF_XLSX
            ]
            plan = replace(plan, **{name: random.choice(options)})  # type: ignore[arg-type]
    return plan


def _doubts(random: Random) -> tuple[str, ...]:
    (count,) = random.choices(range(len(DOUBTS_WEIGHTS)), weights=DOUBTS_WEIGHTS)
    drawn = random.sample(sorted(DOUBTFUL), count)
    first, second = (*drawn, "", "")[:2]
    never = second in _TOGETHER_NEVER.get(first, ()) or first in _TOGETHER_NEVER.get(second, ())
    return tuple(drawn[:1] if never else drawn)


_CONTAINERS = (*[FORMATTED] * 14, "csv", "csv", "csv", "csv", "xls", "ods")


def _shapes(plan: Plan) -> Sequence[str]:
    if plan.merged != "none" or plan.receipt == "line between":
        return ("one list",)
    return ("one list", "one list", "one list", "villages", "stacked")


def _heads(plan: Plan) -> Sequence[str]:
    if plan.shape == "beside" or plan.scale in {"heading", "cents"}:
        return ("plain",)
    if plan.shape == "tables below":
        return ("plain", "numbered", "two languages", "stars")
    return ("plain", "plain", "plain", "two headings", "numbered", "two languages", "stars")


def _above(plan: Plan) -> Sequence[str]:
    if plan.days in OWN_DAYS or plan.currency_in == "own line":
        return ("nothing",)
    return ("nothing", "title", "title", "lines", "day and place")


def _numbers(_plan: Plan) -> Sequence[str]:
    plain = ("text", "text", "long text", "slashes", "zeros", "number", "long number")
    return (*plain, "shown zeros", "dashes mixed")


def _days(plan: Plan) -> Sequence[str]:
    if plan.shape == "months":
        return ("nowhere",)
    found = ["ISO", "d.m.y", "d.m.y", "d/m/y", "d-m-y", "month name", "d.m.yy"]
    if plan.container != "csv":
        found += ["cell", "cell", "yyyy-mm-dd", "d mmm yyyy", "mm/dd/yyyy", "[$-419]d mmmm yyyy"]
    if plan.language.code == "en":
        found += ["m/d/y"]
    if plan.language.code == "fa":
        found += ["Jalali", "Jalali digits", "Jalali"]
    elif plan.language.code == "ar":
        found += ["own digits"]
    return found


def _currency_in(plan: Plan) -> Sequence[str]:
    if plan.money_columns == "two currencies":
        return ("heading",)
    if plan.days in OWN_DAYS or plan.scale == "cents":
        is_alone = plan.amounts == "nowhere" or plan.scale == "cents"
        return ("column",) if is_alone else ("column", "heading")
    if plan.shape == "months":
        return ("heading", "line", "programme") if plan.container in {"xlsx", "csv"} else ("line",)
    if plan.amounts in {"1.234", "1,234", "nowhere"} or plan.scale != "none":
        return ("column", "heading", "line") if plan.amounts != "nowhere" else ("column", "line")
    if plan.container in {"xls", "ods"}:
        return ("column", "heading", "line", "title", "cell")
    found = ["column", "column", "heading", "heading", "line", "title", "format", "cell"]
    if plan.struck != "none":
        found = ["column", "heading", "line"]
    if plan.shape == "one list" and plan.merged == "none" and plan.money_columns == "one":
        found += ["mixed column"]
    return [*found, "programme", "programme", "tab name"] if plan.container != "csv" else found


def _programmes(plan: Plan) -> Sequence[str]:
    if plan.currency_in == "programme":
        return ("same",)
    if plan.currency_in == "nowhere":
        return ("none",)
    return ("same", "same", "same", "other", "none")


def _amounts(plan: Plan) -> Sequence[str]:
    if plan.currency_in == "format":
        return ("currency format",)
    if plan.currency_in == "cell":
        return ("text with currency",)
    if plan.currency_in == "own line":
        return ("number", "text")
    if plan.scale != "none" or plan.struck.endswith(" parts") or plan.shape == "months":
        return ("number",)
    found = ["number", "number", "number", "text", "1 234,50", "1,234.50", "1.234,50", "1'234.50"]
    if plan.language.code in {"ar", "fa"}:
        found += ["own digits"]
    return [*found, "shown grouped", "1,234/-"] if plan.container != "csv" else found


def _receipts(plan: Plan) -> Sequence[str]:
    if plan.shape == "months" or plan.merged in {"household", "members below"}:
        return ("none",)
    return (
        "none", "none", "none", "words", "words", "status", "boxes", "ticks", "tick or blank",
        "signature blank", "remarks harmless", "crossed",
    )  # fmt: skip


def _merged(plan: Plan) -> Sequence[str]:
    is_plain = plan.shape == "one list" and plan.receipt != "line between"
    if not is_plain or plan.container != FORMATTED:
        return ("none",)
    return ("none", "none", "none", "none", "district", "day")


def _hidden(plan: Plan) -> Sequence[str]:
    if plan.container != FORMATTED or plan.shape == "beside":
        return ("none",)
    return ("none", "none", "none", "none", "row", "column")


def _orders(plan: Plan) -> Sequence[str]:
    return ("usual", "usual", "mixed") if plan.heads != "two headings" else ("usual",)


def _below(plan: Plan) -> Sequence[str]:
    found = ["nothing", "nothing", "signatures", "note"]
    if plan.amounts != "nowhere" and plan.shape != "months" and plan.currency_in != "mixed column":
        found += ["total", "total", "total and signatures"]
    if plan.amounts == "number" and _has_plain_rows(plan) and plan.shape != "months":
        found += ["cash lines"] * 2 if plan.currency_in != "mixed column" else []
        found += ["named sums"] * 6 if _may_have_named_sums(plan) else []
    if plan.shape == "one list" and plan.amounts == "number" and plan.merged == "none":
        found += ["sums of pages"] * 3 if _has_plain_rows(plan) else []
    if plan.shape == "one list" and plan.merged == "none" and _has_plain_rows(plan):
        found += ["made by one of them", "all counted"]
    return [*found, "phantom"] if plan.container == FORMATTED else found


def _may_have_named_sums(plan: Plan) -> bool:
    """Whether villages with numbers and days have their sums below."""
    return plan.shape == "villages" and plan.numbers != "nowhere" and plan.days != "nowhere"


def _has_plain_rows(plan: Plan) -> bool:
    """Whether every row above a sum counts, and none has its sum by chance."""
    return plan.receipt == "none" and plan.struck == "none" and plan.scale == "none"


def _extras(plan: Plan) -> Sequence[str]:
    if plan.shape != "one list" or plan.amounts == "nowhere" or plan.numbers == "nowhere":
        return ("none",)
    return ("none", "none", "none", "none", "none", "numbers without a heading")


def _faults(plan: Plan) -> Sequence[str]:
    if plan.doubts or plan.merged != "none" or plan.receipt != "none":
        return ("none",)
    found = [
        "amount in words",
        "no amount",
        "negative",
        "zero",
        "two numbers",
        "no number",
        "twice",
    ]
    found += ["no day", "impossible day", "future day"]
    if plan.container == FORMATTED:
        found += ["percent", "raised mark", "raised mark on number"]
    return [*found, *["none"] * 2 * len(found)]


_DIMENSIONS = (
    ("merged", _merged), ("receipt", _receipts), ("shape", _shapes), ("heads", _heads),
    ("above", _above), ("numbers", _numbers), ("days", _days), ("currency_in", _currency_in),
    ("programme", _programmes), ("amounts", _amounts), ("hidden", _hidden), ("order", _orders),
    ("below", _below), ("fault", _faults), ("extra", _extras),
)  # fmt: skip
