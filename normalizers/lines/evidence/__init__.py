"""What the printed sums say of a reading, and the other readings to try where they fail."""
