"""Rounds and their reconciliation as JSON; nobody is named in it."""

from collections.abc import Iterator
from typing import Any

from marshmallow import fields

from cva.core.money import plain
from cva.core.schemas import MinorUnits, OutputSchema, counts_schema, value_of
from cva.entitlements.delivery_comparison import Outcome
from cva.entitlements.outcome_sums import Sums
from cva.rounds.labels import amount_names
from cva.rounds.reconciliation import Reconciliation


class SizeStepSchema(OutputSchema):
    """From so many members on, so much."""

    members = fields.Integer()
    amount = fields.String()


def _size_steps(shown: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401
    for members, minor in shown.round.by_size or ():
        yield {"members": members, "amount": plain(shown.round.currency, minor)}


class RoundLineSchema(OutputSchema):
    """A round as a line of a list."""

    id = fields.Integer(attribute="round.id")
    society = fields.String(attribute="society.code")
    programme = fields.String(attribute="programme.code")
    code = fields.String(attribute="round.code")
    starts_on = fields.Date(attribute="round.starts_on", allow_none=True)
    ends_on = fields.Date(attribute="round.ends_on", allow_none=True)
    sites = fields.List(fields.String(), attribute=value_of(lambda shown: shown.round.sites or []))
    modality = fields.String(attribute="round.modality", allow_none=True)
    mechanism = fields.String(attribute="round.mechanism", allow_none=True)
    conditionality = fields.String(attribute="round.conditionality", allow_none=True)
    restriction = fields.String(attribute="round.restriction", allow_none=True)
    rule = fields.String(attribute="round.rule", allow_none=True)
    currency = fields.String(attribute="round.currency", allow_none=True)
    amount = fields.String(
        attribute=value_of(
            lambda shown: (
                plain(shown.round.currency or "", shown.round.amount_minor)
                if shown.round.amount_minor
                else None
            )
        ),
        allow_none=True,
    )
    by_size = fields.List(fields.Nested(SizeStepSchema), attribute=value_of(_size_steps))
    instalments = fields.Integer(attribute="round.instalments", allow_none=True)
    voucher_kind = fields.String(attribute="round.voucher_kind", allow_none=True)
    list = fields.String(
        attribute="list_state",
        allow_none=True,
        metadata={"description": "draft, submitted, approved; null: no list."},
    )


class PlannedSchema(OutputSchema):
    """What is planned in one currency."""

    currency = fields.String(allow_none=True)
    people = fields.Integer()
    instalments = fields.Integer()
    amount = MinorUnits(attribute="minor", allow_none=True)


class DraftFaultSchema(OutputSchema):
    """A row of a draft that cannot be approved."""

    registration_no = fields.String(attribute=value_of(lambda fault: fault[0]))
    fault = fields.String(attribute=value_of(lambda fault: fault[1]))
    row = fields.Integer(attribute=value_of(lambda fault: fault[2]), allow_none=True)


class GrantShareSchema(OutputSchema):
    """A grant that carries a part of the round, in hundredths of a per cent."""

    code = fields.String(attribute=value_of(lambda share: share[0].code))
    donor = fields.String(attribute=value_of(lambda share: share[0].donor))
    share_bp = fields.Integer(attribute=value_of(lambda share: share[1]))


class RoundSheetSchema(OutputSchema):
    """A sheet sent for the round."""

    id = fields.Integer()
    state = fields.String()


class RoundSchema(RoundLineSchema):
    """A round, how far its list is, and what it comes to."""

    list_version = fields.Integer(attribute=value_of(lambda v: v.list.version if v.list else 0))
    drafts = fields.Integer(
        attribute=value_of(lambda view: view.list.drafts if view.list else 0),
        metadata={"description": "Goes up with every new draft."},
    )
    answer = fields.String(attribute="list.answer", allow_none=True)
    planned = fields.List(fields.Nested(PlannedSchema))
    faults = fields.List(fields.Nested(DraftFaultSchema))
    grants = fields.List(fields.Nested(GrantShareSchema), attribute="shares")
    sheets = fields.List(fields.Nested(RoundSheetSchema))


class DraftedSchema(OutputSchema):
    """How many people a new draft has."""

    people = fields.Integer()


OutcomeCountsSchema = counts_schema("OutcomeCountsSchema", [str(each) for each in Outcome])
#: What a sum is about: ``explained`` is no sum of people.
_COUNTED = [name for name in amount_names() if name != "explained"]
SumCountsSchema = counts_schema("SumCountsSchema", _COUNTED)


def _amount(name: str) -> Any:  # noqa: ANN401
    def read(one: Sums) -> str:
        return plain(one.currency, getattr(one, name))

    return value_of(read)


_Amounts = OutputSchema.from_dict(
    {
        "currency": fields.String(allow_none=True),
        **{name: fields.String(attribute=_amount(name)) for name in amount_names()},
    }
)


class ReconciledSumsSchema(_Amounts):  # type: ignore[valid-type,misc]
    """One currency; where it is null, pieces of commodity vouchers."""

    people = fields.Nested(
        SumCountsSchema,
        metadata={"description": "How many people each sum is about, each once."},
    )
    instalments = fields.Nested(
        SumCountsSchema,
        metadata={"description": "How many instalments, and receipts beyond them."},
    )
    ties = fields.Boolean()


class LeftOutSchema(OutputSchema):
    """Rows with an error, which count nowhere."""

    sheet = fields.Integer()
    rows = fields.Integer()
    not_on_list = fields.Integer(metadata={"description": "Of these, people not on the list."})


class CarriedSchema(OutputSchema):
    """What a grant carries in a currency; where the grant is null, what no grant carries."""

    grant = fields.String(attribute="grant.code", allow_none=True)
    share_bp = fields.Integer(
        metadata={"description": "Hundredths of a per cent of what no grant carries alone."}
    )
    currency = fields.String()
    planned = MinorUnits()
    told = MinorUnits()
    confirmed = MinorUnits()


class DifferenceSchema(OutputSchema):
    """Something that is not as planned."""

    registration_no = fields.String()
    instalment = fields.Integer(attribute="line.instalment", allow_none=True)
    site = fields.String(allow_none=True)
    answer = fields.String(attribute="line.answer")
    planned = fields.String(allow_none=True)
    planned_currency = fields.String(attribute="line.planned.currency", allow_none=True)
    told = fields.String(allow_none=True)
    told_currency = fields.String(attribute="given.currency", allow_none=True)
    confirmed = fields.Boolean(
        attribute=value_of(
            lambda row: bool(row["line"].delivery and row["line"].delivery.is_confirmed)
        )
    )
    returned = fields.String(allow_none=True)
    available = fields.String(
        attribute="waits.money.amount",
        allow_none=True,
        metadata={"description": "Of an open one: what a provider holds for them, uncollected."},
    )
    available_since = fields.Date(
        attribute="waits.since", allow_none=True, metadata={"example": "2022-11-05"}
    )
    sheet = fields.Integer(attribute="source.sheet_id", allow_none=True)
    row = fields.Integer(attribute="source.row", allow_none=True)
    gone = fields.String(
        attribute="gone.kind",
        allow_none=True,
        metadata={"description": "Still due, and the person is deceased or moved."},
    )
    gone_on = fields.Date(attribute="gone.from_on", allow_none=True)


def _differences(found: Reconciliation) -> Iterator[dict[str, Any]]:
    for line in found.differences:
        planned, delivery, waits = line.planned, line.delivery, found.available_of(line)
        given = delivery if delivery and delivery.is_received else None
        yield {
            "line": line,
            "given": given,
            "waits": waits,
            "source": waits or delivery,
            "gone": found.departure_of(line),
            "registration_no": found.number(line),
            "site": found.site(line) or None,
            "planned": plain(planned.currency, planned.amount) if planned else None,
            "told": plain(given.currency, given.amount) if given else None,
            "returned": plain(given.currency, given.returned) if given else None,
        }


def _left_out(found: Reconciliation) -> Iterator[dict[str, int]]:
    for sheet, rows in found.left_out.items():
        strangers, _first = found.strangers_out.get(sheet, (0, 0))
        yield {"sheet": sheet, "rows": rows, "not_on_list": strangers}


class ReconciliationSchema(OutputSchema):
    """What became of a round's list. Amounts are texts, of commodity vouchers pieces."""

    round = fields.String(attribute="round.code")
    programme = fields.String(attribute="programme.code")
    society = fields.String(attribute="society.code")
    list_version = fields.Integer(attribute="version")
    open_days = fields.Integer(metadata={"description": "Days since the last of the round."})
    owner = fields.String(attribute=value_of(lambda found: found.owner or None), allow_none=True)
    people = fields.Nested(OutcomeCountsSchema)
    instalments = fields.Nested(OutcomeCountsSchema)
    sums = fields.List(fields.Nested(ReconciledSumsSchema))
    ties = fields.Boolean()
    left_out = fields.List(fields.Nested(LeftOutSchema), attribute=value_of(_left_out))
    grants = fields.List(
        fields.Nested(CarriedSchema), metadata={"description": "By grant, where there are several."}
    )
    differences = fields.List(fields.Nested(DifferenceSchema), attribute=value_of(_differences))
