"""Programmes and their rounds."""
