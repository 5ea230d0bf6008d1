"""What every part rests on: money, dates, errors, words, database, scope, audit."""
