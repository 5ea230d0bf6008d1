"""What the grants of a round carry: planned, reported and confirmed, by share or by person."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from cva.entitlements.delivery_comparison import ComparedLine
from cva.entitlements.outcome_sums import parts_of
from cva.programmes.models import Grant
from cva.programmes.planning import WHOLE_BP

_SHOWN = ("planned", "told", "confirmed")


class Carried(NamedTuple):
    """Minor units of a currency that a grant carries.

    Attributes:
        grant: None for what no grant carries.
        share_bp: Hundredths of a per cent of what no grant carries alone; 0 where it has none.
    """

    grant: Grant | None
    share_bp: int
    currency: str
    planned: int
    told: int
    confirmed: int


def carried_by(
    lines: Iterable[ComparedLine],
    shares: Sequence[tuple[int, int]],
    own: Mapping[int, int],
    grants: Mapping[int, Grant],
) -> list[Carried]:
    """What each grant carries per currency; nothing where one carries all.

    The shares are taken of the sums, and the last one of a round has the units that rounding leaves
    over, so that the grants come to the round exactly.

    Args:
        lines: Of a comparison.
        shares: Grants with their hundredths of a per cent.
        own: The grants that carry people alone, by person.
        grants: Of the society, by id.
    """
    if len({*own.values(), *(grant_id for grant_id, _share in shares)}) <= 1:
        return []
    sums: dict[str, dict[int | None, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for line in lines:
        for currency, name, amount in parts_of(line):
            if currency is not None and name in _SHOWN:
                sums[currency][own.get(line.person)][name] += amount
    share_of = dict(shares)
    found = []
    for currency, by_grant in sorted(sums.items()):
        shared = _shared(by_grant.pop(None, Counter()), shares) if shares else {}
        for grant_id in sorted({*by_grant, *shared}, key=lambda each: (each is None, each or 0)):
            whole = by_grant[grant_id] + shared.get(grant_id, Counter())
            planned, told, confirmed = (whole[name] for name in _SHOWN)
            grant, share_bp = grants.get(grant_id or 0), share_of.get(grant_id or 0, 0)
            found.append(Carried(grant, share_bp, currency, planned, told, confirmed))
    return found


def _shared(
    sums: Counter[str], shares: Sequence[tuple[int, int]]
) -> dict[int | None, Counter[str]]:
    found: dict[int | None, Counter[str]] = {grant_id: Counter() for grant_id, _share in shares}
    for name, minor in sums.items():
        for grant_id, share_bp in shares[:-1]:
            found[grant_id][name] = minor * share_bp // WHOLE_BP
        found[shares[-1][0]][name] = minor - sum(own[name] for own in found.values())
    return found
