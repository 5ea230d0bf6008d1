"""The history of a person as programs read it."""

from typing import Any

from cva.beneficiaries.proxies import collection_json
from cva.core.money import plain
from cva.reports.person_history import PersonHistory

#: Whom ``collected_by`` lists; ``collection`` says which is who, and the rest.
_NAMING = ("received_by", "relation", "witness")


def person_json(found: PersonHistory) -> dict[str, Any]:
    """A person by number, and all that happened; amounts as texts."""
    return {
        "id": str(found.person.id),
        "society": found.society.code,
        "numbers": list(found.numbers),
        "name": found.name,
        "status": found.status,
        "is_minor": found.is_minor,
        "successor": found.successors.get(found.successor_id or 0),
        "history": [
            {
                "on": line.on.isoformat(),
                "what": line.what,
                "amount": plain(line.money.currency, line.money.minor) if line.money else None,
                "currency": line.money.currency if line.money else None,
                "about": line.about,
                "sheet": line.sheet_id,
                "row": line.row,
                "collected_by": [line.told[name] for name in _NAMING if line.told.get(name)],
                "collection": collection_json(line.told),
                "is_minor": line.is_minor,
                "successor": found.successors.get(line.successor_id or 0),
                "instalment": line.instalment,
                "list_version": line.version,
                "change": line.change or None,
                "recorded_by": found.people.get(line.recorded_by or 0),
            }
            for line in found.lines
        ],
    }
