"""People registered by a sheet."""
