"""What kinds of sheets, fields, findings and the answers to questions are called."""

from collections.abc import Callable, Mapping

from cva.core.i18n import gettext as _
from cva.core.i18n import language
from cva.sheets.vocabulary.layouts import kind_names, kind_title
from cva.sheets.vocabulary.word_lists import vocabulary

#: What an answer is called, by the kind of question.
_ANSWERS: Mapping[tuple[str, str], Callable[[], str]] = {
    ("beside", "*"): lambda: _("all of them, one after the other"),
    ("scale", "lists"): lambda: _("each list as its own lines say"),
    ("scale", "own"): lambda: _("each amount as its cell says"),
    ("sheet", "*"): lambda: _("all of them, one after the other"),
    ("currency", "lists"): lambda: _("each list in its own currency"),
    ("find", "none"): lambda: _("in none; it is a list of people, without amounts"),
    ("find", "one"): lambda: _("in none; it is the same for everybody"),
    ("household", "each"): lambda: _("no, each row is a person who was paid"),
    ("household", "one"): lambda: _("yes, each block is one household"),
    ("lists", "each"): lambda: _("a different one for each: it is asked list by list"),
    ("lists", "one"): lambda: _("the same for all lists"),
    ("lists", "own"): lambda: _("each list its own, as its lines say"),
    ("one", "none"): lambda: _("it differs, or nobody knows"),
    ("which", "none"): lambda: _("in none; the amounts are written anew"),
    ("people", "each"): lambda: _("it differs; they are settled one by one"),
    ("people", "new"): lambda: _("no, all of them are new people"),
    ("people", "same"): lambda: _("yes, each is the person named beside it"),
    ("person", "new"): lambda: _("nobody of these: a new person"),
    ("twice", "each"): lambda: _("it differs; they are settled one by one"),
    ("twice", "same"): lambda: _("yes, the same person"),
    ("twice", "several"): lambda: _("no, different people"),
    ("words", "each"): lambda: _("it differs; they are settled one by one"),
    ("per_person", "times"): lambda: _("yes, it is multiplied by the members of the row"),
    ("per_person", "row"): lambda: _("no, it is what the whole row was paid"),
    ("per_unit", "row"): lambda: _("by none, it is what the whole row was paid"),
    ("per_unit", "none"): lambda: _("it is another sum; the amounts are written anew"),
    ("periods", "each"): lambda: _("yes, everybody was paid in each of them"),
}
#: Questions about a receipt.
_OF_RECEIPT = frozenset({"blank", "line", "word", "words"})
_YES_OR_NO = frozenset({"ditto", "serial", "turned", "zero"})


def kind_name(kind: str | None) -> str:
    """What a sheet is about."""
    return kind_title(kind) if kind in kind_names() else kind or ""


def choice_name(choice: str, option: str) -> str:
    """An answer that can be chosen."""
    known = {
        "dmy": _("the day comes first"),
        "mdy": _("the month comes first"),
        "ymd": _("the year comes first"),
        "point": _("a point stands before the decimals"),
        "comma": _("a comma stands before the decimals"),
        "none": _("nothing of this"),
        "own": _("each amount is in the currency that its cell shows"),
        "new": _("the new unit"),
        "old": _("the old unit: they are turned into the new one"),
        "in": _("they count like all others"),
        "out": _("they are left out"),
        "left": _("only what is left counts"),
        "mend": _("neither: these cells are written anew"),
        "same": _("the same, written in several ways"),
        "several": _("several, as they are typed"),
    }
    kind = choice.partition(":")[0]
    if (choice, option) == ("find:registration_no", "none"):
        return _("in none; these people have no numbers yet")
    if (name := _ANSWERS.get((kind, option))) is not None:
        return name()
    if kind == "scale":
        return _scale_name(option)
    if kind in _OF_RECEIPT:
        known |= _receipt_answers()
    if kind in _YES_OR_NO:
        known |= {"yes": _("yes"), "no": _("no")}
    if option in known:
        return known[option]
    if kind in {"find", "per_unit", "which"}:
        return _("column {letter}").format(letter=option)
    return field_name(option) if kind == "column" else option


def _scale_name(option: str) -> str:
    """What one is in a column of amounts."""
    return {
        "1": _("as they stand"),
        "0.01": _("in hundredths, such as cents"),
        "0.001": _("in thousandths, such as fils"),
        "10": _("in tens"),
        "100": _("in hundreds"),
        "1000": _("in thousands"),
        "100000": _("in lakhs (100,000)"),
        "1000000": _("in millions"),
        "10000000": _("in crores (10,000,000)"),
        "1000000000": _("in thousands of millions"),
    }.get(option) or _("multiplied by {number}").format(number=option)


def _receipt_answers() -> dict[str, str]:
    return {
        "yes": _("yes, it was received"),
        "no": _("no, it was not received"),
        "part": _("only a part of it: the amounts of these rows are written anew"),
        "nothing": _("it says nothing about that"),
        "each": _("it differs; the cells are mended one by one"),
    }


def cure_name(cure: str, words: str = "") -> str:
    """What mends many cells at once; ``words`` stand around their numbers."""
    return {
        "fill_down": _("Fill them with the cell above"),
        "as_days": _("Read these numbers as days"),
        "bare_number": _('Keep the numbers, without "{words}"').format(words=words),
        "yes": _("Take all as received"),
        "no": _("Take all as not received"),
        "text": _("Write one text into all of them"),
    }.get(cure, cure)


def field_name(field: str) -> str:
    """What a column holds."""
    if field == "none":
        return _("not taken over")
    return vocabulary().heading_of(field, language()) or field.replace("_", " ")


def severity_name(severity: str) -> str:
    """How grave a finding is, in the reader's language."""
    return {"error": _("Error"), "warning": _("Check"), "info": _("Note")}.get(severity, severity)
