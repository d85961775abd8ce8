"""A line with its clauses → its rule and its questions."""
