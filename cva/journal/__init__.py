"""The double-entry journal: numbered, chained, append-only."""
