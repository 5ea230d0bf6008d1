"""Which request changed which version of a list."""

from collections.abc import Iterable

from sqlmodel import Session, col, select

from cva.approvals.models import ApprovalRequest, RequestState
from cva.entitlements.models import ListVersion
from cva.rounds.list_amendments import AMEND_LIST


def requests_of(session: Session, round_ids: Iterable[int]) -> dict[tuple[int, int], int]:
    """Numbers of the requests that were confirmed, by round and version of its list."""
    versions = session.exec(
        select(ListVersion).where(
            col(ListVersion.round_id).in_(set(round_ids)), col(ListVersion.version) > 1
        )
    ).all()
    if not versions:
        return {}
    wanted = {(each.round_id, each.version) for each in versions}
    rows = session.exec(
        select(ApprovalRequest).where(
            ApprovalRequest.kind == AMEND_LIST.kind,
            ApprovalRequest.state == RequestState.CONFIRMED,
            col(ApprovalRequest.asked_by).in_({each.made_by for each in versions}),
            col(ApprovalRequest.decided_by).in_({each.approved_by for each in versions}),
        )
    )
    made = {(each.details["round"], each.details["version"] + 1): each.id for each in rows}
    return {key: made[key] for key in wanted & made.keys()}
