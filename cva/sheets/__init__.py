"""Reading, recognising and checking sheets; knows no database and no Flask."""
