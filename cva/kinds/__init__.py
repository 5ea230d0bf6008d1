"""The kinds of sheet: a folder each, which the engine finds by the registry."""
