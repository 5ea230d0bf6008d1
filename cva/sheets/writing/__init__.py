"""Workbooks and files that we write."""
