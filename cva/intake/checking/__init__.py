"""A received sheet checked: read, explained, mended, staged."""
