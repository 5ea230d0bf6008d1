"""Programmes and their rounds."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlmodel import Session, col, select

from cva.core import audit
from cva.core.errors import ConflictError, InputError, NotFoundError
from cva.core.i18n import gettext as _
from cva.core.money import digits_of
from cva.core.permissions import Permission
from cva.core.tenancy import actor_of, get_record
from cva.programmes.models import (
    GrantShare,
    Modality,
    Programme,
    Round,
    UnknownPeople,
    VoucherExpense,
)
from cva.societies import service as societies
from cva.societies.models import Society


class Mechanism(StrEnum):
    """How assistance reaches people (publicschema.org, delivery-channel; plus remittance)."""

    CASH_IN_HAND = "cash_in_hand"
    BANK_TRANSFER = "bank_transfer"
    MOBILE_MONEY = "mobile_money"
    AGENT_NETWORK = "agent_network"
    PREPAID_CARD = "prepaid_card"
    REMITTANCE = "remittance"
    E_VOUCHER = "e_voucher"
    PAPER_VOUCHER = "paper_voucher"
    DIRECT_DISTRIBUTION = "direct_distribution"
    SERVICE_POINT = "service_point"
    OTHER = "other"


#: How the code of a round begins that a sheet made of its own.
OWN = "#"

#: Cash that leaves the society's own custody; everything else is paid by a provider's float.
BY_HAND = frozenset({Mechanism.CASH_IN_HAND, Mechanism.DIRECT_DISTRIBUTION})


def is_by_hand(planned: Round, programme: Programme) -> bool:
    """Whether the society itself hands out what a round gives; else a provider pays it."""
    return (planned.mechanism or programme.mechanism) in BY_HAND or bool(
        planned.modality and planned.modality != Modality.CASH
    )


def add_programme(
    session: Session,
    society_id: int,
    code: str,
    name: str,
    *,
    currency: str,
    unknown_people: UnknownPeople = UnknownPeople.REGISTER,
    mechanism: Mechanism = Mechanism.CASH_IN_HAND,
    voucher_expense: VoucherExpense = VoucherExpense.REDEMPTION,
    needs_evidence: bool = False,
) -> Programme:
    """Add a programme.

    Raises:
        InputError: Code or name is blank.
        RuleError: The currency is not in use.
        ConflictError: The society has a programme with this code.
    """
    actor_of(session).require(Permission.MANAGE_SETUP, society_id)
    digits_of(currency)
    if not (code.strip() and name.strip()):
        raise InputError(_("A programme needs a code and a name."), code="programme_incomplete")
    others = list_programmes(session, society_id)
    if any(other.code.casefold() == code.strip().casefold() for other in others):
        raise ConflictError(
            _("There is a programme {code} already.").format(code=code), code="programme_exists"
        )
    programme = Programme(
        society_id=society_id,
        code=code.strip(),
        name=name.strip(),
        currency=currency,
        mechanism=mechanism,
        unknown_people=unknown_people,
        voucher_expense=voucher_expense,
        needs_evidence=needs_evidence,
    )
    session.add(programme)
    session.flush()
    audit.record_about(session, audit.Act.PROGRAMME_ADDED, programme)
    return programme


def list_programmes(session: Session, society_id: int | None = None) -> Sequence[Programme]:
    """Programmes of a society, or of all the actor's societies, by name."""
    query = select(Programme).order_by(col(Programme.society_id), col(Programme.name))
    if society_id is not None:
        query = query.where(Programme.society_id == society_id)
    return session.exec(query).all()


@dataclass(frozen=True, slots=True)
class ProgrammeOf:
    """A programme, and the code of its society."""

    programme: Programme
    society: str


def programmes_of(session: Session, society_id: int | None = None) -> list[ProgrammeOf]:
    """Programmes with the codes of their societies, by name."""
    codes = societies.codes(session)
    return [
        ProgrammeOf(each, codes[each.society_id]) for each in list_programmes(session, society_id)
    ]


def offered(session: Session, right: Permission) -> list[tuple[Society, Sequence[Programme]]]:
    """The societies in which the actor holds a right, each with its programmes."""
    return [
        (society, list_programmes(session, society.id))
        for society in societies.societies_with(session, right)
    ]


def find_narrowed(
    session: Session, society_id: int | None, programme: str, round_code: str = ""
) -> tuple[Programme | None, Round | None]:
    """What a list is narrowed to by codes: a programme of a society, a round of the programme.

    Raises:
        InputError: A programme is named without its society, or a round without its programme.
        NotFoundError: There is none.
    """
    if not programme:
        if round_code:
            message = _("Name the programme of the round too.")
            raise InputError(message, {"programme": [message]}, code="programme_unnamed")
        return None, None
    if society_id is None:
        message = _("Name the society of the programme too.")
        raise InputError(message, {"society": [message]}, code="society_unnamed")
    found = find_programme(session, society_id, programme)
    return found, get_named_round(session, found, round_code) if round_code else None


def find_programme(session: Session, society_id: int, code: str) -> Programme:
    """The programme of a society with a code (case does not matter).

    Raises:
        NotFoundError: There is none.
    """
    for programme in list_programmes(session, society_id):
        if programme.code.casefold() == code.casefold():
            return programme
    raise NotFoundError(
        _("The society has no programme {code}.").format(code=code), code="programme_unknown"
    )


def get_programme(session: Session, programme_id: int) -> Programme:
    """The programme with an id, within the actor's societies."""
    return get_record(session, Programme, programme_id)


def round_of(session: Session, programme: Programme, code: str) -> Round:
    """The named round of a programme; made on first use."""
    return _round(session, programme, _round_code(code), is_named=True)


def find_round(session: Session, programme: Programme, code: str) -> Round | None:
    """The named round of a programme, if a sheet was sent for it already."""
    query = select(Round).where(Round.programme_id == programme.id, Round.code == _round_code(code))
    return session.exec(query).one_or_none()


def get_named_round(session: Session, programme: Programme, code: str) -> Round:
    """The named round of a programme.

    Raises:
        NotFoundError: There is none with this code.
    """
    found = find_round(session, programme, code)
    if found is None:
        raise NotFoundError(
            _("The programme has no round {code}.").format(code=code.strip()), code="round_unknown"
        )
    return found


def _round_code(code: str) -> str:
    if not code.strip() or code.strip().startswith(OWN):
        raise InputError(_("A round needs a code, such as 2022-11."), code="round_code_missing")
    return code.strip()


def own_round(session: Session, programme: Programme, sheet_id: int) -> Round:
    """The round a sheet makes of its own where it names none."""
    return _round(session, programme, f"{OWN}{sheet_id}", is_named=False)


def _round(session: Session, programme: Programme, code: str, *, is_named: bool) -> Round:
    found = session.exec(
        select(Round).where(Round.programme_id == programme.id, Round.code == code)
    ).one_or_none()
    if found is None:
        found = Round(
            society_id=programme.society_id,
            programme_id=programme.id,
            code=code,
            is_named=is_named,
        )
        session.add(found)
        session.flush()
    return found


def get_round(session: Session, round_id: int) -> Round:
    """The round with an id, within the actor's societies."""
    return get_record(session, Round, round_id)


def shares_of(session: Session, round_id: int) -> list[tuple[int, int]]:
    """Ids of a round's grants, each with its hundredths of a per cent, by id."""
    rows = session.exec(
        select(GrantShare.grant_id, GrantShare.share_bp)
        .where(GrantShare.round_id == round_id)
        .order_by(col(GrantShare.grant_id))
    )
    return [(grant_id, share_bp) for grant_id, share_bp in rows]
