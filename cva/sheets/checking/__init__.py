"""A recognised sheet read and checked: rows, findings, totals."""
