"""Who collected for a person, and how it was confirmed: as sheets tell it."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select as select_columns
from sqlmodel import Session, col

from cva.beneficiaries.models import Collector
from cva.beneficiaries.service import name_of, same_name
from cva.core.db import insert_columns, rows_among
from cva.core.i18n import gettext as _

#: What a sheet tells of it, in the order in which it is read.
FIELDS = ("received_by", "relation", "authority", "mark_kind", "witness")
#: How a hand-out is confirmed.
MARK_KINDS = ("signature", "thumbprint", "stamp", "code", "none")


def other_collector(values: Mapping[str, Any], person: Mapping[str, Any]) -> str | None:
    """Who collected in the place of a person; None where it was the person, or nobody is named.

    Args:
        values: What a row says.
        person: What is known of the names of its person.
    """
    collector = values.get("received_by")
    is_own = name_of(person) and same_name(person, {"full_name": collector})
    return str(collector) if collector and not is_own else None


def record_collectors(
    session: Session, society_id: int, collected: Mapping[int, Mapping[str, Any]]
) -> None:
    """Record who collected and how it was confirmed, by transfer or voucher, where it is reported.

    Args:
        session: The caller's transaction.
        society_id: Whose record it is.
        collected: What the rows of a sheet say, by the id of what was posted from them.
    """
    collections = {
        record_id: collection
        for record_id, values in collected.items()
        if (collection := _collection_of(values))
    }
    insert_columns(
        session,
        Collector,
        {
            "record_id": list(collections),
            "collection": list(collections.values()),
            "society_id": society_id,
        },
    )


def _collection_of(values: Mapping[str, Any]) -> dict[str, str]:
    """What a row says of it; that the person came in person needs no name."""
    known = dict(values) | {"received_by": other_collector(values, values)}
    return {name: str(known[name]) for name in FIELDS if known.get(name)}


def collectors_of(session: Session, record_ids: Sequence[int]) -> dict[int, dict[str, str]]:
    """What is reported of the given transfers or vouchers, by the fields of the sheet."""
    query = select_columns(col(Collector.record_id), col(Collector.collection))
    return dict(rows_among(session, query, Collector.record_id, record_ids))


def collection_json(collection: Mapping[str, str]) -> dict[str, str | None] | None:
    """For programs to read: every part, None where it is not told; None where nothing is."""
    return {name: collection.get(name) for name in FIELDS} if collection else None


def collection_words(collection: Mapping[str, str]) -> list[tuple[str, str]]:
    """For people to read: what each part is, and what was reported of it."""
    named = {
        "received_by": _("collected by"),
        "relation": _("relation:"),
        "authority": _("authority:"),
        "mark_kind": _("mark:"),
        "witness": _("witness:"),
    }
    known = dict(collection) | {"mark_kind": mark_name(collection.get("mark_kind", ""))}
    return [(named[name], known[name]) for name in FIELDS if known.get(name)]


def mark_name(kind: str) -> str:
    """How a hand-out was confirmed."""
    return {
        "signature": _("signature"),
        "thumbprint": _("thumbprint"),
        "stamp": _("stamp or seal"),
        "code": _("PIN or code"),
        "none": _("no mark"),
    }.get(kind, kind)
