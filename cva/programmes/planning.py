"""Planning a round: when, where, how and how much."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlmodel import Session, col, delete, select

from cva.core import audit, clock
from cva.core.errors import ConflictError, InputError, NotFoundError, RuleError
from cva.core.i18n import gettext as _
from cva.core.permissions import Permission
from cva.core.tenancy import actor_of, get_record
from cva.journal.service import is_posted
from cva.programmes.models import (
    Conditionality,
    Grant,
    GrantShare,
    Modality,
    Programme,
    Restriction,
    Round,
    ValueRule,
)
from cva.programmes.service import (
    Mechanism,
    find_programme,
    find_round,
    get_named_round,
    get_programme,
    round_of,
    shares_of,
)
from cva.programmes.transfer_values import TransferValue

#: The shares of the grants of a round make so many hundredths of a per cent.
WHOLE_BP = 10_000
MOST_INSTALMENTS = 60
LONGEST_CODE = 60
#: Rounds are planned from this year to so many years ahead; other years are slips.
FIRST_YEAR, YEARS_AHEAD = 2000, 10


@dataclass(frozen=True, slots=True)
class NewRound:
    """A round to plan.

    Attributes:
        mechanism: The programme's where none is named.
        value: How much; the currency is the programme's.
        grants: ``(code of the grant, hundredths of a per cent)``; none at all, or 10,000 together.
    """

    programme_id: int
    code: str
    starts_on: date | None
    ends_on: date | None = None
    sites: Sequence[str] = ()
    modality: Modality = Modality.CASH
    mechanism: Mechanism | None = None
    conditionality: Conditionality = Conditionality.UNCONDITIONAL
    restriction: Restriction = Restriction.UNRESTRICTED
    value: TransferValue = field(default_factory=lambda: TransferValue(ValueRule.AS_LISTED))
    instalments: int = 1
    voucher_kind: str | None = None
    grants: Sequence[tuple[str, int]] = ()


def plan_round(session: Session, new: NewRound) -> Round:
    """Plan a round; one that sheets named already is given its plan.

    Raises:
        InputError: A day is missing or the last is before the first, a voucher is unrestricted,
            the shares of the grants do not make the whole.
        ConflictError: A round with this code is planned already.
        ForbiddenError: The actor's role does not prepare rounds.
    """
    programme = get_programme(session, new.programme_id)
    actor_of(session).require(Permission.PREPARE, programme.society_id)
    refuse_impossible(new)
    refuse_planned(session, programme, new.code)
    return _plan(session, programme, round_of(session, programme, new.code), new)


def replan(session: Session, planned: Round, new: NewRound) -> Round:
    """Put another plan, and another code if it has one, in place of a round's.

    The caller knows that nobody relies on the old one; errors are those of ``plan_round``.
    """
    programme = get_programme(session, planned.programme_id)
    refuse_impossible(new)
    refuse_planned(session, programme, new.code, but=planned)
    planned.code = new.code.strip()
    return _plan(session, programme, planned, new)


def _plan(session: Session, programme: Programme, planned: Round, new: NewRound) -> Round:
    _fill_in(planned, new, programme)
    planned.made_by, planned.made_at = actor_of(session).user_id, clock.now()
    session.flush()
    _share(session, planned, new.grants)
    audit.record_about(session, audit.Act.ROUND_PLANNED, planned)
    return planned


def refuse_planned(
    session: Session, programme: Programme, code: str, *, but: Round | None = None
) -> None:
    """Refuse a code that a round with a plan has, unless it is the one whose plan is changed.

    Raises:
        InputError: There is no code.
        ConflictError: A round with this code is planned already.
    """
    known = find_round(session, programme, code)
    if known is None or (but is not None and known.id == but.id):
        return
    if known.starts_on is not None or but is not None:
        message = _("Round {code} is planned already.").format(code=known.code)
        raise ConflictError(message, {"code": [message]}, code="round_exists")


def _fill_in(planned: Round, new: NewRound, programme: Programme) -> None:
    planned.mechanism = new.mechanism or planned.mechanism
    planned.starts_on, planned.ends_on = new.starts_on, new.ends_on or new.starts_on
    planned.sites = [site.strip() for site in new.sites if site.strip()]
    planned.modality, planned.conditionality = new.modality, new.conditionality
    planned.restriction = new.restriction
    planned.rule, planned.currency = new.value.rule, programme.currency
    planned.amount_minor = new.value.amount_minor
    planned.by_size = [list(step) for step in new.value.by_size] or None
    planned.instalments, planned.voucher_kind = new.instalments, new.voucher_kind


def refuse_impossible(new: NewRound) -> None:
    """Refuse a plan that cannot be.

    Raises:
        InputError: Days, restriction, instalments or shares do not fit; the fields are named.
    """
    faults: dict[str, list[str]] = {}
    if len(new.code.strip()) > LONGEST_CODE:
        faults["code"] = [_("Write a code of at most {most} signs.").format(most=LONGEST_CODE)]
    if new.starts_on is None:
        faults["starts_on"] = [_("Write the first day of hand-out.")]
    elif not FIRST_YEAR <= new.starts_on.year <= clock.now().year + YEARS_AHEAD:
        faults["starts_on"] = [_("Write the year with four digits, for example 2026-11-05.")]
    elif new.ends_on is not None and new.ends_on < new.starts_on:
        faults["ends_on"] = [_("The last day is before the first. Change one of the two.")]
    if new.modality != Modality.CASH and new.restriction == Restriction.UNRESTRICTED:
        faults["restriction"] = [_("A voucher is always restricted. Choose restricted.")]
    if not 1 <= new.instalments <= MOST_INSTALMENTS:
        message = _("Write a number from 1 to {most}.").format(most=MOST_INSTALMENTS)
        faults["instalments"] = [message]
    if new.grants and sum(share for _code, share in new.grants) != WHOLE_BP:
        faults["grants"] = [_("The shares of the grants make 100 per cent together.")]
    if faults:
        raise InputError(
            " ".join(each for messages in faults.values() for each in messages),
            faults,
            code="plan_impossible",
        )


def _share(session: Session, planned: Round, grants: Sequence[tuple[str, int]]) -> None:
    """Have grants carry the round; what is posted is reversed by the same shares for ever.

    Raises:
        RuleError: Something is posted in the round, and these are other shares.
    """
    shares = sorted(
        (find_grant(session, planned.society_id, code).id, share_bp) for code, share_bp in grants
    )
    if shares != shares_of(session, planned.id) and is_posted(session, planned.id):
        message = _(
            "Something is posted in this round, so its grants stay as they are. "
            "Plan another round for other grants."
        )
        raise RuleError(message, {"grants": [message]}, code="grants_posted")
    session.execute(delete(GrantShare).where(col(GrantShare.round_id) == planned.id))
    for grant_id, share_bp in shares:
        session.add(
            GrantShare(
                society_id=planned.society_id,
                round_id=planned.id,
                grant_id=grant_id,
                share_bp=share_bp,
            )
        )
    session.flush()


def add_grant(session: Session, society_id: int, code: str, donor: str) -> Grant:
    """Add a grant that rounds can name.

    Raises:
        InputError: Code or donor is blank.
        ConflictError: The society has a grant with this code.
    """
    actor_of(session).require(Permission.MANAGE_SETUP, society_id)
    if not (code.strip() and donor.strip()):
        raise InputError(_("A grant needs a code and a donor."), code="grant_incomplete")
    if any(
        each.code.casefold() == code.strip().casefold() for each in _grants(session, society_id)
    ):
        raise ConflictError(
            _("There is a grant {code} already.").format(code=code), code="grant_exists"
        )
    grant = Grant(society_id=society_id, code=code.strip(), donor=donor.strip())
    session.add(grant)
    session.flush()
    audit.record_about(session, audit.Act.GRANT_ADDED, grant)
    return grant


def list_grants(session: Session, society_id: int) -> Sequence[Grant]:
    """The grants of a society, by code."""
    actor_of(session).require(Permission.SEE_ROUNDS, society_id)
    return _grants(session, society_id)


def _grants(session: Session, society_id: int) -> Sequence[Grant]:
    query = select(Grant).where(Grant.society_id == society_id).order_by(col(Grant.code))
    return session.exec(query).all()


def find_grant(session: Session, society_id: int, code: str) -> Grant:
    """The grant of a society with a code.

    Raises:
        NotFoundError: There is none.
    """
    for grant in _grants(session, society_id):
        if grant.code.casefold() == code.strip().casefold():
            return grant
    raise NotFoundError(
        _("The society has no grant {code}.").format(code=code), code="grant_unknown"
    )


def value_of(planned: Round) -> TransferValue:
    """How much a planned round gives."""
    return TransferValue(
        ValueRule(planned.rule or ValueRule.AS_LISTED), planned.amount_minor, planned.by_size or ()
    )


def see_round(session: Session, round_id: int, right: Permission = Permission.SEE_ROUNDS) -> Round:
    """A round the actor has a right over.

    Raises:
        NotFoundError: There is none within the actor's societies.
        ForbiddenError: The actor's role does not hold the right there.
    """
    return get_record(session, Round, round_id, right)


def round_named(session: Session, named: str, society_id: int | None) -> Round:
    """The round with a number, or a society's with ``PROGRAMME/CODE``.

    Raises:
        NotFoundError: There is none.
        InputError: It is no number, and no society says whose programme is meant.
    """
    if named.isascii() and named.isdigit():
        return see_round(session, int(named))
    programme_code, slash, code = named.partition("/")
    if not slash or society_id is None:
        raise InputError(
            _("Name the round by its number, or as PROGRAMME/CODE with a society."),
            code="round_unnamed",
        )
    programme = find_programme(session, society_id, programme_code)
    return see_round(session, get_named_round(session, programme, code).id)
