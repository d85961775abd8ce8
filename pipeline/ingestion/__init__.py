"""A run: what is there, what is new, reading it, storing it, telling of it."""
