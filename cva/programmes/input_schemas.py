"""A round as people write it down: texts of a form, of a command or of a program."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import TypeVar

from sqlmodel import Session

from cva.core.dates import parse_day
from cva.core.errors import InputError
from cva.core.form_errors import FormErrors
from cva.core.i18n import gettext as _
from cva.core.money import plain
from cva.programmes.models import Conditionality, Modality, Programme, Restriction, Round, ValueRule
from cva.programmes.planning import (
    NewRound,
    list_grants,
    refuse_impossible,
    refuse_planned,
    shares_of,
    value_of,
)
from cva.programmes.service import Mechanism, get_programme
from cva.programmes.transfer_values import TransferValue, parse_value

Choice = TypeVar("Choice", bound=StrEnum)
#: Hundredths of a per cent in one.
_PER_CENT = 100


def read_round(
    session: Session,
    programme_id: int | None,
    said: Mapping[str, str],
    *,
    instead_of: Round | None = None,
) -> NewRound:
    """Read a round to plan.

    Args:
        session: To look up the programme, whose currency the amounts are in.
        programme_id: None where none was chosen.
        said: ``code``, ``starts_on``, ``ends_on``, ``sites`` (one in a line), ``modality``,
            ``mechanism``, ``conditionality``, ``restriction``, ``rule``, ``amount``,
            ``instalments``, ``voucher_kind``, ``grants`` (``CODE = per cent`` in a line).
        instead_of: The round whose plan it takes the place of.

    Raises:
        InputError: Something is missing or cannot be read; the fields are named.
    """
    faults = FormErrors()
    programme = get_programme(session, programme_id) if programme_id else None
    if programme is None:
        faults.add("programme", _("Choose a programme first."))
    modality = _choice(faults, said, "modality", Modality.CASH)
    rule = _choice(faults, said, "rule", ValueRule.AS_LISTED)
    usual = Restriction.UNRESTRICTED if modality == Modality.CASH else Restriction.RESTRICTED
    new = NewRound(
        programme_id=programme_id or 0,
        code=said.get("code", ""),
        starts_on=_day(faults, said, "starts_on"),
        ends_on=_day(faults, said, "ends_on"),
        sites=[line.strip() for line in said.get("sites", "").splitlines() if line.strip()],
        modality=modality,
        mechanism=faults.read("mechanism", lambda: _mechanism(said), None),
        conditionality=_choice(faults, said, "conditionality", Conditionality.UNCONDITIONAL),
        restriction=_choice(faults, said, "restriction", usual),
        value=faults.read(
            "amount",
            lambda: parse_value(rule, said.get("amount", ""), _currency(programme)),
            TransferValue(rule),
        ),
        instalments=faults.read("instalments", lambda: _instalments(said), 1),
        voucher_kind=said.get("voucher_kind", "").strip() or None,
        grants=faults.read("grants", lambda: _grants(said.get("grants", "")), []),
    )
    faults.read("code", lambda: refuse_impossible(new), None)
    if programme is not None and new.code.strip():
        faults.read(
            "code", lambda: refuse_planned(session, programme, new.code, but=instead_of), None
        )
    faults.refuse()
    return new


def as_said(session: Session, planned: Round) -> dict[str, str]:
    """A planned round as texts that ``read_round`` reads."""
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


def _currency(programme: Programme | None) -> str:
    """The currency of the round; without a programme one with two digits stands for it."""
    return programme.currency if programme else "USD"


def _day(faults: FormErrors, said: Mapping[str, str], name: str) -> date | None:
    return faults.read(name, lambda: parse_day(said.get(name, "")), None)


def _choice(faults: FormErrors, said: Mapping[str, str], name: str, usual: Choice) -> Choice:
    return faults.read(name, lambda: _chosen(type(usual), said, name, usual), usual)


def _mechanism(said: Mapping[str, str]) -> Mechanism | None:
    """The one that was chosen, or None for the programme's own."""
    if not said.get("mechanism", "").strip():
        return None
    return _chosen(Mechanism, said, "mechanism", Mechanism.OTHER)


def _chosen(choices: type[Choice], said: Mapping[str, str], name: str, usual: Choice) -> Choice:
    text = said.get(name, "").strip()
    if not text:
        return usual
    try:
        return choices(text)
    except ValueError as error:
        message = _('"{text}" is none of: {choices}.').format(
            text=text[:40], choices=", ".join(choices)
        )
        raise InputError(message, {name: [message]}) from error


def _instalments(said: Mapping[str, str]) -> int:
    text = said.get("instalments", "").strip() or "1"
    if not (text.isascii() and text.isdigit()):
        message = _("Write the number of instalments, for example 1.")
        raise InputError(message, {"instalments": [message]})
    return int(text[:4])


def _grants(text: str) -> list[tuple[str, int]]:
    """Codes and hundredths of a per cent, from ``G-1 = 60`` and ``G-2 = 39.5`` in lines."""
    found = []
    for line in (line for line in text.splitlines() if line.strip()):
        code, _equals, share = line.rpartition("=")
        whole, _point, part = share.strip().rstrip("%").strip().partition(".")
        digits = (part + "00")[:2]
        if not (code.strip() and (whole + digits).isascii() and (whole + digits).isdigit()):
            message = _("Write grant and per cent, for example: G-1 = 60")
            raise InputError(message, {"grants": [message]})
        found.append((code.strip(), int(whole or "0") * _PER_CENT + int(digits)))
    return found
