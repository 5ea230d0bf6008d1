"""A round's list out to the field, and what came back compared with it."""
