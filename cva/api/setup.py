"""What the ledger is set up with: societies, programmes, people's accounts."""

from collections.abc import Sequence
from typing import Any

from sqlmodel import Session

from cva.api.endpoints import Endpoints, society_id_of
from cva.api.input_schemas import AccountsQuerySchema, NarrowedQuerySchema
from cva.core.permissions import Permission
from cva.programmes.schemas import ProgrammeSchema
from cva.programmes.service import ProgrammeOf, programmes_of
from cva.societies import service as societies
from cva.societies.models import Society
from cva.societies.schemas import AccountSchema, SocietySchema

endpoints = Endpoints("Set-up", __name__, __doc__, "")


@endpoints.get("/societies", needs=Permission.SEE_SOCIETIES)
@endpoints.lists(SocietySchema)
def list_societies(session: Session, _asked: dict[str, Any]) -> Sequence[Society]:
    """List the societies you work for, by name."""
    return societies.list_societies(session)


@endpoints.get("/programmes", needs=Permission.SEE_SOCIETIES)
@endpoints.lists(ProgrammeSchema, NarrowedQuerySchema)
def list_programmes(session: Session, asked: dict[str, Any]) -> list[ProgrammeOf]:
    """List the programmes of your societies, by name."""
    return programmes_of(session, society_id_of(session, asked))


@endpoints.get("/accounts", needs=Permission.MANAGE_SETUP)
@endpoints.lists(AccountSchema, AccountsQuerySchema)
def list_accounts(session: Session, asked: dict[str, Any]) -> list[societies.Member]:
    """List the people of the societies that you administer, and what they are there."""
    ids = [each.id for each in societies.societies_with(session, Permission.MANAGE_SETUP)]
    chosen = society_id_of(session, asked)
    return [
        member
        for society_id in ids
        if chosen in {None, society_id}
        for member in societies.list_members(session, society_id)
        if asked["role"] in {None, member.role}
    ]
