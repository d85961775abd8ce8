"""Whether points add up: to categories and totals, to what is printed anywhere, and which sums prove a table."""
