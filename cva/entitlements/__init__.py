"""Who is to be given what in a round: the list, its approval, its named changes."""
