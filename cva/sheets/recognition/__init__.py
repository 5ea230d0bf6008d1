"""Which sheet is meant, of which kind it is, what its columns and rows hold."""
