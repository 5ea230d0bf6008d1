"""A round as people write it down: texts of a form, of a command or of a program."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import Session
from typing_extensions import override

from cva.core.errors import InputError
from cva.core.form_errors import FormErrors
from cva.core.i18n import N_
from cva.core.i18n import gettext as _
from cva.core.input_schema import Choice, DayText, InputSchema, RecordNumber, Text, Whole
from cva.core.money import plain
from cva.programmes.models import Conditionality, Modality, Restriction, Round, ValueRule
from cva.programmes.planning import (
    NewRound,
    list_grants,
    refuse_impossible,
    refuse_planned,
    value_of,
)
from cva.programmes.service import Mechanism, get_programme, shares_of
from cva.programmes.transfer_values import TransferValue, parse_value

#: Hundredths of a per cent in one.
#: Of a share in per cent.
_DECIMALS = 2
_PER_CENT = 100


class _Lines(Text):
    """Texts, one in a line."""

    control = "textarea"
    blank: Any = ()

    @override
    def read(self, text: str) -> list[str]:
        return [line.strip() for line in text.splitlines() if line.strip()]


class _Shares(_Lines):
    """Codes of grants and hundredths of a per cent: ``G-1 = 60`` and ``G-2 = 39.5`` in lines."""

    @override
    def read(self, text: str) -> list[Any]:
        return [_share(line) for line in super().read(text)]


class _Instalments(Whole):
    blank = 1


class PlanSchema(InputSchema):
    """What a round plans; amounts are texts in the programme's currency."""

    code = Text(
        N_("Code of the round"),
        required=True,
        attributes={"maxlength": 60, "placeholder": "2022-11"},
        metadata={"example": "2022-11"},
    )
    starts_on = DayText(
        N_("First day"),
        required=True,
        missing=N_("Write the first day of hand-out."),
        metadata={"example": "2022-11-05"},
    )
    ends_on = DayText(N_("Last day"))
    sites = _Lines(
        N_("Sites, one in a line"),
        attributes={"rows": 3, "maxlength": 2000},
        metadata={"description": "One in a line."},
    )
    modality = Choice(N_("Modality"), Modality, load_default=Modality.CASH)
    mechanism = Choice(N_("Delivery mechanism"), Mechanism, load_default=None)
    conditionality = Choice(
        N_("Conditionality"), Conditionality, load_default=Conditionality.UNCONDITIONAL
    )
    restriction = Choice(N_("Restriction"), Restriction, load_default=None)
    rule = Choice(N_("Rule"), ValueRule, load_default=ValueRule.AS_LISTED)
    amount = Text(
        N_("Amount"),
        attributes={"maxlength": 400, "placeholder": "5000", "inputmode": "text"},
        metadata={"description": "5000, or by size: 1=3000 3=5000."},
    )
    instalments = _Instalments(N_("Instalments"), attributes={"min": 1, "max": 60})
    voucher_kind = Text(N_("What the voucher is for"), attributes={"maxlength": 60})
    grants = _Shares(
        N_("Grants and their shares"),
        attributes={"rows": 2, "maxlength": 2000, "placeholder": "G-1 = 60"},
        metadata={"description": "CODE = per cent, one in a line."},
    )


class NewRoundFormSchema(PlanSchema):
    """A round to plan on a page, where the programme is chosen."""

    programme = RecordNumber(
        N_("Programme"), required=True, missing=N_("Choose a programme first.")
    )


def round_of(
    session: Session,
    programme_id: int | None,
    texts: Mapping[str, Any],
    faults: FormErrors,
    *,
    instead_of: Round | None = None,
) -> NewRound:
    """A round to plan, of what a ``PlanSchema`` read and found wrong.

    Args:
        session: To look up the programme, whose currency the amounts are in.
        programme_id: None where none was chosen.
        texts: The values that could be read.
        faults: What is wrong with the others; more is reported with it.
        instead_of: The round whose plan it takes the place of.

    Raises:
        InputError: Something is missing or cannot be read; the fields are named.
    """
    programme = get_programme(session, programme_id) if programme_id else None
    modality, rule = texts.get("modality", Modality.CASH), texts.get("rule", ValueRule.AS_LISTED)
    # Without a programme a currency with two digits stands for its own.
    currency = programme.currency if programme else "USD"
    usual = Restriction.UNRESTRICTED if modality == Modality.CASH else Restriction.RESTRICTED
    new = NewRound(
        programme_id=programme_id or 0,
        code=texts.get("code", ""),
        starts_on=texts.get("starts_on"),
        ends_on=texts.get("ends_on"),
        sites=list(texts.get("sites", ())),
        modality=modality,
        mechanism=texts.get("mechanism"),
        conditionality=texts.get("conditionality", Conditionality.UNCONDITIONAL),
        restriction=texts.get("restriction") or usual,
        value=faults.read(
            "amount",
            lambda: parse_value(rule, texts.get("amount", ""), currency),
            TransferValue(rule),
        ),
        instalments=texts.get("instalments", 1),
        voucher_kind=texts.get("voucher_kind") or None,
        grants=list(texts.get("grants", ())),
    )
    faults.read("code", lambda: refuse_impossible(new), None)
    if programme is not None and new.code:
        faults.read(
            "code", lambda: refuse_planned(session, programme, new.code, but=instead_of), None
        )
    faults.refuse()
    return new


def plan_texts(session: Session, planned: Round) -> dict[str, str]:
    """A planned round as texts that a ``PlanSchema`` reads."""
    value, currency = value_of(planned), planned.currency or ""
    codes = {grant.id: grant.code for grant in list_grants(session, planned.society_id)}
    shares = shares_of(session, planned.id)
    amount = plain(currency, value.amount_minor) if value.amount_minor else ""
    steps = (f"{members}={plain(currency, minor)}" for members, minor in value.by_size or ())
    return {
        "code": planned.code,
        "starts_on": str(planned.starts_on or ""),
        "ends_on": str(planned.ends_on or ""),
        "sites": "\n".join(planned.sites or ()),
        "modality": planned.modality or "",
        "mechanism": planned.mechanism or "",
        "conditionality": planned.conditionality or "",
        "restriction": planned.restriction or "",
        "rule": value.rule,
        "amount": amount or " ".join(steps),
        "instalments": str(planned.instalments or 1),
        "voucher_kind": planned.voucher_kind or "",
        "grants": "\n".join(f"{codes[one]} = {plain_share(bp)}" for one, bp in shares),
    }


def plain_share(share_bp: int) -> str:
    """Hundredths of a per cent as per cent: ``"60"``, ``"39.5"``."""
    whole, part = divmod(share_bp, _PER_CENT)
    return f"{whole}.{part:02}".rstrip("0").rstrip(".")


def _share(line: str) -> tuple[str, int]:
    code, _equals, share = line.rpartition("=")
    whole, _point, part = share.strip().rstrip("%").strip().partition(".")
    digits = part.ljust(2, "0")
    is_exact = len(digits) == 2  # noqa: PLR2004 - hundredths of a per cent
    if not (
        is_exact and code.strip() and (whole + digits).isascii() and (whole + digits).isdigit()
    ):
        raise InputError(
            _("Write grant and per cent, for example: G-1 = 60"), code="grant_share_unreadable"
        )
    return code.strip(), int(whole or "0") * _PER_CENT + int(digits)
