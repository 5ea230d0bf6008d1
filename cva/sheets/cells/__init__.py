"""From the text of a cell to a value, exactly or not at all."""
