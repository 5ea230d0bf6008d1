"""What free texts and names say about a receipt, which most of them are not about."""

from cva.sheets.cells.cell_reading import is_blank, is_nothing, says_nothing
from cva.sheets.cells.receipt_answers import (
    BLANK,
    DOUBTFUL,
    FILLED,
    LONGEST_ANSWER,
    NO,
    NOTHING,
    SHORTEST_ANSWER,
    UNCLEAR,
    UNKNOWN,
    YES,
    ColumnValues,
    Says,
    plain_no,
    words_of,
)
from cva.sheets.files.parsed_workbook import Uncalculated, Value, typed
from cva.sheets.vocabulary.harmless_texts import has_doubt, has_loose_number, is_harmless
from cva.sheets.vocabulary.refusals import (
    is_denial,
    is_half_refusal,
    is_refusal,
    may_refuse,
    speaks_against,
)
from cva.sheets.vocabulary.text_forms import fold
from cva.sheets.vocabulary.word_lists import vocabulary, word

#: Such as n/a, none and б/н; longer ones such as "no ID" may be a reason.
LONGEST_NOTHING = 4


def of_remarks(values: ColumnValues, _languages: frozenset[str], heading: str) -> Says:
    """Free text, in which a word may say that nothing was received, or not all.

    What is not known to be harmless is not passed over. Under a heading such as "Reason for not
    collecting" any text may.
    """
    denies = may_refuse(heading)
    return {at: _reason(value) if denies else _remark(value) for at, value in values.items()}


def _reason(value: Value) -> str:
    """Why nothing was received: whatever it is, but for a plain nothing such as n/a."""
    answer, text = _remark(value), typed(value)
    if answer in {NO, UNCLEAR} or is_nothing(value):
        return answer
    is_short = len(text.strip()) <= LONGEST_NOTHING and says_nothing(value)
    return NOTHING if answer == NOTHING and is_short and not has_doubt(text) else UNKNOWN


def _remark(value: Value) -> str:
    text = typed(value)
    if is_blank(value) or isinstance(value, Uncalculated):  # a formula's missing value is told
        return NOTHING
    is_no = is_refusal(text)
    if is_half_refusal(text) and not is_no:
        return UNCLEAR
    if says_nothing(value):
        return UNKNOWN if word(text) in plain_no() else NOTHING
    return NO if is_no else _other_remark(text)


def _other_remark(text: str) -> str:
    """What a text says that is no refusal as a whole."""
    if speaks_against(text) or has_doubt(text):
        return UNCLEAR
    if may_refuse(text):
        return UNCLEAR if has_loose_number(text) else DOUBTFUL
    if SHORTEST_ANSWER <= len(text) <= LONGEST_ANSWER and word(text) in words_of(YES):
        return YES
    return NOTHING if is_harmless(text) else UNKNOWN


def of_names(values: ColumnValues, _languages: frozenset[str], _heading: str) -> Says:
    """Names and kinds of marks, among which a plain refusal may stand."""
    return {at: _name(value) for at, value in values.items()}


def _name(value: Value) -> str:
    text = typed(value)
    if is_refusal(text):
        return NO
    is_nobody = is_denial(text) and not says_nothing(value)
    return UNCLEAR if is_nobody or is_half_refusal(text) or has_doubt(text) else NOTHING


def of_collectors(values: ColumnValues, _languages: frozenset[str], _heading: str) -> Says:
    """Who collected, unless a text says that nobody did.

    Where some cells say that the person came, a blank is odd.
    """
    says = {at: _collector(value) for at, value in values.items()}
    own = vocabulary().receipt["self"]
    if not any(fold(typed(value)) in own for value in values.values()):
        return says
    plain = (at for at, answer in says.items() if answer == NOTHING)
    return says | {at: BLANK if says_nothing(values[at]) else FILLED for at in plain}


def _collector(value: Value) -> str:
    if is_nothing(value):
        return NOTHING
    text = typed(value)
    if is_refusal(text):
        return NO
    if word(text) in plain_no() or has_doubt(text) or is_half_refusal(text):
        return UNCLEAR
    # A person of the family, in French, is somebody.
    is_nobody = is_denial(text) or (may_refuse(text) and not is_harmless(text))
    return UNCLEAR if is_nobody and not says_nothing(value) else NOTHING
