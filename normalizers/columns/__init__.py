"""Where the header of a table is, and what each column holds."""
