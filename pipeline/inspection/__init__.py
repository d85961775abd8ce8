"""Looking at what was read: where it came from, by which rule, what is doubtful, where a word stands."""
