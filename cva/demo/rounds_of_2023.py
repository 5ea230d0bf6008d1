"""Rounds in 2023: one handed out, one that waits for the budget holder, one paid by telephone."""

from datetime import date
from functools import partial

from sqlmodel import Session, col, select

from cva.demo import sheets_of_2023
from cva.demo.office import Office
from cva.demo.plans import CASH_2022, DemoSheet
from cva.entitlements import list_workflow
from cva.entitlements.models import ListState
from cva.entitlements.service import list_of
from cva.programmes import planning
from cva.programmes.models import ValueRule
from cva.programmes.planning import NewRound
from cva.programmes.service import Mechanism, find_round, get_programme
from cva.programmes.transfer_values import TransferValue
from cva.providers import float_movements, list_dispatch, stated_balances
from cva.providers import service as providers
from cva.providers.models import Payment, PaymentList, PaymentListState, Provider, StatedBalance
from cva.rounds import list_from_sheets
from cva.rounds.payment_lists import make_list
from cva.staging.models import SheetState

PROGRAMME = "CASH-2022"
_FEBRUARY, _FEBRUARY_PEOPLE = date(2023, 2, 14), 120
_MARCH_PEOPLE = 90
#: Who is paid by telephone is new to the society, beyond all that other sheets name.
_APRIL_FIRST, APRIL_PEOPLE = CASH_2022 + 1_000, 60
_HANDED_OUT = DemoSheet(
    "rrc-cash-2023-02-hand-out.xlsx",
    PROGRAMME,
    partial(sheets_of_2023.hand_out, 0, _FEBRUARY_PEOPLE, _FEBRUARY),
    round_code="2023-02",
)


def february(office: Office) -> None:
    """A round as it should go: planned, listed, approved, handed out, with differences."""
    round_id = _planned(office, "2023-02", _FEBRUARY, date(2023, 2, 15))
    _listed(office, round_id, _list("2023-02", 0, _FEBRUARY_PEOPLE, "февраль"))
    _approved(office, round_id)
    office.bring(_HANDED_OUT)


def march(office: Office) -> None:
    """A round whose list waits for the manager."""
    round_id = _planned(office, "2023-03", date(2023, 3, 14), date(2023, 3, 15))
    _listed(office, round_id, _list("2023-03", _FEBRUARY_PEOPLE, _MARCH_PEOPLE, "март"))


def april(office: Office) -> int:
    """A round that is paid by telephone, approved; gives its number."""
    planned = _list("2023-04", _APRIL_FIRST, APRIL_PEOPLE, "апрель")
    day = date(2023, 4, 11)
    round_id = _planned(office, "2023-04", day, day, Mechanism.MOBILE_MONEY)
    _listed(office, round_id, planned)
    _approved(office, round_id)
    return round_id


def row_to_reverse(office: Office) -> None:
    """A request that waits for finance: to reverse one row of February."""
    sheet = office.find_sheet(_HANDED_OUT.filename)
    row = {"sheet": str(sheet.id if sheet else 0), "row": str(sheets_of_2023.ABOVE + 12)}
    reason = "The neighbour signed for this family; the money was brought back."
    office.agree("reverse_row", "field", row, reason=reason)


def _list(code: str, first: int, count: int, month: str) -> DemoSheet:
    title = f"Список получателей денежной помощи, {month} 2023 г."
    return DemoSheet(
        f"rrc-cash-{code}-list.xlsx",
        PROGRAMME,
        partial(sheets_of_2023.round_list, first, count, title),
        SheetState.KEPT,
        code,
    )


def _planned(
    office: Office, code: str, first: date, last: date, mechanism: Mechanism | None = None
) -> int:
    programme_id = office.programme_id(PROGRAMME)
    known = office.see(lambda s: find_round(s, get_programme(s, programme_id), code))
    if known is not None and known.starts_on is not None:
        return known.id
    new = NewRound(
        programme_id,
        code,
        first,
        last,
        sites=sheets_of_2023.SITES,
        mechanism=mechanism,
        value=TransferValue(ValueRule.FIXED, sheets_of_2023.VALUE * 100),
    )
    return office.do("field", lambda s: planning.plan_round(s, new).id)


def _listed(office: Office, round_id: int, sheet: DemoSheet) -> None:
    """The list is sent, taken over and submitted to the budget holder."""
    office.bring(sheet)
    if office.see(lambda s: list_of(s, round_id)) is not None:
        return

    def submit(session: Session) -> None:
        list_from_sheets.draft_from_sheets(session, round_id)
        list_workflow.submit_list(session, round_id)

    office.do("field", submit)


def _approved(office: Office, round_id: int) -> None:
    found = office.see(lambda s: list_of(s, round_id))
    if found is not None and found.state == ListState.SUBMITTED:
        office.do("manager", lambda s: list_from_sheets.approve_list(s, round_id))


_CODE, _NAME = "MPAY", "M-Pay mobile money"
_ADVANCED = 1_000_000
#: What is left after 52 payments and their fees, less one payment that was not reported yet.
_STATED = {"2023-04-03": "1000000", "2023-04-28": "202615"}


def paid_by_telephone(office: Office) -> None:
    """A round is paid by a provider: most paid, a few failed, a few without an answer."""
    provider_id = _provider(office)
    office.agree(
        float_movements.ADVANCE,
        "finance",
        {
            "provider": str(provider_id),
            "amount": str(_ADVANCED),
            "currency": "RUB",
            "day": "2023-04-03",
            "slip": "PP-2023-0117",
        },
        reason="Float for the round of April.",
        confirmed_by="finance2",
    )
    list_id = _sent(office, provider_id, april(office))
    query = select(col(Payment.reference)).where(Payment.list_id == list_id)
    references = sorted(office.see(lambda s: s.exec(query).all()))
    office.bring(
        DemoSheet(
            "rrc-mpay-2023-04-results.xlsx",
            PROGRAMME,
            lambda: sheets_of_2023.results(references, date(2023, 4, 12)),
        )
    )
    _state_balances(office, provider_id)


def _provider(office: Office) -> int:
    query = select(col(Provider.id)).where(
        Provider.society_id == office.society_id, Provider.code == _CODE
    )
    known = office.see(lambda s: s.exec(query).first())
    return known or office.do(
        "admin",
        lambda s: (
            providers.add_provider(s, office.society_id, _CODE, _NAME, template="mobile_money").id
        ),
    )


def _sent(office: Office, provider_id: int, round_id: int) -> int:
    query = select(PaymentList).where(PaymentList.provider_id == provider_id)
    found = office.see(lambda s: s.exec(query.order_by(col(PaymentList.number))).first())
    list_id = (
        found.id
        if found
        else office.do("field", lambda s: make_list(s, provider_id, round_id).list_id)
    )
    if found is None or found.state == PaymentListState.MADE:
        office.do("finance", lambda s: list_dispatch.send_list(s, list_id))
    return list_id


def _state_balances(office: Office, provider_id: int) -> None:
    query = select(col(StatedBalance.stated_on)).where(StatedBalance.provider_id == provider_id)
    known = {day.isoformat() for day in office.see(lambda s: s.exec(query).all())}
    for day in sorted(_STATED.keys() - known):
        state = partial(
            stated_balances.state_balance,
            provider_id=provider_id,
            day=date.fromisoformat(day),
            amount=_STATED[day],
            currency="RUB",
            source=f"Statement of {day}",
        )
        office.do("finance", state)
