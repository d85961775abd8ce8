"""What a line's clauses come to: rules and inputs made from clauses, and the engine that computes scores from answers. Pure; no database."""
