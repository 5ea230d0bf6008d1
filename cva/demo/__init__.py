"""The demo: five societies, invented people, and the real totals, through real sheets."""
