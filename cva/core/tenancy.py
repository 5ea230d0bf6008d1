"""Who is acting, and whose records they may touch: the one place where that is enforced.

Every session carries an actor. Every query of a society's table is narrowed to the actor's
societies, every row written must belong to one of them, what was posted is never changed, and a
statement that does not go through the mapped tables is refused.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlalchemy import BigInteger, event
from sqlalchemy.orm import ORMExecuteState, with_loader_criteria
from sqlalchemy.orm.util import LoaderCriteriaOption
from sqlmodel import Field, Session, SQLModel, select

from cva.core.errors import ForbiddenError, NotFoundError, RuleError, TenancyError
from cva.core.i18n import gettext as _
from cva.core.permissions import Permission


@dataclass(frozen=True, slots=True)
class Actor:
    """A signed-in person, a token, or the ledger itself.

    Attributes:
        user_id: Who acts; written to the audit trail. 0 is the ledger itself (command line, jobs).
        rights: What they may do, by society id.
        is_system: The ledger itself: sees all societies, and holds every right.
    """

    user_id: int
    rights: Mapping[int, frozenset[Permission]] = field(default_factory=dict)
    is_system: bool = False

    @property
    def societies(self) -> frozenset[int]:
        """The societies this actor belongs to."""
        return frozenset(self.rights)

    def may(self, right: Permission, society_id: int) -> bool:
        """Whether this actor holds a right in a society."""
        return self.is_system or right in self.rights.get(society_id, frozenset())

    def require(self, right: Permission, society_id: int) -> None:
        """Go on only with this right; a transaction that ends so leaves the attempt in the trail.

        Raises:
            NotFoundError: The society is not one of the actor's, so nothing is shown of it.
            ForbiddenError: It is, and the role does not hold the right.
        """
        if self.may(right, society_id):
            return
        error = (
            ForbiddenError(_("Your role here cannot do this."))
            if society_id in self.rights
            else NotFoundError(_("There is no such record."))
        )
        error.denied = society_id, str(right)
        raise error


#: No record has a larger number: one that is counted, one that is drawn. No database takes one.
LARGEST_ID, LARGEST_RANDOM_ID = 2**31 - 1, 2**63 - 1
SYSTEM = Actor(0, is_system=True)


class TenantOwned(SQLModel):
    """Base of every table whose rows belong to one partner society."""

    society_id: int = Field(foreign_key="society.id")


class AppendOnly(SQLModel):
    """Base of every table whose rows are added and never changed or deleted."""


def owned_tables() -> list[type[TenantOwned]]:
    """Every mapped table that belongs to societies."""
    return [table for table in _descendants(TenantOwned) if hasattr(table, "__table__")]


def _descendants(base: type[TenantOwned]) -> list[type[TenantOwned]]:
    return [found for child in base.__subclasses__() for found in (child, *_descendants(child))]


#: Tables that are a society by their own id, and not by a ``society_id``.
_by_own_id: list[type[SQLModel]] = []


def narrowed_by_id(table: type[SQLModel]) -> type[SQLModel]:
    """Class decorator for the table of societies itself."""
    _by_own_id.append(table)
    return table


def actor_of(session: Session) -> Actor:
    """The actor a session works for.

    Raises:
        TenancyError: The session has no actor.
    """
    actor = session.info.get("actor")
    if not isinstance(actor, Actor):
        raise TenancyError("This session has no actor.")
    return actor


def narrow(session: Session) -> None:
    """Make every statement of this session keep to its actor's societies."""
    actor = actor_of(session)
    criteria = [] if actor.is_system else _criteria(actor.societies)

    @event.listens_for(session, "do_orm_execute")
    def _narrow(state: ORMExecuteState) -> None:
        if not state.is_orm_statement:
            raise TenancyError("A statement passed by the tables' own society.")
        mapper = state.bind_mapper
        if mapper is not None and (state.is_update or state.is_delete):
            _refuse_change(mapper.class_)
        if mapper is not None and state.is_insert:
            refuse_strangers(actor, mapper.class_, _societies_in(state))
        elif criteria and not state.is_column_load:
            state.statement = state.statement.options(*criteria)

    @event.listens_for(session, "before_flush")
    def _check(_session: Session, _context: object, _instances: object) -> None:
        for record in (*session.new, *session.dirty, *session.deleted):
            if isinstance(record, TenantOwned):
                refuse_strangers(actor, type(record), record.society_id)
            if record not in session.new:
                _refuse_change(type(record))


def _societies_in(state: ORMExecuteState) -> list[Any]:
    rows = state.parameters or []
    listed = [rows] if isinstance(rows, Mapping) else rows
    return [row.get("society_id") for row in listed]


def _criteria(societies: frozenset[int]) -> list[LoaderCriteriaOption]:
    """A condition for each table, asked for by lambda: only so it lands on a joined alias too."""
    ids = sorted(societies)
    owned = [
        with_loader_criteria(table, lambda cls: cls.society_id.in_(ids), include_aliases=True)
        for table in owned_tables()
    ]
    own_id = [
        with_loader_criteria(table, lambda cls: cls.id.in_(ids), include_aliases=True)
        for table in _by_own_id
    ]
    return [*owned, *own_id]


def _refuse_change(table: type) -> None:
    if issubclass(table, AppendOnly):
        raise RuleError(
            _("What was posted is never changed. Reverse it instead."), code="posted_unchangeable"
        )


def refuse_strangers(actor: Actor, table: type, society_ids: object) -> None:
    """Let rows pass that belong to the actor's societies.

    Args:
        actor: Who writes.
        table: Where to.
        society_ids: One for all rows, or a list with one for each.

    Raises:
        TenancyError: A row belongs to another society, or to none.
    """
    if actor.is_system or not issubclass(table, TenantOwned):
        return
    named = set(society_ids) if isinstance(society_ids, list) else {society_ids}
    if named - actor.societies or not named:
        raise TenancyError(f"A row for {table.__name__} is outside the actor's societies.")


Owned = TypeVar("Owned", bound=TenantOwned)


def get_record(
    session: Session, table: type[Owned], record_id: int, right: Permission | None = None
) -> Owned:
    """The record of a table with an id.

    Raises:
        NotFoundError: There is none within the actor's societies.
        ForbiddenError: The actor's role does not hold the right there.
    """
    key = table.__table__.c.id  # type: ignore[attr-defined]
    largest = LARGEST_RANDOM_ID if isinstance(key.type, BigInteger) else LARGEST_ID
    query = select(table).where(key == record_id)
    found = session.exec(query).one_or_none() if record_id <= largest else None
    if found is None:
        raise NotFoundError(_("There is no such record."))
    if right is not None:
        actor_of(session).require(right, found.society_id)
    return found
