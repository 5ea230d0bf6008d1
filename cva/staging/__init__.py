"""Sheets between upload and book: the sheet, its staged rows, findings and workflow."""
