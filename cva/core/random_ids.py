"""Random ids that say nothing about the record they name."""

import secrets


def new_ids(count: int) -> list[int]:
    """So many random 63-bit ids, ascending, so that a bulk insert fills the index in order."""
    return sorted(secrets.randbits(63) for _ in range(count))


def new_id() -> int:
    """One random 63-bit id."""
    return secrets.randbits(63)
