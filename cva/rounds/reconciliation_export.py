"""A reconciliation as a workbook with formulas."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from cva.beneficiaries.status import since_text
from cva.core import clock
from cva.core.i18n import gettext as _
from cva.core.money import plain
from cva.entitlements.delivery_comparison import ComparedLine, Delivery, Outcome, PlannedDelivery
from cva.entitlements.outcome_sums import parts_of
from cva.rounds.labels import amount_names, outcome_name
from cva.rounds.reconciliation import Reconciliation
from cva.rounds.templates import filename_of
from cva.sheets.writing.reconciliation_workbook import (
    ReconciliationBook,
    ReconciliationRow,
    write_reconciled,
)

#: The sums that may tell why nobody has what was planned.
_LACKING = ("open_", "not_received_")


def export(found: Reconciliation) -> tuple[str, bytes]:
    """The name of the workbook and the workbook, in the reader's language."""
    name = filename_of("reconciliation", found.society.code, found.programme.code, found.round.code)
    return name, write_reconciled(_reconciled(found))


def _reconciled(found: Reconciliation) -> ReconciliationBook:
    days = [day.isoformat() for day in (found.round.starts_on, found.round.ends_on) if day]
    facts = (
        (_("Society"), f"{found.society.name} ({found.society.code})"),
        (_("Programme"), f"{found.programme.name} ({found.programme.code})"),
        (_("Round"), found.round.code),
        (_("Days"), " – ".join(dict.fromkeys(days))),
        (_("Version of the list"), str(found.version)),
        (_("Owner of what is open"), found.owner or "–"),
        (_("As of"), clock.today(found.society.time_zone).isoformat()),
    )
    return ReconciliationBook(
        title=_("Reconciliation of round {round}").format(round=found.round.code),
        facts=facts,
        answers={str(answer): outcome_name(answer) for answer in Outcome},
        amounts=amount_names(),
        currencies=[_unit(one.currency) for one in found.sums],
        rows=list(_rows(found)),
    )


def _rows(found: Reconciliation) -> Iterator[ReconciliationRow]:
    own = dict(found.answer_of)
    counted: set[tuple[int, str | None, str]] = set()
    for line in sorted(found.lines, key=lambda one: (found.number(one), one.instalment or 0)):
        parts = [(currency, name) for currency, name, _amount in parts_of(line)]
        fresh = [part for part in parts if (line.person, *part) not in counted]
        counted |= {(line.person, *part) for part in fresh}
        waits, departure = found.available_of(line), found.departure_of(line)
        for answer, planned, delivery in _apart(line):
            given = delivery if delivery and delivery.is_received else None
            currency = planned.currency if planned else given.currency if given else None
            by = waits or delivery
            yield ReconciliationRow(
                number=found.number(line),
                instalment=line.instalment,
                site=found.site(line),
                currency=_unit(currency),
                planned=Decimal(plain(currency, planned.amount if planned else 0)),
                told=Decimal(plain(currency, given.amount if given else 0)),
                confirmed=Decimal(
                    plain(currency, given.amount if given and given.is_confirmed else 0)
                ),
                returned=Decimal(plain(currency, given.returned if given else 0)),
                available=Decimal(waits.money.amount) if waits else None,
                available_since=waits.since if waits else None,
                answer=str(answer),
                reason=_reason([name for _currency, name in parts]) if planned else "",
                open_days=found.open_days if answer == Outcome.OPEN else None,
                sheet_id=by.sheet_id if by else None,
                row=found.row_names.shown(by.sheet_id, by.row) if by else None,
                own=own.pop(line.person, ""),
                counts=[name for unit, name in fresh if unit == currency],
                state=since_text(departure, departure.from_on.isoformat()) if departure else "",
            )


def _reason(names: Sequence[str]) -> str:
    reasons = (name.rpartition("_")[2] for name in names if name.startswith(_LACKING))
    return next((each for each in reasons if each in {"failed", "returned"}), "")


def _unit(currency: str | None) -> str:
    return currency or _("pieces")


def _apart(line: ComparedLine) -> Iterator[tuple[Outcome, PlannedDelivery | None, Delivery | None]]:
    """Two currencies never stand in one row."""
    answer, planned, delivery = line
    if planned and delivery and delivery.is_received and planned.currency != delivery.currency:
        lacks = Outcome.LESS if delivery.amount else answer
        yield lacks, planned, delivery._replace(amount=0, returned=0, currency=planned.currency)
        yield Outcome.MORE, None, delivery
    else:
        yield answer, planned, delivery
