"""What people and programs are shown: sheets, rows, rounds, totals, statements."""
