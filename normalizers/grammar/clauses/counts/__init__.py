"""For each how much: what an amount is counted by, what a limit holds for, and what clauses beside each other say of it."""
