"""A provider of mobile money: its float, a payment list, its report on that, its balance."""

from datetime import date

from sqlmodel import col, select

from cva.demo import sheets_of_2023
from cva.demo.office import Office, Request
from cva.demo.plans import DemoSheet
from cva.demo.rounds_of_2023 import PROGRAMME, april
from cva.providers import float_movements, list_dispatch, stated_balances
from cva.providers import service as providers
from cva.providers.models import Payment, PaymentList, PaymentListState, Provider, StatedBalance
from cva.rounds.payment_lists import make_list

_CODE, _NAME = "MPAY", "M-Pay mobile money"
_ADVANCED = 1_000_000
#: What is left after 52 payments and their fees, less one payment that was not reported yet.
_STATED = {"2023-04-03": "1000000", "2023-04-28": "202615"}


def paid_by_telephone(office: Office) -> None:
    """A round is paid by a provider: most paid, a few failed, a few without an answer."""
    provider_id = _provider(office)
    office.agree(
        Request(
            float_movements.ADVANCE,
            "finance",
            {
                "provider": str(provider_id),
                "amount": str(_ADVANCED),
                "currency": "RUB",
                "day": "2023-04-03",
                "slip": "PP-2023-0117",
            },
            "Float for the round of April.",
            "finance2",
        )
    )
    list_id = _sent(office, provider_id, april(office))
    references = _references(office, list_id)
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
    list_id = (found.id) if found else 0
    if found is None:
        made = office.do("field", lambda s: make_list(s, provider_id, round_id))
        list_id = made.list_id
    if found is None or found.state == PaymentListState.MADE:
        office.do("finance", lambda s: list_dispatch.send_list(s, list_id))
    return list_id


def _references(office: Office, list_id: int) -> list[str]:
    query = select(col(Payment.reference)).where(Payment.list_id == list_id)
    return sorted(office.see(lambda s: s.exec(query).all()))


def _state_balances(office: Office, provider_id: int) -> None:
    query = select(col(StatedBalance.stated_on)).where(StatedBalance.provider_id == provider_id)
    known = {day.isoformat() for day in office.see(lambda s: s.exec(query).all())}
    for day in sorted(_STATED.keys() - known):
        _state_balance(office, provider_id, day)


def _state_balance(office: Office, provider_id: int, day: str) -> None:
    source, on = f"Statement of {day}", date.fromisoformat(day)
    office.do(
        "finance",
        lambda s: stated_balances.state_balance(s, provider_id, on, _STATED[day], "RUB", source),
    )
