"""What stored words are called on a page."""

from cva.core import permissions
from cva.core.audit import Act
from cva.core.i18n import gettext as _
from cva.core.i18n import language
from cva.journal.accounts import Account
from cva.providers import labels
from cva.sheets.findings import finding as findings
from cva.sheets.findings import voucher_steps
from cva.sheets.vocabulary.layouts import kind_names, kind_title
from cva.sheets.vocabulary.word_lists import vocabulary

#: What a person is in a society.
role_name = permissions.role_name

#: Where a payment stands.
payment_state = labels.payment_state

#: How grave a finding is.
severity_name = findings.severity_name

#: The shape and colour that go with the word for a state.
MARKS = {
    "received": "wait",
    "checked": "todo",
    "refused": "bad",
    "submitted": "wait",
    "approved": "good",
    "rejected": "bad",
    "withdrawn": "off",
    "reversed": "off",
    "draft": "todo",
    "no_list": "off",
    "confirmed": "good",
    "refused_request": "bad",
    "kept": "good",
    "ready": "good",
    "error": "bad",
    "not_received": "off",
    "no_answer": "todo",
    "excepted": "todo",
    "open": "todo",
    "posted": "good",
    "made": "todo",
    "sent": "wait",
    "cancelled": "off",
    "instructed": "wait",
    "available": "todo",
    "paid": "good",
    "collected": "good",
    "failed": "bad",
    "expired": "bad",
    "returned": "off",
    "warning": "todo",
    "info": "off",
}


def state_name(state: str) -> str:
    """The state of a sheet."""
    return {
        "received": _("being checked"),
        "checked": _("checked, not submitted"),
        "refused": _("cannot be used"),
        "submitted": _("waits for approval"),
        "approved": _("approved"),
        "rejected": _("sent back"),
        "withdrawn": _("withdrawn"),
        "kept": _("kept as a list"),
        "reversed": _("reversed"),
    }.get(state, state)


def row_state_name(state: str) -> str:
    """The state of a row."""
    return {
        "ready": _("ready"),
        "error": _("error"),
        "not_received": _("not received"),
        "no_answer": _("no answer yet"),
        "excepted": _("exception"),
        "posted": _("posted before"),
        "reversed": _("reversed"),
        "open": _("open"),
    }.get(state, state)


def list_state_name(state: str | None) -> str:
    """How far the list of a round is."""
    return {
        None: _("no list yet"),
        "draft": _("draft"),
        "submitted": _("waits for approval"),
        "approved": _("approved"),
    }[state]


def request_state_name(state: str) -> str:
    """How far a request is."""
    return {
        "open": _("waits for a second person"),
        "confirmed": _("confirmed"),
        "refused": _("refused"),
        "withdrawn": _("withdrawn"),
    }[state]


def plan_name(word: str) -> str:
    """One of the words a round is planned with."""
    return {
        "cash": _("cash"),
        "value_voucher": _("value voucher"),
        "commodity_voucher": _("commodity voucher"),
        "unconditional": _("unconditional"),
        "conditional": _("conditional"),
        "unrestricted": _("unrestricted"),
        "restricted": _("restricted"),
        "fixed": _("the same for each"),
        "per_member": _("for each member of the household"),
        "by_size": _("by the size of the household"),
        "as_listed": _("as the uploaded list says"),
    }.get(word, word)


def fault_name(fault: str) -> str:
    """Why a row of a draft cannot be approved."""
    return {
        "no-amount": _("no amount: the household size or the amount is missing"),
        "unknown": _("not registered, and the programme refuses people it does not know"),
        "not-active": _("no longer active: deceased, moved or merged"),
    }.get(fault, fault)


def act_name(act: str) -> str:
    """What was done with a sheet."""
    return {
        Act.SHEET_RECEIVED: _("sent"),
        Act.SHEET_CHECKED: _("checked"),
        Act.SHEET_REFUSED: _("refused"),
        Act.SHEET_SUBMITTED: _("submitted"),
        Act.SHEET_KEPT: _("kept as a list"),
        Act.SHEET_APPROVED: _("approved and posted"),
        Act.SHEET_REJECTED: _("sent back"),
        Act.SHEET_WITHDRAWN: _("withdrawn"),
        Act.SHEET_REVERSED: _("reversed"),
        Act.SHEET_FILE_READ: _("downloaded"),
        Act.COLUMNS_MAPPED: _("columns explained"),
        Act.CELL_AMENDED: _("cell mended"),
        Act.ROW_EXCEPTED: _("row recorded as an exception"),
        Act.ROW_REVERSED: _("row reversed"),
    }[Act(act)]


def happening_name(what: str) -> str:
    """What happened to a person, a transfer or a voucher."""
    return {
        "registered": _("registered"),
        "listed": _("put on the list"),
        "off_list": _("taken off the list"),
        "paid": _("paid"),
        "handed_out": _("voucher handed out"),
        "reversed": _("reversed"),
        "returned": _("returned"),
        "recoverable": _("paid twice, to be got back"),
        "loss": _("paid twice, lost"),
        "active": _("active"),
        "deceased": _("deceased"),
        "moved": _("moved away"),
        "merged": _("merged: registered twice"),
        "available": _("available, not collected"),
        "collected": _("collected"),
        "failed": _("failed"),
        "expired": _("expired"),
        "return_reversed": _("reversed"),
    }.get(what) or voucher_steps.word(what)


def payment_list_state(state: str) -> str:
    """How far a payment list is."""
    return {
        "made": _("made, not sent"),
        "sent": _("sent"),
        "cancelled": _("cancelled"),
    }.get(state, state)


def movement_name(kind: str) -> str:
    """What moved the float of a provider."""
    return {
        "advance_float": _("Advance"),
        "return_float": _("Given back"),
        "payment_returns": _("Came back"),
        "payment_fees": _("Fees"),
    }.get(kind, _("Reversal") if kind.endswith("_reversal") else _("Paid"))


def kind_name(kind: str | None) -> str:
    """What a sheet is about."""
    return kind_title(kind) if kind in kind_names() else kind or ""


def answer_name(choice: str, option: str) -> str:
    """An answer that can be chosen."""
    known = {
        "dmy": _("the day comes first"),
        "mdy": _("the month comes first"),
        "point": _("a point stands before the decimals"),
        "comma": _("a comma stands before the decimals"),
        "none": _("nothing of this"),
    }
    if option in known:
        return known[option]
    return field_name(option) if choice.startswith("column:") else option


def field_name(field: str) -> str:
    """What a column holds."""
    if field == "none":
        return _("not taken over")
    return vocabulary().heading_of(field, language()) or field.replace("_", " ")


def mechanism_name(mechanism: str) -> str:
    """A delivery mechanism."""
    return {
        "cash_in_hand": _("cash in hand"),
        "bank_transfer": _("bank transfer"),
        "mobile_money": _("mobile money"),
        "agent_network": _("agent network"),
        "prepaid_card": _("prepaid card"),
        "remittance": _("remittance"),
        "e_voucher": _("e-voucher"),
        "paper_voucher": _("paper voucher"),
        "direct_distribution": _("direct distribution"),
        "service_point": _("service point"),
        "other": _("other"),
    }.get(mechanism, mechanism)


def reached_name(meaning: str) -> str:
    """When somebody counts as reached by a provider."""
    return _("collected") if meaning == "collected" else _("paid")


def dimension_name(dimension: str) -> str:
    """What figures are broken down by."""
    return {
        "programme": _("Programme"),
        "modality": _("Modality"),
        "region": _("Region"),
        "sex": _("Sex"),
    }[dimension]


def by_dimension(dimension: str) -> str:
    """The title of a breakdown."""
    return {
        "programme": _("By programme"),
        "modality": _("By modality"),
        "region": _("By region"),
        "sex": _("By sex"),
    }[dimension]


def group_name(dimension: str, name: str) -> str:
    """One group of a breakdown."""
    known = {
        "modality": {
            "cash": _("Cash transfer"),
            "value_voucher": _("Value voucher"),
            "commodity_voucher": _("Commodity voucher"),
        },
        "sex": {"female": _("Women and girls"), "male": _("Men and boys"), "other": _("Other")},
    }
    return known.get(dimension, {}).get(name, name) or _("not said")


def step_name(step: str) -> str:
    """A step of the rows' way into the ledger."""
    return {
        "waiting": _("Waiting for approval"),
        "left_out": _("Left out of approved sheets"),
        "approved": _("Approved cash rows"),
        "posted": _("Posted cash transfers"),
        "approved_vouchers": _("Approved voucher rows, face value"),
        "posted_vouchers": _("Vouchers handed out, face value"),
    }.get(step, step)


def account_name(number: str) -> str:
    """An account of the book."""
    return {
        Account.BANK: _("Bank"),
        Account.CASH_IN_CUSTODY: _("Cash in custody"),
        Account.PROVIDER_ADVANCES: _("Advances to providers"),
        Account.RECEIVABLES: _("To be got back"),
        Account.UNEXPLAINED: _("Unexplained hand-outs"),
        Account.CERTIFICATES: _("Certificates bought ahead"),
        Account.CONVERSION: _("Conversion of currencies"),
        Account.DEFERRED_FUNDING: _("Funding received ahead"),
        Account.VOUCHERS_OUTSTANDING: _("Vouchers outstanding"),
        Account.PAYABLES: _("To be paid"),
        Account.NET_ASSETS: _("Net assets"),
        Account.GRANT_INCOME: _("Grant income"),
        Account.CASH_ASSISTANCE: _("Cash assistance"),
        Account.VOUCHER_ASSISTANCE: _("Voucher assistance"),
        Account.DELIVERY_FEES: _("Fees of delivery"),
        Account.LOSSES: _("Losses"),
        Account.EXCHANGE_RESULT: _("Exchange result"),
    }.get(Account(number), number)
